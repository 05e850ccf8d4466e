"""Last year's figures, reasons and uses, place by place as the notes ask for them."""

import re
from collections.abc import Mapping, Sequence

from budgets.domain.filing import Filing, Prior, PriorBasis, Words, WordsKind
from budgets.domain.places import BY_LABEL, locate
from budgets.domain.text import remove_blanks
from budgets.spreadsheets import YUAN, Row
from budgets.spreadsheets.filling import start_row
from budgets.spreadsheets.money_sheets import HISTORY
from budgets.spreadsheets.texts import spell_row
from disclosures.workplace.clerk.entries import EntryPlan
from disclosures.workplace.clerk.entry_forms import EntryForm
from disclosures.workplace.clerk.fieldsets import Fieldset, Laid, Texts

KEY = HISTORY.key
WHERE, PRIOR = ("place", "code", "project"), ("prior", "basis")
TITLE = "原因与用途"
ADOPT = re.compile(r"adopt-(\d+)-(reason|use)")


def plan_statements(addresses: Sequence[str], filing: Filing, asks_prior: bool) -> EntryPlan:
    """A row for each address, in their order; what else the ledger holds stays as it is.

    `asks_prior` where last year's figures are stated and not known from a disclosure.
    """
    names = {remove_blanks(plan.name): plan.name for plan in filing.projects}
    known = [address for address in addresses if locate(address)]
    where = [HISTORY.column(key) for key in WHERE]
    fieldset = Fieldset(
        sheet=HISTORY,
        columns=HISTORY.typed(),
        owns=lambda row: address_row(row) in known,
        starts=tuple(spell_row(where, start_row(address, names), YUAN) for address in known),
        fixed=WHERE if asks_prior else (*WHERE, *PRIOR),
    )
    return EntryPlan(key=KEY, title=TITLE, fieldsets=(fieldset,), parts=("priors", "words"))


def address_row(row: Laid) -> str:
    """The address that a row of values speaks of; empty where it names no place."""
    place = row["place"]
    return place.address(row["code"] or "", row["project"] or "") if place else ""


def number_places(texts: Texts) -> dict[str, int]:
    """The number of the row that speaks of each address."""
    found = {}
    for number, row in enumerate(texts, start=1):
        place = BY_LABEL.get(row["place"])
        if place:
            found.setdefault(place.address(row["code"], row["project"]), number)
    return found


def read_statements(typed: Sequence[Row]) -> tuple[tuple[Prior, ...], tuple[Words, ...]]:
    """Last year's figures (yuan) and the words of rows as far as they are typed."""
    rows = [row for row in typed if row["place"]]
    priors = tuple(
        Prior(at=address_row(row), amount=row["prior"], basis=row["basis"] or PriorBasis.BUDGET)
        for row in rows
        if row["prior"] is not None
    )
    words = tuple(
        Words(at=address_row(row), kind=kind, text=row[kind.value])
        for row in rows
        for kind in WordsKind
        if row[kind.value]
    )
    return priors, words


def adopt_words(form: EntryForm, offered: Mapping[tuple[str, WordsKind], str]) -> None:
    """Put last year's words into the field whose button was pressed; nothing is saved."""
    found = ADOPT.fullmatch(form.action)
    if not found:
        return
    texts = [dict(row) for row in form.texts[KEY]]
    places = {number: at for at, number in number_places(texts).items()}
    number, kind = int(found[1]), WordsKind(found[2])
    if number in places:
        texts[number - 1][kind.value] = offered.get((places[number], kind), "")
        form.fill({KEY: texts})
