from decimal import Decimal

import pytest

from budgets.domain.document import (
    AGENCY_OPERATING,
    Change,
    Direction,
    Figure,
    Missing,
    OwnWords,
    Piece,
    Stated,
    Text,
    split_address,
)
from budgets.domain.facts import Nature
from budgets.domain.filing import Particulars, PriorBasis, WordsKind
from budgets.domain.money import show_wan
from budgets.domain.notes import compose, continue_sentence, end_sentence, enlist
from tests.factories.filings import filing, priors, reasons, spend, wan
from tests.factories.printed import writer_of


@pytest.mark.parametrize(
    ("at", "parts"),
    [
        ("T5.2012901.total", ("T5", "2012901", "total")),
        ("T7.2012901:某.项目.一.total", ("T7", "2012901:某.项目.一", "total")),
        ("N12.agency_operating", ("N12", "", "agency_operating")),
    ],
)
def test_address_splits_at_its_first_and_last_dot(at, parts):
    assert split_address(at) == parts


MADE = filing(
    spend("10.00", "2012901"),
    spend("2.00", "2012901", "30201", nature=Nature.PROJECT, project="某 项目. 一/二#3"),
    priors=priors({"T5.2012901.total": "8.00", "T7.2012901:某项目.一/二#3.total": "2.00"}),
    words=reasons({"T5.2012901.total": "人员增加"}),
)


def test_figure_knows_its_cell_and_its_yuan_whatever_the_projects_name():
    at = "T7.2012901:某项目.一/二#3.total"
    assert writer_of(MADE).amount(at) == Figure(text="2.00", at=at, yuan=wan("2.00"))


def test_figure_of_an_absent_cell_is_zero():
    at = "T5.2050803.total"
    assert writer_of(MADE).amount(at) == Figure(text="0.00", at=at, yuan=wan("0"))


def test_share_names_both_cells_and_tells_both_rates():
    share = writer_of(MADE).share("T5.total.project", "T5.total.total")
    assert (share.part, share.whole) == ("T5.total.project", "T5.total.total")
    assert (share.text, share.printed_rate) == ("16.67", Decimal("16.67"))
    assert str(share.rate) == "16.66666666666666666666666667"


def test_change_tells_amounts_difference_and_rate_exactly_and_as_printed():
    made = filing(
        spend("10.0049", "2012901"),
        priors=priors({"T5.2012901.total": "8.0051"}),
        words=reasons({"T5.2012901.total": "人员增加"}),
    )
    (change,) = writer_of(made).change_alone("T5.2012901.total")
    assert change == Change(
        at="T5.2012901.total",
        this=Decimal("100049.00"),
        last=Decimal("80051.00"),
        basis=PriorBasis.BUDGET,
        difference=Decimal("19998.00"),
        rate=Decimal("24.98157424641790858327816017"),
        printed_difference=Decimal("1.99"),
        printed_rate=Decimal("24.84"),
        direction=Direction.INCREASE,
        pieces=(
            Piece(text="增加"),
            Piece(text="1.99", shows="difference"),
            Piece(text="万元，增长"),
            Piece(text="24.84", shows="rate"),
            Piece(text="%"),
        ),
        reason="T5.2012901.total",
    )


def test_missing_words_and_figures_leave_marked_blanks():
    def missing(spans):
        return [span.kind for span in spans if isinstance(span, Missing)]

    writer = writer_of(MADE)
    assert missing(writer.change("T5.total.basic")) == ["prior"]
    assert missing([writer.use("T4.201.general")]) == ["use"]
    unexplained = writer_of(
        filing(spend("10.00", "2012901"), priors=priors({"T5.2012901.total": "8.00"}))
    )
    assert missing(unexplained.reason("T5.2012901.total")) == ["reason"]


@pytest.mark.parametrize(("stated", "cell"), [(None, "T6.total.operating"), ("3.00", "")])
def test_agency_expenses_are_stated_and_lead_to_the_cell_they_were_taken_from(stated, cell):
    given = Particulars(agency_operating=stated and wan(stated))
    made = filing(spend("4.00", "2012901", "30201", nature=Nature.OPERATING), particulars=given)
    writer = writer_of(made, {AGENCY_OPERATING: wan("5.00")})
    (change,) = writer.change_alone(AGENCY_OPERATING)
    expected = wan(stated or "4.00")
    assert writer.amount(AGENCY_OPERATING) == Stated(
        text=show_wan(expected),
        key="agency",
        label="机关运行经费",
        value=expected,
        unit="yuan",
        cell=cell,
    )
    assert (change.this, change.cell) == (expected, cell)


def test_no_reason_is_asked_where_nothing_changed():
    still = filing(spend("10.00", "2012901"), priors=priors({"T5.2012901.total": "10.00"}))
    assert list(writer_of(still).reason("T5.2012901.total")) == []


FIGURE = Figure(text="1.00", at="T1.total.income", yuan=Decimal("10000.00"))


def test_compose_joins_plain_texts_and_keeps_figures_apart():
    assert compose("{name}{amount}万元。", name="收入", amount=FIGURE) == (
        Text(text="收入"),
        FIGURE,
        Text(text="万元。"),
    )


def test_compose_keeps_braces_that_the_department_typed():
    own = OwnWords(text="按{标准}执行", at="T5.total.basic")
    assert compose("原因是{words}", words=own) == (Text(text="原因是"), own)


def test_enlist_parts_pieces_by_the_separator():
    assert "".join(span.text for span in enlist([FIGURE, "甲", [FIGURE]], "；")) == "1.00；甲；1.00"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("人员增加", "人员增加"),
        (" 人员增加。", "人员增加"),
        ("主要原因是人员增加。", "人员增加"),
        ("主要原因为：人员增加；", "人员增加"),
        ("原因：人员增加", "人员增加"),
        ("是由于人员增加", "由于人员增加"),
        ("为落实政策", "为落实政策"),
        ("人员增加，\n  工资上调", "人员增加，工资上调"),
        ("主要原因是。", ""),
        (" \n", ""),
    ],
)
def test_reason_continues_its_sentence(typed, printed):
    assert continue_sentence(typed, WordsKind.REASON) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("人员工资。", "人员工资"),
        ("主要用于人员工资", "人员工资"),
        ("用于：人员工资，", "人员工资"),
        ("主要用于", ""),
    ],
)
def test_use_continues_its_sentence(typed, printed):
    assert continue_sentence(typed, WordsKind.USE) == printed


def test_remark_loses_its_final_stop_only():
    assert end_sentence("依据A。依据B。\n") == "依据A。依据B"
