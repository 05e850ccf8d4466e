from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from budgets.domain.checks.case import Case
from budgets.domain.filing import Indicator, OverallTarget, Profile, ProjectPlan
from tests.budgets.domain.sets.xinjiang.test_later_notes import AID, HALL, PROJECTS
from tests.factories.filings import UNION, filing, spend
from tests.factories.printed import case_of, outcomes, sections_of, writer_of
from tests.factories.union import PROJECT, union_filing, union_project


def test_document_with_all_parts_passes():
    assert outcomes("document-complete", case_of(union_filing())) == [("passed", "")]


def test_document_tells_every_part_that_is_lacking():
    made = replace(union_filing(), profile=Profile(duties=" \n"), signed_on=None)
    writer = writer_of(made)
    case = Case(writer, [each for each in sections_of(writer) if each.key != "G"])
    assert outcomes("document-complete", case) == [
        ("failed", "没有主要职能。"),
        ("failed", "没有名词解释。"),
        ("failed", "没有落款日期。"),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 8, 31), ("failed", "落款日期2024-08-31不在2025年预算公开的时间内。")),
        (date(2024, 9, 1), ("passed", "")),
        (date(2025, 12, 31), ("passed", "")),
        (date(2026, 2, 14), ("failed", "落款日期2026-02-14不在2025年预算公开的时间内。")),
    ],
)
def test_signature_is_of_the_budgets_season(day, expected):
    made = replace(union_filing(), signed_on=day)
    assert outcomes("document-complete", case_of(made)) == [expected]


def test_projects_that_say_all_pass():
    assert outcomes("projects-explained", case_of(PROJECTS)) == [("passed", "")]


def test_projects_of_other_funds_need_no_explanation():
    assert outcomes("projects-explained", case_of(union_filing())) == [("passed", "")]


def test_projects_tell_what_they_lack():
    bare = ProjectPlan(unit=UNION.code, name=AID.name)
    part = replace(HALL, period="", recipient_number="12人")
    made = replace(PROJECTS, projects=(bare, part))
    assert outcomes("projects-explained", case_of(made)) == [
        (
            "failed",
            "项目“困难职工 帮扶. 资金”没有填写：设立的政策依据、项目承担单位、资金分配情况、"
            "资金执行时间、补助人数、补助标准、补助范围、补助方式、受益人群和社会效益。",
        ),
        (
            "failed",
            "项目“职工之家建设”没有填写：资金执行时间、补助标准、补助范围、补助方式、"
            "受益人群和社会效益。",
        ),
    ]


def test_project_without_a_plan_lacks_everything():
    made = replace(PROJECTS, projects=(AID,))
    assert outcomes("projects-explained", case_of(made)) == [
        (
            "failed",
            "项目“职工之家建设”没有填写：设立的政策依据、项目承担单位、资金分配情况、资金执行时间。",
        )
    ]


def indicator(weight, value=">=1次", level2="数量指标"):
    return Indicator(
        level1="产出指标",
        level2=level2,
        level3=f"指标{weight}",
        value=value,
        weight=None if weight is None else Decimal(weight),
    )


def overall(*weights):
    target = OverallTarget(goal="目标", indicators=tuple(indicator(w) for w in weights))
    return replace(union_filing(), overall=target)


@pytest.mark.parametrize("check", ["targets", "weights", "costs", "project-funds", "P0-T1"])
def test_performance_of_the_sample_passes(check):
    assert outcomes(check, case_of(union_filing())) == [("passed", "")]


def test_targets_are_asked_of_the_department_and_of_every_project_with_money():
    made = replace(
        union_filing(),
        overall=OverallTarget(),
        projects=(replace(union_project(), goal=" ", indicators=()),),
        facts=(*union_filing().facts, spend("1.00", "2012901", project="第二个项目")),
    )
    assert outcomes("targets", case_of(made)) == [
        ("failed", "部门整体绩效目标没有填写目标。"),
        ("failed", "部门整体绩效目标没有绩效指标。"),
        ("failed", f"项目“{PROJECT}”没有填写目标。"),
        ("failed", f"项目“{PROJECT}”没有绩效指标。"),
        ("failed", "项目“第二个项目”有预算，没有绩效目标。"),
    ]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (("90",), ("passed", "")),
        (("99.5", "0.5"), ("passed", "")),
        (("50", "45"), ("failed", "部门整体绩效目标的指标权重合计95分，应为90分或100分。")),
        (("90", None), ("failed", "部门整体绩效目标的指标没有权重：指标None。")),
    ],
)
def test_weights_add_up_to_90_or_100(weights, expected):
    assert outcomes("weights", case_of(overall(*weights))) == [expected]


def test_weights_of_no_indicators_are_not_checked():
    made = replace(overall(), projects=())
    assert outcomes("weights", case_of(made)) == [("unchecked", "")]


def costing(*values):
    indicators = tuple(indicator("10", value, "经济成本指标") for value in values)
    plan = replace(union_project(), indicators=indicators)
    return replace(union_filing(), projects=(plan,))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("<=127.71万元",), ("passed", "")),
        (
            ("<=100万元", "≤27.72 万元"),
            (
                "failed",
                f"经济成本指标之和为127.72万元，项目“{PROJECT}”年度预算为127.71万元，"
                "相差0.01万元（100.00元）。",
            ),
        ),
        (("<=500元/人", "明显节约"), ("unchecked", "")),
    ],
)
def test_costs_stay_within_the_projects_budget(values, expected):
    assert outcomes("costs", case_of(costing(*values))) == [expected]


def test_projects_tables_hold_all_project_money():
    made = replace(union_filing(), projects=())
    assert outcomes("project-funds", case_of(made)) == [
        (
            "failed",
            "各项目绩效目标表年度预算之和为0.00万元，表3项目支出为127.71万元，"
            "相差127.71万元（1,277,100.00元）。",
        )
    ]
    assert outcomes("project-funds", case_of(filing(spend("1.00", "2012901")))) == [("passed", "")]
