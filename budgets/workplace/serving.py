"""A screen on the web: filled from the ledger, posted, then saved or shown again as typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from budgets.ledger import FilingRefusedError
from budgets.models import Budget
from budgets.problems import Problem
from budgets.workbook import THREE_PUBLIC_CODES, UNITS, WAN, WHOLE
from budgets.workplace.actions import SAVE, act
from budgets.workplace.complaints import complain, tell
from budgets.workplace.fields import Dresser, Field, View
from budgets.workplace.labels import LEVELS
from budgets.workplace.page import show
from budgets.workplace.saving import Entry, Outcome, Stored, save
from budgets.workplace.screen import Screen
from budgets.workplace.section import Texts, open_rows, spread
from budgets.workplace.typed import read_texts
from budgets.workplace.versions import fingerprint

Making = Callable[[Stored], Screen]
REMEMBERED_UNIT = "money_unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where a screen stands: its template, the step it belongs to, where to go when it is saved.

    `extras(stored, shown, views)` is what its template needs beside the fields; `press(action,
    stored, entry)` gives the texts after a button that only this screen has, None for any other.
    """

    template: str
    step: str
    then: str
    press: Callable[[str, Stored, Entry], Mapping[str, Texts] | None] = lambda *_: None
    extras: Callable[[Stored, "Shown", Mapping[str, View]], dict] = lambda *_: {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a person sees: texts in the unit chosen, and what became of the last attempt to save."""

    texts: Mapping[str, Texts]
    money_unit: str
    seen: str
    outcome: Outcome = field(default_factory=Outcome)


def serve(request: HttpRequest, budget: Budget, make: Making, page: Page) -> HttpResponse:
    """Answer a request to a screen: show it, change its form, or save it and go on."""
    stored = Stored.of(budget)
    screen = make(stored)
    if request.method != "POST":
        return draw(request, stored, screen, page, open_screen(request, stored, screen))
    entry = read_entry(request, screen)
    action = request.POST.get("action", SAVE)
    if action != SAVE:
        texts = page.press(action, stored, entry)
        changed = entry if texts is None else replace(entry, texts=texts)
        return draw(request, stored, screen, page, press(request, screen, changed, action))
    return take(request, stored, screen, page, make, entry)


def open_screen(request: HttpRequest, stored: Stored, screen: Screen) -> Shown:
    """A screen as the ledger fills it."""
    money_unit = request.session.get(REMEMBERED_UNIT, WAN)
    held = screen.show(stored.laid, money_unit)
    return Shown(
        texts={each.key: open_rows(each, held[each.key]) for each in screen.sections},
        money_unit=money_unit,
        seen=fingerprint(screen.show(stored.laid)),
    )


def read_entry(request: HttpRequest, screen: Screen) -> Entry:
    """What was posted."""
    money_unit = request.POST.get("money_unit", "")
    return Entry(
        texts={
            each.key: open_rows(each, read_texts(each, request.POST)) for each in screen.sections
        },
        money_unit=money_unit if money_unit in UNITS else WAN,
        seen=request.POST.get("seen", ""),
    )


def press(request: HttpRequest, screen: Screen, entry: Entry, action: str) -> Shown:
    """A screen after a button that saves nothing; the unit of money is remembered."""
    sheaves = {
        each.key: act(action, each, entry.texts[each.key], entry.money_unit)
        for each in screen.sections
    }
    money_unit = next(iter(sheaves.values())).money_unit
    request.session[REMEMBERED_UNIT] = money_unit
    texts = {key: sheaf.texts for key, sheaf in sheaves.items()}
    return Shown(texts=texts, money_unit=money_unit, seen=entry.seen)


def take(request, stored, screen, page, make, entry) -> HttpResponse:
    """Save, and go on; or show what was typed again, with what is wrong."""
    try:
        outcome = save(stored.budget, make, entry, request.user)
    except FilingRefusedError as refusal:
        outcome = Outcome(problems=[Problem(message=str(refusal), advice="请联系财政部门。")])
    if outcome.is_saved:
        announce(request, screen, outcome)
        return redirect(page.then)
    seen = outcome.seen or entry.seen
    texts, unit = entry.texts, entry.money_unit
    shown = Shown(texts=texts, money_unit=unit, seen=seen, outcome=outcome)
    return draw(request, stored, screen, page, shown)


def announce(request: HttpRequest, screen: Screen, outcome: Outcome) -> None:
    """Say that it was saved, and what to look at all the same."""
    told = f"已保存“{screen.title}”。" if outcome.has_changed else "内容没有变化，不用保存。"
    messages.success(request, told)
    for problem in outcome.problems:
        messages.warning(request, tell(problem, screen.sections))


def draw(request, stored: Stored, screen: Screen, page: Page, shown: Shown) -> HttpResponse:
    """Render a screen."""
    context = describe(stored, screen, shown)
    context |= page.extras(stored, shown, context["views"])
    template, step = page.template, page.step
    return show(request, template, stored.budget, step=step, title=screen.title, **context)


def describe(stored: Stored, screen: Screen, shown: Shown) -> dict[str, object]:
    """What the templates of screens read."""
    lists, problems = list_choices(stored), shown.outcome.problems
    dresser = Dresser(money_unit=shown.money_unit, lists=lists, problems=problems)
    views = {
        each.key: dresser.dress(each, spread(each, shown.texts[each.key]))
        for each in screen.sections
    }
    headers = [header for view in views.values() for header in view.headers]
    listed = {header.listing for header in headers}
    return {
        "shown": shown,
        "views": views,
        "money_units": list(UNITS),
        "has_money": any(each.suffix in UNITS and each.widget != "fixed" for each in headers),
        "lists": {name: each for name, each in lists.items() if name in listed}
        | {each.listing: list_choices_of(each) for each in headers if is_offered(each)},
        "complaints": complain(problems, screen.sections),
    }


def is_offered(header: Field) -> bool:
    """True where a column's choices are offered beside the form instead of in every field."""
    return header.widget == "offer" and bool(header.column.choices)


def list_choices_of(header: Field) -> list[tuple[str, str]]:
    """The choices of a column, as (value, label)."""
    return [(label, label) for label in header.column.choices]


def list_choices(stored: Stored) -> dict[str, list[tuple[str, str]]]:
    """What fields may choose from, as (value, label), by the name of the list."""
    names = list(dict.fromkeys(plan.name for plan in stored.filing.projects))
    return {
        "functions": sorted(stored.chart.functions.items()),
        "economics": sorted(stored.chart.economics.items()),
        "three_public": [(c, stored.chart.economic_name(c)) for c in THREE_PUBLIC_CODES],
        "projects": [(name, name) for name in names],
        "targets": [(name, name) for name in (WHOLE, *names)],
        "units": [(unit.code, unit.name) for unit in stored.units],
    } | {name: [(word, word) for word in words] for name, words in LEVELS.items()}
