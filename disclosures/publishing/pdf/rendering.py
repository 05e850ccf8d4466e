"""HTML in, PDF bytes out: lay the document out with our faces and nothing from outside."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock

import weasyprint
from weasyprint.pdf import generate_pdf
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from budgets.memory import undisturbed
from disclosures.publishing.pdf import archive, faces, justification, memory, ruling, writing
from disclosures.publishing.pdf.markup import Source, pin_addresses

STYLES = Path(__file__).parents[3] / "static" / "disclosures"
PRINT = STYLES / "print.css"
# The layout engine and its font configuration serve one document at a time.
PRESS = Lock()
# What the variant stands for is spelled out: only the engine's own writer would fill it in.
OPTIONS = weasyprint.DEFAULT_OPTIONS | {
    "pdf_variant": "pdf/a-3a",
    "pdf_version": "1.7",
    "pdf_tags": True,
    "output_intent": "srgb",
}
justification.install()
memory.install()
ruling.install()


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
    """Refuse every address: the faces and the stylesheet are handed over, never fetched."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> None:
        """Refuse, whatever is asked."""
        raise ForbiddenFetchError(url)


def render(
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
        return bind(lay_out(html, load(PRINT)), title, author, created, attachments)


@contextmanager
def at_press() -> Iterator[None]:
    """The engine for one document at a time; its refusals as ForbiddenFetchError."""
    # Some million objects are made, and nearly all live to the end.
    with PRESS, undisturbed():
        try:
            yield
        except FatalURLFetchingError as refusal:
            # The engine's own error is no Exception: it would end a worker instead of a request.
            raise ForbiddenFetchError(str(refusal)) from refusal


def bind(
    document: weasyprint.Document,
    title: str,
    author: str,
    created: datetime,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The file of a document that is laid out."""
    document.metadata.title = title
    document.metadata.authors = [author]
    document.metadata.created = created.isoformat(timespec="seconds")
    document.metadata.modified = document.metadata.created
    embedded = [_embed(each, created) for each in sorted(attachments, key=_name)]
    pdf = generate_pdf(document, None, 1, **OPTIONS | {"attachments": embedded})
    archive.conform(pdf)
    return writing.write(pdf)


def lay_out(html: str, *sheets: weasyprint.CSS) -> weasyprint.Document:
    """The pages of a document under its stylesheets, later ones winning."""
    source = Source(html, SealedFetcher(fail_on_errors=True))
    document = source.render(font_config=faces.configure(), stylesheets=list(sheets))
    pin_addresses(document)
    return document


@cache
def load(path: Path) -> weasyprint.CSS:
    """A stylesheet file, read once in a process."""
    return style(path.read_text(encoding="utf-8"))


def style(rules: str) -> weasyprint.CSS:
    """A stylesheet that refers to nothing outside itself."""
    return weasyprint.CSS(
        string=rules,
        font_config=faces.configure(),
        url_fetcher=SealedFetcher(fail_on_errors=True),
    )


def _name(attachment: Attachment) -> tuple[bool, str]:
    # The file's list of names is sorted by bytes, and other than ASCII is written as UTF-16.
    return not attachment.name.isascii(), attachment.name


def _embed(attachment: Attachment, created: datetime) -> weasyprint.Attachment:
    stamp = created.astimezone(UTC)
    embedded = weasyprint.Attachment(
        string=attachment.data,
        name=attachment.name,
        description=attachment.description,
        created=stamp,
        modified=stamp,
        relationship="Data",
    )
    embedded.source = _open(attachment)
    return embedded


@contextmanager
def _open(attachment: Attachment) -> Iterator[tuple[BytesIO, None, None, str]]:
    # The engine guesses the type from the machine's own tables unless the source states it.
    yield BytesIO(attachment.data), None, None, attachment.mime
