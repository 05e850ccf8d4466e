"""What was typed when a login had ended: shown again, to be sent once more, never lost."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_CSRF_TOKEN_MISSING
from django.shortcuts import render

FORBIDDEN = 403
WORKPLACE = "/admin/workplace/"
# A page of another site may not put its own words before a person: only what our page sent with a
# token that has become stale is shown again.
STALE = (REASON_CSRF_TOKEN_MISSING, "CSRF token from ")


def refuse_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token does not fit: what was typed, with a token that does."""
    if reason.startswith(STALE) and list_typed(request):
        return offer_again(request)
    return render(request, "403_csrf.html", status=FORBIDDEN)


def offer_again(request: HttpRequest) -> HttpResponse:
    """A page that holds what was typed and sends it again."""
    context = {"typed": list_typed(request), "has_files": bool(request.FILES)}
    return render(request, "account/kept.html", context, status=FORBIDDEN)


def list_typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form of the workplace; nothing of any other."""
    if not request.path.startswith(WORKPLACE):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
