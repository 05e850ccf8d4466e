"""How pages of comparisons answer: conditionally, a page at a time, in every form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote

from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from disclosures.models import IndexEntry
from disclosures.public.directory import list_years
from disclosures.public.downloads import NEVER
from disclosures.public.reports.sheet import Choice, Link, Page
from disclosures.public.responses import MINUTE, identify_release, reply

# How many lines a page shows; a file always holds all of them.
LINES = 100
FORMS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the whole index stands at: it changes with every publication and correction."""

    count: int
    moment: datetime
    is_demo: bool

    @property
    def tag(self) -> str:
        """For ETag."""
        return f"{self.count}-{self.moment.timestamp():.6f}-{identify_release()}"


def read_stamp() -> Stamp:
    """One query."""
    found = IndexEntry.objects.aggregate(
        count=Count("pk"),
        moment=Max("published_at"),
        demo=Count("pk", filter=Q(department__is_demo=True)),
    )
    return Stamp(found["count"], found["moment"] or NEVER, bool(found["demo"]))


def respond(
    request: HttpRequest,
    draw: Callable[[], Page],
    template: str = "disclosures/comparing/page.html",
    **more: object,
) -> HttpResponse:
    """A page, drawn only where the reader does not have it; it may be kept for a minute."""
    stamp = read_stamp()

    def make() -> HttpResponse:
        return render(request, template, {"page": draw(), "is_demo": stamp.is_demo, **more})

    response = reply(request, stamp.tag, stamp.moment, make)
    patch_cache_control(response, public=True, max_age=MINUTE)
    return response


def respond_anew(request: HttpRequest, draw: Callable[[], Page]) -> HttpResponse:
    """A page that depends on more than the index: drawn each time, tagged by what it says."""
    stamp = read_stamp()
    context = {"page": draw(), "is_demo": stamp.is_demo}
    made = render(request, "disclosures/comparing/page.html", context)
    etag = quote_etag(sha256(made.content).hexdigest())
    response = get_conditional_response(request, etag=etag) or made
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=MINUTE)
    return response


def point(year: int, code: str, at: str = "") -> str:
    """The place of a figure or a sentence in the document in force."""
    page = reverse("disclosures:page", args=[year, code])
    return f"{page}#{quote(at, safe='.:')}" if at else page


def pick_page(request: HttpRequest, count: int) -> int:
    """The number of the page asked for, from 1; Http404 in words where there is none."""
    asked = request.GET.get("page", "1")
    last = max(1, -(-count // LINES))
    if not asked.isdecimal() or len(asked) > 6 or not 1 <= int(asked) <= last:
        raise Http404(f"这个名单一共{last}页，没有第“{asked[:20]}”页。")
    return int(asked)


def cut(lines: Sequence, number: int) -> Sequence:
    """The lines of a page."""
    return lines[(number - 1) * LINES : number * LINES]


def turn(request: HttpRequest, number: int, count: int) -> list[Link]:
    """Links to the page before and the page after."""
    last = max(1, -(-count // LINES))
    steps = (("上一页", number - 1), ("下一页", number + 1))
    return [
        Link(f"{word}（第{other}页，共{last}页）", f"{request.path}?page={other}")
        for word, other in steps
        if 1 <= other <= last
    ]


def check_order(order: str, orders: Mapping[str, str]) -> str:
    """The order in the address, the first where none is; Http404 in words for any other."""
    return check_key(order, orders, "种排列")


def check_key(key: str, known: Mapping[str, object], what: str) -> str:
    """A word of the address, the first known where there is none; Http404 in words for others."""
    if key and key not in known:
        raise Http404(f"没有“{key[:20]}”这{what}，可以用的是：{'、'.join(known)}。")
    return key or next(iter(known))


def offer_orders(
    name: str, orders: Mapping[str, str], order: str, *before: object, plain: str = ""
) -> Choice:
    """Links to the same list in the other orders: the first is the list's own address, `plain`."""
    first = next(iter(orders))
    links = [
        Link(
            label,
            plain or reverse(f"disclosures:{name}", args=before)
            if key == first
            else reverse(f"disclosures:{name}-by", args=[*before, key]),
            key == order,
        )
        for key, label in orders.items()
    ]
    return Choice("排列", links)


def offer_years(name: str, years: Sequence[int], year: int, *before: object) -> Choice:
    """Links to the same page of other years."""
    links = [
        Link(f"{each}年", reverse(f"disclosures:{name}", args=[*before, each]), each == year)
        for each in years
    ]
    return Choice("年度", links)


def offer_files(name: str, *before: object) -> list[Link]:
    """Links to the list in every form."""
    return [
        Link(label, reverse(f"disclosures:{name}", args=[*before, form]))
        for form, label in FORMS.items()
    ]


def pick_year(year: int | None) -> tuple[int, list[int]]:
    """The year meant, the newest unless one is named, and all years; Http404 in words."""
    years = list_years()
    if not years:
        raise Http404("还没有公开的部门预算，所以没有可以比较的。")
    if year is not None and year not in years:
        raise Http404(f"{year}年还没有公开的部门预算。")
    return year or years[0], years
