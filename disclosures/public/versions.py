"""The shelf: all versions of one department's disclosure of a year, and which of them is meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.urls import reverse

from budgets.models import Department
from disclosures.models import Disclosure, DisclosureFile, FileKind
from disclosures.public.years import explain_absence

# What a file is called by what one gets, and what it is good for.
FORMS = {
    FileKind.PDF: ("整本 PDF", "与纸质文件同样的排版，可以打印和存档"),
    FileKind.XLSX: ("全部表格 Excel", "每张表一页，数字可以直接计算"),
    FileKind.JSON: ("全部数据 JSON", "每个数字带科目、口径和地址，供程序读取"),
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Versions without their content, newest first, and the chosen one."""

    versions: Sequence[Disclosure]
    chosen: Disclosure

    @property
    def latest(self) -> Disclosure:
        """The version that is in force."""
        return self.versions[0]

    @property
    def is_current(self) -> bool:
        """True where nothing newer than the chosen version has been published."""
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
    def downloads(self) -> list[dict]:
        """The chosen version's files in the order of `FORMS`, with names and sizes."""
        return list_downloads(self.chosen)


def find_shelf(year: int, code: str, version: int | None = None) -> Shelf:
    """The shelf at an address, the newest version chosen unless one is named; Http404 in words."""
    versions = list(with_files(Disclosure.objects.for_address(year, code)))
    if not versions:
        raise Http404(tell_missing(year, code))
    for disclosure in versions:
        if version in (None, disclosure.version):
            return Shelf(versions, disclosure)
    raise Http404(f"{versions[0].title}只公开过{len(versions)}个版本，没有第{version}版。")


def tell_missing(year: int, code: str) -> str:
    """Why there is nothing at an address: not yet published is not the same as not yet there."""
    department = Department.objects.departments().filter(code=code).first()
    if department is None:
        return f"这里没有编码为“{code}”的部门{year}年的预算公开。"
    return f"{department.name}{year}年{explain_absence(department, year)}，这一年没有它的预算公开。"


def list_published() -> QuerySet[Disclosure]:
    """Every disclosure in force, newest year first, departments in the order of their codes."""
    return with_files(Disclosure.objects.current())


def with_files(disclosures: QuerySet[Disclosure]) -> QuerySet[Disclosure]:
    """With department and the description of files, without content and data: two queries."""
    files = Prefetch("files", DisclosureFile.objects.defer("data"))
    # The record is not there for versions of before there were records.
    described = disclosures.without_content().select_related("department", "record")
    return described.prefetch_related(files)


def list_downloads(disclosure: Disclosure) -> list[dict]:
    """A version's files by name, use and size, the most asked for first."""
    found = {file.kind: file for file in disclosure.files.all()}
    return [
        {"kind": kind.value, "name": name, "use": use, "size": found[kind].size}
        for kind, (name, use) in FORMS.items()
        if kind in found
    ]
