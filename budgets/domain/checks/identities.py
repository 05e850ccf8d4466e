"""勾稽关系: what the set says must be equal between the tables.

Totals agree to the cent. Where published figures were rounded, the residue is a fact of its own
(on a class code), which makes the totals close and is explained below its table. Only the two
classifications, when given apart, may differ inside the envelope.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.checks.case import Case, is_rounded
from budgets.domain.checks.finding import Check, Outcome, compare, compare_side, or_passed
from budgets.domain.checks.sources import DETAILED, FORMS
from budgets.domain.document import Compared, Severity
from budgets.domain.sets.table_set import Each, Identity, TableSet, split_term
from budgets.domain.tables.slices import Slice

LOOK_AT_LINES = (
    "请核对收入和支出明细，改正后重新导入；"
    "如果是以万元取数形成的尾差，请在支出明细的类级科目上填一行尾差（可为负数）。"
)
LOOK_AT_BOTH = "功能科目和经济科目分别填报时，两边的基本支出应当相等；请核对两类明细。"


def list_identity_checks(table_set: TableSet, *, by_row: bool) -> list[Check]:
    """The named identities as checks: those of totals, or those that hold `by_row`."""
    return [
        Check(
            each.id,
            each.title,
            f"{each.left_label} = {each.right_label}",
            Severity.ERROR,
            Rows(each) if by_row else Totals(each),
            source=DETAILED if each.apart else FORMS,
            mended_at="expenditure",
        )
        for each in table_set.identities
        if each.id and (each.each is not None) is by_row
    ]


@dataclass(frozen=True, slots=True)
class Totals:
    """Two sums of cells agree."""

    identity: Identity

    def __call__(self, case: Case) -> Iterator[Outcome]:
        identity = self.identity
        left = add_cells(case, identity.left, identity.left_label)
        right = add_cells(case, identity.right, identity.right_label)
        if identity.apart is None:
            yield compare(left, right, 0, LOOK_AT_LINES)
        else:
            yield compare(left, right, count_apart(case, identity.apart), LOOK_AT_BOTH)


def add_cells(case: Case, terms: Sequence[str], label: str) -> Compared:
    """One side of an identity; a term with a minus is taken away."""
    total = Decimal("0.00")
    for term in terms:
        yuan = case.writer.yuan(term.removeprefix("-"))
        total += -yuan if term.startswith("-") else yuan
    return compare_side(label=label, yuan=total, at=terms[0] if len(terms) == 1 else "")


def count_apart(case: Case, money: Slice) -> int:
    """How many rounded figures give the money by one classification alone."""
    amounts = [
        fact.amount
        for fact in case.facts
        if money.holds(fact) and bool(fact.function) != bool(fact.economic)
    ]
    return len(amounts) if is_rounded(amounts) else 0


@dataclass(frozen=True, slots=True)
class Rows:
    """Every code's row of one table's column equals the same row of another's."""

    identity: Identity

    def __call__(self, case: Case) -> list[Outcome]:
        cells = [split_term(term) for term in (*self.identity.left, *self.identity.right)]
        codes = {
            cell.row
            for table, _, column in cells
            for cell in case.grids[table].amounts()
            if cell.column == column and cell.row.isdigit()
        }
        if self.identity.each is Each.CLASS:
            codes = {code for code in codes if len(code) == 3}
        pairs = (
            [
                compare_side(label=case.name_cell(at), yuan=case.writer.yuan(at), at=at)
                for at in (f"{table}.{code}.{column}" for table, _, column in cells)
            ]
            for code in sorted(codes)
        )
        return or_passed(
            compare(left, right, 0, LOOK_AT_LINES)
            for left, right in pairs
            if left.yuan != right.yuan
        )
