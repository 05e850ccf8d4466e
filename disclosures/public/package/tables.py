"""The package's tables, filled disclosure by disclosure from frozen content."""

import csv
import io
from collections.abc import Iterator

from budgets.domain import document as domain
from budgets.domain.document import Document
from budgets.domain.tables.form import Role
from disclosures.models import Disclosure
from disclosures.public.package.columns import (
    CODES,
    DISCLOSURES,
    FIGURES,
    GLOSSARY,
    describe,
    list_names,
)
from disclosures.publishing.document.figures import list_table_figures
from disclosures.publishing.exports.csv import defuse

# Where a year's codes are read from, and how long each kind's are.
SPENDING, ECONOMIC = Role.SPENDING, Role.BASIC
KINDS = {SPENDING: "function", ECONOMIC: "economic"}
LENGTHS = {"function": (3, 5, 7), "economic": (3, 5)}


class Table:
    """A CSV in the making, with what describes it."""

    def __init__(self, name: str, title: str, columns: tuple, key: list[str]) -> None:
        self.resource = describe(name, title, columns, key)
        self.text = io.StringIO(newline="")
        self.lines = csv.writer(self.text)
        self.lines.writerow(list_names(columns))

    def write(self, *values: object) -> None:
        """A row; text that a spreadsheet program would compute is made harmless."""
        self.lines.writerow(defuse(each) if isinstance(each, str) else each for each in values)

    @property
    def data(self) -> bytes:
        """The file, with the mark by which spreadsheet programs know UTF-8."""
        return self.text.getvalue().encode("utf-8-sig")


class Tables:
    """All tables of a year's package."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.disclosures = Table("disclosures", "各部门的公开", DISCLOSURES, ["department"])
        self.codes = Table("codes", "出现过的科目", CODES, ["kind", "code"])
        self.glossary = Table("glossary", "名词解释", GLOSSARY, ["department", "place"])
        self.figures: dict[str, Table] = {}
        self.names: dict[tuple[str, str], str] = {}

    def add(self, disclosure: Disclosure) -> None:
        """One department: its version, its figures, its codes, its glossary."""
        document, department = disclosure.document, disclosure.department
        known = (self.year, department.code, document.department.name)
        self.disclosures.write(
            *known,
            disclosure.version,
            disclosure.title,
            disclosure.published_at.isoformat(),
            disclosure.reason,
            disclosure.digest,
            *(name_document(disclosure, kind) for kind in ("pdf", "xlsx", "json")),
        )
        for grid in document.tables:
            self.add_grid(grid, (*known, disclosure.version))
        for place, text in enumerate(list_terms(document), start=1):
            self.glossary.write(department.code, place, text)

    def add_grid(self, grid: domain.Table, known: tuple) -> None:
        """The amounts of one of the eleven tables, and the codes that it names."""
        if grid.number is None:
            return
        table = self.figures.get(grid.key) or self.open_figures(grid)
        for each in list_table_figures(grid):
            names = (each["row"], each["name"], each["column"], each["heading"])
            # An amount stands as a number, which no program takes for a formula.
            table.write(*known, each["at"], *names, each["scope"], each["yuan"], each["text"])
            self.note_code(KINDS.get(grid.key, ""), each["row"], each["name"])

    def open_figures(self, grid: domain.Table) -> Table:
        """The table for all departments' amounts of one of the eleven."""
        title = f"{grid.label} {grid.title}"
        made = Table(f"figures-{grid.key.lower()}", title, FIGURES, ["at", "department"])
        return self.figures.setdefault(grid.key, made)

    def note_code(self, kind: str, code: str, name: str) -> None:
        """Remember a code by the name under which the first department used it."""
        if len(code) in LENGTHS.get(kind, ()) and code.isdigit():
            self.names.setdefault((kind, code), name)

    def finish(self) -> list[Table]:
        """All tables, filled, in the order in which they are described."""
        for (kind, code), name in sorted(self.names.items()):
            parent = code[:-2] if len(code) > LENGTHS[kind][0] else ""
            self.codes.write(self.year, kind, code, name, parent)
        return [self.disclosures, *self.figures.values(), self.codes, self.glossary]


def name_document(disclosure: Disclosure, kind: str) -> str:
    """Where a file of a version lies in the package; nothing where the version has no such file."""
    kinds = {file.kind for file in disclosure.files.all()}
    own = f"{disclosure.department.code}-v{disclosure.version}"
    return f"documents/{own}.{kind}" if kind in kinds else ""


def list_terms(document: Document) -> Iterator[str]:
    """The paragraphs of the glossary, as printed."""
    for part, section in document.sections():
        if part.key == "glossary":
            yield from (paragraph.text for paragraph in section.paragraphs())
