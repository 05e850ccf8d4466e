from dataclasses import replace
from datetime import date

import pytest

from budgets.domain.checks.case import Case
from budgets.domain.filing import Profile, ProjectPlan
from tests.budgets.domain.notes.test_projects import AID, HALL, PROJECTS
from tests.disclosures.printed import case_of, outcomes, sections_of, writer_of
from tests.factories.filings import UNION
from tests.factories.union import union_filing


def test_document_with_all_parts_passes():
    assert outcomes("document-complete", case_of(union_filing())) == [("passed", "")]


def test_document_tells_every_part_that_is_lacking():
    made = replace(union_filing(), profile=Profile(duties=" \n"), signed_on=None)
    writer = writer_of(made)
    case = Case(writer, [each for each in sections_of(writer) if each.key != "G"])
    assert outcomes("document-complete", case) == [
        ("failed", "没有主要职能。"),
        ("failed", "没有名词解释。"),
        ("failed", "没有落款日期。"),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 8, 31), ("failed", "落款日期2024-08-31不在2025年预算公开的时间内。")),
        (date(2024, 9, 1), ("passed", "")),
        (date(2025, 12, 31), ("passed", "")),
        (date(2026, 2, 14), ("failed", "落款日期2026-02-14不在2025年预算公开的时间内。")),
    ],
)
def test_signature_is_of_the_budgets_season(day, expected):
    made = replace(union_filing(), signed_on=day)
    assert outcomes("document-complete", case_of(made)) == [expected]


def test_projects_that_say_all_pass():
    assert outcomes("projects-explained", case_of(PROJECTS)) == [("passed", "")]


def test_projects_of_other_funds_need_no_explanation():
    assert outcomes("projects-explained", case_of(union_filing())) == [("passed", "")]


def test_projects_tell_what_they_lack():
    bare = ProjectPlan(unit=UNION.code, name=AID.name)
    part = replace(HALL, period="", recipient_number="12人")
    made = replace(PROJECTS, projects=(bare, part))
    assert outcomes("projects-explained", case_of(made)) == [
        (
            "failed",
            "项目“困难职工 帮扶. 资金”没有填写：设立的政策依据、项目承担单位、资金分配情况、"
            "资金执行时间、补助人数、补助标准、补助范围、补助方式、受益人群和社会效益。",
        ),
        (
            "failed",
            "项目“职工之家建设”没有填写：资金执行时间、补助标准、补助范围、补助方式、"
            "受益人群和社会效益。",
        ),
    ]


def test_project_without_a_plan_lacks_everything():
    made = replace(PROJECTS, projects=(AID,))
    assert outcomes("projects-explained", case_of(made)) == [
        (
            "failed",
            "项目“职工之家建设”没有填写：设立的政策依据、项目承担单位、资金分配情况、资金执行时间。",
        )
    ]
