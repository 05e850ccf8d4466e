"""The first pages of the public site: the county in a year, and its departments over the years."""

from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.models.chart import find_table_set
from disclosures.public.caching import public_page
from disclosures.public.county import list_purposes
from disclosures.public.directory import ORDERS, list_years, open_directory


@require_safe
@public_page(minutes=1)
def show_home(request: HttpRequest, year: int | None = None, order: str = "initial"):
    """The newest year, or the one in the address, its departments in one of three orders."""
    years = list_years()
    if year and year not in years:
        raise Http404(f"{year}年还没有公开的部门预算。")
    context = {"years": years, "orders": ORDERS, "order": order}
    if years:
        directory = open_directory(year or years[0])
        context |= {"directory": directory, "groups": directory.arrange(order)}
        prescribed = find_table_set(directory.year)
        context |= {"tables": prescribed.forms, "counted": prescribed.counted}
        context["is_demo"] = directory.is_demo
        context["purposes"] = list_purposes(directory.year)
    return render(request, "home.html", context)
