"""Search without a server: an index made beforehand, and the list that stands there anyway."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from disclosures.content import canonical
from disclosures.document.figures import list_figures
from disclosures.models import Disclosure
from disclosures.window.shelf import list_published

PAGE, INDEX = "/search/", "/search/index.json"


def draw_search() -> bytes:
    """The page: everything in force as a list, which a script narrows down."""
    found = list_published()
    return render_to_string("disclosures/site/search.html", {"entries": found}).encode()


def build_index() -> bytes:
    """What is searched: every disclosure in force with the words that have money in it."""
    chosen = Disclosure.objects.current().select_related("department")
    found = chosen.order_by("-year", "department__code")
    return canonical({"entries": list(list_entries(found.iterator(chunk_size=1)))}).encode()


def list_entries(found) -> Iterator[dict[str, Any]]:
    """Each disclosure: its title, where it is, and the names and codes of its amounts."""
    for disclosure in found:
        figures = list(list_figures(disclosure.data))
        names = {figure["name"] for figure in figures} | {figure["row"] for figure in figures}
        own = reverse("disclosures:page", args=[disclosure.year, disclosure.department.code])
        yield {
            "title": disclosure.title,
            "code": disclosure.department.code,
            "path": own.lstrip("/"),
            "words": sorted(name for name in names if name),
        }
