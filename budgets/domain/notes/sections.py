"""The twelve notes of 第三部分, in order."""

from budgets.domain.document import Section
from budgets.domain.notes import wording
from budgets.domain.notes.budgets import basic_expenditure, general_budget, single_budget
from budgets.domain.notes.matters import other_matters, three_public
from budgets.domain.notes.projects import carryover, projects
from budgets.domain.notes.whole import appropriations, expenditure, income, whole_budget
from budgets.domain.notes.writer import Writer

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


def write_notes(writer: Writer) -> list[Section]:
    """Each note with its number, its title and what it says."""
    return [
        Section(
            key=f"N{place}",
            number=number,
            title=title.format(**writer.names),
            blocks=tuple(write(writer)),
        )
        for place, (write, (number, title)) in enumerate(
            zip(TWELVE, wording.TITLES, strict=True), start=1
        )
    ]
