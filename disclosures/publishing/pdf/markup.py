"""The markup of our own templates as the tree that the layout engine walks."""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

import cssselect2
import weasyprint
from weasyprint.urls import URLFetcher

VOID = frozenset({"br", "col", "hr", "img", "link", "meta", "wbr"})
# The engine computes every style anew for an element that has an id, and finds equal styles once
# for those that have none: the many addresses of cells and paragraphs wait until after the layout.
PINNED = frozenset({"p", "td", "th"})
# Drawings within the page: how the engine knows their elements, and those names of attributes that
# a reader of HTML gives in small letters.
DRAWING = "{http://www.w3.org/2000/svg}"
MIXED = {
    name.lower(): name
    for name in ("patternTransform", "patternUnits", "preserveAspectRatio", "viewBox")
}


class _Reader(HTMLParser):
    """Build a tree; every element but the void ones is closed explicitly in our templates."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self.drawings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {MIXED.get(name, name): value or "" for name, value in attrs}
        if tag in PINNED and "id" in attributes:
            attributes["data-id"] = attributes.pop("id")
        self.drawings += tag == "svg"
        self.tree.start(self.name(tag), attributes)
        if tag in VOID:
            self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        closed = self.tree.end(tag)
        if closed.tag != self.name(tag):
            raise ValueError(f"<{closed.tag}> is still open at </{tag}>")
        self.drawings -= tag == "svg"

    def handle_data(self, data: str) -> None:
        self.tree.data(data)

    def name(self, tag: str) -> str:
        """The element's name, with that of its vocabulary inside a drawing."""
        return f"{DRAWING}{tag}" if self.drawings else tag


def read(html: str) -> Element:
    """Read markup into a tree; raises ValueError where an element is not closed in its turn."""
    reader = _Reader()
    reader.feed(html[html.index("<html") :])
    reader.close()
    return reader.tree.close()


class Source(weasyprint.HTML):
    """The engine's source document over a tree read here.

    Its own parser repairs any web page and takes twenty times as long for ours.
    """

    def __init__(self, html: str, url_fetcher: URLFetcher) -> None:
        self.base_url = None
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(
            read(html), content_language=None
        )
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:
        return []


def pin_addresses(document: weasyprint.Document) -> None:
    """Make every cell and paragraph that has an address reachable under it.

    The place is the top left corner of its first box, in CSS pixels.
    """
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.element is not None and (address := box.element.get("data-id")):
                x, y = box.position_x, box.position_y
                page.anchors.setdefault(address, (x, y, x, y))
