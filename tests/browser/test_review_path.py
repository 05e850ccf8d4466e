"""A budget's way over five desks: filed, returned at a figure, published with all, corrected."""

import csv
from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from budgets import spreadsheets
from budgets.domain.facts import Fund
from budgets.models import Budget, Department, Entry, Post
from disclosures.publishing import worker
from disclosures.workflow.access import Role
from tests.factories.approved import file_approved
from tests.factories.filings import CHART
from tests.factories.people import appoint, hire, load_chart
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/admin/workplace/2025/107001/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What the log tells of the budget, in the order in which it happened.
FILED = ["上传工作簿", "导入工作簿"]
CONFIRMED = ["确认", "报送"]
PUBLISHED = ["生成公开版本", "公开"]
TOLD = [
    *(*FILED, *CONFIRMED, "提出意见", "退回"),
    *(*FILED, "答复意见", *CONFIRMED, "解决意见", "批复", *PUBLISHED),
    *("更正", *FILED, *CONFIRMED, "批复", *PUBLISHED),
]


@pytest.fixture
def budget(transactional_db):
    """Empty; beside it another department's, approved. Everybody is there."""
    load_chart(2025)
    department = Department.objects.create(code="107001", name="尉犁县总工会")
    hire("clerk", department, Post.CLERK)
    hire("head", department, Post.HEAD)
    appoint("reviewer", Role.REVIEWER)
    appoint("auditor", Role.AUDITOR)
    file_approved(1, appoint("bureau", Role.BUREAU_ADMIN))
    return Budget.objects.create(department=department, year=2025)


@pytest.fixture
def as_person(open_window):
    """A window of a person, logged in, on a page of the budget; each has one window."""
    windows = {}

    def enter(name, path):
        if name not in windows:
            page = windows[name] = open_window()
            page.goto("/admin/login/")
            page.get_by_label("用户名").fill(name)
            page.get_by_label("密码").fill("x")
            page.get_by_role("button", name="登录").click()
        windows[name].goto(path if path.startswith("/") else HOME + path)
        return windows[name]

    return enter


def press_buttons(page, *buttons):
    for button in buttons:
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator(".messages")).to_be_visible()


def write(unit_funds):
    """The filing as a workbook, with so much money (万元) from elsewhere, all for the project."""
    amount, filing = Decimal(unit_funds) * 10_000, union_filing()
    facts = tuple(
        replace(fact, amount=amount) if fact.fund is Fund.OTHER_INCOME else fact
        for fact in filing.facts
    )
    return spreadsheets.fill_template(replace(filing, facts=facts), CHART)


def upload(page, content):
    """Send a workbook, look at its preview, take it."""
    file = {"name": "预算.xlsx", "mimeType": XLSX, "buffer": content}
    page.get_by_label("工作簿（.xlsx）").set_input_files(file)
    page.get_by_role("button", name="上传并预览").click()
    press_buttons(page, "确认导入")


def return_at_a_figure(as_person):
    desk = as_person("reviewer", "preview/")
    desk.locator("[id='T3.2012901.project']").click()
    expect(desk.get_by_label("位置")).to_have_value(
        "表3 部门支出总体情况表 · 201 29 01 行政运行 · 项目支出（128.71）｜T3.2012901.project"
    )
    desk.get_by_label("意见：哪里不对，怎样改").fill("多了1万元")
    press_buttons(desk, "提意见")
    press_buttons(as_person("reviewer", "confirm/"), "退回")


def mend(as_person):
    clerk = as_person("clerk", "sheet/expenditure/")
    expect(clerk.get_by_label("审核意见")).to_contain_text("多了1万元")
    upload(as_person("clerk", "upload/"), write("127.71"))
    clerk = as_person("clerk", "comments/")
    clerk.get_by_label("答复：怎样改的，或者为什么不改").fill("已减去")
    press_buttons(clerk, "答复")


def publish_all(as_person):
    bureau = as_person("bureau", "/admin/workplace/release/?year=2025")
    expect(bureau.get_by_role("checkbox", checked=True)).to_have_count(2)
    bureau.get_by_role("button", name="公开选中的部门").click()
    expect(bureau.get_by_text("2个部门，办结0个")).to_be_visible()
    # The tests' database in memory would turn a reader away who comes while it is written to.
    bureau.get_by_role("link", name="停止更新").click()
    expect(bureau.get_by_text("已停止自动更新")).to_be_visible()
    worker.tend_queue()
    assert len(list(iter(worker.publish_next.call, ""))) == 2
    bureau.reload()
    expect(bureau.get_by_text("2个部门，办结2个")).to_be_visible()


def correct(as_person):
    bureau = as_person("bureau", "confirm/")
    bureau.get_by_label("更正的原因（会公开）").fill("漏列捐赠收入")
    press_buttons(bureau, "更正")
    upload(as_person("clerk", "upload/"), write("128.71"))
    press_buttons(as_person("head", "confirm/"), "确认", "报送")
    press_buttons(as_person("reviewer", "confirm/"), "批复")
    press_buttons(as_person("bureau", "confirm/"), "公开")


def look_at_the_change(page):
    page.goto("/2025/107001/v2/changes/")
    expect(page.locator("h1")).to_have_text("第1版到第2版的变化")
    expect(page.locator(".reasons")).to_contain_text("漏列捐赠收入")
    table = page.get_by_role("region", name="表3 部门支出总体情况表")
    row = table.get_by_role("row").filter(has_text="行政运行").filter(has_text="项目支出")
    expect(row.get_by_role("cell")).to_have_text(["项目支出", "127.71", "128.71", "+1.00"])


def audit(page):
    """The auditor finds all of it in the log, and takes it along."""
    page.get_by_label("部门（编码或名称）").fill("107001")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("status")).to_have_text(f"{len(TOLD)} 条")
    with page.expect_download() as caught:
        page.get_by_role("link", name="导出 CSV").click()
    rows = list(csv.DictReader(caught.value.path().open(encoding="utf-8-sig")))
    assert [row["操作"] for row in reversed(rows)] == TOLD


def test_budget_goes_from_an_empty_form_to_a_correction_and_the_log_tells_all(budget, as_person):
    upload(as_person("clerk", "upload/"), write("128.71"))
    press_buttons(as_person("head", "confirm/"), "确认", "报送")
    return_at_a_figure(as_person)
    mend(as_person)
    press_buttons(as_person("head", "confirm/"), "确认", "报送")
    press_buttons(as_person("reviewer", "comments/"), "标为已解决")
    press_buttons(as_person("reviewer", "confirm/"), "批复")
    publish_all(as_person)
    correct(as_person)
    look_at_the_change(as_person("bureau", "confirm/"))
    audit(as_person("auditor", "/admin/workplace/log/"))
    told = StringIO()
    call_command("verify_log", stdout=told)
    call_command("verify_disclosures", stdout=told)
    head = Entry.objects.head()
    assert f"{head.number}:{head.digest}\n" in told.getvalue()
