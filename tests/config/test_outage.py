"""A full database, met for real: one clear sentence, and nothing is left half done."""

from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from budgets.journal.verification import Inspection
from budgets.models import Entry, Upload
from budgets.opening import open_year
from config.outage import FULL
from tests.budgets.books import SMALL, fill
from tests.cast import gather, load_chart

pytestmark = pytest.mark.django_db
ASIDE = "刚才填的没有保存，原来的内容也没有变。"


@contextmanager
def full_database():
    """SQLite with hardly a page left to write to."""
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        free = cursor.execute("PRAGMA freelist_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + max(0, 2 - free)}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


def read(answer):
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    return answer.content.decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a whole cluster would have to be full")
def test_database_without_room_keeps_nothing_of_an_upload():
    cast = gather()
    load_chart(SMALL.year)
    budget = open_year(cast.a, SMALL.year)
    before = Entry.objects.count()
    clerk = cast.enter(Client(raise_request_exception=False), "clerk_a")
    page = reverse("filing:upload", args=(budget.year, cast.a.code))
    with full_database():
        told = read(clerk.post(page, {"file": fill_file()}))
    assert f"<h1>{FULL}</h1>" in told
    assert ASIDE in told
    assert (Upload.objects.count(), Entry.objects.count()) == (0, before)
    assert list(Inspection().find_faults()) == []
    assert clerk.post(page, {"file": fill_file()}).status_code == 302
    assert (Upload.objects.count(), Entry.objects.count()) == (1, before + 1)


def fill_file():
    return SimpleUploadedFile("预算.xlsx", fill())
