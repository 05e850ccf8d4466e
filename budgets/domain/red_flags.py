"""What deserves a reviewer's attention beside the checks: named looks at a document."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from budgets.domain.differences import Amount, name_amounts
from budgets.domain.document import AGENCY_OPERATING, Document, OwnWords
from budgets.domain.filing import COST_LEVEL, Prior, WordsKind, is_lowered
from budgets.domain.history import Movement
from budgets.domain.money import ZERO
from budgets.domain.passages import INDICATOR, name_project
from budgets.domain.tables.form import Role
from budgets.domain.text import shift_years, strip_years

BLANKS = re.compile(r"[\s，,。．.；;：:、]+")
# Shorter words are the same in two departments by chance.
SHORTEST_PHRASE = 8
# The cells whose change tells something: each table's finest rows, and what the totals consist of.
# Coarser ones would say the same money again; of the three public expenses another one speaks.
BUDGETS = f"(?:{Role.GENERAL}|{Role.GOVERNMENT_FUND}|{Role.STATE_CAPITAL})"
ITEM_CELLS = (
    rf"{BUDGETS}\.\d{{7}}\.total|{Role.BASIC}\.\d{{5}}\.total|{Role.PROJECTS}\.\d{{7}}:.+\.total"
)
WATCHED = re.compile(
    rf"\A(?:{Role.INCOME}\.total\.(?!total$|fiscal$)\w+|{Role.SPENDING}\.total\.\w+"
    rf"|{ITEM_CELLS}|{re.escape(AGENCY_OPERATING)})"
)
# New and gone are told of items and projects, not of what they are paid from.
ITEMS = re.compile(rf"\A(?:{ITEM_CELLS})")
THREE_PUBLIC = re.compile(rf"{Role.THREE_PUBLIC}\.(?!total\.)\w+\.total")
# What says nothing by itself: taken away, a reason must leave something that says why.
SAYS_NOTHING = re.compile(
    "按照|按|依照|根据|结合|由于|因为|因此|因|为了|为|所致|导致|造成|相比|相较|对比|"
    "我单位|本单位|我部门|本部门|单位|部门|我局|本局|实际|工作|业务|需要|需求|情况|具体|有关|相关|"
    "安排|开展|正常|常规|预算|经费|资金|支出|收入|费用|金额|项目|此项|该项|各项|此|该|本|"
    "相应|调整|变动|变化|增加|减少|增长|下降|上升|有所|较|比|与|去年|上年|今年|本年|当年|年度|年初|"
    "统筹|据实|合理|政策|要求|规定|财政|上级|文件|精神|编制|核定|发展|履职|"
    "主要|原因|是|的|了|和|及|等|在|而|所|将|对|有"
)
RISES = re.compile("增加|增长|上升|提高|上调|调增|新增|增多|增资|扩大|上涨")
FALLS = re.compile("减少|下降|降低|下调|调减|压减|压缩|削减|缩减|减员|精简")
LEAST = 2
QUOTE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FlaggedPlace:
    at: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From where on a change is large: the rate in per cent, and the difference in 万元."""

    rate: Decimal = Decimal(30)
    wan: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    cell: str
    paragraph: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ReviewedDocument:
    """A document to look at, as it would be frozen.

    `before` are last year's amounts in yuan by address; `last` is the disclosure they come from.
    Without `last` the department stated them, and what it did not state is unknown, not zero.
    `others` are the reasons of the year's other departments: the phrase, and who says it.
    """

    document: Document
    before: Mapping[str, Decimal] = field(default_factory=dict)
    last: Document | None = None
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def amounts(self) -> dict[str, Amount]:
        return name_amounts(self.document)

    @cached_property
    def amounts_before(self) -> dict[str, Amount]:
        return name_amounts(self.last) if self.last else {}

    @cached_property
    def reasons(self) -> list[Reason]:
        """The reasons of cells that have changed, in the order of the document."""
        found = {each.cell: each for each in list_reasons(self.document)}
        return [each for each in found.values() if self.difference(each.cell)]

    @cached_property
    def last_reasons(self) -> dict[str, str]:
        """Last year's reasons by cell, as they would read this year."""
        known = list_reasons(self.last) if self.last else ()
        return {each.cell: shift_years(each.text, 1) for each in known}

    def change(self, at: str) -> Movement | None:
        """This year against last, from the printed figures; None where last year is unknown."""
        known = self.before.get(at, ZERO if self.last else None)
        if known is None:
            return None
        return Movement.between(self.yuan(at), Prior(at=at, amount=known))

    def difference(self, at: str) -> Decimal:
        """This minus last in 万元; nothing where last year is unknown."""
        change = self.change(at)
        return change.difference if change else ZERO

    def yuan(self, at: str) -> Decimal:
        amount = self.amounts.get(at)
        return amount.value or ZERO if amount else ZERO

    def name(self, at: str) -> str:
        amount = self.amounts.get(at) or self.amounts_before.get(at)
        if amount is None:
            return at
        number = amount.table.partition(" ")[0]
        column = "" if amount.column in ("合计", "预算数", amount.row) else amount.column
        return " ".join(filter(None, (number, amount.row, column)))

    def flag(self, at: str, text: str, place: str = "") -> FlaggedPlace:
        """A cell by its name, with what is the matter; to be looked at there or at `place`."""
        return FlaggedPlace(at=place or at, label=self.name(at), text=text)

    def flag_reason(self, reason: Reason, text: str) -> FlaggedPlace:
        """At the paragraph that prints the reason, named by the cell it explains."""
        return self.flag(reason.cell, text, reason.paragraph)


