"""The document as data: what publication freezes, and the only place that knows its JSON.

Every table, sentence, figure, change and reason is a typed, immutable value; the texts among them
only say how a value is printed. Amounts are exact yuan; 万元 stands in what is printed alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Literal
from urllib.parse import quote

import msgspec
from msgspec import Meta

from budgets.domain.filing import PriorBasis, WordsKind
from budgets.domain.money import ZERO, show_wan
from budgets.domain.text import LabelledEnum

FORMAT = "budget-disclosure/2"
CENT = -2


class SectionRole(StrEnum):
    """What a section tells in any set: its part of an address, as a table's `Role` is of cells'."""

    DUTIES = "D1"
    STAFF = "D2"
    WHOLE = "N1"
    INCOME = "N2"
    SPENDING = "N3"
    FISCAL = "N4"
    GENERAL = "N5"
    BASIC = "N6"
    PROJECTS = "N7"
    GOVERNMENT_FUND = "N8"
    STATE_CAPITAL = "N9"
    THREE_PUBLIC = "N10"
    CARRYOVER = "N11"
    OTHER_MATTERS = "N12"


# Where the agency operating expenses are told, which may be narrower than any cell.
AGENCY_OPERATING = f"{SectionRole.OTHER_MATTERS}.agency_operating"


# What the types do not say by themselves stands in the schema too.
TwoPlaces = Annotated[Decimal, Meta(extra_json_schema={"pattern": r"^-?\d+\.\d{2}$"})]
Address = Annotated[str, Meta(pattern=r"^\S*$")]
PRINTED_HAVE_YUAN = {
    "if": {
        "properties": {"kind": {"const": "amount"}, "text": {"minLength": 1}},
        "required": ["kind", "text"],
    },
    "then": {"properties": {"yuan": {"type": "string"}}, "required": ["yuan"]},
}


class Node(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What every part of a document is."""


def check_cents(*amounts: Decimal) -> None:
    """Raise ValueError where an amount is no finite number with exactly two places."""
    for amount in amounts:
        if amount.as_tuple().exponent != CENT:
            raise ValueError("an amount needs exactly two decimal places")


class Text(Node, frozen=True, kw_only=True, tag_field="type", tag="text"):
    """Plain words of a sentence."""

    text: str


class Figure(Node, frozen=True, kw_only=True, tag_field="type", tag="figure"):
    """The amount of a cell; a cell that is not in its table (any more) counts as zero."""

    text: str
    at: Address
    yuan: TwoPlaces

    def __post_init__(self) -> None:
        check_cents(self.yuan)


class Sum(Node, frozen=True, kw_only=True, tag_field="type", tag="sum"):
    """The amount of several cells together, which is a part of the amount at `cell`."""

    text: str
    parts: tuple[str, ...]
    yuan: TwoPlaces
    cell: Address

    def __post_init__(self) -> None:
        check_cents(self.yuan)


class Direction(StrEnum):
    """How a printed figure moved: `NEW` came from nothing, `GONE` went to nothing."""

    INCREASE = "increase"
    DECREASE = "decrease"
    UNCHANGED = "unchanged"
    NEW = "new"
    GONE = "gone"


class Piece(Node, frozen=True, kw_only=True):
    """Some words of a change; one of its two figures where `shows` says which."""

    text: str
    shows: Literal["", "difference", "rate"] = ""


class Change(Node, frozen=True, kw_only=True, tag_field="type", tag="change"):
    """This year against last, as it was computed and as it is printed.

    `difference` (yuan) and `rate` (per cent of last year's amount, None from nothing) are exact.
    Printed are the difference of the two 万元 and its rate, so that a reader with a calculator
    gets the same; from nothing the printed rate is 100.00 by convention. `reason` is the address
    of the reason where one is printed, `cell` the table's cell for a figure outside the tables.
    """

    at: Address
    this: TwoPlaces
    last: TwoPlaces
    basis: PriorBasis
    difference: TwoPlaces
    rate: Decimal | None
    printed_difference: TwoPlaces
    printed_rate: TwoPlaces
    direction: Direction
    pieces: tuple[Piece, ...]
    reason: str = ""
    cell: Address = ""

    def __post_init__(self) -> None:
        check_cents(self.this, self.last, self.difference)
        check_cents(self.printed_difference, self.printed_rate)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class Share(Node, frozen=True, kw_only=True, tag_field="type", tag="share"):
    """What one cell is of another, in per cent: exactly, and as printed from the printed 万元."""

    text: str
    part: str
    whole: str
    rate: Decimal
    printed_rate: TwoPlaces

    def __post_init__(self) -> None:
        check_cents(self.printed_rate)


