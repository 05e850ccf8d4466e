"""A province's set is data: another one, chosen by the setting, from entry to every form."""

import json
import re
from io import BytesIO, StringIO
from urllib.parse import unquote

import openpyxl
import pypdfium2
import pytest
from django.core.management import call_command

from budgets import ledger
from budgets.domain.tables.form import Role
from budgets.models import Budget
from budgets.models.chart import find_table_set
from disclosures.publishing.publication import publish
from disclosures.workflow.drafting import draft_budget
from tests.budgets.domain.sets.nine import NINE
from tests.disclosures.conftest import SAMPLE

NAME = "tests.budgets.domain.sets.nine.NINE"
TITLES = [form.title for form in NINE.forms]


@pytest.fixture
def budget(db, settings):
    """The sample's workbook, imported where 2025 has another province's nine tables."""
    settings.TABLE_SETS = {0: "xinjiang", 2025: NAME, 2026: "xinjiang"}
    call_command("load_chart", year=2025, stdout=StringIO())
    call_command("import_budget", str(SAMPLE), "--create-department", stdout=StringIO())
    return Budget.objects.get()


@pytest.fixture
def files(budget):
    """What is published, by its kind."""
    return {file.kind: bytes(file.data) for file in publish(budget).files.all()}


def test_set_holds_from_its_year_on(budget):
    assert find_table_set(2025) is NINE
    assert [len(find_table_set(year).forms) for year in (2024, 2025, 2026)] == [11, 9, 11]


def test_document_has_the_tables_notes_and_checks_of_its_set(budget):
    document = draft_budget(budget)
    tables = [table for table in document.tables if table.number]
    assert [(table.label, table.title) for table in tables] == [
        (form.label, form.title) for form in NINE.forms
    ]
    notes = next(part for part in document.parts if part.key == "notes")
    assert [(note.key, note.number, note.title) for note in notes.sections] == [
        ("N1", "1.", "2025年收支总体情况"),
        ("N5", "2.", "一般公共预算支出情况"),
        ("N10", "3.", "“三公”和机关运行经费"),
    ]
    assert [block.text for block in notes.sections[1].blocks] == [
        "一般公共预算基本支出138.18万元，同上年预算相比多1.43万元（上升1.05%），"
        "原因：我部门人员调资、社保医保基数调增，因此基本支出增加。",
        "一般公共预算项目支出0.00万元，同上年预算相比多0.00万元（上升0.00%），"
        "原因：2025年年初未安排项目支出。",
    ]
    results = {finding.id: str(finding.result) for finding in document.checks}
    assert {key: results[key] for key in ("balance", "fiscal", "basic", "rows", "across")} == (
        dict.fromkeys(("balance", "fiscal", "basic", "rows", "across"), "passed")
    )
    assert not {"T1-T2", "T11-T1", "projects-explained"} & results.keys()
    formulas = {finding.id: finding.formula for finding in document.checks}
    assert formulas["three-public-rise"] == "表9合计 ≤ 上年"


def test_every_cell_is_the_sum_of_the_ledgers_facts(budget):
    document = draft_budget(budget)
    spent = next(table for table in document.tables if table.title == "支出总表")
    facts = [fact for fact in ledger.read_filing(budget).facts if fact.function]
    assert spent.yuan("total", "total") == sum(fact.amount for fact in facts)


def test_page_and_files_print_the_nine_tables(files, client):
    page = client.get("/2025/107001/").content.decode()
    assert [title for title in TITLES if title not in page] == []
    assert "部门收支总体情况表" not in page
    assert "同上年预算相比多1.43万元（上升1.05%）" in re.sub(r"<[^>]*>|\s", "", page)
    book = openpyxl.load_workbook(BytesIO(files["xlsx"]))
    assert [name for name in book.sheetnames if name.startswith("表")] == [
        f"{form.label} {form.title}" for form in NINE.forms
    ]
    pages = pypdfium2.PdfDocument(files["pdf"])
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    printed = "".join(text.split())
    assert [title for title in TITLES if title not in printed] == []
    data = json.loads(files["json"])
    assert TITLES[-1] in json.dumps(data, ensure_ascii=False)


def test_lists_of_the_year_know_the_set(files, client):
    answer = client.get(f"/2025/tables/{Role.GOVERNMENT_FUND}.csv")
    assert "2025年各部门表7：政府性基金支出表" in unquote(answer.headers["Content-Disposition"])
    assert client.get(f"/2025/tables/{Role.CARRYOVER}.csv").status_code == 404
    assert "表7 政府性基金支出表" in client.get("/2025/").content.decode()
