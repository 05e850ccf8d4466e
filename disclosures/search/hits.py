"""What is found for a question: kind by kind, newest year first, in the order of the document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.urls import reverse

from disclosures.document.composition import fragment
from disclosures.index.wording import mark
from disclosures.models import IndexText, TextKind
from disclosures.search.question import LAST_PAGE, Question

# How many are shown of each kind, how many on a page of one kind, and how far is counted.
FEW, PAGE = 5, 20
MOST = PAGE * LAST_PAGE
ORDER = ("-year", "department", "id")

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
    found = {kind: list_keys(question, kind) for kind in kinds}
    start = (question.page - 1) * PAGE if question.kind else 0
    size = PAGE if question.kind else FEW
    shown = {kind: keys[:MOST][start : start + size] for kind, keys in found.items()}
    hits = read_hits((key for keys in shown.values() for key in keys), question.words)
    return [
        Shelf(
            kind=kind,
            hits=[hits[key] for key in shown[kind] if key in hits],
            count=min(len(keys), MOST),
            is_more=len(keys) > MOST,
        )
        for kind, keys in found.items()
        if keys
    ]


def list_keys(question: Question, kind: TextKind) -> list[int]:
    """The rows of a kind that hold all the words, in order; at most one more than `MOST`."""
    rows = match(IndexText.objects.filter(kind=kind), question, kind)
    if question.year:
        rows = rows.filter(year=question.year)
    if kind != TextKind.GLOSSARY:
        return list(rows.order_by(*ORDER).values_list("id", flat=True)[: MOST + 1])
    # Departments share their glossary: a term is told once for each of its meanings.
    terms = rows.order_by().values("title", "text").annotate(last=Max("year"), key=Max("id"))
    return [term["key"] for term in terms.order_by("-last", "title", "text")[: MOST + 1]]


def match(rows: QuerySet, question: Question, kind: TextKind) -> QuerySet:
    """The rows with all the words; of codes those below the one asked for, and its parents."""
    if question.codes and kind == TextKind.CODE:
        (*parents, code) = question.codes
        asked = Q(title__startswith=code)
        for parent in parents:
            asked |= Q(title__startswith=f"{parent} ")
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
