"""How any form becomes a grid, shown on a small one of its own."""

from decimal import Decimal

from hypothesis import given

from budgets.domain.facts import Fact, Fund, Nature
from budgets.domain.filing import Filing
from budgets.domain.sets.xinjiang import XINJIANG
from budgets.domain.tables.build import build_table, list_facts
from budgets.domain.tables.form import (
    BY_FUNCTION,
    INCOME,
    Column,
    Form,
    Heading,
    Role,
    RowKind,
    RowSource,
    TableLine,
    TableSide,
)
from tests.factories.filings import CHART, UNION, filing, income, spend
from tests.factories.printed import table, writer_of
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


ROUNDED = "注：本表各数以万元为单位四舍五入，部分合计数与分项之和存在尾差。"


def footnotes(made):
    tables = writer_of(made).tables
    return {key: list(grid.footnotes) for key, grid in tables.items() if grid.footnotes}


def test_real_yuan_whose_printed_parts_do_not_add_up_are_explained():
    made = filing(spend("1.0040", "2012901"), spend("1.0040", "2012950"))
    assert table(made, "T5") == [
        "|||总计|2.01|2.01",
        "201|||一般公共服务支出|2.01|2.01",
        "201|29||群众团体事务|2.01|2.01",
        "201|29|01|行政运行|1.00|1.00",
        "201|29|50|事业运行|1.00|1.00",
    ]
    assert footnotes(made) == {key: [ROUNDED] for key in ("T2", "T3", "T5")}


def test_gap_across_the_columns_is_explained_too():
    made = filing(
        spend("1.0040", "2012901", "30201", nature=Nature.OPERATING),
        spend("1.0040", "2012901", "302", nature=Nature.PROJECT, project="甲"),
    )
    assert table(made, "T3")[-1] == "201|29|01|行政运行|2.01|1.00|1.00"
    assert footnotes(made) == {key: [ROUNDED] for key in ("T3", "T5")}


def test_gap_inside_a_list_of_funds_is_explained():
    made = filing(
        spend("1.0040", "2012901"),
        spend("1.0040", "2012901", fund=Fund.GENERAL_TRANSFER),
    )
    assert [row.split("|")[1] for row in table(made, "T1")[:4]] == ["2.01", "2.01", "1.00", "1.00"]
    assert footnotes(made) == {key: [ROUNDED] for key in ("T1", "T2")}


def test_real_yuan_that_add_up_as_printed_need_no_footnote():
    assert footnotes(filing(spend("1.0010", "2012901"), spend("1.0010", "2012950"))) == {}


def test_residue_is_explained_by_name_on_its_own_line_only():
    made = filing(
        spend("1.00", "2012901"),
        spend("2.00", "2012950"),
        spend(Decimal("-0.01"), "20129"),
    )
    sentence = (
        "注：20129 群众团体事务2.99万元，所列明细之和为3.00万元，相差0.01万元，"
        "为各数以万元为单位四舍五入形成的尾差。"
    )
    assert table(made, "T5")[:3] == [
        "|||总计|2.99|2.99",
        "201|||一般公共服务支出|2.99|2.99",
        "201|29||群众团体事务|2.99|2.99",
    ]
    assert footnotes(made) == {key: [sentence] for key in ("T2", "T3", "T5")}


def test_residue_too_small_to_be_seen_is_not_explained():
    made = filing(spend("1.00", "2012901"), spend(Decimal("0.0010"), "20129"))
    assert footnotes(made) == {}


def test_residue_of_a_project_is_named_after_its_code():
    made = filing(
        spend("1.00", "2012901", "302", nature=Nature.PROJECT, project="甲"),
        spend("0.01", "201", "302", nature=Nature.PROJECT, project="甲"),
    )
    assert footnotes(made)["T7"] == [
        "注：201 一般公共服务支出1.01万元，所列明细之和为1.00万元，相差0.01万元，"
        "为各数以万元为单位四舍五入形成的尾差。"
    ]
