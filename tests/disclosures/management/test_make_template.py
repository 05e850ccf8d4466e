"""The template from the command line: this year's filing, or last year's as a start, or nothing."""

from decimal import Decimal
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from budgets import ledger, spreadsheets
from budgets.models import Budget, Department

pytestmark = pytest.mark.django_db
SAMPLE = settings.BASE_DIR / "samples" / "尉犁县总工会-2025.xlsx"


@pytest.fixture(autouse=True)
def chart():
    call_command("load_chart", stdout=StringIO())


def run(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def test_template_holds_what_is_known_of_the_year(tmp_path):
    run("import_budget", SAMPLE, create_department=True)
    path = tmp_path / "表.xlsx"
    told = run("make_template", "107001", 2025, unit="元", output=path)
    assert told == [f"已生成 {path}，{path.stat().st_size / 1024:.0f} KB。"]
    before = ledger.read_filing(Budget.objects.get())
    run("import_budget", path)
    assert ledger.read_filing(Budget.objects.get()) == before


def test_template_of_a_new_year_holds_what_lasts(tmp_path):
    run("import_budget", SAMPLE, create_department=True)
    run("load_chart", year=2026, copy_from=2025)
    path = tmp_path / "表.xlsx"
    run("make_template", "107001", 2026, output=path)
    sheets = spreadsheets.read(path.read_bytes())
    assert sheets.form("cover")["year"] == 2026
    assert sheets.form("profile")["serving"] == 6
    assert [(row["fund"].value, row["amount"]) for row in sheets.of("income")] == [
        ("general_own", None),
        ("other_income", None),
    ]
    assert len(sheets.of("expenditure")) == 29
    first = sheets.of("history")[0]
    assert (first["place"].label, first["prior"]) == (
        "收入：一般公共预算",
        Decimal("1381800.00"),
    )
    run("make_template", "107001", 2026, output=path, blank=True)
    assert spreadsheets.read(path.read_bytes()).form("profile")["serving"] is None


def test_blank_template_is_small_and_lists_the_units(tmp_path):
    parent = Department.objects.create(code="107", name="某县总工会")
    Department.objects.create(code="107001", name="本级", parent=parent)
    path = tmp_path / "表.xlsx"
    run("make_template", "107", 2025, output=path)
    assert path.stat().st_size < 60 * 1024
    rows = spreadsheets.read(path.read_bytes()).of("units")
    assert [(row["code"], row["name"]) for row in rows] == [("107001", "本级")]


@pytest.mark.parametrize(
    ("code", "year", "message"),
    [
        ("999", 2025, "系统里没有登记编码为 999 的部门。"),
        ("107", 2030, "系统里没有 2030 年度的科目代码表，请先运行 load_chart。"),
    ],
)
def test_template_needs_a_department_and_a_chart(code, year, message):
    Department.objects.create(code="107", name="某县总工会")
    with pytest.raises(CommandError, match=message):
        run("make_template", code, year)


def test_template_that_cannot_be_written_is_told(tmp_path):
    Department.objects.create(code="107", name="某县总工会")
    with pytest.raises(CommandError, match="写不了"):
        run("make_template", "107", 2025, output=tmp_path / "无" / "表.xlsx")
