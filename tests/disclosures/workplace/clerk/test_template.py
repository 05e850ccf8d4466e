"""The template of a new year: last year's figures and codes in it, filled in and sent back."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from budgets import ledger, spreadsheets
from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing, Prior, PriorBasis
from budgets.importing.new_year import open_year
from budgets.models import Budget, Department, FunctionCode, Upload
from disclosures.demo.factories import balance_facts
from disclosures.workflow.drafting import draft_budget
from disclosures.workplace.clerk.workbooks import complete_priors, list_asked_places, write_template
from tests.factories.filings import CHART, UNION, income, reasons, spend, wan
from tests.factories.people import load_chart
from tests.factories.union import OPERATING, PERSONNEL, PROJECT, union_filing

YEAR = 2026
NEXT_PROJECT = "2026年工会工作经费"
ITEMS = {
    "2012901": "49.74",
    "2012950": "42.68",
    "2050803": "0.23",
    "2080501": "9.55",
    "2080505": "12.24",
    "2080506": "6.12",
    "2101101": "5.88",
    "2101103": "1.31",
    "2210201": "10.43",
}
# The amounts (万元) of 尉犁县总工会 in 2025, by the cells that its notes of 2026 compare.
PUBLISHED = {
    "T2.total.general_own": "138.18",
    "T2.total.unit_funds": "127.71",
    "T3.total.basic": "138.18",
    "T3.total.project": "127.71",
    "T5.total.basic": "138.18",
    "T5.total.project": "0",
    **{f"T5.{code}.total": amount for code, amount in ITEMS.items()},
    "T10.total.total": "0",
    "T10.abroad.total": "0",
    "T10.vehicle_purchase.total": "0",
    "T10.vehicle_running.total": "0",
    "T10.reception.total": "0",
    "N12.agency_operating": "4.13",
}


@pytest.fixture
def opened(budget):
    """The union's year 2026, begun from 2025's."""
    load_chart(YEAR)
    return open_year(budget.department, YEAR)


@pytest.fixture
def person(client, clerk):
    """The union's clerk at the browser."""
    client.force_login(clerk)
    return client


def address(budget, name, *more):
    return reverse(name, args=(budget.year, budget.department.code, *more))


