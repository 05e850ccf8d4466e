"""Checks of single cells, and of whose filing it is: the cover, the units, the owners of money."""

from collections import Counter
from collections.abc import Iterator

from budgets.domain.problems import Problem, Severity
from budgets.importing.validation.case import FilingCase, complain
from budgets.spreadsheets import SHEETS
from budgets.spreadsheets.sheets import PARTICULARS, TEMPLATE_VERSION, ColumnKind

FIRST_YEAR, LAST_YEAR = 2000, 2100
SHEETS_BY_UNIT = ("income", "expenditure", "three_public", "projects")


def check_required(case: FilingCase) -> Iterator[Problem]:
    for sheet in SHEETS:
        needed = {column.key: column for column in sheet.columns if column.required}
        for row in case.sheets.of(sheet.key):
            for key in needed:
                if row.is_blank(key) and row.ref(key):
                    message = f"没有填写“{needed[key].header}”。"
                    yield complain(row, key, message, "请补上；整行不需要时请清空整行。")


def check_lengths(case: FilingCase) -> Iterator[Problem]:
    for sheet in SHEETS:
        texts = {c.key: c for c in sheet.columns if c.kind in (ColumnKind.TEXT, ColumnKind.CODE)}
        for row in case.sheets.of(sheet.key):
            for key, value in row.values.items():
                column = texts.get(key)
                if column and isinstance(value, str) and len(value) > column.limit:
                    message = f"“{column.header}”有 {len(value)} 个字，最多 {column.limit} 个。"
                    yield complain(row, key, message, "请缩短。")


def check_cover(case: FilingCase) -> Iterator[Problem]:
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
    if case.year and not (case.chart.functions and case.chart.economics):
        message = f"系统里没有 {case.chart.year} 年度的科目代码表。"
        yield complain(case.cover, "year", message, "请先由财政部门导入该年度的代码表。")


def check_department(case: FilingCase) -> Iterator[Problem]:
    """The department is registered, under that name."""
    cover, known = case.cover, case.known
    if not cover["code"]:
        return
    if known.department is None and not known.may_register:
        message = f"系统里没有登记编码为 {cover['code']} 的部门。"
        yield complain(cover, "code", message, "请核对编码，或请财政部门先登记。")
    if known.department and cover["name"] and cover["name"] != known.department.name:
        message = f"封面的部门名称是“{cover['name']}”，系统登记的是“{known.department.name}”。"
        advice = "公开时用登记的名称；名称确有变动的，请财政部门修改登记。"
        yield complain(cover, "name", message, advice, Severity.WARNING)


def check_units(case: FilingCase) -> Iterator[Problem]:
    """The units listed are the registered ones, each once."""
    rows = case.sheets.of("units")
    counts = Counter(row["code"] for row in rows if row["code"])
    registered = {unit.code for unit in case.known.units}
    for row in rows:
        code = row["code"]
        if code and counts[code] > 1:
            yield complain(row, "code", f"单位编码 {code} 出现了不止一次。", "请只保留一行。")
        elif code and code not in registered and not case.known.may_register:
            message = f"{code} 不是本部门登记的下属单位。"
            yield complain(row, "code", message, "请核对编码，或请财政部门先登记。")
    for unit in case.known.units:
        if unit.code not in counts:
            message = f"没有列出下属单位 {unit.code} {unit.name}。"
            advice = "请补上；单位已撤销的，请财政部门在系统中停用。"
            yield Problem(sheet="所属单位", message=message, advice=advice)


def check_owners(case: FilingCase) -> Iterator[Problem]:
    """Every row of money and every project belongs to one of the filing's units."""
    own = {unit.code for unit in case.units} or {"", case.department.code}
    for key in SHEETS_BY_UNIT:
        for row in case.sheets.of(key):
            code = row["unit"] or ""
            if not code and case.units:
                message = "没有填写单位编码；本部门有下属单位，每行都要填。"
                yield complain(row, "unit", message, "请填“所属单位”表中的编码。")
            elif code not in own:
                message = f"单位编码 {code} 不在“所属单位”表里。"
                yield complain(row, "unit", message, "请核对编码，没有下属单位的不要填。")


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


def check_glossary(case: FilingCase) -> Iterator[Problem]:
    seen: set[str] = set()
    for row in case.sheets.of("glossary"):
        if row["term"] in seen:
            yield complain(row, "term", f"名词“{row['term']}”出现了不止一次。", "请只保留一行。")
        seen.add(row["term"] or "")


CELL_CHECKS = (
    check_required,
    check_lengths,
    check_cover,
    check_version,
    check_chart,
    check_department,
    check_units,
    check_owners,
    check_particulars,
    check_glossary,
)
