"""What can be searched for in a frozen document, kind by kind."""

from collections.abc import Iterator
from typing import Any

from budgets.domain.document import Document, Part, Section, Table
from budgets.domain.passages import name_project
from disclosures.models.index import TextKind
from disclosures.publishing.index.targets import list_indicators
from disclosures.publishing.index.wording import fold

Text = tuple[TextKind, str, str, str]
# Tables whose rows are codes: function codes, and economic codes.
CODED = ("T3", "T6")


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
    for key in CODED:
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
