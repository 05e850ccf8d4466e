"""The document drawn by the same templates for the page and for paper.

What they read is made here: rows and cells whose attributes are ready to print, every
reference that meets a cell with its link, the contents, the findings counted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import quote

import msgspec
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from markupsafe import Markup, escape

from budgets.domain.differences import merge_texts
from budgets.domain.document import (
    Block,
    Cell,
    Compared,
    Document,
    Finding,
    HeadCell,
    Paragraph,
    Part,
    PlacedTable,
    Result,
    Row,
    Section,
    Subheading,
    Table,
    fragment,
    list_runs,
)
from budgets.domain.money import show_wan
from budgets.domain.terms import EXPLAINED, Term, Terms
from budgets.domain.text import show_day
from disclosures.publishing.layout import (
    count_leads,
    is_wide,
    list_shares,
    measure_room,
    place_cells,
)

FOLDER = "disclosures/document"
HEADERS = ("head", "label")
ADDED, GONE = "新增", "取消"
NOTHING = ("", "0.00")


@dataclass(frozen=True, slots=True)
class LastYear:
    """What is known of last year, in yuan by address.

    `tables` are its tables (by key) that are known in whole: what has no amount there had none.
    """

    amounts: Mapping[str, Decimal]
    tables: Mapping[str, Table] = field(default_factory=dict)

    def compare(self, at: str, text: str) -> tuple[Decimal | None, str]:
        """Last year's amount and the mark beside what is printed of a cell; neither: (None, "").

        From or to nothing there is a word and no percentage.
        """
        amount, is_budgeted = self.amounts.get(at), text not in NOTHING
        if amount:
            return amount, "" if is_budgeted else GONE
        is_known = amount is not None or at.partition(".")[0] in self.tables
        return None, ADDED if is_known and is_budgeted else ""

    def find_gone(self, table: Table) -> Table | None:
        """Last year's table with only the rows, of those with an amount, that it had alone.

        None where there are none. Tables of two sides print the same rows every year.
        """
        before = self.tables.get(table.key)
        if before is None or count_leads(table.columns) < 0:
            return None
        known = {row.key for row in table.rows()}
        rows = tuple(
            row
            for row in before.rows()
            if row.key not in known and any(cell.yuan is not None for cell in row.cells)
        )
        return msgspec.structs.replace(before, groups=(rows,)) if rows else None


class Former(Protocol):
    """What stood in a document before, where it reads differently now.

    `cells` are known by address, `texts` by table, row and place from the row's end, `sentences`
    by the paragraph's address.
    """

    @property
    def cells(self) -> Mapping[str, str]: ...
    @property
    def texts(self) -> Mapping[tuple[str, str, int], str]: ...
    @property
    def sentences(self) -> Mapping[str, str]: ...


class DrawnDocument(msgspec.Struct, frozen=True):
    """A document's pieces of a page: the table of contents, the four parts, the list of checks."""

    contents: SafeString
    parts: SafeString
    checks: SafeString


def draw_document(document: Document, **options: Any) -> DrawnDocument:
    """The pieces of a page; the options are those of the printer."""
    printer = Printer(document, **options)
    context = printer.context | {"checks": printer.print_checks()}
    return DrawnDocument(*(draw_piece(name, context) for name in ("contents", "parts", "checks")))


def draw_table(document: Document, table: Table, *, base: str) -> SafeString:
    """A table alone, with the addresses of its files below `base`."""
    printer = Printer(document, base=base)
    own = {"table": printer.print_table(table), "heading": 1}
    return draw_piece("table", printer.options | own)


def draw_paper(
    document: Document,
    *,
    version: int,
    digest: str,
    mark: str = "",
    last: LastYear | None = None,
) -> str:
    """The whole document as the PDF engine gets it; a draft has a mark in place of its version."""
    known = {"version": version, "digest": digest, "mark": mark, "with_last": last is not None}
    return draw_piece("paper", Printer(document, paper=True, last=last).context | known)


def draw_piece(name: str, context: Mapping[str, Any]) -> SafeString:
    """One of the document's templates; Jinja2 draws its thousands of cells three times as fast."""
    drawn = render_to_string(f"{FOLDER}/{name}.jinja", dict(context), using="jinja2")
    return mark_safe(drawn)  # noqa: S308 - Jinja2 has escaped all that is not of the template


