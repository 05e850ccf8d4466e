"""A year in charts: its figures are the documents', and each chart is a picture too."""

import pytest
from django.db import connection
from lxml import etree

from budgets.models import FunctionCode
from tests.disclosures.public.reports.conftest import read_document

pytestmark = pytest.mark.django_db
# In the order of their amounts.
CLASSES = {
    "201": "一般公共服务支出",
    "208": "社会保障和就业支出",
    "221": "住房保障支出",
    "210": "卫生健康支出",
    "205": "教育支出",
}


def test_every_figure_is_the_documents_or_leads_to_the_code(look, published):
    FunctionCode.objects.bulk_create(
        FunctionCode(year=2025, code=code, name=name) for code, name in CLASSES.items()
    )
    sight = look("/2025/charts/")
    assert [each.text for each in sight.tree.iterfind(".//figure//h2")] == [
        "各部门收支总预算",
        "各部门支出按功能分类",
        "各部门一般公共预算支出按功能分类",
        "各部门一般公共预算基本支出按经济分类",
    ]
    size, *codes = [table[1:] for table in sight.tables]
    assert size == [["尉犁县总工会", read_document("/2025/107001/", "T1.total.income"), "100.00%"]]
    assert [line[:2] for line in codes[0]] == [
        [name, read_document("/2025/107001/", f"T3.{code}.total")] for code, name in CLASSES.items()
    ]


def test_figures_of_departments_stand_side_by_side(look, published, settle):
    settle(2)
    size = look("/2025/charts/").tables[0]
    assert [line[0] for line in size[1:]] == ["尉犁县总工会", "第0部门", "第1部门"]
    assert {line[2] for line in size[1:]} == {"33.33%"}


@pytest.mark.parametrize("address", ["/2025/charts/", "/codes/function/208/whole.csv"])
def test_publication_between_two_questions_breaks_no_page(look, published, settle, address):
    happened = []

    def let_publish(execute, sql, *rest):
        if happened == ["figures are asked for"]:
            happened.append("another department publishes")
            settle(1)
        if not happened and '"disclosures_indexfigure"."amount"' in sql:
            happened.append("figures are asked for")
        return execute(sql, *rest)

    with connection.execute_wrapper(let_publish):
        assert "尉犁县总工会" in look(address).answer.content.decode()
    assert len(happened) == 2


def test_chart_is_a_picture_with_its_source(client, published):
    drawn = etree.fromstring(client.get("/2025/charts/functions.svg").content)
    texts = drawn.xpath("//*[local-name()='text']/text()")
    assert texts[:2] == ["各部门支出按功能分类", "单位：万元　口径：全口径"]
    assert "".join(texts[-3:]) == (
        "来源：2025年各部门预算公开，各部门表3 部门支出总体情况表，截至2025年2月14日"
        "http://testserver/2025/charts/"
    )


def test_unknown_chart_and_year_are_not_found_in_words(client, published):
    for address, words in (
        ("/2025/charts/none.svg", "2025年没有名为“none”的图，可以用的是：size、functions"),
        ("/2019/charts/", "2019年还没有公开的部门预算。"),
    ):
        answer = client.get(address)
        assert answer.status_code == 404
        assert words in answer.content.decode()
