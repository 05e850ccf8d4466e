"""Page, PDF, spreadsheet, JSON and CSV are read back and compared cell by cell."""

import json
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import Phase, given, settings

from budgets.domain.chart import Chart
from budgets.domain.content import draft
from budgets.domain.document import from_json
from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import ProjectPlan
from budgets.domain.money import show_wan
from disclosures.publishing.drawing import draw_document, draw_paper
from disclosures.publishing.exports.data import build_document_json, build_table_csv
from disclosures.publishing.exports.workbook import build_workbook
from disclosures.publishing.pdf.fonts import missing_glyphs
from disclosures.publishing.pdf.rendering import render_pdf
from tests.disclosures.conftest import PUBLISHED_AT
from tests.disclosures.forms import (
    list_addresses,
    list_page_addresses,
    read_csv,
    read_json,
    read_page,
    read_pdf,
    read_xlsx,
    squeeze,
    take_apart,
)
from tests.disclosures.thawed import find_cells
from tests.factories.filings import CHART, GLOSSARY, filing, spend
from tests.factories.random_filings import CHART as SMALL_CHART
from tests.factories.random_filings import filings

EDITION = {"version": 1, "digest": "0" * 64}
TABLES = [f"T{number}" for number in range(1, 12)]
LONG = "关于进一步加强全县困难职工帮扶救助与“送温暖”活动经费保障的专项补助项目" * 3
MANY = {f"20129{number:02}": f"群众团体事务第{number}项" for number in range(1, 100)}


def order(document):
    """Keys in the order in which every form prints the tables."""
    return [table.key for table in document.tables]


def print_paper(document):
    return render_pdf(
        draw_paper(document, **EDITION), title="表", author="部门", created=PUBLISHED_AT
    )


def freeze(stated, chart=CHART):
    """The document of a filing with the characters that publication lets pass."""
    text = draft(stated, chart, GLOSSARY).canonical
    for named in missing_glyphs(text):
        text = text.replace(named[1], "字")
    return from_json(text)


def read_quick_forms(document):
    """The tables of the page, the spreadsheet and the JSON, by the form's name."""
    sheets = build_workbook(document, created=PUBLISHED_AT, **EDITION)
    envelope = build_document_json(document, published_at=PUBLISHED_AT, reason="", **EDITION)
    return {
        "page": read_page(draw_document(document).parts),
        "xlsx": read_xlsx(sheets, order(document)),
        "json": read_json(envelope),
    }


def assert_quick_forms_agree(document):
    forms = read_quick_forms(document)
    assert forms["page"] == forms["json"]
    assert forms["xlsx"] == forms["json"]
    for table in document.tables:
        lines = read_csv(build_table_csv(table))
        assert lines[bool(table.head) :] == take_apart(table)


def assert_paper_agrees(document, paper):
    forms = read_quick_forms(document)
    printed = read_pdf(paper, order(document))
    for key, table in forms["json"].items():
        assert squeeze(printed[key]) == squeeze(table)


def all_funds():
    """Every fund pays for personnel, and for a project."""
    return filing(
        *(spend("1.23", "2012901", fund=fund, nature=Nature.PERSONNEL) for fund in Fund),
        *(
            spend("34567.89", "2050203", "302", fund=fund, nature=Nature.PROJECT, project="建校舍")
            for fund in Fund
        ),
        projects=(ProjectPlan(unit="107001", name="建校舍"),),
    )


def long_names():
    return filing(
        spend("0.01", "2120803", "310", nature=Nature.PROJECT, project=LONG),
        projects=(ProjectPlan(unit="107001", name=LONG, goal=f"1、{LONG}\n2、{LONG}"),),
    )


def formulas():
    """Names that a spreadsheet program would compute, or that begin with the sign against that."""
    names = ("=1+1", "+2", "-3", "@SUM(A1)", "'=4", "“三公”")
    return filing(
        *(spend("1", "2012901", "302", nature=Nature.PROJECT, project=name) for name in names),
        projects=tuple(ProjectPlan(unit="107001", name=name, goal=name) for name in names),
    )


def many_rows():
    functions = CHART.functions | MANY
    stated = filing(*(spend(f"{n}.05", code) for n, code in enumerate(MANY, start=1)))
    return stated, Chart(2025, functions, CHART.economics)


CASES = {
    "empty": (filing(), CHART),
    "all-funds": (all_funds(), CHART),
    "long-names": (long_names(), CHART),
    "formulas": (formulas(), CHART),
    "many-rows": many_rows(),
}


@pytest.mark.django_db
def test_forms_of_sample_agree(sample):
    document = sample.document
    expected = read_json(sample.file("json"))
    assert read_xlsx(sample.file("xlsx"), order(document)) == expected
    assert_quick_forms_agree(document)
    assert_paper_agrees(document, sample.file("pdf"))


@pytest.mark.parametrize("name", CASES)
def test_forms_of_unusual_budgets_agree(name):
    document = freeze(*CASES[name])
    assert_quick_forms_agree(document)
    assert_paper_agrees(document, print_paper(document))


@given(filings())
@settings(max_examples=settings().max_examples // 2)
def test_forms_of_any_budget_agree(stated):
    assert_quick_forms_agree(freeze(stated, SMALL_CHART))


@given(filings())
@settings(max_examples=settings().max_examples // 10, phases=[Phase.explicit, Phase.generate])
def test_paper_of_any_budget_agrees(stated):
    document = freeze(stated, SMALL_CHART)
    assert_paper_agrees(document, print_paper(document))


@pytest.mark.django_db
def test_amounts_are_addressed_alike_on_page_and_in_json(sample):
    page = draw_document(sample.document).parts
    for table in sample.document.tables:
        assert list_page_addresses(page, table.key) == list_addresses(table)


@pytest.mark.django_db
def test_amounts_in_yuan_are_those_printed(sample):
    cells = find_cells(json.loads(sample.file("json"))["content"])
    cells = [cell for cell in cells if cell["kind"] == "amount"]
    assert len(cells) > 600
    for cell in cells:
        printed = "" if "yuan" not in cell else show_wan(Decimal(cell["yuan"]))
        assert cell.get("text", "") == printed


@pytest.mark.django_db
def test_digest_is_that_of_the_content(sample):
    envelope = json.loads(sample.file("json"))
    text = json.dumps(
        envelope["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert envelope["digest"] == sha256(text.encode()).hexdigest()
    assert envelope["version"] == 1
    assert envelope["published_at"] == "2025-02-14T01:30:00+00:00"
