"""What a person reads when a request cannot be answered: Chinese, and a way back."""

import pytest
from django.test import Client
from django.urls import reverse
from django.views.defaults import bad_request

from disclosures.workplace.accounts.login import REFUSAL
from tests.factories.people import gather

pytestmark = pytest.mark.django_db
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
