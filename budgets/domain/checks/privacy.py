"""What must not stand in a public text: personal numbers, and characters that cannot be printed."""

import re
import unicodedata
from collections.abc import Iterator

from budgets.domain.checks.case import Case
from budgets.domain.checks.finding import PASSED, Check, Outcome, failed, or_passed
from budgets.domain.checks.own_texts import own_texts
from budgets.domain.checks.sources import PRINTED, PRIVATE
from budgets.domain.document import Severity
from disclosures.publishing.pdf.fonts import missing_glyphs

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


def keep_private(case: Case) -> list[Outcome]:
    """No identity-card, bank-card or mobile number is published."""
    found = dict.fromkeys(
        (place, kind, number)
        for place, text in case.texts()
        if LONG_NUMBER.search(text)
        for kind, number in personal_numbers(text)
    )
    typed = {
        number: own.sheet
        for own in own_texts(case)
        if LONG_NUMBER.search(own.text)
        for _, number in personal_numbers(own.text)
    }
    return or_passed(
        failed(
            f"{place}出现{kind}“{mask(number)}”。",
            "请删去个人信息；电话请填办公座机。",
            sheet=typed.get(number, ""),
        )
        for place, kind, number in found
    )


def mask(number: str) -> str:
    """The number so that its owner can find it, and nobody else can use it."""
    return f"{number[:3]}…{number[-2:]}"


def personal_numbers(text: str) -> list[tuple[str, str]]:
    """(kind, number) of every personal number in a text, full-width or in groups too."""
    plain = unicodedata.normalize("NFKC", text)
    readings = {plain, GROUPED.sub("", plain)}
    return list(dict.fromkeys(found for each in sorted(readings) for found in _numbers(each)))


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    identities = [number for number in IDENTITY.findall(text) if is_identity(number)]
    yield from (("身份证号", number) for number in identities)
    yield from (("手机号", number) for number in MOBILE.findall(text))
    cards = [number for number in BANK_CARD.findall(text) if number not in identities]
    yield from (("银行卡号", number) for number in cards if is_bank_card(number))


def printable(case: Case) -> list[Outcome]:
    """Every character has a glyph in the faces that the PDF is printed with."""
    texts = list(case.texts())
    if not missing_glyphs("".join(set().union(*(text for _, text in texts)))):
        return [PASSED]
    places: dict[str, str] = {}
    for place, text in texts:
        for glyph in missing_glyphs(text):
            places.setdefault(glyph, place)
    typed = {glyph: own.sheet for own in own_texts(case) for glyph in missing_glyphs(own.text)}
    return or_passed(
        failed(
            f"{place}有PDF字体不能显示的字符：{glyph}。",
            "请改用常用字，或联系财政部门添加字体。",
            sheet=typed.get(glyph, ""),
        )
        for glyph, place in places.items()
    )


PUBLIC_TEXT_CHECKS = (
    Check(
        "privacy",
        "没有个人信息",
        "没有身份证号、银行卡号、手机号",
        Severity.ERROR,
        keep_private,
        source=PRIVATE,
        mended_at="preview",
    ),
    Check(
        "glyphs",
        "每个字都能印出",
        "PDF字体包含全部字符",
        Severity.ERROR,
        printable,
        source=PRINTED,
        mended_at="preview",
    ),
)
