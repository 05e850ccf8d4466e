"""What checking passwords may cost: one hash whoever asks, and a share of the process at most."""

from threading import Thread

import pytest
from django.contrib.auth.models import User
from django.utils.module_loading import import_string

from config.settings import PASSWORD_HASHERS
from disclosures.workplace.accounts import login, password_work
from disclosures.workplace.accounts.password_work import PasswordHasher, TimeShare, TooBusyError
from tests.disclosures.workplace.accounts.test_failures import leave, try_in


@pytest.fixture
def clock(monkeypatch):
    """A clock that is set by hand: a list with the seconds in it."""
    shown = [0.0]
    for name in ("monotonic", "thread_time"):
        monkeypatch.setattr(password_work, name, lambda: shown[0])
    return shown


def work(share, clock, seconds):
    with share.spend():
        clock[0] += seconds


def work_until_refused(share, clock, seconds):
    while True:
        work(share, clock, seconds)


def work_in_vain(share, clock, seconds):
    with share.spend():
        clock[0] += seconds
        raise ValueError("in vain")


def test_hash_is_as_owasp_asks():
    assert [import_string(name) for name in PASSWORD_HASHERS] == [PasswordHasher]
    encoded = PasswordHasher().encode("密码", "salt-salt-salt")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert PasswordHasher().verify("密码", encoded)


def test_work_that_never_pauses_gets_its_share_of_the_time(clock):
    share, done = TimeShare(share=0.1, saved=0.5), 0
    while clock[0] < 1000:
        try:
            work(share, clock, 0.05)
            done += 0.05
        except TooBusyError:
            clock[0] += 0.05
    assert 95 < done < 105


def test_what_was_not_used_is_saved_up_to_a_limit(clock):
    share = TimeShare(share=0.1, saved=0.5)
    clock[0] += 1000
    with pytest.raises(TooBusyError):
        work_until_refused(share, clock, 0.1)
    assert 1000.4 < clock[0] < 1000.8


def test_work_that_fails_has_cost_its_time_too(clock):
    share = TimeShare(share=0.1, saved=0.5)
    with pytest.raises(ValueError, match="in vain"):
        work_in_vain(share, clock, 1)
    with pytest.raises(TooBusyError):
        work(share, clock, 1)


def test_one_piece_of_work_at_a_time():
    share, refused = TimeShare(share=1, saved=1), []

    def wait_in_vain():
        try:
            with share.spend():
                pass
        except TooBusyError:
            refused.append(True)

    with share.spend():
        other = Thread(target=wait_in_vain)
        other.start()
        other.join()
    assert refused == [True]


@pytest.mark.django_db
def test_unknown_name_costs_one_check_as_a_known_one_does(client, monkeypatch, settings):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    User.objects.create_user("wang", password="right", is_staff=True)
    User.objects.create_user("gone", password="right", is_staff=True, is_active=False)
    costs = []
    for act in ("encode", "verify"):
        own = getattr(PasswordHasher, act)
        monkeypatch.setattr(
            PasswordHasher, act, lambda *args, own=own: costs.append(1) or own(*args)
        )
    for name in ("wang", "gone", "nobody", "n" * 300):
        assert try_in(client, "wrong", name=name).status_code == 200
        assert costs == [1], name
        costs.clear()


@pytest.mark.django_db
def test_busy_portal_says_when_to_try_again_and_strangers_take_nothing_from_the_known(
    client, monkeypatch
):
    User.objects.create_user("wang", password="right", is_staff=True)
    assert try_in(client, "right").status_code == 302
    leave(client)
    monkeypatch.setattr(login, "STRANGERS", TimeShare(share=0, saved=0))
    busy = try_in(client.__class__(), "right")
    assert (busy.status_code, busy["Retry-After"]) == (503, "5")
    assert "现在登录的人太多" in busy.content.decode()
    assert try_in(client, "right").status_code == 302
