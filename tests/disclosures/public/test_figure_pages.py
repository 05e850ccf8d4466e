"""The page of a figure and of a sentence: reached from the document, told, cited, cached."""

from urllib.parse import unquote

import pytest
from lxml import html

pytestmark = pytest.mark.django_db
BASE = "/2025/107001/"


def read(response):
    return html.fromstring(response.content.decode())


def say(response):
    return " ".join(read(response).get_element_by_id("main").text_content().split())


def test_every_printed_amount_opens_to_its_page(client, published):
    page = read(client.get(BASE))
    amounts = [cell for cell in page.xpath("//td[@id]") if cell.text_content()]
    assert len(amounts) > 200
    for cell in amounts:
        assert unquote(cell.xpath("string(a/@href)")) == f"cells/{cell.get('id')}/"
    for cell in amounts[::25]:
        answer = client.get(BASE + cell.xpath("string(a/@href)"))
        assert answer.status_code == 200
        assert read(answer).xpath("string(//p[@class='amount']/strong)") == cell.text_content()


def test_links_of_a_cell_reach_what_they_name(client, published):
    ids = set(read(client.get(BASE)).xpath("//@id"))
    page = read(client.get(f"{BASE}cells/T6.301.total/"))
    links = page.xpath("//main//a/@href")
    assert {unquote(link.split("#")[1]) for link in links if "#" in link} <= ids
    for link in links:
        assert client.get(link.split("#")[0]).status_code == 200, link


def test_cell_is_told_and_cited(client, published):
    words = say(client.get("/2025/107001/v1/cells/T6.301.total/"))
    for told in (
        "118.20 万元",
        "精确到分是1,182,000.00元",
        "30101 基本工资30.08",
        "尾差，没有分到上面各数的100.00元",
        "两边相差0.01万元，在10个数四舍五入的允许范围内。",
        "尉犁县总工会2025年部门预算公开（第1版，2025年2月14日公开），"
        "表6 一般公共预算基本支出情况表，301 工资福利支出：118.20万元（一般公共预算），"
        "http://testserver/2025/107001/v1/cells/T6.301.total/",
    ):
        assert told in words


def test_sentence_is_told_and_cited(client, published):
    page = read(client.get(BASE))
    links = page.xpath("//a[@class='cite']/@href")
    assert len(links) > 40
    words = say(client.get(BASE + links[0]))
    assert "收支总预算265.89万元。”——尉犁县总工会2025年部门预算公开（第1版，" in words
    assert words.count("http://testserver/2025/107001/v1/sentences/N1.total/") == 1


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("cells/T3.999.total/", "这个版本没有地址为“T3.999.total”的数。"),
        ("cells/../../x/", "这个版本没有地址为"),
        ("sentences/N99/", "这个版本没有地址为“N99”的段落。"),
        ("v2/cells/T3.total.total/", "没有第2版。"),
    ],
)
def test_unknown_reference_is_not_found_in_words(client, published, address, words):
    answer = client.get(BASE + address)
    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_old_version_says_that_there_is_a_newer_one(client, sample, union, published):
    sample.shelve(union, version=2, digest="2" * 64, reason="更正")
    words = say(client.get("/2025/107001/v1/cells/T3.total.total/"))
    assert "这一版以后有过更正，看现行的第2版。" in words


def test_reference_is_not_sent_again_to_who_has_it(client, published):
    first = client.get(f"{BASE}cells/T3.total.total/")
    assert not first.cookies
    again = client.get(f"{BASE}cells/T3.total.total/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
