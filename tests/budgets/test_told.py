"""Every filling, upload, outcome, import and command leaves exactly one entry in the log."""

from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from budgets import ledger
from budgets.audit import pair_changes
from budgets.domain.facts import Fact, Fund, Nature, Side
from budgets.importing.new_year import open_year
from budgets.importing.uploads import (
    DecidedError,
    accept_upload,
    discard_upload,
    import_workbook,
    repeat_upload,
    sum_filing,
)
from budgets.models import Budget, Department, EconomicCode, FunctionCode, Upload
from tests.disclosures.workplace.clerk.test_saving import send
from tests.factories.books import SMALL, fill
from tests.factories.people import hire
from tests.factories.random_filings import CHART, DEPARTMENT
from tests.factories.uploads import examine_here, upload_examined
from tests.told import list_told

pytestmark = pytest.mark.django_db
YEAR = SMALL.year


@pytest.fixture
def budget():
    for model, codes in ((FunctionCode, CHART.functions), (EconomicCode, CHART.economics)):
        model.objects.bulk_create(model(year=YEAR, code=c, name=n) for c, n in codes.items())
    department = Department.objects.create(code=DEPARTMENT.code, name=DEPARTMENT.name)
    return Budget.objects.create(department=department, year=YEAR)


@pytest.fixture
def clerk(budget):
    return hire("clerk", budget.department, "clerk")


def test_opened_year_is_told_once(budget, clerk):
    FunctionCode.objects.create(year=YEAR + 1, code="201", name="一般公共服务支出")
    for _ in range(2):
        open_year(budget.department, YEAR + 1, clerk)
    assert list_told("action", "name", "year", "after") == [
        ("open", "clerk", YEAR + 1, {"承接": str(budget), "状态": "填报中"})
    ]


def test_saved_screen_is_told_field_by_field_and_an_unchanged_one_not_at_all(budget, clerk):
    terms = [{"term": "工会经费", "meaning": "旧"}]
    for meaning in ("旧", "旧", "新"):
        rows = [term | {"meaning": meaning} for term in terms]
        assert send(budget, "glossary", rows, clerk).is_saved
    told = list_told("action", "name", "subject", "words", "before", "after")
    assert [each[:4] for each in told] == [("save", "clerk", str(budget), "保存“名词解释”")] * 2
    assert told[1][4:] == (
        {"名词解释：第1行“解释”": "旧"},
        {"名词解释：第1行“解释”": "新"},
    )


def test_refused_screen_is_not_told(budget, clerk):
    assert not send(budget, "income", [{"fund": "没有的", "amount": "1"}], clerk).is_saved
    assert list_told("action") == []


def test_workbook_is_told_from_its_arrival_to_its_end(budget, clerk):
    content = fill()
    upload = upload_examined(budget, content, clerk)
    accept_upload(upload, clerk, upload.basis)
    again = repeat_upload(upload, clerk)
    examine_here(budget)
    discard_upload(again, clerk)
    for late in (
        lambda: discard_upload(again, clerk),
        lambda: accept_upload(again, clerk, again.basis),
    ):
        with pytest.raises(DecidedError):
            late()
    told = list_told("action", "name", "before", "after")
    assert [each[:2] for each in told] == [
        ("upload", "clerk"),
        ("import", "clerk"),
        ("restore", "clerk"),
        ("discard", "clerk"),
    ]
    assert told[0][3]["文件摘要"] == upload.sha256
    assert [each[3].get("结果") for each in told] == ["等待检查", None, "等待检查", "已放弃"]
    before, after = told[1][2:]
    assert (before["收入合计（元）"], before["明细行数"]) == ("0.00", 0)
    assert after["明细行数"] == len(SMALL.facts)
    assert {place for place in after if place.startswith("收入：")}
    assert ledger.read_filing(budget).facts == SMALL.facts


