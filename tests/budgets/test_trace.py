"""The trace of a budget: who changed it, and who therefore may not confirm it."""

import pytest

from budgets.audit import LONGEST, has_filled, list_edits, note_edit
from budgets.models import Budget
from tests.factories.people import gather

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return gather()


@pytest.fixture
def budgets(cast):
    """The budgets of A and of its unit."""
    return [Budget.objects.create(department=each, year=2026) for each in (cast.a, cast.unit)]


def test_changes_are_listed_newest_first(cast, budgets):
    note_edit(budgets[0], cast["clerk_a"], "保存“收入”")
    note_edit(budgets[0], cast["head_a"], "保存“支出明细”")
    note_edit(budgets[1], cast["clerk_a"], "保存“收入”")
    told = [(edit.who.username, edit.what) for edit in list_edits(budgets[0])]
    assert told == [("head_a", "保存“支出明细”"), ("clerk_a", "保存“收入”")]


def test_long_file_name_is_cut_and_not_refused(cast, budgets):
    assert len(note_edit(budgets[0], cast["clerk_a"], "上传" + "长" * 300).what) == LONGEST


def test_filling_counts_for_the_budgets_that_share_the_money(cast, budgets):
    department, unit = budgets
    note_edit(unit, cast["unit_clerk"], "保存“收入”")
    assert has_filled(cast["unit_clerk"], unit)
    assert has_filled(cast["unit_clerk"], department)
    note_edit(department, cast["clerk_a"], "上传工作簿")
    assert has_filled(cast["clerk_a"], unit)


def test_filling_does_not_count_for_other_years_and_departments(cast, budgets):
    last = Budget.objects.create(department=cast.a, year=2025)
    other = Budget.objects.create(department=cast.b, year=2026)
    note_edit(last, cast["head_a"], "保存“收入”")
    note_edit(other, cast["head_a"], "保存“收入”")
    assert not has_filled(cast["head_a"], budgets[0])
    assert not has_filled(cast["clerk_a"], budgets[0])
