"""Threads of comments where they concern somebody: with links, by the step that mends them."""

from budgets.models import Budget
from disclosures.document.composition import fragment
from disclosures.models import Comment

RANKS = {"open": 0, "answered": 1, "settled": 2}
# The step in which what stands in a table or a section is filled: by its key, else by its kind.
STEPS_OF = {"T1": "income", "T2": "income", "P0": "overall", "G": "particulars"}
STEPS_OF_KIND = {"N": "words", "P": "projects", "T": "expenditure", "D": "profile"}


def lay_out_thread(thread: Comment) -> dict[str, object]:
    """A thread with its rank among others, and the fragment of its place in the preview."""
    return {
        "comment": thread,
        "stage": thread.stage,
        "rank": (RANKS[thread.stage], thread.pk),
        "href": fragment(thread.at) if thread.at else "",
        "replies": list(thread.replies.all()),
    }


def find_threads(budget: Budget, step: str) -> list[dict[str, object]]:
    """The threads that are not settled and concern a step; all of them for the task list."""
    threads = Comment.objects.filter(budget=budget).unsettled().with_people()
    mine = [each for each in threads if step == "tasks" or name_step(each.at) == step]
    return sorted(map(lay_out_thread, mine), key=lambda thread: thread["rank"])


def name_step(at: str) -> str:
    """The key of the step in which the figure or the words at a place are filled."""
    place = at.partition(".")[0]
    return STEPS_OF.get(place) or STEPS_OF_KIND.get(place[:1], "preview")
