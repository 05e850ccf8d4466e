"""A form is opened, changed by its buttons, and saved or shown again.

To be saved it is held against the ledger and judged; where somebody else was quicker, the
differences are shown first.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from budgets import audit, ledger
from budgets.audit import list_edits, note_edit
from budgets.domain.problems import Problem, merge_problems
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import validate_typed
from budgets.ledger import FilingRefusedError
from budgets.models import Budget, report_codes
from budgets.spreadsheets import UNITS, WAN, YUAN, SheetRow
from disclosures.workplace.clerk.entries import (
    Fieldset,
    Texts,
    fingerprint,
    join_rows,
    sign_origins,
)
from disclosures.workplace.clerk.entry_forms import (
    SAVE,
    EntryForm,
    FieldDifference,
    Planner,
    SaveOutcome,
    Stored,
)
from disclosures.workplace.clerk.page import render_page

REMEMBERED_UNIT = "money_unit"


def open_form(request: HttpRequest, budget: Budget, plan: Planner) -> EntryForm:
    """The form as the ledger fills it, or as it was posted and changed by the button pressed."""
    if request.method != "POST":
        return EntryForm(budget, plan, money_unit=request.session.get(REMEMBERED_UNIT, WAN))
    form = EntryForm(budget, plan, request.POST)
    if form.action != SAVE:
        form.press()
        request.session[REMEMBERED_UNIT] = form.money_unit
    return form


def save_form(request: HttpRequest, form: EntryForm) -> bool:
    """Save it if that is what was pressed, and say what became of it; False to show it again."""
    if form.action != SAVE:
        return False
    try:
        outcome = save_entry(form, request.user)
    except FilingRefusedError as refusal:
        outcome = SaveOutcome(problems=[Problem(message=str(refusal), advice="请联系财政部门。")])
    form.conclude(outcome)
    if outcome.is_saved:
        saved = f"已保存“{form.entry.title}”。"
        messages.success(request, saved if outcome.has_changed else "内容没有变化，不用保存。")
        for problem, places in form.complaints:
            where = "、".join(words for _, words in places)
            messages.warning(request, f"{where}：{problem.message}{problem.advice}")
    return outcome.is_saved


def draw_form(
    request: HttpRequest, form: EntryForm, template: str, *, step: str, **context: Any
) -> HttpResponse:
    """The page of a form; `step` is the key of the step that it belongs to."""
    context |= {"form": form, "money_units": list(UNITS), "title": form.entry.title}
    return render_page(request, template, form.stored.budget, step=step, **context)


@transaction.atomic
def save_entry(form: EntryForm, who) -> SaveOutcome:
    """Save what was typed, or say why not.

    What somebody else has saved since the form was filled is never overwritten unseen: then the
    differences come back, and nothing is written. Raises FilingRefusedError of the ledger.
    """
    budget = form.stored.budget
    ledger.hold_budget(budget)
    form.bind(Stored.of(budget))
    stored, entry = form.stored, form.entry
    held = entry.spell(stored.laid)
    rows, misread = form.read_rows()
    typed = {} if misread else spell_typed(form, rows, YUAN)
    if typed == held:
        return SaveOutcome(is_saved=True)
    if fingerprint(held) != form.seen:
        return report_conflict(form, rows, misread)
    sheets = join_rows(entry, stored.laid, rows)
    sheets.problems += misread
    known = Known(department=stored.filing.department, units=stored.units)
    verdict = validate_typed(sheets, stored.chart, known)
    if verdict.filing is None:
        return SaveOutcome(problems=verdict.problems)
    report_codes(budget.year, verdict.functions, verdict.economics)
    ledger.amend_filing(budget, sign_origins(entry.finish(verdict.filing)), entry.parts)
    note_edit(budget, who, entry.what)
    sides = audit.pair_changes(
        (f"{fieldset.sheet.title}：{each.place}", each.stored, each.typed)
        for fieldset in entry.fieldsets
        for each in find_differences(fieldset, held[fieldset.key], typed[fieldset.key])
    )
    audit.write_entry(
        audit.Action.SAVE,
        who=who,
        subject=budget,
        words=entry.what,
        before=sides["before"],
        after=sides["after"],
    )
    return SaveOutcome(is_saved=True, has_changed=True, problems=verdict.problems)


def spell_typed(
    form: EntryForm, rows: dict[str, list[SheetRow]], money_unit: str
) -> dict[str, Texts]:
    """What the fields would show of rows that were read, once they are stored."""
    return {
        each.key: each.spell([row.values for row in rows[each.key]], money_unit)
        for each in form.entry.fieldsets
    }


def report_conflict(
    form: EntryForm, rows: dict[str, list[SheetRow]], misread: list[Problem]
) -> SaveOutcome:
    """Who was quicker, and where what they saved differs from what was typed here."""
    stored, entry, unit = form.stored, form.entry, form.money_unit
    typed = form.texts if misread else spell_typed(form, rows, unit)
    held = entry.spell(stored.laid, unit)
    former = list_edits(stored.budget)
    return SaveOutcome(
        problems=merge_problems(misread),
        differences=[
            difference
            for each in entry.fieldsets
            for difference in find_differences(each, held[each.key], typed[each.key])
        ],
        last_edit=former.filter(what=entry.what).first() or former.first(),
        is_late=True,
        seen=fingerprint(entry.spell(stored.laid)),
    )


def find_differences(fieldset: Fieldset, stored: Texts, typed: Texts) -> list[FieldDifference]:
    """Where the ledger and the form differ, field by field.

    Rows are matched by what they are known by, else by likeness.
    """
    if fieldset.is_record:
        held = stored[0] if stored else fieldset.blank
        return compare_fields(fieldset, "", held, typed[0])
    if fieldset.identity:
        return compare_known(fieldset, stored, typed)
    ours, theirs = ([tuple(row.values()) for row in texts] for texts in (stored, typed))
    found = []
    for tag, a, b, c, d in SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            found += compare_runs(fieldset, stored[a:b], typed[c:d], first=c + 1)
    return found


def compare_known(fieldset: Fieldset, stored: Texts, typed: Texts) -> list[FieldDifference]:
    """Rows of the same thing; where one side has no such row, it says nothing of it."""
    known = fieldset.identity
    ours, theirs = (
        {tuple(row[key] for key in known): row for row in texts} for texts in (stored, typed)
    )
    found = []
    for identity in ours | theirs:
        silent = fieldset.blank | dict(zip(known, identity, strict=True))
        place = "　".join(filter(None, identity))
        sides = ours.get(identity, silent), theirs.get(identity, silent)
        found += compare_fields(fieldset, place, *sides)
    return found


def compare_runs(
    fieldset: Fieldset, stored: Texts, typed: Texts, first: int
) -> list[FieldDifference]:
    """Runs of rows that stand in the same place; whole rows where one side has more."""
    found = []
    for offset, (old, new) in enumerate(zip(stored, typed, strict=False)):
        found += compare_fields(fieldset, f"第{first + offset}行", old, new)
    shared = min(len(stored), len(typed))
    for row in stored[shared:]:
        found.append(FieldDifference(place="一整行", stored=join_row(row), typed=""))
    for offset, row in enumerate(typed[shared:], start=first + shared):
        found.append(FieldDifference(place=f"第{offset}行", stored="", typed=join_row(row)))
    return found


def compare_fields(
    fieldset: Fieldset, place: str, stored: Mapping[str, str], typed: Mapping[str, str]
) -> list[FieldDifference]:
    return [
        FieldDifference(
            place=f"{place}“{column.header}”", stored=stored[column.key], typed=typed[column.key]
        )
        for column in fieldset.columns
        if stored[column.key].split() != typed[column.key].split()
    ]


def join_row(row: Mapping[str, str]) -> str:
    return " · ".join(filter(None, row.values()))
