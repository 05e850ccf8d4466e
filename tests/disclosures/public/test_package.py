"""The county-year in one ZIP: valid as a data package, whole, the same bytes, openable offline."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from hashlib import sha256

import frictionless
import pytest
from lxml import html

from budgets.models import Department
from disclosures.models import CountyFile, CountyYear
from disclosures.public.county_files import make_county_files
from tests.disclosures.conftest import PUBLISHED_AT
from tests.disclosures.interruptions import small_files

pytestmark = pytest.mark.django_db
ADDRESS = "/2025/package.zip"


@pytest.fixture
def shelved(sample, union):
    """The sample corrected, and the same document of another department."""
    sample.shelve(union)
    later = PUBLISHED_AT + timedelta(days=1)
    sample.shelve(union, version=2, reason="=更正", digest="2" * 64, published_at=later)
    return sample.shelve(Department.objects.create(code="101", name="某县办公室"))


def take(client):
    """The package as a reader gets it, once the worker has made it."""
    make_county_files(at_once=True)
    return client.get(ADDRESS).getvalue()


@pytest.fixture
def unpacked(client, shelved, tmp_path):
    """The package on a stick."""
    with zipfile.ZipFile(io.BytesIO(take(client))) as archive:
        archive.extractall(tmp_path / "stick")
    return tmp_path / "stick"


def read_rows(folder, name):
    with (folder / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_package_is_a_valid_data_package(unpacked):
    path = unpacked / "datapackage.json"
    report = frictionless.Package(str(path)).validate()
    assert report.flatten(["name", "type", "note"]) == []
    assert report.stats["tasks"] == len(list((unpacked / "data").iterdir())) == 14
    # The validator would see a figure given twice, and a digest that is another's.
    figures = unpacked / "data" / "figures-t3.csv"
    figures.write_bytes(figures.read_bytes() + figures.read_bytes().splitlines(True)[-1])
    spoiled = frictionless.Package(str(path)).validate()
    assert {"primary-key", "hash-count"} <= {fault for (fault,) in spoiled.flatten(["type"])}


def test_figures_are_those_of_the_documents(unpacked, shelved):
    amounts = {
        at: f"{yuan:.2f}" for at, yuan in shelved.document.amounts.items() if at.startswith("T")
    }
    for code, version in (("101", "1"), ("107001", "2")):
        found = {
            row["at"]: row["amount"]
            for path in (unpacked / "data").glob("figures-*.csv")
            for row in read_rows(unpacked, path.stem)
            if (row["department"], row["version"]) == (code, version)
        }
        assert found == amounts


def test_codes_have_names_and_parents(unpacked):
    rows = {(row["kind"], row["code"]): row for row in read_rows(unpacked, "codes")}
    assert rows["function", "2012901"] == {
        "year": "2025",
        "kind": "function",
        "code": "2012901",
        "name": "行政运行",
        "parent": "20129",
    }
    assert {kind for kind, _ in rows} == {"function", "economic"}
    assert all(
        not row["parent"] or (kind, row["parent"]) in rows for (kind, _), row in rows.items()
    )


def test_documents_are_those_published_in_force(unpacked, sample):
    rows = read_rows(unpacked, "disclosures")
    assert [(row["department"], row["version"], row["reason"]) for row in rows] == [
        ("101", "1", ""),
        ("107001", "2", "'=更正"),
    ]
    for row in rows:
        for kind in ("pdf", "xlsx", "json"):
            assert (unpacked / row[kind]).read_bytes() == sample.file(kind)
    assert len(list((unpacked / "documents").iterdir())) == 6


def test_checksums_cover_every_file(unpacked):
    lines = (unpacked / "SHA256SUMS").read_text().splitlines()
    stated = dict(reversed(line.split("  ", 1)) for line in lines)
    files = [path for path in unpacked.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    assert stated == {
        str(path.relative_to(unpacked)): sha256(path.read_bytes()).hexdigest() for path in files
    }


def test_page_opens_from_a_stick(unpacked):
    page = html.parse(str(unpacked / "index.html")).getroot()
    links = page.xpath("//a/@href")
    assert len(links) == 6 + 14 + 2
    assert all((unpacked / link).is_file() for link in links)
    styles = page.xpath("//link/@href")
    assert styles
    assert all(style.startswith("data:text/css") for style in styles)
    assert not page.xpath("//script | //img | //@src")


def test_equal_state_gives_equal_bytes_and_is_made_once(client, shelved):
    first = take(client)
    assert take(client) == first
    assert CountyFile.objects.filter(address=ADDRESS).count() == 1
    CountyFile.objects.all().delete()
    CountyYear.objects.all().delete()
    assert take(client) == first


def test_correction_makes_another_package(client, shelved, sample):
    first = take(client)
    before = client.get(ADDRESS)
    known = {"if-none-match": before["ETag"]}
    assert client.get(ADDRESS, headers=known).status_code == 304
    sample.shelve(shelved.department, version=2, reason="更正", digest="3" * 64)
    assert client.get(ADDRESS).getvalue() == first
    assert take(client) != first
    after = client.get(ADDRESS, headers=known)
    assert (after.status_code, after["ETag"] != before["ETag"]) == (200, True)


def test_year_without_disclosures_has_no_package(client, shelved):
    answer = client.get("/2024/package.zip")
    assert answer.status_code == 404
    assert "这里没有2024年的部门预算公开。" in answer.content.decode()


def test_description_names_fiscal_columns(unpacked):
    package = json.loads((unpacked / "datapackage.json").read_text())
    (figures,) = (each for each in package["resources"] if each["name"] == "figures-t5")
    types = {field["name"]: field.get("columnType") for field in figures["schema"]["fields"]}
    assert (types["amount"], types["year"]) == ("value", "date:fiscal-year")
    assert figures["title"] == "表5 一般公共预算支出情况表"


def test_package_that_is_not_made_yet_is_announced(client, shelved):
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "<h1>2025年的文件正在打包</h1>" in answer.content.decode()
    assert "Cache-Control" not in answer


def test_package_that_finds_no_room_leaves_no_piece_behind(client, shelved):
    with small_files(4096), pytest.raises(OSError, match="File too large"):
        make_county_files(at_once=True)
    assert not CountyFile.objects.exists()
    assert client.get(ADDRESS).status_code == 503
    assert take(client)
