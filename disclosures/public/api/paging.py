"""A list cut into pages, and where each page's neighbours are."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from disclosures.public.api.shapes import Paging

Told = Callable[[Sequence[Any]], list[str]]


def turn(
    found: QuerySet | Sequence[Any],
    asked: Paging,
    describe: Callable[[Any], dict],
    tell: Told,
    *,
    request: HttpRequest,
) -> dict:
    """The asked page: its place, what `tell` says of its things, and each described.

    A page behind the last one is empty, not an error: a list may have shrunk meanwhile.
    """
    pages = Paginator(found, asked.page_size)
    is_there = asked.page <= pages.num_pages
    things = list(pages.page(asked.page).object_list) if is_there else []
    return {
        "meta": place(request, pages, asked),
        "messages": tell(things),
        "data": [describe(thing) for thing in things],
    }


def place(request: HttpRequest, pages: Paginator, asked: Paging) -> dict:
    """Where the asked page stands; behind the last one, the last one is before it."""
    before, after = min(asked.page - 1, pages.num_pages), asked.page + 1
    return {
        "total": pages.count,
        "page": asked.page,
        "page_size": asked.page_size,
        "pages": pages.num_pages,
        "next": point(request, after) if after <= pages.num_pages else None,
        "previous": point(request, before) if before else None,
    }


def point(request: HttpRequest, page: int) -> str:
    """The address of another page of the same list."""
    query = request.GET.copy()
    query["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
