"""Where a table's rows come from: the codes, projects or fixed items that its facts speak of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from budgets.domain.chart import Chart, economic_lineage, function_lineage
from budgets.domain.facts import ECONOMIC_LEVELS, FUNCTION_LEVELS, Fact, Nature
from budgets.domain.tables.form import TOTAL, Item, Kind, Line, Rows
from budgets.domain.text import remove_blanks

CLASS_LEVEL, SECTION_LEVEL, ITEM_LEVEL, PROJECT_LEVEL = 1, 2, 3, 4


def by_code(
    facts: Iterable[Fact], lineage: Callable[[Fact], list[str]]
) -> dict[str, tuple[str, list[Fact]]]:
    """Each code in order, with its parent and the facts on it or below it."""
    found: dict[str, tuple[str, list[Fact]]] = {}
    for fact in facts:
        parent = TOTAL
        for code in lineage(fact):
            found.setdefault(code, (parent, []))[1].append(fact)
            parent = code
    return dict(sorted(found.items()))


def function_lines(facts: Sequence[Fact], chart: Chart) -> list[Line]:
    """类, 款 and 项 rows: three code columns and the name."""
    codes = by_code(facts, lambda fact: function_lineage(fact.function))
    return [
        Line(
            key=code,
            labels=(code[:3], code[3:5], code[5:7], chart.function_name(code)),
            facts=own,
            level=(len(code) - 1) // 2,
            parent=parent,
        )
        for code, (parent, own) in codes.items()
    ]


def economic_lines(facts: Sequence[Fact], chart: Chart) -> list[Line]:
    """类 and 款 rows: two code columns and the name."""
    codes = by_code(facts, lambda fact: economic_lineage(fact.economic))
    return [
        Line(
            key=code,
            labels=(code[:3], code[3:5], chart.economic_name(code)),
            facts=own,
            level=(len(code) - 1) // 2,
            parent=parent,
        )
        for code, (parent, own) in codes.items()
    ]


def class_lines(facts: Sequence[Fact], chart: Chart) -> list[Line]:
    """One row for every function class of the year, budgeted or not."""
    own = defaultdict(list)
    for fact in facts:
        own[fact.function[:3]].append(fact)
    return [
        Line(key=code, labels=(code, name), facts=own[code], level=CLASS_LEVEL, parent=TOTAL)
        for code, name in chart.function_classes()
    ]


def project_key(function: str, project: str) -> str:
    """The row key of a project under its function item; blanks would break an address."""
    return f"{function}:{remove_blanks(project)}"


def project_lines(facts: Sequence[Fact], chart: Chart) -> list[Line]:
    """Function rows with a row for each project under its item."""
    projects = defaultdict(list)
    for function, own in by_project(facts):
        projects[function].append(own)
    lines = []
    for line in function_lines(facts, chart):
        lines.append(replace(line, labels=(*line.labels, "")))
        lines += [
            Line(
                key=project_key(line.key, own[0].project),
                labels=("", "", "", "", own[0].project),
                facts=own,
                level=PROJECT_LEVEL,
                parent=line.key,
            )
            for own in projects[line.key]
        ]
    return lines


def by_project(facts: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
    """(function code, its facts) project by project in order; no project is a group of its own.

    Units share a row where their projects have the same name under the same code.
    """
    found = defaultdict(list)
    for fact in facts:
        project = fact.project if fact.nature is Nature.PROJECT else ""
        found[fact.function, remove_blanks(project)].append(fact)
    return [(function, own) for (function, _), own in sorted(found.items())]


def carryover_lines(facts: Sequence[Fact], chart: Chart) -> list[Line]:
    """A row for each project, or else function item, that is paid from last year's money."""
    return [_carried(function, own, chart) for function, own in by_project(facts)]


def _carried(function: str, own: list[Fact], chart: Chart) -> Line:
    project = own[0].project if own[0].nature is Nature.PROJECT else ""
    return Line(
        key=project_key(function, project) if project else function,
        labels=(project or chart.function_name(function),),
        facts=own,
        level=PROJECT_LEVEL if project else ITEM_LEVEL,
        parent=TOTAL,
    )


FUNCTION = Rows(kind=Kind.FUNCTION, lines=function_lines, levels=FUNCTION_LEVELS)
ECONOMIC = Rows(kind=Kind.ECONOMIC, lines=economic_lines, levels=ECONOMIC_LEVELS)
PROJECTS = Rows(kind=Kind.PROJECT, lines=project_lines, levels=FUNCTION_LEVELS)
CLASSES = Rows(kind=Kind.CLASS, lines=class_lines)
CARRIED = Rows(kind=Kind.CARRIED, lines=carryover_lines)


def fixed(*items: Item) -> Rows:
    """Rows that are printed whether they hold money or not."""
    parents = find_parents([(item.key, item.label, item.level) for item in items])

    def lines(facts: Sequence[Fact], _: Chart) -> list[Line]:
        return [
            Line(
                key=item.key,
                labels=(item.label,),
                facts=[fact for fact in facts if item.sums.holds(fact)],
                level=item.level,
                parent=parents[item.key],
            )
            for item in items
        ]

    return Rows(kind=Kind.ITEM, lines=lines, items=items)


def list_item_sums(rows: Rows) -> dict[str, list[str]]:
    """The fixed rows, and the total, that are sums of others, by what they are the sum of."""
    sums: dict[str, list[str]] = defaultdict(list)
    parents = find_parents([(item.key, item.label, item.level) for item in rows.items])
    for part, whole in parents.items():
        sums[whole].append(part)
    return dict(sums)


def find_parents(items: Sequence[tuple[str, str, int]]) -> dict[str, str]:
    """Whose part each (key, label, level) is: the last higher one's, or the total's.

    其中 begins a list and contains nothing; what stands on level 0 is part of nothing.
    """
    parents: dict[str, str] = {}
    open_items: list[tuple[str, int]] = []
    for key, label, level in items:
        open_items = [other for other in open_items if other[1] < level]
        parents[key] = open_items[-1][0] if open_items else (TOTAL if level else "")
        if not label.startswith("其中"):
            open_items.append((key, level))
    return parents