class LastAmount(msgspec.Struct):
    """What stands small below an amount: last year's, as printed, and 新增 or 取消."""

    text: str
    mark: str


class PrintedCell(msgspec.Struct):
    """A body cell; it opens to `page`, and `was` stood there before."""

    tag: str
    attributes: Markup
    text: str
    page: str = ""
    was: str = ""
    last: LastAmount | None = None


class PrintedRow(msgspec.Struct):
    attributes: Markup
    cells: list[PrintedCell]


class PrintedTable(msgspec.Struct):
    """A table with its classes and those of its columns; `gone` has the rows of last year alone.

    `halves` are the column spans of the line above the header, whose rows are (is it the ※ row,
    the attributes and the texts of its cells).
    """

    key: str
    source: Table
    unit: str
    classes: str
    columns: list[str]
    halves: tuple[int, int]
    head: list[tuple[bool, list[tuple[Markup, str]]]]
    groups: list[list[PrintedRow]]
    gone: "PrintedTable | None" = None


class PrintedRun(msgspec.Struct):
    """A piece of a sentence: a figure or a term with its link, the department's words, or plain."""

    text: str
    kind: str = ""
    href: str = ""


class PrintedBlock(msgspec.Struct):
    """A heading, a table, or a paragraph: in runs, or in pieces (kind, text) if it was reworded."""

    key: str
    heading: str = ""
    table: PrintedTable | None = None
    runs: Sequence[PrintedRun] = ()
    pieces: Sequence[tuple[str, str]] = ()
    is_cited: bool = False
    plain: str = ""


class PrintedSection(msgspec.Struct):
    """A section with its blocks and the terms that its sentences link."""

    source: Section
    blocks: list[PrintedBlock]
    terms: list[Term]


class PrintedPart(msgspec.Struct):
    """A part with its tables or sections, and its (kind, link, text) in the table of contents."""

    source: Part
    tables: list[PrintedTable]
    sections: list[PrintedSection]
    entries: list[tuple[str, str, str]]


class PrintedFinding(msgspec.Struct):
    """A check whose sides (label, text, link) lead to the cells that they were read from."""

    source: Finding
    place: int
    sides: list[tuple[str, str, str]]


class PrintedChecks(msgspec.Struct):
    """The findings: those that are not simply passed apart, and a sentence that counts them."""

    summary: str
    raised: list[PrintedFinding]
    passed: list[PrintedFinding]
    has_rounding: bool
    has_unchecked: bool


