"""What was submitted, kept as it stood, so that the next time shows what has changed since."""

from budgets.domain.document import Document
from budgets.models import Budget, State
from disclosures.models import Submission, Transition

# In these states the last submission is what lies on the desk; else it is what lay there before.
ON_DESK = frozenset({State.SUBMITTED, State.APPROVED, State.PUBLISHED})


def keep_submission(transition: Transition, made: Document) -> Submission:
    """Keep the document of a submission."""
    return Submission.objects.create(transition=transition, content=made.canonical)


def find_earlier(budget: Budget) -> Submission | None:
    """The submission to compare the budget with as it stands; None where there was none before."""
    mine = Submission.objects.filter(transition__budget=budget).select_related("transition__who")
    place = 1 if budget.state in ON_DESK else 0
    return next(iter(mine[place : place + 1]), None)
