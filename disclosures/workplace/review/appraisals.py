"""Appraisals of a year's budgets: made when a budget has changed since, and only then.

Drafting and checking a document takes a tenth of a second, so the board of a county does not do it
for everybody on each view. What an appraisal was made from has a fingerprint, which takes a few
queries for a whole year; those whose fingerprint has changed are made again.
"""

from collections.abc import Mapping
from hashlib import sha256
from time import monotonic

from django.conf import settings
from django.db.models import Count, Max

from budgets.domain.checks import list_checks
from budgets.domain.red_flags import (
    RED_FLAGS,
    Limits,
    ReviewedDocument,
    find_red_flags,
    list_phrases,
)
from budgets.domain.sets import load_table_set
from budgets.domain.tables.form import Role
from budgets.models import Budget, Department, read_chart, read_glossary
from disclosures.models import Appraisal, Disclosure, Explanation
from disclosures.workplace.dossier import Dossier, open_dossier

# To be raised where a rule of a check or an attention changes and its id does not.
RULES = 1
TOTAL = f"{Role.WHOLE}.total.income"
# For how long (seconds) they are made again while somebody waits for the page.
PATIENCE = 1.0


def refresh_appraisals(year: int, patience: float | None = None) -> set[int]:
    """Make the appraisals again that are out of date, beginning none after `patience` seconds.

    Gives back the keys of the budgets whose appraisal is still out of date.
    """
    stale = list_stale(year)
    left = {budget.pk for budget, _ in stale}
    end = None if patience is None else monotonic() + patience
    for budget, fingerprint in stale:
        if end is not None and monotonic() >= end:
            break
        store_appraisal(budget, fingerprint)
        left.remove(budget.pk)
    return left


def list_stale(year: int) -> list[tuple[Budget, str]]:
    """The budgets whose appraisal is missing or out of date, with what it is now made from."""
    mine = Appraisal.objects.filter(budget__year=year)
    known = dict(mine.values_list("budget", "fingerprint"))
    return [(each, mark) for each, mark in take_fingerprints(year) if known.get(each.pk) != mark]


def take_fingerprints(year: int) -> list[tuple[Budget, str]]:
    """Each budget of a year with the digest of all that its appraisal depends on."""
    budgets = Budget.objects.for_year(year).select_related("department", "department__parent")
    published = Disclosure.objects.filter(year=year - 1).current()
    last = dict(published.values_list("department", "digest"))
    said = Explanation.objects.filter(budget__year=year).order_by().values("budget")
    told = {
        each["budget"]: (each["count"], each["last"])
        for each in said.annotate(count=Count("pk"), last=Max("at"))
    }
    shared = digest_shared(year)
    return [
        (each, digest(shared, each.revision, last.get(each.department_id), told.get(each.pk)))
        for each in budgets.order_by("department__code")
    ]


def digest_shared(year: int) -> str:
    """What all documents of a year depend on: rules, limits, codes, terms, departments' names."""
    chart = read_chart(year)
    names = ("code", "name", "parent", "active")
    return digest(
        RULES,
        [check.id for check in list_checks(load_table_set(chart.table_set))],
        [attention.id for attention in RED_FLAGS],
        read_limits(),
        sorted(chart.functions.items()),
        sorted(chart.economics.items()),
        read_glossary(year),
        list(Department.objects.order_by("code").values_list(*names)),
    )


def digest(*parts: object) -> str:
    """SHA-256 of values that print the same where they are equal."""
    return sha256(repr(parts).encode()).hexdigest()


def read_limits() -> Limits:
    return Limits(rate=settings.LARGE_CHANGE_RATE, wan=settings.LARGE_CHANGE_WAN)


def store_appraisal(budget: Budget, fingerprint: str) -> Appraisal:
    dossier = open_dossier(budget)
    subject = open_subject(dossier)
    values = {
        "fingerprint": fingerprint,
        "errors": len(dossier.mistakes) + len(dossier.draft.blocking),
        "warnings": len(dossier.warned),
        "explained": len(dossier.warned) - len(dossier.unexplained),
        "total": subject.yuan(TOTAL),
        "last_total": subject.before.get(TOTAL) if subject.last else None,
        "marks": {attention.id: len(marks) for attention, marks in find_red_flags(subject)},
        "phrases": list_phrases(subject),
    }
    return Appraisal.objects.update_or_create(budget=budget, defaults=values)[0]


def open_subject(
    dossier: Dossier, others: Mapping[str, tuple[str, ...]] | None = None
) -> ReviewedDocument:
    """The budget's document with last year's figures, as the attentions look at it."""
    budget = dossier.budget
    last = Disclosure.objects.for_address(budget.year - 1, budget.department.code).first()
    stated = {prior.at: prior.amount for prior in dossier.filing.priors}
    return ReviewedDocument(
        document=dossier.draft,
        before=last.document.amounts if last else stated,
        last=last.document if last else None,
        others=others or {},
        limits=read_limits(),
    )


def read_others(budget: Budget) -> dict[str, tuple[str, ...]]:
    """The reasons of other departments of the same year, by phrase, with who says them.

    A department and its own units say the same of the same money.
    """
    head = budget.department.parent_id or budget.department_id
    others = Appraisal.objects.filter(budget__year=budget.year)
    others = others.exclude(budget__department=head).exclude(budget__department__parent=head)
    said: dict[str, tuple[str, ...]] = {}
    rows = others.order_by("budget__department__code")
    for name, phrases in rows.values_list("budget__department__name", "phrases"):
        for phrase in phrases:
            said[phrase] = (*said.get(phrase, ()), name)
    return said
