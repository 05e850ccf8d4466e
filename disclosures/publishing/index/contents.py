"""What the index holds of a frozen document: the fields of its rows, kind by kind."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from budgets.domain.document import Change, Document, OwnWords, Stated
from budgets.domain.filing import COST_LEVEL, WordsKind, is_lowered
from budgets.domain.money import from_wan
from budgets.domain.passages import INDICATOR, list_anchors, name_project
from budgets.domain.tables.form import Role
from disclosures.models.index import TextKind
from disclosures.publishing.index.matching import fold

Fields = Iterator[dict[str, Any]]
# Tables whose rows readers look for: function codes, and economic codes.
CODE_LISTS = (Role.SPENDING, Role.BASIC)
SIGNS = str.maketrans("", "", " \t　，。；、,.;")
LONGEST = 200


def list_index_figures(document: Document) -> Fields:
    """Of an IndexFigure: cells of tables, what a project has of each money, what sentences state.

    A project's money is a line of the table `P`.
    """
    for table in document.tables:
        is_numbered, target = table.number is not None, name_project(table)
        for row in table.rows() if is_numbered or target else ():
            # The row's key holds the project's name without blanks.
            printed = [cell.text for cell in row.cells if cell.kind == "label" and cell.text]
            for cell in row.cells:
                if is_numbered and cell.yuan is not None:
                    yield {
                        "table": table.key,
                        "row": cell.row,
                        "column": cell.column,
                        "scope": cell.scope,
                        "amount": cell.yuan,
                        "project": printed[0] if ":" in cell.row else "",
                        **read_codes(table.key, cell.row, cell.column),
                    }
                elif target and not is_numbered and cell.at:
                    yield {
                        "table": "P",
                        "row": f"{table.key.removeprefix('P')}.{cell.row}",
                        "column": cell.column,
                        "scope": cell.scope,
                        "amount": cell.yuan,
                        "project": target,
                    }
    for paragraph in document.paragraphs():
        key, _, place = paragraph.key.partition(".")
        for span in paragraph.spans:
            if isinstance(span, Stated):
                yield {
                    "table": key,
                    "row": place,
                    "column": span.key,
                    "unit": span.unit.value,
                    "amount": span.value,
                }


def read_codes(table: str, row: str, column: str) -> dict[str, str]:
    code = row.partition(":")[0]
    code = code if code.isdigit() else ""
    if table == Role.BASIC:
        return {"economic": code}
    # A column is a class where the table takes projects apart.
    return {"function": code, "economic": column if column.isdigit() else ""}


def list_reasons(document: Document) -> Fields:
    """Of an IndexReason, in the order of the text; what changed is as printed, with its sign."""
    anchors = {at: each for at, each in list_anchors(document).items() if not each.is_blank}
    for _, section in document.sections():
        for paragraph in section.paragraphs():
            stated = [span.label for span in paragraph.spans if isinstance(span, Stated)]
            changes = {span.at: span for span in paragraph.spans if isinstance(span, Change)}
            for span in paragraph.spans:
                if not isinstance(span, OwnWords) or span.kind is not WordsKind.REASON:
                    continue
                label = f"{section.title} · {'、'.join(stated)}"
                if span.at != paragraph.key:
                    label = anchors[span.at].label if span.at in anchors else section.title
                code = span.at.split(".")[1].partition(":")[0]
                yield {
                    "at": span.at,
                    "paragraph": paragraph.key,
                    "function": code if code.isdigit() else "",
                    "text": span.text,
                    "normal": normalize_reason(span.text),
                    **measure_change(changes.get(span.at)),
                    "label": label,
                }


def measure_change(change: Change | None) -> dict[str, Decimal]:
    """The printed change (in yuan) and its rate."""
    if change is None:
        return {"change": Decimal(0), "rate": Decimal(0)}
    difference = change.printed_difference
    rate = -change.printed_rate if difference < 0 else change.printed_rate
    return {"change": from_wan(difference), "rate": rate}


def normalize_reason(text: str) -> str:
    """What two reasons have in common that differ in punctuation, width and blanks alone."""
    return fold(text).translate(SIGNS)[:LONGEST]


def list_indicators(document: Document) -> Fields:
    """Of an IndexIndicator, in the order of the document, with the merged levels filled in."""
    for grid in document.tables:
        if not grid.key.startswith("P"):
            continue
        project, keys = name_project(grid), [column.key for column in grid.columns]
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
            told = {key: named.get(key, "") for key in ("level3", "value", "last_value", "weight")}
            # Less than was reached is lowered; money to spend is no result.
            lowered = level2 != COST_LEVEL and is_lowered(told["value"], told["last_value"])
            yield {
                "target": grid.key,
                "place": int(row.key[1:]),
                "project": project,
                "level1": level1,
                "level2": level2,
                **told,
                "is_lowered": lowered,
            }


def list_texts(document: Document) -> Fields:
    """Of an IndexText, for everything that a reader may look for."""
    found = list(list_searchable(document))
    normals = [fold(f"{title}\n{text}") for _, title, text, _ in found]
    for (kind, title, text, at), normal in zip(found, normals, strict=True):
        yield {"kind": kind, "title": title, "text": text, "at": at, "normal": normal}


def list_searchable(document: Document) -> Iterator[tuple[TextKind, str, str, str]]:
    """(kind, title, text, address)."""
    department = document.department
    units = "、".join(unit.name for unit in document.units)
    yield TextKind.DEPARTMENT, department.name, units, ""
    for key in CODE_LISTS:
        for row in document.tables_by_key[key].rows():
            if row.key.isdigit():
                names = [cell.text for cell in row.cells if cell.kind == "label" and cell.text]
                title = f"{row.key} {names[0] if names else ''}"
                yield TextKind.CODE, title, "", f"{key}.{row.key}.total"
    for grid in document.tables:
        if name := name_project(grid):
            goals = [row.cells[1].text for row in grid.rows() if row.key == "goal"]
            yield TextKind.PROJECT, name, "".join(goals), grid.key
    for each in list_indicators(document):
        last = f"，上年{each['last_value']}" if each["last_value"] else ""
        owner = f"{each['project']}：" if each["project"] else ""
        text = f"{owner}{each['value']}{last}"
        yield TextKind.INDICATOR, each["level3"], text, f"{each['target']}.i{each['place']}"
    for part, section in document.sections():
        title = f"{section.number}{section.title}" or part.title
        for paragraph in section.paragraphs():
            if entry := paragraph.entry:
                yield TextKind.GLOSSARY, entry["term"], entry["meaning"], paragraph.key
            else:
                yield TextKind.SENTENCE, title, paragraph.text, paragraph.key
