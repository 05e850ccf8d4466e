"""While a worker examines a file its page tells how far it is, and then becomes the preview."""

import pytest
from django.db.models.functions import Now
from playwright.sync_api import expect

from budgets.importing.examination_queue import examine_next
from budgets.importing.new_year import open_year
from budgets.models import Department, Post
from disclosures.models import WorkerTurn
from tests.browser.test_filing_path import XLSX
from tests.factories.books import SMALL, change, fill
from tests.factories.people import hire, load_chart
from tests.factories.random_filings import DEPARTMENT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def budget(transactional_db):
    """Opened, with a clerk, while a worker lives: no request examines anything itself."""
    load_chart(SMALL.year)
    department = Department.objects.create(code=DEPARTMENT.code, name=DEPARTMENT.name)
    hire("clerk", department, Post.CLERK)
    WorkerTurn.objects.create(name="某台机器", at=Now())
    return open_year(department, SMALL.year)


@pytest.fixture(params=["with scripts", "without scripts"])
def page(request, budget, open_window):
    """The clerk's window at the task list, which is on a phone without scripts."""
    has_scripts = request.param == "with scripts"
    width = 1280 if has_scripts else 390
    page = open_window(java_script_enabled=has_scripts, viewport={"width": width, "height": 844})
    page.goto("/admin/workplace/")
    page.get_by_label("用户名").fill("clerk")
    page.get_by_label("密码").fill("x")
    page.get_by_role("button", name="登录").click()
    page.goto(f"/admin/workplace/{SMALL.year}/{DEPARTMENT.code}/upload/")
    return page


def send(page, content):
    file = {"name": "预算.xlsx", "mimeType": XLSX, "buffer": content}
    page.get_by_label("工作簿（.xlsx）").set_input_files(file)
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator("h1")).to_have_text("正在检查：预算.xlsx")
    expect(page.get_by_role("heading", name="等待检查，马上开始")).to_be_visible()


def test_page_becomes_the_preview_by_itself(page, budget):
    send(page, fill())
    assert examine_next().budget == budget
    expect(page.locator("h1")).to_have_text("导入预览：预算.xlsx")
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator(".messages")).to_have_text("已导入“预算.xlsx”。")


def test_page_becomes_the_list_of_errors_by_itself(page):
    send(page, change(fill(), {"收入!C4": "三万"}))
    examine_next()
    expect(page.get_by_role("alert")).to_contain_text("收入!C4")
    expect(page.get_by_role("link", name="下载标出问题的工作簿")).to_be_visible()


def test_page_that_is_told_to_stand_still_asks_no_more(page):
    send(page, fill())
    page.get_by_role("link", name="停止更新").click()
    expect(page.get_by_text("已停止自动更新")).to_be_visible()
    assert page.locator("script[src*=examination], noscript meta").count() == 0
    examine_next()
    page.get_by_role("link", name="看检查完了没有").click()
    expect(page.locator("h1")).to_have_text("导入预览：预算.xlsx")
