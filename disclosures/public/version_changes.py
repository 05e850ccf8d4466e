"""What a correction changed, for the public: two frozen versions, cell by cell and sentence by
sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.domain.differences import compare_amounts, compare_sentences, name_amounts
from disclosures.models import Disclosure
from disclosures.public.responses import identify_release, public_page, reply
from disclosures.public.versions import Shelf, find_shelf


@dataclass(frozen=True, slots=True)
class Revision:
    """Two versions of one disclosure, the earlier and the later, and the shelf they stand on."""

    shelf: Shelf
    earlier: Disclosure
    later: Disclosure

    @property
    def tag(self) -> str:
        """What the page shows: both contents, and all versions that it names."""
        digests = "-".join(each.digest[:20] for each in (self.earlier, self.later))
        pair = f"{self.earlier.version}-{self.later.version}-{self.shelf.latest.version}"
        return f"changes-{digests}-{pair}-{identify_release()}"

    @property
    def steps(self) -> Sequence[Disclosure]:
        """The corrections that lie between them, oldest first, each with its reason."""
        return [
            each
            for each in reversed(self.shelf.versions)
            if self.earlier.version < each.version <= self.later.version
        ]

    @property
    def others(self) -> Sequence[Disclosure]:
        """The versions besides the later one."""
        return [each for each in self.shelf.versions if each != self.later]


@require_safe
@public_page(minutes=1)
def show_changes(
    request: HttpRequest, year: int, code: str, version: int, since: int | None = None
) -> HttpResponse:
    """What differs from the version before, or from the one named."""
    revision = find_revision(year, code, version, since)
    moment = revision.shelf.moment
    return reply(request, revision.tag, moment, lambda: draw_changes(request, revision))


def find_revision(year: int, code: str, version: int, since: int | None) -> Revision:
    """Both versions; Http404 in words where there is no earlier one to compare with."""
    shelf = find_shelf(year, code, version)
    earlier = version - 1 if since is None else since
    if version == 1:
        raise Http404("第1版是最早公开的一版，没有更早的可以对照。")
    if not 1 <= earlier < version:
        raise Http404(f"第{version}版只能和更早的版本对照：第1版到第{version - 1}版。")
    return Revision(shelf, find_shelf(year, code, earlier).chosen, shelf.chosen)


def draw_changes(request: HttpRequest, revision: Revision) -> HttpResponse:
    """The page: only what differs."""
    before, after = revision.earlier.document, revision.later.document
    tables = compare_amounts(name_amounts(before), name_amounts(after))
    context = {
        "revision": revision,
        "earlier": revision.earlier,
        "later": revision.later,
        "department": revision.later.department,
        "is_demo": revision.later.department.is_demo,
        "tables": tables,
        "cells": sum(len(changes) for _, changes in tables),
        "sentences": compare_sentences(before, after),
    }
    return render(request, "disclosures/changes.html", context)
