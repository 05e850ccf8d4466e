"""The public site as a stranger meets it: addresses, headers, files, and what is said when lost."""

import re
from collections import Counter
from datetime import timedelta
from urllib.parse import quote, unquote

import pytest
from lxml import html

from budgets.domain.document import Figure, list_runs
from disclosures.publishing.exports.data import build_table_csv
from tests.disclosures.conftest import PUBLISHED_AT

pytestmark = pytest.mark.django_db
PAGE, FIRST, SECOND = "/2025/107001/", "/2025/107001/v1/", "/2025/107001/v2/"
HOST = "http://testserver"
LAST_MODIFIED = "Fri, 14 Feb 2025 01:30:00 GMT"


@pytest.fixture
def corrected(sample, union, published):
    """The sample with a correction published a day later."""
    return sample.shelve(
        union,
        version=2,
        digest="2" * 64,
        reason="更正采购预算",
        published_at=PUBLISHED_AT + timedelta(days=1),
    )


def read(response):
    return html.fromstring(response.content.decode())


def say(response):
    """The words of a page's main part, blanks made single."""
    return " ".join(read(response).get_element_by_id("main").text_content().split())


def test_page_opens_with_the_answers(client, published):
    words = say(client.get(PAGE))
    assert words.startswith(
        "2025年 尉犁县总工会2025年部门预算公开 2025年2月14日公开 · 第1版 "
        "一共多少钱 265.89 万元 收支总预算，全口径：这个部门今年的全部收入和支出。 "
        "比上年：基本支出增加1.43万元，项目支出增加3.57万元。 用在哪些方面 一般公共服务支出220.13 "
    )


def test_page_holds_every_part_in_order(client, published):
    titles = [" ".join(title.text_content().split()) for title in read(client.get(PAGE)).iter("h2")]
    assert titles == [
        "一共多少钱",
        "用在哪些方面",
        "钱从哪里来",
        "怎样花",
        "比上年变了什么、为什么",
        "答应做到什么",
        "下载",
        "第一部分 2025年部门概况",
        "第二部分 2025年部门预算公开表",
        "第三部分 2025年部门预算情况说明",
        "第四部分 名词解释",
        "核对单",
        "版本",
    ]


def test_page_sets_no_cookie_and_needs_no_script(client, published):
    response = client.get(PAGE)
    assert not response.cookies
    data = "self::script[@type='application/ld+json']"
    assert not read(response).xpath(
        f"//script[not({data})] | //@style | //style | //@onclick | //form"
    )
    assert response["Content-Security-Policy"].count("unsafe") == 0


def test_page_has_each_id_once(client, published):
    ids = read(client.get(PAGE)).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_page_links_reach_what_they_name(client, published):
    page = read(client.get(PAGE))
    ids = set(page.xpath("//@id"))
    links = set(page.xpath("//a/@href | //link/@href"))
    inside = {unquote(link[1:]) for link in links if link.startswith("#")}
    outside = {link.split("#")[0] for link in links if link.startswith("/")}
    assert inside <= ids
    assert len(outside) > 20
    for address in sorted(outside):
        if not address.startswith("/static/"):
            assert client.get(address).status_code == 200, address


def test_every_amount_of_the_notes_links_to_its_cell(client, published):
    page = read(client.get(PAGE))
    texts = {cell.get("id"): cell.text_content() for cell in page.xpath("//td[@id]")}
    # A figure of a table that has no such row leads to the table.
    texts |= {figure.get("id"): "" for figure in page.iter("figure")}
    runs = [
        (span, run)
        for paragraph in published.document.paragraphs()
        for span in paragraph.spans
        for run in list_runs([span])
        if run.at
    ]
    linked = page.xpath("//section[contains(@class, 'part')]//p/a[@class='figure']")
    places = [run.at if run.at in texts else run.at.partition(".")[0] for _, run in runs]
    places = [place for place in places if place in texts]
    assert [unquote(link.get("href")) for link in linked] == [f"#{place}" for place in places]
    assert [link.text for link in linked] == [
        run.text for _, run in runs if {run.at, run.at.partition(".")[0]} & {*texts}
    ]
    assert len(linked) > 80
    for span, run in runs:
        if isinstance(span, Figure):
            assert run.text == (texts.get(span.at) or "0.00")


def test_tables_have_caption_scope_and_unit(client, published):
    figures = read(client.get(PAGE)).xpath("//figure")
    assert len(figures) == 13
    for figure in figures:
        assert figure.xpath("./div/table/caption/text()")
        assert "单位：万元" in figure.xpath("string(.//p[@class='units'])")
        assert "口径：" in figure.xpath("string(.//p[@class='units'])")
        assert {cell.get("scope") for cell in figure.iter("th")} <= {"col", "colgroup", "row"}


def test_body_rows_have_a_header_cell(client, published):
    rows = read(client.get(PAGE)).xpath("//figure//tbody/tr[not(td[@class='empty'])]")
    followers = [row for row in rows if not row.xpath("th")]
    # Only rows under a cell that is merged downwards have none of their own.
    assert [row.xpath("string(td)") for row in followers if row.xpath("td[@id]")] == ["本级安排"]


def test_check_list_shows_both_sides(client, published):
    checks = read(client.get(PAGE)).get_element_by_id("checks")
    results = Counter(finding.result.label for finding in published.document.checks)
    assert f"共核对{results.total()}项：通过{results['通过']}项，" in checks.text_content()
    found = checks.get_element_by_id("check.1.T1-balance")
    assert " ".join(found.text_content().split()) == (
        "通过 收入总计等于支出总计 表1收入总计 = 表1支出总计 "
        "表1收入总计265.89 万元表1支出总计265.89 万元"
    )
    assert found.xpath(".//a/@href") == ["#T1.total.income", "#T1.total.expenditure"]
    raised = [
        f"check.{place}.{finding.id}"
        for place, finding in enumerate(published.document.checks, start=1)
        if finding.result != "passed"
    ]
    assert checks.xpath("./ol/li/@id") == raised
    assert any(each.endswith(".procurement-sum") for each in raised)


