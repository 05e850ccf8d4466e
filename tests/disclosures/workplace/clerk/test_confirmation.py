"""Confirming in the browser: what one sees, what stands against it, and what is recorded."""

from dataclasses import replace

import pytest
from django.urls import reverse

from budgets.audit import note_edit
from budgets.models import Budget, State
from disclosures.models import Transition
from disclosures.workflow.access import Role
from tests.factories.people import appoint, hire
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db

CONFIRM = reverse("workplace:confirm", args=(2025, "107001"))


def see(client, who):
    client.force_login(who)
    return client.get(CONFIRM)


def press(client, move="CONFIRM", **posted):
    seen = client.get(CONFIRM).context["seen"]
    return client.post(CONFIRM, {"move": move, "seen": seen} | posted)


def state():
    return Budget.objects.get().state


def test_head_confirms_once_however_often_pressed(budget, head, client):
    seen = see(client, head).context["seen"]
    for _ in range(3):
        answer = client.post(CONFIRM, {"move": "CONFIRM", "seen": seen, "words": "同意"})
        assert answer["Location"] == CONFIRM
    assert (state(), Transition.objects.count()) == (State.CONFIRMED, 1)
    page = client.get(CONFIRM).content.decode()
    assert "填报中 → 已确认。同意" in page
    assert "撤回确认</button>" in page


def test_clerk_sees_who_confirms_and_no_button(budget, clerk, client):
    page = see(client, clerk).content.decode()
    assert "请由没有填报过这份预算的单位负责人登录后，在本页确认。" in page
    assert "确认</button>" not in page


def test_button_rests_while_something_stands_against_it(budget, head, client, refile):
    refile(signed_on=None)
    page = see(client, head).content.decode()
    assert "<li>检查还有1处错误，请先改正。</li>" in page
    assert '<button class="button primary" disabled>确认</button>' in page
    told = press(client).content.decode()
    assert "没有办成" in told
    assert (state(), Transition.objects.count()) == (State.FILLING, 0)


def test_head_who_filled_is_told_so(budget, head, union, client):
    note_edit(budget, head, "保存“收入”")
    assert "填报和确认不能是同一个人" in see(client, head).content.decode()
    press(client)
    assert state() == State.FILLING
    see(client, hire("second", union, "head"))
    press(client)
    assert state() == State.CONFIRMED


def test_page_opened_before_a_change_does_not_confirm_it(budget, head, client, refile):
    seen = see(client, head).context["seen"]
    refile(profile=replace(union_filing().profile, duties="新的职能"))
    answer = client.post(CONFIRM, {"move": "CONFIRM", "seen": seen, "words": "同意"})
    told = answer.content.decode()
    assert "您打开确认页以后，内容有了改动，请重新预览后再确认。" in told
    assert ">\n同意</textarea>" in told
    assert state() == State.FILLING
    press(client)
    assert state() == State.CONFIRMED


def test_withdrawing_asks_why_and_keeps_what_was_typed(budget, head, client):
    see(client, head)
    press(client)
    assert "请写明撤回确认的原因。" in press(client, "WITHDRAW", words=" ").content.decode()
    press(client, "WITHDRAW", words="收入有误")
    assert state() == State.FILLING
    assert "已确认 → 填报中。收入有误" in client.get(CONFIRM).content.decode()


def test_character_that_no_database_keeps_is_left_out(budget, head, client):
    see(client, head)
    press(client, words="同\0意")
    assert Transition.objects.get().words == "同意"


def test_unknown_move_is_not_found(budget, head, client):
    see(client, head)
    assert press(client, "BURN").status_code == 404


def test_auditor_reads_the_history(budget, head, client):
    see(client, head)
    press(client)
    client.force_login(appoint("auditor", Role.AUDITOR))
    page = client.get(CONFIRM).content.decode()
    assert "填报中 → 已确认" in page
    assert "<button" not in page.split("<main")[1]
