import pytest

from budgets.domain.facts import Nature
from budgets.domain.notes.desk import split_address
from budgets.domain.notes.spans import Span
from tests.disclosures.filings import filing, priors, reasons, spend
from tests.disclosures.printed import desk_of


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


def test_figure_links_to_its_cell_whatever_the_projects_name():
    at = "T7.2012901:某项目.一/二#3.total"
    assert desk_of(MADE).amount(at) == Span(text="2.00", at=at)


def test_figure_of_an_absent_cell_links_to_its_table():
    assert desk_of(MADE).amount("T5.2050803.total") == Span(text="0.00", at="T5")
    assert desk_of(MADE).amount("T8.total.total") == Span(text="0.00", at="T8")


def test_share_and_change_are_marked_as_derived():
    desk = desk_of(MADE)
    assert desk.share("T5.total.project", "T5.total.total") == Span(
        text="16.67", at="T5.total.project", derived=True
    )
    spans = [span for span in desk.change_alone("T5.2012901.total") if span.at]
    assert spans == [
        Span(text="4.00", at="T5.2012901.total", derived=True),
        Span(text="50.00", at="T5.2012901.total", derived=True),
    ]


def test_missing_words_and_figures_leave_marked_blanks():
    desk = desk_of(MADE)
    assert [span.missing for span in desk.change("T5.total.basic") if span.missing] == ["prior"]
    assert desk.use("T4.201.general").missing == "use"
    unexplained = desk_of(
        filing(spend("10.00", "2012901"), priors=priors({"T5.2012901.total": "8.00"}))
    )
    assert [s.missing for s in unexplained.reason("T5.2012901.total") if s.missing] == ["reason"]


def test_no_reason_is_asked_where_nothing_changed():
    still = filing(spend("10.00", "2012901"), priors=priors({"T5.2012901.total": "10.00"}))
    assert list(desk_of(still).reason("T5.2012901.total")) == []
