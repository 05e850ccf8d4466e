"""What changed between two documents: cells by their printed figures, sentences in pieces."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.domain.content import draft
from budgets.domain.differences import (
    Amount,
    Difference,
    Rewording,
    compare_amounts,
    compare_sentences,
    name_amounts,
)
from budgets.domain.filing import Particulars, Profile
from tests.factories.filings import CHART, filing, spend, wan


def document(*facts, year=2025):
    return draft(replace(filing(*facts), year=year), CHART)


@pytest.fixture
def before():
    return document(spend("10", "2012901"), spend("3", "2050803"))


def test_nothing_differs_from_itself(before):
    amounts = name_amounts(before)
    assert compare_amounts(amounts, amounts) == []
    assert compare_sentences(before, before) == []


def test_changed_cells_are_listed_by_table_with_both_amounts(before):
    after = document(spend("10.50", "2012901"))
    changes = compare_amounts(name_amounts(before), name_amounts(after))
    found = dict(changes)
    assert list(found) == [
        "表1 部门收支总体情况表",
        "表2 部门收入总体情况表",
        "表3 部门支出总体情况表",
        "表4 财政拨款收支预算总体情况表",
        "表5 一般公共预算支出情况表",
        "部门整体绩效目标表",
    ]
    own = [each for each in found["表5 一般公共预算支出情况表"] if each.named.column == "合计"]
    told = [(each.named.row, each.shown_before, each.shown_after, each.difference) for each in own]
    assert told == [
        ("总计", "13.00", "10.50", "−2.50"),
        ("201 一般公共服务支出", "10.00", "10.50", "+0.50"),
        ("20129 群众团体事务", "10.00", "10.50", "+0.50"),
        ("2012901 行政运行", "10.00", "10.50", "+0.50"),
        ("205 教育支出", "3.00", "", "−3.00"),
        ("20508 进修及培训", "3.00", "", "−3.00"),
        ("2050803 培训支出", "3.00", "", "−3.00"),
    ]


def test_income_side_comes_before_the_expenditure_side(before):
    after = document(spend("10.50", "2012901"))
    (_, own), *_ = compare_amounts(name_amounts(before), name_amounts(after))
    sides = [each.at.rpartition(".")[2] for each in own]
    assert sides == sorted(sides, key=["income", "expenditure"].index)
    names = {"table": "表1 部门收支总体情况表", "row": "一、本年收入", "column": "预算数"}
    assert own[0] == Difference(
        at="T1.income.income",
        before=Amount(value=wan("13"), place="T1.income.income", **names),
        after=Amount(value=wan("10.50"), place="T1.income.income", **names),
    )


def test_stated_figures_are_compared_like_cells_in_what_they_count():
    def stated(**particulars):
        profile = Profile(authorized=7, serving=particulars.pop("serving", 5))
        made = filing(profile=profile, particulars=Particulars(**particulars))
        return name_amounts(draft(made, CHART))

    before = stated(procurement_total=wan("10"), house_area=Decimal("1200.50"), vehicle_count=2)
    after = stated(procurement_total=wan("12.30"), house_area=Decimal("1200.00"), serving=6)
    told = [
        (
            table,
            each.named.row,
            each.shown_before,
            each.shown_after,
            each.difference,
            each.place,
        )
        for table, own in compare_amounts(before, after)
        for each in own
    ]
    assert told == [
        ("部门概况", "实有人数", "5", "6", "+1", "D2.staff"),
        ("部门概况", "在职人数", "5", "6", "+1", "D2.staff"),
        ("情况说明", "政府采购预算", "10.00", "12.30", "+2.30", "N12.procurement"),
        ("情况说明", "房屋面积（平方米）", "1,200.50", "1,200.00", "−0.50", "N12.assets.2"),
        ("情况说明", "车辆数", "2", "0", "−2", "N12.assets.3"),
    ]


def test_change_below_the_printed_digits_is_none():
    less = document(spend("10", "2012901"))
    more = document(spend("10.00004", "2012901"))
    assert name_amounts(less) != name_amounts(more)
    assert compare_amounts(name_amounts(less), name_amounts(more)) == []


def test_sentence_is_marked_where_it_changed(before):
    after = document(spend("10.50", "2012901"), spend("3", "2050803"))
    first = compare_sentences(before, after)[0]
    assert first == Rewording(
        section=first.section,
        key=first.key,
        before=(
            (
                False,
                "按照全口径预算的原则，尉犁县总工会2025年所有收入和支出均纳入部门预算管理。收支总预算",
            ),
            (True, "13.00"),
            (False, "万元。"),
        ),
        after=(
            (
                False,
                "按照全口径预算的原则，尉犁县总工会2025年所有收入和支出均纳入部门预算管理。收支总预算",
            ),
            (True, "13.50"),
            (False, "万元。"),
        ),
    )


def test_years_are_compared_as_this_year_and_last(before):
    same = document(spend("10", "2012901"), spend("3", "2050803"), year=2026)
    assert compare_sentences(before, same) == []


def test_new_and_vanished_sentences_stand_in_their_section(before):
    after = document(spend("10", "2012901"))
    rewordings = compare_sentences(before, after)
    gone = ["".join(text for _, text in each.before) for each in rewordings if not each.after]
    assert [text[:6] for text in gone] == ["2、教育支出", "2、教育支出"]
    sections = [each.section for each in rewordings]
    assert sections == sorted(sections, key=list(dict.fromkeys(sections)).index)
