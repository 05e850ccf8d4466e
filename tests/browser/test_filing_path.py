"""A first-time clerk's whole path, from an empty budget to one that the head has confirmed."""

import io
from collections.abc import Mapping

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from budgets import ledger, spreadsheets
from budgets.importing.new_year import open_year
from budgets.models import Department, Post
from budgets.models.budget import State
from tests.factories.filings import CHART
from tests.factories.people import hire, load_chart
from tests.factories.union import PROJECT, USES, union_filing

pytestmark = pytest.mark.django_db(transaction=True)
YEAR, CODE = 2025, "107001"
HOME = f"/admin/workplace/{YEAR}/{CODE}/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LEFT_OUT = USES["T4.208.general"]
GOOD = "没有错误，也没有警告"


@pytest.fixture
def budget(transactional_db):
    """Opened and empty, with a clerk and a head."""
    load_chart(YEAR)
    department = Department.objects.create(code=CODE, name="尉犁县总工会")
    hire("clerk", department, Post.CLERK)
    hire("head", department, Post.HEAD)
    return open_year(department, YEAR)


def enter(page, name):
    """Log in, and open the task list from the list of budgets."""
    page.goto("/admin/workplace/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill("x")
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="打开").click()
    page.wait_for_url(f"**{HOME}")


def step_to(page, title):
    """Follow the navigation to a step."""
    page.get_by_role("navigation", name="步骤").get_by_role("link", name=title).click()
    expect(page.locator("h1")).to_be_visible()


def fill(page, fields: Mapping[str, str]):
    """Type into fields by their ids; a list is chosen from by what it shows."""
    for name, text in fields.items():
        field = page.locator(f"[id='{name}']")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)


def save(page):
    """Press the one primary button of a screen, and see that it was saved."""
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("已保存")


def upload(page, content):
    """Send a workbook, and stand before its preview."""
    step_to(page, "任务清单")
    page.get_by_role("link", name="上传工作簿").click()
    file = {"name": "预算.xlsx", "mimeType": XLSX, "buffer": content}
    page.get_by_label("工作簿（.xlsx）").set_input_files(file)
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator("h1")).to_have_text("导入预览：预算.xlsx")


def download(page, name):
    """The bytes behind a link."""
    with page.expect_download() as caught:
        page.get_by_role("link", name=name).click()
    return caught.value.path().read_bytes()


def write(template, edits=None):
    """The union's filing typed into a template, then the edits made: {"收入!C4": value}."""
    source = load_workbook(io.BytesIO(spreadsheets.fill_template(union_filing(), CHART)))
    book = load_workbook(io.BytesIO(template))
    typed = [cell for sheet in source for row in sheet.iter_rows() for cell in row]
    for cell in typed:
        if cell.data_type != "f" and cell.value is not None and cell.value != LEFT_OUT:
            # A text such as =100% would become a formula.
            target = book[cell.parent.title][cell.coordinate]
            target.value, target.data_type = cell.value, cell.data_type
    for place, value in (edits or {}).items():
        title, _, at = place.partition("!")
        book[title][at] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def confirm_as_head(page):
    """The head reads and confirms."""
    enter(page, "head")
    step_to(page, "确认")
    page.get_by_role("button", name="确认", exact=True).click()
    expect(page.locator(".state").first).to_have_text("已确认")


def test_workbook_leads_from_template_to_confirmation(open_window, budget):
    clerk = open_window(viewport={"width": 1440, "height": 900})
    enter(clerk, "clerk")
    template = download(clerk, "下载模板")
    wrong = {"收入!B4": "县里给的钱", "支出明细!I4": "四十九万", "支出明细!I5": "四十九万"}
    upload(clerk, write(template, wrong))
    errors = clerk.get_by_role("alert").get_by_role("listitem")
    expect(errors).to_have_text(
        [
            "收入!B4：“县里给的钱”不在“资金来源”的列表里。请从下拉列表中选一项。",
            "支出明细!I4、I5：“四十九万”不是数字。请只填数字，不要带单位和文字，例如 1234.56。",
        ]
    )
    marked = load_workbook(io.BytesIO(download(clerk, "下载标出问题的工作簿")))
    assert "不是数字" in marked["支出明细"]["I5"].comment.text
    assert ledger.read_filing(budget).facts == ()

    upload(clerk, write(template))
    expect(clerk.get_by_role("row", name="单位资金（其他收入）").first).to_contain_text("127.71")
    clerk.get_by_role("button", name="确认导入").click()
    expect(clerk.locator(".messages")).to_have_text("已导入“预算.xlsx”。")
    clerk.get_by_role("link", name="下一步：原因与用途").click()
    explain(clerk)
    aim(clerk)
    read_draft(clerk)
    confirm_as_head(open_window())
    step_to(clerk, "任务清单")
    expect(clerk.locator(".state").first).to_have_text("已确认")
    expect(clerk.get_by_role("link", name="上传工作簿")).to_have_count(0)
    budget.refresh_from_db()
    assert budget.state == State.CONFIRMED