def download(person, budget):
    answer = person.get(address(budget, "workplace:template"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer.content


def figures(content):
    """Last year's figures in a workbook, yuan by the cell's address."""
    rows = spreadsheets.read(content).of("history")
    return {
        row["place"].address(row["code"], row["project"]): row["prior"]
        for row in rows
        if row["prior"] is not None
    }


def send(person, budget, content):
    """The preview of an upload."""
    file = SimpleUploadedFile("预算.xlsx", content)
    return person.post(address(budget, "filing:upload"), {"file": file}, follow=True)


def accept(person, budget, preview):
    place = address(budget, "filing:upload_decide", Upload.objects.latest("pk").pk)
    return person.post(
        place, {"action": "accept", "seen": preview.context["upload"].basis}, follow=True
    )


def test_figure_that_is_stated_is_not_overwritten():
    stated = Prior(at="T3.total.basic", amount=wan("2.00"), basis=PriorBasis.EXECUTION)
    places = ["T3.total.basic", "T3.total.project", "T2.total.unit_funds", "T4.201.general"]
    amounts = {"T3.total.basic": wan("1.00"), "T3.total.project": wan("3.00")}
    assert complete_priors([stated], places, amounts) == (
        stated,
        Prior(at="T3.total.project", amount=wan("3.00")),
        Prior(at="T2.total.unit_funds", amount=Decimal("0.00")),
    )
    assert complete_priors([stated], places, None) == (stated,)


def test_places_are_those_that_the_notes_will_compare():
    empty = Filing(department=UNION, year=YEAR)
    lines = balance_facts(spend("1.00", "2012901"))
    amounts = {"T5.2050803.total": wan("2.00"), "T5.2999999.total": wan("3.00")}
    places = list_asked_places(empty, lines, CHART, amounts)
    assert [at for at in places if at.startswith("T5.2")] == [
        "T5.2012901.total",
        "T5.2050803.total",
    ]
    assert list_asked_places(empty, (), CHART, None) == []


def test_last_years_figures_are_those_that_were_published(person, opened, published):
    content = download(person, opened)
    assert figures(content) == {at: wan(amount) for at, amount in PUBLISHED.items()}
    rows = spreadsheets.read(content).of("history")
    assert [row["code"] for row in rows if row["place"].label.endswith("支出用途（类）")] == [
        *("201", "205", "208", "210", "221")
    ]
    assert {(row["reason"], row["use"]) for row in rows} == {("", "")}


def test_published_figure_stands_before_last_years_ledger(person, opened, published):
    last = Budget.objects.get(year=2025)
    changed = (income(Fund.GENERAL_OWN, "1.00"), *union_filing().facts[1:])
    ledger.replace_filing(last, replace(union_filing(), facts=changed))
    assert figures(download(person, opened))["T2.total.general_own"] == wan("138.18")


def test_figures_come_from_last_years_ledger_where_nothing_was_published(person, opened):
    assert figures(download(person, opened)) == {at: wan(each) for at, each in PUBLISHED.items()}


def test_every_source_and_code_of_last_year_has_a_line_without_an_amount(person, opened):
    sheets = spreadsheets.read(download(person, opened))
    assert [(row["fund"], row["amount"]) for row in sheets.of("income")] == [
        (Fund.GENERAL_OWN, None),
        (Fund.OTHER_INCOME, None),
    ]
    lines = [
        (row["fund"], row["nature"], row["function"], row["economic"], row["project"])
        for row in sheets.of("expenditure")
    ]
    own = Fund.GENERAL_OWN
    assert lines == [
        *((own, Nature.BASIC, code, "", "") for code in ITEMS),
        (Fund.OTHER_INCOME, Nature.PROJECT, "2012901", "", NEXT_PROJECT),
        *((own, Nature.PERSONNEL, "", code, "") for code in PERSONNEL if code != "301"),
        *((own, Nature.OPERATING, "", code, "") for code in OPERATING),
    ]
    assert {row["amount"] for row in sheets.of("expenditure")} == {None}
    (project,) = sheets.of("projects")
    assert (project["name"], project["goal"], project["leader"]) == (NEXT_PROJECT, "", "")


def test_first_year_holds_the_usual_places_open(person, union, clerk):
    load_chart(YEAR)
    content = download(person, open_year(union, YEAR))
    sheets = spreadsheets.read(content)
    assert (sheets.of("income"), sheets.of("expenditure"), figures(content)) == ([], [], {})
    assert len(sheets.of("history")) == 14


def test_what_is_typed_stands_and_ends_the_offer_of_its_side(person, opened, published):
    stated = (
        Prior(at="T2.total.general_own", amount=wan("130.00"), basis=PriorBasis.EXECUTION),
        Prior(at="T3.total.basic", amount=wan("131.00")),
    )
    words = reasons({"T5.2012901.total": "人员增加"})
    facts = (income(Fund.SPECIAL_ACCOUNT, "5.00"),)
    typed = replace(ledger.read_filing(opened), facts=facts, priors=stated, words=words)
    ledger.replace_filing(opened, typed)
    content = download(person, opened)
    sheets = spreadsheets.read(content)
    assert [(row["fund"], row["amount"]) for row in sheets.of("income")] == [
        (Fund.SPECIAL_ACCOUNT, wan("5.00"))
    ]
    assert len(sheets.of("expenditure")) == 29
    first = sheets.of("history")[0]
    assert (first["prior"], first["basis"]) == (wan("130.00"), PriorBasis.EXECUTION)
    found = figures(content)
    assert (found["T3.total.basic"], found["T5.2012901.total"]) == (wan("131.00"), wan("49.74"))
    reason = [row["reason"] for row in sheets.of("history") if row["code"] == "2012901"]
    assert reason == ["人员增加"]


def test_codes_of_this_year_have_a_place_to_compare_at(person, opened, published):
    facts = balance_facts(spend("3.00", "2050203"))
    ledger.replace_filing(opened, replace(ledger.read_filing(opened), facts=facts))
    found = figures(download(person, opened))
    assert found["T5.2050203.total"] == Decimal("0.00")
    assert found["T5.2012901.total"] == wan("49.74")


def fill_in(content, project="127.71"):
    """Every offered line with last year's amount, in 万元."""
    book = load_workbook(io.BytesIO(content))
    book["收入"]["C4"], book["收入"]["C5"] = Decimal("138.18"), Decimal(project)
    sheet = book["支出明细"]
    amounts = ITEMS | PERSONNEL | OPERATING
    for row in sheet.iter_rows(min_row=4):
        function, economic, name, amount = (row[index] for index in (3, 5, 7, 8))
        known = project if name.value else amounts[function.value or economic.value]
        amount.value = Decimal(known)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_filled_template_is_accepted(person, opened, published):
    preview = send(person, opened, fill_in(download(person, opened)))
    assert (preview.context["errors"], preview.context["others"]) == ([], [])
    accept(person, opened, preview)
    filing = ledger.read_filing(opened)
    own = {(fact.function, fact.economic, fact.project): fact.amount for fact in filing.facts}
    last = {(f.function, f.economic, f.project): f.amount for f in union_filing().facts}
    moved = {**last, ("2012901", "", NEXT_PROJECT): last["2012901", "", PROJECT]}
    gone = ("2012901", "", PROJECT), ("", "301", "")
    assert own == {key: amount for key, amount in moved.items() if key not in gone}
    assert [plan.name for plan in filing.projects] == [NEXT_PROJECT]
    outcomes = {
        finding.id: finding.result.value
        for finding in draft_budget(opened).checks
        if finding.id in ("last-year-published", "last-year-sum", "T1-balance")
    }
    assert outcomes == {
        "last-year-published": "passed",
        "last-year-sum": "passed",
        "T1-balance": "passed",
    }


def test_accepted_template_downloads_again_as_it_was(person, opened, published):
    accept(person, opened, send(person, opened, fill_in(download(person, opened))))
    preview = send(person, opened, download(person, opened))
    assert (preview.context["errors"], preview.context["count"]) == ([], 0)


def test_untouched_template_tells_what_is_left_out_and_writes_no_money(person, opened, published):
    before = ledger.read_filing(opened)
    preview = send(person, opened, download(person, opened))
    assert preview.context["errors"] == []
    assert [f"{p.place}：{p.message}" for p in preview.context["others"]] == [
        "收入：没有填金额的 2 行（第 4—5 行）未导入。",
        "支出明细：没有填金额的 29 行（第 4—32 行）未导入。",
        "项目：没有金额、只有名称的 1 个项目（第 4 行）未导入。",
    ]
    accept(person, opened, preview)
    after = ledger.read_filing(opened)
    assert {prior.at: prior.amount for prior in after.priors} == {
        at: wan(amount) for at, amount in PUBLISHED.items()
    }
    assert replace(after, priors=()) == before


def test_typed_figure_that_was_published_differently_is_told_with_both(opened, published):
    stated = (Prior(at="T5.2012901.total", amount=wan("50.00")),)
    ledger.replace_filing(opened, replace(ledger.read_filing(opened), priors=stated))
    told = [
        finding.message
        for finding in draft_budget(opened).checks
        if finding.id == "last-year-published"
    ]
    assert told == [
        "表5 2012901 行政运行 合计的上年数填的是50.00万元，上年公开的是49.74万元，"
        "已采用上年公开的数。"
    ]


def test_code_that_this_years_chart_lacks_is_offered_nowhere(person, opened, published):
    FunctionCode.objects.filter(year=YEAR, code="2210201").delete()
    sheets = spreadsheets.read(download(person, opened))
    codes = {row["function"] for row in sheets.of("expenditure")}
    assert "2210201" not in codes
    assert "2210201" not in {row["code"] for row in sheets.of("history")}
    assert len(codes) == len(ITEMS)


def test_department_offers_each_unit_its_own_lines(db):
    load_chart(2025, YEAR)
    parent = Department.objects.create(code="201", name="某县教育局")
    units = [
        Department.objects.create(code=code, name=name, parent=parent)
        for code, name in (("201001", "本级"), ("201002", "第一中学"))
    ]
    for year in (2025, YEAR):
        for department in (*units, parent):
            Budget.objects.create(department=department, year=year)
    for number, unit in enumerate(units, start=1):
        facts = balance_facts(spend(f"{number}.00", "2050203", unit=unit.code))
        kept = Budget.objects.get(department=unit, year=2025)
        facts = tuple(replace(fact, unit=unit.code) for fact in facts)
        ledger.replace_filing(kept, Filing(department=unit.organisation, year=2025, facts=facts))
    whole = Budget.objects.get(department=parent, year=YEAR)
    content = write_template(whole, ledger.read_filing(whole))
    sheets = spreadsheets.read(content)
    assert [(row["unit"], row["function"]) for row in sheets.of("expenditure")] == [
        ("201001", "2050203"),
        ("201002", "2050203"),
    ]
    assert [row["code"] for row in sheets.of("units")] == ["201001", "201002"]
    assert figures(content)["T5.2050203.total"] == wan("3.00")


def test_template_is_small(person, opened, published):
    assert len(download(person, opened)) < 60 * 1024
