"""What every department is asked about, across all departments and beside the year before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from django.urls import reverse

from budgets.domain.document import AGENCY_OPERATING, SectionRole, Unit
from budgets.domain.tables.form import Role
from disclosures.models import IndexEntry, IndexText
from disclosures.public.reports.measures import (
    Measure,
    Place,
    read_amounts,
    subtract_measure,
    write_measure_change,
)
from disclosures.public.reports.page import (
    CODE,
    YEAR,
    Choice,
    ListPage,
    choose_years,
    link_figure,
    offer_years,
)
from disclosures.public.years import explain_absence, list_entries
from disclosures.publishing.report import Column, Link, Order, Report

UNKNOWN = "未载明"
COMPARED = "与上年公开的文件比较；上年没有公开的不比较。增减由公开的文件上印出来的数相减。"
# A name of a file does without these.
UNQUOTED = str.maketrans("", "", "“”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A list of all departments in a year: its columns, the first of which is compared.

    `has_zeros` where a blank in the document means that nothing has been budgeted; elsewhere a
    figure that cannot be read is not known. `why` is the paragraph in which a department may say
    why its figure is narrower than the rule, or does not apply to it.
    """

    title: str
    lead: str
    scope: str
    measures: Sequence[Measure]
    has_zeros: bool = False
    why: str = ""


def expense(row: str, label: str) -> Measure:
    return Measure(Role.THREE_PUBLIC, row, "total", label)


def staff(column: str, label: str) -> Measure:
    return Measure(SectionRole.STAFF, "staff", column, label, Unit.HEADS)


def stated(row: str, column: str, label: str, unit: Unit = Unit.YUAN) -> Measure:
    return Measure(SectionRole.OTHER_MATTERS, row, column, label, unit)


TOPICS = {
    "three-public": Topic(
        title="“三公”经费",
        lead="因公出国（境）、公务接待、公务用车购置及运行，取自各部门公开的表10。没有安排的部门也列出，写作0.00。",
        scope="财政拨款",
        measures=(
            expense("total", "合计"),
            expense("abroad", "因公出国（境）费"),
            expense("reception", "公务接待费"),
            expense("vehicles", "公务用车小计"),
            expense("vehicle_purchase", "公务用车购置费"),
            expense("vehicle_running", "公务用车运行费"),
        ),
        has_zeros=True,
        why=f"{SectionRole.THREE_PUBLIC}.why",
    ),
    "agency-operating": Topic(
        title="机关运行经费",
        lead=(
            "各部门在情况说明里公开的机关运行经费财政拨款预算，旁边是表6的公用经费；两个数不同的，"
            "部门自己的说明写在名称下面。没有安排的、不适用的（例如事业单位）也列出，写作0.00。"
        ),
        scope="一般公共预算基本支出",
        measures=(
            stated("agency_operating", "agency", "机关运行经费"),
            Measure(Role.BASIC, "total", "operating", "公用经费"),
        ),
        has_zeros=True,
        why=f"{AGENCY_OPERATING}.why",
    ),
    "procurement": Topic(
        title="政府采购",
        lead="各部门在情况说明里公开的政府采购预算，和其中预留给中小企业、小微企业的金额。",
        scope="政府采购预算",
        measures=(
            stated("procurement", "total", "合计"),
            stated("procurement", "goods", "货物"),
            stated("procurement", "works", "工程"),
            stated("procurement", "services", "服务"),
            stated("reserved", "sme", "预留中小企业"),
            stated("reserved", "micro", "预留小微企业"),
        ),
    ),
    "staff": Topic(
        title="人员",
        lead="各部门在部门概况里公开的编制数和实有人数。",
        scope="部门及所属单位",
        measures=(
            staff("actual", "实有人数"),
            staff("authorized", "编制数"),
            staff("serving", "在职"),
            staff("retired", "退休"),
            staff("honorary", "离休"),
        ),
    ),
    "assets": Topic(
        title="国有资产",
        lead="各部门在情况说明里公开的上年底占用使用的国有资产。",
        scope="上年底占用使用",
        measures=(
            stated("assets.3", "vehicle_count", "车辆（辆）", Unit.PIECES),
            stated("assets.3", "vehicle_value", "车辆价值"),
            stated("assets.2", "house_area", "房屋面积", Unit.AREA),
            stated("assets.2", "house_value", "房屋价值"),
            stated("assets.4", "furniture_value", "办公家具价值"),
            stated("assets.5", "other_assets_value", "其他资产价值"),
            stated("assets.6", "equipment_50_count", "50万元以上设备（台）", Unit.PIECES),
            stated("assets.6", "equipment_100_count", "100万元以上设备（台）", Unit.PIECES),
        ),
    ),
}


