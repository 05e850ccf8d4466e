"""A topic across all departments in a year, beside the year before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from django.urls import reverse

from disclosures.models import IndexEntry, IndexText
from disclosures.public.directory import list_entries
from disclosures.public.reports.columns import CODE, YEAR
from disclosures.public.reports.measures import (
    Measure,
    Place,
    measure_change,
    read_amounts,
    sum_up,
    tell_measure_change,
)
from disclosures.public.reports.page import (
    Choice,
    ReportPage,
    choose_years,
    link_figure,
    offer_years,
)
from disclosures.public.reports.topics import TOPICS, Topic
from disclosures.public.years import tell_absence
from disclosures.publishing.report import Column, Link, Order, Report

UNKNOWN = "未载明"
COMPARED = "与上年公开的文件比较；上年没有公开的不比较。增减由公开的文件上印出来的数相减。"
NOTHING = Decimal(0)
# A name of a file does without these.
UNQUOTED = str.maketrans("", "", "“”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What all departments published on a topic in a year, and the year before."""

    topic: Topic
    year: int
    entries: Sequence[IndexEntry]
    before: Mapping[int, IndexEntry]
    amounts: Mapping[Place, Mapping[Measure, Decimal]]
    words: Mapping[int, str]

    @property
    def main(self) -> Measure:
        """What the topic is compared by."""
        return self.topic.measures[0]

    def find(self, entry: IndexEntry, measure: Measure, year: int | None = None) -> Decimal | None:
        """A department's figure; None where its document does not state one."""
        own = self.amounts.get((entry.department_id, year or entry.year), {})
        return own.get(measure, NOTHING if self.topic.has_zeros else None)

    def find_both(self, entry: IndexEntry) -> tuple[Decimal | None, Decimal | None]:
        """This year's and last year's main figure; None where nothing was published."""
        known = entry.department_id in self.before
        last = self.find(entry, self.main, self.year - 1) if known else None
        return self.find(entry, self.main), last

    def find_main(self, entry: IndexEntry) -> Decimal | None:
        """This year's figure of what the topic is compared by."""
        return self.find(entry, self.main)

    def find_change(self, entry: IndexEntry) -> Decimal | None:
        """The difference of both; None where one is missing."""
        now, last = self.find_both(entry)
        return None if now is None or last is None else measure_change(now, last, self.main)

    def show(self, entry: IndexEntry, measure: Measure) -> str:
        """A figure as it is printed."""
        amount = self.find(entry, measure)
        return UNKNOWN if amount is None else measure.show(amount)

    def link(self, entry: IndexEntry, measure: Measure) -> str:
        """Its place in the document; nothing leads to the table in which it could stand."""
        stands = measure in self.amounts.get((entry.department_id, entry.year), {})
        is_known = self.find(entry, measure) is not None
        at = measure.table if is_known and not stands else measure.at
        return link_figure(entry.year, entry.department.code, at)

    def arrange(self, find: Callable[[IndexEntry], Decimal | None], sign: int) -> list[IndexEntry]:
        """The departments from the most to the fewest, or the other way round by `sign` -1.

        Those without the figure come last.
        """

        def key(entry: IndexEntry) -> tuple:
            value = find(entry)
            return value is None, -sign * (value or NOTHING)

        return sorted(self.entries, key=key)


def list_topic(key: str, year: int | None = None) -> ReportPage:
    """All departments of the newest year, or of the one in the address."""
    year, years = choose_years(year)
    survey = open_survey(key, year)
    topic, title = survey.topic, f"{year}年各部门{TOPICS[key].title}"
    links = [
        Link(each.title, reverse("disclosures:topic", args=[other]), other == key)
        for other, each in TOPICS.items()
    ]
    report = Report(
        title=title,
        name=title.translate(UNQUOTED),
        lead=[topic.lead],
        messages=[f"口径：{topic.scope}。{topic.lead}", "只列现行的版本。"],
        caption=f"{topic.title}：{{count}}个部门",
        scope=topic.scope,
        records=survey.entries,
        columns=list_topic_columns(survey),
        shown=["department", *(measure.key for measure in topic.measures), "last", "change"],
        orders={
            "code": Order("按部门编码", list),
            "amount": Order("从多到少", lambda _: survey.arrange(survey.find_main, 1)),
            "rise": Order("比上年增加最多", lambda _: survey.arrange(survey.find_change, 1)),
            "fall": Order("比上年减少最多", lambda _: survey.arrange(survey.find_change, -1)),
        },
    )
    return ReportPage(
        report=report,
        stem=reverse("disclosures:topic-year", args=[key, year]),
        choices=[Choice("内容", links), offer_years("topic-year", years, year, key)],
        below=[COMPARED],
    )


def open_survey(key: str, year: int) -> Survey:
    """Three queries: who published in both years, the figures, and what is said of them."""
    topic, both = TOPICS[key], (year, year - 1)
    entries = list_entries().filter(year__in=both)
    words = IndexText.objects.filter(year=year, at=topic.why) if topic.why else None
    return Survey(
        topic=topic,
        year=year,
        entries=[entry for entry in entries if entry.year == year],
        before={each.department_id: each for each in entries if each.year == year - 1},
        amounts=read_amounts(topic.measures, year__in=both),
        words=dict(words.values_list("department", "text")) if words else {},
    )


def list_topic_columns(survey: Survey) -> list[Column]:
    """Departments × measures, the main one compared with the year before."""

    def tell_words(entry: IndexEntry) -> str:
        return survey.words.get(entry.department_id, "")

    def show_last(entry: IndexEntry) -> str:
        before = survey.before.get(entry.department_id)
        if before is None:
            return tell_absence(entry.department, survey.year - 1)
        return survey.show(before, survey.main)

    def link_last(entry: IndexEntry) -> str:
        before = survey.before.get(entry.department_id)
        return survey.link(before, survey.main) if before else ""

    def show_change(entry: IndexEntry) -> str:
        now, last = survey.find_both(entry)
        return "" if now is None or last is None else tell_measure_change(now, last, survey.main)

    main, words = survey.main, Column("words", "部门的说明", tell_words)
    return [
        YEAR,
        CODE,
        Column(
            "department",
            "部门",
            attrgetter("name"),
            href=link_document,
            note=tell_words,
            total="全部部门",
        ),
        *(measure_column(survey, measure) for measure in survey.topic.measures),
        Column(
            "last",
            f"{survey.year - 1}年{main.label}",
            show=show_last,
            href=link_last,
            unit=main.counted,
            is_amount=True,
        ),
        Column("change", "比上年", show=show_change),
        *([words] if survey.topic.why else []),
        Column("address", "公开的文件", link_document, is_address=True),
    ]


def measure_column(survey: Survey, measure: Measure) -> Column:
    """A measure, and the exact total of all departments."""

    def read(entry: IndexEntry) -> Decimal | int | None:
        amount = survey.find(entry, measure)
        return None if amount is None else measure.value(amount)

    own = (each for (_, year), each in survey.amounts.items() if year == survey.year)
    return Column(
        measure.key,
        measure.called,
        read,
        show=lambda entry: survey.show(entry, measure),
        href=lambda entry: survey.link(entry, measure),
        heading=measure.label,
        unit=measure.counted,
        total=measure.show(sum_up(own, measure)),
        is_amount=True,
    )


def link_document(entry: IndexEntry) -> str:
    """What the department published."""
    return link_figure(entry.year, entry.department.code)
