"""What changed between two documents: amounts cell by cell, sentences word by word."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from budgets.domain.checks.names import PLACES
from budgets.domain.money import show_wan, to_wan
from disclosures.publishing.document.layout import list_rows
from disclosures.publishing.document.passages import Sentence, list_passages
from disclosures.publishing.document.placement import order_grids

Content = Mapping[str, Any]

ZERO = Decimal("0.00")
NOTES = "情况说明"
TOKEN = re.compile(r"\d[\d,.]*%?|[A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount of a document in yuan with the names of its table, row and column."""

    table: str
    row: str
    column: str
    yuan: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A cell whose printed amount differs; None where the cell is blank or not in the table."""

    at: str
    table: str
    row: str
    column: str
    before: Decimal | None
    after: Decimal | None

    @property
    def shown_before(self) -> str:
        """The earlier amount as printed, empty for a blank."""
        return "" if self.before is None else show_wan(self.before)

    @property
    def shown_after(self) -> str:
        """The later amount as printed, empty for a blank."""
        return "" if self.after is None else show_wan(self.after)

    @property
    def difference(self) -> str:
        """Later minus earlier with its sign, from the printed figures."""
        gap = to_wan(self.after or ZERO) - to_wan(self.before or ZERO)
        return f"{gap:+,.2f}".replace("-", "−")


UNSAID = Sentence()
Piece = tuple[bool, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """A paragraph that reads differently: both texts in pieces, each marked where it changed."""

    section: str
    key: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def compare_amounts(
    before: Mapping[str, Amount], after: Mapping[str, Amount]
) -> list[tuple[str, list[Change]]]:
    """The changes by table, in the order of the document; cells that are gone come last in each."""
    addresses = [*after, *(at for at in before if at not in after)]
    changes = [change for at in addresses if (change := compare_cell(at, before, after))]
    changes.sort(key=table_order)
    return [(table, list(own)) for table, own in groupby(changes, key=lambda each: each.table)]


def table_order(change: Change) -> tuple[bool, int, bool]:
    """Tables 1 to 11, then the performance tables; of two-sided ones the income side first."""
    table, _, rest = change.at.partition(".")
    number = int(table[1:]) if table[1:].isdigit() else 0
    return table[0] != "T", number, not rest.endswith(".income")


def compare_cell(
    at: str, before: Mapping[str, Amount], after: Mapping[str, Amount]
) -> Change | None:
    """The change of one cell; None where it prints the same."""
    old, new = before.get(at), after.get(at)
    named = new or old
    was, now = old.yuan if old else None, new.yuan if new else None
    if to_wan(was or ZERO) == to_wan(now or ZERO):
        return None
    return Change(
        at=at, table=named.table, row=named.row, column=named.column, before=was, after=now
    )


def name_amounts(content: Content) -> dict[str, Amount]:
    """Every amount of a document by address, blanks included."""
    cells = {
        cell["at"]: amount
        for grid in order_grids(content)
        for row in list_rows(grid)
        for cell, amount in name_cells(grid, row)
    }
    return cells | {
        at: Amount(table=NOTES, row=PLACES.get(at, at), column="", yuan=Decimal(yuan))
        for at, yuan in content["figures"].items()
    }


def name_cells(grid: Content, row: Content) -> Iterator[tuple[Content, Amount]]:
    """The amounts of a row with their names: the label before each, and its column's."""
    columns = {column["key"]: column["label"] for column in grid["columns"]}
    table = f"{grid['label']} {grid['title']}".strip()
    label = ""
    for cell in row["cells"]:
        label = cell["text"] if cell["kind"] in ("label", "head", "text") else label
        if cell["kind"] == "amount":
            yield (
                cell,
                Amount(
                    table=table,
                    row=name_row(cell["row"], label),
                    column=columns.get(cell["column"], ""),
                    yuan=None if cell["yuan"] is None else Decimal(cell["yuan"]),
                ),
            )


def name_row(key: str, label: str) -> str:
    """`2012901 行政运行`, `2012901 培训`, or the label alone."""
    code = key.partition(":")[0]
    return f"{code} {label}" if code.isdigit() else label


def compare_sentences(before: Content, after: Content) -> list[Rewording]:
    """The passages that read differently, section by section; what is gone comes last in each.

    Years are compared as this year and last year.
    """
    shift = after["year"] - before["year"]
    old = {each.key: each for each in list_passages(before, shift)}
    new = {each.key: each for each in list_passages(after)}
    titles = {each.section: each.title for each in (*new.values(), *old.values())}
    order = list(titles)
    keys = sorted(
        (*new, *(key for key in old if key not in new)),
        key=lambda key: order.index((new.get(key) or old[key]).section),
    )
    pairs = [(old.get(key, UNSAID), new.get(key, UNSAID)) for key in keys]
    return [reword(was, now) for was, now in pairs if was.text != now.text]


def merge(was: str, now: str) -> tuple[tuple[str, str], ...]:
    """Two texts as one, in pieces that are `same`, `old` or `new`; what is old comes first."""
    old, new = TOKEN.findall(was), TOKEN.findall(now)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pieces = []
    for step, a, b, c, d in steps:
        if step == "equal":
            pieces.append(("same", "".join(new[c:d])))
        else:
            pieces += [("old", "".join(old[a:b])), ("new", "".join(new[c:d]))]
    return tuple((kind, text) for kind, text in pieces if text)


def reword(was: Sentence, now: Sentence) -> Rewording:
    """Two texts side by side, in pieces that changed and pieces that did not."""
    old, new = TOKEN.findall(was.text), TOKEN.findall(now.text)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return Rewording(
        section=now.title or was.title,
        key=now.key or was.key,
        before=tuple((step != "equal", "".join(old[a:b])) for step, a, b, _, _ in steps if a < b),
        after=tuple((step != "equal", "".join(new[c:d])) for step, _, _, c, d in steps if c < d),
    )
