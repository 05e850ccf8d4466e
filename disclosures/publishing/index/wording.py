"""How words are compared: width and case do not count; and where a word stands in a text."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

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