@dataclass(frozen=True)
class Printer:
    """Prepares a document for its templates.

    With `opens` it stands on the public site: every amount and sentence opens to a page of its own,
    and terms are explained. `base` is the address below which its tables lie as files.
    """

    document: Document
    paper: bool = False
    opens: bool = False
    in_yuan: bool = False
    base: str = ""
    last: LastYear | None = None
    former: Former | None = None
    has_anchors: bool = True

    @property
    def anchor(self) -> str:
        """The attribute that holds an address.

        On paper elements with an id are dear, and their addresses are made reachable otherwise.
        """
        return ("data-at" if self.paper else "id") if self.has_anchors else ""

    @property
    def options(self) -> dict[str, Any]:
        """What the template of a table knows beside the table."""
        return {
            "paper": self.paper,
            "anchor": self.anchor,
            "base": self.base,
            "year": self.document.year,
            "last_year": self.document.year - 1,
            "heading": 3,
        }

    @property
    def context(self) -> dict[str, Any]:
        """What the templates of the whole document know."""
        signed_on = self.document.signed_on
        return self.options | {
            "document": self.document,
            "opens": self.opens,
            "signed_on": show_day(signed_on) if signed_on else "",
            "parts": [self.print_part(part) for part in self.document.parts],
        }

    @cached_property
    def addresses(self) -> frozenset[str]:
        return frozenset(list_addresses(self.document))

    @cached_property
    def terms(self) -> Terms:
        """The terms that are explained where they stand."""
        return Terms.of(self.document) if self.opens else Terms()

    @cached_property
    def plain(self) -> dict[str, str]:
        """The plain words of terms, by the address of their entry in the glossary."""
        return {term.key: term.plain for term in self.terms.values()}

    def find_link(self, at: str) -> str:
        """A link to a cell, or to its table where it has no such cell; empty where neither is."""
        known = at if at in self.addresses else at.partition(".")[0]
        return fragment(known) if known in self.addresses else ""

    def print_part(self, part: Part) -> PrintedPart:
        tables = [self.document.tables_by_key[key] for key in part.tables]
        titled = [section for section in part.sections if section.title]
        return PrintedPart(
            part,
            [self.print_table(table) for table in tables],
            [self.print_section(section, part.key) for section in part.sections],
            [("table", fragment(each.key), f"{each.label} {each.title}") for each in tables]
            + [("section", fragment(each.key), each.number + each.title) for each in titled],
        )

    def print_section(self, section: Section, part: str) -> PrintedSection:
        met: dict[str, Term] = {}
        blocks = [self.print_block(block, part, met) for block in section.blocks]
        return PrintedSection(section, blocks, list(met.values()))

    def print_block(self, block: Block, part: str, met: dict[str, Term]) -> PrintedBlock:
        match block:
            case PlacedTable():
                table = self.print_table(self.document.tables_by_key[block.table])
                return PrintedBlock(table.key, table=table)
            case Subheading():
                return PrintedBlock(block.key, heading=block.text)
        if self.former and (before := self.former.sentences.get(block.key)) is not None:
            pieces = merge_texts(before, block.text)
            return PrintedBlock(block.key, pieces=[(kind, linebreaksbr(t)) for kind, t in pieces])
        return PrintedBlock(
            block.key,
            runs=list(self.print_runs(block, met if self.terms and part in EXPLAINED else None)),
            is_cited=self.opens and part == "notes",
            plain=self.plain.get(block.key, ""),
        )

    def print_runs(self, paragraph: Paragraph, met: dict[str, Term] | None) -> Iterator[PrintedRun]:
        """The pieces of a sentence; its own text is cut at the terms that have not been met."""
        for run in list_runs(paragraph.spans):
            if href := self.find_link(run.at):
                yield PrintedRun(run.text, "figure", href)
            elif run.is_words:
                yield PrintedRun(linebreaksbr(run.text), "words")
            elif met is None:
                yield PrintedRun(run.text)
            else:
                for text, key in self.terms.split(run.text, met):
                    yield PrintedRun(text, "term", f"#{key}") if key else PrintedRun(text)

    def print_table(self, table: Table) -> PrintedTable:
        columns, leads = table.columns, count_leads(table.columns)
        half = len(columns) // 2
        is_exact = self.in_yuan and table.number is not None
        return PrintedTable(
            key=table.key,
            source=table,
            unit="元" if is_exact else table.unit,
            classes=" ".join(self.list_classes(table, leads, is_exact=is_exact)),
            columns=[
                f"{column.kind} w-{share}"
                for column, share in zip(columns, list_shares(columns), strict=True)
            ],
            halves=(half, len(columns) - half),
            head=print_head(table, leads),
            groups=[
                [self.print_row(table, row, is_exact=is_exact) for row in rows]
                for rows in table.groups
                if rows
            ],
            gone=self.print_gone(table),
        )

    def print_gone(self, table: Table) -> PrintedTable | None:
        """The rows that only last year's table had, without addresses; their names say so."""
        before = self.last.find_gone(table) if self.last else None
        if before is None:
            return None
        plain = replace(self, has_anchors=False, opens=False, last=None, former=None)
        printed = plain.print_table(before)
        for row in printed.groups[0]:
            names = [cell for cell in row.cells if cell.tag == "th" and cell.text]
            for name in names[-1:]:
                name.last = LastAmount("", GONE)
        return printed

    def list_classes(self, table: Table, leads: int, *, is_exact: bool) -> Iterator[str]:
        """What the stylesheets know of a table."""
        yield f"grid grid-{table.key}"
        if is_wide(table):
            yield "wide"
        if not self.paper:
            texts = (show_cell(cell, is_exact=is_exact) for cell in table.amounts())
            yield f"room-{measure_room(table.columns, texts)}"
            if leads >= 0:
                yield f"leads-{leads}"
        if not table.number:
            yield "form"

    def print_row(self, table: Table, row: Row, *, is_exact: bool) -> PrintedRow:
        """A body row; where all its cells are headers they name the columns below them.

        A row of a performance table without amounts has an address of its own.
        """
        names_columns = all(cell.kind == "head" for cell in row.cells)
        cells = [
            PrintedCell(
                *write_cell(cell, self.anchor, names_columns=names_columns),
                show_cell(cell, is_exact=is_exact),
            )
            for cell in row.cells
        ]
        for printed, cell in zip(cells, row.cells, strict=True):
            if cell.at:
                self.complete(printed, cell.at)
        if self.former:
            for place, printed in enumerate(reversed(cells)):
                printed.was = printed.was or self.former.texts.get((table.key, row.key, place), "")
        has_own = table.key.startswith("P") and not any(cell.at for cell in row.cells)
        own = f' id="{escape(f"{table.key}.{row.key}")}"' if has_own and not self.paper else ""
        level = "" if row.level is None else f' class="level-{row.level}"'
        return PrintedRow(to_markup(own + level), cells)

    def complete(self, printed: PrintedCell, at: str) -> None:
        """An amount with its page, what it was before, and last year's beside it."""
        if self.opens and printed.text:
            printed.page = quote(at, safe=".:")
        if self.former:
            printed.was = self.former.cells.get(at, "")
        if self.last:
            amount, mark = self.last.compare(at, printed.text)
            if amount is not None:
                text = f"{amount:,.2f}" if self.in_yuan else show_wan(amount)
                printed.last = LastAmount(text, mark)
            elif mark:
                printed.last = LastAmount("", mark)

    def print_checks(self) -> PrintedChecks:
        findings = self.document.checks
        targets = self.addresses | {each.key for each in self.document.paragraphs()}

        def link(side: Compared) -> tuple[str, str, str]:
            return side.label, side.text, fragment(side.at) if side.at in targets else ""

        printed = [
            PrintedFinding(each, place, [link(side) for side in each.sides])
            for place, each in enumerate(findings, start=1)
        ]
        counts = Counter(each.result for each in findings)
        told = "，".join(f"{result.label}{count}项" for result, count in counts.most_common())
        return PrintedChecks(
            f"共核对{len(findings)}项：{told}。" if findings else "本版没有核对记录。",
            raised=[each for each in printed if each.source.result is not Result.PASSED],
            passed=[each for each in printed if each.source.result is Result.PASSED],
            has_rounding=Result.ROUNDING in counts,
            has_unchecked=Result.UNCHECKED in counts,
        )


