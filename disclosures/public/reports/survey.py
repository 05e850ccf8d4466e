"""A topic across all departments in a year, beside the year before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from disclosures.models import IndexText
from disclosures.public.caching import public_page
from disclosures.public.downloads import send_listing
from disclosures.public.reports import frame
from disclosures.public.reports.measures import (
    Filer,
    Measure,
    Place,
    list_filers,
    measure_change,
    read_amounts,
    sum_up,
    tell_change,
)
from disclosures.public.reports.sheet import Cell, Choice, Head, Link, Page, Sheet, name, say
from disclosures.public.reports.topics import TOPICS, Topic
from disclosures.public.years import tell_absence
from disclosures.publishing.exports.listing import Listing

ORDERS = {
    "code": "按部门编码",
    "amount": "从多到少",
    "rise": "比上年增加最多",
    "fall": "比上年减少最多",
}
UNKNOWN = "未载明"
COMPARED = "与上年公开的文件比较；上年没有公开的不比较。增减由公开的文件上印出来的数相减。"
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Survey:
    """What all departments published on a topic in a year, and the year before."""

    topic: Topic
    year: int
    filers: Sequence[Filer]
    before: Mapping[int, Filer]
    amounts: Mapping[Place, Mapping[Measure, Decimal]]

    @property
    def main(self) -> Measure:
        """What the topic is compared by."""
        return self.topic.measures[0]

    def find(self, filer: Filer, measure: Measure, year: int | None = None) -> Decimal | None:
        """A department's figure; None where its document does not state one."""
        own = self.amounts.get((filer.department, year or filer.year), {})
        return own.get(measure, NOTHING if self.topic.has_zeros else None)

    def find_both(self, filer: Filer) -> tuple[Decimal | None, Decimal | None]:
        """This year's and last year's main figure; None where nothing was published."""
        known = filer.department in self.before
        last = self.find(filer, self.main, self.year - 1) if known else None
        return self.find(filer, self.main), last

    def find_change(self, filer: Filer) -> Decimal | None:
        """The difference of both; None where one is missing."""
        now, last = self.find_both(filer)
        return None if now is None or last is None else measure_change(now, last, self.main)

    def arrange(self, order: str) -> list[Filer]:
        """The departments in one of the orders; those without the figure come last."""
        sign = 1 if order == "fall" else -1

        def key(filer: Filer) -> tuple:
            by_amount = order == "amount"
            value = self.find(filer, self.main) if by_amount else self.find_change(filer)
            return value is None, sign * (value or NOTHING)

        return list(self.filers) if order == "code" else sorted(self.filers, key=key)


@require_safe
@public_page(minutes=1, parameters=["page"])
def show_topic(
    request: HttpRequest, key: str, year: int | None = None, order: str = ""
) -> HttpResponse:
    """All departments of the newest year, or of the one in the address."""
    chosen = frame.check_order(order, ORDERS)
    return frame.respond(request, lambda: draw_topic(key, year, chosen, request))


@require_safe
@public_page(minutes=1)
def send_topic(request: HttpRequest, key: str, year: int, form: str) -> HttpResponse:
    """The same as a file."""
    frame.pick_year(year)
    return send_listing(request, enlist(request, open_survey(key, year)), form)


def open_survey(key: str, year: int) -> Survey:
    """Two queries: who published in both years, and the figures."""
    topic, both = TOPICS[key], (year, year - 1)
    filers = list_filers(year__in=both)
    return Survey(
        topic,
        year,
        [filer for filer in filers if filer.year == year],
        {filer.department: filer for filer in filers if filer.year == year - 1},
        read_amounts(topic.measures, year__in=both),
    )


def draw_topic(key: str, asked: int | None, order: str, request: HttpRequest) -> Page:
    """The page: all departments, a hundred at a time."""
    year, years = frame.pick_year(asked)
    survey = open_survey(key, year)
    count = len(survey.filers)
    number = frame.pick_page(request, count)
    return Page(
        title=f"{year}年各部门{survey.topic.title}",
        lead=[survey.topic.lead],
        choices=[
            offer_topics(key),
            frame.offer_years("topic-year", years, year, key),
            frame.offer_orders("topic-year", ORDERS, order, key, year),
        ],
        sheets=[lay_out(survey, frame.cut(survey.arrange(order), number))],
        files=frame.offer_files("topic-list", key, year),
        turns=frame.turn(request, number, count),
        below=[COMPARED],
    )


