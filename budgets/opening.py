"""Opens a new year for a department: its budget, with what last year's still says."""

from dataclasses import replace

from django.db import transaction

from budgets import journal, ledger
from budgets.facts import Filing, Particulars, Profile
from budgets.models import Budget, Department, FunctionCode
from budgets.renewal import renew

# What stays true from year to year; facts, projects, targets and words are stated anew.
LASTING = ("profile", "particulars", "overall", "glossary")


class YearClosedError(Exception):
    """The year cannot be opened; the message says why, for the person who asks."""


@transaction.atomic
def open_year(department: Department, year: int, who=None) -> Budget:
    """The budget of a department or unit and a year, made now where there is none.

    A new one starts from last year's: organisation, staff, assets, contact and terms. Raises
    YearClosedError while the year has no chart of accounts, and FilingRefusedError of the ledger.
    """
    if year not in FunctionCode.objects.years():
        raise YearClosedError(f"财政部门还没有装入{year}年的科目代码表，暂时不能填报。")
    budget, is_new = Budget.objects.get_or_create(department=department, year=year)
    last = Budget.objects.filter(department=department, year=year - 1).first()
    if is_new and last:
        ledger.amend_filing(budget, start_from(ledger.read_filing(last)), LASTING)
    if is_new:
        after = {"承接": str(last) if last else "", "状态": budget.get_state_display()}
        journal.write(journal.Action.OPEN, who=who, subject=budget, after=after)
    return budget


def start_from(last: Filing) -> Filing:
    """Last year's filing renewed; sums over a department's units are left to this year's units."""
    start = renew(last)
    if not last.units:
        return start
    words = Profile(duties=start.profile.duties, offices=start.profile.offices)
    return replace(start, profile=words, particulars=Particulars())
