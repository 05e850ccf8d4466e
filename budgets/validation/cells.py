"""Checks of single cells: what is needed is there, and what is there fits."""

from collections.abc import Iterator

from budgets.problems import Problem, Severity
from budgets.validation.case import Case, complain
from budgets.workbook import SHEETS
from budgets.workbook.columns import Kind
from budgets.workbook.cover import TEMPLATE_VERSION
from budgets.workbook.words import PARTICULARS

FIRST_YEAR, LAST_YEAR = 2000, 2100


def check_required(case: Case) -> Iterator[Problem]:
    """Every row fills the columns that the template calls needed."""
    for sheet in SHEETS:
        needed = {column.key: column for column in sheet.columns if column.required}
        for row in case.sheets.of(sheet.key):
            for key in needed:
                if row.values.get(key) in (None, "") and row.is_blank(key) and row.ref(key):
                    message = f"没有填写“{needed[key].header}”。"
                    yield complain(row, key, message, "请补上；整行不需要时请清空整行。")


def check_lengths(case: Case) -> Iterator[Problem]:
    """No text is longer than what is kept."""
    for sheet in SHEETS:
        texts = {c.key: c for c in sheet.columns if c.kind in (Kind.TEXT, Kind.CODE)}
        limits = {key: column.limit for key, column in texts.items()}
        for row in case.sheets.of(sheet.key):
            for key, value in row.values.items():
                if key in limits and value and len(value) > limits[key]:
                    header = texts[key].header
                    message = f"“{header}”有 {len(value)} 个字，最多 {limits[key]} 个。"
                    yield complain(row, key, message, "请缩短。")


def check_cover(case: Case) -> Iterator[Problem]:
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


def check_version(case: Case) -> Iterator[Problem]:
    """The file was made from the template of today; columns are found by name all the same."""
    version = case.cover["version"]
    if version and version != TEMPLATE_VERSION:
        message = f"模板版本是 {version}，现在用的是 {TEMPLATE_VERSION}。"
        advice = "已按表头读取；请核对有没有漏填新增的列。"
        yield complain(case.cover, "version", message, advice, Severity.WARNING)


def check_chart(case: Case) -> Iterator[Problem]:
    """The year has a chart of accounts to hold the codes against."""
    if case.year and not (case.chart.functions and case.chart.economics):
        message = f"系统里没有 {case.year} 年度的科目代码表。"
        yield complain(case.cover, "year", message, "请先由财政部门导入该年度的代码表。")


def check_particulars(case: Case) -> Iterator[Problem]:
    """Money of the particulars is not negative; micro ≤ SME ≤ total procurement."""
    row = case.sheets.form("particulars")
    for column in PARTICULARS.columns:
        value = row[column.key]
        if column.kind in (Kind.MONEY, Kind.NUMBER) and value and value < 0:
            yield complain(row, column.key, f"“{column.header}”小于 0。", "请填 0 或更大的数。")
    total, sme, micro = (row[f"procurement_{key}"] or 0 for key in ("total", "sme", "micro"))
    if sme > total:
        message = "面向中小企业预留的金额大于政府采购预算。"
        yield complain(row, "procurement_sme", message, "请核对两个数。")
    if micro > sme:
        message = "面向小微企业预留的金额大于面向中小企业预留的金额。"
        yield complain(row, "procurement_micro", message, "小微企业包括在中小企业之内，请核对。")
