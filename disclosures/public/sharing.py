"""Lets programs on any other website read what is published: files, lists and the interface."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse

INTERFACE, WORKPLACE = "/api/", "/admin/"
READ = "GET, HEAD, OPTIONS"
PREFLIGHT = {
    "Access-Control-Allow-Methods": READ,
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
    "Allow": READ,
}
EXPOSED = "ETag, Last-Modified, Content-Disposition"
REFUSED = "这个接口只供读取，请用 GET。"


class SharingMiddleware:
    """Adds what a browser asks for before it hands an answer to another website's program.

    Nothing here depends on who asks: there is no cookie, so the answer is the same for all. Pages
    are left out, and so is everything of the workplace.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, open to programs unless it is a page or belongs to the workplace."""
        if request.path.startswith(INTERFACE):
            response = self.answer_program(request)
        else:
            response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if not is_page and not request.path.startswith(WORKPLACE):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = EXPOSED
        return response

    def answer_program(self, request: HttpRequest) -> HttpResponse:
        """The interface's answer; to HEAD that to GET, whose body the server leaves out."""
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=PREFLIGHT)
        if request.method == "HEAD":
            request.method = "GET"
        if request.method != "GET":
            refusal = {"status": HTTPStatus.METHOD_NOT_ALLOWED, "messages": [REFUSED]}
            return JsonResponse(refusal, status=refusal["status"], headers={"Allow": READ})
        return self.get_response(request)
