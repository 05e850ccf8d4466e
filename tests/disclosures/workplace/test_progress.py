"""How far each step has come, from what is filed and what the checks find."""

from dataclasses import replace

import pytest

from budgets.domain.content import draft
from budgets.domain.filing import Filing, Organisation
from budgets.models import Budget, Department, State
from disclosures.workflow.explanations import Warned
from disclosures.workplace.clerk.tasks import StepStage, list_progress
from disclosures.workplace.dossier import Dossier
from tests.factories.filings import CHART, GLOSSARY
from tests.factories.union import union_filing

EMPTY = Filing(department=Organisation(code="107001", name="尉犁县总工会"), year=2025)


def examine(filing, state=State.FILLING, explanation=None):
    """The dossier of a filing that rests in no database."""
    made = draft(filing, CHART, GLOSSARY)
    warned = tuple(
        Warned(finding=each, explanation=explanation) for each in made.checks if each.warns
    )
    budget = Budget(department=Department(code="107001"), year=2025, state=state)
    return Dossier(budget=budget, filing=filing, draft=made, warned=warned)


def stages(dossier):
    return {each.step.key: each.label for each in list_progress(dossier, may_fill=True)}


def missing(dossier, **more):
    told = {each.step.key: each.missing for each in list_progress(dossier, may_fill=True, **more)}
    return {key: text for key, text in told.items() if text}


def test_empty_budget_has_not_begun_anywhere():
    assert set(stages(examine(EMPTY)).values()) == {"未开始"}
    assert missing(examine(EMPTY)) == {
        "profile": "请填写主要职能、科室和人数。",
        "income": "请按资金来源填写收入。",
        "expenditure": "请上传工作簿，或粘贴、录入支出明细。",
        "projects": "没有项目支出的不用填。",
        "overall": "请填写年度目标和指标。",
        "words": "请填写上年数、原因和用途。",
        "particulars": "采购、资产等没有的不填，视为 0。",
        "checks": "填了收入和支出以后再看。",
        "preview": "随时可以看；填了数据才有内容。",
        "confirm": "检查通过以后，由没有填报过的单位负责人确认。",
    }


def test_complete_budget_waits_only_for_the_head():
    dossier = examine(union_filing())
    assert stages(dossier) == dict.fromkeys(stages(dossier), "已完成") | {"confirm": "进行中"}
    assert missing(dossier) == {
        "preview": "内容已齐，请通读一遍。",
        "confirm": "可以确认了，请单位负责人登录办理。",
    }


def test_returned_budget_waits_for_answers_before_the_head():
    told = missing(examine(union_filing(), State.RETURNED), unanswered=2)
    assert told["confirm"] == "先答复 2 条审核意见，再由单位负责人确认。"


def test_confirmed_budget_is_done_throughout():
    assert set(stages(examine(union_filing(), State.CONFIRMED)).values()) == {"已完成"}


def test_difference_between_the_sides_is_a_fault_of_the_expenditure():
    filing = replace(union_filing(), facts=union_filing().facts[1:])
    found = stages(examine(filing))
    assert found["income"] == "已完成"
    assert found["expenditure"].startswith("有问题 ")
    assert found["checks"].startswith("有问题 ")
    assert (found["preview"], found["confirm"]) == ("进行中", "未开始")
    first = examine(filing).pending[0].message
    assert missing(examine(filing))["expenditure"] == f"{first}还有 3 处。"


def test_words_not_yet_written_are_work_and_no_fault():
    (_, *others) = union_filing().words
    dossier = examine(replace(union_filing(), words=tuple(others)))
    assert stages(dossier)["words"] == "进行中"
    assert missing(dossier)["words"] == "表2 总计 一般公共预算缺少变动原因。"
    assert stages(dossier)["checks"] == "有问题 1 处"


def test_missing_date_is_asked_for_where_it_is_typed():
    told = missing(examine(replace(union_filing(), signed_on=None)))
    assert told["particulars"] == "没有落款日期。"


def test_targets_are_asked_for_where_they_are_set():
    filing = union_filing()
    bare = replace(filing.projects[0], goal="", indicators=())
    dossier = examine(replace(filing, projects=(bare,), overall=replace(filing.overall, goal="")))
    assert (stages(dossier)["projects"], stages(dossier)["overall"]) == ("进行中", "进行中")
    told = missing(dossier)
    assert told["projects"] == "项目“2025年工会工作经费”没有填写目标。还有 1 处。"
    assert told["overall"] == "部门整体绩效目标没有填写目标。"


def test_budget_without_projects_needs_none():
    facts = tuple(fact for fact in union_filing().facts if not fact.project)
    assert (
        stages(examine(replace(union_filing(), facts=facts, projects=())))["projects"] == "已完成"
    )


@pytest.mark.parametrize(("said", "stage"), [(None, StepStage.FAULTY), ("说明", StepStage.DONE)])
def test_warning_counts_until_it_is_explained(said, stage):
    profile = replace(union_filing().profile, authorized=5)
    dossier = examine(replace(union_filing(), profile=profile), explanation=said)
    found = {each.step.key: each.stage for each in list_progress(dossier, may_fill=True)}
    assert (found["profile"], found["checks"]) == (stage, stage)


def test_person_who_may_not_fill_is_led_to_pages_only():
    found = list_progress(examine(union_filing()), may_fill=False)
    assert [each.step.key for each in found if each.href] == ["checks", "preview", "confirm"]
    assert [each.others for each in found] == [()] * len(found)
