"""Checks of the lines of money: their codes, and the facts that they make."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter

from budgets.domain.chart import Chart, lineage
from budgets.domain.facts import ECONOMIC_LEVELS, FUNCTION_LEVELS, Fact, Family, Nature, Side
from budgets.domain.money import envelope
from budgets.domain.problems import Problem, Severity
from budgets.domain.tables.form import THREE_PUBLIC_ECONOMICS
from budgets.domain.text import squeeze
from budgets.importing.validation.case import FilingCase, complain, complain_at
from budgets.spreadsheets import SheetRow

# Lines that are alike in all of this say the same thing twice.
LINE_KEY = attrgetter(
    "unit", "side", "fund", "nature", "function", "economic", "project", "internal"
)
SPLIT_FAMILIES = (Family.GOVERNMENT_FUND, Family.STATE_CAPITAL)


@dataclass(frozen=True, slots=True)
class Coding:
    """One of the two classifications: its columns, its levels, its name in words."""

    key: str
    name_key: str
    header: str
    levels: tuple[int, ...]

    def names(self, chart: Chart) -> Mapping[str, str]:
        return chart.functions if self.key == "function" else chart.economics

    def is_formed(self, code: str) -> bool:
        """True for digits of one of the levels' lengths."""
        return code.isascii() and code.isdigit() and len(code) in self.levels


FUNCTION = Coding("function", "function_name", "功能科目", FUNCTION_LEVELS)
ECONOMIC = Coding("economic", "economic_name", "经济科目", ECONOMIC_LEVELS)
CODINGS = (FUNCTION, ECONOMIC)


def check_coded(case: FilingCase) -> Iterator[Problem]:
    """An expenditure row has a function code, an economic code, or both."""
    for row in case.sheets.of("expenditure"):
        if row.is_blank("function") and row.is_blank("economic"):
            message = "功能科目编码和经济科目编码都没有填。"
            yield complain(row, "function", message, "至少填一个，明细两个都填。")


def check_codes(case: FilingCase) -> Iterator[Problem]:
    """Every code stands in the chart, or its class does and the file gives a name."""
    if not (case.chart.functions and case.chart.economics):
        return
    for coding in CODINGS:
        names = coding.names(case.chart)
        for rows in case.coded[coding.key].values():
            if any(check_row_code(rows[0], coding, names)):
                for row in rows:
                    yield from check_row_code(row, coding, names)


def check_row_code(row: SheetRow, coding: Coding, names: Mapping[str, str]) -> Iterator[Problem]:
    code, stated = row[coding.key], row[coding.name_key]
    if not coding.is_formed(code):
        digits = "、".join(map(str, coding.levels))
        message = f"{coding.header}编码“{code}”不对。"
        yield complain(row, coding.key, message, f"应为 {digits} 位数字，请从下拉列表选。")
    elif code[:3] not in names:
        message = f"{coding.header}编码 {code}：代码表里没有 {code[:3]} 这一类。"
        yield complain(row, coding.key, message, "请核对编码。")
    elif code not in names:
        message = f"代码表里没有{coding.header} {code}。"
        if stated:
            advice = f"已按文件中的名称“{stated}”收录，待财政部门确认。"
            yield complain(row, coding.key, message, advice, Severity.WARNING)
        else:
            advice = f"请核对编码；确实是新科目的，请填“{coding.header}名称”。"
            yield complain(row, coding.key, message, advice)
    elif stated and squeeze(stated) != squeeze(names[code]):
        message = f"{coding.header} {code} 在代码表里是“{names[code]}”，文件里写的是“{stated}”。"
        advice = "请核对编码；公开时用代码表的名称。"
        yield complain(row, coding.name_key, message, advice, Severity.WARNING)


def check_parents(case: FilingCase) -> Iterator[Problem]:
    """The chart, or the file, also names the section above an item."""
    for coding in CODINGS:
        classes = coding.names(case.chart)
        names = {**classes, **list_reported(case, coding)}
        for (code, _), rows in case.coded[coding.key].items():
            above = lineage(code, coding.levels)[1:-1] if coding.is_formed(code) else []
            if code[:3] in classes and above and above[0] not in names:
                message = f"代码表里没有 {above[0]}（{code} 的上一级）的名称，公开时只能显示编码。"
                advice = "请由财政部门在代码表里补上。"
                for row in rows:
                    yield complain(row, coding.key, message, advice, Severity.WARNING)


def check_names(case: FilingCase) -> Iterator[Problem]:
    """A code that the chart lacks is called the same wherever the file names it."""
    for coding in CODINGS:
        names = list_reported(case, coding)
        for (code, stated), rows in case.coded[coding.key].items():
            if stated and code in names and stated != names[code]:
                message = f"{coding.header} {code} 有两个名称：“{names[code]}”和“{stated}”。"
                for row in rows:
                    yield complain(row, coding.name_key, message, "请统一名称。")


