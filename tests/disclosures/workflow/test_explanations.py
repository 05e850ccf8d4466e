"""Words to warnings: kept while the warning is found, and never written over unseen."""

from dataclasses import replace

import pytest

from budgets import ledger
from budgets.models import Budget, Edit, State
from disclosures.demo.factories import store_filing
from disclosures.models import Explanation
from disclosures.workflow.drafting import draft_budget
from disclosures.workflow.explanations import (
    WarningAnswer,
    explain_warnings,
    list_warned,
)
from tests.factories.people import hire, load_chart
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db


def understaffed(**more):
    """The union's filing with more people in service than posts, which is a warning."""
    return replace(union_filing(), profile=replace(union_filing().profile, authorized=5), **more)


@pytest.fixture
def budget(union):
    load_chart(2025)
    return store_filing(understaffed())


@pytest.fixture
def clerk(union):
    return hire("clerk", union, "clerk")


def warnings(budget):
    return list_warned(budget, draft_budget(budget).checks)


def key(budget):
    (warned,) = warnings(budget)
    return warned.key


def said(budget):
    return [warned.explanation and warned.explanation.text for warned in warnings(budget)]


def test_explanation_stands_beside_its_warning(budget, clerk):
    assert said(budget) == [None]
    assert (
        explain_warnings(budget, clerk, [WarningAnswer(key=key(budget), text=" 两人待退休\n")])
        == []
    )
    assert said(budget) == ["两人待退休"]
    assert all(each.explanation for each in list_warned(budget, draft_budget(budget).checks))
    assert [(edit.who, edit.what) for edit in Edit.objects.all()] == [(clerk, "说明检查的警告")]


def test_explanation_can_be_changed_and_taken_back(budget, clerk):
    own = key(budget)
    explain_warnings(budget, clerk, [WarningAnswer(key=own, text="两人待退休")])
    explain_warnings(
        budget, clerk, [WarningAnswer(key=own, before="两人待退休", text="三人待退休")]
    )
    assert said(budget) == ["三人待退休"]
    explain_warnings(budget, clerk, [WarningAnswer(key=own, before="三人待退休", text="")])
    assert said(budget) == [None]


def test_saving_the_same_again_writes_nothing(budget, clerk):
    answer = WarningAnswer(key=key(budget), text="两人待退休")
    explain_warnings(budget, clerk, [answer])
    before = list(Explanation.objects.values()), Edit.objects.count()
    assert explain_warnings(budget, clerk, [answer]) == []
    assert (list(Explanation.objects.values()), Edit.objects.count()) == before


def test_second_person_does_not_write_over_the_first_unseen(budget, clerk, union):
    own = key(budget)
    explain_warnings(budget, clerk, [WarningAnswer(key=own, text="两人待退休")])
    second = hire("second", union, "clerk")
    late = WarningAnswer(key=own, text="编制待批")
    assert explain_warnings(budget, second, [late]) == [late]
    assert said(budget) == ["两人待退休"]
    assert explain_warnings(budget, second, [replace(late, before="两人待退休")]) == []
    assert said(budget) == ["编制待批"]


def test_untouched_field_does_not_undo_what_another_wrote(budget, clerk, union):
    own = key(budget)
    explain_warnings(budget, clerk, [WarningAnswer(key=own, text="两人待退休")])
    untouched = WarningAnswer(key=own, before="", text="")
    assert explain_warnings(budget, hire("second", union, "clerk"), [untouched]) == []
    assert said(budget) == ["两人待退休"]


def test_explanation_goes_with_its_warning(budget, clerk):
    explain_warnings(budget, clerk, [WarningAnswer(key=key(budget), text="两人待退休")])
    ledger.replace_filing(budget, union_filing())
    assert warnings(budget) == []
    assert explain_warnings(budget, clerk, []) == []
    assert not Explanation.objects.exists()


def test_text_for_what_is_no_warning_is_left_out(budget, clerk):
    assert (
        explain_warnings(budget, clerk, [WarningAnswer(key=("T1-balance", ""), text="没关系")])
        == []
    )
    assert not Explanation.objects.exists()


def test_locked_budget_takes_no_explanation(budget, clerk):
    Budget.objects.filter(pk=budget.pk).update(state=State.CONFIRMED)
    with pytest.raises(ledger.BudgetLockedError):
        explain_warnings(budget, clerk, [WarningAnswer(key=key(budget), text="两人待退休")])
    assert not Explanation.objects.exists()
