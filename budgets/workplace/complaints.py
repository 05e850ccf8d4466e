"""Problems told with the places on a screen that they are about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from budgets.problems import Problem
from budgets.workplace.section import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A line of the summary: a problem, and (id, words) of the fields that it is about."""

    problem: Problem
    places: Sequence[tuple[str, str]]


def complain(problems: Iterable[Problem], sections: Iterable[Section]) -> list[Complaint]:
    """The summary at the head of a screen: every problem with links to its fields."""
    known = list(sections)
    return [
        Complaint(problem=problem, places=[(ref, tell_place(ref, known)) for ref in problem.cells])
        for problem in problems
    ]


def tell_place(ref: str, sections: Iterable[Section]) -> str:
    """`income-3-amount` in words: 第3行“金额”."""
    for section in sections:
        for column in section.columns:
            if section.is_form and ref == section.name(column.key):
                return f"“{column.header}”"
            number = ref.removeprefix(f"{section.key}-").removesuffix(f"-{column.key}")
            if number.isdecimal() and ref == section.name(column.key, int(number)):
                return f"第{number}行“{column.header}”"
    return ref


def tell(problem: Problem, sections: Iterable[Section]) -> str:
    """A problem in one sentence with its places, for a message."""
    known = list(sections)
    places = "、".join(tell_place(ref, known) for ref in problem.cells)
    return f"{places}：{problem.message}{problem.advice}"
