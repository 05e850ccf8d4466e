"""A list declared once: what stands in a cell, in a file, and in which order."""

from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from lxml import html

from budgets.domain.money import show_wan
from disclosures.publishing.exports.listing import build_listing
from disclosures.publishing.report import Column, Order, Report, write_day, write_moment

HOSTILE = "=1+1<b>{}"
RECORDS = [
    SimpleNamespace(name=HOSTILE, yuan=Decimal("1234567.00"), code="2"),
    SimpleNamespace(name="乙", yuan=None, code="1"),
]
REPORT = Report(
    title="各部门",
    records=RECORDS,
    columns=[
        Column("code", "编码", lambda row: row.code),
        Column(
            "name",
            f"部门{HOSTILE}",
            lambda row: row.name,
            href=lambda row: f"/x?a=1&b={row.code}" if row.yuan else "",
            note=lambda row: "" if row.yuan else "没有<金额>",
            total="全部",
        ),
        Column(
            "yuan",
            "金额（元）",
            lambda row: row.yuan,
            show=lambda row: "" if row.yuan is None else show_wan(row.yuan),
            heading="金额",
            unit="万元",
            total="123.46",
            is_amount=True,
        ),
        Column("more", "只在页面上", show=lambda row: "看"),
        Column("address", "地址", lambda row: f"/{row.code}/", is_address=True),
    ],
    shown=("name", "yuan", "more"),
    orders={
        "given": Order("原来的", list),
        "code": Order("按编码", lambda rows: sorted(rows, key=lambda row: row.code)),
    },
    complete=lambda rows: [SimpleNamespace(**vars(row)) for row in rows],
)


def draw(**more):
    table = REPORT.draw_table(REPORT.records, **more)
    return html.fromstring(render_to_string(table.template_name, {"table": table}))


def test_page_has_its_columns_with_links_notes_units_and_totals():
    page = draw()
    assert [[cell.text_content().strip() for cell in line] for line in page.iter("tr")] == [
        [f"部门{HOSTILE}", "金额万元", "只在页面上"],
        [HOSTILE, "123.46", "看"],
        ["乙没有<金额>", "", "看"],
        ["全部", "123.46", ""],
    ]
    assert [link.get("href") for link in page.iter("a")] == ["/x?a=1&b=2"]
    assert page.xpath("count(//b)") == 0
    assert page.xpath("//tbody/tr[1]/*[@class]/@class") == ["amount"]
    assert page.xpath("//@data-label") == []


def test_cards_bear_the_names_of_their_columns():
    assert draw(is_card=True).xpath("//tbody/tr[1]/td/@data-label") == ["金额", "只在页面上"]


def test_files_have_what_has_a_value_and_no_formula():
    changed = datetime(2025, 2, 14, tzinfo=UTC)
    listing = REPORT.make_listing(changed, lambda path: f"http://testserver{path}")
    assert build_listing(listing, "csv").decode("utf-8-sig").splitlines() == [
        f"编码,部门{HOSTILE},金额（元）,地址",
        f"2,'{HOSTILE},1234567.00,http://testserver/2/",
        "1,乙,,http://testserver/1/",
    ]


@pytest.mark.parametrize(("order", "codes"), [("given", ["2", "1"]), ("code", ["1", "2"])])
def test_orders_arrange_the_records(order, codes):
    assert [row.code for row in REPORT.arrange(order)] == codes


def test_days_are_those_of_the_portal():
    moment = datetime(2025, 2, 14, 16, 30, tzinfo=UTC)
    assert (write_day(moment), write_moment(moment)) == ("2025-02-15", "2025-02-15 00:30")
    assert (write_day(None), write_moment(None)) == ("", "")
