"""Search over the public index: the question in an address, what is found, and the page."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.db.models import Max, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.domain.document import fragment
from budgets.domain.facts import FUNCTION_LEVELS
from budgets.domain.text import purge
from disclosures.models import IndexText, TextKind
from disclosures.public.responses import public_page
from disclosures.public.years import is_made_up, list_published_years
from disclosures.publishing.index.matching import fold, mark_found_words, may_hold

TEMPLATE = "disclosures/search/page.html"
SHORTEST, LONGEST, MOST_WORDS = 2, 50, 5
# How many are shown of each kind, how many on a page of one kind, and how far is counted.
FEW, PAGE, LAST_PAGE = 5, 20, 50
MOST = PAGE * LAST_PAGE
YEAR = re.compile(r"[1-9][0-9]{3}")
# As an index has them: a department by its number, and not by its code, which is elsewhere.
ORDER = ("-year", "department_id", "id")

Pieces = list[tuple[str, bool]]


class UnclearError(Exception):
    """The question cannot be answered; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
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
        least, most = FUNCTION_LEVELS[0], FUNCTION_LEVELS[-1]
        if more or not (word.isascii() and word.isdigit() and least <= len(word) <= most):
            return []
        return [word[:level] for level in FUNCTION_LEVELS if level < len(word)] + [word]

    def link(self, kind: TextKind | None = None, page: int = 1) -> str:
        """The address of the same question about one kind, or of another page."""
        asked = {"q": self.text, "year": self.year, "kind": kind, "page": page if page > 1 else ""}
        return "?" + urlencode({name: str(value) for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found: the words in it marked, the document it stands in, and where."""

    title: Pieces
    text: Pieces
    document: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HitGroup:
    """The hits of one kind that are shown, and how many there are; `is_more` beyond `count`.

    `href` leads to the pages of all of them, where they are not on this one.
    """

    kind: TextKind
    hits: Sequence[Hit]
    count: int
    is_more: bool
    href: str

    @property
    def counted(self) -> str:
        return f"{self.count}条以上" if self.is_more else f"{self.count}条"


@require_safe
@public_page(minutes=1, parameters=["q", "year", "kind", "page"])
def show_search(request: HttpRequest) -> HttpResponse:
    """Results for `?q=…&year=…`, a few of each kind, or a page of the one in `kind`."""
    context: dict[str, object] = {
        "asked": request.GET.get("q", "")[: LONGEST * 2],
        "longest": LONGEST,
        "years": list_published_years(),
        "is_demo": is_made_up(),
    }
    try:
        question = read_question(request.GET)
    except UnclearError as unclear:
        context["mistake"] = str(unclear)
        return render(request, TEMPLATE, context, status=400)
    context["question"] = question
    if question:
        groups = find_hits(question)
        pages = -(-groups[0].count // PAGE) if question.kind and groups else 1
        before, after = question.page - 1, question.page + 1
        context |= {
            "groups": groups,
            "pages": pages,
            "before": question.link(question.kind, before) if 1 <= before <= pages else "",
            "after": question.link(question.kind, after) if after <= pages else "",
            "all": question.link() if question.kind else "",
        }
    return render(request, TEMPLATE, context)


def read_question(given: Mapping[str, str]) -> SearchQuery | None:
    """The question of `q`, `year`, `kind` and `page`; None where nothing is asked.

    Raises UnclearError.
    """
    text = purge(given.get("q", "")).strip()
    kind, year, page = (given.get(name, "") for name in ("kind", "year", "page"))
    if kind and kind not in TextKind.values:
        raise UnclearError("没有这一类结果，请从页面上的链接选择。")
    if year and not YEAR.fullmatch(year):
        raise UnclearError(f"“{year[:10]}”不是年度，年度是四位数字，例如2025。")
    if page and not (page.isascii() and page.isdigit() and 1 <= int(page[:5]) <= LAST_PAGE):
        raise UnclearError(f"页码是1到{LAST_PAGE}的数字。")
    if not text:
        return None
    return SearchQuery(
        text=text,
        words=split_words(text),
        kind=TextKind(kind) if kind else None,
        year=int(year) if year else None,
        page=int(page or 1),
    )


def split_words(text: str) -> tuple[str, ...]:
    """The words as they are compared; raises UnclearError."""
    if len(text) > LONGEST:
        raise UnclearError(f"一次最多查{LONGEST}个字，这里有{len(text)}个。请只写关键的词。")
    words = tuple(dict.fromkeys(fold(text).split()))
    if len(words) > MOST_WORDS:
        raise UnclearError(f"一次最多查{MOST_WORDS}个词，这里有{len(words)}个。请减少几个。")
    if short := [word for word in words if len(word) < SHORTEST]:
        raise UnclearError(f"“{short[0]}”太短，每个词至少两个字，例如“工会”“培训”。")
    return words


def find_hits(question: SearchQuery) -> list[HitGroup]:
    """What is found, kind by kind; a few of each, or a page of the one that was asked for."""
    kinds = [question.kind] if question.kind else list(TextKind)
    size = PAGE if question.kind else FEW
    start = (question.page - 1) * PAGE if question.kind else 0
    found = {kind: find_kind(question, kind, slice(start, start + size)) for kind in kinds}
    hits = read_hits((key for _, keys in found.values() for key in keys), question.words)
    return [
        HitGroup(
            kind=kind,
            hits=[hits[key] for key in keys if key in hits],
            count=min(count, MOST),
            is_more=count > MOST,
            href=question.link(kind) if not question.kind and count > FEW else "",
        )
        for kind, (count, keys) in found.items()
        if count
    ]


def find_kind(question: SearchQuery, kind: TextKind, shown: slice) -> tuple[int, list[int]]:
    """How many of a kind there are, counted to one more than `MOST`; the keys of those shown."""
    rows = match_words(list_likely(question, kind), question, kind)
    if kind == TextKind.GLOSSARY:
        # Departments share their glossary: a term is told once for each of its meanings.
        terms = rows.order_by().values("title", "text").annotate(last=Max("year"), key=Max("id"))
        newest = terms.order_by("-last", "title", "text")
        found = [term["key"] for term in newest[: MOST + 1]]
        return len(found), found[:MOST][shown]
    count = rows[: MOST + 1].count()
    if count > MOST:
        # Of so many the first are soon met with in the order of the page; none has to be sorted.
        rows = match_words(list_all(question, kind), question, kind)
    keys = rows.order_by(*ORDER).values_list("id", flat=True)
    return count, list(keys[:MOST][shown]) if count else []


def list_all(question: SearchQuery, kind: TextKind) -> QuerySet:
    rows = IndexText.objects.filter(kind=kind)
    return rows.filter(year=question.year) if question.year else rows


def list_likely(question: SearchQuery, kind: TextKind) -> QuerySet:
    """Of those all that can match, and few others."""
    codes: list[tuple[str, ...]] = [(code,) for code in list_starts(question, kind)]
    choices = codes or [question.words]
    likely = (Q(may_hold(words, kind, question.year)) for words in choices)
    return IndexText.objects.filter(reduce(or_, likely))


def list_starts(question: SearchQuery, kind: TextKind) -> list[str]:
    """How the titles of codes begin: those below the one asked for, and its parents."""
    if kind != TextKind.CODE:
        return []
    *parents, code = question.codes or [""]
    return [*(f"{parent} " for parent in parents), code] if code else []


def match_words(rows: QuerySet, question: SearchQuery, kind: TextKind) -> QuerySet:
    """The rows with all the words; of codes those below the one asked for, and its parents."""
    if starts := list_starts(question, kind):
        return rows.filter(reduce(or_, (Q(title__startswith=start) for start in starts)))
    # A place in the text and not LIKE: the same on every database, and nothing to escape.
    for number, word in enumerate(question.words):
        rows = rows.alias(**{f"at_{number}": StrIndex("normal", Value(word))})
        rows = rows.filter(**{f"at_{number}__gt": 0})
    return rows


def read_hits(keys: Iterable[int], words: Sequence[str]) -> dict[int, Hit]:
    fields = ("id", "title", "text", "at", "year", "disclosure__title", "department__code")
    return {
        key: Hit(
            title=mark_found_words(title, words, whole=True),
            text=mark_found_words(text, words),
            document=document.removesuffix("部门预算公开"),
            href=reverse("disclosures:page", args=[year, code]) + (fragment(at) if at else ""),
        )
        for key, title, text, at, year, document, code in IndexText.objects.filter(
            pk__in=list(keys)
        ).values_list(*fields)
    }