def list_topic(key: str, year: int | None = None) -> ListPage:
    year, years = choose_years(year)
    topic, found = TOPICS[key], read_topic(TOPICS[key], year)
    title = f"{year}年各部门{topic.title}"
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
        records=found.entries,
        columns=found.list_columns(),
        shown=["department", *(measure.key for measure in topic.measures), "last", "change"],
        orders={
            "code": Order("按部门编码", list),
            "amount": Order("从多到少", arrange(lambda entry: found.find(entry, found.main))),
            "rise": Order("比上年增加最多", arrange(found.find_change)),
            "fall": Order("比上年减少最多", arrange(found.find_change, sign=-1)),
        },
    )
    return ListPage(
        report=report,
        stem=reverse("disclosures:topic-year", args=[key, year]),
        choices=[Choice("内容", links), offer_years("topic-year", years, year, key)],
        below=[COMPARED],
    )


def read_topic(topic: Topic, year: int) -> "TopicYear":
    """Three queries: who published in both years, the figures, and what is said of them."""
    both = (year, year - 1)
    entries = list_entries().filter(year__in=both)
    words = IndexText.objects.filter(year=year, at=topic.why) if topic.why else None
    return TopicYear(
        topic=topic,
        year=year,
        entries=[entry for entry in entries if entry.year == year],
        before={each.department_id: each for each in entries if each.year == year - 1},
        amounts=read_amounts(topic.measures, year__in=both),
        words=dict(words.values_list("department", "text")) if words else {},
    )


def arrange(
    find: Callable[[IndexEntry], Decimal | None], sign: int = 1
) -> Callable[[list[IndexEntry]], list[IndexEntry]]:
    """From the most to the fewest, or the other way round by `sign` -1; unknown ones last."""

    def key(entry: IndexEntry) -> tuple[bool, Decimal]:
        value = find(entry)
        return value is None, -sign * (value or Decimal(0))

    return lambda entries: sorted(entries, key=key)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicYear:
    """What all departments published on a topic in a year, and the year before.

    `before` are last year's entries by department, `words` what departments say of their figure.
    """

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

    def find(self, entry: IndexEntry, measure: Measure) -> Decimal | None:
        """A department's figure; None where its document does not state one."""
        own = self.amounts.get((entry.department_id, entry.year), {})
        return own.get(measure, Decimal(0) if self.topic.has_zeros else None)

    def find_both(self, entry: IndexEntry) -> tuple[Decimal, Decimal] | None:
        """This year's and last year's main figure; None where one is missing."""
        before = self.before.get(entry.department_id)
        now = self.find(entry, self.main)
        last = self.find(before, self.main) if before else None
        return None if now is None or last is None else (now, last)

    def find_change(self, entry: IndexEntry) -> Decimal | None:
        both = self.find_both(entry)
        return subtract_measure(*both, self.main) if both else None

    def show(self, entry: IndexEntry, measure: Measure) -> str:
        amount = self.find(entry, measure)
        return UNKNOWN if amount is None else measure.show(amount)

    def link(self, entry: IndexEntry, measure: Measure) -> str:
        """Its place in the document; nothing leads to the table in which it could stand."""
        stands = measure in self.amounts.get((entry.department_id, entry.year), {})
        is_known = self.find(entry, measure) is not None
        at = measure.table if is_known and not stands else measure.at
        return link_figure(entry.year, entry.department.code, at)

    def list_columns(self) -> list[Column]:
        """Departments × measures, the main one compared with the year before."""
        main = self.main

        def read_words(entry: IndexEntry) -> str:
            return self.words.get(entry.department_id, "")

        def show_last(entry: IndexEntry) -> str:
            before = self.before.get(entry.department_id)
            if before is None:
                return explain_absence(entry.department, self.year - 1)
            return self.show(before, main)

        def link_last(entry: IndexEntry) -> str:
            before = self.before.get(entry.department_id)
            return self.link(before, main) if before else ""

        def show_change(entry: IndexEntry) -> str:
            both = self.find_both(entry)
            return write_measure_change(*both, main) if both else ""

        return [
            YEAR,
            CODE,
            Column(
                "department",
                "部门",
                attrgetter("name"),
                href=link_document,
                note=read_words,
                total="全部部门",
            ),
            *(self.make_column(measure) for measure in self.topic.measures),
            Column(
                "last",
                f"{self.year - 1}年{main.label}",
                show=show_last,
                href=link_last,
                unit=main.counted,
                is_amount=True,
            ),
            Column("change", "比上年", show=show_change),
            *([Column("words", "部门的说明", read_words)] if self.topic.why else []),
            Column("address", "公开的文件", link_document, is_address=True),
        ]

    def make_column(self, measure: Measure) -> Column:
        """A measure, and the exact total of all departments."""

        def read(entry: IndexEntry) -> Decimal | int | None:
            amount = self.find(entry, measure)
            return None if amount is None else measure.value(amount)

        own = (each for (_, year), each in self.amounts.items() if year == self.year)
        total = sum((each.get(measure, Decimal(0)) for each in own), Decimal(0))
        return Column(
            measure.key,
            measure.called,
            read,
            show=lambda entry: self.show(entry, measure),
            href=lambda entry: self.link(entry, measure),
            heading=measure.label,
            unit=measure.counted,
            total=measure.show(total),
            is_amount=True,
        )


def link_document(entry: IndexEntry) -> str:
    return link_figure(entry.year, entry.department.code)
