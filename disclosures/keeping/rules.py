"""Which answers may be kept, and what of an address tells them apart."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

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
    "corrections",
    "corrections-list",
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
    "search",
    "compare",
    "cell",
    "sentence",
    "version-cell",
    "version-sentence",
}
# Of these a reader may ask four looks. Any other question is answered, and not kept.
LOOKED_AT = {"page", "version"}
# Never kept: what looks at what it is sent, a free question, what is large and read once, and
# pictures, which rest on disk.
PASSED = {
    "identify",
    "compare-list",
    "file",
    "version-file",
    "package",
    "picture-file",
    "version-picture-file",
    "chart-png",
    "version-chart-png",
    "county-chart-png",
}
# Lists that come a page at a time.
PAGED = {
    "code",
    "code-scope",
    "code-scope-by",
    "topic",
    "topic-year",
    "topic-year-by",
    "reasons",
    "reasons-year",
    "reasons-year-by",
    "timeliness",
    "timeliness-year",
    "corrections",
    "projects",
    "projects-year",
    "projects-money",
    "projects-money-by",
    "indicators",
    "indicators-year",
}
# The words after the question mark that a page reads. Whatever else stands there (what other
# websites hang on an address to watch its readers, or nonsense) changes nothing here.
WORDS = (
    dict.fromkeys(LOOKED_AT, ("unit", "last"))
    | dict.fromkeys(PAGED, ("page",))
    | dict.fromkeys(("compare", "compare-list"), ("department", "year", "scope", "level"))
    | {"search": ("q", "year", "kind", "page"), "identify": ("digest",), "sitemap": ("p",)}
)
# Said more than once in one address.
REPEATED = {"department"}
LOOKS = {"unit": "yuan", "last": "1"}
LARGEST = 1 << 20


def find_name(request: HttpRequest) -> str | None:
    """The name of an address of the public site; None for any other."""
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return None
    return found.url_name if found.namespace == "disclosures" else None


def read_look(request: HttpRequest) -> str | None:
    """The look that an address asks for, in one way of writing it; None where it asks more."""
    if not request.META.get("QUERY_STRING"):
        return ""
    name = find_name(request)
    asked = [word for word in WORDS.get(name, ()) if word in request.GET]
    if name in LOOKED_AT:
        return "&".join(word for word in asked if request.GET[word] == LOOKS[word])
    return None if asked or name is None else ""


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


def may_share(request: HttpRequest) -> bool:
    """False where an address of the public site says what its page does not read: with a word
    more each time it is a new address each time, and would fill any cache on the way."""
    said = request.META.get("QUERY_STRING", "")
    name = find_name(request) if said else None
    if name is None:
        return True
    pairs = [pair.partition("=")[::2] for pair in said.split("&")]
    words = [word for word, _ in pairs if word not in REPEATED]
    is_read = all(
        word in WORDS.get(name, ()) and (name not in LOOKED_AT or told == LOOKS[word])
        for word, told in pairs
    )
    return is_read and len(words) == len(set(words))
