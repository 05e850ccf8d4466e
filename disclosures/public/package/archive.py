"""The ZIP itself: the same bytes for the same state of the year, made once and kept on disk."""

import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from disclosures.models import Disclosure
from disclosures.public.package.columns import FORM
from disclosures.public.package.tables import Table, Tables, name_document
from disclosures.public.versions import list_downloads
from disclosures.publishing.exports.html import STYLES, carry

SUMS = "SHA256SUMS"
# A ZIP entry carries its moment in local time, to two seconds, from 1980 on.
COMPRESSED = (".csv", ".json", ".html", SUMS)


def name_state(found: Sequence[Disclosure], release: str) -> str:
    """A name for what the package of these disclosures holds, before it is made."""
    states = [f"{each.department.code} {each.version} {each.digest}" for each in found]
    return sha256("\n".join([FORM, release, *states]).encode()).hexdigest()


def keep_archive(year: int, found: Sequence[Disclosure], state: str) -> Path:
    """The package of a year's disclosures on disk; made where it is not there, others removed."""
    folder = Path(settings.MEDIA_ROOT) / "packages"
    path = folder / f"{year}-{state[:32]}.zip"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Nobody meets half a package: it gets its name when it is whole.
        with TemporaryDirectory(dir=folder) as scratch:
            made = Path(scratch) / path.name
            with made.open("wb") as file:
                write_archive(file, year, found)
            made.replace(path)
        for former in folder.glob(f"{year}-*.zip"):
            if former != path:
                former.unlink(missing_ok=True)
    return path


def write_archive(file: BinaryIO, year: int, found: Sequence[Disclosure]) -> None:
    """The package into an open file; one disclosure is in memory at a time."""
    moment = max(timezone.localtime(each.published_at) for each in found)
    sums: list[tuple[str, str]] = []
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in list_entries(year, found, moment):
            pack(archive, name, data, moment)
            sums.append((sha256(data).hexdigest(), name))
        listed = "".join(f"{digest}  {name}\n" for digest, name in sorted(sums, key=lambda s: s[1]))
        pack(archive, SUMS, listed.encode(), moment)


def pack(archive: zipfile.ZipFile, name: str, data: bytes, moment: datetime) -> None:
    """One file; what is already compressed is stored as it is."""
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    is_text = name.endswith(COMPRESSED)
    entry.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def list_entries(
    year: int, found: Sequence[Disclosure], moment: datetime
) -> Iterator[tuple[str, bytes]]:
    """Every file of the package but the checksums: documents first, while the tables fill."""
    tables = Tables(year)
    for each in found:
        disclosure = Disclosure.objects.select_related("department").get(pk=each.pk)
        tables.add(disclosure)
        for file in disclosure.files.order_by("kind").iterator(chunk_size=1):
            yield name_document(disclosure, file.kind), bytes(file.data)
    made = tables.finish()
    for table in made:
        yield table.resource["path"], table.data
    yield "datapackage.json", describe(year, made, moment)
    yield "index.html", show(year, found, made)


def describe(year: int, made: Iterable[Table], moment: datetime) -> bytes:
    """datapackage.json: a Tabular Data Package whose columns also have fiscal types."""
    package = {
        "profile": "tabular-data-package",
        "name": f"department-budgets-{year}",
        "title": f"{year}年部门预算公开",
        "description": (
            "已经公开的各部门预算的现行版本。金额单位为元，精确到分；"
            "口径不同的数不能相加；没有列出的格是空格，表示没有安排。"
            "以 = + - @ 或撇号开头的文字前加了一个撇号。"
        ),
        "created": moment.isoformat(),
        "countryCode": "CN",
        "granularity": "aggregated",
        "fiscalPeriod": {"start": f"{year}-01-01", "end": f"{year}-12-31"},
        "resources": [describe_table(table) for table in made],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def describe_table(table: Table) -> dict:
    """A table's resource with its size and digest."""
    data = table.data
    return table.resource | {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}


def show(year: int, found: Sequence[Disclosure], made: Sequence[Table]) -> bytes:
    """index.html, which opens the package from a stick: every link leads to a file beside it."""
    entries = [
        {
            "disclosure": each,
            "files": [
                file | {"path": name_document(each, file["kind"])} for file in list_downloads(each)
            ],
        }
        for each in found
    ]
    context = {
        "year": year,
        "entries": entries,
        "tables": [table.resource for table in made],
        "styles": [carry(name) for name in (*STYLES[:2], "disclosures/data.css")],
    }
    return render_to_string("disclosures/package/index.html", context).encode()
