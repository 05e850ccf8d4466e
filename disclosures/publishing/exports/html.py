"""The whole document as one HTML file that needs no server: the page with its styles inside."""

from base64 import b64encode
from html import escape
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from disclosures.models import Disclosure
from disclosures.publishing.document.drawing import draw_document

PAGE_STYLES = (
    "workplace/tokens.css",
    *(f"disclosures/{n}.css" for n in ("site", "document", "tables")),
)
PAPER = "disclosures/paper.css"
LINK = '<link rel="stylesheet" href="data:text/css;charset=utf-8;base64,{data}"{media}>\n'
PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{links}</head>
{body}</html>
"""


def build_page_file(disclosure: Disclosure) -> bytes:
    """A published version as one UTF-8 file, made from its frozen content."""
    document = disclosure.document
    context = {"document": document, "drawn": draw_document(document), "disclosure": disclosure}
    links = [embed_style(name) for name in PAGE_STYLES] + [embed_style(PAPER, ' media="print"')]
    page = PAGE.format(
        title=escape(disclosure.title),
        links="".join(links),
        body=render_to_string("disclosures/file.html", context),
    )
    return page.encode()


def embed_style(name: str, media: str = "") -> str:
    """A stylesheet of ours inside its own link."""
    data = b64encode(Path(finders.find(name)).read_bytes()).decode("ascii")
    return LINK.format(data=data, media=media)
