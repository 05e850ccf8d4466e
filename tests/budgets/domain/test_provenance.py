"""Every figure of the sample explains itself, from frozen content alone."""

from decimal import Decimal

import pytest

from budgets.domain.content import draft
from budgets.domain.facts import Fund, Nature
from budgets.domain.provenance import explain_figure, explain_sentence, list_named_amounts
from tests.factories.filings import CHART, filing, spend
from tests.factories.union import union_filing

EVERYTHING = filing(
    spend("1.00", "2050803", "30216", nature=Nature.OPERATING),
    spend("2.00", "2120803", fund=Fund.GOVERNMENT_FUND_OWN, nature=Nature.PERSONNEL),
    spend("3.00", "2012901", fund=Fund.CARRYOVER_GENERAL, nature=Nature.PERSONNEL),
    spend("4.00", "2012901", fund=Fund.CARRYOVER_GENERAL, nature=Nature.PROJECT, project="修缮"),
    spend("5.00", "2012901", "30299", nature=Nature.PROJECT, project="修缮"),
    spend("0.50", "2012901", "30231", nature=Nature.PROJECT, project="公车"),
)


@pytest.fixture(scope="module")
def union():
    return draft(union_filing(), CHART)


def tell_sums(account):
    return [
        (each.direction, [(part.at, part.text) for part in each.parts], each.residue)
        for each in account["sums"]
    ]


def test_total_is_the_sum_of_rows_and_of_columns(union):
    assert tell_sums(explain_figure(union, "T3.total.total")) == [
        (
            "下级各行",
            [
                ("T3.201.total", "220.13"),
                ("T3.205.total", "0.23"),
                ("T3.208.total", "27.91"),
                ("T3.210.total", "7.19"),
                ("T3.221.total", "10.43"),
            ],
            "",
        ),
        ("同行各列", [("T3.total.basic", "138.18"), ("T3.total.project", "127.71")], ""),
    ]


def test_residue_of_rounding_is_shown_to_the_cent(union):
    down, _ = explain_figure(union, "T6.301.total")["sums"]
    assert (len(down.parts), down.residue, down.printed, down.gap) == (
        10,
        "100.00",
        "118.19",
        "0.01",
    )


def test_income_lines_stand_under_their_headings(union):
    parts = {
        at: tell_sums(explain_figure(union, at)) for at in ("T1.total.income", "T1.general.income")
    }
    assert parts == {
        "T1.total.income": [("下级各行", [("T1.income.income", "265.89")], "")],
        "T1.general.income": [("下级各行", [("T1.general_own.income", "138.18")], "")],
    }


def test_cell_knows_where_it_goes_and_where_it_stands_again(union):
    account = explain_figure(union, "T3.2012901.project")
    assert [each.at for each in account["wholes"]] == ["T3.20129.project", "T3.2012901.total"]
    again = explain_figure(union, "T3.201.total")["equals"]
    assert [each.at for each in again] == ["T1.201.expenditure", "T2.201.total"]


def test_cell_knows_its_sentences_and_its_checks(union):
    account = explain_figure(union, "T5.total.total")
    assert [each["key"] for each in account["sentences"]] == ["N5.total"]
    assert [each["text"] for each in account["sentences"][0]["spans"] if each["is_meant"]] == [
        "138.18"
    ]
    assert [(each.id, each.result.label) for _, each in account["findings"]] == [
        ("T4-T5-T8-T9", "通过"),
        ("T3-rest", "通过"),
        ("across", "通过"),
    ]


def test_a_finding_about_another_cell_is_not_told(union):
    assert "levels" in [each.id for _, each in explain_figure(union, "T6.301.total")["findings"]]
    assert "levels" not in [
        each.id for _, each in explain_figure(union, "T5.201.total")["findings"]
    ]


@pytest.mark.parametrize(
    ("at", "checks"),
    [
        # A sum of others in its row, a part of one in its column, and the same in another table.
        ("T2.2012901.total", ["across", "levels", "T2-T3-rows"]),
        ("T2.total.total", ["across", "T2-T3-rows"]),
        ("T3.2012901.project", ["across", "levels"]),
        ("T1.201.expenditure", ["levels", "T1-T3-classes"]),
        ("T1.income.income", []),
    ],
)
def test_check_of_all_rows_is_told_of_the_cells_among_them(at, checks):
    findings = explain_figure(draft(EVERYTHING, CHART), at)["findings"]
    assert [finding.id for _, finding in findings if not finding.sides] == checks


def test_money_of_a_project_is_in_no_row_of_the_checked_tables(union):
    findings = explain_figure(union, "P1.funds.total")["findings"]
    assert [finding.id for _, finding in findings] == ["costs"]


def test_every_cell_of_a_budget_with_everything_adds_up():
    content = draft(EVERYTHING, CHART)
    sums = [
        each for at in list_named_amounts(content) for each in explain_figure(content, at)["sums"]
    ]
    assert len(sums) > 60
    assert [(each.whole.at, each.residue) for each in sums if each.residue] == []
    flat, _ = explain_figure(content, "T11.total.total")["sums"]
    assert [part.at for part in flat.parts] == ["T11.2012901.total", "T11.2012901:修缮.total"]


def test_gap_between_printed_figures_is_told():
    cents = filing(spend(Decimal("1.0049"), "2050203"), spend(Decimal("1.0049"), "2050204"))
    (down, _) = explain_figure(draft(cents, CHART), "T3.20502.total")["sums"]
    assert (down.residue, down.printed, down.gap) == ("", "2.00", "0.01")


def test_cell_that_is_not_there_has_no_account(union):
    assert explain_figure(union, "T3.999.total") is None
    assert explain_sentence(union, "N99") is None


def test_sentence_knows_its_figures(union):
    account = explain_sentence(union, "N3.T3.total.basic")
    assert account["heading"] == "第三部分 三、关于尉犁县总工会2025年支出预算情况说明"
    assert account["text"].startswith("基本支出138.18万元，占51.97%，")
    assert [place.at for place in account["places"]] == ["T3.total.basic"]
