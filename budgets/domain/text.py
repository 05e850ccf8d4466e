"""Texts: what may stand in them, how they are compared, and how a day is written."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Self

# Controls but tab and line ends, halves of pairs, signs that are none; and those that turn the
# direction of reading, by which a figure could be shown backwards.
UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# Years as texts name them: 2025年, 2025年度, and every year of 2024-2025年 or 2023、2024和2025年.
YEAR = re.compile(r"20\d{2}")
# A row of years is taken as a whole, so that one without 年 behind it is not tried year by year.
YEARS = re.compile(r"(?<!\d)20\d{2}(?:\s*+[-—–~～－至到、和与及]++\s*+20\d{2})*+(\s*+年)?")


class LabelledEnum(StrEnum):
    """Values with the Chinese name that people read."""

    label: str

    # Called with a value alone, a class finds its member.
    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member


def shift_years(text: str, by: int, of: int | None = None) -> str:
    """The text with the years that it names moved by so many years.

    With `of` only that year and the one before it move: what happened earlier stays there.
    """

    def move(year: re.Match[str]) -> str:
        named = int(year[0])
        return str(named + by) if of is None or named in (of, of - 1) else year[0]

    return YEARS.sub(lambda found: YEAR.sub(move, found[0]) if found[1] else found[0], text)


def strip_years(text: str) -> str:
    return YEARS.sub(lambda found: "" if found[1] else found[0], text)


def purge(text: str) -> str:
    """The text without the signs that nobody types."""
    return UNFIT.sub("", text)


def remove_blanks(text: str) -> str:
    """The text without any blanks; names of projects are the same with and without them."""
    return "".join(text.split())


def squeeze(value: object) -> str:
    """What a cell shows, for comparing: half-width digits, letters and brackets, no blanks."""
    return remove_blanks(unicodedata.normalize("NFKC", str(value)))


def squeeze_all(values: Iterable[object]) -> list[str]:
    """What cells show, for comparing; "" for a blank one."""
    return ["" if value is None else squeeze(value) for value in values]


def show_day(day: date) -> str:
    """2025年2月4日."""
    return f"{day.year}年{day.month}月{day.day}日"
