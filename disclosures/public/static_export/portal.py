"""What an export writes: the portal's own answers, and pages where it would need a server."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.handlers.base import BaseHandler
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils._os import safe_join

from disclosures.models import DisclosureFile
from disclosures.public.responses import ALONE, BRIEF
from disclosures.public.years import is_made_up, list_published_years


@dataclass(frozen=True, slots=True)
class PortalAnswer:
    """What the portal answers at an address; `tag` is its ETag."""

    status: int
    content_type: str = ""
    tag: str = ""
    body: bytes = b""


class Portal:
    """The portal as it is known by `root`, such as https://budget.example.

    It is asked in this process, as a web server would: all of its middleware answers.
    """

    def __init__(self, root: str, *, brief: bool = False) -> None:
        split = urlsplit(root)
        self.is_secure = split.scheme == "https"
        known: dict[str, Any] = {"HTTP_HOST": split.netloc, ALONE: BRIEF if brief else "whole"}
        self.requests = RequestFactory(**known)
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def ask(self, address: str, known: str = "") -> PortalAnswer:
        """The answer to GET; 304 without a body where the tag that is `known` still holds."""
        if urlsplit(address).path.startswith(settings.STATIC_URL):
            return read_static(address)
        headers = {"If-None-Match": known} if known else {}
        request = self.requests.get(address, secure=self.is_secure, headers=headers)
        response = self.handler.get_response(request)
        body = b"".join(response)
        # Closing the response itself would end the request, and with it the database connection.
        file = getattr(response, "file_to_stream", None)
        if file is not None:
            file.close()
        kind, tag = response.headers.get("Content-Type", ""), response.headers.get("ETag", "")
        return PortalAnswer(response.status_code, kind, tag, body)


def read_static(address: str) -> PortalAnswer:
    """A stylesheet, a script or a picture, as collected or, on a checkout, where it lies."""
    name = unquote(urlsplit(address).path).removeprefix(settings.STATIC_URL)
    collected = Path(safe_join(settings.STATIC_ROOT, name))
    path = collected if collected.is_file() and not settings.DEBUG else finders.find(name)
    if path is None:
        return PortalAnswer(404)
    kind = "text/css" if name.endswith(".css") else "application/octet-stream"
    return PortalAnswer(200, kind, body=Path(path).read_bytes())


def draw_words(name: str) -> bytes:
    """A page of words, which says where departments are made up."""
    known = {"years": list_published_years(), "is_demo": is_made_up()}
    return render_to_string(f"disclosures/static_export/{name}.html", known).encode()


def list_sums() -> bytes:
    """The digest of every file of every version, in the form that sha256sum reads."""
    found = DisclosureFile.objects.order_by(
        "disclosure__year", "disclosure__department__code", "disclosure__version", "kind"
    ).values_list(
        "sha256", "disclosure__year", "disclosure__department__code", "disclosure__version", "kind"
    )
    lines = (
        f"{sha256}  {year}/{code}/v{version}.{kind}\n"
        for sha256, year, code, version, kind in found
    )
    return "".join(lines).encode()


# By address: the content type, and what makes it.
PAGES = {
    "/search/": ("text/html", lambda: draw_words("search")),
    "/verify/": ("text/html", lambda: draw_words("verification")),
    "/verify/SHA256SUMS.txt": ("text/plain", list_sums),
    "/compare/": ("text/html", lambda: draw_words("comparison")),
}
