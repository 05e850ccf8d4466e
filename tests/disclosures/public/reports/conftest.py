"""A small county on the shelf, and how a reader sees a page about it."""

from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from lxml import html

from budgets.domain.passages import list_anchors
from budgets.models import Department, EconomicCode, FunctionCode
from disclosures.models import Disclosure
from disclosures.models.index import IndexEntry
from disclosures.publishing.index.writing import index_disclosure
from tests.disclosures import conftest as shelf

# What the public pages stand on, in the order in which they need each other.
KEPT = (FunctionCode, EconomicCode, Department, Disclosure)
sample, union, published = shelf.sample, shelf.union, shelf.published


@dataclass(frozen=True)
class Sight:
    """What a reader sees of a page: the cells of its tables, and where each leads."""

    answer: object

    @property
    def tree(self):
        """The page."""
        return html.fromstring(self.answer.content.decode())

    @property
    def tables(self):
        """Each table as lines of texts."""
        return [
            [
                [cell.text_content().strip() for cell in line.iter("th", "td")]
                for line in table.iter("tr")
            ]
            for table in self.tree.iter("table")
        ]

    @property
    def figures(self):
        """(address of the document, place in it, text) of every amount that leads somewhere."""
        links = self.tree.xpath("//td[contains(@class, 'amount')]/a")
        return [(*link.get("href").split("#"), link.text_content()) for link in links]


@pytest.fixture
def look(client):
    """Open a page of the public site."""

    def open_one(address, status=200):
        answer = client.get(address)
        assert answer.status_code == status, address
        return Sight(answer)

    return open_one


@pytest.fixture(scope="session")
def county(django_db_setup, django_db_blocker):
    """A demo county of three departments over two years, as rows; the database stays clean."""
    with django_db_blocker.unblock(), transaction.atomic():
        options = {"departments": 3, "years": 2, "until": 2026, "without_files": True, "yes": True}
        call_command("make_demo_county", stdout=StringIO(), **options)
        rows = [list(model.objects.order_by("pk")) for model in KEPT]
        transaction.set_rollback(True)
    return rows


@pytest.fixture
def demo(county, db):
    """The demo county on the shelf and in the index."""
    for model, rows in zip(KEPT, county, strict=True):
        model.objects.bulk_create(rows)
    for disclosure in Disclosure.objects.current():
        index_disclosure(disclosure)


@pytest.fixture
def settle(sample, db):
    """Let more departments publish the same document, under names and codes of their own."""

    def settle_many(count, year=2025):
        for number in range(count):
            code = f"2{number:02}"
            department, _ = Department.objects.get_or_create(
                code=code, defaults={"name": f"第{number}部门"}
            )
            sample.shelve(department, year=year)
            IndexEntry.objects.filter(department=department).update(name=department.name)

    return settle_many


def read_content(address):
    """The frozen content of the document in force at an address."""
    year, code = address.strip("/").split("/")
    return Disclosure.objects.current().get(department__code=code, year=year).document


def read_document(address, place):
    """What the frozen document prints at a place, as its own anchors tell it."""
    return list_anchors(read_content(address))[place].quote
