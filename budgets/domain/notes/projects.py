"""Notes 七 and 十一: project by project, and what is left of last year's money."""

from collections import defaultdict
from collections.abc import Iterator

from budgets.domain.filing import ProjectPlan
from budgets.domain.notes import wording
from budgets.domain.notes.budgets import empty_account, gone, is_item, item_path
from budgets.domain.notes.desk import Desk
from budgets.domain.notes.phrase import end_sentence
from budgets.domain.notes.spans import Block, Paragraph, Span, Spans, Subheading, compose, enlist
from budgets.domain.sets.xinjiang.tables import PROJECT_CLASSES
from budgets.domain.tables.grid import Row
from budgets.domain.text import remove_blanks


def is_project(row: str) -> bool:
    """True for the row key of a project."""
    return ":" in row


def projects(desk: Desk) -> Iterator[Block]:
    """七: every project of the general budget with its particulars."""
    rows = desk.tables["T7"].rows(4)
    if desk.tables["T7"].empty:
        yield desk.say("N7.empty", desk.tables["T7"].empty)
    else:
        total = desk.amount("T7.total.total")
        count = str(len({row.key.partition(":")[2] for row in rows}))
        yield desk.say("N7.total", wording.PROJECTS_TOTAL, total=total, count=count)
        parts = _economic_parts(desk)
        if parts:
            yield desk.say("N7.structure", wording.PROJECTS_STRUCTURE, parts=enlist(parts, "；"))
    plans = defaultdict(list)
    for plan in desk.filing.projects:
        plans[remove_blanks(plan.name)].append(plan)
    for number, row in enumerate(rows, start=1):
        yield from _project(desk, number, row, plans[remove_blanks(row.cells[4].text)])
    for key in desk.vanished("T7", is_project, "total"):
        yield _project_gone(desk, "N7", "T7", key)


def _economic_parts(desk: Desk) -> list[Spans]:
    return [
        compose(
            wording.PROJECT_PART,
            name=name,
            amount=desk.amount(f"T7.total.{code}"),
            share=desk.share(f"T7.total.{code}", "T7.total.total"),
        )
        for code, name in PROJECT_CLASSES
        if desk.yuan(f"T7.total.{code}")
    ]


def _project(desk: Desk, number: int, row: Row, plans: list[ProjectPlan]) -> Iterator[Block]:
    yield Subheading(key=f"N7.{number}", text=f"{number}.项目名称：{row.cells[4].text}")
    at = f"T7.{row.key}.total"
    for field, form in wording.PROJECT_FIELDS:
        if field == "amount":
            amount, change = desk.amount(at), desk.change(at)
            yield desk.say(f"N7.{at}", form, amount=amount, change=change)
        elif text := _told(plans, field):
            own = Span(text=text, words=at)
            yield desk.say(f"N7.{number}.{field}", form, text=own)


def _told(plans: list[ProjectPlan], field: str) -> str:
    """What the units that carry out the project say, each different text once."""
    texts = (end_sentence(getattr(plan, field)) for plan in plans)
    return "；".join(dict.fromkeys(text for text in texts if text))


def _project_gone(desk: Desk, note: str, table: str, key: str) -> Paragraph:
    name = wording.PROJECT_GONE.format(project=key.partition(":")[2])
    return gone(desk, note, name, f"{table}.{key}.total")


def carryover(desk: Desk) -> Iterator[Block]:
    """十一: what is left of last year's money, item by item."""
    if desk.tables["T11"].empty:
        yield from empty_account(desk, "N11", "T11", "上年结转结余")
        for key in desk.vanished("T11", is_project, "total"):
            yield _project_gone(desk, "N11", "T11", key)
        return
    at = "T11.total.total"
    total, change = desk.amount(at), desk.change(at)
    parts = enlist(_origins(desk), "，")
    yield desk.say(f"N11.{at}", wording.CARRYOVER_TOTAL, total=total, change=change, parts=parts)
    present = [row.key for row in desk.tables["T11"].rows(3, 4)]
    lost = desk.vanished("T11", lambda row: is_item(row) or is_project(row), "total")
    for number, key in enumerate(sorted({*present, *lost}), start=1):
        yield _carried(desk, number, key)


def _carried(desk: Desk, number: int, key: str) -> Paragraph:
    at, path = f"T11.{key}.total", _carried_path(desk, key)
    amount, change = desk.amount(at), desk.change(at)
    return desk.say(
        f"N11.{at}", wording.ITEM, number=str(number), path=path, amount=amount, change=change
    )


def _origins(desk: Desk) -> list[Spans]:
    return [
        compose(wording.AMOUNT, name=name, amount=desk.amount(f"T11.total.{key}"))
        for key, name in (("fiscal", "财政拨款结转"), ("other", "非财政拨款结转结余"))
        if desk.yuan(f"T11.total.{key}")
    ]


def _carried_path(desk: Desk, key: str) -> str:
    """类, 款, 项 and, where the money belongs to one, the project."""
    code, _, project = key.partition(":")
    path = item_path(desk, code)
    return wording.CARRIED_PROJECT.format(path=path, project=project) if project else path
