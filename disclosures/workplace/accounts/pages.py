"""The pages of a person's own account: the code at login, the app, the password."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp import login as remember_device

from budgets import audit
from budgets.audit import Action
from disclosures.workplace.accounts import second_factor
from disclosures.workplace.accounts.login import record_failure
from disclosures.workplace.accounts.passwords import OwnPasswordForm, must_change_password
from disclosures.workplace.accounts.second_factor import CodeVerdict
from disclosures.workplace.clerk.page import render_page

WRONG = "验证码不对，请看手机上现在显示的六位数字，重新输入。"
WRONG_AT_LOGIN = "验证码或恢复码不对，请重新输入。每个恢复码只能用一次。"
WAIT = "输错的次数多了，请过 {} 秒再试，这期间输入的不算。"
FEW_CODES = "已用恢复码登录，还剩 {} 个。请尽快在“两步登录”里重新生成，或者换新手机。"


class CodeForm(forms.Form):
    """Asks for the code that an app shows, or for a recovery code."""

    code = forms.CharField(required=False)

    def __init__(self, data=None, *, wrong: str = WRONG):
        super().__init__(data, auto_id="%s")
        self.wrong = wrong

    def judge_by(self, judge: Callable[[str], CodeVerdict]) -> CodeVerdict:
        """What `judge` says of the code that was sent; nothing where none was."""
        if not self.is_valid():
            return CodeVerdict()
        verdict = judge(self.cleaned_data["code"])
        if not verdict.device:
            self.add_error("code", WAIT.format(verdict.wait) if verdict.wait else self.wrong)
        return verdict


@never_cache
@require_http_methods(["GET", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    """The second step of a login."""
    if request.user.is_verified() or not second_factor.is_enrolled(request.user):
        return redirect(read_next(request))
    form = CodeForm(request.POST if request.method == "POST" else None, wrong=WRONG_AT_LOGIN)
    verdict = form.judge_by(partial(second_factor.check_code, request.user))
    if verdict.device:
        return complete_login(request, verdict)
    if form.is_bound:
        record_failure(Action.CODE_FAILED, request.user)
    return draw_account(request, "account/code.html", form, title="两步登录")


def complete_login(request: HttpRequest, verdict: CodeVerdict) -> HttpResponse:
    """Remember in the session that the code was right; a new key for the session, as at login."""
    request.session.cycle_key()
    remember_device(request, verdict.device)
    if isinstance(verdict.device, second_factor.StaticDevice):
        audit.write_entry(Action.CODE_USED, who=request.user)
        left = second_factor.count_recovery_codes(request.user)
        messages.warning(request, FEW_CODES.format(left))
    return redirect(read_next(request))


@never_cache
@require_http_methods(["GET", "POST"])
def manage_app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app, or look after the one there is."""
    if second_factor.is_enrolled(request.user):
        return manage_enrolled_app(request)
    device = second_factor.begin_enrolment(request.user)
    form = CodeForm(request.POST if request.method == "POST" else None)
    verdict = form.judge_by(partial(second_factor.confirm_enrolment, device))
    if verdict.device:
        audit.write_entry(Action.APP_ON, who=request.user, subject=request.user)
        remember_device(request, verdict.device)
        return show_recovery_codes(request)
    return draw_account(
        request,
        "account/enrol.html",
        form,
        title="设置两步登录",
        picture=second_factor.draw_picture(device),
        secret=second_factor.spell_secret(device),
        is_required=second_factor.needs_second_factor(request.user),
    )


class AppForm(CodeForm):
    """New recovery codes, or no app any more."""

    act = forms.ChoiceField(choices=[("codes", "codes"), ("remove", "remove")])


def manage_enrolled_app(request: HttpRequest) -> HttpResponse:
    """New recovery codes, or no app any more: either asks for the app's code once again."""
    form = AppForm(request.POST if request.method == "POST" else None)
    verdict = form.judge_by(partial(second_factor.check_code, request.user, app_only=True))
    if verdict.device and form.cleaned_data["act"] == "codes":
        return show_recovery_codes(request)
    if verdict.device:
        second_factor.remove_app(request.user, by=request.user)
        messages.success(request, "已停用原来的两步登录。")
        return redirect("accounts:app")
    return draw_account(
        request,
        "account/app.html",
        form,
        title="两步登录",
        left=second_factor.count_recovery_codes(request.user),
        is_required=second_factor.needs_second_factor(request.user),
    )


def show_recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, this once."""
    codes = second_factor.make_recovery_codes(request.user)
    audit.write_entry(Action.CODES, who=request.user, subject=request.user)
    return render_page(request, "account/codes.html", title="恢复码", codes=codes)


def draw_account(request: HttpRequest, template: str, form: forms.Form, **context) -> HttpResponse:
    """A page of the account; its form leads on to `next`."""
    return render_page(request, template, form=form, next=read_next(request), **context)


def read_next(request: HttpRequest) -> str:
    """Where to go on: an address of this site, the front page where none is given."""
    aim = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(aim, hosts, require_https=request.is_secure())
    # A redirection takes anything that is not a path for the name of a view.
    return aim if is_ours and aim.startswith("/") else reverse("workplace:home")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """A person's own password; other windows of the same person are logged out."""
    is_first = must_change_password(request.user)
    form = OwnPasswordForm(request.user, request.POST or None)
    if form.is_valid():
        update_session_auth_hash(request, form.save_own())
        messages.success(request, "密码已修改。在别处登录的都已退出。")
        return redirect(read_next(request))
    return draw_account(request, "account/password.html", form, title="修改密码", is_first=is_first)
