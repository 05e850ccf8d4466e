"""Checks of function and economic codes against the year's chart."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from budgets.chart import Chart, lineage
from budgets.domain.text import squeeze
from budgets.facts.fact import ECONOMIC_LEVELS, FUNCTION_LEVELS
from budgets.problems import Problem, Severity
from budgets.validation.case import Case, complain
from budgets.workbook import Row


@dataclass(frozen=True, slots=True)
class Coding:
    """One of the two classifications: its columns, its levels, its names in words."""

    key: str
    name_key: str
    header: str
    levels: tuple[int, ...]

    def names(self, chart: Chart) -> Mapping[str, str]:
        """The chart's names of these codes."""
        return chart.functions if self.key == "function" else chart.economics

    def is_formed(self, code: str) -> bool:
        """True for digits of one of the levels' lengths."""
        return bool(re.fullmatch(r"\d+", code, re.ASCII)) and len(code) in self.levels


FUNCTION = Coding("function", "function_name", "功能科目", FUNCTION_LEVELS)
ECONOMIC = Coding("economic", "economic_name", "经济科目", ECONOMIC_LEVELS)
CODINGS = (FUNCTION, ECONOMIC)


def check_codes(case: Case) -> Iterator[Problem]:
    """Every code stands in the chart, or its class does and the file gives a name."""
    if not (case.chart.functions and case.chart.economics):
        return
    for coding in CODINGS:
        names = coding.names(case.chart)
        for rows in case.coded[coding.key].values():
            if any(check_code(rows[0], coding, names)):
                for row in rows:
                    yield from check_code(row, coding, names)


def check_code(row: Row, coding: Coding, names: Mapping[str, str]) -> Iterator[Problem]:
    """One code of one row."""
    code, stated = row[coding.key], row[coding.name_key]
    if not coding.is_formed(code):
        digits = "、".join(map(str, coding.levels))
        message = f"{coding.header}编码“{code}”不对。"
        yield complain(row, coding.key, message, f"应为 {digits} 位数字，请从下拉列表选。")
    elif code[:3] not in names:
        message = f"{coding.header}编码 {code}：代码表里没有 {code[:3]} 这一类。"
        yield complain(row, coding.key, message, "请核对编码。")
    elif code not in names:
        yield report_new(row, coding, code, stated)
    elif stated and squeeze(stated) != squeeze(names[code]):
        message = f"{coding.header} {code} 在代码表里是“{names[code]}”，文件里写的是“{stated}”。"
        advice = "请核对编码；公开时用代码表的名称。"
        yield complain(row, coding.name_key, message, advice, Severity.WARNING)


def report_new(row: Row, coding: Coding, code: str, stated: str) -> Problem:
    """A code that the chart lacks although its class exists."""
    message = f"代码表里没有{coding.header} {code}。"
    if not stated:
        advice = f"请核对编码；确实是新科目的，请填“{coding.header}名称”。"
        return complain(row, coding.key, message, advice)
    advice = f"已按文件中的名称“{stated}”收录，待财政部门确认。"
    return complain(row, coding.key, message, advice, Severity.WARNING)


def check_parents(case: Case) -> Iterator[Problem]:
    """The chart, or the file, also names the section above an item."""
    for coding in CODINGS:
        classes = coding.names(case.chart)
        names = {**classes, **reported(case, coding)}
        for (code, _), rows in case.coded[coding.key].items():
            above = lineage(code, coding.levels)[1:-1] if coding.is_formed(code) else []
            if code[:3] in classes and above and above[0] not in names:
                message = f"代码表里没有 {above[0]}（{code} 的上一级）的名称，公开时只能显示编码。"
                advice = "请由财政部门在代码表里补上。"
                for row in rows:
                    yield complain(row, coding.key, message, advice, Severity.WARNING)


def check_names(case: Case) -> Iterator[Problem]:
    """A code that the chart lacks is called the same wherever the file names it."""
    for coding in CODINGS:
        names = reported(case, coding)
        for (code, stated), rows in case.coded[coding.key].items():
            if stated and code in names and stated != names[code]:
                message = f"{coding.header} {code} 有两个名称：“{names[code]}”和“{stated}”。"
                for row in rows:
                    yield complain(row, coding.name_key, message, "请统一名称。")


def reported(case: Case, coding: Coding) -> dict[str, str]:
    """Codes that the chart lacks and the file names, where their class exists: code → name."""
    known = coding.names(case.chart)
    found: dict[str, str] = {}
    for code, stated in case.coded[coding.key]:
        is_new = bool(stated) and coding.is_formed(code) and code not in known
        if is_new and code[:3] in known:
            found.setdefault(code, stated)
    return found
