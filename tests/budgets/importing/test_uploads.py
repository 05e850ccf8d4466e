"""A workbook comes in: all of it becomes the filing, or nothing but the record is written."""

import hashlib

import pytest
from django.contrib.auth.models import User

from budgets import ledger, spreadsheets
from budgets.importing.examination import examine_file
from budgets.importing.uploads import examine_workbook, import_workbook, prepare_examination
from budgets.models import Budget, CodeStatus, Department, EconomicCode, FunctionCode, State, Upload
from tests.factories.books import SMALL, change, fill
from tests.factories.random_filings import CHART, DEPARTMENT, UNITS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def chart():
    for model, names in ((FunctionCode, CHART.functions), (EconomicCode, CHART.economics)):
        model.objects.bulk_create(
            model(year=2025, code=code, name=name) for code, name in names.items()
        )


@pytest.fixture
def department():
    return Department.objects.create(code=DEPARTMENT.code, name=DEPARTMENT.name)


def test_good_workbook_becomes_the_filing(department):
    who = User.objects.create(username="clerk")
    taken = import_workbook(fill(), filename="表.xlsx", who=who)
    assert (taken.is_accepted, taken.problems) == (True, [])
    assert ledger.read_filing(taken.budget) == SMALL
    upload = Upload.objects.get()
    assert (upload.budget, upload.who, upload.result) == (taken.budget, who, "accepted")
    assert bytes(upload.content) == fill()
    assert upload.sha256 == hashlib.sha256(fill()).hexdigest()


def test_refused_workbook_changes_nothing_but_is_recorded(department):
    import_workbook(fill(), filename="好.xlsx")
    taken = import_workbook(change(fill(), {"收入!C4": 0}), filename="坏.xlsx")
    assert (taken.is_accepted, taken.budget) == (False, None)
    assert [problem.place for problem in taken.problems] == ["收入!C4"]
    assert ledger.read_filing(Budget.objects.get()) == SMALL
    upload = Upload.objects.get(filename="坏.xlsx")
    assert (upload.result, upload.budget) == ("refused", None)
    assert upload.problems == [problem.as_json() for problem in taken.problems]


def test_file_that_is_none_is_recorded_without_a_budget():
    taken = import_workbook(b"%PDF-1.4", filename="表.pdf")
    assert [problem.message for problem in taken.problems] == ["这是 PDF 文件，不是工作簿。"]
    assert bytes(Upload.objects.get().content) == b"%PDF-1.4"


def test_file_too_large_is_recorded_without_its_content():
    content = b"PK\x03\x04" + b"0" * spreadsheets.LARGEST_FILE
    import_workbook(content, filename="大" * 300)
    upload = Upload.objects.get()
    assert (bytes(upload.content), upload.size) == (b"", len(content))
    assert len(upload.filename) == 255


def test_department_must_be_registered_unless_told_otherwise():
    assert not import_workbook(fill(), filename="x").is_accepted
    assert not Department.objects.exists()
    taken = import_workbook(fill(), filename="x", register=True)
    assert taken.budget.department.organisation == DEPARTMENT


def test_units_are_registered_with_their_department():
    edits = {"所属单位!A4": UNITS[0].code, "所属单位!B4": UNITS[0].name}
    edits |= {f"收入!A{row}": UNITS[0].code for row in (4, 5)}
    edits |= {f"支出明细!A{row}": UNITS[0].code for row in (4, 5, 6, 7)}
    edits |= {"项目!A4": UNITS[0].code}
    taken = import_workbook(change(fill(), edits), filename="x", register=True)
    assert taken.problems == []
    assert ledger.read_filing(taken.budget).units == UNITS[:1]
    assert Department.objects.get(code=UNITS[0].code).parent == taken.budget.department


def test_unit_of_another_department_stays_there(department):
    other = Department.objects.create(code="999", name="别的部门")
    Department.objects.create(code=UNITS[0].code, name="别的单位", parent=other)
    edits = {"所属单位!A4": UNITS[0].code, "所属单位!B4": UNITS[0].name}
    edits |= {f"收入!A{row}": UNITS[0].code for row in (4, 5)}
    edits |= {f"支出明细!A{row}": UNITS[0].code for row in (4, 5, 6, 7)}
    edits |= {"项目!A4": UNITS[0].code}
    taken = import_workbook(change(fill(), edits), filename="x", register=True)
    assert [problem.message for problem in taken.problems] == [
        "107 某县总工会没有登记下属单位 107001。"
    ]
    assert not Budget.objects.exists()


def test_locked_budget_is_a_problem_and_no_crash(department):
    budget = Budget.objects.create(department=department, year=2025, state=State.SUBMITTED)
    taken = import_workbook(fill(), filename="x")
    assert [str(problem) for problem in taken.problems] == [
        f"错误　整个文件：{budget}已锁定，不能修改。请联系财政部门。"
    ]
    assert ledger.read_filing(budget).facts == ()
    assert Upload.objects.get().result == "refused"


def test_codes_that_the_chart_lacks_are_kept_for_the_bureau(department):
    edits = {"支出明细!D4": "2012999", "支出明细!E4": "其他群众团体事务支出"}
    assert import_workbook(change(fill(), edits), filename="x").is_accepted
    code = FunctionCode.objects.get(code="2012999")
    assert (code.name, code.status) == ("其他群众团体事务支出", CodeStatus.REPORTED)


def test_refused_workbook_brings_no_codes(department):
    edits = {"支出明细!D4": "2012999", "支出明细!E4": "其他", "收入!C4": 0}
    assert not import_workbook(change(fill(), edits), filename="x").is_accepted
    assert not FunctionCode.objects.filter(code="2012999").exists()


def test_expected_department_and_year_are_held_against_the_cover(department):
    other = Department.objects.create(code="108", name=DEPARTMENT.name)
    budget = Budget.objects.create(department=other, year=2026)
    for model in (FunctionCode, EconomicCode):
        model.objects.for_year(2025).copy_to(2026)
    taken = examine_file(prepare_examination(budget, fill())).verdict
    assert [problem.place for problem in taken.problems] == ["封面!B3", "封面!B5"]


def test_examining_writes_nothing(department):
    assert examine_workbook(fill()).filing == SMALL
    assert not Budget.objects.exists()
    assert not Upload.objects.exists()
