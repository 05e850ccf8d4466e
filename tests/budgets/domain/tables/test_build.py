"""How any form becomes a grid, shown on a small one of its own."""

from decimal import Decimal

from hypothesis import given

from budgets.domain.facts import Fact, Fund
from budgets.domain.filing import Filing
from budgets.domain.sets.xinjiang import XINJIANG
from budgets.domain.tables.build import build_table, list_facts
from budgets.domain.tables.form import (
    Column,
    Form,
    Heading,
    Role,
    RowKind,
    RowSource,
    TableLine,
    TableSide,
)
from budgets.domain.tables.slices import BY_FUNCTION, INCOME
from tests.factories.filings import CHART, UNION, income, spend
from tests.factories.random_ledgers import filings


def funds(facts, _):
    names = dict.fromkeys(fact.fund for fact in facts)
    return [
        TableLine(
            key=fund.value,
            labels=(fund.label,),
            facts=[fact for fact in facts if fact.fund is fund],
            level=1,
            parent="total",
        )
        for fund in names
    ]


def side(name, picks):
    return TableSide(
        heads=(
            Heading(
                heading=name,
                children=(
                    Column(key="item", heading="项目", kind="label", width=20),
                    Column(key=name, heading="预算数", scope="财政拨款"),
                ),
            ),
        ),
        rows=RowSource(kind=RowKind.ITEM, lines=funds),
        picks=picks,
        total=("合计",),
        total_first=False,
    )


FORM = Form(
    number=99,
    role=Role.WHOLE,
    title="试表",
    scope="全口径",
    source=lambda filing: filing.facts,
    empty="{department}{year}年没有数据，{title}为空表。",
    blocks=(side("收入", INCOME), side("支出", BY_FUNCTION)),
)


def make(*facts: Fact):
    return build_table(FORM, Filing(department=UNION, year=2025, facts=facts), CHART)


def test_two_sides_stand_beside_each_other_with_their_totals_on_the_last_row():
    first, second, third = list(Fund)[:3]
    grid = make(
        income(first, "1.00"),
        income(second, "2.00"),
        income(third, "3.00"),
        spend("6.00", "2012901", fund=first),
    )
    assert [[cell.text for cell in row.cells] for row in grid.rows()] == [
        [first.label, "1.00", first.label, "6.00"],
        [second.label, "2.00", "", ""],
        [third.label, "3.00", "", ""],
        ["合计", "6.00", "合计", "6.00"],
    ]
    assert [cell.kind for cell in grid.rows()[1].cells] == ["label", "amount", "blank", "blank"]
    assert [row.level for row in grid.rows()] == [None, None, None, 0]


def test_empty_form_says_so_in_its_sentence_and_keeps_its_totals():
    grid = make()
    assert grid.empty == "尉犁县总工会2025年没有数据，试表为空表。"
    assert [[cell.text for cell in row.cells] for row in grid.rows()] == [["合计", "", "合计", ""]]


def test_amount_has_an_address_a_scope_and_exact_yuan():
    grid = make(income(Fund.GENERAL_OWN, "0.00005"))
    cell = grid.cell("total", "收入")
    assert (cell.at, cell.scope, cell.yuan, cell.text) == (
        "T1.total.收入",
        "财政拨款",
        Decimal("0.50"),
        "0.00",
    )
    assert grid.yuan("total", "支出") == Decimal("0.00")
    assert grid.cell("nowhere", "收入") is None


def test_head_spans_and_marks_follow_the_headings():
    grid = make()
    assert [[(cell.text, cell.colspan, cell.scope) for cell in row] for row in grid.head] == [
        [("收入", 2, "colgroup"), ("支出", 2, "colgroup")],
        [("项目", 1, "col"), ("预算数", 1, "col"), ("项目", 1, "col"), ("预算数", 1, "col")],
    ]


@given(filings())
def test_facts_of_a_cell_sum_up_to_it_and_are_the_filings_own(filing):
    for form in XINJIANG.forms:
        own = {id(fact) for fact in form.source(filing)}
        for cell in build_table(form, filing, CHART).amounts():
            facts = list_facts(form, filing, CHART, cell.row, cell.column)
            assert (sum(fact.amount for fact in facts) if facts else None) == cell.yuan
            assert {id(fact) for fact in facts} <= own
