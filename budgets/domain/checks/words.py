"""The words: nothing missing, nothing left over from a template or from another department."""

import re
from collections import defaultdict
from collections.abc import Iterator

from budgets.domain.checks.case import Case
from budgets.domain.checks.finding import Check, Outcome, compare_side, failed, or_passed
from budgets.domain.checks.own_texts import Text, name_words, own_indicators, own_texts
from budgets.domain.checks.sources import EXPLAINED, NOTES
from budgets.domain.document import Missing, OwnWords, Severity, Span
from budgets.domain.filing import Words, WordsKind
from budgets.domain.notes.phrase import continue_sentence

WHERE = "请在“上年数与说明”表"
MISSING = {
    "prior": ("上年数", f"{WHERE}填写上年数，上年没有安排的填0。"),
    "reason": ("变动原因", f"{WHERE}填写变动原因。"),
    "use": ("主要用途", f"{WHERE}填写主要用途。"),
}
EMPTY_WORDS = re.compile(
    r"(?:[无略]|暂?无|没有|不详|待补充|待定|同[上前]|见上|[xX×*＊…·\-—_＿/\\?？\d]+)(?:变化|变动|原因)?"
)
LEFT_OVER = re.compile(r"[xX×＊*]{2,}|＿{2,}|_{3,}|…{3,}")
YEAR = re.compile(r"(20\d{2})\s*年")
COMMON_SHARE = 3


def complete(case: Case) -> list[Outcome]:
    """Every sentence has its figure of last year, its reason, its use."""
    gaps = dict.fromkeys((s.at, s.kind) for s in _spans(case) if isinstance(s, Missing))
    return or_passed(_missing(case, at, kind) for at, kind in gaps)


def _spans(case: Case) -> Iterator[Span]:
    for section in case.sections:
        for paragraph in section.paragraphs():
            yield from paragraph.spans


def _missing(case: Case, at: str, kind: str) -> Outcome:
    what, advice = MISSING[kind]
    figure = compare_side(label="本年数", yuan=case.writer.yuan(at), at=at)
    return failed(f"{case.name_cell(at)}缺少{what}。", advice, figure)


def printed_words(case: Case) -> list[Words]:
    """The reasons and uses that the document prints."""
    printed = {(s.at, s.kind) for s in _spans(case) if isinstance(s, OwnWords | Missing)}
    return [own for own in case.filing.words if (own.at, own.kind) in printed]


def say_something(case: Case) -> list[Outcome]:
    """No placeholder stands where a reason, a use or any other text should."""
    empty = [
        Text(name_words(case, own.at, own.kind), own.text, "history")
        for own in printed_words(case)
        if EMPTY_WORDS.fullmatch(continue_sentence(own.text, own.kind))
    ]
    left = [each for each in own_texts(case) if LEFT_OVER.search(each.text)]
    return or_passed(
        failed(f"{place}没有写完：“{shorten(text)}”。", "请写明具体情况。", sheet=sheet)
        for place, text, sheet in dict.fromkeys([*empty, *left])
    )


def shorten(text: str, most: int = 40) -> str:
    """As much of a text as a message needs to be recognised by."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def own_department(case: Case) -> list[Outcome]:
    """No text names another department of the county, unless it means to."""
    own = " ".join((case.filing.department.name, *(unit.name for unit in case.filing.units)))
    others = [name for name in case.others if name not in own]
    return or_passed(
        failed(
            f"{place}出现了其他部门的名称“{name}”。",
            "如果是误用其他部门的文字，请改为本部门的情况。",
            sheet=sheet,
        )
        for place, text, sheet in own_texts(case)
        for name in others
        if name in text
    )


def own_years(case: Case) -> list[Outcome]:
    """Reasons speak of this year and of last year, and targets are set for this year."""
    year = case.filing.year
    texts = [
        (Text(name_words(case, own.at, own.kind), own.text, "history"), {str(year), str(year - 1)})
        for own in printed_words(case)
    ]
    texts += [
        (Text(place, each.value, "indicators"), {str(year)}) for place, each in own_indicators(case)
    ]
    return or_passed(
        failed(f"{place}提到{found}年：“{shorten(text)}”。", "请核对年份。", sheet=sheet)
        for (place, text, sheet), known in texts
        for found in sorted({*YEAR.findall(text)} - known)
    )


def own_reasons(case: Case) -> list[Outcome]:
    """The same reason is not pasted everywhere."""
    places = defaultdict(list)
    for own in printed_words(case):
        if own.kind is WordsKind.REASON and case.writer.has_changed(own.at):
            places[continue_sentence(own.text, own.kind)].append(case.name_cell(own.at))
    return or_passed(
        failed(
            f"{len(found)}处变动用了同一个原因“{shorten(text)}”：{'、'.join(found)}。",
            "请分别写明每一项的原因。",
        )
        for text, found in places.items()
        if len(found) > COMMON_SHARE
    )


def unused_words(case: Case) -> list[Outcome]:
    """Every reason and use that was filled in is printed somewhere."""
    printed = {(own.at, own.kind) for own in printed_words(case)}
    return or_passed(
        failed(
            f"{name_words(case, own.at, own.kind)}没有用到：“{shorten(own.text)}”。",
            "请核对事项、科目编码和项目名称；本年和上年都没有金额的不用填写。",
        )
        for own in case.filing.words
        if (own.at, own.kind) not in printed
    )


WORDS_CHECKS = (
    Check(
        "words-complete",
        "说明没有缺项",
        "每句说明都有上年数、原因、用途",
        Severity.ERROR,
        complete,
        source=EXPLAINED,
        mended_at="history",
        asks=True,
    ),
    Check(
        "words-content",
        "文字有内容",
        "不是“无”“XX”等占位",
        Severity.ERROR,
        say_something,
        source=NOTES,
        mended_at="history",
    ),
    Check(
        "words-department",
        "没有误用其他部门的文字",
        "文字中只出现本部门及所属单位",
        Severity.WARNING,
        own_department,
        source=NOTES,
        mended_at="history",
    ),
    Check(
        "words-year",
        "年份正确",
        "原因和用途只涉及本年和上年，指标值只涉及本年",
        Severity.WARNING,
        own_years,
        source=NOTES,
        mended_at="history",
    ),
    Check(
        "words-repeated",
        "原因没有处处雷同",
        f"同一原因不超过{COMMON_SHARE}处",
        Severity.WARNING,
        own_reasons,
        source=NOTES,
        mended_at="history",
    ),
    Check(
        "words-unused",
        "填写的说明都已印出",
        "填写的每条原因和用途都在说明中",
        Severity.WARNING,
        unused_words,
        source=NOTES,
        mended_at="history",
    ),
)
