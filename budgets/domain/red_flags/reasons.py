"""The reasons of changes: without content, copied, or saying the opposite of the figures."""

import re
from collections import defaultdict
from collections.abc import Iterator

from budgets.domain.red_flags.mark import Mark
from budgets.domain.red_flags.subject import SHORTEST_PHRASE, Reason, Subject, level

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


def quote(text: str) -> str:
    """A reason as the list shows it."""
    return f"“{text if len(text) <= QUOTE else text[:QUOTE] + '…'}”"


def mark(subject: Subject, reason: Reason, text: str) -> Mark:
    """At the paragraph that prints the reason, named by the cell it explains."""
    return Mark(at=reason.paragraph, label=subject.name(reason.cell), text=text)


def find_hollow(subject: Subject) -> Iterator[Mark]:
    """Reasons that say no more than that it was needed: 按实际工作需要安排."""
    for reason in subject.reasons:
        if len(SAYS_NOTHING.sub("", level(reason.text))) < LEAST:
            yield mark(subject, reason, f"原因没有内容：{quote(reason.text)}")


def find_opposite(subject: Subject) -> Iterator[Mark]:
    """Reasons that only speak of a rise where the figure fell, or of a fall where it rose."""
    for reason in subject.reasons:
        rises, falls = bool(RISES.search(reason.text)), bool(FALLS.search(reason.text))
        fell = subject.difference(reason.cell) < 0
        if rises != falls and rises == fell:
            moved = "减少" if fell else "增加"
            gap = abs(subject.difference(reason.cell))
            text = f"数字{moved}了 {gap:,.2f} 万元，原因却是{quote(reason.text)}"
            yield mark(subject, reason, text)


def find_repeated(subject: Subject) -> Iterator[Mark]:
    """One text for changes of different size; the same change told in two notes is one."""
    groups = defaultdict(list)
    for reason in subject.reasons:
        groups[level(reason.text)].append(reason)
    for same in groups.values():
        if len({subject.difference(each.cell) for each in same}) > 1:
            places = "、".join(subject.name(each.cell) for each in same[1:])
            text = f"和 {places} 用了同一个原因：{quote(same[0].text)}"
            yield mark(subject, same[0], text)


def find_of_last_year(subject: Subject) -> Iterator[Mark]:
    """What last year's disclosure said of the same cell, its years moved on."""
    for reason in subject.reasons:
        then = subject.last_reasons.get(reason.cell, "")
        if level(then) == level(reason.text) and len(level(then)) >= SHORTEST_PHRASE:
            yield mark(subject, reason, f"和上年公开的原因一字不差：{quote(reason.text)}")


def find_of_others(subject: Subject) -> Iterator[Mark]:
    """What another department says of a change of its own."""
    for reason in subject.reasons:
        if names := subject.others.get(level(reason.text)):
            who = "、".join(names[:3]) + ("等" if len(names) > 3 else "")
            yield mark(subject, reason, f"和{who}的原因一字不差：{quote(reason.text)}")