def test_file_that_was_refused_is_told_with_who_sent_it(budget, clerk):
    upload_examined(budget, b"no workbook", clerk)
    told = list_told("action", "name", "after")
    assert [each[:2] for each in told] == [("upload", "clerk"), ("refuse", "clerk")]
    counts = [(each[2].get("问题"), each[2]["结果"]) for each in told]
    assert counts == [(None, "等待检查"), (1, "有错误")]


def test_command_and_refused_file_are_told_without_a_person(budget):
    assert import_workbook(fill(), filename="预算.xlsx").is_accepted
    assert not import_workbook(b"no workbook", filename="坏.xlsx").is_accepted
    fields = ("action", "person", "name", "address", "subject")
    assert list_told(*fields) == [
        ("import", None, "命令行", "", str(budget)),
        ("refuse", None, "命令行", "", "坏.xlsx"),
    ]
    assert Upload.objects.count() == 2


def test_department_registered_by_a_file_is_told(budget):
    budget.delete()
    Department.objects.all().delete()
    assert import_workbook(fill(), filename="预算.xlsx", register=True).is_accepted
    assert [each[0] for each in list_told("action")] == ["add", "import"]


def test_large_import_is_told_by_its_sums(budget, monkeypatch):
    monkeypatch.setattr("budgets.importing.uploads.MOST_LINES", 0)
    import_workbook(fill(), filename="预算.xlsx")
    [(before, after)] = list_told("before", "after")
    sums = {"收入合计（元）", "支出合计（元）", "明细行数", "项目数"}
    assert set(before) == sums
    assert set(after) == sums | {"文件", "文件摘要", "大小（字节）", "问题"}


def test_loaded_chart_is_told_once_with_the_codes_that_changed(tmp_path):
    for names in (("甲", "乙"), ("甲", "乙"), ("甲", "丙")):
        path = tmp_path / "codes.csv"
        lines = [f"{code},{name}" for code, name in zip(("201", "205"), names, strict=True)]
        path.write_text("\n".join(["code,name", *lines]), encoding="utf-8")
        call_command("load_chart", year=2030, functions=path, stdout=StringIO())
    told = list_told("action", "name", "year", "before", "after")
    assert [each[:3] for each in told] == [("load", "命令行", 2030)] * 2
    assert set(told[0][4]) == {"201", "205"}
    assert set(told[1][4]) == {"205"}
    assert (told[1][3]["205"][0], told[1][4]["205"][0]) == ("乙", "丙")


def test_granted_roles_are_told_only_where_they_change():
    call_command("grant_roles")
    first = list_told("action", "subject")
    call_command("grant_roles")
    assert [each[0] for each in first] == ["grant"] * 3
    assert list_told("action", "subject") == first


def test_changed_fields_beyond_two_hundred_are_counted():
    sides = pair_changes((f"处{n}", "旧", "新") for n in range(250))
    assert len(sides["before"]) == len(sides["after"]) == 201
    assert sides["after"]["其余"] == "另有50处不同"
    assert pair_changes([("同", "a", "b"), ("同", "c", "d")]) == {
        "before": {"同": "a", "同（2）": "c"},
        "after": {"同": "b", "同（2）": "d"},
    }


def test_sums_of_a_filing_count_no_money_twice():
    def fact(side, amount, **more):
        return Fact(unit="1", side=side, fund=Fund.GENERAL_OWN, amount=Decimal(amount), **more)

    basic = {"nature": Nature.BASIC}
    facts = (
        fact(Side.INCOME, "100.00"),
        fact(Side.INCOME, "7.00", internal=True),
        fact(Side.EXPENDITURE, "100.00", function="2012901", **basic),
        fact(Side.EXPENDITURE, "100.00", economic="30101", nature=Nature.PERSONNEL),
        fact(Side.EXPENDITURE, "7.00", function="2012901", internal=True, **basic),
    )
    assert sum_filing(replace(SMALL, facts=facts, projects=())) == {
        "收入合计（元）": Decimal("100.00"),
        "支出合计（元）": Decimal("100.00"),
        "明细行数": 5,
        "项目数": 0,
    }
