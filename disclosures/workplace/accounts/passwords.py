"""Passwords: the rules beside Django's own, the first one that the bureau gives, the change."""

import re
import secrets

from django.contrib import messages
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from budgets import audit
from budgets.audit import Action
from budgets.models import FirstPassword
from disclosures.workflow.notifications import notify_account
from disclosures.workplace.accounts.failures import claim_try, forget_failures
from disclosures.workplace.accounts.pages import draw_account, read_next

KINDS = [re.compile(kind) for kind in ("[a-z]", "[A-Z]", "[0-9]", "[^a-zA-Z0-9]")]
LEAST_KINDS = 3
# Without what is taken for something else when it is read aloud or from paper: 0 O o 1 l I.
SMALL, CAPITAL, DIGIT = "abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"
GROUPS, GROUP_LENGTH = 3, 4
# Whoever finds a computer logged in may not guess there without end.
OWN = "own password"
WAIT = "原来的密码输错的次数多了，请过 {} 秒再试。"
UNCHANGED = "新密码和原来的一样，请换一个。"


class LengthValidator(MinimumLengthValidator):
    """Django's rule, which it tells in English."""

    def get_error_message(self):
        return f"密码太短，至少要有 {self.min_length} 个字符。"

    def get_help_text(self):
        return f"至少 {self.min_length} 个字符。"


class KindsValidator:
    """At least three kinds of signs, as the classified protection of systems (等保 2.0) asks."""

    def validate(self, password, user=None):
        if sum(bool(kind.search(password)) for kind in KINDS) < LEAST_KINDS:
            raise ValidationError("密码太简单：" + self.get_help_text(), code="password_too_plain")

    def get_help_text(self):
        return "小写字母、大写字母、数字、符号，这四种里至少要有三种。"


def make_password() -> str:
    """A random password that can be read out: three groups of four, some 65 bits."""
    while True:
        signs = [secrets.choice(SMALL + CAPITAL + DIGIT) for _ in range(GROUPS * GROUP_LENGTH)]
        groups = ["".join(signs[at::GROUPS]) for at in range(GROUPS)]
        # Signs between the groups are one kind; two of the letters and digits make three.
        if all(set(signs) & set(kind) for kind in (SMALL, CAPITAL, DIGIT)):
            return "-".join(groups)


@transaction.atomic
def give_first_password(user, by) -> str:
    """Set a new password that must be changed at the next login, and say it this once.

    Whoever is logged in with the old one is logged out by it, and told.
    """
    is_another = bool(user.password) and user.has_usable_password()
    password = make_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    FirstPassword.objects.update_or_create(user=user)
    entry = audit.write_entry(Action.PASSWORD_GIVEN, who=by, subject=user)
    if is_another:
        notify_account(user, entry)
    return password


def must_change_password(user) -> bool:
    return FirstPassword.objects.filter(user=user).exists()


class OwnPasswordForm(AdminPasswordChangeForm):
    error_messages = AdminPasswordChangeForm.error_messages | {
        "password_incorrect": "原来的密码不对，请重新输入，注意大小写。",
        "password_mismatch": "两次输入的新密码不一样，请重新输入。",
    }

    def clean_new_password1(self):
        given = self.cleaned_data["new_password1"]
        if self.user.check_password(given):
            raise ValidationError(UNCHANGED, code="password_unchanged")
        return given

    @transaction.atomic
    def save_own(self):
        """Set the password; what the bureau gave is over."""
        user = self.save()
        FirstPassword.objects.filter(user=user).delete()
        notify_account(user, audit.write_entry(Action.PASSWORD, who=user, subject=user))
        return user


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """A person's own password; other windows of the same person are logged out."""
    is_first = must_change_password(request.user)
    form = OwnPasswordForm(request.user, request.POST or None)  # type: ignore[arg-type]
    if form.is_bound and (wait := claim_try(request.user.get_username(), OWN)):
        messages.error(request, WAIT.format(wait))
        return redirect("admin:password_change")
    if form.is_valid():
        forget_failures(request.user.get_username(), OWN)
        update_session_auth_hash(request, form.save_own())
        messages.success(request, "密码已修改。在别处登录的都已退出。")
        return redirect(read_next(request))
    return draw_account(request, "account/password.html", form, title="修改密码", is_first=is_first)
