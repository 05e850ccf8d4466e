"""The sentences of the notes: finished tables, last year, and the words of the department."""

import re
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, Self

from budgets.domain.chart import Chart
from budgets.domain.document import (
    AGENCY_OPERATING,
    Change,
    Figure,
    Missing,
    Node,
    OwnWords,
    Paragraph,
    Piece,
    Section,
    Share,
    Span,
    Stated,
    Table,
    Text,
    Unit,
    split_address,
)
from budgets.domain.filing import Filing, PriorBasis, WordsKind
from budgets.domain.history import History, Movement, exact_percent, percent
from budgets.domain.money import CENT, ZERO, show_wan, to_wan
from budgets.domain.performance import build_performance
from budgets.domain.sets import ChangeWording, build_tables, load_table_set
from budgets.domain.tables.form import Role

FORMATTER = string.Formatter()
GAP = "＿＿＿＿"
AGENCY = "机关运行经费"
# The cell that the agency operating expenses are taken from where the department says no other.
OPERATING = f"{Role.BASIC}.total.operating"
# What the sentence says already; clerks often type it again.
LEADS = {
    WordsKind.REASON: re.compile(
        r"^(?:(?:主要|变动|主要变动)?原因(?:是|为|系|在于)?[：:，,]?|是(?=因为|由于))"
    ),
    WordsKind.USE: re.compile(r"^(?:主要)?用于[：:，,]?"),
}
LINE_BREAK = re.compile(r"(?<!\s)[^\S\n]*+\n\s*+")
ENDINGS = "。；;，,、．. \t"

Spans = Sequence[Span]
Filling = str | Span | Spans


def compose(form: str, **fillings: Filling) -> tuple[Span, ...]:
    """A sentence form with its blanks filled: plain text stays plain, figures keep their value."""
    spans: list[Span] = []
    for literal, name, _, _ in FORMATTER.parse(form):
        spans.append(Text(text=literal))
        if name is not None:
            spans += _as_spans(fillings[name])
    return _join_texts(spans)


