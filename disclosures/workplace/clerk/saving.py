"""The story of a form being saved: read, held against the ledger, judged; then written or not."""

from django.db import transaction

from budgets import audit, ledger
from budgets.audit import edits as trace
from budgets.domain.problems import Problem, merge
from budgets.importing.validation.judging import judge
from budgets.models import report_codes
from budgets.spreadsheets import YUAN, Row
from disclosures.workplace.clerk.conflicts import find_differences
from disclosures.workplace.clerk.entries import fingerprint, join_rows, sign_origins
from disclosures.workplace.clerk.entry_forms import EntryForm, SaveOutcome
from disclosures.workplace.clerk.fieldsets import Texts
from disclosures.workplace.clerk.stored import Stored


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
    verdict = judge(sheets, stored.chart, stored.known)
    if verdict.filing is None:
        return SaveOutcome(problems=verdict.problems)
    report_codes(budget.year, verdict.functions, verdict.economics)
    ledger.amend_filing(budget, sign_origins(entry.finish(verdict.filing)), entry.parts)
    trace.note(budget, who, entry.what)
    log_change(form, held, typed, who)
    return SaveOutcome(is_saved=True, has_changed=True, problems=verdict.problems)


def spell_typed(form: EntryForm, rows: dict[str, list[Row]], money_unit: str) -> dict[str, Texts]:
    """What the fields would show of rows that were read, once they are stored."""
    return {
        each.key: each.spell([row.values for row in rows[each.key]], money_unit)
        for each in form.entry.fieldsets
    }


def report_conflict(
    form: EntryForm, rows: dict[str, list[Row]], misread: list[Problem]
) -> SaveOutcome:
    """Who was quicker, and where what they saved differs from what was typed here."""
    stored, entry, unit = form.stored, form.entry, form.money_unit
    typed = form.texts if misread else spell_typed(form, rows, unit)
    held = entry.spell(stored.laid, unit)
    edits = trace.edits_of(stored.budget)
    return SaveOutcome(
        problems=merge(misread),
        differences=[
            difference
            for each in entry.fieldsets
            for difference in find_differences(each, held[each.key], typed[each.key])
        ],
        last_edit=edits.filter(what=entry.what).first() or edits.first(),
        is_late=True,
        seen=fingerprint(entry.spell(stored.laid)),
    )


def log_change(form: EntryForm, held: dict[str, Texts], typed: dict[str, Texts], who) -> None:
    """Tell the log what stood in the fields, and what stands in them now; in 元."""
    entry = form.entry
    changes = [
        (f"{each.sheet.title}：{difference.place}", difference.stored, difference.typed)
        for each in entry.fieldsets
        for difference in find_differences(each, held[each.key], typed[each.key])
    ]
    sides = audit.pair(changes)
    action, subject = audit.Action.SAVE, form.stored.budget
    audit.write(action, who=who, subject=subject, words=entry.what, **sides)
