"""Asks the portal in its own process, as a web server would: all of its middleware answers."""

import io
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.utils._os import safe_join

from disclosures.window.replies import ALONE, BRIEF

STYLE = "text/css"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the portal answers at an address."""

    status: int
    content_type: str
    tag: str
    body: bytes


class Visitor:
    """Asks for addresses of a site that is known by `root`, such as https://budget.example."""

    def __init__(self, root: str, *, brief: bool = False) -> None:
        self.root, self.manner = urlsplit(root), BRIEF if brief else "whole"
        self.portal = BaseHandler()
        self.portal.load_middleware()

    def ask(self, address: str, known: str = "") -> Answer:
        """The answer to GET; 304 without a body where what is `known` is still what there is."""
        if urlsplit(address).path.startswith(settings.STATIC_URL):
            return read_static(address)
        response = self.portal.get_response(WSGIRequest(self.describe(address, known)))
        body = b"".join(response)
        # Closing the response itself would end the request, and with it the database connection.
        file = getattr(response, "file_to_stream", None)
        if file is not None:
            file.close()
        kind, tag = response.headers.get("Content-Type", ""), response.headers.get("ETag", "")
        return Answer(response.status_code, kind, tag, body)

    def describe(self, address: str, known: str) -> dict[str, object]:
        """The request, in the form in which servers hand it over."""
        split = urlsplit(address)
        # WSGI carries a path's bytes as Latin letters.
        path = unquote(split.path).encode().decode("latin-1")
        asked: dict[str, object] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": split.query,
            "HTTP_HOST": self.root.netloc,
            "wsgi.url_scheme": self.root.scheme,
            "wsgi.input": io.BytesIO(),
            "CONTENT_LENGTH": "0",
            ALONE: self.manner,
        }
        if known:
            asked["HTTP_IF_NONE_MATCH"] = known
        setup_testing_defaults(asked)
        return asked


def read_static(address: str) -> Answer:
    """A stylesheet, a script or a picture, as collected or, on a checkout, where it lies."""
    name = unquote(urlsplit(address).path).removeprefix(settings.STATIC_URL)
    collected = Path(safe_join(settings.STATIC_ROOT, name))
    path = collected if collected.is_file() and not settings.DEBUG else finders.find(name)
    if path is None:
        return Answer(404, "", "", b"")
    kind = STYLE if name.endswith(".css") else "application/octet-stream"
    return Answer(200, kind, "", Path(path).read_bytes())
