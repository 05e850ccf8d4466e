"""A full database, met for real: one clear sentence, and nothing is left half done."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from budgets.audit import Inspection
from budgets.importing.new_year import open_year
from budgets.models import Entry, Upload
from budgets.outage import FULL
from tests.disclosures.interruptions import full_database, small_files
from tests.factories.books import SMALL, fill
from tests.factories.people import gather, load_chart

pytestmark = pytest.mark.django_db
ASIDE = "刚才填的没有保存，原来的内容也没有变。"


def read(answer):
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    return answer.content.decode()


def test_disk_without_room_keeps_nothing_of_an_upload():
    cast = gather()
    load_chart(SMALL.year)
    budget = open_year(cast.a, SMALL.year)
    before = Entry.objects.count()
    clerk = cast.enter(Client(raise_request_exception=False), "clerk_a")
    page = reverse("filing:upload", args=(budget.year, cast.a.code))
    with full_database("budgets_upload"):
        told = read(clerk.post(page, {"file": fill_file()}))
    assert f"<h1>{FULL}</h1>" in told
    assert ASIDE in told
    # A larger file lies on the disk while it is received.
    with small_files(1_000_000):
        assert read(clerk.post(page, {"file": fill_file(b"PK" + bytes(3_000_000))})) == told
    assert (Upload.objects.count(), Entry.objects.count()) == (0, before)
    assert list(Inspection().find_faults()) == []
    assert clerk.post(page, {"file": fill_file()}).status_code == 302
    assert (Upload.objects.count(), Entry.objects.count()) == (1, before + 1)


def fill_file(content=None):
    return SimpleUploadedFile("预算.xlsx", content or fill())
