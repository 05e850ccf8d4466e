"""How words are compared: width and case do not count; and where a word stands in a text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from django.db import DatabaseError, connection, transaction
from django.db.models import BooleanField, Func

from disclosures.models import TextKind

# How many characters stand before and after the first word found.
BEFORE, AFTER = 30, 90


@lru_cache(maxsize=20_000)
def _fold(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign).casefold()
    # Only signs that stay one sign: a place in the folded text is that place in the text.
    return plain if len(plain) == 1 and plain != "\0" else sign


def fold(text: str) -> str:
    """The text with full-width and capital letters made plain, sign by sign."""
    return "".join(map(_fold, text))


def find_spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the folded words stand in a text, first to last, runs that meet joined."""
    folded = fold(text)
    found = sorted(span for word in words for span in _find(folded, word))
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _find(folded: str, word: str) -> Iterator[tuple[int, int]]:
    start = folded.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = folded.find(word, start + 1)


def mark_found_words(
    text: str, words: Sequence[str], *, whole: bool = False
) -> list[tuple[str, bool]]:
    """(piece, is found) of a text, or of an excerpt about the first word found in it."""
    spans = find_spans(text, words)
    start = 0 if whole or not spans else max(0, spans[0][0] - BEFORE)
    end = len(text) if whole else min(len(text), start + BEFORE + AFTER)
    pieces = [("…", False)] if start else []
    place = start
    for left, right in spans:
        if left >= end:
            break
        pieces += [(text[place:left], False), (text[left : min(right, end)], True)]
        place = min(right, end)
    pieces.append((text[place:end] + ("…" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece[0]]


IS_FOUND = " IN (SELECT rowid FROM disclosures_index_pairs WHERE disclosures_index_pairs MATCH %s)"
# Only SQLite has to be told: PostgreSQL keeps an index of an expression as it keeps all others.
REBUILD = "INSERT INTO disclosures_index_pairs (disclosures_index_pairs) VALUES ('rebuild')"
COMPARE = (
    "INSERT INTO disclosures_index_pairs (disclosures_index_pairs, rank)"
    " VALUES ('integrity-check', 1)"
)


class HasTerms(Func):
    """Whether a row of IndexText has all of these terms."""

    output_field = BooleanField()

    def __init__(self, terms: Iterable[str]) -> None:
        super().__init__("pk", "kind", "year", "normal")
        self.terms = sorted(terms)

    def as_postgresql(self, compiler, _connection):
        """By the index of an expression, which has to be written as it is there."""
        _, *columns = (compiler.compile(each)[0] for each in self.source_expressions)
        return f"disclosures_index_terms({', '.join(columns)}) @> %s", [self.terms]

    def as_sqlite(self, compiler, _connection):
        """By the full-text table, where terms are hexadecimal numbers."""
        key, _ = compiler.compile(self.source_expressions[0])
        asked = " ".join(term.encode().hex() for term in self.terms)
        return key + IS_FOUND, [asked]


def may_hold(words: Iterable[str], kind: TextKind, year: int | None) -> HasTerms:
    """A condition for texts of a kind (and a year) that have every pair of signs of the words."""
    pairs = {word[place : place + 2] for word in words for place in range(len(word) - 1)}
    return HasTerms(pairs | {str(kind)} | ({str(year)} if year else set()))


def rebuild_pairs() -> None:
    """Make the index anew from the texts, where the database does not see to it itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(REBUILD)


def are_pairs_whole() -> bool:
    """Whether the index has the pairs of all texts and no others."""
    if connection.vendor != "sqlite":
        return True
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(COMPARE)
    except DatabaseError:
        return False
    return True


# 中共尉犁县委办公室 is looked for under 县委, 尉犁县教育局 under 教育局.
COUNTY = re.compile(r"^(?:中共)?[^县市区旗]{1,10}(?:自治[县旗]|[县旗市区])(?!委)(?=.{2})")
COMMITTEE = re.compile(r"^(?:中共)?[^县市区旗]{1,10}(?=[县市区旗]委)")


def strip_county(name: str) -> str:
    """The name without the county's: 教育局 of 尉犁县教育局; all of it where none stands there."""
    return COUNTY.sub("", COMMITTEE.sub("", name)) or name
