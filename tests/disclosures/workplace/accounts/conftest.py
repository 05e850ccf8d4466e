"""Tests of the login come faster than people: what checking passwords may cost is full for each."""

import pytest

from disclosures.workplace.accounts import login
from disclosures.workplace.accounts.password_work import TimeShare


@pytest.fixture(autouse=True)
def _no_login_before(monkeypatch):
    for name in ("KNOWN", "STRANGERS"):
        monkeypatch.setattr(login, name, TimeShare(share=0.1, saved=10))
