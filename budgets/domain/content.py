"""The whole document of one filing, made and checked: what publication freezes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from budgets.domain.chart import Chart
from budgets.domain.checks import run_checks
from budgets.domain.checks.case import Case, FindMissing
from budgets.domain.document import FORMAT, Body, Document, Part
from budgets.domain.filing import Filing, GlossaryEntry
from budgets.domain.notes import Writer, write_notes
from budgets.domain.sets import load_table_set


def draft(
    filing: Filing,
    chart: Chart,
    glossary: Sequence[GlossaryEntry] = (),
    last_year: Mapping[str, Decimal] | None = None,
    others: Sequence[str] = (),
    missing_glyphs: FindMissing | None = None,
) -> Document:
    """Build and check the document of a filing.

    `glossary` is the year's standard one, before the department's own terms. `last_year` holds
    the amounts (yuan, by address) of last year's published disclosure, None where there is none.
    `others` are the names of the county's other departments. `missing_glyphs` names the
    characters of a text that cannot be printed; without it that is not checked.
    """
    writer = Writer.over(filing, chart, last_year)
    name, year = filing.department.name, filing.year
    table_set = load_table_set(chart.table_set)
    terms = table_set.write_glossary([*glossary, *filing.glossary])
    parts = (
        Part(
            key="profile",
            number="第一部分",
            title=f"{year}年部门概况",
            sections=tuple(table_set.write_profile(filing)),
        ),
        Part(
            key="tables",
            number="第二部分",
            title=f"{year}年部门预算公开表",
            tables=tuple(form.key for form in table_set.forms),
        ),
        Part(
            key="notes",
            number="第三部分",
            title=f"{year}年部门预算情况说明",
            sections=tuple(write_notes(writer)),
        ),
        Part(key="glossary", number="第四部分", title="名词解释", sections=(terms,)),
    )
    sections = [section for part in parts for section in part.sections]
    return Document(
        format=FORMAT,
        title=f"{name}{year}年部门预算公开",
        year=year,
        currency="CNY",
        department=Body(code=filing.department.code, name=name),
        units=tuple(Body(code=unit.code, name=unit.name) for unit in filing.units),
        signed_on=filing.signed_on,
        parts=parts,
        tables=tuple(writer.tables.values()),
        checks=tuple(run_checks(Case(writer, sections, others, missing_glyphs))),
    )
