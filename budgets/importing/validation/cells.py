"""Checks of single cells: what is needed is there, and what is there fits."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from budgets.domain.chart import Chart, lineage
from budgets.domain.facts import ECONOMIC_LEVELS, FUNCTION_LEVELS
from budgets.domain.problems import Problem, Severity
from budgets.domain.text import squeeze
from budgets.importing.validation.case import FilingCase, complain
from budgets.spreadsheets import SHEETS, SheetRow
from budgets.spreadsheets.sheets import PARTICULARS, TEMPLATE_VERSION, ColumnKind

FIRST_YEAR, LAST_YEAR = 2000, 2100


def check_required(case: FilingCase) -> Iterator[Problem]:
    """Every row fills the columns that the template calls needed."""
    for sheet in SHEETS:
        needed = {column.key: column for column in sheet.columns if column.required}
        for row in case.sheets.of(sheet.key):
            for key in needed:
                if row.values.get(key) in (None, "") and row.is_blank(key) and row.ref(key):
                    message = f"没有填写“{needed[key].header}”。"
                    yield complain(row, key, message, "请补上；整行不需要时请清空整行。")


def check_lengths(case: FilingCase) -> Iterator[Problem]:
    """No text is longer than what is kept."""
    for sheet in SHEETS:
        texts = {c.key: c for c in sheet.columns if c.kind in (ColumnKind.TEXT, ColumnKind.CODE)}
        limits = {key: column.limit for key, column in texts.items()}
        for row in case.sheets.of(sheet.key):
            for key, value in row.values.items():
                if key in limits and value and len(value) > limits[key]:
                    header = texts[key].header
                    message = f"“{header}”有 {len(value)} 个字，最多 {limits[key]} 个。"
                    yield complain(row, key, message, "请缩短。")


def check_cover(case: FilingCase) -> Iterator[Problem]:
    """The cover names the department and the year that are expected."""
    known, cover = case.known, case.cover
    if cover["year"] and not FIRST_YEAR <= cover["year"] <= LAST_YEAR:
        yield complain(cover, "year", f"年度“{cover['year']}”不对。", "请填四位年度，如 2025。")
    elif known.expected_year and cover["year"] not in (None, known.expected_year):
        message = f"封面的年度是 {cover['year']}，应为 {known.expected_year}。"
        yield complain(cover, "year", message, "请核对是否选错了文件。")
    if known.expected_code and cover["code"] not in ("", None, known.expected_code):
        message = f"封面的部门编码是 {cover['code']}，应为 {known.expected_code}。"
        yield complain(cover, "code", message, "请核对是否选错了文件。")


def check_version(case: FilingCase) -> Iterator[Problem]:
    """The file was made from the template of today; columns are found by name all the same."""
    version = case.cover["version"]
    if version and version != TEMPLATE_VERSION:
        message = f"模板版本是 {version}，现在用的是 {TEMPLATE_VERSION}。"
        advice = "已按表头读取；请核对有没有漏填新增的列。"
        yield complain(case.cover, "version", message, advice, Severity.WARNING)


def check_chart(case: FilingCase) -> Iterator[Problem]:
    """The year has a chart of accounts to hold the codes against."""
    if case.year and not (case.chart.functions and case.chart.economics):
        message = f"系统里没有 {case.year} 年度的科目代码表。"
        yield complain(case.cover, "year", message, "请先由财政部门导入该年度的代码表。")


def check_particulars(case: FilingCase) -> Iterator[Problem]:
    """Money of the particulars is not negative; micro ≤ SME ≤ total procurement."""
    row = case.sheets.form("particulars")
    for column in PARTICULARS.columns:
        value = row[column.key]
        if column.kind in (ColumnKind.MONEY, ColumnKind.NUMBER) and value and value < 0:
            yield complain(row, column.key, f"“{column.header}”小于 0。", "请填 0 或更大的数。")
    total, sme, micro = (row[f"procurement_{key}"] or 0 for key in ("total", "sme", "micro"))
    if sme > total:
        message = "面向中小企业预留的金额大于政府采购预算。"
        yield complain(row, "procurement_sme", message, "请核对两个数。")
    if micro > sme:
        message = "面向小微企业预留的金额大于面向中小企业预留的金额。"
        yield complain(row, "procurement_micro", message, "小微企业包括在中小企业之内，请核对。")


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


def check_codes(case: FilingCase) -> Iterator[Problem]:
    """Every code stands in the chart, or its class does and the file gives a name."""
    if not (case.chart.functions and case.chart.economics):
        return
    for coding in CODINGS:
        names = coding.names(case.chart)
        for rows in case.coded[coding.key].values():
            if any(check_code(rows[0], coding, names)):
                for row in rows:
                    yield from check_code(row, coding, names)


def check_code(row: SheetRow, coding: Coding, names: Mapping[str, str]) -> Iterator[Problem]:
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


def report_new(row: SheetRow, coding: Coding, code: str, stated: str) -> Problem:
    """A code that the chart lacks although its class exists."""
    message = f"代码表里没有{coding.header} {code}。"
    if not stated:
        advice = f"请核对编码；确实是新科目的，请填“{coding.header}名称”。"
        return complain(row, coding.key, message, advice)
    advice = f"已按文件中的名称“{stated}”收录，待财政部门确认。"
    return complain(row, coding.key, message, advice, Severity.WARNING)


def check_parents(case: FilingCase) -> Iterator[Problem]:
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


def check_names(case: FilingCase) -> Iterator[Problem]:
    """A code that the chart lacks is called the same wherever the file names it."""
    for coding in CODINGS:
        names = reported(case, coding)
        for (code, stated), rows in case.coded[coding.key].items():
            if stated and code in names and stated != names[code]:
                message = f"{coding.header} {code} 有两个名称：“{names[code]}”和“{stated}”。"
                for row in rows:
                    yield complain(row, coding.name_key, message, "请统一名称。")


def reported(case: FilingCase, coding: Coding) -> dict[str, str]:
    """Codes that the chart lacks and the file names, where their class exists: code → name."""
    known = coding.names(case.chart)
    found: dict[str, str] = {}
    for code, stated in case.coded[coding.key]:
        is_new = bool(stated) and coding.is_formed(code) and code not in known
        if is_new and code[:3] in known:
            found.setdefault(code, stated)
    return found
