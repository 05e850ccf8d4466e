"""Where the findings of the checks are mended: the step, and the page that opens there."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from budgets.domain.checks.finding import Finding
from budgets.domain.problems import Problem
from budgets.models import Budget
from disclosures.publishing.document.composition import fragment
from disclosures.workplace.clerk.steps import SHEET_KEYS, STEPS, Step, find_page, find_sheet

# Reasons and uses have a page instead of the screen of their sheet.
WORDS, PREVIEW = "history", "preview"
EXPENDITURE = (
    "T1-balance",
    "T1-T2",
    "T1-T3",
    "T4-balance",
    "T4-T5-T8-T9",
    "T5-T6",
    "T5-T7",
    "T3-rest",
    "T11-T1",
    "T11-T1-fiscal",
    "P0-T1",
    "across",
    "levels",
    "T2-T3-rows",
    "T1-T3-classes",
    "funds-balance",
    "function-economic",
    "internal-balance",
    "three-public-rise",
)
# The sheet, or the page of a step without one, where the findings of each check are mended.
MENDED_AT: dict[str, str] = dict.fromkeys(EXPENDITURE, "expenditure") | {
    "T10-within": "three_public",
    "targets": "projects",
    "weights": "projects",
    "costs": "projects",
    "P-T3": "projects",
    "projects-explained": "projects",
    "document-complete": "profile",
    "staff": "profile",
    "staff-authorized": "profile",
    "procurement-sum": "particulars",
    "procurement-reserved": "particulars",
    "vehicles": "particulars",
    "last-year-sum": WORDS,
    "last-year-published": WORDS,
    "words-complete": WORDS,
    "words-content": WORDS,
    "words-department": WORDS,
    "words-year": WORDS,
    "words-repeated": WORDS,
    "words-unused": WORDS,
    "privacy": PREVIEW,
    "glyphs": PREVIEW,
}
# Checks that only say what has not been filled in yet, which is no fault while one is filling.
ASKING = frozenset({"words-complete", "targets", "projects-explained", "document-complete"})
OWNERS = {place: step for step in STEPS for place in (step.sheets or (step.key,))} | {
    WORDS: next(step for step in STEPS if step.key == "words")
}


def find_step(finding: Finding) -> Step:
    """The step in which a finding is mended."""
    return OWNERS[find_place(finding)]


def find_place(finding: Finding) -> str:
    """The key of the sheet, or of the step with a page, where a finding is mended."""
    return finding.outcome.sheet or MENDED_AT[finding.check.id]


def find_owner(problem: Problem) -> Step | None:
    """The step whose sheet a problem of the data names; None where it names none."""
    return OWNERS.get(SHEET_KEYS.get(problem.sheet, ""))


def find_address(budget: Budget, finding: Finding, sentences: Mapping[str, str]) -> str:
    """The address of the page that mends a finding, at the sentence that it is about.

    `sentences` are the keys of the sentences by the cells whose words they ask for.
    """
    step = find_step(finding)
    if not step.page:
        return find_sheet(budget, find_place(finding))
    cells = (figure.at for figure in finding.outcome.figures)
    asked = (sentences[at] for at in cells if at in sentences)
    return find_page(budget, step.page) + "".join(fragment(key) for key in islice(asked, 1))


def list_sentences(content: Mapping[str, Any]) -> dict[str, str]:
    """The key of the sentence that asks for each cell's words, by the cell's address."""
    found: dict[str, str] = {}
    for part in content["parts"]:
        for section in part.get("sections", ()):
            for block in section["blocks"]:
                for span in block.get("spans", ()):
                    found.setdefault(span.get("words", ""), block.get("key", ""))
    return found