def list_reasons(document: Document) -> Iterator[Reason]:
    """Every reason that a document prints; the blank of one that is missing is left out."""
    for paragraph in document.paragraphs():
        for span in paragraph.spans:
            if isinstance(span, OwnWords) and span.kind is WordsKind.REASON:
                yield Reason(cell=span.at, paragraph=paragraph.key, text=span.text)


def level_text(text: str) -> str:
    """A text by which equal ones are known: without blanks, stops and years."""
    return BLANKS.sub("", strip_years(text))


def list_phrases(subject: ReviewedDocument) -> list[str]:
    """The reasons of what has changed, in the form in which departments are compared."""
    phrases = {level_text(each.text) for each in subject.reasons}
    return sorted(phrase for phrase in phrases if len(phrase) >= SHORTEST_PHRASE)


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A named look at a document; where `suspects`, what it finds puts the budget on the list."""

    id: str
    title: str
    suspects: bool
    find: Callable[[ReviewedDocument], Iterable[FlaggedPlace]]


def find_large(subject: ReviewedDocument) -> Iterator[FlaggedPlace]:
    """Changes over both limits, of what there was and still is; the largest first."""
    limits = subject.limits
    found = [
        (at, change)
        for at in subject.amounts
        if WATCHED.fullmatch(at) and (change := subject.change(at)) and change.this and change.last
        if change.rate >= limits.rate and abs(change.difference) >= limits.wan
    ]
    for at, change in sorted(found, key=lambda each: -abs(each[1].difference)):
        yield subject.flag(at, describe_movement(change))


def describe_movement(change: Movement) -> str:
    """上年 10.00，本年 15.00，增加 5.00 万元（50.00%）."""
    moved = "减少" if change.is_fall else "增加"
    return (
        f"上年 {change.last:,.2f}，本年 {change.this:,.2f}，"
        f"{moved} {abs(change.difference):,.2f} 万元（{change.rate:,.2f}%）"
    )


def find_new(subject: ReviewedDocument) -> Iterator[FlaggedPlace]:
    for at in filter(ITEMS.fullmatch, subject.amounts):
        change = subject.change(at)
        if change and change.this and not change.last:
            text = f"上年没有，本年 {change.this:,.2f} 万元"
            yield subject.flag(at, text)


def find_gone(subject: ReviewedDocument) -> Iterator[FlaggedPlace]:
    """Items and projects that have nothing any more; where the row is gone, its table is shown."""
    for at in filter(ITEMS.fullmatch, subject.before):
        change = subject.change(at)
        if change and change.last and not change.this:
            place = at if at in subject.amounts else at.partition(".")[0]
            text = f"上年 {change.last:,.2f} 万元，本年没有"
            yield subject.flag(at, text, place)


def find_rising_three_public(subject: ReviewedDocument) -> Iterator[FlaggedPlace]:
    for at in filter(THREE_PUBLIC.fullmatch, subject.amounts):
        change = subject.change(at)
        if change and change.difference > 0:
            yield subject.flag(at, describe_movement(change))


def quote_reason(text: str) -> str:
    return f"“{text if len(text) <= QUOTE else text[:QUOTE] + '…'}”"


def find_hollow(subject: ReviewedDocument) -> Iterator[FlaggedPlace]:
    """Reasons that say no more than that it was needed: 按实际工作需要安排."""
    for reason in subject.reasons:
        if len(SAYS_NOTHING.sub("", level_text(reason.text))) < LEAST:
            yield subject.flag_reason(reason, f"原因没有内容：{quote_reason(reason.text)}")


def find_opposite(subject: ReviewedDocument) -> Iterator[FlaggedPlace]:
    """Reasons that only speak of a rise where the figure fell, or of a fall where it rose."""
    for reason in subject.reasons:
        rises, falls = bool(RISES.search(reason.text)), bool(FALLS.search(reason.text))
        fell = subject.difference(reason.cell) < 0
        if rises != falls and rises == fell:
            moved = "减少" if fell else "增加"
            gap = abs(subject.difference(reason.cell))
            text = f"数字{moved}了 {gap:,.2f} 万元，原因却是{quote_reason(reason.text)}"
            yield subject.flag_reason(reason, text)


def find_repeated(subject: ReviewedDocument) -> Iterator[FlaggedPlace]:
    """One text for changes of different size; the same change told in two notes is one."""
    groups = defaultdict(list)
    for reason in subject.reasons:
        groups[level_text(reason.text)].append(reason)
    for same in groups.values():
        if len({subject.difference(each.cell) for each in same}) > 1:
            places = "、".join(subject.name(each.cell) for each in same[1:])
            text = f"和 {places} 用了同一个原因：{quote_reason(same[0].text)}"
            yield subject.flag_reason(same[0], text)


def find_of_last_year(subject: ReviewedDocument) -> Iterator[FlaggedPlace]:
    """What last year's disclosure said of the same cell, its years moved on."""
    for reason in subject.reasons:
        then = level_text(subject.last_reasons.get(reason.cell, ""))
        if then == level_text(reason.text) and len(then) >= SHORTEST_PHRASE:
            yield subject.flag_reason(
                reason, f"和上年公开的原因一字不差：{quote_reason(reason.text)}"
            )


