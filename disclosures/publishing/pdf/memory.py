"""What the layout engine works out anew for every line and every tag, remembered.

`install` puts memories in the place of three functions. A style's answers live as long as the style
does, and a style is not changed once lines are laid out with it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import pydyf
from weasyprint.layout import inline
from weasyprint.text import line_break

list_references = pydyf.PDF.page_references.fget


def install() -> None:
    """Make the layout engine remember."""
    inline.strut = remember(line_break.strut)
    line_break.get_font_description = remember(line_break.get_font_description)
    pydyf.PDF.page_references = property(recall_references)


def remember(work_out: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function of a style that works each style out once."""
    name = f"remembered_{work_out.__name__}"

    @wraps(work_out)
    def recall(style: Any) -> Any:
        known = style.__dict__
        if name not in known:
            known[name] = work_out(style)
        return known[name]

    return recall


def recall_references(pdf: pydyf.PDF) -> tuple[bytes, ...]:
    """The references of all pages, listed anew only where there are more of them."""
    pages, known = pdf.pages["Count"], pdf.__dict__.get("known_references", ())
    if len(known) != pages:
        known = pdf.known_references = list_references(pdf)
    return known
