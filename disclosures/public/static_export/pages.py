"""Pages that a server would compute for each reader, as an export has them instead."""

from django.template.loader import render_to_string

from disclosures.models import DisclosureFile
from disclosures.public.years import is_made_up, list_published_years


def draw_words(name: str) -> bytes:
    """A page of words, which says where departments are made up."""
    known = {"years": list_published_years(), "is_demo": is_made_up()}
    return render_to_string(f"disclosures/site/{name}.html", known).encode()


def list_sums() -> bytes:
    """The digest of every file of every version, in the form that sha256sum reads."""
    found = DisclosureFile.objects.order_by(
        "disclosure__year", "disclosure__department__code", "disclosure__version", "kind"
    ).values_list(
        "sha256", "disclosure__year", "disclosure__department__code", "disclosure__version", "kind"
    )
    lines = (
        f"{sha256}  {year}/{code}/v{version}.{kind}\n"
        for sha256, year, code, version, kind in found
    )
    return "".join(lines).encode()


# By address: the content type, and what makes it.
PAGES = {
    "/search/": ("text/html", lambda: draw_words("search")),
    "/verify/": ("text/html", lambda: draw_words("verification")),
    "/verify/SHA256SUMS.txt": ("text/plain", list_sums),
    "/compare/": ("text/html", lambda: draw_words("comparison")),
}
