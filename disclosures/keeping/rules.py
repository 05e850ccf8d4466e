"""Which answers may be kept, and what of an address tells them apart."""

import re
from hashlib import sha256

from django.http import HttpRequest, HttpResponse

# Kept by the name of their address: what is asked for again and again, and is bounded in number.
PLAIN = {
    "home",
    "year",
    "year-by-kind",
    "year-by-size",
    "years",
    "data",
    "feed",
    "department-feed",
    "robots",
    "sitemap",
    "published",
    "published-year",
    "county-table",
    "county-charts",
    "county-chart",
    "table",
    "version-table",
    "embed",
    "version-embed",
    "charts",
    "version-charts",
    "chart",
    "version-chart",
    "picture",
    "version-picture",
    "changes",
    "changes-since",
    "codes",
    "code",
    "code-scope",
    "code-scope-by",
    "code-list",
    "topic",
    "topic-year",
    "topic-year-by",
    "topic-list",
    "reasons",
    "reasons-year",
    "reasons-year-by",
    "reasons-list",
    "timeliness",
    "timeliness-year",
    "timeliness-list",
    "projects",
    "projects-year",
    "projects-money",
    "projects-money-by",
    "projects-list",
    "project",
    "indicators",
    "indicators-year",
    "indicators-list",
    "indicators-department",
}
# Of these a reader may ask four looks. Any other question is answered, and not kept.
LOOKED_AT = {"page", "version"}
# Never kept: free questions, a page for every figure, and what is large and read once.
PASSED = {
    "search",
    "compare",
    "compare-list",
    "identify",
    "cell",
    "sentence",
    "version-cell",
    "version-sentence",
    "file",
    "version-file",
    "package",
}
# What other websites hang on an address to watch its readers. It changes nothing here.
TRACKING = re.compile(r"utm_\w+|from|isappinstalled|spm|scene|nsukey|fbclid|gclid|msclkid")
LOOKS = {"unit": "yuan", "last": "1"}
LARGEST = 1 << 20


def read_look(request: HttpRequest) -> str | None:
    """The look that an address asks for, in one way of writing it; None where it asks more."""
    asked = {name: told for name, told in request.GET.items() if not TRACKING.fullmatch(name)}
    if any(LOOKS.get(name) != told for name, told in asked.items()):
        return None
    return "&".join(sorted(asked))


def name_page(request: HttpRequest, look: str) -> str:
    """The name of a kept page; some caches refuse long names and Chinese ones."""
    name = f"{request.scheme}://{request.get_host()}{request.path}?{look}"
    return sha256(name.encode()).hexdigest()


def may_keep(request: HttpRequest, response: HttpResponse, look: str) -> bool:
    """True for a public page in full, at an address and in a look that are listed here."""
    found = request.resolver_match
    if request.method != "GET" or response.status_code != 200 or found is None:
        return False
    name = found.url_name if found.namespace == "disclosures" else None
    is_listed = name in LOOKED_AT or (name in PLAIN and not look)
    return is_listed and is_public(response) and len(response.content) <= LARGEST


def is_public(response: HttpResponse) -> bool:
    """True where any cache may keep the answer, and it is all there."""
    policy = response.get("Cache-Control", "")
    return "public" in policy and not response.cookies and not response.streaming