def explain(page):
    """Fill the blank that the workbook left, and see the sentence change while typing."""
    blank = page.get_by_label("主要用途").nth(2)
    expect(blank).to_have_value("")
    blank.fill(LEFT_OUT)
    expect(page.locator(".sentence").filter(has_text=f"主要用于{LEFT_OUT}")).to_have_count(1)
    save(page)


def aim(page):
    """Give the project's target a person in charge."""
    step_to(page, "项目与目标")
    page.get_by_role("link", name=PROJECT).click()
    fill(page, {"projects-leader": "乙"})
    save(page)


def read_draft(page):
    """No check fails, and the draft is there as a page and as a PDF."""
    step_to(page, "检查")
    expect(page.get_by_text(GOOD)).to_be_visible()
    step_to(page, "预览")
    expect(page.get_by_role("heading", level=1)).to_contain_text("尉犁县总工会")
    pdf = page.request.get(f"{HOME}preview.pdf")
    assert pdf.ok
    assert pdf.body().startswith(b"%PDF-")
    page.goto(HOME)


INDICATORS = {
    "level1": "产出指标",
    "level2": "数量指标",
    "level3": "培训次数",
    "value": ">=5次",
    "basis": "计划标准",
    "weight": "100",
}
ABOUT = {
    "leader": "乙",
    "goal": "培训五次。",
    "policy_basis": "工会法",
    "executing_unit": "尉犁县总工会",
    "allocation": "培训费10万元",
    "period": "2025年1月至12月",
}
COST = {
    "level1": "成本指标",
    "level2": "经济成本指标",
    "level3": "培训经费",
    "value": "<=10万元",
    "basis": "计划标准",
    "weight": "10",
}


def test_forms_alone_lead_to_confirmation(open_window, budget):
    clerk = open_window(java_script_enabled=False, viewport={"width": 390, "height": 844})
    enter(clerk, "clerk")
    type_money(clerk)
    type_targets(clerk)
    type_words(clerk)
    step_to(clerk, "检查")
    expect(clerk.get_by_text(GOOD)).to_be_visible()
    confirm_as_head(open_window(java_script_enabled=False))
    budget.refresh_from_db()
    assert budget.state == State.CONFIRMED


def type_money(page):
    """Staff, one income line, and one expenditure line of a project."""
    step_to(page, "概况与人员")
    fill(page, {"profile-duties": "维护职工权益。", "profile-offices": "办公室"})
    save(page)
    step_to(page, "收入")
    fill(page, {"income-1-amount": "十万"})
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("“十万”不是数字")
    fill(page, {"income-1-amount": "10"})
    save(page)
    step_to(page, "支出")
    line = {
        "fund": "一般公共预算（一般财力）",
        "nature": "项目支出",
        "function": "2050803",
        "economic": "30216",
        "project": "职工培训",
        "amount": "10",
    }
    fill(page, {f"expenditure-1-{key}": text for key, text in line.items()})
    save(page)


def type_targets(page):
    """The project's target, and the overall one."""
    step_to(page, "项目与目标")
    page.get_by_role("link", name="职工培训").click()
    fill(page, {f"projects-{key}": text for key, text in ABOUT.items()})
    first = INDICATORS | {"weight": "90"}
    fill(page, {f"indicators-1-{key}": text for key, text in first.items()})
    fill(page, {f"indicators-2-{key}": text for key, text in COST.items()})
    save(page)
    step_to(page, "整体目标")
    fill(page, {"overall-contact": "甲", "overall-phone": "0996-0000000", "overall-goal": "培训。"})
    fill(page, {f"indicators-1-{key}": text for key, text in INDICATORS.items()})
    save(page)


def type_words(page):
    """Last year's figures, the reasons and uses that follow from them, and the date."""
    step_to(page, "原因与用途")
    for field in page.locator("input[type=text][name$='-prior']").all():
        field.fill("0")
    save(page)
    needed = page.locator(".ask").filter(has_text="必填").locator("textarea").all()
    for number, field in enumerate(needed, start=1):
        field.fill(f"第{number}处所说的新增培训")
    save(page)
    expect(page.get_by_text("都写完了。")).to_be_visible()
    step_to(page, "其他事项")
    fill(page, {"particulars-other_matters": "没有其他需要说明的事项。"})
    save(page)
    page.goto(f"{HOME}sheet/cover/")
    fill(page, {"cover-signed_on": "2025-02-14"})
    save(page)
