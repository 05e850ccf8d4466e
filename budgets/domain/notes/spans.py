"""What a note is made of: sections, paragraphs, and spans that know their cell."""

import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from budgets.domain.filing import WordsKind

FORMATTER = string.Formatter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of a sentence.

    With `at` it is a figure and links to that cell; `derived` figures (a change, a share) are
    computed from it. `stated` figures are the department's own, outside the tables. `words` names
    the cell that the department's words explain. `missing` says which kind of input is not there
    yet: prior, reason or use; a document with such a span is not published.
    """

    text: str
    at: str = ""
    derived: bool = False
    stated: bool = False
    words: str = ""
    kind: WordsKind | None = None
    missing: str = ""

    def as_data(self) -> dict[str, Any]:
        """The span as it is frozen: only what it has."""
        fields = ("at", "derived", "stated", "words", "kind", "missing")
        return {"text": self.text} | {n: getattr(self, n) for n in fields if getattr(self, n)}


Spans = Sequence[Span]
Piece = str | Span | Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One printed paragraph; `key` is its address."""

    key: str
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The paragraph as printed."""
        return "".join(span.text for span in self.spans)

    def as_data(self) -> dict[str, Any]:
        """The paragraph as it is frozen."""
        return {
            "type": "paragraph",
            "key": self.key,
            "spans": [span.as_data() for span in self.spans],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Subheading:
    """A heading inside a section, such as （一）…."""

    key: str
    text: str

    def as_data(self) -> dict[str, Any]:
        """The heading as it is frozen."""
        return {"type": "heading", "key": self.key, "text": self.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A table that stands here, in the text."""

    grid: str

    def as_data(self) -> dict[str, Any]:
        """The place as it is frozen."""
        return {"type": "grid", "grid": self.grid}


Block = Paragraph | Subheading | Placed


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered section of the document's text."""

    key: str
    number: str
    title: str
    blocks: tuple[Block, ...]

    def paragraphs(self) -> list[Paragraph]:
        """The section's paragraphs, headings and tables left out."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    def as_data(self) -> dict[str, Any]:
        """The section as it is frozen."""
        return {
            "key": self.key,
            "number": self.number,
            "title": self.title,
            "blocks": [block.as_data() for block in self.blocks],
        }


def compose(form: str, **pieces: Piece) -> tuple[Span, ...]:
    """A sentence form with its blanks filled: plain text stays plain, figures keep their cell."""
    spans: list[Span] = []
    for literal, name, _, _ in FORMATTER.parse(form):
        spans.append(Span(text=literal))
        if name is not None:
            spans += _as_spans(pieces[name])
    return _joined(spans)


def enlist(parts: Iterable[Piece], separator: str) -> tuple[Span, ...]:
    """Pieces one after the other with a separator between them."""
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append(Span(text=separator))
        spans += _as_spans(part)
    return _joined(spans)


def _as_spans(piece: Piece) -> list[Span]:
    if isinstance(piece, str):
        return [Span(text=piece)]
    return [piece] if isinstance(piece, Span) else list(piece)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Neighbouring plain texts become one, so that a sentence has no more pieces than figures."""
    merged: list[Span] = []
    for span in spans:
        if merged and _is_plain(merged[-1]) and _is_plain(span):
            merged[-1] = Span(text=merged[-1].text + span.text)
        elif span.text or not _is_plain(span):
            merged.append(span)
    return tuple(merged)


def _is_plain(span: Span) -> bool:
    return not (span.at or span.stated or span.words or span.missing)
