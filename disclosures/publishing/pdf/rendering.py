"""HTML in, PDF bytes out: laid out by WeasyPrint with our fonts and nothing from outside."""

import gc
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from threading import Lock
from xml.etree.ElementTree import Element, TreeBuilder

import cssselect2
import pydyf
import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from disclosures.publishing.pdf.fonts import configure_fonts
from disclosures.publishing.pdf.justification import spread_characters

STYLES = Path(__file__).parents[3] / "static" / "disclosures"
PRINT = STYLES / "print.css"
# WeasyPrint and its font configuration serve one document at a time.
PRESS = Lock()
spread_characters()
VOID = frozenset({"br", "col", "hr", "img", "link", "meta", "wbr"})
# Drawings within the page: how WeasyPrint knows their elements, and those names of attributes that
# a reader of HTML gives in small letters.
DRAWING = "{http://www.w3.org/2000/svg}"
MIXED = {
    name.lower(): name
    for name in ("patternTransform", "patternUnits", "preserveAspectRatio", "viewBox")
}
# PDF/UA-1 names itself in the metadata, and PDF/A wants a schema for every name it does not know.
ACCESSIBLE = Path(__file__).with_name("accessible.xmp").read_bytes()


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF."""

    name: str
    mime: str
    description: str
    data: bytes


class ForbiddenFetchError(Exception):
    """The document asked for something from outside itself."""


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


class Paper(weasyprint.HTML):
    """A document of our templates, in place of WeasyPrint's HTML.

    Its parser repairs any web page and its style sheet styles any element there is: together a
    quarter of the time of a document. Raises ValueError where an element is not closed in its turn.
    """

    def __init__(self, html: str, url_fetcher: URLFetcher) -> None:
        self.base_url = None
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(
            read_markup(html), content_language=None
        )
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:
        return []


def read_markup(html: str) -> Element:
    """The tree of a document whose elements, but the void ones, are all closed explicitly."""
    reader = _Reader()
    reader.feed(html[html.index("<html") :])
    reader.close()
    return reader.tree.close()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self.drawings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.drawings += tag == "svg"
        attributes = {MIXED.get(name, name): value or "" for name, value in attrs}
        self.tree.start(self.qualify(tag), attributes)
        if tag in VOID:
            self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        closed = self.tree.end(tag)
        if closed.tag != self.qualify(tag):
            raise ValueError(f"<{closed.tag}> is still open at </{tag}>")
        self.drawings -= tag == "svg"

    def handle_data(self, data: str) -> None:
        self.tree.data(data)

    def qualify(self, tag: str) -> str:
        """The element's name, with that of its vocabulary inside a drawing."""
        return f"{DRAWING}{tag}" if self.drawings else tag


def finish_pdf(_: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """Declare PDF/UA-1 beside PDF/A-3a, name attachments, say of table headers what they head."""
    metadata = _find(pdf, pdf.catalog["Metadata"])
    metadata.stream = [
        part.replace(b"</rdf:RDF>", ACCESSIBLE + b"</rdf:RDF>") for part in metadata.stream
    ]
    if "AF" in pdf.catalog:
        # WeasyPrint lists every attachment twice.
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.compress:
            _deflate(each)
        elif isinstance(each, dict) and each.get("Type") == "/Filespec":
            # WeasyPrint writes the name that readers list as bytes they cannot read.
            each["F"].string = each["UF"].string
        elif isinstance(each, dict) and each.get("S") == "/TR":
            _scope_headers(pdf, each)


def _deflate(stream: pydyf.Stream) -> None:
    # Left to pydyf, every stream is deflated twice: once to write and once to number the file.
    plain = b"\n".join(
        part.encode() if isinstance(part, str) else getattr(part, "data", part)
        for part in stream.stream
    )
    stream.stream = [zlib.compress(plain)]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def _scope_headers(pdf: pydyf.PDF, row: pydyf.Dictionary) -> None:
    # WeasyPrint lists wrong headers for a cell where cells before it span rows, and a scope for
    # none; a scope alone says the same, rightly.
    cells = list(_list_cells(pdf, row))
    scope = "/Row" if any(cell["S"] == "/TD" for cell in cells) else "/Column"
    if _find(pdf, row["P"])["S"] == "/THead":
        scope = "/Column"
    for cell in cells:
        cell["A"].pop("Headers", None)
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = scope


def _list_cells(pdf: pydyf.PDF, row: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    for reference in row["K"]:
        cell = _find(pdf, reference)
        if cell.get("S") in ("/TH", "/TD"):
            yield cell


def _find(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]
