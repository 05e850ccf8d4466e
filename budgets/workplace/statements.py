"""The screen of last year's figures, reasons and uses, place by place as the notes ask for them."""

import re
from collections.abc import Mapping, Sequence

from budgets.domain.text import remove_blanks
from budgets.facts import Filing, Prior, PriorBasis, Words, WordsKind
from budgets.places import BY_LABEL, locate
from budgets.workbook.filling import start_row
from budgets.workbook.history import HISTORY
from budgets.workplace.saving import Entry, Stored
from budgets.workplace.screen import Laid, Screen
from budgets.workplace.section import Section, Texts, choose_columns, show_rows
from budgets.workplace.typed import parse_texts

KEY = HISTORY.key
WHERE, PRIOR = ("place", "code", "project"), ("prior", "basis")
TITLE = "原因与用途"
ADOPT = re.compile(r"adopt-(\d+)-(reason|use)")


def statements_screen(addresses: Sequence[str], filing: Filing, asks_prior: bool) -> Screen:
    """A row for each address, in their order; what else the ledger holds stays as it is.

    `asks_prior` where last year's figures are stated and not known from a disclosure.
    """
    names = {remove_blanks(plan.name): plan.name for plan in filing.projects}
    known = [address for address in addresses if locate(address)]
    columns = choose_columns(HISTORY)
    plain = Section(sheet=HISTORY, columns=columns)
    starts = show_rows(plain, [start_row(address, names) for address in known], "元")
    section = Section(
        sheet=HISTORY,
        columns=columns,
        owns=lambda row: address_row(row) in known,
        starts=tuple({key: start[key] for key in WHERE} for start in starts),
        fixed=WHERE if asks_prior else (*WHERE, *PRIOR),
    )
    return Screen(key=KEY, title=TITLE, sections=(section,), parts=("priors", "words"))


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


def read_statements(
    section: Section, texts: Texts, money_unit: str
) -> tuple[tuple[Prior, ...], tuple[Words, ...]]:
    """Last year's figures (yuan) and the words as far as they are typed."""
    rows = [row for row in parse_texts(section, texts, money_unit)[0] if row["place"]]
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


def adopt(
    offered: Mapping[tuple[str, WordsKind], str], action: str, _: Stored, entry: Entry
) -> Mapping[str, Texts] | None:
    """The texts with last year's words at the place whose button was pressed; nothing is saved."""
    found = ADOPT.fullmatch(action)
    if not found:
        return None
    texts = [dict(row) for row in entry.texts[KEY]]
    places = {number: at for at, number in number_places(texts).items()}
    number, kind = int(found[1]), WordsKind(found[2])
    if number in places:
        texts[number - 1][kind.value] = offered.get((places[number], kind), "")
    return {KEY: texts}
