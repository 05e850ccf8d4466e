"""Checks of the facts themselves: codes there at all, amounts, residues, natures, duplicates."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter

from budgets.domain.facts import ECONOMIC_LEVELS, FUNCTION_LEVELS, Fact, Family, Fund, Nature, Side
from budgets.domain.money import envelope
from budgets.domain.problems import Problem
from budgets.importing.validation.case import FilingCase, complain, complain_at
from budgets.spreadsheets import THREE_PUBLIC_CODES

KEY = attrgetter("unit", "side", "fund", "nature", "function", "economic", "project", "internal")
SPLIT_FAMILIES = (Family.GOVERNMENT_FUND, Family.STATE_CAPITAL)


def check_coded(case: FilingCase) -> Iterator[Problem]:
    """An expenditure row has a function code, an economic code, or both."""
    for row in case.sheets.of("expenditure"):
        if row.is_blank("function") and row.is_blank("economic"):
            message = "功能科目编码和经济科目编码都没有填。"
            yield complain(row, "function", message, "至少填一个，明细两个都填。")


def check_amounts(case: FilingCase) -> Iterator[Problem]:
    """An amount is more than zero; only a rounding residue may be less."""
    for fact in (*case.facts, *case.three_public):
        if fact.amount == 0:
            yield complain_at([fact.origin], "金额为 0。", "没有金额的行请删除。")
        elif fact.amount < 0 and not (fact.nature and fact.is_residue):
            yield complain_at([fact.origin], "金额小于 0。", "请填大于 0 的金额。")


def check_residues(case: FilingCase) -> Iterator[Problem]:
    """A fact above the leaf level is a rounding residue, within (n + 1) × 0.005 万元 for n parts.

    See `facts.envelope`; n counts the codes one level down that hold money of the same unit, fund
    and nature.
    """
    groups: dict[tuple, list[Fact]] = defaultdict(list)
    for fact in case.facts:
        # A malformed code has been reported already, and has no level to be above.
        is_formed = len(fact.function or fact.economic) in FUNCTION_LEVELS
        if fact.side is Side.EXPENDITURE and fact.is_residue and is_formed:
            groups[residue_key(fact)].append(fact)
    parts = count_parts(groups, case.facts) if groups else {}
    for key, residues in groups.items():
        gap = abs(sum((fact.amount for fact in residues), Decimal(0)))
        if not parts[key] or gap > envelope(parts[key]):
            yield report_residue(residues, parts[key], gap)


def residue_key(fact: Fact) -> tuple:
    """Residues of one key stand for one rounding."""
    return fact.unit, fact.fund, fact.nature, bool(fact.function), fact.function or fact.economic


def count_parts(keys: Iterable[tuple], facts: Iterable[Fact]) -> dict[tuple, int]:
    """How many codes one level down hold money like the residues', by the residues' key."""
    found: dict[tuple, set[str]] = {key: set() for key in keys}
    for fact in facts:
        codings = (True, fact.function, FUNCTION_LEVELS), (False, fact.economic, ECONOMIC_LEVELS)
        for of_function, code, levels in codings:
            for above, below in pairwise(levels):
                key = fact.unit, fact.fund, fact.nature, of_function, code[:above]
                if key in found and len(code) >= below:
                    found[key].add(code[:below])
    return {key: len(parts) for key, parts in found.items()}


def report_residue(residues: list[Fact], parts: int, gap: Decimal) -> Problem:
    """Money on a code that is too high up."""
    code = residues[0].function or residues[0].economic
    origins = [fact.origin for fact in residues]
    leaf = "项" if residues[0].function else "款"
    if not parts:
        message = f"{code} 不是“{leaf}”级科目，下面也没有“{leaf}”级的金额。"
    else:
        message = (
            f"{code} 不是“{leaf}”级科目，只能填四舍五入的尾差：{gap:,.2f} 元超过了允许的 "
            f"{envelope(parts):,.2f} 元（{parts} 个下级科目）。"
        )
    return complain_at(origins, message, f"请把金额填到“{leaf}”级科目。")


def check_natures(case: FilingCase) -> Iterator[Problem]:
    """Tables 8, 9 and 11 split basic expenditure, so its kind is needed there."""
    for fact in case.facts:
        if fact.nature is Nature.BASIC and is_split(fact.fund):
            message = f"“{fact.fund.label}”的基本支出要分人员经费和公用经费。"
            yield complain_at([fact.origin], message, "请把支出性质改为人员经费或公用经费。")


def is_split(fund: Fund) -> bool:
    """True where the tables show basic expenditure by its kind."""
    return fund.is_carryover or fund.family in SPLIT_FAMILIES


def check_three_public(case: FilingCase) -> Iterator[Problem]:
    """三公 as stated names one of its economic codes."""
    for row in case.sheets.of("three_public"):
        if row["economic"] and row["economic"] not in THREE_PUBLIC_CODES:
            message = f"经济科目 {row['economic']} 不是“三公”经费的科目。"
            yield complain(row, "economic", message, f"应为{'、'.join(THREE_PUBLIC_CODES)}之一。")


def check_duplicates(case: FilingCase) -> Iterator[Problem]:
    """One row for one key: unit, fund, nature, codes, project, internal or not."""
    for facts in (case.facts, case.three_public):
        groups: dict[tuple, list[str]] = defaultdict(list)
        for fact in facts:
            groups[KEY(fact)].append(fact.origin)
        for origins in groups.values():
            if len(origins) > 1:
                message = "这几行除金额外完全相同。"
                yield complain_at(origins, message, "请合并为一行。")
