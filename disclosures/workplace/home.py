"""The front page of the workplace: a year's budgets that a person may see, with their states."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from budgets.models import Budget, Department, FunctionCode
from disclosures.models import Disclosure
from disclosures.workflow.access import (
    Act,
    Role,
    charges_of,
    county_roles,
    departments_for,
)
from disclosures.workplace.clerk.page import render_page

# Asked for by a reviewer who wants to see the departments of others too.
ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeRow:
    """A department or unit in a year: its budget, its published version, and what one may do."""

    department: Department
    budget: Budget | None
    version: int | None
    may_open: bool


def show_admin_index(request: HttpRequest) -> HttpResponse:
    """The admin's index, for those who keep something there; others work in the workplace."""
    return site.index(request) if site.get_app_list(request) else redirect("workplace:home")


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """The budgets of one year: at first a reviewer's own, where he has any."""
    years = list_visible_years(request.user)
    year = choose_year(request.GET.get("year", ""), years)
    roles = county_roles(request.user)
    rows, own = list_home_rows(request.user, year), []
    if Role.REVIEWER in roles:
        charges = set(charges_of(request.user).values_list("pk", flat=True))
        own = [row for row in rows if row.department.pk in charges]
    only_own = bool(own) and request.GET.get("whose") != ALL
    context: dict[str, Any] = {
        "places": own if only_own else rows,
        "has_own": bool(own),
        "only_own": only_own,
        "year": year,
        "years": years,
        "nothing": explain_nothing(request.user, roles),
        "follows_releases": bool(roles),
        "opens": "workplace:review" if roles else "workplace:tasks",
        "reads_log": Role.AUDITOR in roles,
        "tends_portal": request.user.is_superuser or Role.BUREAU_ADMIN in roles,
    }
    return render_page(request, "workplace/home.html", title="工作台", **context)


def explain_nothing(user, roles: set[Role]) -> str:
    if Role.BUREAU_ADMIN in roles:
        return "还没有登记部门。请在“后台 → 部门和单位”里登记，再给各部门的人员建立账号。"
    if roles:
        return "还没有登记部门。部门由财政管理员登记。"
    if user.is_superuser:
        return "系统管理员不办理预算。请在“后台 → 账号”里建立财政管理员等财政部门的账号。"
    return "这里会列出您负责的部门。您还没有岗位，请联系财政部门登记。"


def list_visible_years(user) -> list[int]:
    """The years that have a chart of accounts or a budget that the person may see, newest first."""
    budgets = Budget.objects.filter(department__in=departments_for(user))
    stated = budgets.order_by().values_list("year", flat=True).distinct()
    return sorted({*FunctionCode.objects.years(), *stated}, reverse=True)


def choose_year(asked: str, years: Sequence[int]) -> int:
    """The year asked for, else the newest there is, else this year."""
    if asked.isdecimal() and int(asked) in years:
        return int(asked)
    return years[0] if years else timezone.localdate().year


def list_home_rows(user, year: int) -> list[HomeRow]:
    """Every department and unit that the person may see, units below their department."""
    seen = departments_for(user).select_related("parent").filter(active=True)
    departments = sorted(
        seen, key=lambda own: ((own.parent or own).code, own.code if own.parent else "")
    )
    budgets = {each.department_id: each for each in Budget.objects.for_year(year)}
    published = Disclosure.objects.filter(year=year).current().without_content()
    versions = {each.department_id: each.version for each in published}
    fillable = set(departments_for(user, Act.FILL).values_list("pk", flat=True))
    has_chart = FunctionCode.objects.for_year(year).exists()
    return [
        HomeRow(
            department=each,
            budget=budgets.get(each.pk),
            version=versions.get(each.pk),
            may_open=has_chart and each.pk in fillable and each.pk not in budgets,
        )
        for each in departments
    ]
