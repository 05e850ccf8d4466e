"""What corrections changed, as the public reads it, and how long a publication took."""

from datetime import timedelta

import pytest
from lxml import html

from disclosures.models import Record
from disclosures.workflow.access import Role
from tests.disclosures.conftest import PUBLISHED_AT
from tests.disclosures.thawed import find_cells, freeze_again, list_spans
from tests.factories.people import appoint

pytestmark = pytest.mark.django_db
BASE = "/2025/107001/"


def change(sample, words):
    """The sample's content with one amount and one sentence changed, as text."""
    data = sample.json
    cell = next(each for each in find_cells(data, "T3") if each.get("row") == "2012901")
    cell["yuan"] = "1000000.00"
    first = data["parts"][0]["sections"][0]["blocks"][0]
    first["spans"] = [{**first["spans"][0], "text": words}]
    return cell["at"], freeze_again(data)


@pytest.fixture
def corrected(sample, union, published):
    """Three versions: the second changed a figure and a sentence, the third undid it."""
    at, content = change(sample, "组织职工<活动>。")
    later = PUBLISHED_AT + timedelta(days=1)
    own = {"version": 2, "reason": "培训支出有误", "published_at": later}
    sample.shelve(union, content=content, digest="2" * 64, **own)
    sample.shelve(union, version=3, reason="恢复原数", published_at=later + timedelta(days=1))
    return at


def read(answer):
    return html.fromstring(answer.content.decode())


def text(element):
    return "".join(element.text_content().split())


def test_changed_figure_stands_with_both_values_and_leads_to_both_cells(client, corrected):
    page = read(client.get(f"{BASE}v2/changes/"))
    (row,) = page.xpath("//table//tbody/tr")
    before = text(row.xpath("td[2]")[0])
    gap = float("100.00") - float(before)
    assert [text(cell) for cell in row] == [
        "2012901行政运行",
        "合计",
        before,
        "100.00",
        f"{gap:+.2f}".replace("-", "−"),
    ]
    assert row.xpath("td/a/@href") == [f"{BASE}v1/#{corrected}", f"{BASE}v2/#{corrected}"]
    assert text(page.xpath("//dl[@class='reasons']")[0]) == "第2版，2025年2月15日更正培训支出有误"
    assert "变了1个数、1句话" in text(page)


def test_stated_figure_that_changed_is_counted_and_shown_like_a_cell(client, sample, published):
    data = sample.json
    for span in list_spans(data, "N12.procurement") + list_spans(data, "D2.staff"):
        if span.get("key") in ("total", "services"):
            span |= {"value": "700000.00", "text": "70.00"}
        if span["type"] == "stated" and span["key"] == "serving":
            span |= {"value": "9", "text": "9"}
    own = {"version": 2, "reason": "采购有误", "digest": "2" * 64}
    sample.shelve(published.department, content=freeze_again(data), **own)
    page = read(client.get(f"{BASE}v2/changes/"))
    assert "没有一个数有变化" not in text(page)
    assert "变了3个数、2句话" in text(page)
    rows = [[text(cell) for cell in row] for row in page.xpath("//table//tbody/tr")]
    assert rows == [
        ["在职人数", "", "6", "9", "+3"],
        ["政府采购预算", "", "62.60", "70.00", "+7.40"],
        ["政府采购服务预算", "", "2.20", "70.00", "+67.80"],
    ]
    links = page.xpath("//table//tbody/tr/td/a/@href")
    assert links[0] == f"{BASE}v1/#D2.staff"
    assert client.get(links[3]).status_code == 200


def test_changed_sentence_is_shown_in_pieces_and_escaped(client, corrected):
    page = read(client.get(f"{BASE}v2/changes/"))
    (words,) = page.xpath("//dl[@class='reworded']")
    assert text(words).endswith("第2版组织职工<活动>。")
    assert words.xpath(".//del") != []
    assert words.xpath(".//ins") != []


def test_versions_that_read_the_same_have_no_changes(client, corrected):
    page = read(client.get(f"{BASE}v3/changes/v1/"))
    assert "印出来的数和文字没有变化。" in text(page)
    assert [text(each) for each in page.xpath("//dl[@class='reasons']/div/dd")] == [
        "培训支出有误",
        "恢复原数",
    ]
    assert page.xpath("//main//nav//a/@href") == [f"{BASE}v3/changes/v2/"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("v1/changes/", "第1版是最早公开的一版，没有更早的可以对照。"),
        ("v2/changes/v2/", "第2版只能和更早的版本对照：第1版到第1版。"),
        ("v2/changes/v3/", "第2版只能和更早的版本对照：第1版到第1版。"),
        ("v3/changes/v0/", "第3版只能和更早的版本对照：第1版到第2版。"),
        ("v9/changes/", "尉犁县总工会2025年部门预算公开只公开过3个版本，没有第9版。"),
    ],
)
def test_pair_that_there_is_not_is_answered_in_words(client, corrected, address, told):
    answer = client.get(f"{BASE}{address}")
    assert (answer.status_code, told in answer.content.decode()) == (404, True)


def test_page_is_kept_by_a_reader_until_a_new_version_comes(client, sample, union, corrected):
    answer = client.get(f"{BASE}v2/changes/")
    assert answer["Cache-Control"] == "public, max-age=15, stale-while-revalidate=15"
    assert not answer.cookies
    known = {"if-none-match": answer["ETag"]}
    assert client.get(f"{BASE}v2/changes/", headers=known).status_code == 304
    sample.shelve(union, version=4, reason="再更正")
    assert client.get(f"{BASE}v2/changes/", headers=known).status_code == 200
    assert client.post(f"{BASE}v2/changes/").status_code == 405


def test_each_version_leads_to_what_it_changed(client, corrected):
    old = read(client.get(f"{BASE}v1/")).xpath("//p[@class='notice']//a/@href")
    assert old == [BASE, f"{BASE}v3/changes/v1/"]
    new = read(client.get(BASE))
    assert new.xpath("//p[@class='notice']//a/@href") == [f"{BASE}v3/changes/"]
    assert new.xpath("//ol[@class='versions']//a/@href") == [
        f"{BASE}v3/",
        f"{BASE}v3/changes/",
        f"{BASE}v2/",
        f"{BASE}v2/changes/",
        f"{BASE}v1/",
    ]


def test_page_tells_how_long_it_took_but_not_who_pressed(client, published):
    bureau = appoint("laowang", Role.BUREAU_ADMIN)
    assert "批复到公开" not in client.get(BASE).content.decode()
    approved = PUBLISHED_AT - timedelta(days=12)
    Record.objects.create(disclosure=published, approved_at=approved, days=12, pressed_by=bureau)
    page = client.get(BASE).content.decode()
    assert "2025年2月2日批复，第12天公开" in page
    assert "laowang" not in page
