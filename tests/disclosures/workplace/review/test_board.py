"""The board: what it shows of a county, in which order, at which cost, and who may see it."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from openpyxl import load_workbook

from budgets import ledger
from budgets.domain.filing import Organisation
from budgets.models import Budget, Department, State
from disclosures.models import Appraisal, Transition
from disclosures.publishing.publication import register
from disclosures.workflow import comments
from disclosures.workflow.access import Role
from disclosures.workplace.review import appraisals
from disclosures.workplace.review.appraisals import refresh_appraisals
from disclosures.workplace.review.board import report_board
from disclosures.workplace.review.board_rows import (
    Clock,
    count_states,
    gather_rows,
    read_clock,
    sum_county,
)
from tests.factories.filings import reasons, uses
from tests.factories.people import appoint
from tests.factories.union import REASONS, USES, union_filing

pytestmark = pytest.mark.django_db
BOARD = reverse("workplace:board")
YEAR = 2025


@pytest.fixture
def reviewer(db):
    return appoint("reviewer", Role.REVIEWER)


def add_budget(number, **parts):
    """A department that has filed what the union did, with other parts."""
    own = Organisation(code=f"30000{number}", name=f"第{number}局")
    department = Department.objects.create(code=own.code, name=own.name)
    budget = Budget.objects.create(department=department, year=YEAR)
    filing = replace(
        union_filing(),
        department=own,
        facts=tuple(replace(fact, unit=own.code) for fact in union_filing().facts),
        projects=tuple(replace(plan, unit=own.code) for plan in union_filing().projects),
    )
    ledger.replace_filing(budget, replace(filing, **parts))
    return budget


def approve(budget, who, days, **more):
    """Approved that many days ago."""
    Budget.objects.filter(pk=budget.pk).update(state=State.APPROVED)
    at = timezone.now() - timedelta(days=days)
    Transition.objects.create(
        budget=budget, before=State.SUBMITTED, after=State.APPROVED, who=who, at=at, **more
    )


def codes(rows):
    return [row.department.code for row in rows]


def test_overdue_stands_first_then_suspicious_then_by_code(budget, reviewer):
    hollow = REASONS | {"T5.2012901.total": "按实际需要"}
    suspicious = add_budget(1, words=reasons(hollow) + uses(USES))
    late, later = add_budget(2), add_budget(3)
    approve(late, reviewer, 21)
    approve(later, reviewer, 30)
    Department.objects.create(code="999", name="未开局")
    refresh_appraisals(YEAR)
    Appraisal.objects.exclude(budget=suspicious).update(phrases=[])
    rows = gather_rows(YEAR)
    assert codes(rows) == ["300003", "300002", "300001", "107001", "999"]
    assert [row.clock.text for row in rows] == ["逾期 10 天", "逾期 1 天", "", "", ""]
    assert rows[2].named_suspicions == [("原因没有内容", 1)]
    assert (rows[4].state_label, rows[4].total, rows[4].errors) == ("未开始", None, None)


def test_clock_counts_from_the_day_after_approval_and_stops_at_publication():
    approved = timezone.make_aware(timezone.datetime(2025, 2, 1, 23, 30))
    day = approved.date()
    due = day + timedelta(days=20)
    left = read_clock("approved", approved, None, day)
    assert (left, left.text) == (Clock(left=20, due=due), "还剩 20 天")
    assert read_clock("approved", approved, None, due).text == "还剩 0 天"
    assert read_clock("approved", approved, None, due + timedelta(days=1)).is_overdue
    taken = read_clock("published", approved, due + timedelta(days=2), day)
    assert (taken.text, taken.is_overdue) == ("用了 22 天，超期", False)
    assert read_clock("submitted", approved, None, day) == Clock()


def test_appraisal_is_made_again_only_for_what_has_changed(budget, head, monkeypatch):
    other = add_budget(1)
    made = []
    keep = appraisals.store_appraisal
    monkeypatch.setattr(
        appraisals, "store_appraisal", lambda each, mark: made.append(each.pk) or keep(each, mark)
    )
    assert refresh_appraisals(YEAR, patience=0) == {budget.pk, other.pk}
    assert refresh_appraisals(YEAR) == set()
    assert made == [budget.pk, other.pk]
    refresh_appraisals(YEAR)
    ledger.amend_filing(budget, replace(union_filing(), signed_on=None), ["signed_on"])
    refresh_appraisals(YEAR)
    assert made == [budget.pk, other.pk, budget.pk]
    assert list(Appraisal.objects.order_by("pk").values_list("errors", flat=True)) == [1, 0]
    Department.objects.filter(pk=budget.department_id).update(name="新的总工会")
    refresh_appraisals(YEAR)
    assert made[3:] == [budget.pk, other.pk]


def test_change_and_county_sums_are_against_what_was_published(budget, published, union):
    Budget.objects.filter(pk=budget.pk).update(year=2026)
    add_budget(1)
    Budget.objects.filter(department__code="300001").update(year=2026)
    ledger.replace_filing(Budget.objects.get(pk=budget.pk), replace(union_filing(), year=2026))
    refresh_appraisals(2026)
    rows = {row.department.code: row for row in gather_rows(2026)}
    assert rows["107001"].appraisal.last_total == Decimal("2658900.00")
    assert (rows["107001"].difference, rows["300001"].change) == (Decimal("0.00"), None)
    county = sum_county(rows.values())
    assert (county["filed"], county["comparable"]) == (2, 1)
    assert (county["total"], county["last"]) == ("531.78", "265.89")
    assert county["change"] == "增加 0.00 万元，增长 0.00%"
    states = {key: count for key, _, count in count_states(rows.values())}
    assert (states["filling"], states["none"]) == (2, 0)


def find(client, **asked):
    table = client.get(BOARD, {"year": YEAR} | asked).context["table"]
    return [row.record["record"].department.code for row in table.rows]


def test_search_filters_and_sorting_need_no_script(budget, reviewer, client):
    approve(add_budget(1), reviewer, 40)
    add_budget(2, signed_on=None)
    head = Department.objects.create(code="400000", name="某委")
    Department.objects.create(code="400001", name="工人文化宫", parent=head)
    refresh_appraisals(YEAR)
    client.force_login(reviewer)
    for words in ("总工会", "107", "zgh"):
        assert find(client, q=words) == ["107001"]
    assert find(client, state="approved") == find(client, matter="overdue") == ["300001"]
    assert find(client, matter="errors") == ["300002"]
    assert find(client, q="没有这个") == []
    assert find(client, units="on", q="文化宫") == ["400001"]
    assert find(client, sort="department") == ["107001", "300001", "300002", "400000"]
    assert find(client, sort="-department") == ["400000", "300002", "300001", "107001"]
    assert find(client, sort="-errors")[0] == "300002"
    assert find(client, sort="moon") == find(client, sort="-", units="maybe")[:4] == find(client)
    wrong = client.get(BOARD, {"state": "burnt"}).content.decode()
    assert "没有“burnt”这个状态，请从列表中选。" in wrong


def test_reviewer_finds_the_own_departments_first(budget, reviewer, client):
    other = add_budget(1)
    unit = Department.objects.create(code="107101", name="文化宫", parent=budget.department)
    client.force_login(reviewer)
    everything = ["107001", "300001"]
    assert sorted(find(client)) == everything
    assert "whose" not in client.get(BOARD).context["selection"].fields
    budget.department.reviewers.add(reviewer)
    assert find(client) == find(client, whose=reviewer.pk, q="总工会") == ["107001"]
    assert find(client, whose="mine", units="on") == ["107001", unit.code]
    assert find(client, whose="none") == [other.department.code]
    assert sorted(find(client, whose="all")) == sorted(find(client, whose="")) == everything
    page = client.get(BOARD)
    assert ("filling", "填报中", 1) in page.context["states"]
    assert page.context["county"]["departments"] == 2
    client.force_login(appoint("bureau", Role.BUREAU_ADMIN))
    assert sorted(find(client)) == everything
    assert "没有“mine”这位对口审核员，请从列表中选。" in (
        client.get(BOARD, {"whose": "mine"}).content.decode()
    )


def test_export_has_the_selected_rows_and_nothing_computes(budget, reviewer, client):
    budget.department.reviewers.add(reviewer)
    Department.objects.filter(pk=budget.department_id).update(name="=HYPERLINK(1)")
    add_budget(1)
    refresh_appraisals(YEAR)
    client.force_login(reviewer)
    asked = {"year": YEAR, "q": "107001"}
    answer = client.get(BOARD, asked | {"format": "csv"})
    header, line = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header[:4] == ["编码", "部门", "对口审核员", "状态"]
    assert line[:4] == ["107001", "'=HYPERLINK(1)", "reviewer", "填报中"]
    assert line[header.index("本年（万元）")] == "265.89"
    book = load_workbook(io.BytesIO(client.get(BOARD, asked | {"format": "xlsx"}).content))
    cell = book.active["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert client.get(BOARD, asked | {"format": "exe"}).status_code == 404


def test_export_tells_when_and_by_whom_a_budget_was_published(budget, published, reviewer):
    approve(budget, reviewer, 3, digest=published.digest)
    budget.refresh_from_db()
    register(published, budget, reviewer)
    (row,) = gather_rows(YEAR)
    line = report_board(YEAR, [row]).read_record(row, str)
    told = [line[key] for key in ("approved", "published", "taken", "pressed")]
    days = [timezone.localdate() - timedelta(days=3), timezone.localdate(published.published_at)]
    assert told == [*map(str, days), max((days[1] - days[0]).days, 0), "reviewer"]


def test_clock_is_shown_while_it_runs_and_when_it_stands_still(budget, reviewer, client):
    approve(budget, reviewer, 3)
    approve(add_budget(1), reviewer, 22)
    add_budget(2)
    Transition.objects.create(
        budget=budget, before=State.APPROVED, after=State.PUBLISHED, who=reviewer
    )
    Budget.objects.filter(pk=budget.pk).update(state=State.PUBLISHED)
    client.force_login(reviewer)
    table = client.get(BOARD, {"year": YEAR, "sort": "days"}).context["table"]
    shown = {
        row.record["record"].department.code: strip_tags(row.get_cell("days")) for row in table.rows
    }
    assert shown == {"300001": "逾期 2 天", "107001": "用了 3 天", "300002": ""}


def test_board_tells_of_comments_and_of_who_did_something_last(budget, reviewer, client):
    Budget.objects.filter(pk=budget.pk).update(state=State.SUBMITTED)
    comments.comment(budget, reviewer, "T5", "依据是什么？")
    approve(budget, reviewer, 1)
    (row,) = gather_rows(YEAR)
    assert (row.comments, row.touch.who) == (1, reviewer)
    client.force_login(reviewer)
    page = client.get(BOARD).content.decode()
    assert reverse("workplace:review", args=(YEAR, "107001")) in page
    assert "还剩 19 天" in page
