"""The readings of the portal's health: each good, each bad, and each where nothing was set."""

import os
import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from socketserver import BaseRequestHandler, TCPServer
from threading import Thread
from types import SimpleNamespace

import pytest
from django.utils import timezone

from budgets.models import Budget, Upload
from disclosures.models import Notice, NoticeKind, Release, ReleaseItem
from disclosures.publishing import health
from disclosures.publishing.health import Verdict, take_readings
from disclosures.publishing.turns import Turns
from disclosures.workflow.access import Role
from tests.disclosures.interruptions import database_gone
from tests.factories.certificates import make_certificate
from tests.factories.people import appoint

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def read(key):
    (reading,) = [each for each in take_readings() if each.key == key]
    return reading


def test_database_answers_and_has_a_size():
    reading = read("database")
    assert (reading.verdict, reading.numbers["database_up"]) == (Verdict.GOOD, 1)
    assert reading.numbers["database_size_bytes"] > 100_000
    assert "有应答，占用" in reading.words


def test_worker_is_missed_until_it_takes_a_turn():
    reading = read("worker")
    assert (reading.verdict, reading.words) == (Verdict.BAD, "还没有运行过")
    Turns().note()
    reading = read("worker")
    assert (reading.verdict, reading.advice) == (Verdict.GOOD, "")
    assert reading.numbers["workers"] == 1
    assert abs(reading.numbers["worker_turn_timestamp_seconds"] - timezone.now().timestamp()) < 60


def test_release_that_waits_is_bad_where_no_worker_lives(union):
    bureau = appoint("bureau", Role.BUREAU_ADMIN)
    later = timezone.now() + timedelta(days=1)
    for year, due in ((2025, None), (2026, later)):
        budget = Budget.objects.create(department=union, year=year)
        release = Release.objects.create(year=year, who=bureau, due_at=due)
        ReleaseItem.objects.create(release=release, budget=budget, who=bureau)
    reading = read("releases")
    assert (reading.verdict, reading.numbers) == (Verdict.BAD, {"waiting_releases": 1})
    Turns().note()
    assert read("releases").verdict == Verdict.GOOD


def test_workbook_that_waits_is_bad_where_no_worker_lives():
    for result in (Upload.Result.QUEUED, Upload.Result.EXAMINING, Upload.Result.WAITING):
        Upload.objects.create(filename="预算.xlsx", content=b"", size=0, result=result)
    reading = read("uploads")
    assert (reading.verdict, reading.numbers) == (Verdict.BAD, {"waiting_uploads": 2})
    Turns().note()
    assert read("uploads").verdict == Verdict.GOOD


def test_mail_that_waits_for_long_is_told_with_its_reason(settings):
    assert read("mails").verdict == Verdict.UNSET
    settings.EMAIL_HOST = "mail.example.gov.cn"
    assert (read("mails").verdict, read("mails").words) == (Verdict.GOOD, "0 封")
    person = appoint("zhang", Role.REVIEWER)
    type(person).objects.update(email="zhang@example.gov.cn")
    notice = Notice.objects.create(person=person, kind=NoticeKind.ACCOUNT, key="1", text="…")
    assert (read("mails").verdict, read("mails").words) == (Verdict.GOOD, "1 封")
    hours = timezone.now() - timedelta(hours=2)
    Notice.objects.update(made_at=hours, mail_tried_at=timezone.now(), mail_error="没有应答")
    reading = read("mails")
    assert (reading.verdict, reading.advice) == (Verdict.CARE, "最近的原因：没有应答")
    Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())
    assert read("mails").numbers == {"waiting_mails": 0}


@pytest.mark.parametrize(
    ("free", "verdict"), [(400, Verdict.GOOD), (149, Verdict.CARE), (49, Verdict.BAD)]
)
def test_disk_is_judged_by_the_share_that_is_free(monkeypatch, settings, tmp_path, free, verdict):
    settings.MEDIA_ROOT = tmp_path / "not" / "yet"
    asked = []

    def measure(folder):
        asked.append(folder)
        return SimpleNamespace(total=1000, free=free)

    monkeypatch.setattr(health.shutil, "disk_usage", measure)
    reading = read("disk")
    assert (reading.verdict, asked) == (verdict, [tmp_path])
    assert bool(reading.advice) == (verdict != Verdict.GOOD)


@pytest.mark.parametrize(
    ("names", "verdict", "words"),
    [
        (["20260301T010000Z", "20260302T010000Z"], Verdict.GOOD, "2026年3月2日09:00，留着 2 份"),
        (["20260301T010000Z", ".partial-20260302T010000Z"], Verdict.CARE, "留着 1 份"),
        (["20260226T010000Z"], Verdict.BAD, "2026年2月26日09:00"),
        (["lost+found", "99999999T999999Z"], Verdict.BAD, "还没有备份"),
    ],
)
def test_backup_is_the_newest_folder_of_its_script(
    monkeypatch, settings, tmp_path, names, verdict, words
):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    assert read("backup").verdict == Verdict.UNSET
    settings.BACKUP_FOLDER = tmp_path
    for name in names:
        (tmp_path / name).mkdir()
    reading = read("backup")
    assert reading.verdict == verdict
    assert words in reading.words


def test_backup_folder_that_is_not_there_is_told(settings, tmp_path):
    settings.BACKUP_FOLDER = tmp_path / "gone"
    assert read("backup").verdict == Verdict.BAD
    assert read("backup").words.startswith(f"读不到文件夹 {tmp_path}/gone：")


@contextmanager
def showing(folder, days):
    """An address where a certificate is shown that ends in so many days."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*make_certificate(folder, days))
    with TCPServer(("127.0.0.1", 0), BaseRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address
        server.shutdown()


@pytest.mark.parametrize(
    ("days", "verdict"), [(90, Verdict.GOOD), (20, Verdict.CARE), (5, Verdict.BAD)]
)
def test_certificate_is_the_one_that_readers_are_shown(settings, tmp_path, days, verdict):
    assert read("certificate").verdict == Verdict.UNSET
    with showing(tmp_path, days) as address:
        settings.CERTIFICATE_AT = address
        reading = read("certificate")
    assert reading.verdict == verdict
    end = timezone.now() + timedelta(days=days)
    assert abs(reading.numbers["certificate_end_timestamp_seconds"] - end.timestamp()) < 600


def test_certificate_that_nobody_shows_is_told(settings):
    settings.CERTIFICATE_AT = ("127.0.0.1", 9)
    reading = read("certificate")
    assert (reading.verdict, reading.numbers) == (Verdict.BAD, {})
    assert reading.words.startswith("没有取到证书：")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("sqlite" in os.environ.get("DATABASE_URL", "sqlite"), reason="needs a server")
def test_database_that_is_away_leaves_the_other_readings():
    with database_gone():
        health.connection.close()
        readings = {each.key: each.verdict for each in take_readings()}
    assert readings["database"] == Verdict.BAD
    assert set(readings) == {"database", "disk", "backup", "certificate"}