class Unit(LabelledEnum):
    """What a stated figure counts."""

    YUAN = "yuan", "元"
    HEADS = "heads", "人"
    PIECES = "pieces", "辆或台"
    AREA = "area", "平方米"


def show_stated(value: Decimal, unit: Unit) -> str:
    """A stated figure as printed: money in 万元, areas with two places, counts whole."""
    match unit:
        case Unit.YUAN:
            return show_wan(value)
        case Unit.AREA:
            return f"{value:,.2f}"
        case _:
            return f"{value:.0f}"


class Stated(Node, frozen=True, kw_only=True, tag_field="type", tag="stated"):
    """A figure that the department states outside the tables.

    It is known by the address of its paragraph and its `key`; `label` is what it is called where
    it stands alone, `cell` where it was taken from.
    """

    text: str
    key: str
    label: str
    value: Decimal
    unit: Unit
    cell: Address = ""

    def __post_init__(self) -> None:
        if not self.value.is_finite():
            raise ValueError("a stated figure needs to be a number")


class StatedChange(Node, frozen=True, kw_only=True, tag_field="type", tag="stated-change"):
    """By how much a stated figure is said to have changed, with its sign; printed without."""

    text: str
    key: str
    change: Decimal
    unit: Unit


class OwnWords(Node, frozen=True, kw_only=True, tag_field="type", tag="words"):
    """The department's own words on the cell or the section `at`."""

    text: str
    at: Address
    kind: WordsKind | None = None


class GlossaryWords(Node, frozen=True, kw_only=True, tag_field="type", tag="term"):
    """One side of an entry of the glossary."""

    text: str
    part: Literal["term", "meaning"]


class Missing(Node, frozen=True, kw_only=True, tag_field="type", tag="missing"):
    """What a sentence of a draft still waits for; it is never published."""

    text: str
    at: Address
    kind: Literal["prior", "reason", "use"]


Span = (
    Text
    | Figure
    | Sum
    | Change
    | Share
    | Stated
    | StatedChange
    | OwnWords
    | GlossaryWords
    | Missing
)


class Run(msgspec.Struct, frozen=True):
    """A piece of printed text: the cell that a figure comes from, or the department's words."""

    text: str
    at: Address = ""
    is_words: bool = False
    is_figure: bool = False


def find_cell(span: Span) -> str:
    """The address of the cell that a figure, a change or a share was made from; else empty."""
    match span:
        case Figure():
            return span.at
        case Sum() | Stated():
            return span.cell
        case Change():
            return span.cell or span.at
        case Share():
            return span.part
        case _:
            return ""


def list_runs(spans: Iterable[Span]) -> list[Run]:
    """How spans are printed: figures apart from the words around them, plain words joined."""
    runs: list[Run] = []
    for run in (run for span in spans for run in part_span(span)):
        is_plain = not (run.at or run.is_words or run.is_figure)
        last = runs[-1] if runs else None
        if last and is_plain and not (last.at or last.is_words or last.is_figure):
            runs[-1] = Run(last.text + run.text)
        else:
            runs.append(run)
    return runs


def part_span(span: Span) -> Iterator[Run]:
    """A span by itself; the two figures of a change stand alone."""
    cell = find_cell(span)
    match span:
        case Change():
            for piece in span.pieces:
                shown = bool(piece.shows)
                yield Run(piece.text, cell if shown else "", is_figure=shown)
        case OwnWords() | Missing():
            yield Run(span.text, is_words=True)
        case Text() | GlossaryWords():
            yield Run(span.text)
        case _:
            yield Run(span.text, cell, is_figure=True)


class Paragraph(Node, frozen=True, kw_only=True, tag_field="type", tag="paragraph"):
    """One printed paragraph; `key` is its address."""

    key: str
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    @property
    def entry(self) -> dict[str, str]:
        """The term and the meaning of a paragraph of the glossary; empty for any other."""
        return {span.part: span.text for span in self.spans if isinstance(span, GlossaryWords)}


class Subheading(Node, frozen=True, kw_only=True, tag_field="type", tag="heading"):
    """A heading inside a section, such as （一）…."""

    key: str
    text: str


class PlacedTable(Node, frozen=True, kw_only=True, tag_field="type", tag="table"):
    """A table that stands here, in the text."""

    table: str


Block = Paragraph | Subheading | PlacedTable


class Section(Node, frozen=True, kw_only=True):
    """A numbered section of the document's text."""

    key: str
    number: str
    title: str
    blocks: tuple[Block, ...]

    def paragraphs(self) -> list[Paragraph]:
        return [block for block in self.blocks if isinstance(block, Paragraph)]


class Part(Node, frozen=True, kw_only=True):
    """One of the document's parts: sections of text, or the tables with these keys."""

    key: Literal["profile", "tables", "notes", "glossary"]
    number: str
    title: str
    sections: tuple[Section, ...] = ()
    tables: tuple[str, ...] = ()


