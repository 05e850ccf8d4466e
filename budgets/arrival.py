"""What the log tells of workbooks: which file came in, what became of it, what it changed."""

from collections.abc import Iterator
from decimal import Decimal

from budgets import journal
from budgets.facts import Filing, Side
from budgets.importing.changes import Change, compare_filings
from budgets.journal import Action
from budgets.models import Budget, Upload, read_chart
from budgets.workbook import YUAN

ZERO = Decimal("0.00")
# Beyond so many lines on both sides only the sums are told: the file itself is kept.
MOST_LINES = 5_000


def tell_file(action: Action, upload: Upload, who, words: str = "") -> None:
    """A file, and what was made of it; nothing of the budget has changed."""
    told = describe_file(upload) | {"结果": upload.get_result_display()}
    journal.write(action, who=who, subject=name_budget(upload), after=told, words=words)


def tell_import(upload: Upload, before: Filing, after: Filing, who) -> None:
    """A file has become the budget's filing: the sums of both, and row by row what differs."""
    sides = journal.pair(list_changes(before, after))
    journal.write(
        Action.IMPORT,
        who=who,
        subject=upload.budget,
        before=sum_up(before) | sides["before"],
        after=describe_file(upload) | sum_up(after) | sides["after"],
    )


def name_budget(upload: Upload) -> Budget | str:
    """The budget that a file is for; a file that named none is about itself."""
    return upload.budget or upload.filename


def describe_file(upload: Upload) -> dict[str, object]:
    """How a file is known."""
    return {
        "文件": upload.filename,
        "文件摘要": upload.sha256,
        "大小（字节）": upload.size,
        "问题": len(upload.problems),
    }


def sum_up(filing: Filing) -> dict[str, object]:
    """A filing in a few figures, in 元; what only moves between its units is left out.

    Spending is counted by function: what is stated by economic code alone is the same money again.
    """
    sums = dict.fromkeys(Side, ZERO)
    for fact in filing.facts:
        if not fact.internal and (fact.side is Side.INCOME or fact.function):
            sums[fact.side] += fact.amount
    told = {f"{side.label}合计（元）": amount for side, amount in sums.items()}
    return told | {"明细行数": len(filing.facts), "项目数": len(filing.projects)}


def list_changes(before: Filing, after: Filing) -> Iterator[tuple[str, str, str]]:
    """Every column of every row that differs, as (place, before, after); in 元."""
    if len(before.facts) + len(after.facts) > MOST_LINES:
        return
    for change in compare_filings(before, after, read_chart(after.year), YUAN):
        yield from spell_out(change)


def spell_out(change: Change) -> Iterator[tuple[str, str, str]]:
    """The columns of one row; a row that is nothing but its name is told by that."""
    place = f"{change.sheet}：{change.row}"
    for detail in change.details:
        yield f"{place}“{detail.header}”", detail.before, detail.after
    if not change.details:
        is_new = change.kind == "新增"
        yield place, "" if is_new else "有", "有" if is_new else ""
