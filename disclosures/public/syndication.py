"""What other sites and programs show of this one: news as Atom, tables in frames, all files."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from budgets.models import Department
from disclosures.models import Disclosure
from disclosures.public.responses import identify_release, public_page, reply
from disclosures.public.versions import find_versions
from disclosures.publishing.drawing import draw_table

LONGEST = 50


# From when on the county's portal has its name, as a tag must say (RFC 4151).
SINCE = "2026"


def name_for_ever(path: str) -> str:
    return f"tag:{settings.SITE_HOST},{SINCE}:{path}"


class PublicationFeed(Feed):
    """The newest versions of all departments, or of one; a correction tells its reason."""

    feed_type = Atom1Feed
    author_name = "部门预算公开"

    def get_object(self, request: HttpRequest, code: str = "") -> Department | None:
        """The department, if the address names one; Http404 where it has published nothing."""
        if not code:
            return None
        found = Department.objects.filter(code=code, disclosures__isnull=False).first()
        if found is None:
            raise Http404(f"编码为“{code}”的部门还没有公开过预算。")
        return found

    def feed_guid(self, obj: Department | None) -> str:
        """The feed's name for ever, which must not be what a visitor calls the site."""
        own = reverse("disclosures:department-feed", args=[obj.code]) if obj else None
        return name_for_ever(own or reverse("disclosures:feed"))

    def title(self, obj: Department | None) -> str:
        return f"{obj.name if obj else ''}部门预算公开"

    def subtitle(self, obj: Department | None) -> str:
        return f"{obj.name if obj else '本县各部门'}新公开的预算和更正，最近{LONGEST}件"

    def link(self, obj: Department | None) -> str:
        return reverse("disclosures:home")

    def items(self, obj: Department | None) -> list[Disclosure]:
        found = Disclosure.objects.without_content().select_related("department")
        chosen = found.filter(department=obj) if obj else found
        return list(chosen.order_by("-published_at", "-pk")[:LONGEST])

    def item_title(self, item: Disclosure) -> str:
        return f"{item.title}（第{item.version}版，更正）" if item.reason else item.title

    def item_description(self, item: Disclosure) -> str:
        """What happened, in a sentence, which readers of feeds take for markup."""
        if item.reason:
            return escape(f"更正原因：{item.reason}")
        return escape(f"{item.department.name}公开了{item.year}年部门预算。")

    def item_link(self, item: Disclosure) -> str:
        """The version's own address, which never changes."""
        return item.get_absolute_url()

    def item_guid(self, item: Disclosure) -> str:
        return name_for_ever(item.get_absolute_url())

    def item_pubdate(self, item: Disclosure) -> datetime:
        return item.published_at

    item_updateddate = item_pubdate

    def item_author_name(self, item: Disclosure) -> str:
        return item.department.name


show_feed = public_page(minutes=1)(PublicationFeed())

# Only here may another website put a frame around what it did not make; nothing can be done here.
FRAMED = {"default-src": ["'self'"], "frame-ancestors": ["*"]}
CLOSED = {name: ["'none'"] for name in ("base-uri", "form-action", "object-src", "script-src")}


@require_safe
@xframe_options_exempt
@csp_replace(FRAMED | CLOSED)
@public_page(minutes=1)
def show_embedded_table(
    request: HttpRequest, year: int, code: str, key: str, version: int | None = None
) -> HttpResponse:
    versions = find_versions(year, code, version)
    tag = f"{versions.tag}-{key}-{identify_release()}"

    def draw_frame() -> HttpResponse:
        table, document = versions.find_table(key), versions.chosen.document
        context = versions.context | {
            "table": table,
            "drawn": draw_table(document, table, base=versions.address),
            "citation": versions.citation,
            "source": request.build_absolute_uri(f"{versions.address}#{key}"),
        }
        return render(request, "disclosures/embed.html", context)

    return reply(request, tag, versions.moment, draw_frame)


# Programs of any other website may read files, lists and the interface.
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
