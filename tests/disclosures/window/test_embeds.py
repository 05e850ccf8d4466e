"""A table in another website's frame: allowed there and nowhere else, with its source."""

from datetime import timedelta

import pytest
from lxml import html

from tests.disclosures.conftest import PUBLISHED_AT

pytestmark = pytest.mark.django_db
CURRENT, FIRST = "/embed/2025/107001/tables/T5/", "/embed/2025/107001/v1/tables/T5/"


def read(response):
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
    page, document = read(client.get(CURRENT)), read(client.get("/2025/107001/"))
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
    assert read(client.get(CURRENT)).xpath("//p[@class='source']/a/@href") == [
        "http://testserver/2025/107001/v2/#T5"
    ]


def test_missing_table_is_not_found(client, published):
    assert client.get("/embed/2025/107001/tables/T99/").status_code == 404
    assert client.get("/embed/2024/107001/tables/T5/").status_code == 404
