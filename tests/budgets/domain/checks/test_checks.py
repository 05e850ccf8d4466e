"""The list of checks itself: what it holds, and how findings are told."""

from decimal import Decimal

import pytest

from budgets.domain.checks import list_checks, run_checks
from budgets.domain.checks.case import Check, Outcome, compare_sums
from budgets.domain.document import Compared, Finding, Result, Severity
from budgets.domain.sets.xinjiang import XINJIANG
from tests.factories.filings import wan
from tests.factories.printed import case_of
from tests.factories.union import union_filing

CHECKS = list_checks(XINJIANG)


def test_every_check_has_its_own_id_and_says_what_it_asks():
    ids = [check.id for check in CHECKS]
    assert len(ids) == len(set(ids))
    assert [check.id for check in CHECKS if not (check.title and check.formula)] == []


def test_every_check_finds_something_and_only_rounding_in_the_sample():
    findings = run_checks(case_of(union_filing()))
    assert [finding.id for finding in findings] == [check.id for check in CHECKS]
    others = {f.id: str(f.result) for f in findings}
    assert {key: result for key, result in others.items() if result != "passed"} == {
        "levels": "rounding",
        "procurement-sum": "rounding",
        "last-year-sum": "rounding",
        "last-year-published": "unchecked",
    }


@pytest.mark.parametrize(
    ("gap", "parts", "result"),
    [
        ("0", 0, "passed"),
        ("0.01", 0, "failed"),
        ("0.01", 1, "rounding"),
        ("0.02", 3, "rounding"),
        ("0.0201", 3, "failed"),
        ("-0.02", 3, "rounding"),
    ],
)
def test_gap_is_rounding_inside_the_envelope_only(gap, parts, result):
    left = Compared(label="左", yuan=wan("1.00"))
    right = Compared(label="右", yuan=wan("1.00") + wan(gap))
    assert str(compare_sums(left, right, parts, "请核对。").result) == result


@pytest.mark.parametrize(
    ("severity", "result", "blocks", "warns"),
    [
        (Severity.ERROR, Result.FAILED, True, False),
        (Severity.WARNING, Result.FAILED, False, True),
        (Severity.ERROR, Result.ROUNDING, False, False),
        (Severity.ERROR, Result.UNCHECKED, False, False),
        (Severity.ERROR, Result.PASSED, False, False),
    ],
)
def test_only_failed_errors_block_and_only_failed_warnings_warn(severity, result, blocks, warns):
    check = Check("id", "题", "甲 = 乙", lambda _: [Outcome(result=result)], severity=severity)
    (finding,) = check.find(None)
    assert (finding.blocks, finding.warns) == (blocks, warns)


def test_finding_tells_both_sides():
    sides = (
        Compared(label="甲", yuan=Decimal("12345678.90"), at="T1.total.income"),
        Compared(label="乙", yuan=Decimal("0.00")),
    )
    outcome = compare_sums(*sides, 0, "请核对。")
    check = Check("id", "题", "甲 = 乙", lambda _: [outcome], source="某法")
    assert check.find(None) == [
        Finding(
            id="id",
            title="题",
            formula="甲 = 乙",
            severity=Severity.ERROR,
            source="某法",
            result=Result.FAILED,
            message="甲为1,234.57万元，乙为0.00万元，相差1,234.57万元（12,345,678.90元）。",
            advice="请核对。",
            sides=sides,
        )
    ]
    assert [side.text for side in sides] == ["1,234.57", "0.00"]
    assert outcome.result.label == "不符"
