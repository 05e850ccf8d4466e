"""The figures of a frozen document: cells of the eleven tables, and those stated in sentences."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from string import Formatter
from typing import Any

from budgets.domain.money import from_wan
from budgets.domain.sets.xinjiang import wording
from disclosures.models.index import Unit
from disclosures.publishing.document.layout import list_amounts, list_rows
from disclosures.publishing.document.passages import name_project
from disclosures.publishing.document.placement import order_grids

Data = Mapping[str, Any]
NUMBER = r"(?P<{name}>-?[\d,]+(?:\.\d+)?)"
CODED = {"T2", "T3", "T5", "T7", "T8", "T9", "T11"}
AREAS = {"house_area"}
HEADS = {"authorized", "actual", "serving", "retired", "honorary"}
# Sentences that state figures: the paragraph's key and the form it was written in.
STATED = (
    ("D2", "staff", wording.STAFF),
    ("N12", "procurement", wording.PROCUREMENT),
    ("N12", "reserved", wording.PROCUREMENT_RESERVED),
    *(
        ("N12", f"assets.{place}", form)
        for place, form in enumerate(wording.ASSETS, start=1)
        if "{" in form
    ),
)
WORDS = re.compile("department|year|last_year|vehicles|.*_change")


def list_figures(content: Data) -> Iterator[dict[str, Any]]:
    """The fields of an IndexFigure for each figure, tables first."""
    for grid in order_grids(content):
        yield from _list_money(grid) if grid["key"].startswith("P") else _list_cells(grid)
    # Where the notes tell of them at all.
    for at, agency in content["figures"].items():
        table, _, row = at.partition(".")
        yield {"table": table, "row": row, "column": "agency", "amount": Decimal(agency)}
    paragraphs = dict(list_paragraphs(content))
    for table, row, form in STATED:
        yield from _list_stated(table, row, form, paragraphs.get(f"{table}.{row}", ""))


def _list_cells(grid: Data) -> Iterator[dict[str, Any]]:
    for line in list_rows(grid):
        for cell in line["cells"]:
            if cell.get("yuan") is not None:
                row, column = cell["row"], cell["column"]
                yield {
                    "table": grid["key"],
                    "row": row,
                    "column": column,
                    "scope": cell["scope"],
                    "amount": Decimal(cell["yuan"]),
                    "project": _read_project(line) if ":" in row else "",
                    **_read_codes(grid["key"], row, column),
                }


def _list_money(grid: Data) -> Iterator[dict[str, Any]]:
    """What a project has of each kind of money: a line of the table `P`."""
    if project := name_project(grid):
        for cell in list_amounts(grid):
            yield {
                "table": "P",
                "row": f"{grid['key'].removeprefix('P')}.{cell['row']}",
                "column": cell["column"],
                "scope": cell["scope"],
                "amount": Decimal(cell["yuan"]),
                "project": project,
            }


def _read_project(line: Data) -> str:
    """The project's name as it is printed; the row's key holds it without blanks."""
    return next(cell["text"] for cell in line["cells"] if cell["kind"] == "label" and cell["text"])


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


def list_paragraphs(content: Data) -> Iterator[tuple[str, str]]:
    """(address, text) of every paragraph."""
    for part in content["parts"]:
        for section in part.get("sections", ()):
            for block in section["blocks"]:
                if block["type"] == "paragraph":
                    yield block["key"], "".join(span["text"] for span in block["spans"])


def _list_stated(table: str, row: str, form: str, text: str) -> Iterator[dict[str, Any]]:
    found = read_form(form, text)
    for name, number in found.items():
        unit = tell_unit(name)
        amount = Decimal(number.replace(",", ""))
        yield {
            "table": table,
            "row": row,
            "column": name,
            "unit": unit,
            "amount": from_wan(amount) if unit == Unit.YUAN else amount,
        }


def read_form(form: str, text: str) -> dict[str, str]:
    """The figures of a sentence by their names in its form; none where it has another form."""
    pattern = "".join(
        re.escape(literal) + _blank(name) for literal, name, _, _ in Formatter().parse(form)
    )
    found = re.fullmatch(pattern, text)
    return found.groupdict() if found else {}


def _blank(name: str | None) -> str:
    if name is None:
        return ""
    return ".*?" if WORDS.fullmatch(name) else NUMBER.format(name=name)


def tell_unit(name: str) -> Unit:
    """What a stated figure counts, from its name."""
    if name in HEADS:
        return Unit.HEADS
    if name in AREAS:
        return Unit.AREA
    counts = name.endswith("_count") or re.search(r"_\d+_count$", name)
    return Unit.PIECES if counts else Unit.YUAN
