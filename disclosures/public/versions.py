"""A disclosure's versions: which one is meant, what was corrected, whose a file is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from budgets.domain.differences import compare_amounts, compare_sentences, name_amounts
from budgets.domain.document import Table
from budgets.domain.text import show_day
from budgets.models import Department
from disclosures.models import Disclosure, DisclosureFile, FileKind
from disclosures.models.disclosure import DisclosureQuerySet
from disclosures.public.responses import identify_release, public_page, reply
from disclosures.public.years import explain_absence
from disclosures.publishing.integrity import match_digest

Data = dict[str, Any]
# What a file is called by what one gets, and what it is good for.
FORMS = {
    FileKind.PDF: ("整本 PDF", "与纸质文件同样的排版，可以打印和存档"),
    FileKind.XLSX: ("全部表格 Excel", "每张表一页，数字可以直接计算"),
    FileKind.JSON: ("全部数据 JSON", "每个数字带科目、口径和地址，供程序读取"),
}


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions without their content, newest first, and the chosen one."""

    newest_first: Sequence[Disclosure]
    chosen: Disclosure

    @property
    def latest(self) -> Disclosure:
        return self.newest_first[0]

    @property
    def is_current(self) -> bool:
        return self.chosen == self.latest

    @property
    def tag(self) -> str:
        """What the page shows: the frozen content, and the version in force that it names."""
        return f"{self.chosen.digest}-{self.chosen.version}-{self.latest.version}"

    @property
    def moment(self) -> datetime:
        """When the page last changed: when the newest version was published."""
        return self.latest.published_at

    @property
    def address(self) -> str:
        """The chosen version's own address, which never shows anything else."""
        return self.chosen.get_absolute_url()

    @property
    def canonical(self) -> str:
        """Where a reader finds the version in force, or the chosen one if it is no longer that."""
        chosen = self.chosen
        if not self.is_current:
            return self.address
        return reverse("disclosures:page", args=[chosen.year, chosen.department.code])

    @property
    def citation(self) -> str:
        """尉犁县总工会2025年部门预算公开（第1版，2025年2月14日公开）."""
        day = show_day(timezone.localdate(self.chosen.published_at))
        return f"{self.chosen.title}（第{self.chosen.version}版，{day}公开）"

    @property
    def downloads(self) -> list[Data]:
        return list_downloads(self.chosen)

    @property
    def context(self) -> Data:
        return {
            "versions": self,
            "disclosure": self.chosen,
            "is_demo": self.chosen.department.is_demo,
            "base": self.address,
            "canonical": self.canonical,
        }

    def find_table(self, key: str) -> Table:
        """A table of the chosen version; Http404 in words where it has none of that key."""
        table = self.chosen.document.tables_by_key.get(key)
        if table is None:
            raise Http404(f"这个版本没有编号为“{key}”的表。")
        return table


def find_versions(year: int, code: str, version: int | None = None) -> Versions:
    """All at an address, the newest chosen unless one is named; Http404 in words."""
    versions = list(with_files(Disclosure.objects.for_address(year, code)))
    if not versions:
        # Not yet published is not the same as not yet there.
        department = Department.objects.departments().filter(code=code).first()
        if department is None:
            raise Http404(f"这里没有编码为“{code}”的部门{year}年的预算公开。")
        absence = f"{department.name}{year}年{explain_absence(department, year)}"
        raise Http404(f"{absence}，这一年没有它的预算公开。")
    for disclosure in versions:
        if version in (None, disclosure.version):
            return Versions(versions, disclosure)
    raise Http404(f"{versions[0].title}只公开过{len(versions)}个版本，没有第{version}版。")


def list_published() -> DisclosureQuerySet:
    """Every disclosure in force, newest year first, departments in the order of their codes."""
    return with_files(Disclosure.objects.current())


def with_files(disclosures: DisclosureQuerySet) -> DisclosureQuerySet:
    """With department and the description of files, without content and data: two queries."""
    files = Prefetch("files", DisclosureFile.objects.defer("data"))
    # The record is not there for versions of before there were records.
    described = disclosures.without_content().select_related("department", "record")
    return described.prefetch_related(files)


def list_downloads(disclosure: Disclosure) -> list[Data]:
    """A version's files by name, use and size, the most asked for first."""
    found = {file.kind: file for file in disclosure.files.all()}
    return [
        {"kind": kind.value, "name": name, "use": use, "size": found[kind].size}
        for kind, (name, use) in FORMS.items()
        if kind in found
    ]


@require_safe
@public_page(minutes=1)
def show_changes(
    request: HttpRequest, year: int, code: str, version: int, since: int | None = None
) -> HttpResponse:
    """What a correction changed: the difference from the version before, or from the one named."""
    versions = find_versions(year, code, version)
    number = version - 1 if since is None else since
    if version == 1:
        raise Http404("第1版是最早公开的一版，没有更早的可以对照。")
    if not 1 <= number < version:
        raise Http404(f"第{version}版只能和更早的版本对照：第1版到第{version - 1}版。")
    earlier, later = find_versions(year, code, number).chosen, versions.chosen
    # Both contents, and all versions that the page names.
    digests = f"{earlier.digest[:20]}-{later.digest[:20]}"
    pair = f"{number}-{version}-{versions.latest.version}"
    tag = f"changes-{digests}-{pair}-{identify_release()}"

    def draw_changes() -> HttpResponse:
        tables = compare_amounts(name_amounts(earlier.document), name_amounts(later.document))
        oldest_first = reversed(versions.newest_first)
        context = {
            "earlier": earlier,
            "later": later,
            "department": later.department,
            "is_demo": later.department.is_demo,
            "steps": [each for each in oldest_first if number < each.version <= version],
            "others": [each for each in versions.newest_first if each != later],
            "tables": tables,
            "cells": sum(len(changes) for _, changes in tables),
            "sentences": compare_sentences(earlier.document, later.document),
        }
        return render(request, "disclosures/changes.html", context)

    return reply(request, tag, versions.moment, draw_changes)


DIGEST = re.compile("[0-9a-f]{64}")


# Nothing is changed and nobody is logged in here: the form needs no token, and so no cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_identification(request: HttpRequest) -> HttpResponse:
    """The form, and which version a digest (`?digest=`) or an uploaded file is, if any.

    The file is read a piece at a time and not kept.
    """
    code = "".join(request.GET.get("digest", "").split()).lower()
    asked, mistake = "这个摘要" if code else "", ""
    if request.method == "POST":
        file = request.FILES.get("file")
        code = "" if file is None else file_digest(file, "sha256").hexdigest()
        asked, mistake = ("", "请先选一个文件。") if file is None else (f"文件“{file.name}”", "")
    elif code and not DIGEST.fullmatch(code):
        asked, mistake = "", "摘要应是 64 位的数字和 a 到 f 的字母，请完整复制。"
    matches = match_digest(code) if asked else []
    context = {"code": code, "asked": asked, "mistake": mistake, "matches": matches}
    status = 400 if mistake else 200
    return render(request, "disclosures/identification.html", context, status=status)
