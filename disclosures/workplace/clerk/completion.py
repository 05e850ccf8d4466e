"""Codes to complete from: by number, by name, or by the initials of the name's pinyin."""

from collections.abc import Mapping
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

KEPT_NAMES = 10_000


@lru_cache(maxsize=KEPT_NAMES)
def find_initials(name: str) -> str:
    """`行政运行` as `xzyx`; letters and digits stay, punctuation is left out."""
    parts = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(part for part in "".join(parts).lower() if part.isalnum())


def list_codes(names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(code, name, initials) in code order."""
    return [(code, name, find_initials(name)) for code, name in sorted(names.items())]
