"""The workplace on a phone: nothing is cut off, and no page scrolls sideways."""

import pytest

from budgets import ledger
from budgets.models import Budget, Department, Post
from tests.factories.people import hire, load_chart
from tests.factories.union import union_filing
from tests.factories.uploads import upload_examined

pytestmark = pytest.mark.django_db(transaction=True)
YEAR, CODE = 2025, "107001"
HOME = f"/admin/workplace/{YEAR}/{CODE}/"
PAGES = (
    "",
    "sheet/income/",
    "sheet/expenditure/",
    "sheet/projects/",
    "project/1/",
    "words/",
    "upload/",
    "checks/",
    "differences/",
    "confirm/",
)
WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.fixture
def budget(transactional_db):
    """Filled, with an upload that was refused."""
    load_chart(YEAR)
    department = Department.objects.create(code=CODE, name="尉犁县总工会")
    clerk = hire("clerk", department, Post.CLERK)
    budget = Budget.objects.create(department=department, year=YEAR)
    ledger.replace_filing(budget, union_filing())
    upload_examined(budget, b"PK", clerk, "一个名字很长的预算工作簿（最后修改稿）.xlsx")
    return budget


@pytest.fixture
def page(budget, open_window):
    """The clerk's phone, at the task list."""
    page = open_window(viewport={"width": 390, "height": 844})
    page.goto(f"/admin/login/?next={HOME}")
    page.get_by_label("用户名").fill("clerk")
    page.get_by_label("密码").fill("x")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**{HOME}")
    return page


def test_no_page_of_the_workplace_scrolls_sideways(budget, page):
    own = f"upload/{budget.uploads.get().pk}/"
    for path in (*(f"{HOME}{each}" for each in (*PAGES, own)), "/admin/password_change/"):
        page.goto(path)
        content, window = page.evaluate(WIDTHS)
        assert content <= window, path


def test_total_of_the_income_covers_no_row(page):
    page.goto(f"{HOME}sheet/income/")
    total = page.locator(".standing").bounding_box()
    last = page.locator(".rows tbody tr").last.bounding_box()
    assert total["y"] >= last["y"] + last["height"]


def test_amounts_of_a_difference_stand_beside_their_row(page):
    page.goto(f"{HOME}differences/")
    for amount in page.locator(".amounts tbody tr").first.locator("td").all():
        box = amount.bounding_box()
        assert box["x"] + box["width"] <= 390
