"""How a budget is published: by a move of the workflow, or past it from the command line."""

from django.contrib.auth import get_user_model
from django.db import transaction

from budgets.audit import Action, write_entry
from budgets.models import Budget, State
from disclosures.models import Disclosure, Record, Transition
from disclosures.publishing.publication import PublicationRefusedError, publish
from disclosures.workflow.deadline import count_days
from disclosures.workflow.moves import Attempt, MoveRefusedError, find_reason, make_move

ACCOUNT, NAME = "command-line", "命令行"
WORDS = "由命令行公开，没有经过工作台的批复。"
AGAIN = "由命令行更正。"


def carry_out(attempt: Attempt) -> Transition:
    """Make a move; 公开 publishes the budget and registers how, or nothing has changed.

    MoveRefusedError says what stands against it.
    """

    def publish_approved(attempt: Attempt) -> None:
        try:
            made = publish(attempt.budget, who=attempt.who, reason=find_reason(attempt))
        except PublicationRefusedError as refusal:
            raise MoveRefusedError([str(refusal)]) from refusal
        register(made, attempt.budget, attempt.who)

    return make_move(attempt, publish=publish_approved)


def register(disclosure: Disclosure, budget: Budget, who) -> Record:
    """Keep how a version came to be public, once: a version that is registered stays as it is.

    The approval is the one of exactly this content, as long as the budget stands approved.
    """
    approved_at = None
    if budget.state == State.APPROVED:
        steps = Transition.objects.filter(budget=budget, after=State.APPROVED)
        approved_at = steps.filter(digest=disclosure.digest).values_list("at", flat=True).first()
    days = count_days(approved_at, disclosure.published_at) if approved_at else None
    registered, _ = Record.objects.get_or_create(
        disclosure=disclosure,
        defaults={"approved_at": approved_at, "days": days, "pressed_by": who},
    )
    return registered


@transaction.atomic
def publish_directly(budget: Budget, *, reason: str = "") -> Disclosure:
    """Publish a budget from whatever state it is in, which ends as public; run again, no change.

    Raises PublicationRefusedError as `publish` does; then nothing has changed.
    """
    held = Budget.objects.select_related("department").select_for_update(of=("self",))
    budget = held.get(pk=budget.pk)
    disclosure = publish(budget, reason=reason)
    who = open_account()
    register(disclosure, budget, who)
    for before, after, words in list_steps(budget, disclosure, reason.strip()):
        digest = disclosure.digest if after == State.PUBLISHED else ""
        Transition.objects.create(
            budget=budget, before=before, after=after, who=who, words=words, digest=digest
        )
        write_entry(
            Action.PUBLISH if after == State.PUBLISHED else Action.CORRECT,
            subject=budget,
            before={"状态": before.label},
            after={"状态": after.label},
            words=words,
        )
    Budget.objects.filter(pk=budget.pk).update(state=State.PUBLISHED)
    return disclosure


def list_steps(
    budget: Budget, disclosure: Disclosure, reason: str
) -> list[tuple[State, State, str]]:
    """(before, after, words) of what must be recorded; nothing where it has been already."""
    if budget.state != State.PUBLISHED:
        return [(State(budget.state), State.PUBLISHED, WORDS)]
    last = Transition.objects.filter(budget=budget, after=State.PUBLISHED).first()
    if last and last.digest == disclosure.digest:
        return []
    return [
        (State.PUBLISHED, State.CORRECTING, reason or AGAIN),
        (State.CORRECTING, State.PUBLISHED, WORDS),
    ]


def open_account():
    """The account in whose name commands act; nobody can log in with it."""
    users = get_user_model().objects
    if user := users.filter(username=ACCOUNT).first():
        return user
    return users.create_user(ACCOUNT, first_name=NAME, is_active=False)
