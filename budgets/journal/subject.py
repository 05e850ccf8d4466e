"""What an entry is about: in words, and by department and year where it has them."""

from dataclasses import dataclass

from django.db.models import Model

from budgets.models import Budget, Department


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What something was done to."""

    subject: str
    department: str = ""
    year: int | None = None


def describe(thing: Subject | Model | str) -> Subject:
    """The subject that a budget, a department, any other row, or a word makes."""
    if isinstance(thing, Subject):
        return thing
    if isinstance(thing, str):
        return Subject(subject=thing)
    if isinstance(thing, Budget):
        return Subject(subject=str(thing), department=thing.department.code, year=thing.year)
    if isinstance(thing, Department):
        return Subject(subject=label(thing), department=thing.code)
    return Subject(subject=label(thing), year=getattr(thing, "year", None))


def label(row: Model) -> str:
    """A row as the log names it, such as 部门 107001 尉犁县总工会."""
    return f"{row._meta.verbose_name} {row}"
