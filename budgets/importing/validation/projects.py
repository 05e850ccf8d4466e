"""Checks of projects and indicators: what has money is described, what is described exists."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from budgets.domain.facts import Nature
from budgets.domain.problems import Problem, Severity
from budgets.importing.validation.case import FilingCase, complain
from budgets.spreadsheets import WHOLE, SheetRow

HIGHEST_WEIGHT = 100


def check_project_names(case: FilingCase) -> Iterator[Problem]:
    """A row names a project exactly where its nature is project expenditure."""
    for row in case.sheets.of("expenditure"):
        is_project = row["nature"] is Nature.PROJECT
        if is_project and row.cell("project").is_blank:
            message = "支出性质是项目支出，没有填项目名称。"
            yield complain(row, "project", message, "请填“项目”表中的名称。")
        elif row["nature"] and not is_project and row["project"]:
            message = f"支出性质是{row['nature'].label}，不应有项目名称。"
            yield complain(row, "project", message, "请清空项目名称，或把支出性质改为项目支出。")


def check_described(case: FilingCase) -> Iterator[Problem]:
    """Projects with money are on the project sheet."""
    described = set(map(key_of(case), case.sheets.of("projects")))
    for row in case.sheets.of("expenditure"):
        is_project = row["nature"] is Nature.PROJECT and row["project"]
        if is_project and (case.unit_of(row), row["project"]) not in described:
            message = f"“项目”表里没有项目“{row['project']}”。"
            yield complain(row, "project", message, "请在“项目”表补上，或核对名称是否一致。")


def check_projects(case: FilingCase) -> Iterator[Problem]:
    """A project is described once; one without money is perhaps forgotten."""
    described = Counter(map(key_of(case), case.sheets.of("projects")))
    funded = {
        (case.unit_of(row), row["project"])
        for row in case.sheets.of("expenditure")
        if row["nature"] is Nature.PROJECT
    }
    for row in case.sheets.of("projects"):
        if row["name"]:
            yield from check_project(row, key_of(case)(row), described, funded)


def key_of(case: FilingCase):
    """A project is known by its unit and its name."""
    return lambda row: (case.unit_of(row), row["name"] or "")


def check_project(row: SheetRow, key: tuple, described: Counter, funded: set) -> Iterator[Problem]:
    """One row of the project sheet."""
    if row["name"] == WHOLE:
        message = f"项目名称不能是“{WHOLE}”。"
        yield complain(row, "name", message, "这个词在绩效指标里另有用处，请改名。")
    if described[key] > 1:
        message = f"项目“{row['name']}”出现了不止一次。"
        yield complain(row, "name", message, "请合并为一行，或用名称区分。")
    if key not in funded:
        message = f"项目“{row['name']}”在支出明细里没有金额。"
        yield complain(row, "name", message, "请补上金额，或删去该项目。", Severity.WARNING)


def check_indicators(case: FilingCase) -> Iterator[Problem]:
    """An indicator belongs to the whole or to one project, and weighs 0 to 100."""
    named = defaultdict(list)
    for key in map(key_of(case), case.sheets.of("projects")):
        named[key[1]].append(key)
    for row in case.sheets.of("indicators"):
        weight = row["weight"]
        if weight is not None and not 0 <= weight <= HIGHEST_WEIGHT:
            yield complain(row, "weight", f"权重 {weight} 不在 0 到 100 之间。", "请改正。")
        if row["target"] and row["target"] != WHOLE:
            yield from check_target(row, pick_projects(named.get(row["target"], []), row))


def pick_projects(named: list[tuple[str, str]], row: SheetRow) -> list[tuple[str, str]]:
    """Of the projects of its target's name, as (unit, name), those that a row may mean."""
    return [key for key in named if key[0] == row["unit"]] if row["unit"] else named


def check_target(row: SheetRow, found: list[tuple[str, str]]) -> Iterator[Problem]:
    """The project that an indicator belongs to exists, and is one."""
    if not found:
        message = f"“项目”表里没有“{row['target']}”。"
        yield complain(row, "target", message, f"请填“{WHOLE}”或“项目”表中的名称。")
    elif len({unit for unit, _ in found}) > 1:
        message = f"有不止一个单位有项目“{row['target']}”。"
        yield complain(row, "unit", message, "请填单位编码。")
