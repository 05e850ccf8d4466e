"""The health page for those who see to the portal, and the same for programs with a token."""

import json

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from prometheus_client.parser import text_string_to_metric_families

from disclosures.publishing.turns import Turns
from disclosures.workflow.access import Role
from tests.factories.people import appoint

pytestmark = pytest.mark.django_db
PAGE = reverse("workplace:health")
STATUS, METRICS = reverse("health_status"), reverse("health_metrics")
TOKEN = "a-token-that-only-the-monitoring-of-the-county-knows-0123456789"


@pytest.fixture
def token(settings):
    settings.MONITOR_TOKEN = TOKEN
    return {"headers": {"Authorization": f"Bearer {TOKEN}"}}


@pytest.mark.parametrize("role", ["bureau", "root"])
def test_page_tells_what_is_to_be_done(client, role):
    people = {
        "bureau": lambda: appoint("bureau", Role.BUREAU_ADMIN),
        "root": lambda: User.objects.create_superuser("root"),
    }
    client.force_login(people[role]())
    page = client.get(PAGE)
    assert "no-store" in page["Cache-Control"]
    text = page.content.decode()
    assert "有1项要处理" in text
    assert "请启动 run_worker。" in text
    assert f'href="{PAGE}"' in client.get(reverse("workplace:home")).content.decode()
    Turns().note()
    assert "一切正常。" in client.get(PAGE).content.decode()


def test_page_is_for_nobody_else(client):
    client.force_login(appoint("auditor", Role.AUDITOR))
    assert client.get(PAGE).status_code == 404
    assert PAGE not in client.get(reverse("workplace:home")).content.decode()


@pytest.mark.parametrize("path", [STATUS, METRICS])
def test_programs_say_the_token_and_without_one_there_is_nothing(client, settings, path, token):
    assert client.get(path, **token).status_code in (200, 503)
    assert client.post(path, **token).status_code == 405
    for wrong in ("", "Bearer ", f"Bearer {TOKEN}x", "Bearer 令牌", f"Basic {TOKEN}"):
        assert client.get(path, headers={"Authorization": wrong}).status_code == 404
    settings.MONITOR_TOKEN = None
    for wrong in ("", "Bearer ", "Bearer None"):
        assert client.get(path, headers={"Authorization": wrong}).status_code == 404


def test_status_is_503_while_something_is_bad(client, token):
    answer = client.get(STATUS, **token)
    assert answer.status_code == 503
    told = json.loads(answer.content)
    assert (told["worker"]["verdict"], told["worker"]["workers"]) == (2, 0)
    assert told["backup"] == {
        "verdict": 0,
        "words": "没有告诉网站备份在哪个文件夹（BACKUP_FOLDER）",
    }
    Turns().note()
    assert client.get(STATUS, **token).status_code == 200


def test_metrics_are_read_by_prometheus(client, token):
    Turns().note()
    answer = client.get(METRICS, **token)
    assert answer["Content-Type"].startswith("text/plain; version=")
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }
    assert found["portal_verdict", "worker"] == 0
    assert found["portal_workers",] == found["portal_database_up",] == 1
    assert found["portal_waiting_releases",] == found["portal_waiting_mails",] == 0
    assert found["portal_disk_free_bytes",] > 0
