"""What every answer says beside its data: rounding, scope, corrections."""

from collections.abc import Sequence

from budgets.domain.document import Table
from disclosures.models import Disclosure
from disclosures.public.versions import Shelf

ROUNDING = (
    "yuan 是精确到分的元；text 是印出来的万元，由 yuan 四舍五入到两位小数。"
    "合计是精确合计数的四舍五入，与各个印出的数之和可能相差 0.01 万元。"
)
BLANK = "没有列出的格是空格，表示没有安排，不是零。"
SCOPE = "每个数的口径写在 scope 里；口径不同的数不能相加或比较。"
CURRENT = "只列现行的版本；更正过的版本号大于 1，reason 是更正原因。"
PUBLISHED = "只包含已经公开的部门预算，不代表全县。"


def speak_of(shelf: Shelf) -> list[str]:
    """Whether the version has been corrected, or corrects, or neither."""
    chosen, latest = shelf.chosen, shelf.latest
    if not shelf.is_current:
        return [
            f"这是第{chosen.version}版，已经更正；现行的是第{latest.version}版，"
            f"更正原因：{latest.reason}"
        ]
    if chosen.reason:
        return [f"第{chosen.version}版是更正，原因：{chosen.reason}"]
    return ["这是第1版，没有更正过。"]


def speak_of_corrections(found: Sequence[Disclosure]) -> list[str]:
    """How many of a list's disclosures have been corrected; nothing where none."""
    corrected = sum(disclosure.version > 1 for disclosure in found)
    return [f"本页有{corrected}份更正过，原因见 reason。"] if corrected else []


def speak_of_table(table: Table) -> list[str]:
    """The scope of a table, its sentence where it is empty, its notes on rounding."""
    empty = [table.empty] if table.empty else []
    return [f"口径：{table.scope}。", *empty, *table.footnotes]
