"""What others show of the site: a table in another website's frame, and news as Atom."""

from datetime import timedelta

import pytest
from lxml import etree, html

from budgets.models import Department
from tests.disclosures.conftest import PUBLISHED_AT

pytestmark = pytest.mark.django_db
CURRENT, FIRST = "/embed/2025/107001/tables/T5/", "/embed/2025/107001/v1/tables/T5/"


def read_frame(response):
    return html.fromstring(response.content.decode())


@pytest.mark.parametrize("address", [CURRENT, FIRST])
def test_table_may_be_framed_and_nothing_else(client, published, address):
    framed = client.get(address)
    policy = framed["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "X-Frame-Options" not in framed
    assert not framed.cookies
    for other in ("/", "/data/", "/2025/107001/", "/2025/107001/tables/T5.csv", "/admin/login/"):
        answer = client.get(other)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], other
        assert answer["X-Frame-Options"] == "DENY", other


def test_table_is_that_of_the_page_with_its_source(client, published):
    page, document = read_frame(client.get(CURRENT)), read_frame(client.get("/2025/107001/"))
    shown, there = (each.xpath("//figure[@id='T5']//table")[0] for each in (page, document))
    assert shown.text_content() == there.text_content()
    (source,) = page.xpath("//p[@class='source']")
    assert (
        source.text_content() == "来源：尉犁县总工会2025年部门预算公开（第1版，2025年2月14日公开）"
    )
    assert source.xpath("a/@href") == ["http://testserver/2025/107001/v1/#T5"]
    assert page.xpath("//base/@target") == ["_blank"]
    assert not page.xpath("//script | //@style | //form")


def test_former_version_says_that_it_was_corrected(client, sample, union, published):
    before = client.get(CURRENT)
    later = PUBLISHED_AT + timedelta(days=1)
    sample.shelve(union, version=2, digest="2" * 64, reason="更正", published_at=later)
    assert "这一版已经更正" in client.get(FIRST).content.decode()
    known = {"if-none-match": before["ETag"]}
    assert client.get(CURRENT, headers=known).status_code == 200
    assert read_frame(client.get(CURRENT)).xpath("//p[@class='source']/a/@href") == [
        "http://testserver/2025/107001/v2/#T5"
    ]


def test_missing_table_is_not_found(client, published):
    assert client.get("/embed/2025/107001/tables/T99/").status_code == 404
    assert client.get("/embed/2024/107001/tables/T5/").status_code == 404


ATOM = {"a": "http://www.w3.org/2005/Atom"}
OWN = "/feeds/107001.atom"


def read_feed(client, address):
    return etree.fromstring(client.get(address).content)


@pytest.fixture
def shelved(sample, union, published):
    later = PUBLISHED_AT + timedelta(days=1)
    sample.shelve(union, version=2, digest="2" * 64, reason="采购预算<更正>", published_at=later)
    office = Department.objects.create(code="101", name="某县办公室")
    sample.shelve(office, title="某县办公室2025年部门预算公开", published_at=PUBLISHED_AT)


def test_feed_tells_new_versions_and_reasons(client, shelved, settings):
    settings.SITE_HOST = "budget.example.gov.cn"
    entries = [
        [entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "title", "summary")]
        for entry in read_feed(client, "/feed.atom").iterfind("a:entry", ATOM)
    ]
    root = "tag:budget.example.gov.cn,2026:/2025"
    title = "尉犁县总工会2025年部门预算公开"
    assert entries == [
        [f"{root}/107001/v2/", f"{title}（第2版，更正）", "更正原因：采购预算&lt;更正&gt;"],
        [
            f"{root}/101/v1/",
            "某县办公室2025年部门预算公开",
            "某县办公室公开了2025年部门预算。",
        ],
        [f"{root}/107001/v1/", title, "尉犁县总工会公开了2025年部门预算。"],
    ]


def test_department_has_a_feed_of_its_own(client, shelved):
    feed = read_feed(client, OWN)
    assert feed.findtext("a:title", namespaces=ATOM) == "尉犁县总工会部门预算公开"
    assert feed.xpath("a:entry/a:author/a:name/text()", namespaces=ATOM) == ["尉犁县总工会"] * 2
    Department.objects.create(code="999", name="某局")
    for code in ("999", "998"):
        missing = client.get(f"/feeds/{code}.atom")
        assert missing.status_code == 404
        assert f"编码为“{code}”的部门还没有公开过预算。" in missing.content.decode()


@pytest.mark.parametrize("address", ["/feed.atom", OWN])
def test_names_in_a_feed_do_not_depend_on_what_the_visitor_calls_the_site(
    client, shelved, settings, address
):
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    named = [
        etree.fromstring(client.get(address, SERVER_NAME=host).content).xpath(
            "//a:id/text()", namespaces=ATOM
        )
        for host in settings.ALLOWED_HOSTS
    ]
    assert named[0] == named[1]
    assert named[0][0] == f"tag:{settings.SITE_HOST},2026:{address}"


def test_feed_may_be_kept_and_sets_no_cookie(client, shelved):
    answer = client.get("/feed.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=15, stale-while-revalidate=15"
    assert answer["Last-Modified"] == "Sat, 15 Feb 2025 01:30:00 GMT"
    assert not answer.cookies


def test_feed_of_nothing_is_a_feed(client):
    assert read_feed(client, "/feed.atom").findall("a:entry", ATOM) == []
