"""What a reader asks for, read from an address, or a sentence that says what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from budgets.domain.facts import FUNCTION_LEVELS
from budgets.domain.text import purge
from disclosures.models import TextKind
from disclosures.publishing.index.wording import fold

SHORTEST, LONGEST, MOST_WORDS = 2, 50, 5
LAST_PAGE = 50


class UnclearError(Exception):
    """The question cannot be answered; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Words as they are compared, all of which must be there; one kind and one year, or all."""

    text: str
    words: tuple[str, ...]
    kind: TextKind | None = None
    year: int | None = None
    page: int = 1

    @property
    def codes(self) -> list[str]:
        """The code asked for and its parents, shortest first; none where no code is."""
        (word, *more) = self.words
        is_code = (
            not more and word.isascii() and word.isdigit() and len(word) <= FUNCTION_LEVELS[-1]
        )
        if not is_code or len(word) < FUNCTION_LEVELS[0]:
            return []
        return [word[:level] for level in FUNCTION_LEVELS if level < len(word)] + [word]


def read_question(given: Mapping[str, str]) -> Question | None:
    """The question of `q`, `year`, `kind` and `page`; None where nothing is asked.

    Raises UnclearError.
    """
    text = purge(given.get("q", "")).strip()
    kind, year = _read_kind(given.get("kind", "")), _read_year(given.get("year", ""))
    page = _read_page(given.get("page", ""))
    if not text:
        return None
    return Question(text=text, words=_read_words(text), kind=kind, year=year, page=page)


def _read_words(text: str) -> tuple[str, ...]:
    if len(text) > LONGEST:
        raise UnclearError(f"一次最多查{LONGEST}个字，这里有{len(text)}个。请只写关键的词。")
    words = tuple(dict.fromkeys(fold(text).split()))
    if len(words) > MOST_WORDS:
        raise UnclearError(f"一次最多查{MOST_WORDS}个词，这里有{len(words)}个。请减少几个。")
    if short := [word for word in words if len(word) < SHORTEST]:
        raise UnclearError(f"“{short[0]}”太短，每个词至少两个字，例如“工会”“培训”。")
    return words


def _read_kind(text: str) -> TextKind | None:
    if text and text not in TextKind.values:
        raise UnclearError("没有这一类结果，请从页面上的链接选择。")
    return TextKind(text) if text else None


def _read_year(text: str) -> int | None:
    if text and not re.fullmatch(r"[1-9][0-9]{3}", text):
        raise UnclearError(f"“{text[:10]}”不是年度，年度是四位数字，例如2025。")
    return int(text) if text else None


def _read_page(text: str) -> int:
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:5]) <= LAST_PAGE):
        raise UnclearError(f"页码是1到{LAST_PAGE}的数字。")
    return int(text)
