"""Departments × years: what is published, what is not yet, and what did not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from budgets.domain.money import show_wan
from budgets.models import Department
from disclosures.models import IndexEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlace:
    """A department's place in a year: a link and an amount, or a word why there is none."""

    year: int
    href: str = ""
    total: str = ""
    note: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSwitch:
    """The years of one department, newest first, and what became of it."""

    places: Sequence[YearPlace]
    notes: Sequence[str]
    moment: datetime | None

    @property
    def is_shown(self) -> bool:
        return len(self.places) > 1 or bool(self.notes)

    @property
    def tag(self) -> str:
        """What a page that shows the switch depends on."""
        told = " ".join(f"{place.year}{place.total}{place.note}" for place in self.places)
        return f"{told} {' '.join(self.notes)}"


def explain_absence(department: Department, year: int) -> str:
    if department.established is not None and year < department.established:
        return "尚未设立"
    if department.dissolved is not None and year >= department.dissolved:
        return "已撤并"
    return "尚未公开" if department.exists_in(year) else "已撤销"


def switch_years(department: Department, here: int) -> YearSwitch:
    """The switch on the department's page of a year: four queries."""
    entries = {entry.year: entry for entry in IndexEntry.objects.filter(department=department)}

    def place_year(year: int) -> YearPlace:
        if year == here:
            return YearPlace(year=year, is_here=True)
        if year not in entries:
            return YearPlace(year=year, note=explain_absence(department, year))
        href = reverse("disclosures:page", args=[year, department.code])
        return YearPlace(year=year, href=href, total=show_wan(entries[year].total))

    return YearSwitch(
        places=[place_year(year) for year in sorted({*list_published_years(), here}, reverse=True)],
        notes=describe_history(department),
        moment=max((entry.published_at for entry in entries.values()), default=None),
    )


def describe_history(department: Department) -> list[str]:
    notes = [f"{former.until}年及以前称{former.name}。" for former in department.former_names.all()]
    if notes:
        notes.append(f"现称{department.name}。")
    notes += [
        f"{other.dissolved}年起承接{other.name}的职能。"
        for other in department.predecessors.all().order_by("dissolved", "code")
    ]
    if successor := department.successor:
        notes.append(f"{department.dissolved}年起并入{successor.name}。")
    return notes


def list_published_years() -> list[int]:
    """The years with something published, newest first."""
    return list(IndexEntry.objects.order_by("-year").values_list("year", flat=True).distinct())


def is_made_up() -> bool:
    """True where what is published belongs to a demo county."""
    return IndexEntry.objects.filter(department__is_demo=True).exists()


def list_entries() -> QuerySet[IndexEntry]:
    """All entries with their departments, in the order of the codes."""
    return IndexEntry.objects.select_related("department").order_by("department__code", "-year")
