"""Footnotes: printed figures that do not add up are explained, others are not."""

from decimal import Decimal

from budgets.domain.facts import Fund, Nature
from tests.disclosures.printed import table, writer_of
from tests.factories.filings import filing, spend

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
