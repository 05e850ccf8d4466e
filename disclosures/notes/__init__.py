"""The document's text: sentences from finished tables, never from the ledger."""

from disclosures.notes import wording
from disclosures.notes.budgets import basic_expenditure, general_budget, single_budget
from disclosures.notes.desk import AGENCY_OPERATING, Desk, split_address
from disclosures.notes.history import Change, History, percent
from disclosures.notes.matters import other_matters, three_public
from disclosures.notes.phrase import continue_sentence
from disclosures.notes.profile import glossary_section, profile_sections
from disclosures.notes.projects import carryover, projects
from disclosures.notes.spans import Paragraph, Section, Span
from disclosures.notes.whole import appropriations, expenditure, income, whole_budget

TWELVE = (
    whole_budget,
    income,
    expenditure,
    appropriations,
    general_budget,
    basic_expenditure,
    projects,
    single_budget("N8", "T8", "政府性基金预算"),
    single_budget("N9", "T9", "国有资本经营预算"),
    three_public,
    carryover,
    other_matters,
)


def write_notes(desk: Desk) -> list[Section]:
    """The twelve notes of 第三部分, in order."""
    return [
        Section(
            key=f"N{place}",
            number=number,
            title=title.format(**desk.names),
            blocks=tuple(write(desk)),
        )
        for place, (write, (number, title)) in enumerate(
            zip(TWELVE, wording.TITLES, strict=True), start=1
        )
    ]


__all__ = [
    "AGENCY_OPERATING",
    "Change",
    "Desk",
    "History",
    "Paragraph",
    "Section",
    "Span",
    "continue_sentence",
    "glossary_section",
    "percent",
    "profile_sections",
    "split_address",
    "write_notes",
]
