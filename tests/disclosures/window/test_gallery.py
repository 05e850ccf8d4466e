"""The gallery: charts with their tables, each as a file, and the picture of one page."""

from datetime import timedelta

import pytest
import segno
from lxml import etree, html

from tests.disclosures.conftest import PUBLISHED_AT

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