def find_of_others(subject: ReviewedDocument) -> Iterator[FlaggedPlace]:
    """What another department says of a change of its own."""
    for reason in subject.reasons:
        if names := subject.others.get(level_text(reason.text)):
            who = "、".join(names[:3]) + ("等" if len(names) > 3 else "")
            yield subject.flag_reason(reason, f"和{who}的原因一字不差：{quote_reason(reason.text)}")


def find_lowered(subject: ReviewedDocument) -> Iterator[FlaggedPlace]:
    """At the project's table, named by its indicator; money that may be spent is no result."""
    for grid in subject.document.tables:
        # From 三级 on; 一级 and 二级 may be merged with the row above.
        keys = [column.key for column in grid.columns][2:]
        level2 = ""
        for row in grid.rows() if "last_value" in keys else ():
            if INDICATOR.fullmatch(row.key):
                leads, cells = row.cells[: -len(keys)], row.cells[-len(keys) :]
                level2 = (leads[-1].text if leads else "") or level2
                told = {key: cell.text for key, cell in zip(keys, cells, strict=True)}
                value, last = told["value"], told["last_value"]
                if level2 != COST_LEVEL and is_lowered(value, last):
                    label = f"{name_project(grid)}　{told['level3']}"
                    text = f"指标值 {value}，上年完成 {last}"
                    yield FlaggedPlace(at=grid.key, label=label, text=text)


# In order of weight. What makes a budget suspicious stands first; the rest is worth a look.
RED_FLAGS: tuple[RedFlag, ...] = (
    RedFlag("opposite", "原因和增减方向相反", True, find_opposite),
    RedFlag("lowered", "绩效指标低于上年完成值", True, find_lowered),
    RedFlag("three-public", "“三公”经费增加", True, find_rising_three_public),
    RedFlag("hollow", "原因没有内容", True, find_hollow),
    RedFlag("of-others", "原因与其他部门相同", True, find_of_others),
    RedFlag("of-last-year", "原因照抄上年", True, find_of_last_year),
    RedFlag("repeated", "几处变动用同一个原因", False, find_repeated),
    RedFlag("large", "变动较大", False, find_large),
    RedFlag("new", "新增的科目和项目", False, find_new),
    RedFlag("gone", "取消的科目和项目", False, find_gone),
)


def find_red_flags(subject: ReviewedDocument) -> list[tuple[RedFlag, list[FlaggedPlace]]]:
    """Every one that finds something, in order of weight, with the places."""
    found = [(flag, list(flag.find(subject))) for flag in RED_FLAGS]
    return [(flag, places) for flag, places in found if places]