def list_reported(case: FilingCase, coding: Coding) -> dict[str, str]:
    """Codes that the chart lacks and the file names, where their class exists: code → name."""
    known = coding.names(case.chart)
    found: dict[str, str] = {}
    for code, stated in case.coded[coding.key]:
        if stated and coding.is_formed(code) and code not in known and code[:3] in known:
            found.setdefault(code, stated)
    return found


def check_amounts(case: FilingCase) -> Iterator[Problem]:
    """An amount is more than zero; only a rounding residue may be less."""
    for fact in (*case.facts, *case.three_public):
        if fact.amount == 0:
            yield complain_at([fact.origin], "金额为 0。", "没有金额的行请删除。")
        elif fact.amount < 0 and not (fact.nature and fact.is_residue):
            yield complain_at([fact.origin], "金额小于 0。", "请填大于 0 的金额。")


def check_residues(case: FilingCase) -> Iterator[Problem]:
    """A fact above the leaf level is a rounding residue, within (n + 1) × 0.005 万元 for n parts.

    See `money.envelope`; n counts the codes one level down that hold money of the same unit, fund
    and nature.
    """
    groups: dict[tuple, list[Fact]] = defaultdict(list)
    for fact in case.facts:
        of_function, code = bool(fact.function), fact.function or fact.economic
        # A malformed code has been reported already, and has no level to be above.
        if fact.side is Side.EXPENDITURE and fact.is_residue and len(code) in FUNCTION_LEVELS:
            groups[fact.unit, fact.fund, fact.nature, of_function, code].append(fact)
    below: dict[tuple, set[str]] = {key: set() for key in groups}
    for fact in case.facts if groups else ():
        codings = (True, fact.function, FUNCTION_LEVELS), (False, fact.economic, ECONOMIC_LEVELS)
        for of_function, code, levels in codings:
            for above, digits in pairwise(levels):
                key = fact.unit, fact.fund, fact.nature, of_function, code[:above]
                if key in below and len(code) >= digits:
                    below[key].add(code[:digits])
    for key, residues in groups.items():
        parts, gap = len(below[key]), abs(sum((fact.amount for fact in residues), Decimal(0)))
        if not parts or gap > envelope(parts):
            yield report_high_code(residues, parts, gap)


def report_high_code(residues: list[Fact], parts: int, gap: Decimal) -> Problem:
    code = residues[0].function or residues[0].economic
    leaf = "项" if residues[0].function else "款"
    if not parts:
        message = f"{code} 不是“{leaf}”级科目，下面也没有“{leaf}”级的金额。"
    else:
        message = (
            f"{code} 不是“{leaf}”级科目，只能填四舍五入的尾差：{gap:,.2f} 元超过了允许的 "
            f"{envelope(parts):,.2f} 元（{parts} 个下级科目）。"
        )
    origins = [fact.origin for fact in residues]
    return complain_at(origins, message, f"请把金额填到“{leaf}”级科目。")


def check_natures(case: FilingCase) -> Iterator[Problem]:
    """The tables of funds, of state capital and of carryover split basic expenditure by kind."""
    for fact in case.facts:
        is_split = fact.fund.is_carryover or fact.fund.family in SPLIT_FAMILIES
        if fact.nature is Nature.BASIC and is_split:
            message = f"“{fact.fund.label}”的基本支出要分人员经费和公用经费。"
            yield complain_at([fact.origin], message, "请把支出性质改为人员经费或公用经费。")


def check_three_public(case: FilingCase) -> Iterator[Problem]:
    """三公 as stated names one of its economic codes."""
    for row in case.sheets.of("three_public"):
        if row["economic"] and row["economic"] not in THREE_PUBLIC_ECONOMICS:
            message = f"经济科目 {row['economic']} 不是“三公”经费的科目。"
            yield complain(
                row, "economic", message, f"应为{'、'.join(THREE_PUBLIC_ECONOMICS)}之一。"
            )


def check_duplicates(case: FilingCase) -> Iterator[Problem]:
    """One row for one key: unit, fund, nature, codes, project, internal or not."""
    for facts in (case.facts, case.three_public):
        groups: dict[tuple, list[str]] = defaultdict(list)
        for fact in facts:
            groups[LINE_KEY(fact)].append(fact.origin)
        for origins in groups.values():
            if len(origins) > 1:
                yield complain_at(origins, "这几行除金额外完全相同。", "请合并为一行。")


MONEY_CHECKS = (
    check_coded,
    check_codes,
    check_parents,
    check_names,
    check_amounts,
    check_residues,
    check_natures,
    check_three_public,
    check_duplicates,
)
