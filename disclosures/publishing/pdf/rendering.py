"""HTML in, PDF bytes out: laid out by WeasyPrint with our fonts and nothing from outside."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock

import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from disclosures.publishing.pdf.finishing import finish_pdf
from disclosures.publishing.pdf.fonts import configure_fonts
from disclosures.publishing.pdf.justification import spread_characters
from disclosures.publishing.pdf.markup import Paper

STYLES = Path(__file__).parents[3] / "static" / "disclosures"
PRINT = STYLES / "print.css"
# WeasyPrint and its font configuration serve one document at a time.
PRESS = Lock()
spread_characters()


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF."""

    name: str
    mime: str
    description: str
    data: bytes


class ForbiddenFetchError(Exception):
    """The document asked for something from outside itself."""


class SealedFetcher(URLFetcher):
    """Refuse every address: the fonts and the stylesheet are handed over, never fetched."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Refuse, whatever is asked."""
        raise ForbiddenFetchError(url)


class AttachmentFetcher(URLFetcher):
    """Hand over one attachment under any address, with its type."""

    def __init__(self, attachment: Attachment) -> None:
        super().__init__()
        self.attachment = attachment

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The attachment: without a type WeasyPrint guesses one from the machine's own tables."""
        return URLFetcherResponse(url, self.attachment.data, {"Content-Type": self.attachment.mime})


def render_pdf(
    html: str,
    *,
    title: str,
    author: str,
    created: datetime,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Render one document as PDF/A-3a and PDF/UA-1; equal input gives equal bytes.

    The html names its language on the root element; `data-version` and `data-digest` of its body
    are printed at the foot of each page. `created` knows its time zone.
    Raises ForbiddenFetchError when the html refers to anything outside itself.
    """
    with at_press():
        document = lay_out_pages(html, load_styles(PRINT))
        return write_archive(document, title, author, created, attachments)


@contextmanager
def at_press() -> Iterator[None]:
    """WeasyPrint for one document at a time; its refusals as ForbiddenFetchError."""
    with PRESS:
        # Some million objects are made, and nearly all live to the end: the collector of reference
        # cycles would look through them again and again, for a fifth of the time.
        was_collecting = gc.isenabled()
        gc.disable()
        try:
            yield
        except FatalURLFetchingError as refusal:
            # WeasyPrint's error is no Exception: it would end a worker instead of a request.
            raise ForbiddenFetchError(str(refusal)) from refusal
        finally:
            if was_collecting:
                gc.enable()


def lay_out_pages(html: str, *sheets: weasyprint.CSS) -> weasyprint.Document:
    """The pages of a document under its stylesheets, later ones winning."""
    source = Paper(html, SealedFetcher(fail_on_errors=True))
    document = source.render(
        font_config=configure_fonts(), stylesheets=list(sheets), output_intent="srgb"
    )
    # Elements with an id share no computed style, which is dear for thousands of cells: they have
    # their address in `data-at`, and are made reachable here.
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.element is not None and (address := box.element.get("data-at")):
                x, y = box.position_x, box.position_y
                page.anchors.setdefault(address, (x, y, x, y))
    return document


def write_archive(
    document: weasyprint.Document,
    title: str,
    author: str,
    created: datetime,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The PDF/A-3a and PDF/UA-1 file of a document that is laid out."""
    document.metadata.title = title
    document.metadata.authors = [author]
    document.metadata.created = created.isoformat(timespec="seconds")
    document.metadata.modified = document.metadata.created
    stamp = created.astimezone(UTC)
    embedded = [
        weasyprint.Attachment(
            url=f"attachment:{number}",
            url_fetcher=AttachmentFetcher(each),
            name=each.name,
            description=each.description,
            created=stamp,
            modified=stamp,
            relationship="Data",
        )
        # The file's list of names is sorted by bytes, and other than ASCII is written as UTF-16.
        for number, each in enumerate(
            sorted(attachments, key=lambda each: (not each.name.isascii(), each.name))
        )
    ]
    return document.write_pdf(finisher=finish_pdf, pdf_variant="pdf/a-3a", attachments=embedded)


@cache
def load_styles(path: Path) -> weasyprint.CSS:
    """A stylesheet file, read once in a process."""
    return read_styles(path.read_text(encoding="utf-8"))


def read_styles(rules: str) -> weasyprint.CSS:
    """A stylesheet that refers to nothing outside itself."""
    return weasyprint.CSS(
        string=rules,
        font_config=configure_fonts(),
        url_fetcher=SealedFetcher(fail_on_errors=True),
    )
