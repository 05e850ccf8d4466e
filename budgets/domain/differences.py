"""What changed between two documents: amounts cell by cell, sentences word by word."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import groupby

from budgets.domain.document import AGENCY_OPERATING, Document, Stated, Unit, show_stated
from budgets.domain.money import ZERO, to_wan
from budgets.domain.passages import Sentence, list_passages, list_row_amounts

TEXTS = {"profile": "部门概况", "notes": "情况说明"}
TOKEN = re.compile(r"\d[\d,.]*%?|[A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A figure of a document with the names of its table, row and column.

    `value` is in yuan, or in what `unit` counts; `place` is where it is printed.
    """

    table: str
    row: str
    column: str
    value: Decimal | None
    place: str
    unit: Unit = Unit.YUAN

    @property
    def text(self) -> str:
        return "" if self.value is None else show_stated(self.value, self.unit)


UNNAMED = Amount(table="", row="", column="", value=None, place="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure that is printed differently; None where it is blank or not in the document."""

    at: str
    before: Amount | None
    after: Amount | None

    @property
    def named(self) -> Amount:
        """The later figure, or where there is none the earlier, for its names."""
        return self.after or self.before or UNNAMED

    @property
    def place(self) -> str:
        """Where it is printed: its cell, or the paragraph that states it."""
        return self.named.place

    @property
    def shown_before(self) -> str:
        return self.before.text if self.before else ""

    @property
    def shown_after(self) -> str:
        return self.after.text if self.after else ""

    @property
    def difference(self) -> str:
        """Later minus earlier with its sign, from the printed figures."""
        gap = read_printed(self.after) - read_printed(self.before)
        digits = 0 if self.named.unit in (Unit.HEADS, Unit.PIECES) else 2
        return f"{gap:+,.{digits}f}".replace("-", "−")


def read_printed(amount: Amount | None) -> Decimal:
    """A figure as printed, 万元 for money; zero for a blank."""
    value = amount.value if amount else None
    if value is None:
        return ZERO
    return to_wan(value) if amount and amount.unit is Unit.YUAN else value


UNSAID = Sentence()
Piece = tuple[bool, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    section: str
    key: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def compare_amounts(
    before: Mapping[str, Amount], after: Mapping[str, Amount]
) -> list[tuple[str, list[Difference]]]:
    """The differences by table, in the order of the document; what is gone comes last in each."""
    addresses = [*after, *(at for at in before if at not in after)]
    found = [Difference(at=at, before=before.get(at), after=after.get(at)) for at in addresses]
    found = [each for each in found if read_printed(each.before) != read_printed(each.after)]
    found.sort(key=_order_tables)
    return [(table, list(own)) for table, own in groupby(found, key=lambda each: each.named.table)]


def _order_tables(difference: Difference) -> tuple[int, int, bool]:
    """Tables 1 to 11, the performance tables, then the text; of two sides the income side first."""
    table, _, rest = difference.at.partition(".")
    number = int(table[1:]) if table[1:].isdigit() else 0
    return "TPDN".find(table[0]), number, not rest.endswith(".income")


def name_amounts(document: Document) -> dict[str, Amount]:
    """Every figure of a document by address: cells, blanks included, and what is stated."""
    named = {}
    for table in document.tables:
        columns = {column.key: column.label for column in table.columns}
        for cell, name in (each for row in table.rows() for each in list_row_amounts(row)):
            # `2012901 行政运行`, or a label alone.
            label, code = name.text if name else "", cell.row.partition(":")[0]
            named[cell.at] = Amount(
                table=table.name,
                row=f"{code} {label}" if code.isdigit() else label,
                column=columns.get(cell.column, ""),
                value=cell.yuan,
                place=cell.at,
            )
    for part, section in document.sections():
        for paragraph in section.paragraphs():
            for span in paragraph.spans:
                if isinstance(span, Stated):
                    is_alone = paragraph.key == AGENCY_OPERATING
                    at = paragraph.key if is_alone else f"{paragraph.key}.{span.key}"
                    named[at] = Amount(
                        table=TEXTS.get(part.key, part.title),
                        row=span.label,
                        column="",
                        value=span.value,
                        place=paragraph.key,
                        unit=span.unit,
                    )
    return named


def compare_sentences(before: Document, after: Document) -> list[Rewording]:
    """The passages that read differently, section by section; what is gone comes last in each.

    Years are compared as this year and last year.
    """
    shift = after.year - before.year
    old = {each.key: each for each in list_passages(before, shift)}
    new = {each.key: each for each in list_passages(after)}
    titles = {each.section: each.title for each in (*new.values(), *old.values())}
    order = list(titles)
    keys = sorted(
        (*new, *(key for key in old if key not in new)),
        key=lambda key: order.index((new.get(key) or old[key]).section),
    )
    found = []
    for key in keys:
        was, now = old.get(key, UNSAID), new.get(key, UNSAID)
        if was.text != now.text:
            pieces = merge_texts(was.text, now.text)
            left = tuple((kind == "old", text) for kind, text in pieces if kind != "new")
            right = tuple((kind == "new", text) for kind, text in pieces if kind != "old")
            section = now.title or was.title
            found.append(Rewording(section=section, key=key, before=left, after=right))
    return found


def merge_texts(was: str, now: str) -> tuple[tuple[str, str], ...]:
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
