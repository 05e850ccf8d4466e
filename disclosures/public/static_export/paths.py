"""Which file an address is, and how links lead from one file to another.

Links are found and replaced where they stand in the text: every template quotes its attributes,
and a parser that writes a page anew changes it (lxml's makes `viewbox` of an inline `viewBox`).
"""

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
WHOLE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|$", re.IGNORECASE)
# Questions that have a file each: another look of a document.
ASKED = re.compile(r"(?:unit=yuan)?&?(?:last=1)?")
# Names that some file system refuses, or that are too long for one.
FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$')
LONGEST, KEPT = 120, 60


def choose_pattern(content_type: str) -> re.Pattern[str] | None:
    """How links are written in content of a type; None where there are none to follow."""
    if content_type.startswith("text/css"):
        return STYLE_LINK
    return LINK if content_type.startswith(("text/html", "image/svg+xml")) else None


def locate_file(address: str) -> str:
    """The file of an address, relative to the export; a folder's page is its index.html."""
    split = urlsplit(address)
    parts = [make_safe(part) for part in unquote(split.path).split("/") if part]
    if split.path.endswith("/"):
        parts += [re.sub("[=&]", "-", split.query)] if split.query else []
        parts.append("index.html")
    return "/".join(parts)


def make_safe(part: str) -> str:
    """A part of an address as a file name on any system; what had to change gets a digest."""
    if not FORBIDDEN.search(part) and len(part.encode()) <= LONGEST:
        return part
    mark = sha256(part.encode()).hexdigest()[:12]
    return f"{FORBIDDEN.sub('_', part)[: KEPT // 2]}-{mark}"


def list_links(text: str, pattern: re.Pattern[str], address: str) -> Iterator[str]:
    """The addresses of the same site that a text at an address leads to, without fragments."""
    links = (unescape(match[2]) for match in pattern.finditer(text))
    return (resolve(link, address) for link in links if not WHOLE.match(link))


def replace_links(
    text: str, pattern: re.Pattern[str], address: str, point: Callable[[str, str], str]
) -> str:
    """The text with each link to the same site as `point` gives it for an address and fragment."""

    def replace(match: re.Match[str]) -> str:
        link = unescape(match[2])
        if WHOLE.match(link):
            return match[0]
        pointed = point(resolve(link, address), urlsplit(link).fragment)
        return f"{match[1]}{escape(pointed)}{match[3]}"

    return pattern.sub(replace, text)


def resolve(link: str, address: str) -> str:
    """A link at an address as the address it means; only a query that has a file is kept."""
    split = urlsplit(urljoin(address.partition("?")[0], link))
    is_asked = split.query and ASKED.fullmatch(split.query)
    return f"{split.path}?{split.query}" if is_asked else split.path


def relate(source: str, target: str) -> str:
    """A relative link from one file to another; to a folder's page it names the folder."""
    path = os.path.relpath(target, str(PurePosixPath(source).parent))
    if path == "index.html":
        return "./"
    return quote(path.removesuffix("index.html") if path.endswith("/index.html") else path)
