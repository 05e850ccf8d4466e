"""Ten questions that a person would ask of the public site, each begun at the home page.

Asked on a phone without scripts and on a wide screen with them (no public page has one, which
`tests/disclosures/test_public_pages.py` holds them to); every answer is a figure or a sentence that
the reader then sees.
"""

import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

from budgets.domain.document import digest
from budgets.models import Department, FunctionCode
from tests.disclosures import conftest as shelf
from tests.disclosures.thawed import find_cells, freeze_again

pytestmark = pytest.mark.django_db(transaction=True)
sample, union = shelf.sample, shelf.union
PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
RAISED = ("T10.total.total", "T10.reception.total")
PENSIONS = "机关事业单位基本养老保险缴费支出"
NAME, OFFICE = "尉犁县总工会", "尉犁县档案馆"


def raise_reception(content):
    """The document of an office that receives guests for 1.20 万元."""
    content["department"]["name"] = OFFICE
    for cell in find_cells(content, "T10"):
        if cell.get("at") in RAISED:
            cell |= {"yuan": "12000.00", "text": "1.20"}
    return freeze_again(content)


@pytest.fixture
def county(sample, union):
    """The union, corrected once, and an office whose 三公 rose from nothing."""
    FunctionCode.objects.create(year=2025, code="2080505", name=PENSIONS)
    sample.shelve(union)
    text = sample.disclosure["content"].replace("书记室", "办公室")
    sample.shelve(union, version=2, reason="科室名称有误", content=text, digest=digest(text))
    office = Department.objects.create(code="101001", name=OFFICE)
    sample.shelve(office, year=2024, title=f"{OFFICE}2024年部门预算公开")
    text = raise_reception(sample.json)
    title = f"{OFFICE}2025年部门预算公开"
    sample.shelve(office, title=title, content=text, digest=digest(text))


def open_union(page):
    """From the home page to the union's document, as the list of departments leads."""
    page.get_by_role("region", name="全部部门").get_by_role("link", name=NAME).click()


def search(page, words):
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("button", name="查找").click()


def follow(page, name):
    """A link of the masthead."""
    page.get_by_role("navigation", name="网站").get_by_role("link", name=name).click()


def read_row(page, name):
    """The cells of the first table's row that begins with a name."""
    row = page.locator("main table").first.locator("tr", has=page.get_by_text(name, exact=True))
    return [text.strip() for text in row.first.locator("th, td").all_inner_texts()]


def ask_how_much_training_costs_and_why_less(page, sample):
    search(page, "培训支出")
    told = page.get_by_role("region", name="情况说明").get_by_role("listitem")
    told.filter(has_text=f"{NAME}2025年").filter(has_text="0.23万元").get_by_role(
        "link"
    ).first.click()
    sentence = page.locator(":target")
    expect(sentence).to_be_in_viewport()
    expect(sentence).to_contain_text("2025年预算数为0.23万元，比上年预算减少0.07万元，下降23.33%")
    expect(sentence).to_contain_text("进一步优化培训机制比去年减少培训次数")


def ask_who_raised_the_three_public_expenses(page, sample):
    follow(page, "“三公”和人员")
    page.get_by_role("link", name="比上年增加最多").click()
    first = page.locator("main table").first.locator("tbody tr").first
    expect(first).to_contain_text(OFFICE)
    assert first.locator("td").last.inner_text().strip() == "增加1.20"
    first.get_by_role("link", name="1.20").first.click()
    expect(page.locator(":target")).to_have_text("1.20")


def ask_for_table_6_of_all_departments(page, sample):
    together = page.get_by_role("region", name="各部门合在一起的表")
    with page.expect_download() as saved:
        together.get_by_role("link", name="各部门表6 Excel").click()
    sheet = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes())).worksheets[0]
    totals = {row[1]: row[5] for row in sheet.iter_rows(values_only=True) if row[3] == "total"}
    assert {name: f"{amount / 10000:.2f}" for name, amount in totals.items()} == {
        NAME: "138.18",
        OFFICE: "138.18",
    }


def ask_whether_a_file_is_genuine(page, sample):
    page.get_by_role("link", name="核对手里的文件是不是原件").click()
    for data, told in (
        (sample.file("pdf"), "是公开的原件"),
        (b"%PDF-1.7 other", "不是这里公开的文件"),
    ):
        file = {"name": "预算.pdf", "mimeType": "application/pdf", "buffer": data}
        page.get_by_label("文件", exact=True).set_input_files(file)
        page.get_by_role("button", name="核对文件").click()
        expect(page.get_by_role("heading", name=told, exact=True)).to_be_visible()


def ask_what_the_second_version_changed(page, sample):
    open_union(page)
    page.get_by_role("link", name="逐格、逐句看变了什么").click()
    expect(page.get_by_text("变了0个数、1句话")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("科室名称有误")
    expect(page.get_by_role("main")).to_contain_text("书记室")
    expect(page.get_by_role("main")).to_contain_text("办公室")


def ask_what_the_general_budget_is(page, sample):
    search(page, "一般公共预算")
    terms = page.get_by_role("region", name="名词解释")
    terms.get_by_role("link", name="一般公共预算", exact=True).click()
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target")).to_contain_text("包括公共财政拨款（补助）资金、专项收入")


def ask_how_many_people_work_there(page, sample):
    follow(page, "“三公”和人员")
    page.get_by_role("link", name="人员", exact=True).click()
    assert read_row(page, NAME)[1:6] == ["19", "7", "6", "13", "0"]
    page.locator("main table").first.get_by_role("link", name="19").last.click()
    expect(page.locator(":target")).to_contain_text("实有人数19人，其中：在职6人")


def ask_for_exact_amounts(page, sample):
    open_union(page)
    page.get_by_role("link", name="元（精确到分）").click()
    total = page.locator("[id='T1.total.income']")
    expect(total).to_have_text("2,658,900.00")


def ask_whether_it_was_published_in_time(page, sample):
    follow(page, "时效")
    assert read_row(page, NAME)[:4] == [NAME, "未登记", "2025-02-14", ""]
    expect(page.get_by_text("二十日内").first).to_be_visible()


def ask_who_pays_how_much_for_pensions(page, sample):
    follow(page, "科目")
    for code in ("208", "20805", "2080505"):
        page.get_by_role("main").get_by_role("link", name=re.compile(f"^{code}\\b")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"2080505 {PENSIONS}")

    assert "12.24" in read_row(page, NAME)


QUESTIONS = (
    ask_how_much_training_costs_and_why_less,
    ask_who_raised_the_three_public_expenses,
    ask_for_table_6_of_all_departments,
    ask_whether_a_file_is_genuine,
    ask_what_the_second_version_changed,
    ask_what_the_general_budget_is,
    ask_how_many_people_work_there,
    ask_for_exact_amounts,
    ask_whether_it_was_published_in_time,
    ask_who_pays_how_much_for_pensions,
)


@pytest.mark.parametrize(
    ("viewport", "scripted"), [(PHONE, False), (WIDE, True)], ids=["phone", "wide"]
)
def test_reader_finds_the_answer(open_window, county, sample, viewport, scripted):
    page = open_window(viewport=viewport, java_script_enabled=scripted, accept_downloads=True)
    for ask in QUESTIONS:
        page.goto("/")
        ask(page, sample)
