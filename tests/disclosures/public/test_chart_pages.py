"""Charts with their tables, each as a file, and the picture of one page, whatever stands on it."""

from datetime import timedelta
from io import BytesIO

import pytest
import segno
from django.template.loader import render_to_string
from lxml import etree, html
from PIL import Image

from budgets.models import Department
from disclosures.models import Disclosure
from disclosures.public.chart_pages import MOST_PURPOSES, remember, shorten
from disclosures.publishing.pdf.pictures import SHEET, OverfullSheetError, render_sheet
from disclosures.publishing.pdf.rendering import PRINT
from tests.disclosures.conftest import PUBLISHED_AT
from tests.disclosures.publishing.pdf.conftest import open_pages, wrap

pytestmark = pytest.mark.django_db
BASE = "/2025/107001/"


def read(response):
    return html.fromstring(response.content.decode())


def test_each_chart_has_its_table_and_its_file(client, published):
    page = read(client.get(f"{BASE}charts/"))
    plots = page.xpath("//figure[@class='plot']")
    assert len(plots) == 8
    for plot in plots:
        assert plot.xpath(".//svg/title/text()") == [plot.xpath("string(.//h2)")]
        for words in ("单位：万元", "口径：", "来源：表"):
            assert words in plot.xpath("string(.//figcaption)")
            assert words in plot.xpath("string(.//desc)")
        told = [cell.text_content() for cell in plot.xpath(".//td[1]")]
        assert told == plot.xpath(".//svg/text[@class='amount']/text()")
        painted, drawn = plot.xpath(".//p[@class='saving']/a/@href")
        assert client.get(drawn).status_code == 200
        assert painted == drawn.replace(".svg", ".png")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not page.xpath("//script | //@style | //style")


def test_figures_of_charts_reach_their_cells(client, published):
    ids = set(read(client.get(BASE)).xpath("//@id"))
    links = read(client.get(f"{BASE}charts/")).xpath("//td/a/@href")
    assert len(links) > 40
    assert {link.split("#")[0] for link in links} == {"/2025/107001/v1/"}
    assert {link.split("#")[1] for link in links} <= ids


def test_chart_is_a_picture_with_its_source(client, published):
    answer = client.get("/2025/107001/v1/charts/income.svg")
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    drawn = etree.fromstring(answer.content)
    texts = drawn.xpath("//*[local-name()='text']/text()")
    assert texts[:2] == ["收入构成", "单位：万元　口径：全口径"]
    assert "".join(texts[-4:]).endswith(
        "来源：尉犁县总工会2025年部门预算公开（第1版，2025年2月14日公开），"
        "表1 部门收支总体情况表http://testserver/2025/107001/v1/"
    )


def test_unknown_chart_is_not_found_in_words(client, published):
    answer = client.get(f"{BASE}charts/nothing.svg")
    assert answer.status_code == 404
    assert "这个版本没有名为“nothing”的图。" in answer.content.decode()


def test_charts_are_new_when_another_year_is_published(client, sample, union, published):
    first = client.get(f"{BASE}charts/")
    assert "只公开过一个年度" in first.content.decode()
    tag = {"if-none-match": first["ETag"]}
    assert client.get(f"{BASE}charts/", headers=tag).status_code == 304
    sample.shelve(union, year=2026, published_at=PUBLISHED_AT + timedelta(days=365))
    second = client.get(f"{BASE}charts/", headers=tag)
    assert second.status_code == 200
    assert len(read(second).xpath("//figure[@class='plot']")) == 11
    assert client.get(f"{BASE}charts/years.svg").status_code == 200


def test_picture_says_the_same_as_the_page(client, published):
    page = read(client.get(f"{BASE}picture/"))
    words = " ".join(page.get_element_by_id("main").text_content().split())
    for sentence in (
        "收支总预算 265.89 万元",
        "一般公共预算拨款138.18",
        "开展单位各类活动次数≥25次",
        "基本支出增加1.43万元（1.05%），今年138.18万元",
        "行政单位医疗减少8.27万元（58.45%），今年5.88万元",
        "机关事业单位职业年金缴费支出新增6.12万元，今年6.12万元",
        "尉犁县总工会2025年部门预算公开（第1版，2025年2月14日公开）",
    ):
        assert sentence in words
    links = page.xpath("//main//a/@href")
    ids = set(read(client.get(BASE)).xpath("//@id"))
    assert {link.split("#")[1] for link in links if "#" in link} <= ids


def test_code_on_the_picture_is_the_versions_address(client, published):
    (path,) = read(client.get(f"{BASE}picture/")).xpath("//svg[@class='qr']/path[@stroke]/@d")
    address = "http://testserver/2025/107001/v1/"
    expected = segno.make_qr(address, error="m").svg_inline(border=4, omitsize=True)
    assert f'd="{path}"' in expected


