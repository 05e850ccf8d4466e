"""The page of reasons and uses: every sentence as it will be printed, with fields at its blanks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from budgets.domain.chart import Chart
from budgets.domain.document import Section
from budgets.domain.filing import Filing
from budgets.domain.notes.history import History
from budgets.domain.notes.sections import write_notes
from budgets.domain.performance import build_performance
from budgets.domain.sets.table_set import build_tables
from budgets.domain.text import shift_years
from budgets.models import Budget
from disclosures.models import Disclosure
from disclosures.workflow.access import Act, find_budget
from disclosures.workflow.drafting import last_year_amounts
from disclosures.workplace.clerk.asking import Asker, Offered, find_words
from disclosures.workplace.clerk.entries import EntryPlan
from disclosures.workplace.clerk.pages import draw_form, open_form, save_form
from disclosures.workplace.clerk.sentences import OpenWriter, Slot
from disclosures.workplace.clerk.statements import (
    KEY,
    adopt_words,
    number_places,
    plan_statements,
    read_statements,
)
from disclosures.workplace.clerk.stored import Stored

Published = Mapping[str, Decimal] | None


def edit_words(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The words of a budget, to fill and to save."""
    budget = find_budget(request.user, year, code, Act.FILL)
    published, offered = last_year_amounts(budget), offer_words(budget)

    def plan(stored: Stored) -> EntryPlan:
        sections = write_notes(open_writer(stored.chart, stored.filing, published))
        asked = list_addresses(sections)
        return plan_statements(asked, stored.filing, asks_prior=published is None)

    form = open_form(request, budget, plan)
    if save_form(request, form):
        return redirect("workplace:words", year, code)
    adopt_words(form, offered)
    rows = form.parts[KEY]
    forms = [rows.bind_row(number) for number, _ in enumerate(rows.texts, start=1)]
    stored, (priors, words) = form.stored, read_statements(rows.read_rows()[0])
    filing = replace(stored.filing, priors=priors, words=words)
    writer = open_writer(stored.chart, filing, published)
    numbers = number_places(rows.texts)
    asker = Asker(writer=writer, forms=forms, numbers=numbers, offered=offered)
    chapters = asker.list_chapters(write_notes(writer))
    open_ones = [own for chapter in chapters for own in chapter.sentences if own.lacks]
    return draw_form(
        request,
        form,
        "workplace/words.html",
        step="words",
        chapters=chapters,
        fixed=[field for own in forms for field in own.hidden_fields()],
        asks_prior=published is None,
        lacking=len(open_ones),
        first=open_ones[0] if open_ones else None,
    )


def open_writer(chart: Chart, filing: Filing, published: Published) -> OpenWriter:
    """The writer over a filing's tables; `published` are last year's amounts if known."""
    tables = build_tables(filing, chart)
    grids = tables | build_performance(filing, tables)
    history = History.of(filing.priors, published)
    return OpenWriter.over(filing, chart, grids, history)


def list_addresses(sections: Sequence[Section]) -> list[str]:
    """The cells that the notes ask words about, in the order of the notes."""
    spans = (span for section in sections for own in section.paragraphs() for span in own.spans)
    return list(dict.fromkeys(s.at for s in spans if isinstance(s, Slot) and s.kind))


def offer_words(budget: Budget) -> Offered:
    """Last year's published words by cell and kind, their years moved on by one."""
    last = Disclosure.objects.for_address(budget.year - 1, budget.department.code).first()
    found = find_words(last.document) if last else ()
    return {key: shift_years(text, 1, of=budget.year - 1) for key, text in found}
