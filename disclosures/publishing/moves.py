"""The moves of the workflow together with what they publish: what pages and workers call."""

from disclosures.models import Transition
from disclosures.publishing.publication import PublicationRefusedError, publish
from disclosures.publishing.records import register
from disclosures.workflow.moves import Attempt, MoveRefusedError, find_reason, make_move


def carry_out(attempt: Attempt) -> Transition:
    """Make a move; 公开 publishes the budget and registers how, or nothing has changed."""
    return make_move(attempt, publish=publish_approved)


def publish_approved(attempt: Attempt) -> None:
    """Publish an approved budget; MoveRefusedError says what stands against it."""
    try:
        made = publish(attempt.budget, who=attempt.who, reason=find_reason(attempt))
    except PublicationRefusedError as refusal:
        raise MoveRefusedError([str(refusal)]) from refusal
    register(made, attempt.budget, attempt.who)
