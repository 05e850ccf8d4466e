"""What is found for a question: kind by kind, newest year first, in the order of the document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.urls import reverse

from budgets.domain.document import fragment
from disclosures.models import IndexText, TextKind
from disclosures.public.search.question import LAST_PAGE, Question
from disclosures.publishing.index.pairs import may_hold
from disclosures.publishing.index.wording import mark

# How many are shown of each kind, how many on a page of one kind, and how far is counted.
FEW, PAGE = 5, 20
MOST = PAGE * LAST_PAGE
# As an index has them: a department by its number, and not by its code, which is elsewhere.
ORDER = ("-year", "department_id", "id")

Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found: the words in it marked, the document it stands in, and where."""

    title: Pieces
    text: Pieces
    document: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The hits of one kind that are shown, and how many there are; `is_more` beyond `count`."""

    kind: TextKind
    hits: Sequence[Hit]
    count: int
    is_more: bool

    @property
    def pages(self) -> int:
        """How many pages they fill."""
        return -(-self.count // PAGE)


def find(question: Question) -> list[Shelf]:
    """What is found, kind by kind; a few of each, or a page of the one that was asked for."""
    kinds = [question.kind] if question.kind else list(TextKind)
    size = PAGE if question.kind else FEW
    start = (question.page - 1) * PAGE if question.kind else 0
    found = {kind: take(question, kind, slice(start, start + size)) for kind in kinds}
    hits = read_hits((key for _, keys in found.values() for key in keys), question.words)
    return [
        Shelf(
            kind=kind,
            hits=[hits[key] for key in keys if key in hits],
            count=min(count, MOST),
            is_more=count > MOST,
        )
        for kind, (count, keys) in found.items()
        if count
    ]


def take(question: Question, kind: TextKind, shown: slice) -> tuple[int, list[int]]:
    """How many of a kind there are, counted to one more than `MOST`; the keys of those shown."""
    rows = match(list_likely(question, kind), question, kind)
    if kind == TextKind.GLOSSARY:
        keys = list_terms(rows)
        return len(keys), keys[:MOST][shown]
    count = rows[: MOST + 1].count()
    if count > MOST:
        # Of so many the first are soon met with in the order of the page; none has to be sorted.
        rows = match(list_all(question, kind), question, kind)
    keys = rows.order_by(*ORDER).values_list("id", flat=True)
    return count, list(keys[:MOST][shown]) if count else []


def list_all(question: Question, kind: TextKind) -> QuerySet:
    """The rows of a kind, and of the year asked for."""
    rows = IndexText.objects.filter(kind=kind)
    return rows.filter(year=question.year) if question.year else rows


def list_likely(question: Question, kind: TextKind) -> QuerySet:
    """Of those all that can match, and few others."""
    choices = [(code,) for code in list_starts(question, kind)] or [question.words]
    likely = Q()
    for words in choices:
        likely |= Q(may_hold(words, kind, question.year))
    return IndexText.objects.filter(likely)


def list_terms(rows: QuerySet) -> list[int]:
    """Departments share their glossary: a term is told once for each of its meanings."""
    terms = rows.order_by().values("title", "text").annotate(last=Max("year"), key=Max("id"))
    return [term["key"] for term in terms.order_by("-last", "title", "text")[: MOST + 1]]


def list_starts(question: Question, kind: TextKind) -> list[str]:
    """How the titles of codes begin: those below the one asked for, and its parents."""
    if kind != TextKind.CODE:
        return []
    *parents, code = question.codes or [""]
    return [*(f"{parent} " for parent in parents), code] if code else []


def match(rows: QuerySet, question: Question, kind: TextKind) -> QuerySet:
    """The rows with all the words; of codes those below the one asked for, and its parents."""
    if starts := list_starts(question, kind):
        asked = Q()
        for start in starts:
            asked |= Q(title__startswith=start)
        return rows.filter(asked)
    # A place in the text and not LIKE: the same on every database, and nothing to escape.
    for number, word in enumerate(question.words):
        rows = rows.alias(**{f"at_{number}": StrIndex("normal", Value(word))})
        rows = rows.filter(**{f"at_{number}__gt": 0})
    return rows


def read_hits(keys: Iterable[int], words: Sequence[str]) -> dict[int, Hit]:
    """The rows with these keys as they are shown."""
    fields = ("id", "title", "text", "at", "year", "disclosure__title", "department__code")
    return {
        key: Hit(
            title=mark(title, words, whole=True),
            text=mark(text, words),
            document=document.removesuffix("部门预算公开"),
            href=reverse("disclosures:page", args=[year, code]) + (fragment(at) if at else ""),
        )
        for key, title, text, at, year, document, code in IndexText.objects.filter(
            pk__in=list(keys)
        ).values_list(*fields)
    }