def test_gallery_sets_no_cookie(client, published):
    for address in ("charts/", "picture/", "picture.png", "charts/income.svg", "charts/income.png"):
        answer = client.get(f"{BASE}{address}")
        assert not answer.cookies
        assert answer["Cache-Control"] == "public, max-age=15, stale-while-revalidate=15"


AMOUNT = "1,234,567,890.00"


def paint(data):
    """The size of a picture, and the colour of its corner."""
    image = Image.open(BytesIO(data)).convert("RGB")
    return image.size, image.getpixel((0, 0))


def test_sheet_is_one_page_that_says_what_the_page_says(client, published):
    answer = client.get(f"{BASE}v1/picture.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    (page,) = open_pages(answer.content)
    assert [round(float(side)) for side in (page.width, page.height)] == [595, 842]
    words = page.extract_text()
    for told in ("尉犁县总工会2025年部门预算", "265.89", "≥25次", "扫码看全文", BASE):
        assert told in words
    links = {link["uri"].partition("#")[0] for link in page.hyperlinks}
    assert links == {"http://testserver/2025/107001/v1/"}
    assert client.get(f"{BASE}picture.pdf").content == answer.content
    known = client.get(f"{BASE}picture.pdf", headers={"if-none-match": answer["ETag"]})
    assert known.status_code == 304


def test_pictures_are_painted_on_white_and_wide_enough_for_a_phone(client, published):
    sheet, chart = client.get(f"{BASE}picture.png"), client.get(f"{BASE}charts/changes.png")
    for answer, size in ((sheet, (1654, 2340)), (chart, (1200, 2138))):
        assert answer["Content-Type"] == "image/png"
        assert paint(answer.content) == (size, (255, 255, 255))


def line(label):
    return {
        "label": label,
        "meaning": "依法取得的钱" * 3,
        "text": AMOUNT,
        "href": "",
        "length": "9",
    }


def change(label):
    moved = {"moved": "增加", "this": AMOUNT, "difference": AMOUNT, "rate": "123456.78"}
    return {"label": label, "reason": "原因" * 500, "href": "", **moved}


LONGEST = {
    "total": AMOUNT,
    "sources": [line("国有资本经营预算拨款")] * 6,
    "natures": [line("基本支出")] * 2,
    "purposes": [line("功能分类的类" * 5)] * 30,
    "promises": [{"label": "指标" * 100, "value": "指标值" * 60}] * 6,
    "promised": 40,
    "is_compared": True,
    "changes": [change("基本支出")] * 2,
    "items": [change("功能分类的项" * 5)] * 3,
}


def test_longest_texts_stand_on_one_page():
    title = f"{'很长的部门名称' * 14}2026年部门预算公开"
    told = {
        "disclosure": Disclosure(title=title, year=2026, department=Department(name=title)),
        "answers": shorten(LONGEST),
        "citation": title,
        "address": "https://budget.county.example/2026/12345678901234567890/v12/",
    }
    html = render_to_string("disclosures/charts/sheet.html", told)
    (page,) = open_pages(render_sheet(html, title=title, author="甲", created=PUBLISHED_AT))
    assert page.extract_text().count(AMOUNT) == 1 + 6 + 2 + MOST_PURPOSES + 2 * 5


def test_bar_of_any_length_has_its_rule():
    rules = "".join(path.read_text() for path in (PRINT, SHEET))
    assert [n for n in range(101) if f".w-{n} {{ width: {n}" not in rules] == []


def test_what_no_sheet_can_hold_is_refused():
    with pytest.raises(OverfullSheetError):
        render_sheet(wrap("<p>甲</p>" * 150), title="甲", author="甲", created=PUBLISHED_AT)


def test_picture_is_made_once_for_what_it_shows(settings, tmp_path):
    on_disk = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"pictures": {"BACKEND": on_disk, "LOCATION": tmp_path}}
    settings.KEEP_PICTURES = True
    assert [remember("甲", bytes), remember("甲", None)] == [b"", b""]
    assert remember("乙", lambda: b"2") == b"2"


def test_picture_is_shown_where_it_cannot_be_kept(settings, tmp_path):
    on_disk = "django.core.cache.backends.filebased.FileBasedCache"
    folder = tmp_path / "pictures"
    settings.CACHES = {"pictures": {"BACKEND": on_disk, "LOCATION": folder}}
    settings.KEEP_PICTURES = True

    def make():
        # In place of the folder there is a file: nothing can be written into it.
        folder.rmdir()
        folder.touch()
        return b"3"

    assert remember("丙", make) == b"3"
