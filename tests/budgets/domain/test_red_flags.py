"""Each attention on a small document: what it finds, and what it leaves alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.domain.content import draft
from budgets.domain.document import from_json
from budgets.domain.filing import Indicator
from budgets.domain.red_flags import (
    RED_FLAGS,
    FlaggedPlace,
    Limits,
    ReviewedDocument,
    find_red_flags,
    level_text,
    list_phrases,
)
from tests.disclosures.thawed import find_cells, freeze_again, thaw
from tests.factories.filings import CHART, priors, reasons, uses, wan
from tests.factories.union import REASONS, USES, last_year, union_filing

FIND = {each.id: each.find for each in RED_FLAGS}
ITEM = "T5.2012901.total"  # This year 49.74, last year 49.64.
FELL = "T5.2101101.total"  # 5.88 after 14.15.


def look(words=None, before=None, filing=None, **more):
    """The union's document with other reasons and last year's figures (万元) by address."""
    base = filing or union_filing()
    told = priors(last_year() | {at: Decimal(v) for at, v in (before or {}).items()})
    filing = replace(base, priors=told, words=reasons(REASONS | (words or {})) + uses(USES))
    known = {prior.at: prior.amount for prior in told}
    return ReviewedDocument(document=draft(filing, CHART), before=known, **more)


def found(name, subject):
    return [(mark.at, mark.label) for mark in FIND[name](subject)]


def paragraph(at):
    return f"N5.{at}"


ROW, FALLEN = "表5 2012901 行政运行", "表5 2101101 行政单位医疗"


@pytest.mark.parametrize(
    "text",
    [
        "按实际需要",
        "根据工作需要安排",
        "预算调整",
        "因业务开展实际情况，经费相应增加",
        "按2025年政策要求",
    ],
)
def test_reason_that_says_nothing_is_found(text):
    assert found("hollow", look({ITEM: text})) == [(paragraph(ITEM), ROW)]


@pytest.mark.parametrize("text", ["新招录公务员2人", "社保缴费基数上调", "按文件调整津补贴标准"])
def test_reason_that_says_why_is_left_alone(text):
    assert found("hollow", look({ITEM: text})) == []


def test_hollow_reason_of_what_has_not_changed_is_left_alone():
    assert found("hollow", look({ITEM: "按实际需要"}, {ITEM: "49.74"})) == []


def test_reason_against_the_figures_is_found():
    assert found("opposite", look({FELL: "退休人员增加"})) == [(paragraph(FELL), FALLEN)]
    assert found("opposite", look({ITEM: "压减一般性支出"})) == [(paragraph(ITEM), ROW)]


@pytest.mark.parametrize(
    ("at", "text"),
    [(FELL, "缴费人数减少"), (ITEM, "人员增加"), (FELL, "在职增加、退休减少"), (FELL, "政策到期")],
)
def test_reason_with_the_figures_or_of_both_directions_is_left_alone(at, text):
    assert found("opposite", look({at: text})) == []


def test_one_reason_for_changes_of_different_size_is_found_once():
    (mark,) = FIND["repeated"](look())
    assert mark == FlaggedPlace(
        at="N5.T5.2012901.total",
        label=ROW,
        text="和 表5 2012950 事业运行 用了同一个原因：“我部门人员调资，因此此项经费预算增加”",
    )


def test_same_change_told_in_two_notes_is_one():
    own = {ITEM: "新招录公务员2人", "T5.2012950.total": "聘用人员工资提标"}
    assert found("repeated", look(own)) == []


def test_words_of_last_year_are_found_whatever_the_years():
    then = draft(union_filing(), CHART)
    now = look({ITEM: "根据2025年人事部门文件调整津贴"}, {ITEM: "40"})
    told = look({ITEM: "根据2024年人事部门文件调整津贴"}).document
    copied = replace(now, last=told, before=now.before | {ITEM: wan("40")})
    assert (paragraph(ITEM), ROW) in found("of-last-year", copied)
    other = replace(copied, last=then)
    assert (paragraph(ITEM), ROW) not in found("of-last-year", other)


def test_words_of_another_department_are_found_with_its_name():
    text = "根据2025年人事部门文件，调整津贴。"
    shared = {level_text(text): ("某局", "甲局", "乙局", "丙局")}
    (mark,) = FIND["of-others"](look({ITEM: text}, others=shared))
    assert (mark.at, mark.text) == (
        paragraph(ITEM),
        "和某局、甲局、乙局等的原因一字不差：“根据2025年人事部门文件，调整津贴”",
    )
    assert found("of-others", look({ITEM: "新招录公务员2人"}, others=shared)) == []


def test_phrases_are_the_reasons_of_changes_that_are_long_enough():
    phrases = list_phrases(look({ITEM: "人员调资", FELL: "2025年起，退休人员不再缴纳。"}))
    assert "人员调资" not in phrases
    assert "起退休人员不再缴纳" in phrases
    assert not any("未安排因公出国" in phrase for phrase in phrases)


def test_large_changes_come_with_their_figures_the_largest_first():
    marks = list(FIND["large"](look()))
    assert [(mark.at, mark.text) for mark in marks] == [
        (FELL, "上年 14.15，本年 5.88，减少 8.27 万元（58.45%）"),
        ("T5.2080501.total", "上年 7.03，本年 9.55，增加 2.52 万元（35.85%）"),
    ]


def test_limits_bound_what_is_large():
    assert found("large", look(limits=Limits(rate=Decimal(60)))) == []
    assert found("large", look(limits=Limits(wan=Decimal(5)))) == [(FELL, FALLEN)]


def test_new_item_is_found_where_last_year_is_known_to_be_nothing():
    assert found("new", look()) == [
        ("T5.2080506.total", "表5 2080506 机关事业单位职业年金缴费支出")
    ]
    assert found("new", look(before={"T5.2080506.total": "3"})) == []


def test_item_that_is_gone_leads_to_its_table():
    marks = list(FIND["gone"](look(before={"T5.2010101.total": "8"})))
    assert [(mark.at, mark.text) for mark in marks] == [("T5", "上年 8.00 万元，本年没有")]
    assert found("gone", look()) == []


def test_three_public_expenses_that_rise_are_found_item_by_item():
    subject = look()
    data = thaw(subject.document.canonical)
    for cell in find_cells(data, "T10"):
        if cell.get("at") == "T10.reception.total":
            cell |= {"yuan": "20000.00", "text": "2.00"}
    subject = replace(subject, document=from_json(freeze_again(data)))
    assert [(mark.at, mark.text) for mark in FIND["three-public"](subject)] == [
        ("T10.reception.total", "上年 0.00，本年 2.00，增加 2.00 万元（100.00%）")
    ]
    assert found("three-public", look()) == []


def target(value, last, level2="数量指标"):
    """The union with one indicator more, of this value and last year's result."""
    filing = union_filing()
    (plan,) = filing.projects
    own = Indicator(
        level1="产出指标", level2=level2, level3="慰问户数", value=value, last_value=last
    )
    plan = replace(plan, indicators=(*plan.indicators, own))
    return found("lowered", look(filing=replace(filing, projects=(plan,))))


@pytest.mark.parametrize(
    ("value", "last"),
    [(">=80户", "100户"), ("=80户", "=100户"), ("≥90%", "95%"), ("<=5天", "3天")],
)
def test_target_below_last_years_result_is_found(value, last):
    assert target(value, last) == [("P1", "2025年工会工作经费　慰问户数")]


@pytest.mark.parametrize(
    ("value", "last"),
    [
        (">=100户", "80户"),
        (">=80户", "100人"),
        ("明显减轻", "100户"),
        (">=80户", "/"),
        (">=80户", ""),
    ],
)
def test_target_that_is_higher_or_cannot_be_compared_is_left_alone(value, last):
    assert target(value, last) == []


def test_money_that_may_be_spent_is_no_result():
    assert target("<=50万元", "30万元", level2="经济成本指标") == []


def test_findings_come_in_order_of_weight_and_only_where_there_are_any():
    subject = look({ITEM: "按实际需要", FELL: "人员增加"})
    names = [each.id for each, _ in find_red_flags(subject)]
    assert names == ["opposite", "hollow", "large", "new"]
