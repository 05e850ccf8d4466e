"""Notes 七 and 十一: project by project, and what is left of last year's money."""

from collections import defaultdict
from collections.abc import Iterator

from budgets.domain.document import Block, OwnWords, Paragraph, Row, Subheading
from budgets.domain.filing import ProjectPlan
from budgets.domain.notes.phrase import end_sentence
from budgets.domain.notes.sentences import Spans, compose, enlist
from budgets.domain.notes.writer import Writer
from budgets.domain.sets.xinjiang import wording
from budgets.domain.sets.xinjiang.notes.budgets import empty_account, gone, is_item, item_path
from budgets.domain.text import remove_blanks


def is_project(row: str) -> bool:
    """True for the row key of a project."""
    return ":" in row


def projects(writer: Writer) -> Iterator[Block]:
    """七: every project of the general budget with its particulars."""
    rows = writer.tables["T7"].rows(4)
    if writer.tables["T7"].empty:
        yield writer.say("N7.empty", writer.tables["T7"].empty)
    else:
        total = writer.amount("T7.total.total")
        count = str(len({row.key.partition(":")[2] for row in rows}))
        yield writer.say("N7.total", wording.PROJECTS_TOTAL, total=total, count=count)
        parts = _economic_parts(writer)
        if parts:
            yield writer.say("N7.structure", wording.PROJECTS_STRUCTURE, parts=enlist(parts, "；"))
    plans = defaultdict(list)
    for plan in writer.filing.projects:
        plans[remove_blanks(plan.name)].append(plan)
    for number, row in enumerate(rows, start=1):
        yield from _project(writer, number, row, plans[remove_blanks(row.cells[4].text)])
    for key in writer.vanished("T7", is_project, "total"):
        yield _project_gone(writer, "N7", "T7", key)


def _economic_parts(writer: Writer) -> list[Spans]:
    return [
        compose(
            wording.PROJECT_PART,
            name=column.label,
            amount=writer.amount(f"T7.total.{column.key}"),
            share=writer.share(f"T7.total.{column.key}", "T7.total.total"),
        )
        for column in writer.tables["T7"].columns
        if column.key.isdigit() and writer.yuan(f"T7.total.{column.key}")
    ]


def _project(writer: Writer, number: int, row: Row, plans: list[ProjectPlan]) -> Iterator[Block]:
    yield Subheading(key=f"N7.{number}", text=f"{number}.项目名称：{row.cells[4].text}")
    at = f"T7.{row.key}.total"
    for field, form in wording.PROJECT_FIELDS:
        if field == "amount":
            amount, change = writer.amount(at), writer.change(at)
            yield writer.say(f"N7.{at}", form, amount=amount, change=change)
        elif text := _told(plans, field):
            own = OwnWords(text=text, at=at)
            yield writer.say(f"N7.{number}.{field}", form, text=own)


def _told(plans: list[ProjectPlan], field: str) -> str:
    """What the units that carry out the project say, each different text once."""
    texts = (end_sentence(getattr(plan, field)) for plan in plans)
    return "；".join(dict.fromkeys(text for text in texts if text))


def _project_gone(writer: Writer, note: str, table: str, key: str) -> Paragraph:
    name = wording.PROJECT_GONE.format(project=key.partition(":")[2])
    return gone(writer, note, name, f"{table}.{key}.total")


def carryover(writer: Writer) -> Iterator[Block]:
    """十一: what is left of last year's money, item by item."""
    if writer.tables["T11"].empty:
        yield from empty_account(writer, "N11", "T11", "上年结转结余")
        for key in writer.vanished("T11", is_project, "total"):
            yield _project_gone(writer, "N11", "T11", key)
        return
    at = "T11.total.total"
    total, change = writer.amount(at), writer.change(at)
    parts = enlist(_origins(writer), "，")
    yield writer.say(f"N11.{at}", wording.CARRYOVER_TOTAL, total=total, change=change, parts=parts)
    present = [row.key for row in writer.tables["T11"].rows(3, 4)]
    lost = writer.vanished("T11", lambda row: is_item(row) or is_project(row), "total")
    for number, key in enumerate(sorted({*present, *lost}), start=1):
        yield _carried(writer, number, key)


def _carried(writer: Writer, number: int, key: str) -> Paragraph:
    at, path = f"T11.{key}.total", _carried_path(writer, key)
    amount, change = writer.amount(at), writer.change(at)
    return writer.say(
        f"N11.{at}", wording.ITEM, number=str(number), path=path, amount=amount, change=change
    )


def _origins(writer: Writer) -> list[Spans]:
    return [
        compose(wording.AMOUNT, name=name, amount=writer.amount(f"T11.total.{key}"))
        for key, name in (("fiscal", "财政拨款结转"), ("other", "非财政拨款结转结余"))
        if writer.yuan(f"T11.total.{key}")
    ]


def _carried_path(writer: Writer, key: str) -> str:
    """类, 款, 项 and, where the money belongs to one, the project."""
    code, _, project = key.partition(":")
    path = item_path(writer, code)
    return wording.CARRIED_PROJECT.format(path=path, project=project) if project else path
