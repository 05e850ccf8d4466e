"""The notes with their blanks left open: the same sentences, with a slot for every word asked.

For the page of words, each sentence that asks for something is drawn with the fields for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budgets.domain.document import Document, OwnWords, Paragraph, Section, Span, list_runs
from budgets.domain.filing import WordsKind
from budgets.domain.money import show_wan
from budgets.domain.notes import GAP, Spans, Writer, compose
from budgets.domain.places import find_place
from disclosures.workplace.clerk.fields import SheetForm

Offered = Mapping[tuple[str, WordsKind], str]


class Slot(OwnWords, frozen=True, kw_only=True):
    """A piece of a sentence that depends on what the department says of the cell `at`.

    `slot` is basis, change, reason or use. `lead` is printed before the department's words, and
    with them only. `needed` words are missed where there are none.
    """

    slot: str
    lead: str = ""
    needed: bool = False
    missing: str = ""


class OpenWriter(Writer):
    """A writer whose notes keep a slot for every reason and use, also where none is demanded."""

    @property
    def reason_lead(self) -> str:
        """，主要原因是: what stands before a reason."""
        return self.wording.REASON.partition("{words}")[0]

    def change(self, at: str, *, with_reason: bool = True) -> Spans:
        """比上年…增加…, with its reason; one that the note does not demand may stay empty."""
        basis = Slot(text=self.basis(at), at=at, slot="basis")
        moved = compose(self.wording.CHANGE, basis=basis, change=self.change_alone(at))
        needed = with_reason and self.has_changed(at)
        return (*moved, self.open_words(at, WordsKind.REASON, needed=needed))

    def change_alone(self, at: str, *, with_reason: bool = True) -> Spans:
        """增加…万元，增长…% as one piece, so that it can be renewed as a whole."""
        spans = Writer.change_alone(self, at, with_reason=with_reason)
        missing = "prior" if self.history.last(at) is None else ""
        text = "".join(span.text for span in spans)
        return [Slot(text=text, at=at, slot="change", missing=missing)]

    def reason(self, at: str) -> Spans:
        """The reason's slot, whether there is a reason or not."""
        return [self.open_words(at, WordsKind.REASON, needed=self.has_changed(at))]

    def use(self, at: str) -> Slot:
        """The slot of a use, which is always demanded."""
        return self.open_words(at, WordsKind.USE, needed=True)

    def open_words(self, at: str, kind: WordsKind, *, needed: bool) -> Slot:
        own = self.phrase(at, kind)
        return Slot(
            text=own or GAP,
            at=at,
            kind=kind,
            slot=kind.value,
            lead=self.reason_lead if kind is WordsKind.REASON else "",
            needed=needed,
            missing="" if own else kind.value,
        )


def list_asking_slots(paragraph: Paragraph) -> list[Slot]:
    return [span for span in paragraph.spans if isinstance(span, Slot) and span.kind]


def list_asked_cells(sections: Iterable[Section]) -> list[str]:
    """The cells that the notes ask words about, in the order of the notes."""
    paragraphs = (own for section in sections for own in section.paragraphs())
    return list(dict.fromkeys(slot.at for own in paragraphs for slot in list_asking_slots(own)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SentencePiece:
    """A piece of a sentence as shown; `slot` says what renews it, `field` names whose text it is.

    `this` is the cell's amount in 万元, for a change. A hidden piece is not printed as it stands.
    """

    text: str
    slot: str = ""
    field: str = ""
    this: str = ""
    lead: str = ""
    is_hidden: bool = False
    is_missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSentence:
    key: str
    pieces: Sequence[SentencePiece]
    asks: Sequence[Mapping[str, Any]]

    @property
    def lacks(self) -> int:
        return sum(piece.is_missing for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Makes sentences from notes: knows the writer, the rows' forms, and last year's words."""

    writer: OpenWriter
    forms: Sequence[SheetForm]
    numbers: Mapping[str, int]
    offered: Offered

    def list_chapters(self, sections: Iterable[Section]) -> list[tuple[str, list[OpenSentence]]]:
        """The notes that ask for something: their titles and those of their sentences that do."""
        chapters = [
            (
                f"{section.number}{section.title}",
                [self.open_sentence(own) for own in section.paragraphs() if list_asking_slots(own)],
            )
            for section in sections
        ]
        return [(title, sentences) for title, sentences in chapters if sentences]

    def open_sentence(self, paragraph: Paragraph) -> OpenSentence:
        """A paragraph in pieces, and one ask for every cell that it speaks of."""
        slots = {slot.at: slot for slot in list_asking_slots(paragraph)}
        return OpenSentence(
            key=paragraph.key,
            pieces=[self.show_piece(span) for span in paragraph.spans],
            asks=[self.ask(slot) for slot in slots.values() if slot.at in self.numbers],
        )

    def show_piece(self, span: Span | Slot) -> SentencePiece:
        """One piece, with the field that fills it: the words, last year's figure, or its basis."""
        if not isinstance(span, Slot):
            is_figure = any(run.is_figure for run in list_runs([span]))
            return SentencePiece(text=span.text, slot="figure" if is_figure else "")
        is_change, number = span.slot == "change", self.numbers.get(span.at)
        key = "prior" if is_change else span.slot
        return SentencePiece(
            text=span.text,
            slot=span.slot,
            field=self.forms[number - 1][key].html_name if number else "",
            this=show_wan(self.writer.yuan(span.at)) if is_change else "",
            lead=span.lead,
            is_hidden=bool(span.kind and span.missing and not span.needed),
            is_missing=bool(span.missing and (span.needed or is_change)),
        )

    def ask(self, slot: Slot) -> dict[str, Any]:
        """What is asked about the cell of a slot, and last year's words to take over.

        `unasked` are the fields that are sent along unseen: other words, and what a use has no
        need of.
        """
        number, kind = self.numbers[slot.at], slot.kind or WordsKind.REASON
        fields = {field.name: field for field in self.forms[number - 1]}
        shown = {"reason", "prior", "basis"} if kind is WordsKind.REASON else {kind.value}
        return {
            "number": number,
            "label": self.name_place(slot.at),
            "fields": fields,
            "words": fields[kind.value],
            "unasked": [
                field for key, field in fields.items() if key not in shown and not field.is_hidden
            ],
            "kind": kind,
            "needed": slot.needed,
            "last": self.offered.get((slot.at, kind), ""),
        }

    def name_place(self, at: str) -> str:
        if (found := find_place(at)) is None:
            return ""
        place, code, project = found
        name = self.writer.chart.function_name(code) if code else ""
        return "　".join(filter(None, (place.label, name, project)))


def find_words(document: Document) -> Iterator[tuple[tuple[str, WordsKind], str]]:
    """The reasons and uses of a document, by cell and kind."""
    for paragraph in document.paragraphs():
        for span in paragraph.spans:
            if isinstance(span, OwnWords) and span.kind:
                yield (span.at, span.kind), span.text
