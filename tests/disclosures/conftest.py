"""The published sample: frozen once a session, put on the shelf where a test asks for it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from budgets.domain.document import from_json
from budgets.models import Budget, Department
from disclosures.models import Disclosure, DisclosureFile
from disclosures.publishing.index.writing import index_disclosure
from disclosures.publishing.publication import publish
from tests.disclosures.thawed import thaw

SAMPLE = settings.BASE_DIR / "samples" / "尉犁县总工会-2025.xlsx"
PUBLISHED_AT = datetime(2025, 2, 14, 1, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Frozen:
    """A published disclosure apart from any database."""

    disclosure: dict
    files: list

    @property
    def document(self):
        """What was frozen, as values."""
        return from_json(self.disclosure["content"])

    @property
    def json(self):
        """What was frozen as JSON, read anew: whoever asks may change it."""
        return thaw(self.disclosure["content"])

    def file(self, kind):
        """The bytes of one of its files."""
        (data,) = [file["data"] for file in self.files if file["kind"] == kind]
        return data

    def shelve(self, department, **changed):
        """Put it on the shelf as a version of a department's."""
        disclosure = Disclosure.objects.create(
            department=department, **{**self.disclosure, **changed}
        )
        DisclosureFile.objects.bulk_create(
            DisclosureFile(disclosure=disclosure, **file) for file in self.files
        )
        index_disclosure(disclosure)
        return disclosure


def freeze(disclosure):
    """A disclosure as plain values."""
    own = ("year", "version", "title", "content", "digest", "reason", "published_at")
    kept = ("kind", "name", "data", "sha256", "size")
    files = [file | {"data": bytes(file["data"])} for file in disclosure.files.values(*kept)]
    return Frozen({name: getattr(disclosure, name) for name in own}, files)


@pytest.fixture(scope="session")
def sample(django_db_setup, django_db_blocker):
    """The sample's workbook, imported and published; the database stays clean."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_chart", year=2025, stdout=StringIO())
        call_command("import_budget", str(SAMPLE), "--create-department", stdout=StringIO())
        frozen = freeze(publish(Budget.objects.get(), now=PUBLISHED_AT))
        transaction.set_rollback(True)
    return frozen


@pytest.fixture
def union(db):
    """The sample's department."""
    return Department.objects.create(code="107001", name="尉犁县总工会")


@pytest.fixture
def published(sample, union):
    """The sample on the shelf."""
    return sample.shelve(union)
