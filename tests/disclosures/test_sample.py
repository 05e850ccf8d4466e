"""The worked example: the sample's workbook in, every printed figure and sentence out.

The expected texts in `reference/` are transcribed from the published document, joined over its
line breaks; they are compared without blanks and with full-width signs made plain.
"""

import re
import unicodedata
from pathlib import Path

import pytest

from budgets.domain.checks import list_checks
from budgets.domain.document import PlacedTable
from budgets.domain.sets.xinjiang import XINJIANG

pytestmark = pytest.mark.django_db
REFERENCE = Path(__file__).parent / "reference"


@pytest.fixture(scope="module")
def content(sample):
    return sample.document


def plain(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def read_rows(name):
    lines = (REFERENCE / f"{name}.txt").read_text().splitlines()
    return [[plain(text) for text in line.split("|")] for line in lines]


def print_body(grid):
    rows = (row.cells for row in grid.rows())
    return [[plain(cell.text) for cell in cells] for cells in rows]


def print_head(grid):
    """The header rows with every merged cell's text repeated in each place that it covers."""
    width = len(grid.columns)
    printed = [[None] * width for _ in grid.head]
    for number, row in enumerate(grid.head):
        for cell in row:
            start = printed[number].index(None)
            for down in range(number, number + cell.rowspan):
                covered = slice(start, start + cell.colspan)
                printed[down][covered] = [plain(cell.text)] * cell.colspan
    return printed


def print_table(grid):
    """A table as the reference writes it: what stands above it, its head, body and sentence."""
    department, unit = f"编制部门:{grid.department}", f"单位:{grid.unit}"
    above = [plain(text) for text in (grid.label, grid.title, department, unit)]
    empty = [[plain(grid.empty)]] if grid.empty else []
    return [above, *print_head(grid), *print_body(grid), *empty]


def print_document(content):
    """Every heading and sentence outside the tables, in order."""
    for part in content.parts:
        yield part.number + part.title
        for section in part.sections:
            yield section.number + section.title
            for block in section.blocks:
                yield print_block(content, block)
    yield content.department.name
    day = content.signed_on
    yield f"{day.year}年{day.month}月{day.day}日"


def print_block(content, block):
    if isinstance(block, PlacedTable):
        table = content.tables_by_key[block.table]
        return table.title + table.subtitle
    return block.text


@pytest.mark.parametrize("number", range(1, 12))
def test_table_prints_every_cell_of_the_reference(content, number):
    assert print_table(content.tables_by_key[f"T{number}"]) == read_rows(f"表{number}")


@pytest.mark.parametrize(("key", "name"), [("P0", "整体绩效"), ("P1", "项目绩效")])
def test_performance_table_prints_every_cell_of_the_reference(content, key, name):
    # The reference leaves the places blank that a merged cell covers.
    expected = [[text for text in row if text] for row in read_rows(name)]
    assert print_body(content.tables_by_key[key]) == expected


def test_document_has_the_tables_of_the_reference_and_no_more(content):
    assert list(content.tables_by_key) == [*(f"T{n}" for n in range(1, 12)), "P0", "P1"]


def test_document_says_every_sentence_of_the_reference_in_order(content):
    printed = [plain(text) for text in print_document(content)]
    expected = [plain(text) for text in (REFERENCE / "文字.txt").read_text().splitlines()]
    assert [text for text in printed if text] == expected


def test_checks_pass_with_three_roundings_explained(content):
    results = {(f.id, f.result) for f in content.checks if f.result != "passed"}
    assert results == {
        ("levels", "rounding"),
        ("procurement-sum", "rounding"),
        ("last-year-sum", "rounding"),
        ("last-year-published", "unchecked"),
    }
    assert {f.id for f in content.checks} == {check.id for check in list_checks(XINJIANG)}


def test_residue_of_class_301_is_explained_below_table_6(content):
    notes = {table.key: table.footnotes for table in content.tables}
    assert {key: note for key, note in notes.items() if note} == {
        "T6": (
            "注：301 工资福利支出118.20万元，所列明细之和为118.19万元，相差0.01万元，"
            "为各数以万元为单位四舍五入形成的尾差。",
        )
    }
