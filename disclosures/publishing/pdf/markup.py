"""The markup of our own templates as the document that WeasyPrint lays out.

`Paper` is given to WeasyPrint in place of its HTML, whose parser repairs any web page and whose
style sheet styles any element there is: together a quarter of the time of a document.
"""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

import cssselect2
import weasyprint
from weasyprint.urls import URLFetcher

VOID = frozenset({"br", "col", "hr", "img", "link", "meta", "wbr"})
# Drawings within the page: how WeasyPrint knows their elements, and those names of attributes that
# a reader of HTML gives in small letters.
DRAWING = "{http://www.w3.org/2000/svg}"
MIXED = {
    name.lower(): name
    for name in ("patternTransform", "patternUnits", "preserveAspectRatio", "viewBox")
}


class Paper(weasyprint.HTML):
    """A document of our templates; raises ValueError where an element is not closed in its turn."""

    def __init__(self, html: str, url_fetcher: URLFetcher) -> None:
        self.base_url = None
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(
            read_markup(html), content_language=None
        )
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:
        return []


def read_markup(html: str) -> Element:
    """The tree of a document whose elements, but the void ones, are all closed explicitly."""
    reader = _Reader()
    reader.feed(html[html.index("<html") :])
    reader.close()
    return reader.tree.close()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self.drawings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.drawings += tag == "svg"
        attributes = {MIXED.get(name, name): value or "" for name, value in attrs}
        self.tree.start(self.qualify(tag), attributes)
        if tag in VOID:
            self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        closed = self.tree.end(tag)
        if closed.tag != self.qualify(tag):
            raise ValueError(f"<{closed.tag}> is still open at </{tag}>")
        self.drawings -= tag == "svg"

    def handle_data(self, data: str) -> None:
        self.tree.data(data)

    def qualify(self, tag: str) -> str:
        """The element's name, with that of its vocabulary inside a drawing."""
        return f"{DRAWING}{tag}" if self.drawings else tag
