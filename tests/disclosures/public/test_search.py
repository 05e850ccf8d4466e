"""Search as a reader meets it: words, codes, kinds, pages, and what is said when it is unclear."""

from urllib.parse import unquote, urlencode

import pytest
from lxml import html

from budgets.models import Department
from disclosures.models import IndexText

pytestmark = pytest.mark.django_db


def ask(client, **asked):
    response = client.get("/search/?" + urlencode(asked))
    return response, html.fromstring(response.content.decode())


def say(element):
    return " ".join(element.text_content().split())


def list_found(page):
    """(heading, [title]) of every kind."""
    return {
        section.xpath("./h2")[0].text.strip(): [say(hit) for hit in section.xpath(".//li/a")]
        for section in page.xpath("//section[@class='found']")
    }


def test_two_signs_are_found_in_every_kind_and_marked(client, published):
    response, page = ask(client, q="工会")
    found = list_found(page)
    assert found["部门"] == ["尉犁县总工会"]
    assert "30228 工会经费" in found["科目"]
    assert {"项目", "绩效指标", "情况说明"} & set(found)
    assert {mark.text for mark in page.xpath("//mark")} == {"工会"}
    assert all("2025年" in say(hit) for hit in page.xpath("//section[@class='found']//li"))
    assert not response.cookies


def test_every_result_leads_to_a_place_of_its_document(client, published):
    document = html.fromstring(client.get("/2025/107001/").content.decode())
    ids = set(document.xpath("//@id"))
    for word in ("工会", "培训", "2012901", "财政拨款", "满意度"):
        for href in ask(client, q=word)[1].xpath("//section[@class='found']//li/a/@href"):
            address, _, place = href.partition("#")
            assert address == "/2025/107001/"
            assert not place or unquote(place) in ids


def test_code_is_found_with_its_parents_and_a_parent_with_those_below(client, published):
    titles = list_found(ask(client, q="2080505")[1])["科目"]
    assert [title.split()[0] for title in titles] == ["208", "20805", "2080505"]
    below = [title.split()[0] for title in list_found(ask(client, q="208")[1])["科目"]]
    assert below[:2] == ["208", "20805"]
    assert all(code.startswith("208") for code in below)


def test_width_and_case_do_not_count_and_all_words_must_be_there(client, published):
    plain = list_found(ask(client, q="2080505")[1])
    assert list_found(ask(client, q="２０８０５０５")[1]) == plain
    rows = IndexText.objects.filter(normal__contains="工会", kind="sentence")
    expected = rows.filter(normal__contains="培训").count()
    _, page = ask(client, q="工会 培训", kind="sentence")
    assert len(page.xpath("//section[@class='found']//li")) == min(expected, 20) > 0
    assert not list_found(ask(client, q="工会 没有的词")[1])


@pytest.mark.parametrize("word", ["%%", "__", "\\\\", "'';", "<b>", '"*"', "%工会"])
def test_signs_of_databases_and_pages_are_plain_signs(client, published, word):
    response, page = ask(client, q=word)
    assert response.status_code == 200
    assert not list_found(page)
    assert say(page.xpath("//h2")[0]) == f"没有找到“{word}”"


def test_year_keeps_to_its_own(client, sample, union, published):
    sample.shelve(union, year=2024, title="尉犁县总工会2024年部门预算公开")
    every = ask(client, q="工会", kind="department")[1]
    assert [say(hit) for hit in every.xpath("//li/p[@class='soft']")] == [
        "尉犁县总工会2025年",
        "尉犁县总工会2024年",
    ]
    one = ask(client, q="工会", kind="department", year=2024)[1]
    assert [say(hit) for hit in one.xpath("//li/p[@class='soft']")] == ["尉犁县总工会2024年"]


def test_terms_of_the_glossary_are_told_once(client, sample, published):
    office = Department.objects.create(code="101", name="某县办公室")
    sample.shelve(office)
    titles = list_found(ask(client, q="财政拨款", kind="glossary")[1])["名词解释"]
    assert len(titles) == len(set(titles)) > 0


def test_one_kind_comes_in_pages(client, published):
    _, page = ask(client, q="预算", kind="sentence")
    assert len(page.xpath("//section[@class='found']//li")) == 20
    (after,) = page.xpath("//nav[@class='turn']/a/@href")
    second = html.fromstring(client.get(f"/search/{after}").content.decode())
    first = {*page.xpath("//li/a/@href")}
    assert not first & {*second.xpath("//section[@class='found']//li/a/@href")}
    assert second.xpath("//nav[@class='turn']/a[@rel='prev']")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"q": "会"}, "“会”太短，每个词至少两个字，例如“工会”“培训”。"),
        ({"q": "工" * 51}, "一次最多查50个字，这里有51个。请只写关键的词。"),
        ({"q": "一一 二二 三三 四四 五五 六六"}, "一次最多查5个词，这里有6个。请减少几个。"),
        ({"q": "工会", "year": "今年"}, "“今年”不是年度，年度是四位数字，例如2025。"),
        ({"q": "12月", "year": "0012"}, "“0012”不是年度，年度是四位数字，例如2025。"),
        ({"q": "工会", "kind": "x"}, "没有这一类结果，请从页面上的链接选择。"),
        ({"q": "工会", "page": "0"}, "页码是1到50的数字。"),
    ],
)
def test_unclear_question_is_answered_with_what_to_do(client, published, asked, told):
    response, page = ask(client, **asked)
    assert response.status_code == 400
    assert [say(each) for each in page.xpath("//*[@role='alert']")] == [told]
    assert page.xpath("//input[@name='q']/@value") == [asked["q"]]


def test_nothing_asked_shows_the_form(client, published):
    response, page = ask(client, q=" \0")
    assert response.status_code == 200
    assert page.xpath("//input[@name='q']")
    assert not page.xpath("//section[@class='found']")


@pytest.mark.parametrize("departments", [1, 3])
def test_search_costs_the_same_for_many(client, sample, django_assert_num_queries, departments):
    for number in range(departments):
        sample.shelve(Department.objects.create(code=str(number), name=f"第{number}部门"))
    with django_assert_num_queries(14):
        ask(client, q="工会")