def test_downloads_are_named_by_what_one_gets(client, published):
    found = read(client.get(PAGE)).xpath("//section[@id='downloads']//a")
    sizes = {file.kind: file.size for file in published.files.defer("data")}
    named = [(link.get("href"), re.sub(r"\s", " ", link.text)) for link in found]
    assert named == [
        ("/2025/107001/v1.pdf", f"整本 PDF，{sizes['pdf'] / 1024:.1f} KB"),
        ("/2025/107001/v1.xlsx", f"全部表格 Excel，{sizes['xlsx'] / 1024:.1f} KB"),
        ("/2025/107001/v1.json", f"全部数据 JSON，{sizes['json'] / 1024:.1f} KB"),
    ]


def test_page_names_its_version_and_digest(client, published):
    words = read(client.get(PAGE)).get_element_by_id("edition").text_content()
    assert "第1版，2025年2月14日 09:30公开" in words
    assert "http://testserver/2025/107001/v1/" in words
    assert published.digest in words


def test_page_is_not_sent_again_to_who_has_it(client, published):
    first = client.get(PAGE)
    assert first["ETag"].strip('"').startswith(published.digest)
    assert first["Last-Modified"] == LAST_MODIFIED
    assert first["Cache-Control"] == "public, max-age=15, stale-while-revalidate=15"
    again = client.get(PAGE, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get(PAGE, headers={"if-modified-since": LAST_MODIFIED})
    assert since.status_code == 304


def test_correction_makes_the_page_new(client, published, request):
    first = client.get(PAGE)
    request.getfixturevalue("corrected")
    second = client.get(PAGE, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert second["Last-Modified"] == "Sat, 15 Feb 2025 01:30:00 GMT"
    words = say(second)
    assert "2025年2月15日公开 · 第2版 本版有更正。更正采购预算" in words
    assert "第2版，2025年2月15日，更正原因：更正采购预算，变了什么 第1版，2025年2月14日" in words


def test_old_version_says_that_it_is_old(client, corrected):
    response = client.get(FIRST)
    assert "这是旧的一版。现行的是第2版，更正原因：更正采购预算" in say(response)
    assert read(response).xpath("//link[@rel='canonical']/@href") == [f"{HOST}{FIRST}"]
    current = read(client.get(SECOND)).xpath("//link[@rel='canonical']/@href")
    assert current == [f"{HOST}{PAGE}"]
    assert "这是旧的一版" not in say(client.get(SECOND))


def test_old_version_keeps_its_files(client, sample, corrected):
    page = read(client.get(FIRST))
    assert page.xpath("//section[@id='downloads']//a/@href") == [
        f"/2025/107001/v1.{kind}" for kind in ("pdf", "xlsx", "json")
    ]
    assert page.xpath("//figure[@id='T5']/figcaption//a/@href") == [
        f"/2025/107001/v1/tables/T5.{form}" for form in ("csv", "xlsx", "json")
    ]


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("pdf", "application/pdf"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", "application/json"),
    ],
)
def test_file_is_the_one_published(client, sample, published, kind, content_type):
    response = client.get(f"/2025/107001.{kind}")
    name = quote(f"尉犁县总工会2025年部门预算公开-第1版.{kind}")
    assert response.content == sample.file(kind)
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].lower() == (
        f"attachment; filename*=utf-8''{name}".lower()
    )
    assert response["ETag"] == f'"{published.files.get(kind=kind).sha256}"'
    assert response["Cache-Control"] == "public, max-age=15, stale-while-revalidate=15"


def test_file_of_a_version_may_be_kept_for_ever(client, sample, published):
    response = client.get("/2025/107001/v1.json")
    assert response.content == sample.file("json")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get("/2025/107001/v1.json", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("base", [PAGE, FIRST])
def test_table_comes_as_csv(client, published, base):
    response = client.get(f"{base}tables/T5.csv")
    assert response.content == build_table_csv(published.document.tables_by_key["T5"])
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    name = "尉犁县总工会2025年部门预算公开-第1版-表5一般公共预算支出情况表.csv"
    assert unquote(response["Content-Disposition"]).endswith(f"''{name}")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/2024/107001/", "尉犁县总工会2024年尚未公开，这一年没有它的预算公开。"),
        ("/2025/999/", "这里没有编码为“999”的部门2025年的预算公开。"),
        ("/2025/999.pdf", "这里没有编码为“999”的部门2025年的预算公开。"),
        ("/2025/107001/v7/", "尉犁县总工会2025年部门预算公开只公开过1个版本，没有第7版。"),
        ("/2025/107001/tables/T99.csv", "这个版本没有编号为“T99”的表。"),
        ("/2025/107001.docx", "这个地址下没有内容，可能是地址抄漏了字，或者页面换了地方。"),
    ],
)
def test_wrong_address_says_what_is_missing(client, published, address, words):
    response = client.get(address)
    assert response.status_code == 404
    assert not response.cookies
    assert words in say(response)
    assert read(response).xpath("//main//a/@href") == ["/", "/search/"]


def test_site_only_reads(client, published):
    for address in ("/", PAGE, "/2025/107001.pdf", "/2025/107001/tables/T1.csv"):
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200
