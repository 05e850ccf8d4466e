"""Pictures: one sheet of paper as PDF, and drawings or sheets as PNG, all in our own fonts."""

from datetime import datetime
from io import BytesIO

import pypdfium2
import weasyprint
from PIL import Image

from disclosures.publishing.pdf.rendering import (
    PRESS,
    PRINT,
    STYLES,
    at_press,
    lay_out_pages,
    load_styles,
    read_styles,
    write_archive,
)

SHEET = STYLES / "sheet.css"
# Type in points, largest first: the largest that leaves all on one page is taken.
SIZES = (12, 11, 10, 8.5, 7, 5)
# A drawing's page is as large as the drawing, and holds nothing else.
ALONE = """@page {{ margin: 0; size: {width}px {height}px }}
head {{ display: none }} html, body, svg {{ display: block }}"""
# Flat colours and the greys at the edges of letters; as many as a palette needs for both.
COLOURS, ALMOST = 64, 254


class OverfullSheetError(Exception):
    """What should stand on one sheet does not, in the smallest type there is."""


def render_sheet(html: str, *, title: str, author: str, created: datetime) -> bytes:
    """One page of A4 as PDF/A-3a and PDF/UA-1; equal input gives equal bytes.

    The type is as large as leaves all on the page. Raises OverfullSheetError where none does, and
    ForbiddenFetchError when the html refers to anything outside itself.
    """
    with at_press():
        return write_archive(_fit_page(html), title, author, created)


def _fit_page(html: str) -> weasyprint.Document:
    sheets = (load_styles(PRINT), load_styles(SHEET))
    for size in SIZES:
        type_size = read_styles(f"html {{ font-size: {size}pt }}")
        document = lay_out_pages(html, *sheets, type_size)
        if len(document.pages) == 1:
            return document
    raise OverfullSheetError(len(document.pages))


def paint_drawing(svg: str, size: tuple[float, float], width: int) -> bytes:
    """An SVG of this size as PNG, `width` pixels wide."""
    page = read_styles(ALONE.format(width=size[0], height=size[1]))
    html = f'<html lang="zh-CN"><head></head><body>{svg}</body></html>'
    with at_press():
        data = lay_out_pages(html, page).write_pdf()
    return paint_page(data, width)


def paint_page(data: bytes, width: int) -> bytes:
    """The first page of a PDF as PNG on white, `width` pixels wide; equal input, equal bytes."""
    with PRESS, pypdfium2.PdfDocument(data) as document:
        page = document[0]
        painted = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    flat = painted.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # The mean of nearly nothing but white is cut off to the number below.
    flat.putpalette([255 if value == ALMOST else value for value in flat.getpalette()])
    file = BytesIO()
    flat.save(file, "PNG")
    return file.getvalue()
