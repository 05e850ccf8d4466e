"""News as Atom: what was published, what was corrected and why, in order."""

from datetime import timedelta

import pytest
from lxml import etree

from budgets.models import Department
from tests.disclosures.conftest import PUBLISHED_AT

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
OWN = "/feeds/107001.atom"


def read(client, address):
    return etree.fromstring(client.get(address).content)


@pytest.fixture
def shelved(sample, union, published):
    later = PUBLISHED_AT + timedelta(days=1)
    sample.shelve(union, version=2, digest="2" * 64, reason="采购预算<更正>", published_at=later)
    office = Department.objects.create(code="101", name="某县办公室")
    sample.shelve(office, title="某县办公室2025年部门预算公开", published_at=PUBLISHED_AT)


def test_feed_tells_new_versions_and_reasons(client, shelved):
    entries = [
        [entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "title", "summary")]
        for entry in read(client, "/feed.atom").iterfind("a:entry", ATOM)
    ]
    root = "http://testserver/2025"
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
    feed = read(client, OWN)
    assert feed.findtext("a:title", namespaces=ATOM) == "尉犁县总工会部门预算公开"
    assert feed.xpath("a:entry/a:author/a:name/text()", namespaces=ATOM) == ["尉犁县总工会"] * 2
    Department.objects.create(code="999", name="某局")
    for code in ("999", "998"):
        missing = client.get(f"/feeds/{code}.atom")
        assert missing.status_code == 404
        assert f"编码为“{code}”的部门还没有公开过预算。" in missing.content.decode()


def test_feed_may_be_kept_and_sets_no_cookie(client, shelved):
    answer = client.get("/feed.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=15, stale-while-revalidate=15"
    assert answer["Last-Modified"] == "Sat, 15 Feb 2025 01:30:00 GMT"
    assert not answer.cookies


def test_feed_of_nothing_is_a_feed(client):
    assert read(client, "/feed.atom").findall("a:entry", ATOM) == []
