"""The bindery: the frozen document becomes an archival, accessible PDF."""

from disclosures.publishing.pdf.faces import missing_glyphs
from disclosures.publishing.pdf.picture import paint_drawing, paint_page, render_sheet
from disclosures.publishing.pdf.rendering import Attachment, render

__all__ = [
    "Attachment",
    "missing_glyphs",
    "paint_drawing",
    "paint_page",
    "render",
    "render_sheet",
]
