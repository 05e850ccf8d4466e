"""The screens in a real browser: pasting into the grid, forms without JavaScript, two people."""

import pytest
from playwright.sync_api import expect

from budgets import ledger
from budgets.models import Budget, Department, FunctionCode, Post
from tests.factories.people import hire, load_chart

pytestmark = pytest.mark.django_db(transaction=True)
YEAR, CODE = 2026, "107001"
HOME = f"/admin/workplace/{YEAR}/{CODE}/"
GENERAL = "一般公共预算（一般财力）"
NINE = "tests.budgets.domain.sets.nine.NINE"
PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const how = {clipboardData: data, bubbles: true, cancelable: true};
    const event = new ClipboardEvent("paste", how);
    document.querySelector("#grid .tabulator-tableholder").dispatchEvent(event);
}"""


@pytest.fixture
def budget(transactional_db):
    load_chart(YEAR)
    department = Department.objects.create(code=CODE, name="尉犁县总工会")
    hire("clerk", department, Post.CLERK)
    hire("other", department, Post.CLERK)
    return Budget.objects.create(department=department, year=YEAR)


def enter(page, path, name="clerk"):
    """Log in, straight to a page of the budget."""
    page.goto(f"/admin/login/?next={HOME}{path}")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill("x")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**{path}")


def save(page):
    page.get_by_role("button", name="保存", exact=True).click()


def select_cell(page, row, key):
    page.locator("#grid .tabulator-row").nth(row - 1).locator(f"[tabulator-field={key}]").click()


def shown(page, row, key):
    return page.locator("#grid .tabulator-row").nth(row - 1).locator(f"[tabulator-field={key}]")


def total(page, key):
    return page.locator(f"#standings [data-total={key}]")


def test_rows_pasted_from_a_spreadsheet_are_completed_counted_and_saved(budget, open_window):
    page = open_window()
    enter(page, "sheet/expenditure/")
    select_cell(page, 1, "fund")
    rows = [
        ["资金来源", "支出性质", "功能科目编码", "经济科目编码", "项目名称", "金额"],
        [GENERAL, "人员经费", "2012901", "30101 基本工资", "", "0.1"],
        [GENERAL, "公用经费", "2012901", "办公费", "", "0.2"],
        ["单位资金（其他收入）", "项目支出", "2050803", "302", "培训", "1,127.71"],
    ]
    page.evaluate(PASTE, "\r\n".join("\t".join(row) for row in rows) + "\r\n")
    expect(shown(page, 1, "economic")).to_have_text("30101")
    expect(shown(page, 2, "economic_name")).to_have_text("办公费")
    expect(total(page, "functions")).to_have_text("1,128.01")
    expect(total(page, "gap")).to_have_text("-1,128.01")
    expect(page.locator("tr[data-fund='单位资金（其他收入）'] [data-sum=functions]")).to_have_text(
        "1,127.71"
    )
    save(page)
    expect(page.locator(".messages")).to_contain_text("已保存“支出明细”。")
    facts = ledger.read_filing(budget).facts
    assert [(f.function, f.economic, f.project, str(f.amount)) for f in facts] == [
        ("2012901", "30101", "", "1000.00"),
        ("2012901", "30201", "", "2000.00"),
        ("2050803", "302", "培训", "11277100.00"),
    ]


def test_name_of_several_codes_is_chosen_unless_the_sheet_holds_one(budget, open_window):
    FunctionCode.objects.create(year=YEAR, code="2010101", name="行政运行")
    page = open_window()
    enter(page, "sheet/expenditure/")
    for row, typed in ((1, "行政运行"), (2, "2012901"), (3, "xzyx")):
        select_cell(page, row, "function")
        page.keyboard.press("Enter")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    expect(shown(page, 3, "function")).to_have_text("2012901")
    expect(shown(page, 3, "function_name")).to_have_text("行政运行")
    expect(shown(page, 1, "function")).to_have_text("行政运行")


def test_grid_is_filled_with_keys_alone_and_completes_initials(budget, open_window):
    page = open_window()
    enter(page, "sheet/expenditure/")
    select_cell(page, 1, "fund")
    for text in ("一般财力", "人员", "syyx"):
        page.keyboard.press("Enter")
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    expect(shown(page, 1, "function")).to_have_text("2012950")
    expect(shown(page, 1, "function_name")).to_have_text("事业运行")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("jbgz")
    page.keyboard.press("Enter")
    expect(shown(page, 1, "economic")).to_have_text("30101")
    select_cell(page, 1, "amount")
    page.keyboard.type("12.5")
    page.keyboard.press("Enter")
    expect(total(page, "functions")).to_have_text("12.50")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="增加空行")).to_be_focused()
    page.get_by_role("button", name="保存", exact=True).press("Enter")
    expect(page.locator(".messages")).to_contain_text("已保存")
    (fact,) = ledger.read_filing(budget).facts
    assert (fact.fund.label, fact.nature.label, fact.function) == (GENERAL, "人员经费", "2012950")


def compose(page, *stages, text):
    """Type as an input method does: a key that it takes, what it composes, and what it commits."""
    keyboard = page.context.new_cdp_session(page)
    taken = {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Process"}
    keyboard.send("Input.dispatchKeyEvent", taken)
    for stage in stages:
        place = {"selectionStart": len(stage), "selectionEnd": len(stage)}
        keyboard.send("Input.imeSetComposition", {"text": stage, **place})
    keyboard.send("Input.dispatchKeyEvent", taken | {"code": "Enter"})
    keyboard.send("Input.insertText", {"text": text})


def test_composed_chinese_opens_the_cell_and_replaces_what_it_held(budget, open_window):
    page = open_window()
    enter(page, "sheet/expenditure/")
    for text in ("培训", "差旅"):
        select_cell(page, 1, "project")
        compose(page, "p", "pei xun", text=text)
        expect(page.locator("#grid input")).to_have_value(text)
        page.keyboard.press("Enter")
        expect(shown(page, 1, "project")).to_have_text(text)


def test_wrong_cells_come_back_in_the_grid_and_the_summary_leads_to_them(budget, open_window):
    page = open_window()
    enter(page, "sheet/expenditure/")
    select_cell(page, 1, "fund")
    rows = [[GENERAL, "人员经费", "2012901", "", "30101", "", "", "1"]] * 40
    rows += [[GENERAL, "人员经费", "2012950", "", "30101", "", "", "十二"]]
    page.evaluate(PASTE, "\n".join("\t".join(row) for row in rows))
    save(page)
    expect(page.locator("#summary")).to_contain_text("“十二”不是数字。")
    page.get_by_role("link", name="第41行“金额”").click()
    wrong = page.locator("#grid .tabulator-cell.wrong[tabulator-field=amount]").last
    expect(wrong).to_have_text("十二")
    expect(wrong).to_be_in_viewport()
    assert ledger.read_filing(budget).facts == ()


def test_forms_work_without_javascript(budget, open_window):
    page = open_window(java_script_enabled=False)
    enter(page, "sheet/income/")
    page.get_by_label("金额").first.fill("140.5")
    page.get_by_role("button", name="元", exact=True).click()
    expect(page.locator("#income-1-amount")).to_have_value("1,405,000.00")
    save(page)
    expect(page.locator(".messages")).to_contain_text("已保存“收入”。")
    page.goto(f"{HOME}sheet/expenditure/")
    page.select_option("#expenditure-1-fund", GENERAL)
    page.select_option("#expenditure-1-nature", "人员经费")
    page.fill("#expenditure-1-function", "2012901")
    page.fill("#expenditure-1-economic", "30101")
    page.fill("#expenditure-1-amount", "1,405,000")
    save(page)
    expect(page.locator("#standings [data-total=gap]")).to_have_text("0.00")
    page.goto(f"{HOME}words/")
    page.get_by_label("主要用途").fill("人员工资")
    save(page)
    expect(page.locator(".messages")).to_contain_text("已保存“原因与用途”。")
    assert [words.text for words in ledger.read_filing(budget).words] == ["人员工资"]


def test_second_person_loses_nothing_and_is_told_who_was_quicker(budget, open_window):
    first, second = open_window(), open_window()
    enter(first, "sheet/profile/")
    enter(second, "sheet/profile/", "other")
    first.get_by_label("在职人数").fill("6")
    second.get_by_label("在职人数").fill("7")
    second.get_by_label("内设科室").fill("办公室")
    save(first)
    expect(first.locator(".messages")).to_contain_text("已保存")
    save(second)
    notice = second.locator("#conflict")
    expect(notice).to_contain_text("clerk在")
    expect(notice.locator("tbody tr").first).to_have_text("“内设科室”（没有）办公室")
    expect(notice.locator("tbody tr").last).to_have_text("“在职人数”67")
    expect(second.get_by_label("在职人数")).to_have_value("7")
    assert ledger.read_filing(budget).profile.serving == 6
    save(second)
    expect(second.locator(".messages")).to_contain_text("已保存")
    assert ledger.read_filing(budget).profile.serving == 7


def test_sums_meters_and_sentences_follow_what_is_typed(budget, open_window):
    page = open_window()
    enter(page, "sheet/particulars/")
    page.get_by_label("政府采购预算", exact=True).fill("0.3")
    page.get_by_label("政府采购货物预算").fill("0.1")
    page.get_by_label("政府采购工程预算").fill("0.1")
    gap = page.locator("[data-whole=particulars-procurement_total] .gap")
    expect(gap).to_contain_text("0.10")
    page.get_by_label("政府采购服务预算").fill("0.1")
    expect(gap).to_be_hidden()
    page.goto(f"{HOME}sheet/overall/")
    page.fill("#indicators-1-value", "≥25次")
    page.fill("#indicators-1-weight", "90")
    expect(page.locator("[data-echo=indicators-1-value]")).to_have_text("≥ 25 次")
    expect(page.locator("[data-meter=weights] .state")).to_have_text("符合")


def fill_one_expense(page):
    """138.18 万元 that came in and are spent on people."""
    enter(page, "sheet/income/")
    page.get_by_label("金额").first.fill("138.18")
    save(page)
    page.goto(f"{HOME}sheet/expenditure/?plain=1")
    page.select_option("#expenditure-1-fund", GENERAL)
    page.select_option("#expenditure-1-nature", "人员经费")
    page.fill("#expenditure-1-function", "2012901")
    page.fill("#expenditure-1-amount", "138.18")
    save(page)


def test_sentence_is_previewed_while_its_figure_and_reason_are_typed(budget, open_window):
    page = open_window()
    fill_one_expense(page)
    page.goto(f"{HOME}words/")
    sentence = page.locator(".sentence").first
    lacking = page.locator("#lacking a span")
    before = int(lacking.inner_text())
    sentence.get_by_label("上年数", exact=True).fill("136.75")
    sentence.get_by_label("变动原因").fill("主要原因是人员调资。")
    printed = "比上年预算增加1.43万元，增长1.05%，主要原因是人员调资。"
    expect(sentence.locator(".printed")).to_contain_text(printed)
    expect(lacking).to_have_text(str(before - 1))
    save(page)
    expect(page.locator(".sentence").first.locator(".printed")).to_contain_text(printed)


def test_preview_speaks_as_the_provinces_set_does(budget, open_window, settings):
    settings.TABLE_SETS = {0: NINE}
    page = open_window()
    fill_one_expense(page)
    page.goto(f"{HOME}words/")
    sentence = page.locator(".sentence").first
    printed = sentence.locator(".printed")
    expect(page.locator(".intro")).to_contain_text("原因接在“原因：”后面")
    last = sentence.get_by_label("上年数", exact=True)
    for typed, shown in (
        ("200", "同上年预算相比少61.82万元（下滑30.91%），原因：人员调资。"),
        ("", "同上年预算相比多＿＿＿＿万元（上升＿＿＿＿%）"),
        ("136.75", "同上年预算相比多1.43万元（上升1.05%），原因：人员调资。"),
    ):
        sentence.get_by_label("变动原因").fill("主要原因是人员调资；。")
        last.fill(typed)
        expect(printed).to_contain_text(shown)
    save(page)
    expect(page.locator(".sentence").first.locator(".printed")).to_contain_text(shown)
