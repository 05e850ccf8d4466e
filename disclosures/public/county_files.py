"""Which files about the whole county there are, and when the worker makes them anew.

Each would cost its reader seconds and more, so none is made in a request. A file is as new as the
quiet after the last publication: on a day of many it is made anew every ten minutes.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from budgets.models.chart import find_table_set
from disclosures.models import CountyFile, CountyYear, IndexEntry
from disclosures.public.kept import keep_file
from disclosures.public.open_data import list_county_table
from disclosures.public.package import write_archive
from disclosures.public.reports.page import Make, read_moment
from disclosures.public.reports.projects import MONEY, list_lowered, list_projects
from disclosures.public.reports.publications import (
    list_corrections,
    list_department_years,
    list_in_force,
    list_timeliness,
)
from disclosures.public.reports.reasons import list_given_reasons
from disclosures.public.reports.topics import TOPICS, list_topic
from disclosures.public.responses import identify_release
from disclosures.public.versions import list_published
from disclosures.publishing.exports import TYPES
from disclosures.publishing.exports.listing import Listing, build_listing

ALL_YEARS = 0
FORMS = ("csv", "xlsx", "json")
# So long nothing was published, or so long ago the files were made.
QUIET, LONGEST = timedelta(minutes=1), timedelta(minutes=10)
# A worker that has been at a year for so long is gone.
LOST = timedelta(minutes=15)
# The name of an address, what declares the list there, and what it is asked for.
Listed = tuple[str, Make, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A year whose files are not as they would be made now."""

    year: int
    state: str
    is_due: bool


def make_county_files(*, at_once: bool = False) -> list[int]:
    """Make what is due, or all that waits; the years whose files were made."""
    made = []
    for waiting in list_waiting():
        if (at_once or waiting.is_due) and take(waiting.year):
            own = CountyYear.objects.filter(year=waiting.year)
            begun = timezone.now()
            try:
                make_files(waiting.year)
                own.update(state=waiting.state, made_at=begun)
            finally:
                own.update(taken_at=None)
            made.append(waiting.year)
    remove_former()
    return made


def list_waiting() -> list[Waiting]:
    """The years that wait, and whether it is time: three queries however many years there are."""
    now, known = timezone.now(), {each.year: each for each in CountyYear.objects.all()}
    found: dict[int, list[tuple]] = {}
    rows = IndexEntry.objects.order_by("year", "department__code").values_list(
        "year", "department__code", "department__name", "version", "published_at"
    )
    for year, *told in rows:
        found.setdefault(year, []).append(tuple(told))
    found[ALL_YEARS] = [each for year in sorted(found) for each in found[year]]
    waiting = []
    for year, own in found.items():
        # Lists compare with the year before.
        stated = [*own, *found.get(year - 1, ())]
        text = "\n".join([identify_release(), settings.SITE_URL, *map(str, stated)])
        state, last = sha256(text.encode()).hexdigest(), known.get(year)
        if own and (last is None or last.state != state):
            made_at = last.made_at if last else None
            newest = max(at for *_, at in stated)
            is_due = not made_at or made_at < now - LONGEST or newest < now - QUIET
            waiting.append(Waiting(year, state, is_due))
    return waiting


def take(year: int) -> bool:
    """Whether this worker is the one that makes a year's files."""
    CountyYear.objects.get_or_create(year=year)
    free = Q(taken_at=None) | Q(taken_at__lt=timezone.now() - LOST)
    own = CountyYear.objects.filter(free, year=year)
    return bool(own.update(taken_at=timezone.now()))


def remove_former() -> None:
    """Files that have been replaced, once nobody can still be receiving them."""
    replaced = timezone.now() - LONGEST
    newer = CountyFile.objects.filter(
        address=OuterRef("address"), pk__gt=OuterRef("pk"), made_at__lt=replaced
    )
    CountyFile.objects.filter(Exists(newer)).delete()


def make_files(year: int) -> None:
    """All files of a year, or those about all years."""
    if year != ALL_YEARS:
        make_package(year)
        make_tables(year)
    # They name whole addresses of the site.
    if settings.SITE_URL:
        moment = read_moment()
        for name, make, where in list_lists(year):
            listing = make(**where).filed_report.make_listing(moment, locate)
            keep_listing(listing, name, *where.values())


def locate(path: str) -> str:
    return settings.SITE_URL + path


def make_package(year: int) -> None:
    found = list(list_published().filter(year=year).order_by("department__code"))
    moment = max(each.published_at for each in found)
    address = reverse("disclosures:package", args=[year])
    with TemporaryFile() as file:
        write_archive(file, year, found)
        file.seek(0)
        name = f"{year}年部门预算公开.zip"
        keep_file(address, name, "application/zip", file, changed=moment)


def make_tables(year: int) -> None:
    found = list(list_published().filter(year=year).order_by("department__code"))
    moment = max(each.published_at for each in found)
    for table in find_table_set(year).forms:
        keep_listing(list_county_table(found, table, moment), "county-table", year, table.key)


def keep_listing(listing: Listing, name: str, *where: object) -> None:
    """A list in each of its forms."""
    for form in FORMS:
        address = reverse(f"disclosures:{name}", args=[*where, form])
        file = io.BytesIO(build_listing(listing, form))
        keep_file(address, f"{listing.title}.{form}", TYPES[form], file, changed=listing.changed)


def list_lists(year: int) -> Iterator[Listed]:
    """Those as long as the county is large; what each is asked for stands as in its address."""
    if year == ALL_YEARS:
        yield "published", list_in_force, {}
        yield "years-list", list_department_years, {}
        return
    own = {"year": year}
    yield "published-year", list_in_force, own
    yield "reasons-list", list_given_reasons, own
    yield "timeliness-list", list_timeliness, own
    yield "corrections-list", list_corrections, own
    yield "indicators-list", list_lowered, own
    for key in TOPICS:
        yield "topic-list", list_topic, {"key": key, **own}
    for money in MONEY:
        yield "projects-list", list_projects, {**own, "money": money}
