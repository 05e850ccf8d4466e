"""The words: nothing missing, left over, pasted from elsewhere, private, or impossible to print."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from budgets.domain.checks.case import (
    PASSED,
    UNCHECKED,
    Case,
    Outcome,
    OwnText,
    compare_side,
    failed,
    own_indicators,
    own_texts,
)
from budgets.domain.document import Missing, OwnWords
from budgets.domain.filing import Words, WordsKind
from budgets.domain.notes import continue_sentence

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
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
BIRTHDAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
# The first digit of a bank's cards is 3 to 6, or 9.
BANK_CARD = re.compile(r"(?<!\d)[3-69]\d{15,18}(?!\d)")
# Numbers are often typed in groups: 139 9612 3456.
GROUPED = re.compile(r"(?<=\d)[ \-](?=\d)")
# Quick to look for: a text without so many digits, however grouped, holds none of these.
LONG_NUMBER = re.compile(r"(?:\d[ \-]?){11}")
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_SIGNS = "10X98765432"


def complete_words(case: Case) -> Iterable[Outcome]:
    """Every sentence has its figure of last year, its reason, its use."""
    gaps = dict.fromkeys((s.at, s.kind) for s in case.spans if isinstance(s, Missing))
    for at, kind in gaps:
        what, advice = MISSING[kind]
        figure = compare_side(label="本年数", yuan=case.writer.yuan(at), at=at)
        yield failed(f"{case.name_cell(at)}缺少{what}。", advice, figure)


def printed_words(case: Case) -> list[Words]:
    printed = {(s.at, s.kind) for s in case.spans if isinstance(s, OwnWords | Missing)}
    return [own for own in case.filing.words if (own.at, own.kind) in printed]


def say_something(case: Case) -> Iterable[Outcome]:
    """No placeholder stands where a reason, a use or any other text should."""
    empty = [
        case.words[own]
        for own in printed_words(case)
        if EMPTY_WORDS.fullmatch(continue_sentence(own.text, own.kind))
    ]
    left = [each for each in own_texts(case) if LEFT_OVER.search(each.text)]
    return (
        failed(f"{place}没有写完：“{shorten_text(text)}”。", "请写明具体情况。", sheet=sheet)
        for place, text, sheet in dict.fromkeys([*empty, *left])
    )


def shorten_text(text: str, most: int = 40) -> str:
    """As much of a text as a message needs to be recognised by."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def own_department(case: Case) -> Iterable[Outcome]:
    """No text names another department of the county, unless it means to."""
    own = " ".join((case.filing.department.name, *(unit.name for unit in case.filing.units)))
    others = [name for name in case.others if name not in own]
    return (
        failed(
            f"{place}出现了其他部门的名称“{name}”。",
            "如果是误用其他部门的文字，请改为本部门的情况。",
            sheet=sheet,
        )
        for place, text, sheet in own_texts(case)
        for name in others
        if name in text
    )


def own_years(case: Case) -> Iterable[Outcome]:
    """Reasons speak of this year and of last year, and targets are set for this year."""
    year, last = str(case.filing.year), str(case.filing.year - 1)
    texts = [(case.words[own], {year, last}) for own in printed_words(case)]
    for place, each in own_indicators(case):
        texts.append((OwnText(place, each.value, "indicators"), {year}))
    return (
        failed(f"{place}提到{found}年：“{shorten_text(text)}”。", "请核对年份。", sheet=sheet)
        for (place, text, sheet), known in texts
        for found in sorted({*YEAR.findall(text)} - known)
    )


def own_reasons(case: Case) -> Iterable[Outcome]:
    """The same reason is not pasted everywhere."""
    places = defaultdict(list)
    for own in printed_words(case):
        if own.kind is WordsKind.REASON and case.writer.has_changed(own.at):
            places[continue_sentence(own.text, own.kind)].append(case.name_cell(own.at))
    return (
        failed(
            f"{len(found)}处变动用了同一个原因“{shorten_text(text)}”：{'、'.join(found)}。",
            "请分别写明每一项的原因。",
        )
        for text, found in places.items()
        if len(found) > COMMON_SHARE
    )


def unused_words(case: Case) -> Iterable[Outcome]:
    """Every reason and use that was filled in is printed somewhere."""
    printed = {(own.at, own.kind) for own in printed_words(case)}
    return (
        failed(
            f"{case.words[own].place}没有用到：“{shorten_text(own.text)}”。",
            "请核对事项、科目编码和项目名称；本年和上年都没有金额的不用填写。",
        )
        for own in case.filing.words
        if (own.at, own.kind) not in printed
    )


def is_identity(number: str) -> bool:
    """True where the birthday and the check digit of an identity number hold (GB 11643)."""
    weighed = sum(int(d) * w for d, w in zip(number[:17], IDENTITY_WEIGHTS, strict=True))
    return (
        bool(BIRTHDAY.fullmatch(number[6:14]))
        and IDENTITY_SIGNS[weighed % 11] == number[17].upper()
    )


def is_bank_card(number: str) -> bool:
    """True where the Luhn check digit of a card number holds (ISO/IEC 7812)."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(number[::-1])]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def keep_private(case: Case) -> Iterable[Outcome]:
    """No identity-card, bank-card or mobile number is published."""
    found = dict.fromkeys(
        (place, *each) for place, text in case.texts() for each in personal_numbers(text)
    )
    typed = {
        number: own.sheet for own in own_texts(case) for _, number in personal_numbers(own.text)
    }
    # Its owner can find the number by this, and nobody else can use it.
    return (
        failed(
            f"{place}出现{kind}“{number[:3]}…{number[-2:]}”。",
            "请删去个人信息；电话请填办公座机。",
            sheet=typed.get(number, ""),
        )
        for place, kind, number in found
    )


def personal_numbers(text: str) -> list[tuple[str, str]]:
    """(kind, number) of every personal number in a text, full-width or in groups too."""
    plain = unicodedata.normalize("NFKC", text)
    if not LONG_NUMBER.search(plain):
        return []
    found: list[tuple[str, str]] = []
    for reading in sorted({plain, GROUPED.sub("", plain)}):
        identities = [number for number in IDENTITY.findall(reading) if is_identity(number)]
        found += [("身份证号", number) for number in identities]
        found += [("手机号", number) for number in MOBILE.findall(reading)]
        cards = [number for number in BANK_CARD.findall(reading) if number not in identities]
        found += [("银行卡号", number) for number in cards if is_bank_card(number)]
    return list(dict.fromkeys(found))


def print_all(case: Case) -> Iterable[Outcome]:
    """Every character has a glyph in the faces that the document is printed with."""
    missing_glyphs = case.missing_glyphs
    if missing_glyphs is None:
        return [UNCHECKED]
    texts = case.texts()
    if not missing_glyphs("".join(set().union(*(text for _, text in texts)))):
        return [PASSED]
    places: dict[str, str] = {}
    for place, text in texts:
        for glyph in missing_glyphs(text):
            places.setdefault(glyph, place)
    typed = {glyph: own.sheet for own in own_texts(case) for glyph in missing_glyphs(own.text)}
    return (
        failed(
            f"{place}有PDF字体不能显示的字符：{glyph}。",
            "请改用常用字，或联系财政部门添加字体。",
            sheet=typed.get(glyph, ""),
        )
        for glyph, place in places.items()
    )
