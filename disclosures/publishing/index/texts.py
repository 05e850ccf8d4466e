"""What can be searched for in a frozen document, kind by kind."""

from collections.abc import Iterator, Mapping
from typing import Any

from disclosures.models.index import TextKind
from disclosures.publishing.document.layout import list_rows
from disclosures.publishing.document.passages import name_project
from disclosures.publishing.document.placement import order_grids
from disclosures.publishing.index.targets import list_indicators
from disclosures.publishing.index.wording import fold

Data = Mapping[str, Any]
Row = tuple[TextKind, str, str, str]
# Tables whose rows are codes: function codes, and economic codes.
CODED = ("T3", "T6")


def list_texts(content: Data) -> Iterator[dict[str, Any]]:
    """The fields of an IndexText for everything that a reader may look for."""
    for kind, title, text, at in _list_rows(content):
        yield {
            "kind": kind,
            "title": title,
            "text": text,
            "at": at,
            "normal": fold(f"{title}\n{text}"),
        }


def _list_rows(content: Data) -> Iterator[Row]:
    department = content["department"]
    units = "、".join(unit["name"] for unit in content["units"])
    yield TextKind.DEPARTMENT, department["name"], units, ""
    for key in CODED:
        yield from _list_codes(content["grids"][key])
    yield from _list_projects(content)
    for each in list_indicators(content):
        last = f"，上年{each['last_value']}" if each["last_value"] else ""
        owner = f"{each['project']}：" if each["project"] else ""
        text = f"{owner}{each['value']}{last}"
        yield TextKind.INDICATOR, each["level3"], text, f"{each['target']}.i{each['place']}"
    for part in content["parts"]:
        for section in part.get("sections", ()):
            yield from _list_sentences(part, section)


def _list_codes(grid: Data) -> Iterator[Row]:
    for row in list_rows(grid):
        if row["key"].isdigit():
            name = next(
                (cell["text"] for cell in row["cells"] if cell["kind"] == "label" and cell["text"]),
                "",
            )
            yield TextKind.CODE, f"{row['key']} {name}", "", f"{grid['key']}.{row['key']}.total"


def _list_projects(content: Data) -> Iterator[Row]:
    for grid in order_grids(content):
        if name := name_project(grid):
            goals = [row["cells"][1]["text"] for row in list_rows(grid) if row["key"] == "goal"]
            yield TextKind.PROJECT, name, "".join(goals), grid["key"]


def _list_sentences(part: Data, section: Data) -> Iterator[Row]:
    for block in section["blocks"]:
        if block["type"] != "paragraph":
            continue
        text = "".join(span["text"] for span in block["spans"])
        if part["key"] == "glossary":
            term, _, meaning = text.partition("、")[2].partition("：")
            yield TextKind.GLOSSARY, term, meaning, block["key"]
        else:
            title = f"{section['number']}{section['title']}" or part["title"]
            yield TextKind.SENTENCE, title, text, block["key"]
