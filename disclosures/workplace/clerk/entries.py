"""What a page of data entry asks: fieldsets that are typed and saved together.

A fieldset is a sheet of the filing workbook or a part of one; together they are parts of a budget.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from budgets.domain.facts import Fact, Fund
from budgets.domain.filing import Filing, ProjectPlan
from budgets.spreadsheets import SHEETS, YUAN, SheetCell, SheetRow, Sheets
from budgets.spreadsheets.filing_rows import list_usual_places
from budgets.spreadsheets.sheets import NUMERIC, Sheet, SheetColumn
from budgets.spreadsheets.values import spell_value
from disclosures.workplace.clerk.page import SHEET_TITLES

Texts = list[dict[str, str]]
Laid = Mapping[str, Any]
AllRows = Mapping[str, Sequence[Laid]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fieldset:
    """What a page asks of a sheet.

    `columns` are typed; `given` holds the values of other columns, the same in every row. `owns`
    tells which stored rows the fieldset shows and replaces. `spare` blank rows end a list, and
    `starts` are texts that rows begin with: they alone make no row. `fixed` columns are shown and
    posted, but not for typing. `intro` stands in place of the sheet's own. A `single` row of a list
    is shown as a record, and the rows of an `ordered` one can be moved. `unstated` is how a record
    reads that says nothing.
    """

    sheet: Sheet
    columns: tuple[SheetColumn, ...]
    given: Mapping[str, object] = field(default_factory=dict)
    owns: Callable[[Laid], bool] = lambda row: True
    starts: tuple[dict[str, str], ...] = ()
    fixed: tuple[str, ...] = ()
    intro: str | None = None
    single: bool = False
    ordered: bool = False
    spare: int = 0
    unstated: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The sheet's key, which all names of fields begin with."""
        return self.sheet.key

    @property
    def is_record(self) -> bool:
        """True for one record of labelled fields, false for rows."""
        return self.sheet.is_form or self.single

    def prefix(self, number: int = 1) -> str:
        """What the names of a row's fields begin with: `profile`, or `income-3` in a list."""
        return self.key if self.is_record else f"{self.key}-{number}"

    def name(self, key: str, number: int = 1) -> str:
        """The name and id of a field: `profile-duties`, or `income-3-amount` in a list."""
        return f"{self.prefix(number)}-{key}"

    def tell_place(self, ref: str) -> str:
        """The name of one of the fields in words: 第3行“金额”; empty for any other name."""
        for column in self.columns:
            if self.is_record and ref == self.name(column.key):
                return f"“{column.header}”"
            number = ref.removeprefix(f"{self.key}-").removesuffix(f"-{column.key}")
            if number.isdecimal() and ref == self.name(column.key, int(number)):
                return f"第{number}行“{column.header}”"
        return ""

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns by which a row is known, whatever its place; none in an ordinary list."""
        return tuple(self.starts[0]) if self.starts and self.fixed else ()

    @property
    def blank(self) -> dict[str, str]:
        return {column.key: "" for column in self.columns}

    def is_blank(self, row: Mapping[str, str]) -> bool:
        """True where nothing was typed beside what the page itself had put there."""
        if not any(text.strip() for text in row.values()):
            return True
        return any(row == self.blank | start for start in self.starts)

    def spell(self, rows: Sequence[Laid], money_unit: str) -> Texts:
        """Rows of values as the texts of their fields; what is unstated is blank."""
        return [
            {
                column.key: ""
                if self.is_unstated(column, row)
                else spell_value(column, row.get(column.key), money_unit)
                for column in self.columns
            }
            for row in rows
        ]

    def is_unstated(self, column: SheetColumn, row: Laid) -> bool:
        """True where a figure of a record is what saying nothing would give."""
        known = column.kind in NUMERIC and column.key in self.unstated
        return known and row.get(column.key) == self.unstated[column.key]

    def begin(self, texts: Texts) -> Texts:
        """Texts with the starts among them, each in its place, and what else there is after.

        A record that nobody has filled has blank fields.
        """
        if self.is_record:
            return texts or [self.blank]
        if not self.starts:
            return texts
        placed: Texts = []
        for start in self.starts:
            own = [row for row in texts if row not in placed and start.items() <= row.items()]
            placed += own or [self.blank | start]
        return placed + [row for row in texts if row not in placed]

    def spread(self, texts: Texts, more: int = 0) -> Texts:
        """Texts with blank rows at the end: as many as the fieldset spares, and `more`."""
        if self.is_record:
            return texts
        blank_at_end = 0
        while blank_at_end < len(texts) and self.is_blank(texts[-1 - blank_at_end]):
            blank_at_end += 1
        lacking = max(0, self.spare - blank_at_end) + more
        return [*texts, *(self.blank for _ in range(lacking))]


BY_KEY = {sheet.key: sheet for sheet in SHEETS}
# Which parts of a budget a sheet is; 所属单位 is kept by the bureau and is typed nowhere here.
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
class EntryPlan:
    """What one page asks for, the parts of a filing that it is, and its own title.

    `prepare` brings what the ledger holds in line with what was typed before both are joined, and
    `finish` adds to the joined filing what follows from it.
    """

    key: str
    title: str
    fieldsets: tuple[Fieldset, ...]
    parts: tuple[str, ...]
    prepare: Callable[[AllRows], AllRows] = lambda laid: laid
    finish: Callable[[Filing], Filing] = lambda filing: filing

    @property
    def what(self) -> str:
        """What the trace says when it was saved."""
        return f"保存“{self.title}”"

    def spell(self, laid: AllRows, money_unit: str = YUAN) -> dict[str, Texts]:
        """What the ledger holds, as the texts of the fields, by fieldset."""
        return {
            each.key: each.spell([row for row in laid[each.key] if each.owns(row)], money_unit)
            for each in self.fieldsets
        }


def plan_sheet(sheet: Sheet, laid: AllRows, unstated: AllRows, is_unit: bool) -> EntryPlan:
    """The entry of one whole sheet.

    `unstated` are the rows of a filing that says nothing; `is_unit` is true for the budget of a
    subordinate unit.
    """
    starts = list_starts(sheet, laid)
    is_by_fund = sheet.key == "income" and bool(starts)
    cover = laid["cover"][0] if sheet.key == "cover" else {}
    fieldset = Fieldset(
        sheet=sheet,
        columns=list_columns(sheet, laid, is_unit),
        starts=starts,
        fixed=("fund",) if is_by_fund else (),
        spare=0 if is_by_fund else SPARE_ROWS.get(sheet.key, USUAL_SPARE),
        unstated=unstated[sheet.key][0] if sheet.is_form else {},
        given={key: value for key, value in cover.items() if key not in COVER_TYPED},
    )
    return EntryPlan(
        key=sheet.key,
        title=SHEET_TITLES[sheet.key],
        fieldsets=(fieldset,),
        parts=PARTS[sheet.key],
        finish=add_named_projects if sheet.key == "expenditure" else lambda filing: filing,
    )


def list_columns(sheet: Sheet, laid: AllRows, is_unit: bool) -> tuple[SheetColumn, ...]:
    """The columns that are typed: units and internal money only where there are units at all."""
    if sheet.key == "cover":
        return tuple(sheet.column(key) for key in COVER_TYPED)
    has_internal = is_unit or laid["units"] or any(row.get("internal") for row in laid[sheet.key])
    without = () if laid["units"] else ("unit",)
    return sheet.typed(*without, *(() if has_internal else ("internal",)))


def list_starts(sheet: Sheet, laid: AllRows) -> tuple[dict[str, str], ...]:
    """What a list begins with: all funds where there is one unit, the places usually spoken of."""
    if sheet.key == "income" and not laid["units"]:
        return tuple({"fund": fund.label} for fund in Fund)
    if sheet.key == "history":
        return tuple({"place": row["place"].label} for row in list_usual_places())
    return ()


def add_named_projects(filing: Filing) -> Filing:
    """A project that is named in the expenditure for the first time is on the project list."""
    known = {(plan.unit, plan.name) for plan in filing.projects}
    named = dict.fromkeys((fact.unit, fact.project) for fact in filing.facts if fact.project)
    new = (ProjectPlan(unit=unit, name=name) for unit, name in named if (unit, name) not in known)
    return replace(filing, projects=(*filing.projects, *new))


def join_rows(entry: EntryPlan, laid: AllRows, typed: Mapping[str, Sequence[SheetRow]]) -> Sheets:
    """The whole filing as rows: what was typed, in its place among what the ledger holds."""
    fieldsets = {each.key: each for each in entry.fieldsets}
    present = entry.prepare(laid)
    sheets = Sheets()
    for sheet in SHEETS:
        # Cells of stored rows have no ref, since nobody typed them.
        rows = [
            (
                row,
                SheetRow.of(sheet.title, {c.key: SheetCell(row.get(c.key)) for c in sheet.columns}),
            )
            for row in present[sheet.key]
        ]
        sheets.rows[sheet.key] = [row for _, row in rows]
        if fieldset := fieldsets.get(sheet.key):
            owned = [fieldset.owns(row) for row, _ in rows]
            first = owned.index(True) if True in owned else len(rows)
            kept = [row for (_, row), own in zip(rows, owned, strict=True) if not own]
            sheets.rows[sheet.key] = [*kept[:first], *typed[sheet.key], *kept[first:]]
    return sheets


def sign_origins(filing: Filing) -> Filing:
    """Facts that were typed remember the row of their sheet in place of the field: `收入!第3行`.

    One that was joined has only its sheet.
    """

    def sign(facts: Iterable[Fact]) -> tuple[Fact, ...]:
        return tuple(
            replace(fact, origin=TYPED_AT.sub(r"!第\1行", fact.origin).removesuffix("!"))
            for fact in facts
        )

    return replace(filing, facts=sign(filing.facts), three_public=sign(filing.three_public))


def fingerprint(texts: Mapping[str, Texts]) -> str:
    """A digest of what stands in the fields of fieldsets, by their keys; money in 元.

    A form carries it from the moment it is filled to the moment it is saved.
    """
    plain = json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()