class Cell(Node, frozen=True, kw_only=True):
    """One printed cell.

    Only amounts have an address, a row, a column, a scope (口径) and `yuan`, which is None where
    nothing is budgeted; `parts` tells how many facts it sums.
    """

    kind: Literal["head", "code", "label", "amount", "text", "blank"]
    text: str = ""
    colspan: int = 1
    rowspan: int = 1
    level: int | None = None
    at: Address = ""
    row: str = ""
    column: str = ""
    scope: str = ""
    yuan: TwoPlaces | None = None
    parts: int = 0

    def __post_init__(self) -> None:
        if (self.kind == "amount") != bool(self.at):
            raise ValueError("amounts have an address, and nothing else has")
        if self.at and bool(self.text) != (self.yuan is not None):
            raise ValueError("an amount is printed where there is one")
        if self.yuan is not None:
            check_cents(self.yuan)


class HeadCell(Node, frozen=True, kw_only=True):
    """One cell of the header; `mark` cells are the ※ row."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    scope: Literal["col", "colgroup"] = "col"
    mark: bool = False


class Row(Node, frozen=True, kw_only=True):
    """One printed row; `level` 0 total, 1 class, 2 section, 3 item, 4 project, None otherwise."""

    key: str
    cells: tuple[Annotated[Cell, Meta(extra_json_schema=PRINTED_HAVE_YUAN)], ...]
    level: int | None = None


ColumnKind = Literal["code", "label", "amount", "text"]


class LeafColumn(Node, frozen=True, kw_only=True):
    """What stands under the header in one column; `width` is relative."""

    key: str
    label: str
    kind: ColumnKind
    width: int
    scope: str = ""


class Table(Node, frozen=True, kw_only=True, dict=True):
    """A table as every form prints it. Merged body cells never cross a group of rows.

    `sums` says which columns make up which, `empty` is the sentence of a table without money.
    """

    key: str
    title: str
    department: str
    scope: str
    columns: tuple[LeafColumn, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    groups: tuple[tuple[Row, ...], ...]
    number: int | None = None
    label: str = ""
    subtitle: str = ""
    unit: str = "万元"
    empty: str | None = None
    footnotes: tuple[str, ...] = ()
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def name(self) -> str:
        """表5 一般公共预算支出情况表; tables without a number have their title alone."""
        return f"{self.label} {self.title}".strip()

    def rows(self, *levels: int) -> list[Row]:
        """The rows of these levels, in order; all rows where no level is given."""
        rows = [row for group in self.groups for row in group]
        return [row for row in rows if row.level in levels] if levels else rows

    def amounts(self) -> list[Cell]:
        """Every cell that holds, or could hold, money."""
        return [cell for row in self.rows() for cell in row.cells if cell.at]

    @cached_property
    def cells_by_address(self) -> Mapping[str, Cell]:
        return {cell.at: cell for cell in self.amounts()}

    def cell(self, row: str, column: str) -> Cell | None:
        """The amount cell at a row and column key; None where the table has no such row."""
        return self.cells_by_address.get(f"{self.key}.{row}.{column}")

    def yuan(self, row: str, column: str) -> Decimal:
        """The exact amount there; zero where the cell is blank or the row is not in the table."""
        cell = self.cell(row, column)
        return ZERO if cell is None or cell.yuan is None else cell.yuan


class Severity(LabelledEnum):
    """An error blocks publication; a warning needs the department's explanation."""

    ERROR = "error", "错误"
    WARNING = "warning", "警告"


class Result(LabelledEnum):
    """`ROUNDING` holds inside the envelope; `UNCHECKED` lacks input and never counts as passed."""

    PASSED = "passed", "通过"
    FAILED = "failed", "不符"
    ROUNDING = "rounding", "尾差"
    UNCHECKED = "unchecked", "未核对"


class Compared(Node, frozen=True, kw_only=True):
    """One side of a comparison; `at` is the cell it was read from, if it is one cell."""

    label: str
    yuan: TwoPlaces
    at: Address = ""

    def __post_init__(self) -> None:
        check_cents(self.yuan)

    @property
    def text(self) -> str:
        """The amount as printed, in 万元."""
        return show_wan(self.yuan)


class Finding(Node, frozen=True, kw_only=True):
    """What a check found: its question, what is wrong, both figures, and what to do.

    `source` is where the rule is written, `sheet` the key of the filing's sheet that mends it.
    """

    id: str
    title: str
    formula: str
    severity: Severity
    result: Result
    source: str = ""
    message: str = ""
    advice: str = ""
    sides: tuple[Compared, ...] = ()
    sheet: str = ""

    @property
    def blocks(self) -> bool:
        """True where nothing may be published before it is mended."""
        return self.severity is Severity.ERROR and self.result is Result.FAILED

    @property
    def warns(self) -> bool:
        """True where the department has to explain it."""
        return self.severity is Severity.WARNING and self.result is Result.FAILED

    @property
    def subject(self) -> str:
        """What tells the check's findings apart: the cells concerned, or else the message."""
        return " ".join(side.at for side in self.sides if side.at) or self.message


