"""The task list: steps with their states, and above them the units of a department."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from budgets import ledger
from budgets.audit import note_edit
from budgets.domain.content import draft
from budgets.domain.facts import Fund
from budgets.domain.filing import Filing, Organisation
from budgets.models import Budget, Department, State
from disclosures.workflow import comments
from disclosures.workflow.access import Role
from disclosures.workflow.explanations import Warned
from disclosures.workplace.clerk.tasks import SideSums, StepStage, gather_units, list_progress
from disclosures.workplace.dossier import Dossier, open_dossier
from tests.factories.filings import CHART, GLOSSARY, income, spend
from tests.factories.people import appoint
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db
NEXT = re.compile("下一步：([^<]+)</a>")


def tasks_of(code):
    return reverse("workplace:tasks", args=(2025, code))


def see(client, who, code="107001"):
    client.force_login(who)
    return client.get(tasks_of(code)).content.decode()


@pytest.fixture
def plain(budget):
    """The department with nothing filed."""
    ledger.replace_filing(budget, Filing(department=budget.department.organisation, year=2025))
    return budget


def add_unit(union, number, *facts):
    """A unit of the union with a budget that holds these facts."""
    unit = Department.objects.create(code=f"10710{number}", name=f"单位{number}", parent=union)
    budget = Budget.objects.create(department=unit, year=2025)
    filing = Filing(department=unit.organisation, year=2025)
    ledger.replace_filing(
        budget, replace(filing, facts=tuple(replace(f, unit=unit.code) for f in facts))
    )
    return unit


def test_clerk_goes_on_with_the_first_step_that_is_not_done(budget, clerk, client, refile):
    page = see(client, clerk)
    assert "下一步：确认</a>" in page
    refile(signed_on=None)
    page = see(client, clerk)
    assert "下一步：其他事项</a>" in page
    assert "没有落款日期。" in page
    assert "收入 <strong" in page
    assert ">265.89</strong>" in page


def test_department_answers_the_bureau_before_it_confirms(budget, clerk, client):
    reviewer = appoint("reviewer", Role.REVIEWER)
    Budget.objects.filter(pk=budget.pk).update(state=State.SUBMITTED)
    comments.comment(budget, reviewer, "T5", "依据是什么？")
    Budget.objects.filter(pk=budget.pk).update(state=State.RETURNED)
    assert NEXT.findall(see(client, clerk)) == ["答复审核意见"]
    assert NEXT.findall(see(client, reviewer)) == []


def test_head_is_offered_no_screens_of_data_entry(budget, head, client):
    page = see(client, head)
    assert "/sheet/" not in page
    assert reverse("workplace:preview", args=(2025, "107001")) in page


def test_recent_changes_are_told_with_the_person(budget, clerk, client):
    clerk.first_name = "阿依古丽"
    clerk.save()
    note_edit(budget, clerk, "保存“收入”")
    assert "阿依古丽 保存“收入”" in see(client, clerk)


def test_department_without_units_has_no_family(budget):
    assert gather_units(open_dossier(budget)) is None


def test_units_are_added_up_without_what_only_moves_inside(plain, union):
    inside = {"fund": Fund.SUPERIOR_SUBSIDY, "internal": True}
    add_unit(
        union,
        1,
        income(Fund.GENERAL_OWN, "10"),
        spend("10", "2012901"),
        spend("8", economic="30101"),
    )
    add_unit(union, 2, income(amount="2", **inside), spend("2", "2012901", **inside))
    Department.objects.create(code="107109", name="新单位", parent=union)
    family = gather_units(open_dossier(plain))
    assert [(row.unit.code, row.is_in, row.sums) for row in family.rows] == [
        ("107101", True, SideSums(income=Decimal(100000), spent=Decimal(100000))),
        ("107102", True, SideSums(income=Decimal(20000), spent=Decimal(20000))),
        ("107109", False, SideSums(income=Decimal(0), spent=Decimal(0))),
    ]
    assert family.total == SideSums(income=Decimal(120000), spent=Decimal(120000))
    assert family.internal == SideSums(income=Decimal(20000), spent=Decimal(20000))
    assert family.net == SideSums(income=Decimal(100000), spent=Decimal(100000))
    assert family.waiting == ["新单位"]


def test_page_leads_to_each_unit_and_names_those_that_wait(plain, union, clerk, client):
    unit = add_unit(union, 1, income(Fund.GENERAL_OWN, "10"))
    add_unit(union, 2)
    page = see(client, clerk)
    assert f'<a href="{tasks_of(unit.code)}">单位1</a>' in page
    assert "还没有填报：单位2。" in page
    assert "部门自己的步骤" in page


def test_department_opens_the_year_of_a_unit_that_has_not(plain, union, clerk, head, client):
    Department.objects.create(code="107109", name="新单位", parent=union)
    path = reverse("filing:open", args=(2025, "107109"))
    assert f'action="{path}"' in see(client, clerk)
    assert path not in see(client, head)
    client.force_login(clerk)
    assert client.post(path)["Location"] == tasks_of("107109")
    assert f'<a href="{tasks_of("107109")}">新单位</a>' in see(client, clerk)


def test_queries_do_not_grow_with_the_units(plain, union, clerk, client, django_assert_num_queries):
    facts = (income(Fund.GENERAL_OWN, "10"), spend("10", "2012901"))
    add_unit(union, 1, *facts)
    see(client, clerk)
    client.force_login(clerk)
    with django_assert_num_queries(38):
        client.get(tasks_of("107001"))
    add_unit(union, 2, *facts)
    add_unit(union, 3, *facts)
    with django_assert_num_queries(38):
        client.get(tasks_of("107001"))


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
