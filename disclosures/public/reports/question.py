"""What is to be compared: read from the address alone, with every problem in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.http import QueryDict

from budgets.domain.text import purge
from disclosures.models import IndexEntry
from disclosures.public.directory import list_years
from disclosures.public.reports.code_book import BOOKS, LEVELS, Book, Scope
from disclosures.publishing.index.naming import strip_county

MOST, LONGEST, TOLD = 4, 100, 5
SCOPES: Mapping[str, tuple[Book, Scope]] = {
    scope.key: (book, scope) for book in BOOKS.values() for scope in book.scopes
}


@dataclass(frozen=True, slots=True)
class Side:
    """A department that is compared: its number, code, and names, the newest first."""

    department: int
    code: str
    names: Sequence[str]

    @property
    def name(self) -> str:
        """What it is called now."""
        return self.names[0]

    def is_named(self, term: str) -> bool:
        """True for its code, and for its name now, with or without the county's."""
        return term in (self.code, self.name, strip_county(self.name))

    def was_named(self, term: str) -> bool:
        """True for a name that it had, with or without the county's."""
        return any(term in (name, strip_county(name)) for name in self.names)

    def is_like(self, term: str) -> bool:
        """True for a part of a name."""
        return any(term in name for name in self.names)


@dataclass(frozen=True, slots=True)
class Question:
    """One department over its years, or two to four in a year, at a level of the codes."""

    terms: Sequence[str]
    sides: Sequence[Side] = ()
    years: Sequence[int] = ()
    year: int = 0
    scope: str = "whole"
    level: int = 3
    complaints: Sequence[str] = field(default=())

    @property
    def is_answerable(self) -> bool:
        """True where there is something to compare and nothing to complain of."""
        return bool(self.sides) and not self.complaints

    @property
    def shown_years(self) -> Sequence[int]:
        """All years of one department; one year of several."""
        return self.years if len(self.sides) == 1 else [self.year]

    @property
    def fields(self) -> list[str]:
        """What stands in the form's fields for departments, empty ones last."""
        shown = [side.name for side in self.sides] if self.is_answerable else self.terms[:MOST]
        return [*shown, *[""] * (MOST - len(shown))]


def read_comparison(asked: QueryDict) -> Question:
    """The question in an address; unknown parameters do not matter."""
    said = (purge(term).strip() for term in asked.getlist("department"))
    terms = list(dict.fromkeys(term for term in said if term))
    years = list_years()
    sides, complaints = find_sides(terms)
    year, wrong_year = read_choice(asked, "year", [str(each) for each in years], "年度")
    scope, wrong_scope = read_choice(asked, "scope", list(SCOPES), "口径")
    level, wrong_level = read_choice(asked, "level", [str(each) for each in LEVELS], "级次")
    wrong = [*complaints, *wrong_year, *wrong_scope, *wrong_level]
    return Question(
        terms=terms,
        sides=sides,
        years=years,
        year=int(year or 0),
        scope=scope,
        level=int(level),
        complaints=[*wrong, *judge_level(scope, int(level))],
    )


def read_choice(
    asked: QueryDict, key: str, known: Sequence[str], label: str
) -> tuple[str, list[str]]:
    """The value of a parameter, the first where none is given, and a complaint if unknown."""
    value = asked.get(key, "") or (known[0] if known else "")
    if value in known or not value:
        return value, []
    return known[0] if known else "", [f"没有“{value[:20]}”这个{label}，请重新选择。"]


def judge_level(scope: str, level: int) -> list[str]:
    """Economic codes have two levels, and in a row of columns only the first."""
    book, chosen = SCOPES[scope]
    deepest = 3 if chosen.by_column else 5 if book.key == "economic" else 7
    if level <= deepest:
        return []
    return [f"“{chosen.label}”最细公开到{LEVELS[deepest]}，请把级次改为{LEVELS[deepest]}。"]


def find_sides(terms: Sequence[str]) -> tuple[list[Side], list[str]]:
    """The department that each term names, and a complaint for each that names none: one query."""
    if len(terms) > MOST:
        return [], [f"一次最多比较{MOST}个部门，这里有{len(terms)}个。"]
    if not terms:
        return [], []
    where = [Q(department__code=term) | Q(name__contains=term[:LONGEST]) for term in terms]
    meant = IndexEntry.objects.filter(reduce(or_, where)).values("department")
    known = list_sides(IndexEntry.objects.filter(department__in=meant))
    found = [pick_side(term, known) for term in terms]
    sides = {each.department: each for each in found if isinstance(each, Side)}
    return list(sides.values()), [each for each in found if isinstance(each, str)]


def list_sides(entries: QuerySet[IndexEntry]) -> list[Side]:
    """The departments with all the names that they published under: one query."""
    names: dict[tuple[int, str], dict[str, None]] = {}
    rows = entries.order_by("department__code", "-year")
    for department, code, name in rows.values_list("department", "department__code", "name"):
        names.setdefault((department, code), {})[name] = None
    return [Side(*own, tuple(called)) for own, called in names.items()]


def pick_side(term: str, known: Sequence[Side]) -> Side | str:
    """By code, by name, by former name, or by a part that only one has; else what to do."""
    ways = (Side.is_named, Side.was_named, Side.is_like)
    found = ([side for side in known if is_meant(side, term)] for is_meant in ways)
    near = next(filter(None, found), [])
    if len(near) == 1:
        return near[0]
    if not near:
        return f"没有公开过预算的部门叫“{term[:LONGEST]}”。请填部门的名称或编码。"
    names = "、".join(f"{side.name}（{side.code}）" for side in near[:TOLD])
    more = "等" if len(near) > TOLD else ""
    return f"“{term}”不止一个部门：{names}{more}。请把名称写全，或者填编码。"
