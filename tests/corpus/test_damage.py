"""Whatever comes in, a file is taken whole or told what is wrong; the ledger never holds a part."""

from functools import cache

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets import ledger
from budgets.importing.uploads import DecidedError, accept_upload, read_examination
from budgets.models import Upload
from tests.corpus import printed
from tests.corpus.case import UNION, filing
from tests.corpus.edits import edited, unmerge
from tests.factories.uploads import upload_examined

pytestmark = pytest.mark.django_db
AREAS = {
    "filing": ["封面", "收入", "支出明细", "上年数与说明", "项目", "绩效指标", "其他事项"],
    "printed": [f"表{number}" for number in range(1, 12)],
}


@cache
def good(base):
    """A good workbook without merged cells, which take no value of their own."""
    whole = {"filing": filing, "printed": printed.sample}[base]()
    return edited(whole, [unmerge(title) for title in AREAS[base]])


VALUES = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=30),
    st.sampled_from(["=1/0", "#REF!", "合计", "201", "2012901", "单位：元", "表3", "为空表"]),
)
pace = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def edits(draw, base):
    """Some cells of a workbook with other values."""
    places = st.builds(
        "{}!{}{}".format,
        st.sampled_from(AREAS[base]),
        st.sampled_from("ABCDEFGHI"),
        st.integers(1, 30),
    )
    return draw(st.dictionaries(places, VALUES, min_size=1, max_size=5))


def upload(budgets, content):
    """Let a file in, and take it where it has no error; the ledger holds all of it or nothing."""
    budget = budgets[UNION]
    before = ledger.read_filing(budget)
    who, _ = User.objects.get_or_create(username="clerk")
    kept = upload_examined(budget, content, who)
    assert ledger.read_filing(budget) == before
    found = read_examination(kept).verdict.filing
    if found is None:
        assert kept.problems
        assert kept.result == Upload.Result.REFUSED
        with pytest.raises(DecidedError):
            accept_upload(kept, who, kept.basis)
        assert ledger.read_filing(budget) == before
    else:
        accept_upload(kept, who, kept.basis)
        held = ledger.read_filing(budget)
        assert set(held.facts) == set(found.facts)
        assert {p.name for p in held.projects} == {p.name for p in found.projects}


@pace
@given(data=st.data())
@pytest.mark.parametrize("base", AREAS)
def test_any_cells_are_taken_whole_or_told(base, data, budgets):
    upload(budgets, edited(good(base), [data.draw(edits(base))]))


@pace
@given(data=st.data())
@pytest.mark.parametrize("base", AREAS)
def test_any_bytes_are_taken_whole_or_told(base, data, budgets):
    content = bytearray(good(base))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    upload(budgets, bytes(content))
    upload(budgets, bytes(content[: data.draw(st.integers(0, len(content)))]))
