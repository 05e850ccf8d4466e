"""Where the findings of the checks are mended: the step, and the page that opens there."""

from collections.abc import Mapping
from itertools import islice

from budgets.domain.checks import SHARED_CHECKS
from budgets.domain.document import Document, Finding, Missing, OwnWords, fragment
from budgets.domain.problems import Problem
from budgets.models import Budget
from disclosures.workplace.clerk.steps import SHEET_KEYS, STEPS, Step, find_page, find_sheet

# Reasons and uses have a page instead of the screen of their sheet.
WORDS = "history"
# Checks that only say what has not been filled in yet, which is no fault while one is filling.
ASKING = frozenset(check.id for check in SHARED_CHECKS if check.asks)
OWNERS = {place: step for step in STEPS for place in (step.sheets or (step.key,))} | {
    WORDS: next(step for step in STEPS if step.key == "words")
}


def find_step(finding: Finding) -> Step:
    """The step in which a finding is mended."""
    return OWNERS[finding.sheet]


def find_owner(problem: Problem) -> Step | None:
    """The step whose sheet a problem of the data names; None where it names none."""
    return OWNERS.get(SHEET_KEYS.get(problem.sheet, ""))


def find_address(budget: Budget, finding: Finding, sentences: Mapping[str, str]) -> str:
    """The address of the page that mends a finding, at the sentence that it is about.

    `sentences` are the keys of the sentences by the cells whose words they ask for.
    """
    step = find_step(finding)
    if not step.page:
        return find_sheet(budget, finding.sheet)
    cells = (side.at for side in finding.sides)
    asked = (sentences[at] for at in cells if at in sentences)
    return find_page(budget, step.page) + "".join(fragment(key) for key in islice(asked, 1))


def list_sentences(document: Document) -> dict[str, str]:
    """The paragraphs that print the department's words, by the cell they are on."""
    found: dict[str, str] = {}
    for paragraph in document.paragraphs():
        for span in paragraph.spans:
            if isinstance(span, OwnWords | Missing):
                found.setdefault(span.at, paragraph.key)
    return found
