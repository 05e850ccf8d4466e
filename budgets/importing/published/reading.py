"""Reads a set's tables out of a workbook's raw sheets: entries, problems, what stands around."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from budgets.domain.chart import Chart
from budgets.domain.problems import Problem, Severity
from budgets.domain.sets import load_table_set
from budgets.domain.tables.form import TOTAL, Role
from budgets.domain.text import squeeze
from budgets.importing.published.bodies import BodyReader
from budgets.importing.published.headers import Header, find_header
from budgets.importing.published.imprint import FACTORS, Imprint, read_imprint
from budgets.importing.published.table import Table, Tables
from budgets.importing.published.titles import Section, find_sections
from budgets.spreadsheets import RawSheet

KEEP_TITLE = "请按规定的格式补上；没有金额的表也要有表头。"


@dataclass(slots=True)
class Reading:
    """What was read: the tables, each one's imprint, and the problems."""

    tables: Tables
    imprints: dict[Role, Imprint] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A table's place: its section, the header in it, and what stands around."""

    section: Section
    header: Header
    imprint: Imprint


def read_tables(sheets: Sequence[RawSheet], chart: Chart) -> Reading:
    """Every table that the sheets hold; amounts in yuan by each table's own unit."""
    table_set = load_table_set(chart.table_set)
    reading = Reading(Tables(table_set, {form.role: Table(form) for form in table_set.forms}))
    found = find_tables(sheets, reading)
    reading.imprints = {role: place.imprint for role, place in found.items()}
    stated = {place.imprint.factor for place in found.values() if place.imprint.unit}
    common = stated.pop() if len(stated) == 1 else None
    classes = {squeeze(name): code for code, name in chart.function_classes()}
    for role, place in found.items():
        factor = place.imprint.factor if place.imprint.unit else common
        reading.problems += find_faults(place, factor)
        reading.tables.of[role] = read_table(reading, place, factor, classes)
    reading.problems += report_lacking(reading.tables)
    return reading


def find_tables(sheets: Sequence[RawSheet], reading: Reading) -> dict[Role, Found]:
    """The place of each table that has a header; a mere list of titles has none."""
    places: dict[Role, list[Found]] = {}
    for section in find_sections(sheets, reading.tables.table_set):
        header = find_header(section.form, section.lines)
        if header:
            found = Found(section, header, read_imprint(section, header))
            places.setdefault(section.form.role, []).append(found)
    for own in places.values():
        reading.problems += [report_twice(own[0], other) for other in own[1:]]
    return {role: own[0] for role, own in places.items()}


def read_table(
    reading: Reading, place: Found, factor: int | None, classes: Mapping[str, str]
) -> Table:
    """One table with its entries; none where its columns or its unit are not known."""
    section, header = place.section, place.header
    table = Table(section.form, section.sheet.name, factor or 1)
    if not header.is_whole or factor is None:
        table.is_torn = True
        return table
    table.columns = {key: ref for side in header.sides for key, ref in side.refs.items()}
    reader = BodyReader(table, section, header, classes)
    reader.read()
    reading.problems += reader.problems
    return table


def find_faults(place: Found, factor: int | None) -> Iterator[Problem]:
    """What is wrong with a table's header and unit."""
    form, sheet, header = place.section.form, place.section.sheet.name, place.header
    for side in header.sides:
        for heading in side.missing:
            message = f"{form.label}“{form.title}”找不到“{heading}”列。"
            yield Problem(sheet=sheet, message=message, advice="请补上这一列，表头按规定的写法。")
    if header.twice:
        message = f"{form.label}有相同的列。"
        cells = tuple(header.twice)
        yield Problem(sheet=sheet, cells=cells, message=message, advice="请只保留一列。")
    if factor is None:
        unit = place.imprint.unit
        message = (
            f"{form.label}的金额单位是“{unit.text}”。" if unit else f"{form.label}没有写金额单位。"
        )
        cells = (unit.ref,) if unit else ()
        advice = f"请在表头上方写“单位：万元”或“单位：元”；只能是{'或'.join(FACTORS)}。"
        yield Problem(sheet=sheet, cells=cells, message=message, advice=advice)


def report_twice(first: Found, other: Found) -> Problem:
    """A table that stands in the file twice."""
    form = first.section.form
    place = first.section.sheet.name
    return Problem(
        sheet=other.section.sheet.name,
        message=f"{form.label}“{form.title}”出现了不止一次，另一处在工作表“{place}”。",
        advice="请只保留一处。",
    )


def report_lacking(tables: Tables) -> Iterator[Problem]:
    """Tables that were not found; one is missed where its money is income."""
    for form in tables.table_set.forms:
        table, paid = tables[form.role], tables[Role.INCOME]
        table.is_missed = any(paid.yuan(TOTAL, column) for column in form.accounts_for)
        if not table.sheet:
            is_error = form.needed or table.is_missed
            yield Problem(
                message=f"没有找到{form.label}“{form.title}”。",
                advice=KEEP_TITLE if is_error else "按空表处理，请核对是否遗漏。",
                severity=Severity.ERROR if is_error else Severity.WARNING,
            )
