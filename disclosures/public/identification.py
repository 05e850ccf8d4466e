"""The public page that takes a file or a digest and says which version it is, if any."""

import re
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from disclosures.publishing.integrity import identify

CODE = re.compile("[0-9a-f]{64}")


# Nothing is changed and nobody is logged in here: the form needs no token, and so no cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_identification(request: HttpRequest) -> HttpResponse:
    """The form, and below it what was found for a digest (`?digest=`) or an uploaded file."""
    file = request.FILES.get("file") if request.method == "POST" else None
    if file is not None:
        code = read_code(file)
        return answer(request, code, f"文件“{file.name}”")
    code = re.sub(r"\s", "", request.GET.get("digest", "")).lower()
    if request.method == "POST":
        return answer(request, "", "", "请先选一个文件。")
    if code and not CODE.fullmatch(code):
        return answer(request, code, "", "摘要应是 64 位的数字和 a 到 f 的字母，请完整复制。")
    return answer(request, code, "这个摘要" if code else "")


def read_code(file) -> str:
    """The SHA-256 of an uploaded file, a piece at a time; the file is not kept."""
    code = sha256()
    for chunk in file.chunks():
        code.update(chunk)
    return code.hexdigest()


def answer(request: HttpRequest, code: str, asked: str, mistake: str = "") -> HttpResponse:
    """The page; `asked` names what was asked about, empty where nothing was."""
    context = {
        "code": code,
        "asked": asked,
        "mistake": mistake,
        "matches": identify(code) if asked else [],
    }
    status = 400 if mistake else 200
    return render(request, "disclosures/identification.html", context, status=status)
