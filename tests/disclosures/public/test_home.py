"""The first page: the county in a year, set against the last, its departments in three orders."""

from decimal import Decimal

import pytest
from lxml import html

from budgets.models import Department, DepartmentKind, FormerName
from disclosures.models import IndexEntry
from disclosures.public.home import compare_totals


def tell(entries, before):
    move = compare_totals(
        [IndexEntry(department_id=key, total=Decimal(total)) for key, total in entries.items()],
        {key: Decimal(total) for key, total in before.items()},
    )
    return move and (move.departments, move.is_whole, move.word, move.difference, move.rate)


@pytest.mark.parametrize(
    ("entries", "before", "told"),
    [
        ({1: "1100000", 2: "500000"}, {1: "1000000", 3: "9"}, (1, False, "增加", "10.00", "10.00")),
        ({1: "200000", 2: "1"}, {1: "300000", 2: "0"}, (2, True, "减少", "10.00", "33.33")),
        ({1: "70000"}, {1: "70000"}, (1, True, "减少", "", "0.00")),
        ({1: "70000"}, {1: "70000", 2: "5"}, (1, False, "减少", "", "0.00")),
        ({1: "70000"}, {2: "70000"}, None),
        ({}, {2: "70000"}, None),
    ],
)
def test_move_is_of_those_published_in_both_years(entries, before, told):
    assert tell(entries, before) == told


pytestmark = pytest.mark.django_db
PAGE = "/2025/107001/"


def read(response):
    return html.fromstring(response.content.decode())


def say(element):
    return " ".join(element.text_content().split())


@pytest.fixture
def county(sample, union):
    """Two departments with something published, one that waits, one begun later, one merged."""
    Department.objects.filter(pk=union.pk).update(kind=DepartmentKind.SOCIETY)
    sample.shelve(union)
    sample.shelve(union, year=2024, title="尉犁县总工会2024年部门预算公开")
    office = Department.objects.create(code="101", name="尉犁县档案馆", established=2025)
    sample.shelve(office)
    Department.objects.create(code="102", name="尉犁县审计局")
    Department.objects.create(
        code="103", name="尉犁县粮食局", dissolved=2025, successor=office, active=False
    )
    FormerName.objects.create(department=union, name="尉犁县工会", until=2020)
    return union


def test_home_is_the_newest_year(client, county):
    page = read(client.get("/"))
    assert say(page.find(".//h1")) == "2025年部门预算公开"
    facts = [say(each) for each in page.xpath("//section[@class='county']//dd")]
    assert facts[:3] == [
        "531.78 万元与上年持平，按两年都公开了的1个部门算全口径；部门之间的往来没有抵销",
        "201440.26 20855.82 22120.86 全部方面和图表",
        "2 个部门应公开3个",
    ]
    assert page.xpath("//section[@class='group']//li/a/@href") == ["/2025/101/", PAGE]
    assert [say(each) for each in page.xpath("//section[@id='waiting']//li")] == ["尉犁县审计局"]


def test_year_has_its_own_departments(client, county):
    page = read(client.get("/2024/"))
    facts = [say(each) for each in page.xpath("//section[@class='county']//dd")]
    assert facts[0] == "265.89 万元全口径；部门之间的往来没有抵销"
    assert facts[2] == "1 个部门应公开3个"
    waiting = [say(each) for each in page.xpath("//section[@id='waiting']//li")]
    assert waiting == ["尉犁县审计局", "尉犁县粮食局"]
    assert client.get("/2023/").status_code == 404


@pytest.mark.parametrize(
    ("order", "headings"),
    [
        ("", ["Z", "尚未公开"]),
        ("by-kind/", ["群众团体", "未登记类别", "尚未公开"]),
        ("by-size/", ["一百万元到一千万元", "尚未公开"]),
    ],
)
def test_departments_come_in_three_orders(client, county, order, headings):
    page = read(client.get(f"/2025/{order}"))
    assert page.xpath("//section[contains(@class, 'group')]/h3/text()") == headings


def test_matrix_tells_absence_from_delay(client, county):
    page = read(client.get("/years/"))
    rows = [[say(cell) for cell in row] for row in page.xpath("//tr")]
    assert rows == [
        ["部门", "2025年", "2024年"],
        ["尉犁县档案馆", "265.89", "尚未设立"],
        ["尉犁县审计局", "尚未公开", "尚未公开"],
        ["尉犁县粮食局", "已撤并", "尚未公开"],
        ["尉犁县总工会", "265.89", "265.89"],
    ]


def test_switch_stays_with_the_department(client, county):
    (switch,) = read(client.get(PAGE)).xpath("//nav[@class='switch']")
    assert switch.xpath(".//a/@href") == ["/2024/107001/"]
    assert say(switch) == "2025年 2024年 2020年及以前称尉犁县工会。现称尉犁县总工会。"
    (switch,) = read(client.get("/2025/101/")).xpath("//nav[@class='switch']")
    assert say(switch) == "2025年 2024年尚未设立 2025年起承接尉犁县粮食局的职能。"


def test_page_is_new_when_another_year_is_published(client, sample, county):
    first = client.get(PAGE)
    sample.shelve(county, year=2023, title="尉犁县总工会2023年部门预算公开")
    again = client.get(PAGE, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "/2023/107001/" in again.content.decode()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/2024/101/", "尉犁县档案馆2024年尚未设立"),
        ("/2024/102/", "尉犁县审计局2024年尚未公开"),
        ("/2025/103/", "尉犁县粮食局2025年已撤并"),
    ],
)
def test_missing_year_says_why(client, county, address, told):
    response = client.get(address)
    assert response.status_code == 404
    assert told in response.content.decode()


def test_home_says_what_will_be_there(client):
    response = client.get("/")
    assert "还没有公开的预算" in response.content.decode()
    assert not response.cookies


def test_made_up_county_says_so_on_every_page(client, county):
    Department.objects.update(is_demo=True)
    of_one = ("", "charts/", "picture/", "cells/T6.301.total/", "sentences/N3.T3.total.basic/")
    county_wide = ("/", "/years/", "/search/?q=工会", "/data/", "/three-public/")
    for address in (*county_wide, *(f"{PAGE}{each}" for each in of_one)):
        notice = read(client.get(address)).xpath("//aside[@class='made-up']")
        assert [say(each) for each in notice] == [
            "演示数据 这个县并不存在，全部部门、数字和文字都由程序生成，仅供试用和测量。"
        ]
    Department.objects.update(is_demo=False)
    assert not read(client.get("/")).xpath("//aside[@class='made-up']")
