"""The figures of a document: cells of its tables, and those that its sentences state."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from budgets.domain.document import (
    Change,
    Document,
    OwnWords,
    Paragraph,
    Part,
    Row,
    Section,
    Stated,
    Table,
)
from budgets.domain.filing import COST_LEVEL, WordsKind
from budgets.domain.money import from_wan
from budgets.domain.passages import INDICATOR, list_anchors, name_project
from budgets.domain.red_flags import is_below
from disclosures.models.index import TextKind
from disclosures.publishing.index.matching import fold

CODED = {"T2", "T3", "T5", "T7", "T8", "T9", "T11"}


def list_index_figures(document: Document) -> Iterator[dict[str, Any]]:
    """The fields of an IndexFigure for each figure, tables first."""
    for table in document.tables:
        yield from _list_cells(table) if table.number is not None else _list_money(table)
    for paragraph in document.paragraphs():
        key, _, row = paragraph.key.partition(".")
        for span in paragraph.spans:
            if isinstance(span, Stated):
                yield {
                    "table": key,
                    "row": row,
                    "column": span.key,
                    "unit": span.unit.value,
                    "amount": span.value,
                }


def _list_cells(table: Table) -> Iterator[dict[str, Any]]:
    for row in table.rows():
        for cell in row.cells:
            if cell.yuan is not None:
                yield {
                    "table": table.key,
                    "row": cell.row,
                    "column": cell.column,
                    "scope": cell.scope,
                    "amount": cell.yuan,
                    "project": _name_project(row) if ":" in cell.row else "",
                    **_read_codes(table.key, cell.row, cell.column),
                }


def _list_money(table: Table) -> Iterator[dict[str, Any]]:
    """What a project has of each kind of money: a line of the table `P`."""
    if project := name_project(table):
        for cell in table.amounts():
            yield {
                "table": "P",
                "row": f"{table.key.removeprefix('P')}.{cell.row}",
                "column": cell.column,
                "scope": cell.scope,
                "amount": cell.yuan,
                "project": project,
            }


def _name_project(row: Row) -> str:
    """The project's name as it is printed; the row's key holds it without blanks."""
    return next(cell.text for cell in row.cells if cell.kind == "label" and cell.text)


def _read_codes(table: str, row: str, column: str) -> dict[str, str]:
    code = row.partition(":")[0]
    code = code if code.isdigit() else ""
    if table == "T6":
        return {"economic": code}
    if table in CODED:
        economic = column if column.isdigit() else ""
        return {"function": code, "economic": economic}
    # The sides of tables 1 and 4 name classes; their income side has rows of its own.
    return {"function": code}


SIGNS = str.maketrans("", "", " \t　，。；、,.;")
LONGEST = 200


def list_reasons(document: Document) -> Iterator[dict[str, Any]]:
    """The fields of an IndexReason for each reason, in the order of the text."""
    anchors = {at: each for at, each in list_anchors(document).items() if not each.is_blank}
    for _, section in document.sections():
        for paragraph in section.paragraphs():
            stated = [span.label for span in paragraph.spans if isinstance(span, Stated)]
            for told in _list_told(paragraph):
                if told["at"] == paragraph.key:
                    label = f"{section.title} · {'、'.join(stated)}"
                else:
                    anchor = anchors.get(told["at"])
                    label = anchor.label if anchor else section.title
                yield told | {"label": label}


def _list_told(paragraph: Paragraph) -> Iterator[dict[str, Any]]:
    changes = {span.at: span for span in paragraph.spans if isinstance(span, Change)}
    for span in paragraph.spans:
        if isinstance(span, OwnWords) and span.kind is WordsKind.REASON:
            code = span.at.split(".")[1].partition(":")[0]
            yield {
                "at": span.at,
                "paragraph": paragraph.key,
                "function": code if code.isdigit() else "",
                "text": span.text,
                "normal": normalize_reason(span.text),
                **measure_change(changes.get(span.at)),
            }


def measure_change(change: Change | None) -> dict[str, Decimal]:
    """The printed change (in yuan) and its rate, both with their sign."""
    if change is None:
        return {"change": Decimal(0), "rate": Decimal(0)}
    difference = change.printed_difference
    rate = -change.printed_rate if difference < 0 else change.printed_rate
    return {"change": from_wan(difference), "rate": rate}


def normalize_reason(text: str) -> str:
    """What two reasons have in common that differ in punctuation, width and blanks alone."""
    return fold(text).translate(SIGNS)[:LONGEST]


def list_indicators(document: Document) -> Iterator[dict[str, Any]]:
    """The fields of an IndexIndicator for each indicator, in the order of the document."""
    for grid in document.tables:
        if grid.key.startswith("P"):
            project = name_project(grid)
            for place, told in _read_grid(grid):
                told["is_lowered"] = is_lowered(told)
                yield {"target": grid.key, "place": place, "project": project, **told}


def is_lowered(told: Mapping[str, str]) -> bool:
    """True where the target asks for less than was reached; money to spend is no result."""
    return told["level2"] != COST_LEVEL and is_below(told["value"], told["last_value"])


def _read_grid(grid: Table) -> Iterator[tuple[int, dict[str, Any]]]:
    keys = [column.key for column in grid.columns]
    level1 = level2 = ""
    for row in grid.rows():
        if not INDICATOR.fullmatch(row.key):
            continue
        heads = [cell.text for cell in row.cells if cell.kind == "head"]
        texts = [cell.text for cell in row.cells if cell.kind != "head"]
        # A row that begins a 一级 has both heads; one that only begins a 二级 has one.
        level1 = heads[0] if len(heads) > 1 else level1
        level2 = heads[-1] if heads else level2
        named = dict(zip(keys[-len(texts) :], texts, strict=True))
        yield (
            int(row.key[1:]),
            {
                "level1": level1,
                "level2": level2,
                **{
                    name: named.get(name, "")
                    for name in ("level3", "value", "last_value", "weight")
                },
            },
        )


Text = tuple[TextKind, str, str, str]
# Tables whose rows are codes: function codes, and economic codes.
CODE_LISTS = ("T3", "T6")


def list_texts(document: Document) -> Iterator[dict[str, Any]]:
    """The fields of an IndexText for everything that a reader may look for."""
    for kind, title, text, at in _list_rows(document):
        yield {
            "kind": kind,
            "title": title,
            "text": text,
            "at": at,
            "normal": fold(f"{title}\n{text}"),
        }


def _list_rows(document: Document) -> Iterator[Text]:
    department = document.department
    units = "、".join(unit.name for unit in document.units)
    yield TextKind.DEPARTMENT, department.name, units, ""
    for key in CODE_LISTS:
        yield from _list_codes(document.tables_by_key[key])
    yield from _list_projects(document)
    for each in list_indicators(document):
        last = f"，上年{each['last_value']}" if each["last_value"] else ""
        owner = f"{each['project']}：" if each["project"] else ""
        text = f"{owner}{each['value']}{last}"
        yield TextKind.INDICATOR, each["level3"], text, f"{each['target']}.i{each['place']}"
    for part, section in document.sections():
        yield from _list_sentences(part, section)


def _list_codes(grid: Table) -> Iterator[Text]:
    for row in grid.rows():
        if row.key.isdigit():
            name = next(
                (cell.text for cell in row.cells if cell.kind == "label" and cell.text),
                "",
            )
            yield TextKind.CODE, f"{row.key} {name}", "", f"{grid.key}.{row.key}.total"


def _list_projects(document: Document) -> Iterator[Text]:
    for grid in document.tables:
        if name := name_project(grid):
            goals = [row.cells[1].text for row in grid.rows() if row.key == "goal"]
            yield TextKind.PROJECT, name, "".join(goals), grid.key


def _list_sentences(part: Part, section: Section) -> Iterator[Text]:
    title = f"{section.number}{section.title}" or part.title
    for paragraph in section.paragraphs():
        if entry := paragraph.entry:
            yield TextKind.GLOSSARY, entry["term"], entry["meaning"], paragraph.key
        else:
            yield TextKind.SENTENCE, title, paragraph.text, paragraph.key
