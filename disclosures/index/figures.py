"""The figures of a frozen document: cells of the eleven tables, and those stated in sentences."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from string import Formatter
from typing import Any

from budgets.facts import from_wan
from disclosures.document.layout import list_rows
from disclosures.models.index import Unit
from disclosures.notes import wording

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
    for key, grid in content["grids"].items():
        if key.startswith("T"):
            yield from _list_cells(key, grid)
    paragraphs = dict(list_paragraphs(content))
    for table, row, form in STATED:
        yield from _list_stated(table, row, form, paragraphs.get(f"{table}.{row}", ""))


def _list_cells(table: str, grid: Data) -> Iterator[dict[str, Any]]:
    for line in list_rows(grid):
        for cell in line["cells"]:
            if cell.get("yuan") is not None:
                row, column = cell["row"], cell["column"]
                yield {
                    "table": table,
                    "row": row,
                    "column": column,
                    "scope": cell["scope"],
                    "amount": Decimal(cell["yuan"]),
                    **_read_codes(table, row, column),
                }


def _read_codes(table: str, row: str, column: str) -> dict[str, str]:
    code, _, project = row.partition(":")
    code = code if code.isdigit() else ""
    if table == "T6":
        return {"economic": code}
    if table in CODED:
        economic = column if column.isdigit() else ""
        return {"function": code, "project": project, "economic": economic}
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