class Body(Node, frozen=True, kw_only=True):
    """A department or a unit, by its code and its name at the time."""

    code: str
    name: str


class Document(Node, frozen=True, kw_only=True, dict=True):
    """A department's disclosure of a year. `tables` are in the order of print."""

    format: str
    title: str
    year: int
    currency: str
    department: Body
    units: tuple[Body, ...]
    signed_on: date | None
    parts: Annotated[tuple[Part, ...], Meta(min_length=4, max_length=4)]
    tables: tuple[Table, ...]
    checks: tuple[Finding, ...]

    def __post_init__(self) -> None:
        keys = [table.key for table in self.tables]
        blocks = (block for _, section in self.sections() for block in section.blocks)
        placed = {block.table for block in blocks if isinstance(block, PlacedTable)}
        listed = {key for part in self.parts for key in part.tables}
        if len(set(keys)) < len(keys) or not placed | listed <= set(keys):
            raise ValueError("a table is named that is not there, or is there twice")

    @cached_property
    def canonical(self) -> str:
        return to_json(self)

    @property
    def digest(self) -> str:
        return digest(self.canonical)

    @property
    def blocking(self) -> list[Finding]:
        return [finding for finding in self.checks if finding.blocks]

    @cached_property
    def tables_by_key(self) -> Mapping[str, Table]:
        return {table.key: table for table in self.tables}

    def sections(self) -> Iterator[tuple[Part, Section]]:
        for part in self.parts:
            yield from ((part, section) for section in part.sections)

    def paragraphs(self) -> Iterator[Paragraph]:
        for _, section in self.sections():
            yield from section.paragraphs()

    @cached_property
    def amounts(self) -> Mapping[str, Decimal]:
        """The amounts that next year compares with, in yuan by address; blank cells left out."""
        found = {
            cell.at: cell.yuan
            for table in self.tables
            for cell in table.amounts()
            if cell.yuan is not None
        }
        for paragraph in self.paragraphs():
            if paragraph.key == AGENCY_OPERATING:
                (stated,) = (span for span in paragraph.spans if isinstance(span, Stated))
                found[AGENCY_OPERATING] = stated.value
        return found


def walk(document: Document) -> Iterator[tuple[str, Node]]:
    """Every value of a document with the address by which it can be spoken of, in order.

    Cells and paragraphs have their own; spans have that of their paragraph.
    """
    for table in document.tables:
        yield table.key, table
        for row in table.rows():
            yield f"{table.key}.{row.key}", row
            yield from ((cell.at, cell) for cell in row.cells if cell.at)
    for _, section in document.sections():
        yield section.key, section
        for block in section.blocks:
            if not isinstance(block, PlacedTable):
                yield block.key, block
            if isinstance(block, Paragraph):
                yield from ((block.key, span) for span in block.spans)


def fragment(address: str) -> str:
    """A link to an address on the page of its document; project names are percent-encoded."""
    return "#" + quote(address, safe=".:")


def split_address(at: str) -> tuple[str, str, str]:
    """Table, row and column of a cell address; a row key may itself hold dots."""
    table, _, rest = at.partition(".")
    row, _, column = rest.rpartition(".")
    return table, row, column


class UnreadableDocumentError(Exception):
    """A text is not a document in a format that is known; the message names the place."""


class Stamp(msgspec.Struct):
    format: str


# A format that is published stays readable; each number has its own reader.
READERS: Mapping[str, Callable[[str | bytes], Document]] = {
    FORMAT: msgspec.json.Decoder(Document).decode,
}
CANONICAL = msgspec.json.Encoder(order="sorted")


def encode(value: Any) -> bytes:
    """A value's canonical JSON: keys sorted, no blanks, Chinese as it is, in UTF-8."""
    return CANONICAL.encode(value)


def to_json(document: Document) -> str:
    """The document's one textual form, which its digest is taken of."""
    return encode(document).decode()


def from_json(text: str | bytes) -> Document:
    """The document of a text; UnreadableDocumentError names the format or the path at fault."""
    try:
        stamp = msgspec.json.decode(text, type=Stamp)
        if stamp.format not in READERS:
            raise UnreadableDocumentError(f"unknown format {stamp.format!r}")
        return READERS[stamp.format](text)
    except msgspec.DecodeError as error:
        raise UnreadableDocumentError(str(error)) from error


def digest(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return sha256(text.encode()).hexdigest()
