"""The sample's eleven tables as a budget system would export them: one sheet each, as printed.

The rows are those of the transcription of the published document, which repeats the text of a
merged header cell in every place that it covers.
"""

import io
from functools import cache
from pathlib import Path

from openpyxl import Workbook

REFERENCE = Path(__file__).parent.parent / "disclosures" / "reference"
NUMBERS = range(1, 12)
# Tables that have no row of marks below their header.
UNMARKED = {1: 2, 4: 2}


@cache
def sample():
    """The workbook: sheets 表1 to 表11; on each the header begins in row 4."""
    book = Workbook()
    book.remove(book.active)
    for number in NUMBERS:
        draw(book.create_sheet(f"表{number}"), read_rows(number), number)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_rows(number):
    """The transcribed rows of a table."""
    lines = (REFERENCE / f"表{number}.txt").read_text().splitlines()
    return [line.split("|") for line in lines]


def draw(sheet, rows, number):
    """One table: number, title, department and unit, header, body."""
    (label, title, department, unit), *rows = rows
    depth = UNMARKED.get(number) or [row[0] for row in rows].index("※")
    width = len(rows[0])
    for line in ([label], [title], [department, *[None] * (width - 2), unit]):
        sheet.append(line)
    for row in rows[:depth]:
        sheet.append(row)
    for row in rows[depth:]:
        sheet.append([read(text) for text in row])
    merge(sheet, rows[:depth])


def merge(sheet, head):
    """Merge neighbours of the same text, each block from its upper left cell."""
    covered = set()
    for down, row in enumerate(head):
        for right, text in enumerate(row):
            if (down, right) not in covered:
                width = count_same(row[right:], text)
                height = count_same([line[right] for line in head[down:]], text)
                covered |= {(down + d, right + r) for d in range(height) for r in range(width)}
                if (width, height) != (1, 1):
                    first = {"start_row": down + 4, "start_column": right + 1}
                    last = {"end_row": down + 3 + height, "end_column": right + width}
                    sheet.merge_cells(**first, **last)


def count_same(texts, text):
    """How many texts from the first on are this one."""
    return next((n for n, other in enumerate(texts) if other != text), len(texts))


def read(text):
    """A figure as a number; codes and names as texts; a blank as nothing."""
    plain = text.replace(",", "")
    return float(plain) if "." in plain and plain.replace(".", "").isdigit() else text or None
