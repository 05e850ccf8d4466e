import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.told import list_told

pytestmark = pytest.mark.django_db
ADDRESS = "10.1.2.3"


@pytest.fixture
def person():
    return User.objects.create_user("wang", password="Zx-93-kkq", is_staff=True, last_name="王")


@pytest.fixture
def visitor(client):
    client.defaults["REMOTE_ADDR"] = ADDRESS
    return client


def test_login_and_logout_are_told_with_person_and_address(visitor, person):
    given = {"username": "wang", "password": "Zx-93-kkq"}
    assert visitor.post(reverse("admin:login"), given).status_code == 302
    assert visitor.post(reverse("admin:logout")).status_code == 200
    assert list_told("action", "person", "name", "address") == [
        ("login", person.pk, "wang（王）", ADDRESS),
        ("logout", person.pk, "wang（王）", ADDRESS),
    ]


@pytest.mark.parametrize("name", ["wang", "无此人", "", "<script>\0", "王" * 5000])
def test_failed_login_is_told_by_the_name_tried_and_never_the_password(visitor, person, name):
    given = {"username": name, "password": "guess", "code": "123456"}
    page = visitor.post(reverse("admin:login"), given)
    assert page.status_code == 200
    assert "errornote" in page.content.decode()
    told = ("login_failed", None, name.replace("\0", "")[:150], ADDRESS, None, None, "")
    fields = ("action", "person", "name", "address", "before", "after", "words")
    assert list_told(*fields) == [told]


def test_looking_at_the_doors_tells_nothing(visitor, person):
    visitor.get(reverse("admin:login"))
    visitor.post(reverse("admin:logout"))
    visitor.force_login(person)
    visitor.get(reverse("admin:password_change"))
    assert list_told("action") == []


def test_own_password_is_told_once_it_is_changed_and_never_what_it_is(visitor, person):
    visitor.force_login(person)
    path = reverse("admin:password_change")
    typed = {"old_password": "wrong", "new_password1": "Q7-hfu-2wz", "new_password2": "Q7-hfu-2wz"}
    assert visitor.post(path, typed).status_code == 200
    assert list_told("action") == []
    assert visitor.post(path, typed | {"old_password": "Zx-93-kkq"}).status_code == 302
    fields = ("action", "person", "subject", "before", "after")
    assert list_told(*fields) == [("password", person.pk, "账号 wang", None, None)]


def test_password_page_is_closed_to_the_anonymous(client):
    assert client.get(reverse("admin:password_change")).status_code == 302


@pytest.mark.parametrize("aim", ["https://evil.example/", "//evil.example", "javascript:1", "x"])
def test_login_that_was_to_lead_elsewhere_leads_to_the_workplace(visitor, person, aim):
    given = {"username": "wang", "password": "Zx-93-kkq", "next": aim}
    assert visitor.post(reverse("admin:login"), given)["Location"] == reverse("workplace:home")


def test_login_leads_to_where_a_persons_work_is(visitor, person):
    User.objects.create_superuser("root", password="Zx-93-kkq")
    for name, front in (("wang", "workplace:home"), ("root", "admin:index")):
        for more in ({}, {"next": reverse("admin:index")}):
            given = {"username": name, "password": "Zx-93-kkq"} | more
            assert visitor.post(reverse("admin:login"), given)["Location"] == reverse(front)
    aim = reverse("workplace:check_list")
    answer = visitor.post(reverse("admin:login"), given | {"next": aim})
    assert answer["Location"] == aim
