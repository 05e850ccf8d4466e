"""Checks of who files: the department, its units, and whose money a row is."""

from collections import Counter
from collections.abc import Iterator

from budgets.domain.problems import Problem, Severity
from budgets.importing.validation.case import FilingCase, complain

SHEETS_BY_UNIT = ("income", "expenditure", "three_public", "projects")


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
