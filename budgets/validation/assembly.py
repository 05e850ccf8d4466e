"""Puts the rows together as one filing; only of use when the checks found no error."""

import re
from dataclasses import fields

from budgets.domain.text import remove_blanks
from budgets.facts import (
    Filing,
    GlossaryEntry,
    Indicator,
    OverallTarget,
    Particulars,
    Prior,
    PriorBasis,
    Profile,
    ProjectPlan,
    Words,
    WordsKind,
)
from budgets.places import PLACES
from budgets.validation.case import Case
from budgets.validation.history import address, statements
from budgets.workbook import WHOLE, Row


def assemble(case: Case) -> Filing:
    """The filing that the rows state; amounts in yuan."""
    history = sorted(statements(case), key=place_order)
    return Filing(
        department=case.department,
        year=case.year,
        units=case.units,
        facts=case.facts,
        three_public=case.three_public,
        three_public_why=case.sheets.form("particulars")["three_public_why"] or "",
        profile=read_profile(case),
        particulars=take(Particulars, case.sheets.form("particulars")),
        overall=take(
            OverallTarget, case.sheets.form("overall"), indicators=read_indicators(case, WHOLE)
        ),
        projects=tuple(read_project(case, row) for row in case.sheets.of("projects")),
        priors=tuple(read_prior(row) for row in history if row["prior"] is not None),
        words=tuple(words for row in history for words in read_words(row)),
        glossary=tuple(take(GlossaryEntry, row) for row in case.sheets.of("glossary")),
        signed_on=case.cover["signed_on"],
    )


def take(cls, row: Row, **given):
    """A value of `cls` from the row's cells of the same names; blank cells keep its defaults."""
    names = [field.name for field in fields(cls) if field.name not in given]
    stated = {name: row[name] for name in names if row[name] is not None}
    return cls(**stated, **given)


def place_order(row: Row) -> tuple[int, str, str]:
    """The order of the places, then of codes and projects."""
    project = remove_blanks(row["project"] or "")
    return PLACES.index(row["place"]), row["code"] or "", project


def read_profile(case: Case) -> Profile:
    """The profile, the offices' names taken apart."""
    row = case.sheets.form("profile")
    names = re.split(r"[、\n]+", row["offices"] or "")
    return take(Profile, row, offices=tuple(name.strip() for name in names if name.strip()))


def read_project(case: Case, row: Row) -> ProjectPlan:
    """A project with its indicators."""
    unit = case.unit_of(row)
    indicators = read_indicators(case, row["name"] or "", unit)
    return take(ProjectPlan, row, unit=unit, name=row["name"] or "", indicators=indicators)


def read_indicators(case: Case, target: str, unit: str = "") -> tuple[Indicator, ...]:
    """The indicators of one target, in their order; `unit` where a project's rows name it."""
    return tuple(
        take_indicator(row)
        for row in case.aims.get(target, ())
        if not row["unit"] or not unit or row["unit"] == unit
    )


def take_indicator(row: Row) -> Indicator:
    """An indicator; a weight as it is printed (14, not 14.00)."""
    weight = row["weight"]
    if weight is not None:
        weight = weight.quantize(1) if weight == weight.to_integral_value() else weight.normalize()
    needed = {key: row[key] or "" for key in ("level1", "level2", "level3", "value")}
    return take(Indicator, row, weight=weight, **needed)


def read_prior(row: Row) -> Prior:
    """Last year's figure at a place."""
    basis = row["basis"] or PriorBasis.BUDGET
    return Prior(at=address(row), amount=row["prior"], basis=basis)


def read_words(row: Row) -> list[Words]:
    """The reason and the use at a place, as far as given."""
    return [
        Words(at=address(row), kind=kind, text=row[kind.value]) for kind in WordsKind if row[kind]
    ]
