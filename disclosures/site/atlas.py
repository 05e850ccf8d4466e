"""Addresses and files: which file an address is, and links from one file to another."""

import os.path
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from html import escape, unescape
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

# Links inside a page or a picture; what has a protocol is another website's, or meant to be whole.
LINK = re.compile(r'(\s(?:href|src|action)=")([^"]*)(")')
STYLE_LINK = re.compile(r"""(url\(["']?)([^"')]+)(["']?\))""")
WHOLE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)
# What needs a server to answer: an exported page leads to the portal itself there.
SERVED = ("/admin/", "/api/")
# Questions that have a file each: another page of a list, another look of a document.
ASKED = re.compile(r"page=\d{1,4}|(?:unit=yuan)?&?(?:last=1)?")
# Names that some file system refuses, or that are too long for one.
FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$')
LONGEST, KEPT = 120, 60
# A figure's or a sentence's own page, and the mark on the document that says where it stands.
REFERENCE = re.compile(r"(?P<page>.*/)(?:cells|sentences)/(?P<mark>[^/]+)/")

Pattern = re.Pattern[str]
Point = Callable[[str], str]


def is_page(content_type: str) -> bool:
    """True for what holds links to follow: pages and pictures."""
    return content_type.startswith(("text/html", "image/svg+xml"))


def choose_pattern(content_type: str) -> Pattern | None:
    """How links are written in content of a type; None where there are none to follow."""
    if content_type.startswith("text/css"):
        return STYLE_LINK
    return LINK if is_page(content_type) else None


def locate(address: str) -> str:
    """The file of an address, relative to the export; a folder's page is its index.html."""
    split = urlsplit(address)
    parts = [name_safely(part) for part in unquote(split.path).split("/") if part]
    if split.path.endswith("/"):
        parts += [re.sub("[=&]", "-", split.query)] if split.query else []
        parts.append("index.html")
    return "/".join(parts)


def guess(path: str) -> str:
    """The address of a file, where its name tells it: no other page of a list, no digest."""
    return f"/{quote(path.removesuffix('index.html'))}"


def name_safely(part: str) -> str:
    """A part of an address as a file name on any system; what had to change gets a digest."""
    if not FORBIDDEN.search(part) and len(part.encode()) <= LONGEST:
        return part
    mark = sha256(part.encode()).hexdigest()[:12]
    return f"{FORBIDDEN.sub('_', part)[: KEPT // 2]}-{mark}"


def list_links(text: str, pattern: Pattern, address: str) -> Iterator[str]:
    """The addresses of the same site that a text at an address leads to, without fragments."""
    for match in pattern.finditer(text):
        link = unescape(match[2])
        if link and not WHOLE.match(link):
            yield resolve(link, address)


def resolve(link: str, address: str) -> str:
    """A link at an address as the address it means; only a query that has a file is kept."""
    split = urlsplit(urljoin(address.partition("?")[0], link))
    is_asked = split.query and ASKED.fullmatch(split.query)
    return f"{split.path}?{split.query}" if is_asked else split.path


def relink(text: str, pattern: Pattern, address: str, point: Point) -> str:
    """The text with each link to the same site as `point` gives it for the link's address."""

    def replace(match: re.Match[str]) -> str:
        link = unescape(match[2])
        if not link or WHOLE.match(link):
            return match[0]
        fragment = urlsplit(link).fragment
        mark = f"#{fragment}" if fragment else ""
        pointed = point(resolve(link, address))
        return f"{match[1]}{escape(pointed if '#' in pointed else pointed + mark)}{match[3]}"

    return pattern.sub(replace, text)


def lead(source: str, target: str) -> str:
    """A relative link from one file to another; to a folder's page it names the folder."""
    folder = PurePosixPath(source).parent
    path = os.path.relpath(target, str(folder))
    if path == "index.html":
        return "./"
    return quote(path.removesuffix("index.html") if path.endswith("/index.html") else path)
