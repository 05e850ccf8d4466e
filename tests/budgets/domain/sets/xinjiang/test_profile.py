from dataclasses import replace

from budgets.domain.filing import Filing, GlossaryEntry, Profile
from budgets.domain.sets.xinjiang.profile import glossary_section, numeral
from tests.factories.filings import BUREAU, FIRST, SCHOOLS, SECOND
from tests.factories.printed import note

SCHOOLED = Filing(
    department=SCHOOLS,
    year=2025,
    units=(BUREAU, FIRST, SECOND),
    profile=Profile(
        duties="  贯彻教育方针。\n\n管理各级学校。 ",
        offices=("办公室", "人事科"),
        authorized=300,
        serving=280,
        serving_change=-12,
        retired=90,
        retired_change=7,
        honorary=1,
        honorary_change=-1,
    ),
)


def test_structure_names_units_and_offices():
    assert note(SCHOOLED, "D2") == [
        "某县教育局下属预算单位3个，分别是：某县教育局本级、某县第一中学、某县第二中学；"
        "下设2个科室，分别是：办公室、人事科。",
        "某县教育局编制数300，实有人数371人，其中：在职280人，减少12人；退休90人，增加7人；"
        "离休1人，减少1人。",
    ]


def test_structure_without_offices_says_so():
    assert note(replace(SCHOOLED, units=(), profile=Profile()), "D2")[0] == (
        "某县教育局无下属预算单位，无内设科室。"
    )


def test_duties_keep_their_paragraphs_without_blank_ones():
    assert note(SCHOOLED, "D1") == ["贯彻教育方针。", "管理各级学校。"]


def test_glossary_numbers_its_terms():
    entries = [GlossaryEntry(term=f"词{n}", meaning=f"指第{n}个。") for n in range(1, 13)]
    texts = [block.text for block in glossary_section(entries).blocks]
    assert texts[0] == "一、词1：指第1个。"
    assert texts[9:] == ["十、词10：指第10个。", "十一、词11：指第11个。", "十二、词12：指第12个。"]


def test_numeral_counts_to_ninety_nine():
    assert [numeral(n) for n in (1, 9, 10, 19, 20, 21, 99)] == [
        "一",
        "九",
        "十",
        "十九",
        "二十",
        "二十一",
        "九十九",
    ]
