"""The words: what is missing, left over, copied from elsewhere, or never printed."""

from dataclasses import replace

import pytest

from budgets.domain.checks.words import personal_numbers
from budgets.domain.filing import (
    Indicator,
    OverallTarget,
    Particulars,
    PriorBasis,
    Profile,
    Words,
    WordsKind,
)
from tests.factories.filings import filing, priors, reasons, spend, uses
from tests.factories.printed import case_of, outcomes
from tests.factories.union import PROJECT, REASONS, union_filing, union_project

WORDS_CHECKS = (
    "words-complete",
    "words-content",
    "words-department",
    "words-year",
    "words-repeated",
    "words-unused",
)
AT = "T5.2012901.total"
NAME = "表5 2012901 行政运行 合计"


def reworded(**texts):
    """The sample with other words on some cells; an empty text leaves the cell without any."""
    cells = {AT: texts.get("reason"), "T4.201.general": texts.get("use")}
    kept = [own for own in union_filing().words if cells.get(own.at) is None]
    new = [
        Words(at=AT, kind=WordsKind.REASON, text=texts.get("reason") or ""),
        Words(at="T4.201.general", kind=WordsKind.USE, text=texts.get("use") or ""),
    ]
    return replace(union_filing(), words=(*kept, *(own for own in new if own.text)))


@pytest.mark.parametrize("check", WORDS_CHECKS)
def test_words_of_the_sample_pass(check):
    assert outcomes(check, case_of(union_filing(), others=["尉犁县教育局"])) == [("passed", "")]


def test_complete_names_every_cell_that_lacks_something_in_the_notes_order():
    kept = ("T5.2012901.total", "T2.total.general_own", "T4.205.general")
    made = replace(
        union_filing(),
        priors=tuple(prior for prior in union_filing().priors if prior.at != "T3.total.basic"),
        words=tuple(own for own in union_filing().words if own.at not in kept),
    )
    assert outcomes("words-complete", case_of(made)) == [
        ("failed", "表2 总计 一般公共预算缺少变动原因。"),
        ("failed", "表3 总计 基本支出缺少上年数。"),
        ("failed", "表4 205 教育支出 一般公共预算缺少主要用途。"),
        ("failed", "表5 2012901 行政运行 合计缺少变动原因。"),
    ]


def test_complete_asks_for_a_reason_that_repeats_the_sentence_only():
    assert outcomes("words-complete", case_of(reworded(reason="主要原因是。"))) == [
        ("failed", f"{NAME}缺少变动原因。")
    ]


@pytest.mark.parametrize(
    "text",
    ["无", "无。", "略", "XX", "××", "/", "-", "……", "暂无", "无变化", "待补充", "同上", "123"],
)
def test_content_refuses_placeholders(text):
    assert outcomes("words-content", case_of(reworded(reason=text))) == [
        ("failed", f"{NAME}的变动原因没有写完：“{text}”。")
    ]


@pytest.mark.parametrize("text", ["无新增人员", "略有增加", "根据文件要求", "2025年调资"])
def test_content_takes_real_words(text):
    assert outcomes("words-content", case_of(reworded(reason=text))) == [("passed", "")]


def test_content_sees_what_a_template_left_over_anywhere():
    made = replace(
        reworded(use="XX支出"),
        profile=Profile(duties="负责＿＿＿＿工作。"),
        overall=replace(union_filing().overall, goal="完成XX项工作"),
    )
    assert outcomes("words-content", case_of(made)) == [
        ("failed", "主要职能没有写完：“负责＿＿＿＿工作。”。"),
        ("failed", "部门整体绩效目标没有写完：“完成XX项工作”。"),
        ("failed", "表4 201 一般公共服务支出 一般公共预算的主要用途没有写完：“XX支出”。"),
    ]


def test_department_finds_names_of_others_in_every_own_text():
    made = replace(
        reworded(reason="尉犁县教育局人员增加"),
        particulars=replace(union_filing().particulars, other_matters="尉犁县教育局无其他事项。"),
        projects=(replace(union_project(), goal="保障尉犁县教育局工作"),),
    )
    others = ["尉犁县教育局", "尉犁县总工会机关", "尉犁县"]
    assert outcomes("words-department", case_of(made, others=others)) == [
        ("failed", "其他需说明的事项出现了其他部门的名称“尉犁县教育局”。"),
        ("failed", f"项目“{PROJECT}”出现了其他部门的名称“尉犁县教育局”。"),
        ("failed", f"{NAME}的变动原因出现了其他部门的名称“尉犁县教育局”。"),
    ]


def test_year_finds_reasons_and_targets_of_other_years():
    late = Indicator(
        level1="产出指标", level2="时效指标", level3="完成时限", value="2024年12月25日前"
    )
    made = replace(
        reworded(reason="2023年和2024年人员调资"),
        overall=OverallTarget(goal="在2020年基础上提高", indicators=(late,)),
    )
    assert outcomes("words-year", case_of(made)) == [
        ("failed", f"{NAME}的变动原因提到2023年：“2023年和2024年人员调资”。"),
        ("failed", "整体绩效指标“完成时限”提到2024年：“2024年12月25日前”。"),
    ]


