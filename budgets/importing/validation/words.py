"""Checks of what is said beside the money: projects and targets, last year, reasons and uses."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from budgets.domain.facts import Nature
from budgets.domain.places import Asks, Place
from budgets.domain.problems import Problem, Severity
from budgets.domain.sets import load_table_set
from budgets.domain.tables.form import Role
from budgets.importing.validation.case import FilingCase, complain
from budgets.importing.validation.money import FUNCTION, list_reported
from budgets.spreadsheets import WHOLE, SheetRow

HIGHEST_WEIGHT = 100
CHANGE_KEYS, USE_KEYS = ("prior", "reason"), ("use",)
# A project by its unit and its name.
ProjectKey = tuple[str, str]


def check_project_names(case: FilingCase) -> Iterator[Problem]:
    """A row names a project exactly where its nature is project expenditure."""
    for row in case.sheets.of("expenditure"):
        is_project = row["nature"] is Nature.PROJECT
        if is_project and row.is_blank("project"):
            message = "支出性质是项目支出，没有填项目名称。"
            yield complain(row, "project", message, "请填“项目”表中的名称。")
        elif row["nature"] and not is_project and row["project"]:
            message = f"支出性质是{row['nature'].label}，不应有项目名称。"
            yield complain(row, "project", message, "请清空项目名称，或把支出性质改为项目支出。")


def list_described(case: FilingCase) -> list[ProjectKey]:
    return [(case.unit_of(row), row["name"] or "") for row in case.sheets.of("projects")]


def check_described(case: FilingCase) -> Iterator[Problem]:
    """Projects with money are on the project sheet."""
    described = set(list_described(case))
    for row in case.sheets.of("expenditure"):
        is_project = row["nature"] is Nature.PROJECT and row["project"]
        if is_project and (case.unit_of(row), row["project"]) not in described:
            message = f"“项目”表里没有项目“{row['project']}”。"
            yield complain(row, "project", message, "请在“项目”表补上，或核对名称是否一致。")


def check_projects(case: FilingCase) -> Iterator[Problem]:
    """A project is described once; one without money is perhaps forgotten."""
    described = list_described(case)
    counts = Counter(described)
    funded = {
        (case.unit_of(row), row["project"])
        for row in case.sheets.of("expenditure")
        if row["nature"] is Nature.PROJECT
    }
    for row, key in zip(case.sheets.of("projects"), described, strict=True):
        name = row["name"]
        if name == WHOLE:
            message = f"项目名称不能是“{WHOLE}”。"
            yield complain(row, "name", message, "这个词在绩效指标里另有用处，请改名。")
        if name and counts[key] > 1:
            message = f"项目“{name}”出现了不止一次。"
            yield complain(row, "name", message, "请合并为一行，或用名称区分。")
        if name and key not in funded:
            message = f"项目“{name}”在支出明细里没有金额。"
            yield complain(row, "name", message, "请补上金额，或删去该项目。", Severity.WARNING)


def check_indicators(case: FilingCase) -> Iterator[Problem]:
    """An indicator belongs to the whole or to one project, and weighs 0 to 100."""
    units: dict[str, set[str]] = defaultdict(set)
    for unit, name in list_described(case):
        units[name].add(unit)
    for row in case.sheets.of("indicators"):
        weight, target = row["weight"], row["target"]
        if weight is not None and not 0 <= weight <= HIGHEST_WEIGHT:
            yield complain(row, "weight", f"权重 {weight} 不在 0 到 100 之间。", "请改正。")
        if not target or target == WHOLE:
            continue
        named = units.get(target, set())
        meant = named & {row["unit"]} if row["unit"] else named
        if not meant:
            message = f"“项目”表里没有“{target}”。"
            yield complain(row, "target", message, f"请填“{WHOLE}”或“项目”表中的名称。")
        elif len(meant) > 1:
            message = f"有不止一个单位有项目“{target}”。"
            yield complain(row, "unit", message, "请填单位编码。")


def list_statements(case: FilingCase) -> list[SheetRow]:
    """Rows that name a place and say something about it; the template leaves some open."""
    keys = CHANGE_KEYS + USE_KEYS
    rows = case.sheets.of("history")
    return [row for row in rows if row["place"] and not all(map(row.is_blank, keys))]


def address(row: SheetRow) -> str:
    return row["place"].address(row["code"] or "", row["project"] or "")


def check_places(case: FilingCase) -> Iterator[Problem]:
    """A place's code and project are given where it takes them, and only there.

    It takes either last year's figure and a reason, or a use.
    """
    known = {**case.chart.functions, **list_reported(case, FUNCTION)}
    table_set = load_table_set(case.chart.table_set)
    for row in list_statements(case):
        place = row["place"]
        if isinstance(place.table, Role) and place.table not in table_set:
            message = f"本年的公开表里没有事项“{place.label}”。"
            yield complain(row, "place", message, "请删除这一行。")
        yield from check_place_code(row, place, known)
        for key in USE_KEYS if place.asks is Asks.CHANGE else CHANGE_KEYS:
            if not row.is_blank(key):
                message = f"事项“{place.label}”只填{place.asks.label}。"
                yield complain(row, key, message, "请清空这一格，或改选事项。")
        if row["prior"] is not None and row["prior"] < 0:
            yield complain(row, "prior", "上年数小于 0。", "请填 0 或更大的数。")


def check_place_code(row: SheetRow, place: Place, known: dict[str, str]) -> Iterator[Problem]:
    code = row["code"] or ""
    if not place.digits:
        if code:
            message = f"事项“{place.label}”不需要科目编码。"
            yield complain(row, "code", message, "请清空科目编码，或改选事项。")
    elif len(code) != place.digits or not code.isdecimal():
        message = f"事项“{place.label}”要 {place.digits} 位功能科目编码。"
        yield complain(row, "code", message, "请从下拉列表选。")
    elif known and code not in known:
        yield complain(row, "code", f"代码表里没有功能科目 {code}。", "请核对编码。")
    if place.takes_project and not row["project"]:
        yield complain(row, "project", f"事项“{place.label}”要填项目名称。", "请填项目名称。")
    elif row["project"] and not place.takes_project:
        message = f"事项“{place.label}”不需要项目名称。"
        yield complain(row, "project", message, "请清空项目名称，或改选事项。")


def check_once(case: FilingCase) -> Iterator[Problem]:
    groups: dict[str, list[SheetRow]] = defaultdict(list)
    for row in list_statements(case):
        groups[address(row)].append(row)
    for rows in groups.values():
        if len(rows) > 1:
            cells = tuple(row.ref("place") for row in rows)
            message, advice = "这几行说的是同一处。", "请合并为一行。"
            yield Problem(sheet=rows[0].sheet, cells=cells, message=message, advice=advice)


WORD_CHECKS = (
    check_project_names,
    check_described,
    check_projects,
    check_indicators,
    check_places,
    check_once,
)