def offer_topics(key: str) -> Choice:
    """Links to all topics."""
    links = [
        Link(topic.title, reverse("disclosures:topic", args=[each]), each == key)
        for each, topic in TOPICS.items()
    ]
    return Choice("内容", links)


def lay_out(survey: Survey, shown: Sequence[Filer]) -> Sheet:
    """Departments × measures, the main one compared with the year before."""
    measures, year = survey.topic.measures, survey.year
    words = read_words(survey, shown)
    return Sheet(
        title=f"{survey.topic.title}：{len(survey.filers)}个部门",
        scope=survey.topic.scope,
        heads=[
            name("部门"),
            *(Head(measure.label, measure.counted) for measure in measures),
            Head(f"{year - 1}年{survey.main.label}", survey.main.counted),
            name("比上年"),
        ],
        lines=[draw_line(survey, filer, words.get(filer.department, "")) for filer in shown],
        total=[
            say("全部部门"),
            *(Cell(measure.show(total(survey, measure))) for measure in measures),
        ],
    )


def total(survey: Survey, measure: Measure) -> Decimal:
    """All departments' figures of the year, exact."""
    return sum_up(
        (own for (_, year), own in survey.amounts.items() if year == survey.year), measure
    )


def read_words(survey: Survey, filers: Sequence[Filer]) -> dict[int, str]:
    """What departments say of why their figure is narrower, or none: one query."""
    rows = IndexText.objects.filter(
        year=survey.year,
        department__in=[filer.department for filer in filers],
        at=survey.topic.why,
    )
    return dict(rows.values_list("department", "text")) if survey.topic.why else {}


def draw_line(survey: Survey, filer: Filer, words: str) -> list[Cell]:
    """A department's figures, last year's, and the change in words."""
    now, last = survey.find_both(filer)
    before = survey.before.get(filer.department)
    absent = Cell(tell_absence(filer.own, survey.year - 1))
    known = now is not None and last is not None
    return [
        say(filer.name, frame.point(filer.year, filer.code), words),
        *(draw_figure(survey, filer, measure) for measure in survey.topic.measures),
        draw_figure(survey, before, survey.main) if before else absent,
        say(tell_change(now, last, survey.main) if known else ""),
    ]


def draw_figure(survey: Survey, filer: Filer, measure: Measure) -> Cell:
    """A figure that leads to its place; a blank cell leads to its table."""
    amount = survey.find(filer, measure)
    if amount is None:
        return Cell(UNKNOWN, frame.point(filer.year, filer.code, measure.at))
    stands = measure in survey.amounts.get((filer.department, filer.year), {})
    at = measure.at if stands else measure.table
    return Cell(measure.show(amount), frame.point(filer.year, filer.code, at))


def enlist(request: HttpRequest, survey: Survey) -> Listing:
    """A line for each department, a column for each measure; yuan exact."""
    columns = {"year": "年度", "code": "部门编码", "department": "部门"}
    columns |= {measure.key: measure.called for measure in survey.topic.measures}
    columns |= {"words": "部门的说明"} if survey.topic.why else {}
    words = read_words(survey, survey.filers)
    return Listing(
        title=f"{survey.year}年各部门{survey.topic.title.replace('“', '').replace('”', '')}",
        columns={**columns, "address": "公开的文件"},
        rows=[describe(request, survey, filer, words) for filer in survey.filers],
        changed=frame.read_stamp().moment,
        messages=[f"口径：{survey.topic.scope}。{survey.topic.lead}", "只列现行的版本。"],
    )


def describe(request: HttpRequest, survey: Survey, filer: Filer, words: Mapping[int, str]) -> dict:
    """A line of the file."""
    line: dict = {"year": filer.year, "code": filer.code, "department": filer.name}
    for measure in survey.topic.measures:
        amount = survey.find(filer, measure)
        line[measure.key] = None if amount is None else measure.value(amount)
    address = request.build_absolute_uri(frame.point(filer.year, filer.code))
    said = {"words": words.get(filer.department, "")} if survey.topic.why else {}
    return {**line, **said, "address": address}
