"""Pages that a server would compute for each reader, as an export has them instead."""

from django.template.loader import render_to_string

from disclosures.models import Disclosure, DisclosureFile
from disclosures.site.search import PAGE, draw_search
from disclosures.window.directory import is_made_up

VERIFY, SUMS, COMPARE = "/verify/", "/verify/SHA256SUMS.txt", "/compare/"
HTML, TEXT = "text/html", "text/plain"


def draw_verification() -> bytes:
    """How to check a file at hand without sending it anywhere."""
    return draw("disclosures/site/verification.html")


def draw_comparison() -> bytes:
    """What can be compared without a server, and where."""
    return draw("disclosures/site/comparison.html")


def draw(template: str) -> bytes:
    """A page of words, which says where departments are made up."""
    return render_to_string(template, {"is_demo": is_made_up()}).encode()


def list_sums() -> bytes:
    """The digest of every file of every version, in the form that sha256sum reads."""
    found = DisclosureFile.objects.defer("data", "disclosure__content")
    files = found.select_related("disclosure__department").order_by(
        "disclosure__year", "disclosure__department__code", "disclosure__version", "kind"
    )
    lines = [f"{file.sha256}  {name_file(file.disclosure)}.{file.kind}\n" for file in files]
    return "".join(lines).encode()


def name_file(disclosure: Disclosure) -> str:
    """Where a version's files lie in the export, without a suffix."""
    return f"{disclosure.year}/{disclosure.department.code}/v{disclosure.version}"


# By address: the type, and what makes it.
PAGES = {
    PAGE: (HTML, draw_search),
    VERIFY: (HTML, draw_verification),
    SUMS: (TEXT, list_sums),
    COMPARE: (HTML, draw_comparison),
}
