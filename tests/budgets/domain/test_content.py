"""The document of a filing: its parts, its tables, its text, and what it says of last year."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from budgets.domain.content import draft
from budgets.domain.document import Body, Cell
from budgets.domain.filing import Filing, GlossaryEntry, Particulars, Profile
from tests.budgets.domain.sets.test_units import DEPARTMENT
from tests.factories.filings import CHART, GLOSSARY, UNION, filing, priors, spend, wan
from tests.factories.union import PROJECT, union_filing


def make(made=None, last_year=None):
    return draft(made or union_filing(), CHART, GLOSSARY, last_year)


def test_document_has_its_four_parts_in_order():
    document = make()
    assert [(part.key, part.number, part.title) for part in document.parts] == [
        ("profile", "第一部分", "2025年部门概况"),
        ("tables", "第二部分", "2025年部门预算公开表"),
        ("notes", "第三部分", "2025年部门预算情况说明"),
        ("glossary", "第四部分", "名词解释"),
    ]
    assert document.parts[1].tables == tuple(f"T{number}" for number in range(1, 12))
    assert [table.key for table in document.tables] == [*document.parts[1].tables, "P0", "P1"]
    assert document.title == "尉犁县总工会2025年部门预算公开"
    assert document.signed_on == date(2025, 2, 14)


def test_document_names_the_units_of_a_department():
    document = make(DEPARTMENT)
    assert document.department == Body(code="201", name="某县教育局")
    assert document.units == (
        Body(code="201001", name="某县教育局本级"),
        Body(code="201002", name="某县第一中学"),
        Body(code="201003", name="某县第二中学"),
    )
    assert document.signed_on is None


def test_glossary_of_the_department_follows_the_standard_one():
    own = GlossaryEntry(term="劳模", meaning="指劳动模范。")
    document = make(replace(union_filing(), glossary=(own,)))
    texts = [paragraph.text for paragraph in document.parts[3].sections[0].paragraphs()]
    assert texts[0].startswith("一、财政拨款：")
    assert texts[-1] == "三、劳模：指劳动模范。"


def test_digest_changes_with_every_word():
    other = replace(union_filing(), profile=replace(union_filing().profile, authorized=8))
    assert make().digest == make().digest != make(other).digest


def test_amounts_are_in_yuan_and_blanks_are_left_out():
    amounts = make().amounts
    assert amounts["T5.2012901.total"] == wan("49.74")
    assert amounts["T1.total.income"] == wan("265.89")
    assert amounts["P1.funds.total"] == wan("127.71")
    assert amounts["N12.agency_operating"] == wan("4.13")
    assert "T1.202.expenditure" not in amounts
    assert "T8.total.total" not in amounts


def test_agency_operating_is_remembered_as_it_was_stated():
    narrower = Particulars(agency_operating=wan("3.00"), agency_operating_why="口径较窄")
    document = make(replace(union_filing(), particulars=narrower))
    assert document.amounts["N12.agency_operating"] == wan("3.00")


def sentence(document, key):
    (found,) = [each for each in document.paragraphs() if each.key == key]
    return found.text


def test_last_years_document_feeds_this_years_notes():
    last = Filing(
        department=UNION,
        year=2024,
        facts=filing(spend("40.00", "2012901"), spend("2.50", "2050803")).facts,
    )
    remembered = make(last).amounts
    document = make(replace(union_filing(), words=(), priors=()), remembered)
    assert sentence(document, "N3.T3.total.basic") == (
        "基本支出138.18万元，占51.97%，比上年预算增加95.68万元，增长225.13%，主要原因是＿＿＿＿。"
    )
    assert sentence(document, "N5.T5.2050803.total").endswith(
        "2025年预算数为0.23万元，比上年预算减少2.27万元，下降90.80%，主要原因是＿＿＿＿。"
    )
    assert sentence(document, "N5.T5.2210201.total").endswith(
        "2025年预算数为10.43万元，比上年预算增加10.43万元，增长100.00%，主要原因是＿＿＿＿。"
    )


def test_project_money_of_last_year_is_known_by_its_name():
    made = filing(
        spend("1.00", "2012901"),
        priors=priors({f"T7.2012901:{PROJECT}.total": "5.00"}),
    )
    assert sentence(make(made), f"N7.T7.2012901:{PROJECT}.total").startswith(
        f"尉犁县总工会2025年“{PROJECT}”项目0.00万元，比上年预算减少5.00万元，下降100.00%"
    )


def test_draft_tells_what_blocks_its_publication():
    assert make().blocking == []
    made = make(replace(union_filing(), profile=Profile(), signed_on=None))
    assert [finding.message for finding in made.blocking] == [
        "没有主要职能。",
        "没有落款日期。",
    ]


def test_amounts_keep_every_fen():
    document = make(filing(spend(Decimal("0.123456"), "2012901")))
    assert document.tables_by_key["T5"].rows()[0].cells[4] == Cell(
        kind="amount",
        text="0.12",
        at="T5.total.total",
        row="total",
        column="total",
        scope="一般公共预算",
        yuan=Decimal("1234.56"),
        parts=1,
    )
