"""Whatever bytes or cells come in, the answer is problems and never a crash."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from budgets import spreadsheets
from budgets.domain.problems import has_errors
from budgets.spreadsheets import SHEETS
from tests.factories.books import change, fill, judge

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    st.datetimes(datetime.fromisoformat("1900-03-01"), datetime.fromisoformat("9999-12-31")),
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=300),
    st.sampled_from(
        ["#REF!", "=1/0", "整体", "合计", "201", "2012901 行政运行", "是", "-", "1e999"]
    ),
)
PLACES = st.builds(
    "{}!{}{}".format,
    st.sampled_from([sheet.title for sheet in SHEETS]),
    st.sampled_from("ABCDEFGHIJKLM"),
    st.integers(2, 12),
)


@given(st.dictionaries(PLACES, CELLS, max_size=12))
def test_any_cell_is_taken_or_told(edits):
    verdict = judge(change(fill(), edits))
    assert (verdict.filing is None) is has_errors(verdict.problems)
    assert all(problem.message and problem.advice for problem in verdict.problems)


@given(st.data())
def test_damaged_file_is_told(data):
    content = bytearray(fill())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    for damaged in (bytes(content), bytes(content[:cut])):
        sheets = spreadsheets.read(damaged)
        assert sheets.rows or sheets.problems
