"""The pages of a person's own account: the code at login, the app, the password."""

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
from disclosures.workplace.accounts import failures, second_factor
from disclosures.workplace.accounts.passwords import OwnPasswordForm, must_change
from disclosures.workplace.accounts.second_factor import Verdict
from disclosures.workplace.clerk.page import show

WRONG = "验证码不对，请看手机上现在显示的六位数字，重新输入。"
WRONG_AT_LOGIN = "验证码或恢复码不对，请重新输入。每个恢复码只能用一次。"
WAIT = "输错的次数多了，请过 {} 秒再试，这期间输入的不算。"
FEW_CODES = "已用恢复码登录，还剩 {} 个。请尽快在“两步登录”里重新生成，或者换新手机。"


@never_cache
@require_http_methods(["GET", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    """The second step of a login."""
    if request.user.is_verified() or not second_factor.is_enrolled(request.user):
        return redirect(read_next(request))
    verdict = Verdict()
    if request.method == "POST":
        verdict = second_factor.check(request.user, request.POST.get("code", ""))
    if verdict.device:
        return let_in(request, verdict)
    if request.method == "POST":
        failures.tell(Action.CODE_FAILED, request.user)
    return show_form(request, "account/code.html", verdict, WRONG_AT_LOGIN, title="两步登录")


def let_in(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """Remember in the session that the code was right; a new key for the session, as at login."""
    request.session.cycle_key()
    remember_device(request, verdict.device)
    if isinstance(verdict.device, second_factor.StaticDevice):
        audit.write(Action.CODE_USED, who=request.user)
        left = second_factor.count_recovery_codes(request.user)
        messages.warning(request, FEW_CODES.format(left))
    return redirect(read_next(request))


@never_cache
@require_http_methods(["GET", "POST"])
def keep_app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app, or look after the one there is."""
    if second_factor.is_enrolled(request.user):
        return look_after(request)
    device, verdict = second_factor.begin(request.user), Verdict()
    if request.method == "POST":
        verdict = second_factor.finish(device, request.POST.get("code", ""))
    if verdict.device:
        audit.write(Action.APP_ON, who=request.user, subject=request.user)
        remember_device(request, verdict.device)
        return show_codes(request)
    return show_form(request, "account/enrol.html", verdict, WRONG, **describe(device, request))


def describe(device, request: HttpRequest) -> dict[str, object]:
    """What an app needs, as a picture and to be typed."""
    return {
        "title": "设置两步登录",
        "picture": second_factor.draw_picture(device),
        "secret": second_factor.spell_secret(device),
        "is_required": second_factor.is_required(request.user),
    }


def look_after(request: HttpRequest) -> HttpResponse:
    """New recovery codes, or no app any more: either asks for the app's code once again."""
    verdict, act = Verdict(), request.POST.get("act")
    if request.method == "POST" and act in ("codes", "remove"):
        verdict = second_factor.check(request.user, request.POST.get("code", ""), app_only=True)
    if verdict.device and act == "codes":
        return show_codes(request)
    if verdict.device:
        second_factor.remove(request.user, by=request.user)
        messages.success(request, "已停用原来的两步登录。")
        return redirect("accounts:app")
    return show_app(request, verdict)


def show_app(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """The app there is."""
    context = {
        "title": "两步登录",
        "left": second_factor.count_recovery_codes(request.user),
        "is_required": second_factor.is_required(request.user),
    }
    return show_form(request, "account/app.html", verdict, WRONG, **context)


def show_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, this once."""
    codes = second_factor.make_recovery_codes(request.user)
    audit.write(Action.CODES, who=request.user, subject=request.user)
    return show(request, "account/codes.html", title="恢复码", codes=codes)


def show_form(
    request: HttpRequest, template: str, verdict: Verdict, wrong: str, **context
) -> HttpResponse:
    """A page that asks for a code, with what was wrong with the last one."""
    told = ""
    if request.method == "POST":
        told = WAIT.format(verdict.wait) if verdict.wait else wrong
    return show(request, template, mistake=told, next=read_next(request), **context)


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
    is_first = must_change(request.user)
    form = OwnPasswordForm(request.user, request.POST or None)
    if form.is_valid():
        update_session_auth_hash(request, form.keep())
        messages.success(request, "密码已修改。在别处登录的都已退出。")
        return redirect(read_next(request))
    context = {"title": "修改密码", "form": form, "is_first": is_first, "next": read_next(request)}
    return show(request, "account/password.html", **context)
