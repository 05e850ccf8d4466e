from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.domain.filing import Indicator, OverallTarget
from tests.disclosures.printed import case_of, outcomes
from tests.factories.filings import filing, spend
from tests.factories.union import PROJECT, union_filing, union_project


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
