"""The notes with their blanks left open: the same sentences, with a slot for every word asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.forms import BoundField

from budgets.domain.chart import Chart
from budgets.domain.document import Document, Node, OwnWords, Paragraph, Section, Span, list_runs
from budgets.domain.filing import Filing, WordsKind
from budgets.domain.money import show_wan
from budgets.domain.notes import GAP, Spans, Writer, compose
from budgets.domain.places import locate
from disclosures.workplace.clerk.fields import SheetForm


class Slot(Node, frozen=True, kw_only=True):
    """A piece of a sentence that depends on what the department says of the cell `at`.

    `slot` is basis, change, reason or use. `lead` is printed before the department's words, and
    with them only. `needed` words are missed where there are none.
    """

    text: str
    at: str
    slot: str
    kind: WordsKind | None = None
    lead: str = ""
    needed: bool = False
    missing: str = ""


class OpenWriter(Writer):
    """A writer whose notes keep a slot for every reason and use, also where none is demanded."""

    def change(self, at: str, *, with_reason: bool = True) -> Spans:
        """比上年…增加…, with its reason; one that the note does not demand may stay empty."""
        basis = Slot(text=self.basis(at), at=at, slot="basis")
        moved = compose(self.wording.CHANGE, basis=basis, change=self.change_alone(at))
        return (*moved, self.reason_slot(at, needed=with_reason and self.has_changed(at)))

    def change_alone(self, at: str, *, with_reason: bool = True) -> Spans:
        """增加…万元，增长…% as one piece, so that it can be renewed as a whole."""
        spans = Writer.change_alone(self, at, with_reason=with_reason)
        missing = "prior" if self.history.last(at) is None else ""
        text = "".join(span.text for span in spans)
        return [Slot(text=text, at=at, slot="change", missing=missing)]

    def reason(self, at: str) -> Spans:
        """The reason's slot, whether there is a reason or not."""
        return [self.reason_slot(at, needed=self.has_changed(at))]

    def reason_slot(self, at: str, *, needed: bool) -> Slot:
        """A slot for a reason."""
        return self.words_slot(at, WordsKind.REASON, needed=needed)

    def use(self, at: str) -> Slot:
        """The slot of a use, which is always demanded."""
        return self.words_slot(at, WordsKind.USE, needed=True)

    def words_slot(self, at: str, kind: WordsKind, *, needed: bool) -> Slot:
        """A slot for the department's words, with those that there are."""
        own = self.phrase(at, kind)
        lead = self.wording.REASON.partition("{words}")[0] if kind is WordsKind.REASON else ""
        return Slot(
            text=own or GAP,
            at=at,
            kind=kind,
            slot=kind.value,
            lead=lead,
            needed=needed,
            missing="" if own else kind.value,
        )

    def this_year(self, at: str) -> str:
        """The cell's amount as printed, in 万元."""
        return show_wan(self.yuan(at))


Published = Mapping[str, Decimal] | None


def open_writer(chart: Chart, filing: Filing, published: Published) -> OpenWriter:
    """The writer over a filing's tables; `published` are last year's amounts if known."""
    return OpenWriter.over(filing, chart, published)


def list_addresses(sections: Sequence[Section]) -> list[str]:
    """The cells that the notes ask words about, in the order of the notes."""
    spans = (span for section in sections for own in section.paragraphs() for span in own.spans)
    return list(dict.fromkeys(s.at for s in spans if isinstance(s, Slot) and s.kind))


Offered = Mapping[tuple[str, WordsKind], str]


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
class Ask:
    """What is asked about one cell: its fields by column, and last year's words to take over.

    `kind` is reason or use; `needed` where the sentence is not complete without it.
    """

    number: int
    label: str
    fields: Mapping[str, BoundField]
    kind: WordsKind
    needed: bool
    last: str

    @property
    def words(self) -> BoundField:
        """The field of the reason or use."""
        return self.fields[self.kind.value]

    @property
    def unasked(self) -> list[BoundField]:
        """The fields that are sent along unseen: other words, and what a use has no need of."""
        shown = {self.kind.value} | ({"prior", "basis"} if self.kind is WordsKind.REASON else set())
        own = (field for name, field in self.fields.items() if name not in shown)
        return [field for field in own if not field.is_hidden]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSentence:
    """One paragraph of the notes with what it asks for."""

    key: str
    pieces: Sequence[SentencePiece]
    asks: Sequence[Ask]

    @property
    def lacks(self) -> int:
        """How many of its pieces are still missing."""
        return sum(piece.is_missing for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A note with the sentences that ask for something."""

    title: str
    sentences: Sequence[OpenSentence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Makes sentences from notes: knows the writer, the rows' forms, and last year's words."""

    writer: OpenWriter
    forms: Sequence[SheetForm]
    numbers: Mapping[str, int]
    offered: Offered

    def list_chapters(self, sections: Iterable[Section]) -> list[Chapter]:
        """The notes that ask for something."""
        chapters = [
            Chapter(
                title=f"{section.number}{section.title}",
                sentences=[self.lay(own) for own in section.paragraphs() if asks(own)],
            )
            for section in sections
        ]
        return [chapter for chapter in chapters if chapter.sentences]

    def lay(self, paragraph: Paragraph) -> OpenSentence:
        """A paragraph in pieces, and one ask for every cell that it speaks of."""
        slots = [span for span in paragraph.spans if isinstance(span, Slot)]
        worded = {slot.at: slot for slot in slots if slot.kind}
        return OpenSentence(
            key=paragraph.key,
            pieces=[self.show(span) for span in paragraph.spans],
            asks=[self.ask(slot) for slot in worded.values() if slot.at in self.numbers],
        )

    def show(self, span: Span | Slot) -> SentencePiece:
        """One piece."""
        if not isinstance(span, Slot):
            is_figure = any(run.is_figure for run in list_runs([span]))
            return SentencePiece(text=span.text, slot="figure" if is_figure else "")
        return SentencePiece(
            text=span.text,
            slot=span.slot,
            field=self.name(span),
            this=self.writer.this_year(span.at) if span.slot == "change" else "",
            lead=span.lead,
            is_hidden=bool(span.kind and span.missing and not span.needed),
            is_missing=bool(span.missing and (span.needed or span.slot == "change")),
        )

    def name(self, slot: Slot) -> str:
        """The field that fills a slot: the words, last year's figure, or its basis."""
        number = self.numbers.get(slot.at)
        key = "prior" if slot.slot == "change" else slot.slot
        return self.forms[number - 1][key].html_name if number else ""

    def ask(self, slot: Slot) -> Ask:
        """What is asked about the cell of a slot."""
        number = self.numbers[slot.at]
        return Ask(
            number=number,
            label=self.label(slot.at),
            fields={field.name: field for field in self.forms[number - 1]},
            kind=slot.kind or WordsKind.REASON,
            needed=slot.needed,
            last=self.offered.get((slot.at, slot.kind), ""),
        )

    def label(self, at: str) -> str:
        """The cell in words: its place, and the name of its code or project."""
        place, code, project = locate(at)
        own = self.writer.chart.function_name(code) if code else ""
        return "　".join(filter(None, (place.label, own, project)))


def asks(paragraph: Paragraph) -> bool:
    """True for a sentence that depends on what the department says."""
    return any(isinstance(span, Slot) and span.kind for span in paragraph.spans)


def find_words(document: Document) -> Iterator[tuple[tuple[str, WordsKind], str]]:
    """The reasons and uses of a document, by cell and kind."""
    for paragraph in document.paragraphs():
        for span in paragraph.spans:
            if isinstance(span, OwnWords) and span.kind:
                yield (span.at, span.kind), span.text