def test_repeated_reason_lists_its_places():
    cells = ("T5.2012901.total", "T5.2012950.total", "T5.2080501.total", "T5.2080505.total")
    texts = REASONS | dict.fromkeys(cells, "人员调资。")
    made = replace(
        union_filing(),
        words=reasons(texts)
        + tuple(own for own in union_filing().words if own.kind is WordsKind.USE),
    )
    assert outcomes("words-repeated", case_of(made)) == [
        (
            "failed",
            "4处变动用了同一个原因“人员调资”：表5 2012901 行政运行 合计、"
            "表5 2012950 事业运行 合计、表5 2080501 行政单位离退休 合计、"
            "表5 2080505 机关事业单位基本养老保险缴费支出 合计。",
        )
    ]


def test_repeated_reason_of_unchanged_figures_is_no_matter():
    items = ("T10.abroad.total", "T10.vehicle_purchase.total", "T10.vehicle_running.total")
    cells = (*items, "T10.reception.total")
    made = replace(
        union_filing(),
        words=reasons(REASONS | dict.fromkeys(cells, "两年均未安排"))
        + tuple(own for own in union_filing().words if own.kind is WordsKind.USE),
    )
    assert outcomes("words-repeated", case_of(made)) == [("passed", "")]


def test_unused_words_are_told_and_not_silently_dropped():
    lost = reasons({"T5.2012910.total": "科目编码写错了"}) + uses({"T4.202.general": "外交"})
    made = replace(union_filing(), words=union_filing().words + lost)
    assert outcomes("words-unused", case_of(made)) == [
        ("failed", "表5 2012910 合计的变动原因没有用到：“科目编码写错了”。"),
        ("failed", "表4 202 外交支出 一般公共预算的主要用途没有用到：“外交”。"),
    ]


def test_words_of_a_filing_with_execution_as_its_basis_are_complete():
    made = filing(
        spend("1.00", "2012901"),
        priors=priors({"T3.total.basic": "1.00"}, PriorBasis.EXECUTION),
        particulars=Particulars(),
    )
    found = outcomes("words-complete", case_of(made))
    assert ("failed", "表3 总计 基本支出缺少上年数。") not in found
    assert ("failed", "表3 总计 项目支出缺少上年数。") in found


# Made up, with check digits that hold.
IDENTITY = "11010519491231002X"
CARD = "6222020000000000000"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("电话13912345678。", [("手机号", "13912345678")]),
        ("电话139 1234 5678", [("手机号", "13912345678")]),
        ("电话１３９-1234-5678", [("手机号", "13912345678")]),
        ("电话１３９－１２３４－５６７８", [("手机号", "13912345678")]),
        (f"身份证{IDENTITY}", [("身份证号", IDENTITY)]),
        (f"身份证{IDENTITY.lower()}", [("身份证号", IDENTITY.lower())]),
        (f"卡号{CARD}", [("银行卡号", CARD)]),
        ("卡号6222 0200 0000 0000 000", [("银行卡号", CARD)]),
        ("办公电话0996-4024185", []),
        ("项目编码2025031391234567801", []),
        ("投入1391234567.80元", []),
        # Wrong check digit; a thirteenth month; a code that is no card's.
        ("编号110105194912310021", []),
        ("编号110105194913310020", []),
        ("编号1222020000000000005", []),
    ],
)
def test_personal_numbers_are_found_and_others_are_not(text, found):
    assert personal_numbers(text) == found


def test_privacy_masks_what_it_finds_and_names_the_place():
    made = replace(
        union_filing(),
        profile=Profile(duties="联系人电话13912345678。"),
        overall=replace(union_filing().overall, phone="13912345678"),
    )
    assert outcomes("privacy", case_of(made)) == [
        ("failed", "一、主要职能出现手机号“139…78”。"),
        ("failed", "部门整体绩效目标表出现手机号“139…78”。"),
    ]
    assert outcomes("privacy", case_of(union_filing())) == [("passed", "")]


def test_glyphs_names_a_character_that_no_face_draws_once():
    made = replace(
        union_filing(),
        profile=Profile(duties="管理\ue000和\ue000。", offices=("办公室😀",)),
    )
    assert outcomes("glyphs", case_of(made)) == [
        ("failed", "一、主要职能有PDF字体不能显示的字符：不可见字符 U+E000 无名字符。"),
        (
            "failed",
            "二、机构设置及人员情况有PDF字体不能显示的字符：“😀” U+1F600 GRINNING FACE。",
        ),
    ]
    assert outcomes("glyphs", case_of(union_filing())) == [("passed", "")]


def test_glyphs_are_not_judged_where_nobody_says_which_can_be_printed():
    case = replace(case_of(union_filing()), missing_glyphs=None)
    assert outcomes("glyphs", case) == [("unchecked", "")]
