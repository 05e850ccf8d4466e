"""Opens a new year for a department: its budget, with what last year's still says."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal

from django.db import transaction

from budgets import audit, ledger
from budgets.domain.chart import Chart
from budgets.domain.facts import Fact
from budgets.domain.filing import Filing, Particulars, Profile
from budgets.models import Budget, Department, FunctionCode

# What a department owns changes slowly; what it spends, buys and aims at is stated anew.
LASTING_PARTICULARS = ("house_", "vehicle_", "furniture_", "other_assets_", "equipment_")
# What stays true from year to year; facts, projects, targets and words are stated anew.
LASTING_PARTS = ("profile", "particulars", "overall", "glossary")


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
        ledger.amend_filing(budget, start_from(ledger.read_filing(last)), LASTING_PARTS)
    if is_new:
        after = {"承接": str(last) if last else "", "状态": budget.get_state_display()}
        audit.write_entry(audit.Action.OPEN, who=who, subject=budget, after=after)
    return budget


def start_from(last: Filing) -> Filing:
    """Last year's filing renewed; sums over a department's units are left to this year's units."""
    start = renew_filing(last)
    if not last.units:
        return start
    words = Profile(duties=start.profile.duties, offices=start.profile.offices)
    return replace(start, profile=words, particulars=Particulars())


def renew_filing(filing: Filing) -> Filing:
    """A filing of the next year with organisation, staff, assets, contact and terms kept.

    Facts, last year's figures, reasons, uses, projects and targets are left out: each year states
    its own. Changes of staff start at zero.
    """
    names = (each.name for each in fields(Particulars) if each.name.startswith(LASTING_PARTICULARS))
    return Filing(
        department=filing.department,
        year=filing.year + 1,
        units=filing.units,
        profile=replace(filing.profile, serving_change=0, retired_change=0, honorary_change=0),
        particulars=Particulars(**{name: getattr(filing.particulars, name) for name in names}),
        overall=replace(filing.overall, goal="", indicators=()),
        glossary=filing.glossary,
    )


def offer_lines(filing: Filing, last: Filing, chart: Chart) -> tuple[Fact, ...]:
    """Last year's lines as a start for this year's; their amounts (yuan) are still last year's.

    They are for units that the filing has and that have stated nothing on that side yet. Codes
    that this year's chart lacks are left out, and rounding residues, which belong to one year.
    """
    own = {unit.code for unit in filing.units} or {filing.department.code}
    begun = {(fact.unit, fact.side) for fact in filing.facts}
    lines = [
        replace(fact, project=rename_project(fact.project, filing.year), origin="")
        for fact in last.facts
        if fact.unit in own and not fact.is_residue and (fact.unit, fact.side) not in begun
        if has_code(chart.functions, fact.function) and has_code(chart.economics, fact.economic)
    ]
    return tuple({replace(line, amount=Decimal(0)): line for line in lines}.values())


def has_code(names: Mapping[str, str], code: str) -> bool:
    """True for a code of the chart, and for none at all."""
    return not code or code in names


def rename_project(project: str, year: int) -> str:
    """A project's name for the year: 2025年培训 becomes 2026年培训, 2024-2025年规划 stays."""
    return re.sub(rf"(?<![\d\-—–~～至到]){year - 1}年", f"{year}年", project)
