"""A budget's way over four desks: submitted, returned at a figure, mended, approved, published."""

import pytest
from playwright.sync_api import expect

from budgets import ledger
from budgets.access import Role
from budgets.models import Budget, Department, Post
from tests.cast import appoint, hire, load_chart
from tests.disclosures.union import union_filing

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/admin/workplace/2025/107001/"


@pytest.fixture
def budget(transactional_db):
    load_chart(2025)
    department = Department.objects.create(code="107001", name="尉犁县总工会")
    hire("clerk", department, Post.CLERK)
    hire("head", department, Post.HEAD)
    appoint("reviewer", Role.REVIEWER)
    appoint("bureau", Role.BUREAU_ADMIN)
    budget = Budget.objects.create(department=department, year=2025)
    ledger.replace(budget, union_filing())
    return budget


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
        windows[name].goto(HOME + path)
        return windows[name]

    return enter


def press(page, *buttons):
    for button in buttons:
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator(".messages")).to_be_visible()


def test_budget_is_returned_at_a_figure_mended_approved_and_published(budget, as_person):
    press(as_person("head", "confirm/"), "确认", "报送")
    desk = as_person("reviewer", "preview/")
    desk.locator("[id='T3.2012901.project']").click()
    expect(desk.get_by_label("位置")).to_have_value(
        "表3 部门支出总体情况表 · 201 29 01 行政运行 · 项目支出（127.71）｜T3.2012901.project"
    )
    desk.get_by_label("意见：哪里不对，怎样改").fill("请写明依据")
    press(desk, "提意见")
    press(as_person("reviewer", "confirm/"), "退回")

    clerk = as_person("clerk", "sheet/expenditure/")
    expect(clerk.get_by_label("审核意见")).to_contain_text("请写明依据")
    clerk.get_by_role("link", name="到意见页答复").click()
    clerk.get_by_label("答复：怎样改的，或者为什么不改").fill("依据是年初批复")
    press(clerk, "答复")

    press(as_person("head", "confirm/"), "确认", "报送")
    press(as_person("reviewer", "comments/"), "标为已解决")
    press(as_person("reviewer", "confirm/"), "批复")
    bureau = as_person("bureau", "confirm/")
    press(bureau, "公开")
    expect(bureau.get_by_text("已批复 → 已公开")).to_be_visible()
    bureau.goto("/2025/107001/")
    expect(bureau.locator("h1")).to_have_text("尉犁县总工会2025年部门预算公开")
    expect(bureau.locator("[id='T3.2012901.project']")).to_have_text("127.71")
