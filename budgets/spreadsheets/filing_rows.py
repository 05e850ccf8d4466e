"""What a filing says, laid out as the rows of the workbook's sheets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from budgets.domain.chart import Chart
from budgets.domain.facts import Fact, Side
from budgets.domain.filing import Filing
from budgets.domain.places import PLACES, find_place
from budgets.domain.tables.form import Role
from budgets.domain.text import remove_blanks
from budgets.spreadsheets.sheets import TEMPLATE_VERSION, WHOLE

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What a template holds open beside a filing: lines to fill in, and places to speak of.

    The amounts of `lines` are not written; `places` are addresses of cells.
    """

    lines: Sequence[Fact] = ()
    places: Sequence[str] = ()


def list_offered_rows(
    filing: Filing, offered: Offered, chart: Chart, money_unit: str
) -> dict[str, Rows]:
    """Rows by sheet key: the filing's, and what is held open behind them.

    A project that a line names gets a row with its name, so that the line can be filled in as it
    stands. Without any place to speak of, the usual ones are held open.
    """
    rows = list_filing_rows(filing, chart, money_unit)
    for line in offered.lines:
        rows[line.side.value].append(make_fact_row(line, filing, chart) | {"amount": None})
    described = {(plan.unit, plan.name) for plan in filing.projects}
    named = dict.fromkeys((line.unit, line.project) for line in offered.lines if line.project)
    for unit, name in named:
        if (unit, name) not in described:
            rows["projects"].append({"unit": name_unit(unit, filing), "name": name})
    return rows | {"history": list_history(filing, offered.places) or list_usual_places()}


def list_filing_rows(filing: Filing, chart: Chart, money_unit: str) -> dict[str, Rows]:
    """Rows by sheet key, values as the reader would give them back; a form has one row."""
    cover = {
        "code": filing.department.code,
        "name": filing.department.name,
        "year": filing.year,
        "money_unit": money_unit,
        "signed_on": filing.signed_on,
        "version": TEMPLATE_VERSION,
    }
    profile = values_of(filing.profile) | {"offices": "、".join(filing.profile.offices)}
    particulars = values_of(filing.particulars) | {"three_public_why": filing.three_public_why}
    sides: dict[Side, Rows] = {side: [] for side in Side}
    for fact in filing.facts:
        sides[fact.side].append(make_fact_row(fact, filing, chart))
    return {
        "cover": [cover],
        "units": [{"code": unit.code, "name": unit.name} for unit in filing.units],
        "profile": [profile],
        "income": sides[Side.INCOME],
        "expenditure": sides[Side.EXPENDITURE],
        "history": list_history(filing),
        "projects": [
            values_of(plan) | {"unit": name_unit(plan.unit, filing)} for plan in filing.projects
        ],
        "indicators": list_indicators(filing),
        "overall": [{key: getattr(filing.overall, key) for key in ("contact", "phone", "goal")}],
        "particulars": [particulars],
        "three_public": [make_fact_row(fact, filing, chart) for fact in filing.three_public],
        "glossary": [{"term": e.term, "meaning": e.meaning} for e in filing.glossary],
    }


def values_of(record: Any) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def name_unit(code: str, filing: Filing) -> str:
    """A unit's code, where the filing has several units to tell apart."""
    return code if filing.units else ""


def make_fact_row(fact: Fact, filing: Filing, chart: Chart) -> dict[str, Any]:
    """A row of income, expenditure or 三公; names of codes as the chart has them."""
    return values_of(fact) | {
        "unit": name_unit(fact.unit, filing),
        "function_name": chart.functions.get(fact.function, ""),
        "economic_name": chart.economics.get(fact.economic, ""),
        "internal": fact.internal or None,
    }


def list_history(filing: Filing, open_places: Iterable[str] = ()) -> Rows:
    """One row for each place spoken of or held open, in the order of the places.

    Raises ValueError for an address that no place has.
    """
    names = {remove_blanks(plan.name): plan.name for plan in filing.projects}
    spoken = [*(prior.at for prior in filing.priors), *(words.at for words in filing.words)]
    rows = {at: name_place(at, names) for at in (*open_places, *spoken)}
    for prior in filing.priors:
        rows[prior.at] |= {"prior": prior.amount, "basis": prior.basis}
    for words in filing.words:
        rows[words.at][words.kind.value] = words.text
    return sorted(rows.values(), key=order_place)


def order_place(row: Any) -> tuple[int, str, str]:
    return PLACES.index(row["place"]), row["code"] or "", remove_blanks(row["project"] or "")


def name_place(address: str, names: dict[str, str]) -> dict[str, Any]:
    """The cells that say which place is meant; `names` are the projects' by name without blanks."""
    found = find_place(address)
    if found is None:
        raise ValueError(f"no place in the workbook has the address {address}")
    place, code, project = found
    return {"place": place, "code": code, "project": names.get(project, project)}


def list_usual_places() -> Rows:
    """A row for every place that most departments speak of, for an empty template."""
    # They have no code, and concern the money that nearly every department has.
    tables = (Role.GOVERNMENT_FUND, Role.STATE_CAPITAL, Role.CARRYOVER)
    rare = ("transfer", "government_fund", "state_capital", "carryover")
    common = (each for each in PLACES if not each.digits and each.table not in tables)
    return [{"place": each} for each in common if not any(word in each.cell for word in rare)]


def list_indicators(filing: Filing) -> Rows:
    rows = [values_of(each) | {"target": WHOLE, "unit": ""} for each in filing.overall.indicators]
    for plan in filing.projects:
        target = {"target": plan.name, "unit": name_unit(plan.unit, filing)}
        rows += [values_of(each) | target for each in plan.indicators]
    return rows
