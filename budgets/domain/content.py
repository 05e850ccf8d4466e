"""The whole document of one filing as plain data: what publication freezes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from budgets.domain.chart import Chart
from budgets.domain.checks import run_checks
from budgets.domain.checks.case import Case
from budgets.domain.checks.finding import Finding
from budgets.domain.filing import Filing, GlossaryEntry
from budgets.domain.notes import write_notes
from budgets.domain.notes.desk import AGENCY_OPERATING, Desk
from budgets.domain.notes.history import History
from budgets.domain.notes.profile import glossary_section, profile_sections
from budgets.domain.notes.spans import Section
from budgets.domain.performance import build_performance
from budgets.domain.sets.table_set import build_tables

FORMAT = "budget-disclosure/1"


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before it is frozen: its content, and what the checks found in it."""

    content: dict[str, Any]
    findings: list[Finding]

    @property
    def blocking(self) -> list[Finding]:
        """The findings that must be mended first."""
        return [finding for finding in self.findings if finding.blocks]

    @property
    def canonical(self) -> str:
        """The content's one textual form, which the digest is taken of."""
        return canonical(self.content)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical form, in hexadecimal."""
        return digest(self.canonical)


def canonical(content: Mapping[str, Any]) -> str:
    """JSON with sorted keys, no blanks, and Chinese as it is."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def draft(
    filing: Filing,
    chart: Chart,
    glossary: Sequence[GlossaryEntry] = (),
    last_year: Mapping[str, Decimal] | None = None,
    others: Sequence[str] = (),
) -> Draft:
    """Build and check the document of a filing.

    `glossary` is the year's standard one, before the department's own terms. `last_year` holds
    the amounts (yuan, by address) of last year's published disclosure, None where there is none.
    `others` are the names of the county's other departments.
    """
    tables = build_tables(filing, chart)
    grids = tables | build_performance(filing, tables)
    history = History.of(filing.priors, last_year)
    desk = Desk.over(filing, chart, grids, history)
    parts = _parts(desk, [*glossary, *filing.glossary])
    sections = [section for part in parts for section in part.get("sections", ())]
    findings = run_checks(Case.over(desk, sections, others))
    return Draft(_content(desk, parts, findings), findings)


def _parts(desk: Desk, glossary: Sequence[GlossaryEntry]) -> list[dict[str, Any]]:
    year = desk.filing.year
    return [
        _part("profile", "第一部分", f"{year}年部门概况", profile_sections(desk.filing)),
        {
            "key": "tables",
            "number": "第二部分",
            "title": f"{year}年部门预算公开表",
            "grids": [key for key in desk.tables if key.startswith("T")],
        },
        _part("notes", "第三部分", f"{year}年部门预算情况说明", write_notes(desk)),
        _part("glossary", "第四部分", "名词解释", [glossary_section(glossary)]),
    ]


def _part(key: str, number: str, title: str, sections: Sequence[Section]) -> dict[str, Any]:
    return {"key": key, "number": number, "title": title, "sections": sections}


def _content(
    desk: Desk, parts: Sequence[dict[str, Any]], findings: Sequence[Finding]
) -> dict[str, Any]:
    filing = desk.filing
    name = filing.department.name
    return {
        "format": FORMAT,
        "title": f"{name}{filing.year}年部门预算公开",
        "year": filing.year,
        "currency": "CNY",
        "department": {"code": filing.department.code, "name": name},
        "units": [{"code": unit.code, "name": unit.name} for unit in filing.units],
        "signed_on": filing.signed_on.isoformat() if filing.signed_on else None,
        "parts": [_frozen_part(part) for part in parts],
        "grids": {key: grid.as_data() for key, grid in desk.tables.items()},
        "figures": {AGENCY_OPERATING: f"{desk.yuan(AGENCY_OPERATING):.2f}"},
        "checks": [finding.as_data() for finding in findings],
    }


def _frozen_part(part: dict[str, Any]) -> dict[str, Any]:
    if "sections" not in part:
        return part
    return part | {"sections": [section.as_data() for section in part["sections"]]}


def amounts_by_address(content: Mapping[str, Any]) -> dict[str, Decimal]:
    """Every amount of a frozen document in yuan, by its address; blanks left out."""
    amounts = {at: Decimal(yuan) for at, yuan in content["figures"].items()}
    for grid in content["grids"].values():
        for group in grid["groups"]:
            for row in group["rows"]:
                for cell in row["cells"]:
                    if cell.get("yuan") is not None:
                        amounts[cell["at"]] = Decimal(cell["yuan"])
    return amounts
