"""Texts: what may stand in them, how they are compared, and how a day is written."""

import re
import unicodedata
from datetime import date

# Controls but tab and line ends, halves of pairs, signs that are none; and those that turn the
# direction of reading, by which a figure could be shown backwards.
UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def purge(text: str) -> str:
    """The text without the signs that nobody types."""
    return UNFIT.sub("", text)


def remove_blanks(text: str) -> str:
    """The text without any blanks; names of projects are the same with and without them."""
    return "".join(text.split())


def squeeze(value: object) -> str:
    """What a cell shows, for comparing: half-width digits, letters and brackets, no blanks."""
    return remove_blanks(unicodedata.normalize("NFKC", str(value)))


def show_day(day: date) -> str:
    """2025年2月4日."""
    return f"{day.year}年{day.month}月{day.day}日"
