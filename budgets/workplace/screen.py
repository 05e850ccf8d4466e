"""A screen: sections that are typed and saved together, and the parts of the budget they are."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from budgets.facts import Fact, Filing, Fund, ProjectPlan
from budgets.workbook import SHEETS, YUAN, Cell, Row, Sheets
from budgets.workbook.columns import Column, Sheet
from budgets.workbook.filling import lay_usual_places
from budgets.workplace.section import Laid, Section, Texts, choose_columns, show_rows

AllRows = Mapping[str, Sequence[Laid]]
BY_KEY = {sheet.key: sheet for sheet in SHEETS}
# Which parts of a budget a sheet is; 所属单位 is kept by the bureau and is no screen.
PARTS = {
    "cover": ("signed_on",),
    "profile": ("profile",),
    "income": ("income",),
    "expenditure": ("expenditure", "projects"),
    "history": ("priors", "words"),
    "projects": ("projects",),
    "indicators": ("overall", "projects"),
    "overall": ("overall",),
    "particulars": ("particulars", "three_public_why"),
    "three_public": ("three_public",),
    "glossary": ("glossary",),
}
COVER_TYPED = ("signed_on",)
SPARE_ROWS = {"expenditure": 10, "glossary": 3, "history": 3}
USUAL_SPARE = 5
TYPED_AT = re.compile(r"!\w+-(\d+)-\w+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Sections with their fields, the parts of a filing that they are, and the screen's own title.

    `prepare` brings what the ledger holds in line with what was typed before both are joined, and
    `finish` adds to the joined filing what follows from it.
    """

    key: str
    title: str
    sections: tuple[Section, ...]
    parts: tuple[str, ...]
    prepare: Callable[[AllRows], AllRows] = lambda laid: laid
    finish: Callable[[Filing], Filing] = lambda filing: filing

    @property
    def what(self) -> str:
        """What the trace says when it was saved."""
        return f"保存“{self.title}”"

    def show(self, laid: AllRows, money_unit: str = YUAN) -> dict[str, Texts]:
        """What the ledger holds, as the texts of the screen's fields, by section."""
        return {
            section.key: show_rows(
                section, [row for row in laid[section.key] if section.owns(row)], money_unit
            )
            for section in self.sections
        }


def make_screen(sheet: Sheet, laid: AllRows, unstated: AllRows, is_unit: bool) -> Screen:
    """The screen of one whole sheet.

    `unstated` are the rows of a filing that says nothing; `is_unit` is true for the budget of a
    subordinate unit.
    """
    starts = list_starts(sheet, laid)
    is_by_fund = sheet.key == "income" and bool(starts)
    section = Section(
        sheet=sheet,
        columns=list_columns(sheet, laid, is_unit),
        starts=starts,
        fixed=("fund",) if is_by_fund else (),
        spare=0 if is_by_fund else SPARE_ROWS.get(sheet.key, USUAL_SPARE),
        unstated=unstated[sheet.key][0] if sheet.is_form else {},
        given=cover_of(laid) if sheet.key == "cover" else {},
    )
    return Screen(
        key=sheet.key,
        title="落款日期" if sheet.key == "cover" else sheet.title,
        sections=(section,),
        parts=PARTS[sheet.key],
        finish=describe_projects if sheet.key == "expenditure" else lambda filing: filing,
    )


def list_columns(sheet: Sheet, laid: AllRows, is_unit: bool) -> tuple[Column, ...]:
    """The columns that are typed: units and internal money only where there are units at all."""
    if sheet.key == "cover":
        return tuple(sheet.column(key) for key in COVER_TYPED)
    has_internal = is_unit or laid["units"] or any(row.get("internal") for row in laid[sheet.key])
    without = () if laid["units"] else ("unit",)
    return choose_columns(sheet, *without, *(() if has_internal else ("internal",)))


def list_starts(sheet: Sheet, laid: AllRows) -> tuple[dict[str, str], ...]:
    """What a list begins with: all funds where there is one unit, the places usually spoken of."""
    if sheet.key == "income" and not laid["units"]:
        return tuple({"fund": fund.label} for fund in Fund)
    if sheet.key == "history":
        return tuple({"place": row["place"].label} for row in lay_usual_places())
    return ()


def cover_of(laid: AllRows) -> dict[str, object]:
    """What the cover says that nobody types on a screen."""
    return {key: value for key, value in laid["cover"][0].items() if key not in COVER_TYPED}


def describe_projects(filing: Filing) -> Filing:
    """A project that is named in the expenditure for the first time is on the project list."""
    known = {(plan.unit, plan.name) for plan in filing.projects}
    named = dict.fromkeys((fact.unit, fact.project) for fact in filing.facts if fact.project)
    new = (ProjectPlan(unit=unit, name=name) for unit, name in named if (unit, name) not in known)
    return replace(filing, projects=(*filing.projects, *new))


def combine(screen: Screen, laid: AllRows, typed: Mapping[str, Sequence[Row]]) -> Sheets:
    """The whole filing as rows: what was typed, in its place among what the ledger holds."""
    sections = {section.key: section for section in screen.sections}
    present = screen.prepare(laid)
    sheets = Sheets()
    for sheet in SHEETS:
        rows = [(row, lay_row(sheet, row)) for row in present[sheet.key]]
        sheets.rows[sheet.key] = [row for _, row in rows]
        if section := sections.get(sheet.key):
            owned = [section.owns(row) for row, _ in rows]
            first = owned.index(True) if True in owned else len(rows)
            kept = [row for (_, row), own in zip(rows, owned, strict=True) if not own]
            sheets.rows[sheet.key] = [*kept[:first], *typed[sheet.key], *kept[first:]]
    return sheets


def lay_row(sheet: Sheet, row: Laid) -> Row:
    """A stored row; its cells have no ref, since nobody typed them."""
    return Row.of(sheet.title, {column.key: Cell(row.get(column.key)) for column in sheet.columns})


def sign_origins(filing: Filing) -> Filing:
    """Facts that were typed remember the row of their sheet: `收入!第3行`."""
    return replace(
        filing,
        facts=tuple(sign_origin(fact) for fact in filing.facts),
        three_public=tuple(sign_origin(fact) for fact in filing.three_public),
    )


def sign_origin(fact: Fact) -> Fact:
    """One fact with its row in place of its field; one that was joined has only its sheet."""
    return replace(fact, origin=TYPED_AT.sub(r"!第\1行", fact.origin).removesuffix("!"))
