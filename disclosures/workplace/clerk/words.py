"""The page of reasons and uses: every sentence as it will be printed, with fields at its blanks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from budgets.domain.filing import Filing, WordsKind
from budgets.domain.notes import ENDINGS, GAP, LEADS, write_notes
from budgets.domain.places import BY_LABEL, find_place
from budgets.domain.sets import ChangeWording
from budgets.domain.text import remove_blanks, shift_years
from budgets.importing.validation.judging import read_statements
from budgets.spreadsheets import YUAN
from budgets.spreadsheets.filing_rows import name_place
from budgets.spreadsheets.sheets import HISTORY
from budgets.spreadsheets.values import spell_row
from disclosures.models import Disclosure
from disclosures.workflow.access import Act, find_budget
from disclosures.workflow.drafting import last_year_amounts
from disclosures.workplace.clerk.entries import EntryPlan, Fieldset, Laid, Texts
from disclosures.workplace.clerk.entry_forms import EntryForm, Stored
from disclosures.workplace.clerk.saving import draw_form, open_form, save_form
from disclosures.workplace.clerk.sentences import Asker, OpenWriter, find_words, list_asked_cells

KEY = HISTORY.key
WHERE = ("place", "code", "project")
ADOPT = re.compile(r"adopt-(\d+)-(reason|use)")


def edit_words(request: HttpRequest, year: int, code: str) -> HttpResponse:
    budget = find_budget(request.user, year, code, Act.FILL)
    published = last_year_amounts(budget)
    last = Disclosure.objects.for_address(budget.year - 1, code).first()
    former = find_words(last.document) if last else ()
    # Last year's words, their years moved on by one.
    offered = {key: shift_years(text, 1, of=budget.year - 1) for key, text in former}

    def plan(stored: Stored) -> EntryPlan:
        notes = write_notes(OpenWriter.over(stored.filing, stored.chart, published))
        asked = list_asked_cells(notes)
        return plan_statements(asked, stored.filing, asks_prior=published is None)

    form = open_form(request, budget, plan)
    if save_form(request, form):
        return redirect("workplace:words", year, code)
    adopt_words(form, offered)
    rows, forms = form.parts[KEY], form.parts[KEY].forms
    typed, _ = rows.read_rows()
    priors, words = read_statements([row for row in typed if row["place"]])
    filing = replace(form.stored.filing, priors=priors, words=words)
    writer = OpenWriter.over(filing, form.stored.chart, published)
    numbers = number_places(rows.texts)
    asker = Asker(writer=writer, forms=forms, numbers=numbers, offered=offered)
    chapters = asker.list_chapters(write_notes(writer))
    lacking = [own for _, sentences in chapters for own in sentences if own.lacks]
    return draw_form(
        request,
        form,
        "workplace/words.html",
        step="words",
        chapters=chapters,
        fixed=[field for own in forms for field in own.hidden_fields()],
        asks_prior=published is None,
        wording=describe_wording(writer.wording),
        reason_lead=writer.reason_lead.lstrip("，"),
        lacking=len(lacking),
        first=lacking[0] if lacking else None,
    )


def describe_wording(wording: ChangeWording) -> dict[str, Any]:
    """What the page's script needs to write a sentence as the set writes it."""
    return {
        "gap": GAP,
        "change": wording.CHANGE_ALONE,
        "rose": {"moved": wording.ROSE, "grew": wording.GREW},
        "fell": {"moved": wording.FELL, "grew": wording.SHRANK},
        "leads": {kind.value: lead.pattern for kind, lead in LEADS.items()},
        "endings": ENDINGS,
    }


def plan_statements(addresses: Sequence[str], filing: Filing, asks_prior: bool) -> EntryPlan:
    """A row for each address, in their order; what else the ledger holds stays as it is.

    `asks_prior` where last year's figures are stated and not known from a disclosure.
    """
    names = {remove_blanks(plan.name): plan.name for plan in filing.projects}
    known = [address for address in addresses if find_place(address)]
    where = [HISTORY.column(key) for key in WHERE]
    fieldset = Fieldset(
        sheet=HISTORY,
        columns=HISTORY.typed(),
        owns=lambda row: address_row(row) in known,
        starts=tuple(spell_row(where, name_place(address, names), YUAN) for address in known),
        fixed=WHERE if asks_prior else (*WHERE, "prior", "basis"),
    )
    return EntryPlan(key=KEY, title="原因与用途", fieldsets=(fieldset,), parts=("priors", "words"))


def address_row(row: Laid) -> str:
    """The address that a row of values speaks of; empty where it names no place."""
    place = row["place"]
    return place.address(row["code"] or "", row["project"] or "") if place else ""


def number_places(texts: Texts) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, row in enumerate(texts, start=1):
        place = BY_LABEL.get(row["place"])
        if place:
            found.setdefault(place.address(row["code"], row["project"]), number)
    return found


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