def enlist(parts: Iterable[Filling], separator: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append(Text(text=separator))
        spans += _as_spans(part)
    return _join_texts(spans)


def _as_spans(filling: Filling) -> Spans:
    match filling:
        case str():
            return [Text(text=filling)]
        case Node():
            return [filling]
        case _:
            return filling


def _join_texts(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbouring plain texts become one, so that a sentence has no more pieces than values."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if not isinstance(span, Text):
            joined.append(span)
        elif isinstance(last, Text):
            joined[-1] = Text(text=last.text + span.text)
        elif span.text:
            joined.append(span)
    return tuple(joined)


def continue_sentence(text: str, kind: WordsKind) -> str:
    """The words without what the sentence itself says before and after them; may be empty."""
    one_line = LINE_BREAK.sub("", text.strip())
    return LEADS[kind].sub("", one_line).strip().rstrip(ENDINGS)


def end_sentence(text: str) -> str:
    """A remark without its final stop, which the sentence form brings along."""
    return LINE_BREAK.sub("", text.strip()).rstrip(ENDINGS)


@dataclass(frozen=True)
class Writer:
    """All that a note may say: it has the tables by key, and never the ledger."""

    filing: Filing
    chart: Chart
    tables: Mapping[str, Table]
    history: History

    @classmethod
    def over(
        cls, filing: Filing, chart: Chart, last_year: Mapping[str, Decimal] | None = None
    ) -> Self:
        """The writer for one filing; `last_year` are the amounts of last year's disclosure."""
        official = build_tables(filing, chart)
        tables = official | build_performance(filing, official)
        return cls(filing, chart, tables, History.of(filing.priors, last_year))

    @cached_property
    def wording(self) -> ChangeWording:
        return load_table_set(self.chart.table_set).wording

    @cached_property
    def words(self) -> Mapping[tuple[str, WordsKind], str]:
        return {(own.at, own.kind): own.text for own in self.filing.words}

    @cached_property
    def names(self) -> dict[str, str]:
        """What every sentence may name: the department, this year and last year."""
        year = self.filing.year
        return {
            "department": self.filing.department.name,
            "year": str(year),
            "last_year": str(year - 1),
        }

    @cached_property
    def amounts(self) -> Mapping[str, Decimal]:
        """The exact amounts of all cells by address; blank ones left out."""
        cells = [cell for table in self.tables.values() for cell in table.amounts()]
        return {cell.at: cell.yuan for cell in cells if cell.yuan is not None}

    def say(self, key: str, form: str, **fillings: Filling) -> Paragraph:
        blanks: dict[str, Filling] = {**self.names, **fillings}
        return Paragraph(key=key, spans=compose(form, **blanks))

    def say_change(self, key: str, form: str, at: str, **fillings: Filling) -> Paragraph:
        """A paragraph about a cell: its amount, or total, its change and the reason."""
        amount, change = self.amount(at), self.change(at)
        return self.say(key, form, amount=amount, total=amount, change=change, **fillings)

    def yuan(self, at: str) -> Decimal:
        """The exact amount of a cell; zero where it is blank or not in its table."""
        if at == AGENCY_OPERATING:
            stated = self.filing.particulars.agency_operating
            return self.yuan(OPERATING) if stated is None else stated.quantize(CENT)
        return self.amounts.get(at, ZERO)

    def cell(self, at: str) -> str:
        """The cell of a figure that is told outside the tables, if it has one."""
        if at == AGENCY_OPERATING and self.filing.particulars.agency_operating is None:
            return OPERATING
        return ""

    def amount(self, at: str) -> Span:
        """A cell's amount as a sentence prints it; nothing budgeted reads 0.00."""
        yuan = self.yuan(at)
        if at == AGENCY_OPERATING:
            return Stated(
                text=show_wan(yuan),
                key="agency",
                label=AGENCY,
                value=yuan,
                unit=Unit.YUAN,
                cell=self.cell(at),
            )
        return Figure(text=show_wan(yuan), at=at, yuan=yuan)

    def share(self, part: str, whole: str) -> Share:
        """The part of a whole in per cent, printed from the printed figures."""
        here, there = self.yuan(part), self.yuan(whole)
        printed = percent(to_wan(here), to_wan(there))
        return Share(
            text=f"{printed}",
            part=part,
            whole=whole,
            rate=exact_percent(here, there) or Decimal(0),
            printed_rate=printed,
        )

    def change(self, at: str, *, with_reason: bool = True) -> Spans:
        """比上年预算增加…万元，增长…%，主要原因是…"""
        change = self.change_alone(at, with_reason=with_reason)
        moved = compose(self.wording.CHANGE, basis=self.basis(at), change=change)
        return (*moved, *self.reason(at)) if with_reason else moved

    def basis(self, at: str) -> str:
        """预算 or 执行数: what last year's figure is."""
        prior = self.history.last(at)
        return (prior.basis if prior else PriorBasis.BUDGET).label

    def change_alone(self, at: str, *, with_reason: bool = True) -> Spans:
        """增加…万元，增长…%; blanks where nobody has stated last year's figure."""
        prior, wording = self.history.last(at), self.wording
        if prior is None:
            moved = {"moved": wording.ROSE, "grew": wording.GREW, "difference": GAP, "rate": GAP}
            return [Missing(text=wording.CHANGE_ALONE.format(**moved), at=at, kind="prior")]
        yuan, last = self.yuan(at), prior.amount.quantize(CENT)
        movement = Movement.between(yuan, prior)
        has_reason = with_reason and bool(self.phrase(at, WordsKind.REASON))
        return [
            Change(
                at=at,
                this=yuan,
                last=last,
                basis=prior.basis,
                difference=yuan - last,
                rate=exact_percent(abs(yuan - last), last),
                printed_difference=movement.difference,
                printed_rate=movement.rate,
                direction=movement.direction,
                pieces=_print_movement(movement, wording),
                reason=at if has_reason else "",
                cell=self.cell(at),
            )
        ]

    def reason(self, at: str) -> Spans:
        """，主要原因是…: must be there for every change, may be there without one."""
        if not self.has_changed(at) and not self.phrase(at, WordsKind.REASON):
            return []
        return compose(self.wording.REASON, words=self._own_words(at, "reason"))

    def use(self, at: str) -> Span:
        return self._own_words(at, "use")

    def _own_words(self, at: str, kind: Literal["reason", "use"]) -> Span:
        own = self.phrase(at, WordsKind(kind))
        if not own:
            return Missing(text=GAP, at=at, kind=kind)
        return OwnWords(text=own, at=at, kind=WordsKind(kind))

    def phrase(self, at: str, kind: WordsKind) -> str:
        """The department's words on a cell as they continue a sentence; empty if there are none."""
        return continue_sentence(self.words.get((at, kind), ""), kind)

    def has_changed(self, at: str) -> bool:
        """True where the printed figure differs from last year's."""
        prior = self.history.last(at)
        return prior is not None and bool(Movement.between(self.yuan(at), prior).difference)

    def was_or_is(self, at: str) -> bool:
        """True where there is money this year or there was last year."""
        prior = self.history.last(at)
        return bool(self.yuan(at)) or bool(prior and prior.amount)

    def vanished(self, table: str, is_row: Callable[[str], bool], column: str) -> list[str]:
        """Row keys that had money last year and are no longer in the table, in order."""
        addresses = [split_address(at) for at in self.history.addresses() if at.startswith(table)]
        return [
            row
            for found, row, of in addresses
            if (found, of) == (table, column)
            and is_row(row)
            and self.tables[table].cell(row, column) is None
        ]


def _print_movement(movement: Movement, wording: ChangeWording) -> tuple[Piece, ...]:
    """The pieces of 增加…万元，增长…%."""
    shown: dict[str, Any] = {
        "moved": Piece(text=wording.FELL if movement.is_fall else wording.ROSE),
        "grew": Piece(text=wording.SHRANK if movement.is_fall else wording.GREW),
        "difference": Piece(text=f"{abs(movement.difference):,.2f}", shows="difference"),
        "rate": Piece(text=f"{movement.rate:,.2f}", shows="rate"),
    }
    pieces: list[Piece] = []
    for literal, name, _, _ in FORMATTER.parse(wording.CHANGE_ALONE):
        for piece in (Piece(text=literal), *([shown[name]] if name else [])):
            if pieces and not piece.shows and not pieces[-1].shows:
                pieces[-1] = Piece(text=pieces[-1].text + piece.text)
            elif piece.text:
                pieces.append(piece)
    return tuple(pieces)


def write_notes(writer: Writer) -> list[Section]:
    """The notes of 第三部分 as the set prescribes them: number, title, and what each says."""
    return [
        Section(
            key=note.key,
            number=note.number,
            title=note.title.format(**writer.names),
            blocks=tuple(note.write(writer)),
        )
        for note in load_table_set(writer.chart.table_set).notes
    ]
