from dataclasses import replace

import pytest

from budgets.domain.checks.words import personal_numbers
from budgets.domain.filing import Profile
from tests.disclosures.printed import case_of, outcomes
from tests.factories.union import union_filing

# Made up, with check digits that hold.
IDENTITY = "11010519491231002X"
CARD = "6222020000000000000"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("电话13912345678。", [("手机号", "13912345678")]),
        ("电话139 1234 5678", [("手机号", "13912345678")]),
        ("电话１３９-1234-5678", [("手机号", "13912345678")]),
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
