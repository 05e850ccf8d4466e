"""The content as plain data: its form, its one textual form, and what is read back from it."""

import json
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

from budgets.domain.content import amounts_by_address, canonical, digest, draft
from budgets.domain.filing import Filing, GlossaryEntry, Particulars, Profile
from tests.budgets.domain.sets.test_units import DEPARTMENT
from tests.disclosures.filings import CHART, GLOSSARY, UNION, filing, priors, spend, wan
from tests.disclosures.union import PROJECT, union_filing


def make(made=None, last_year=None):
    return draft(made or union_filing(), CHART, GLOSSARY, last_year)


def test_content_has_its_four_parts_in_order():
    content = make().content
    assert set(content) == {
        "format",
        "title",
        "year",
        "currency",
        "department",
        "units",
        "signed_on",
        "parts",
        "grids",
        "figures",
        "checks",
    }
    assert [(part["key"], part["number"], part["title"]) for part in content["parts"]] == [
        ("profile", "第一部分", "2025年部门概况"),
        ("tables", "第二部分", "2025年部门预算公开表"),
        ("notes", "第三部分", "2025年部门预算情况说明"),
        ("glossary", "第四部分", "名词解释"),
    ]
    assert content["parts"][1]["grids"] == [f"T{number}" for number in range(1, 12)]
    assert content["title"] == "尉犁县总工会2025年部门预算公开"
    assert content["signed_on"] == "2025-02-14"


def test_content_names_the_units_of_a_department():
    content = make(DEPARTMENT).content
    assert content["department"] == {"code": "201", "name": "某县教育局"}
    assert content["units"] == [
        {"code": "201001", "name": "某县教育局本级"},
        {"code": "201002", "name": "某县第一中学"},
        {"code": "201003", "name": "某县第二中学"},
    ]
    assert content["signed_on"] is None


def test_glossary_of_the_department_follows_the_standard_one():
    own = GlossaryEntry(term="劳模", meaning="指劳动模范。")
    content = make(replace(union_filing(), glossary=(own,))).content
    texts = [block["spans"][0]["text"] for block in content["parts"][3]["sections"][0]["blocks"]]
    assert texts[0].startswith("一、财政拨款：")
    assert texts[-1] == "三、劳模：指劳动模范。"


def test_canonical_form_is_sorted_compact_and_digested():
    text = canonical({"乙": "1.00", "a": [1, None]})
    assert text == '{"a":[1,null],"乙":"1.00"}'
    assert digest(text) == sha256(text.encode()).hexdigest()
    assert json.loads(make().canonical) == make().content
    assert make().digest == digest(make().canonical) == make().digest


def test_digest_changes_with_every_word():
    other = replace(union_filing(), profile=replace(union_filing().profile, authorized=8))
    assert make().digest != make(other).digest


def test_amounts_are_read_back_in_yuan_and_blanks_are_left_out():
    amounts = amounts_by_address(make().content)
    assert amounts["T5.2012901.total"] == wan("49.74")
    assert amounts["T1.total.income"] == wan("265.89")
    assert amounts["P1.funds.total"] == wan("127.71")
    assert amounts["N12.agency_operating"] == wan("4.13")
    assert "T1.202.expenditure" not in amounts
    assert "T8.total.total" not in amounts


def test_agency_operating_is_remembered_as_it_was_stated():
    narrower = Particulars(agency_operating=wan("3.00"), agency_operating_why="口径较窄")
    content = make(replace(union_filing(), particulars=narrower)).content
    assert amounts_by_address(content)["N12.agency_operating"] == wan("3.00")


def sentence(content, key):
    blocks = (
        block
        for part in content["parts"]
        for section in part.get("sections", ())
        for block in section["blocks"]
    )
    (found,) = [block for block in blocks if block.get("key") == key]
    return "".join(span["text"] for span in found["spans"])


def test_last_years_document_feeds_this_years_notes():
    last = Filing(
        department=UNION,
        year=2024,
        facts=filing(spend("40.00", "2012901"), spend("2.50", "2050803")).facts,
    )
    remembered = amounts_by_address(make(last).content)
    content = make(replace(union_filing(), words=(), priors=()), remembered).content
    assert sentence(content, "N3.T3.total.basic") == (
        "基本支出138.18万元，占51.97%，比上年预算增加95.68万元，增长225.13%，主要原因是＿＿＿＿。"
    )
    assert sentence(content, "N5.T5.2050803.total").endswith(
        "2025年预算数为0.23万元，比上年预算减少2.27万元，下降90.80%，主要原因是＿＿＿＿。"
    )
    assert sentence(content, "N5.T5.2210201.total").endswith(
        "2025年预算数为10.43万元，比上年预算增加10.43万元，增长100.00%，主要原因是＿＿＿＿。"
    )


def test_project_money_of_last_year_is_known_by_its_name():
    made = filing(
        spend("1.00", "2012901"),
        priors=priors({f"T7.2012901:{PROJECT}.total": "5.00"}),
    )
    assert sentence(make(made).content, f"N7.T7.2012901:{PROJECT}.total").startswith(
        f"尉犁县总工会2025年“{PROJECT}”项目0.00万元，比上年预算减少5.00万元，下降100.00%"
    )


def test_draft_tells_what_blocks_its_publication():
    assert make().blocking == []
    made = make(replace(union_filing(), profile=Profile(), signed_on=None))
    assert [finding.outcome.message for finding in made.blocking] == [
        "没有主要职能。",
        "没有落款日期。",
    ]


def test_amounts_keep_every_fen():
    content = make(filing(spend(Decimal("0.123456"), "2012901"))).content
    cell = content["grids"]["T5"]["groups"][0]["rows"][0]["cells"][4]
    assert cell == {
        "kind": "amount",
        "text": "0.12",
        "colspan": 1,
        "rowspan": 1,
        "at": "T5.total.total",
        "table": "T5",
        "row": "total",
        "column": "total",
        "scope": "一般公共预算",
        "yuan": "1234.56",
    }
