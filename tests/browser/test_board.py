"""A morning in the bureau: a reviewer finds his own departments, one is released from the board."""

import pytest
from playwright.sync_api import expect

from budgets.models import Department
from disclosures.models import ReleaseItem
from disclosures.workflow.access import Role
from tests.factories.approved import file_approved
from tests.factories.people import appoint, load_chart

pytestmark = pytest.mark.django_db(transaction=True)
BOARD = "/admin/workplace/board/"


@pytest.fixture
def county(transactional_db):
    """Two approved departments and one that has not begun, which is the reviewer's own too."""
    load_chart(2025)
    first, _ = file_approved(2, appoint("bureau", Role.BUREAU_ADMIN))
    idle = Department.objects.create(code="300", name="某县档案馆")
    reviewer = appoint("reviewer", Role.REVIEWER)
    for department in (first.department, idle):
        department.reviewers.add(reviewer)


def enter(page, name):
    page.goto(f"/admin/login/?next={BOARD}")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill("x")
    page.get_by_role("button", name="登录").click()


def expect_departments(page, *names):
    expect(page.locator(".board tbody th a, .board tbody th:not(:has(a))")).to_contain_text(names)


def test_reviewer_finds_the_own_departments_and_bureau_releases_one(county, open_window):
    desk = open_window()
    enter(desk, "reviewer")
    expect_departments(desk, "某县第1办公室", "某县档案馆")
    desk.get_by_label("状态", exact=True).select_option(label="已批复")
    desk.get_by_role("button", name="筛选").click()
    expect_departments(desk, "某县第1办公室")
    desk.get_by_role("link", name="全部部门").click()
    expect_departments(desk, "某县第1办公室", "某县第2办公室")
    for order in ("ascending", "descending"):
        desk.get_by_role("link", name="部门", exact=True).click()
        expect(desk.locator(f"th[aria-sort={order}]")).to_be_visible()
    expect_departments(desk, "某县第2办公室", "某县第1办公室")
    bureau = open_window()
    enter(bureau, "bureau")
    bureau.get_by_role("link", name="到公开页").click()
    bureau.get_by_role("link", name="全不选").click()
    bureau.get_by_label("某县第2办公室").check()
    bureau.get_by_role("button", name="公开选中的部门").dblclick()
    expect(bureau.get_by_text("1个部门，办结0个")).to_be_visible()
    bureau.get_by_role("link", name="停止更新").click()
    expect(bureau.get_by_text("已停止自动更新")).to_be_visible()
    assert [item.budget.department.code for item in ReleaseItem.objects.all()] == ["202"]