def list_addresses(document: Document) -> Iterator[str]:
    """Everything that a figure can lead to: tables and amounts."""
    for table in document.tables:
        yield table.key
        yield from table.cells_by_address


def print_head(table: Table, leads: int) -> list[tuple[bool, list[tuple[Markup, str]]]]:
    """The header; cells over the columns that name the rows are pinned at their column."""
    rows = [(row[0].mark, list[tuple[Markup, str]]()) for row in table.head]
    for row, column, cell in place_cells(table.head):
        pinned = pin(column, cell.colspan, leads)
        classes = f' class="{pinned}"' if pinned else ""
        attributes = f' scope="{cell.scope}"{classes}{write_spans(cell)}'
        rows[row][1].append((to_markup(attributes), cell.text))
    return rows


def pin(column: int, colspan: int, leads: int) -> str:
    """The classes of a header cell that stays while its table scrolls sideways."""
    if column + colspan > leads + 1:
        return ""
    return f"pin-{column} pin-name" if column == leads else f"pin-{column}"


def write_cell(cell: Cell, anchor: str, *, names_columns: bool) -> tuple[str, Markup]:
    is_header = cell.kind in HEADERS and bool(cell.text)
    level = f" indent-{cell.level}" if cell.level and cell.level > 1 else ""
    attributes = f' class="{cell.kind}{level}"'
    if cell.at and anchor:
        attributes += f' {anchor}="{escape(cell.at)}"'
    elif is_header:
        attributes += f' scope="{"col" if names_columns and cell.rowspan == 1 else "row"}"'
    return "th" if is_header else "td", to_markup(attributes + write_spans(cell))


def write_spans(cell: Cell | HeadCell) -> str:
    colspan = f' colspan="{cell.colspan}"' if cell.colspan != 1 else ""
    return f'{colspan} rowspan="{cell.rowspan}"' if cell.rowspan != 1 else colspan


def to_markup(attributes: str) -> Markup:
    """Attributes whose values have been escaped."""
    return Markup(attributes)  # noqa: S704


def show_cell(cell: Cell, *, is_exact: bool) -> str:
    """What is printed: an amount in 万元, or as exact as it was filed."""
    return f"{cell.yuan:,.2f}" if is_exact and cell.yuan is not None else cell.text
