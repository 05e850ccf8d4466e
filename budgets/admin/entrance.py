"""The way in and out: what is said to a wrong name or password, and what the log says of it all."""

from django.contrib.admin import site
from django.contrib.admin.forms import AdminAuthenticationForm
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse

from budgets import audit
from budgets.audit import Action
from disclosures.workplace.accounts import failures

REFUSAL = "用户名或密码不对，请重新输入，注意大小写。忘记密码的，请联系财政部门重置。"
FOUND = 302


class EntranceForm(AdminAuthenticationForm):
    """The admin's own form with a refusal that says what to do."""

    error_messages = AdminAuthenticationForm.error_messages | {"invalid_login": REFUSAL}


def enter(request):
    """The login; whoever gets in is told in the log, and who does not, by the name tried."""
    if request.method != "POST":
        return site.login(request)
    failures.close_hours()
    with transaction.atomic():
        answer = site.login(request)
        if answer.status_code == FOUND:
            audit.write(Action.LOGIN, who=request.user)
            answer = lead_to_work(request.user, answer)
        else:
            failures.tell(Action.LOGIN_FAILED, request.POST.get("username", ""))
    return answer


def lead_to_work(person, answer):
    """To the workplace who asked for no page; a superuser's work is in the admin."""
    asked_for_none = answer["Location"] == reverse("admin:index")
    return redirect("workplace:home") if asked_for_none and not person.is_superuser else answer


def leave(request):
    """The logout."""
    who = request.user
    if request.method == "POST" and who.is_authenticated:
        audit.write(Action.LOGOUT, who=who)
    return site.logout(request)
