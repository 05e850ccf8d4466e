"""Asks the portal in its own process, as a web server would: all of its middleware answers."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.handlers.base import BaseHandler
from django.test import RequestFactory
from django.utils._os import safe_join

from disclosures.public.responses import ALONE, BRIEF


@dataclass(frozen=True, slots=True)
class Answer:
    """What the portal answers at an address; `tag` is its ETag."""

    status: int
    content_type: str = ""
    tag: str = ""
    body: bytes = b""


class Portal:
    """The portal as it is known by `root`, such as https://budget.example."""

    def __init__(self, root: str, *, brief: bool = False) -> None:
        split = urlsplit(root)
        self.is_secure = split.scheme == "https"
        manner = {ALONE: BRIEF if brief else "whole"}
        self.requests = RequestFactory(HTTP_HOST=split.netloc, **manner)
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def ask(self, address: str, known: str = "") -> Answer:
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
        return Answer(response.status_code, kind, tag, body)


def read_static(address: str) -> Answer:
    """A stylesheet, a script or a picture, as collected or, on a checkout, where it lies."""
    name = unquote(urlsplit(address).path).removeprefix(settings.STATIC_URL)
    collected = Path(safe_join(settings.STATIC_ROOT, name))
    path = collected if collected.is_file() and not settings.DEBUG else finders.find(name)
    if path is None:
        return Answer(404)
    kind = "text/css" if name.endswith(".css") else "application/octet-stream"
    return Answer(200, kind, body=Path(path).read_bytes())
