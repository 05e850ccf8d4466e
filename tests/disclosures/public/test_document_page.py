"""A page through the lens: in yuan, with last year beside it; sentences keep their form."""

from datetime import timedelta
from decimal import Decimal

import pytest
from lxml import html

from budgets.domain.money import show_wan
from tests.disclosures.conftest import PUBLISHED_AT
from tests.disclosures.thawed import find_cells, freeze_again, thaw

pytestmark = pytest.mark.django_db
PAGE = "/2025/107001/"


def read(response):
    return html.fromstring(response.content.decode())


def cell(page, at):
    return page.xpath("string(//td[@id=$at])", at=at)


def shelve_last_year(sample, union, **amounts):
    """A disclosure of 2024 like the sample's, with these cells (yuan, None for a blank)."""
    content = sample.json
    for each in find_cells(content):
        if each.get("at") in amounts:
            yuan = amounts[each["at"]]
            each |= {"yuan": yuan, "text": show_wan(Decimal(yuan)) if yuan else ""}
    return sample.shelve(
        union,
        year=2024,
        content=freeze_again(content),
        digest="4" * 64,
        published_at=PUBLISHED_AT - timedelta(days=365),
    )


def test_yuan_on_demand_to_the_cent(client, published):
    page = read(client.get(PAGE, {"unit": "yuan"}))
    assert cell(page, "T3.total.total") == "2,658,900.00"
    assert cell(page, "T8.total.total") == ""
    assert "单位：元" in page.xpath("string(//figure[@id='T3']//p[@class='units'])")
    assert cell(page, "P0.own.amount") == "138.18"
    assert "单位：万元" in page.xpath("string(//figure[@id='P0']//p[@class='units'])")
    sentence = page.get_element_by_id("N1.total").text_content()
    assert "收支总预算265.89万元。" in sentence


def test_last_year_is_inferred_from_the_sentences(client, published):
    page = read(client.get(PAGE, {"last": "1"}))
    assert cell(page, "T5.2050803.total") == "0.23上年0.30"
    assert cell(page, "T5.2080506.total") == "6.12新增"
    assert cell(page, "T3.2012901.total") == "177.45"
    assert "由说明里写明的增减推算" in page.text_content()


def test_last_year_is_taken_from_its_own_disclosure(client, sample, union, published):
    shelve_last_year(
        sample,
        union,
        **{"T5.2050803.total": "12345.00", "T3.2012901.total": None, "T10.abroad.total": "3000.00"},
    )
    page = read(client.get(PAGE, {"last": "1"}))
    assert cell(page, "T5.2050803.total") == "0.23上年1.23"
    assert cell(page, "T3.2012901.total") == "177.45新增"
    assert cell(page, "T3.total.total") == "265.89上年265.89"
    assert "取自2024年预算公开（第1版）的同一格" in page.text_content()
    exact = read(client.get(PAGE, {"unit": "yuan", "last": "1"}))
    assert cell(exact, "T5.2050803.total") == "2,300.00上年12,345.00"


def test_what_is_no_longer_budgeted_is_called_so(client, sample, union, published):
    shelve_last_year(sample, union, **{"T1.carryover.income": "30000.00"})
    page = read(client.get(PAGE, {"last": "1"}))
    assert cell(page, "T1.carryover.income") == "上年3.00取消"


def test_rows_of_last_year_alone_stand_below_the_table_and_not_in_it(
    client, sample, union, published
):
    content = sample.json
    content["tables"] = [
        thaw(freeze_again(table).replace("2050803", "2050899")) if table["key"] == "T5" else table
        for table in content["tables"]
    ]
    sample.shelve(union, year=2024, content=freeze_again(content), digest="4" * 64)
    plain, page = (read(client.get(PAGE, look)) for look in ({}, {"unit": "yuan", "last": "1"}))
    (gone,) = page.find_class("gone")
    assert gone.xpath("string(p)").startswith("表5：2024年有、2025年没有的行")
    lines = [[cell.text_content() for cell in line] for line in gone.xpath(".//tbody/tr")]
    assert lines == [["205", "08", "03", "培训支出取消", "2,300.00", "2,300.00", ""]]
    assert gone.xpath(".//td/@id") == []
    rows = "count(//figure[@id='T5']/div[@class='frame']//tbody/tr)"
    assert page.xpath(rows) == plain.xpath(rows) > 0
    assert cell(page, "T5.2050803.total") == "2,300.00新增"
    assert plain.find_class("gone") == []


def test_each_look_has_its_own_tag_and_others_change_nothing(client, sample, union, published):
    looks = ({}, {"unit": "yuan"}, {"last": "1"}, {"unit": "yuan", "last": "1"})
    tags = [client.get(PAGE, look)["ETag"] for look in looks]
    assert len(set(tags)) == 4
    strange = client.get(PAGE, {"unit": "dollar", "last": "2", "x": "1"}, follow=True)
    assert (strange.redirect_chain, strange["ETag"]) == ([(PAGE, 302)], tags[0])


def test_look_at_last_year_is_new_when_last_year_is_corrected(client, sample, union, published):
    shelve_last_year(sample, union)
    asked = {"last": "1"}
    first = client.get(PAGE, asked)
    known = {"if-none-match": first["ETag"]}
    assert client.get(PAGE, asked, headers=known).status_code == 304
    sample.shelve(union, year=2024, version=2, digest="5" * 64, reason="更正")
    second = client.get(PAGE, asked, headers=known)
    assert second.status_code == 200
    assert "取自2024年预算公开（第2版）的同一格" in read(second).text_content()


def test_looks_lead_to_each_other(client, published):
    page = read(client.get(PAGE, {"unit": "yuan"}))
    links = page.xpath("//nav[@class='lens']//a/@href")
    assert links == ["?#tables", "?unit=yuan&last=1#tables"]
    assert page.xpath("//link[@rel='canonical']/@href") == read(client.get(PAGE)).xpath(
        "//link[@rel='canonical']/@href"
    )
