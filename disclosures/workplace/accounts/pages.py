"""What the pages of an account share."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from disclosures.workplace.clerk.page import render_page


def draw_account(request: HttpRequest, template: str, form: forms.Form, **context) -> HttpResponse:
    """A page of the account; its form leads on to `next`."""
    return render_page(request, template, form=form, next=read_next(request), **context)


def read_next(request: HttpRequest) -> str:
    """Where to go on: the front page where nothing of this site was asked for."""
    return read_asked(request) or reverse("workplace:home")


def read_asked(request: HttpRequest) -> str:
    """The address of this site that somebody was on his way to, if any."""
    aim = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(aim, hosts, require_https=request.is_secure())
    # A redirection takes anything that is not a path for the name of a view.
    return aim if is_ours and aim.startswith("/") else ""
