"""What the portal answers where it cannot do what was asked; what each answer carries."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.views.defaults import bad_request

from budgets.audit import Inspection
from budgets.importing.new_year import open_year
from budgets.models import Entry, Upload
from disclosures.publishing.outage import FULL
from disclosures.workplace.accounts.login import REFUSAL
from tests.disclosures.interruptions import full_database, small_files
from tests.factories.books import SMALL, fill
from tests.factories.people import gather, load_chart

pytestmark = pytest.mark.django_db


def test_health_answers_ok_without_a_cookie(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def refuse_to_execute(execute, sql, params, many, context):
    raise DatabaseError("gone")


def test_health_reports_a_silent_database(client):
    with connection.execute_wrapper(refuse_to_execute):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"database unavailable\n")


def test_health_refuses_to_be_written_to(client):
    assert client.post("/healthz").status_code == 405


def test_answer_carries_a_strict_content_security_policy(client):
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("address", ["/healthz", "/admin/login/", "/data/", "/nowhere/"])
def test_no_page_may_ask_for_the_camera_or_the_place(client, address):
    policy = client.get(address)["Permissions-Policy"]
    assert {"camera=()", "geolocation=()"} < set(policy.split(", "))


def test_redirection_to_https_is_to_the_site_whatever_a_visitor_calls_it(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_SSL_HOST = True, "budget.example.gov.cn"
    answer = Client().get("/2025/?q=1", SERVER_NAME="evil.example")
    assert answer["Location"] == "https://budget.example.gov.cn/2025/?q=1"


def test_workplace_shows_its_name_and_keeps_its_cookie_to_itself(client):
    response = client.get("/admin/login/")
    assert "部门预算编报与公开 — 工作台" in response.content.decode()
    assert {cookie["path"] for cookie in response.cookies.values()} == {"/admin/"}


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
    # It came in, and was refused: it is another department's.
    assert (Upload.objects.count(), Entry.objects.count()) == (1, before + 2)


def fill_file(content=None):
    return SimpleUploadedFile("预算.xlsx", content or fill())


BACK = f'<a href="{reverse("workplace:home")}">回到工作台</a>'


def test_missing_page_of_the_workplace_leads_back_there(client):
    cast = gather()
    page = cast.enter(client, "clerk_b").get(reverse("workplace:tasks", args=(2026, "107001")))
    assert page.status_code == 404
    assert BACK in page.content.decode()
    assert BACK not in client.get("/2026/999/").content.decode()


def test_stale_form_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    client.force_login(gather()["clerk_b"])
    answer = client.post(reverse("filing:open", args=(2026, "108001")))
    assert answer.status_code == 403
    assert "没有保存：这一页已经过期" in answer.content.decode()
    assert BACK in answer.content.decode()


def test_refused_submission_names_the_limit(rf):
    answer = bad_request(rf.get("/"), ValueError())
    assert answer.status_code == 400
    assert "上传工作簿" in answer.content.decode()


def test_wrong_password_is_refused_with_what_to_do(client):
    gather()
    given = {"username": "clerk_b", "password": "y", "next": "/admin/"}
    page = client.post(reverse("admin:login"), given).content.decode()
    assert REFUSAL in page
    assert "<title>登录 · 部门预算编报与公开</title>" in page


def test_who_has_left_is_led_back_in(client):
    page = gather().enter(client, "clerk_b").post(reverse("admin:logout")).content.decode()
    assert "<h1>已退出</h1>" in page
    assert f'<a href="{reverse("workplace:home")}">重新登录</a>' in page


@pytest.mark.parametrize("address", ["/%00/", "/2026/%00/", "/admin/workplace/2026/%00/"])
def test_address_with_a_null_character_is_not_found(client, address):
    answer = gather().enter(client, "bureau").get(address)
    assert answer.status_code == 404
    assert "地址里有不能用的字符。" in answer.content.decode()
