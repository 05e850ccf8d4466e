"""The health probe, and what every answer of the portal carries."""

import pytest
from django.db import DatabaseError, connection


@pytest.mark.django_db
def test_health_answers_ok_without_a_cookie(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def refuse_to_execute(execute, sql, params, many, context):
    raise DatabaseError("gone")


@pytest.mark.django_db
def test_health_reports_a_silent_database(client):
    with connection.execute_wrapper(refuse_to_execute):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"database unavailable\n")


@pytest.mark.django_db
def test_health_refuses_to_be_written_to(client):
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_answer_carries_a_strict_content_security_policy(client):
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.django_db
def test_workplace_shows_its_name_and_keeps_its_cookie_to_itself(client):
    response = client.get("/admin/login/")
    assert "部门预算编报与公开 — 工作台" in response.content.decode()
    assert {cookie["path"] for cookie in response.cookies.values()} == {"/admin/"}
