"""The writer's desk: finished tables, last year's figures and the department's words, by cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.chart import Chart
from budgets.domain.filing import Filing, PriorBasis, WordsKind
from budgets.domain.money import show_wan, to_wan
from budgets.domain.notes import wording
from budgets.domain.notes.history import Change, History, percent
from budgets.domain.notes.phrase import continue_sentence
from budgets.domain.notes.spans import Paragraph, Piece, Span, Spans, compose
from budgets.domain.tables.grid import Grid

ZERO = Decimal("0.00")
GAP = "＿＿＿＿"
AGENCY_OPERATING = "N12.agency_operating"


def split_address(at: str) -> tuple[str, str, str]:
    """Table, row and column of a cell address; a row key may itself hold dots."""
    table, _, rest = at.partition(".")
    row, _, column = rest.rpartition(".")
    return table, row, column


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a note may say: it has the tables, and never the ledger."""

    filing: Filing
    chart: Chart
    tables: Mapping[str, Grid]
    history: History
    words: Mapping[tuple[str, WordsKind], str]

    @classmethod
    def over(
        cls, filing: Filing, chart: Chart, tables: Mapping[str, Grid], history: History
    ) -> "Desk":
        """The desk for one filing and its finished tables."""
        words = {(own.at, own.kind): own.text for own in filing.words}
        return cls(filing, chart, tables, history, words)

    @property
    def names(self) -> dict[str, str]:
        """What every sentence may name: the department, this year and last year."""
        year = self.filing.year
        return {
            "department": self.filing.department.name,
            "year": str(year),
            "last_year": str(year - 1),
        }

    def say(self, key: str, form: str, **pieces: Piece) -> Paragraph:
        """A paragraph from a sentence form."""
        return Paragraph(key=key, spans=compose(form, **(self.names | pieces)))

    def yuan(self, at: str) -> Decimal:
        """The exact amount of a cell; zero where it is blank or not in its table."""
        if at == AGENCY_OPERATING:
            stated = self.filing.particulars.agency_operating
            return self.yuan("T6.total.operating") if stated is None else stated
        table, row, column = split_address(at)
        return self.tables[table].yuan(row, column)

    def amount(self, at: str) -> Span:
        """A cell's amount as a sentence prints it; nothing budgeted reads 0.00."""
        return self._figure(at, show_wan(self.yuan(at)), derived=False)

    def share(self, part: str, whole: str) -> Span:
        """The part of a whole in per cent, from the printed figures."""
        rate = percent(to_wan(self.yuan(part)), to_wan(self.yuan(whole)))
        return self._figure(part, f"{rate}", derived=True)

    def change(self, at: str, *, with_reason: bool = True) -> Spans:
        """比上年预算增加…万元，增长…%，主要原因是…"""
        moved = compose(wording.CHANGE, basis=self.basis(at), change=self.change_alone(at))
        return (*moved, *self.reason(at)) if with_reason else moved

    def basis(self, at: str) -> str:
        """预算 or 执行数: what last year's figure is."""
        prior = self.history.last(at)
        return (prior.basis if prior else PriorBasis.BUDGET).label

    def change_alone(self, at: str) -> Spans:
        """增加…万元，增长…%; blanks where nobody has stated last year's figure."""
        prior = self.history.last(at)
        if prior is None:
            return [Span(text=f"增加{GAP}万元，增长{GAP}%", words=at, missing="prior")]
        change = Change.between(self.yuan(at), prior)
        return compose(
            wording.CHANGE_ALONE,
            moved="减少" if change.is_fall else "增加",
            grew="下降" if change.is_fall else "增长",
            difference=self._figure(at, f"{abs(change.difference):,.2f}", derived=True),
            rate=self._figure(at, f"{change.rate:,.2f}", derived=True),
        )

    def reason(self, at: str) -> Spans:
        """，主要原因是…: must be there for every change, may be there without one."""
        if not self.has_changed(at) and not self.phrase(at, WordsKind.REASON):
            return []
        return compose(wording.REASON, words=self._own_words(at, WordsKind.REASON))

    def use(self, at: str) -> Span:
        """What an amount is mainly used for."""
        return self._own_words(at, WordsKind.USE)

    def phrase(self, at: str, kind: WordsKind) -> str:
        """The department's words on a cell as they continue a sentence; empty if there are none."""
        return continue_sentence(self.words.get((at, kind), ""), kind)

    def has_changed(self, at: str) -> bool:
        """True where the printed figure differs from last year's."""
        prior = self.history.last(at)
        return prior is not None and bool(Change.between(self.yuan(at), prior).difference)

    def was_or_is(self, at: str) -> bool:
        """True where there is money this year or there was last year."""
        prior = self.history.last(at)
        return bool(self.yuan(at)) or bool(prior and prior.amount)

    def vanished(self, table: str, is_row: Callable[[str], bool], column: str) -> list[str]:
        """Row keys that had money last year and are no longer in the table, in order."""
        addresses = (split_address(at) for at in self.history.addresses() if at.startswith(table))
        return [
            row
            for found, row, of in addresses
            if (found, of) == (table, column)
            and is_row(row)
            and self.tables[table].cell(row, column) is None
        ]

    def resolve(self, at: str) -> str:
        """Where a figure's link leads: its cell, or its table where that has no such cell."""
        table, row, column = split_address(at)
        return at if self.tables[table].cell(row, column) else table

    def _own_words(self, at: str, kind: WordsKind) -> Span:
        own = self.phrase(at, kind)
        return Span(text=own or GAP, words=at, kind=kind, missing="" if own else kind.value)

    def _figure(self, at: str, text: str, *, derived: bool) -> Span:
        if at == AGENCY_OPERATING:
            if self.filing.particulars.agency_operating is not None:
                return Span(text=text, stated=True)
            at = "T6.total.operating"
        return Span(text=text, at=self.resolve(at), derived=derived)
