"""Threads of comments where they concern somebody: with links, by the step that mends them."""

from collections.abc import Collection, Iterator
from itertools import groupby

from budgets import ledger
from budgets.chart import Chart
from budgets.domain.sets.xinjiang.table_set import XINJIANG
from budgets.domain.tables.build import list_facts
from budgets.facts import Filing, Side
from budgets.models import Budget, read_chart
from disclosures.document.composition import fragment
from disclosures.models import Comment

RANKS = {"open": 0, "answered": 1, "settled": 2}
# The step in which what stands in a table or a section is filled: by its key, else by its kind.
STEPS_OF = {"T1": "income", "T2": "income", "P0": "overall", "G": "particulars"}
FORMS = {form.key: form for form in XINJIANG.forms}
STEPS_OF_KIND = {"N": "words", "P": "projects", "T": "expenditure", "D": "profile"}


def lay_out_thread(thread: Comment) -> dict[str, object]:
    """A thread with its rank among others, and the fragment of its place in the preview."""
    return {
        "comment": thread,
        "stage": thread.stage,
        "rank": (RANKS[thread.stage], thread.pk),
        "href": fragment(thread.at) if thread.at else "",
        "replies": list(thread.replies.all()),
    }


def find_threads(budget: Budget, step: str) -> list[dict[str, object]]:
    """The threads that are not settled and concern a step; all of them for the task list."""
    threads = Comment.objects.filter(budget=budget).unsettled().with_people()
    mine = [each for each in threads if step == "tasks" or name_step(each.at) == step]
    threads = sorted(map(lay_out_thread, mine), key=lambda thread: thread["rank"])
    if threads and step == "expenditure":
        name_rows(budget, threads)
    return threads


def name_rows(budget: Budget, threads: list[dict[str, object]]) -> None:
    """Add to each thread about a figure the rows of the sheet of expenditure that make it up."""
    filing, chart = ledger.read_filing(budget), read_chart(budget.year)
    for thread in threads:
        thread["rows"] = "、".join(join_runs(find_rows(filing, chart, thread["comment"].at)))


def find_rows(filing: Filing, chart: Chart, at: str) -> list[int]:
    """The numbers of the rows whose money a cell holds, as the sheet counts them."""
    table, _, place = at.partition(".")
    row, _, column = place.rpartition(".")
    if table not in FORMS:
        return []
    held = {id(fact) for fact in list_facts(FORMS[table], filing, chart, row, column)}
    rows = [fact for fact in filing.facts if fact.side is Side.EXPENDITURE]
    return [number for number, fact in enumerate(rows, start=1) if id(fact) in held]


def join_runs(numbers: Collection[int]) -> Iterator[str]:
    """Numbers in order, those that follow each other as one: 3 and 5–9."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        first, *others = [number for _, number in run]
        yield f"{first}–{others[-1]}" if others else f"{first}"


def name_step(at: str) -> str:
    """The key of the step in which the figure or the words at a place are filled."""
    place = at.partition(".")[0]
    return STEPS_OF.get(place) or STEPS_OF_KIND.get(place[:1], "preview")
