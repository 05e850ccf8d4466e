"""Lines of Chinese filled to the margin: the room left over goes between the characters.

WeasyPrint justifies by widening spaces, of which Chinese has none, as it does not support
`text-justify` (Kozea/WeasyPrint#2269). `spread_characters` puts this in the place of that one
function: the only one of the library that is replaced. Widths are in CSS pixels.
"""

import re
from collections.abc import Iterator

from weasyprint.formatting_structure.boxes import Box, InlineBox, LineBox, TextBox
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

# Ideographs and full-width signs; digits and letters keep together.
WIDE = re.compile("[\u2014-\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+")
# Readers of the text take a tenth of the size for a space between words.
WIDEST = 0.095


def spread_characters() -> None:
    """Make WeasyPrint justify this way."""
    inline.justify_line = _justify


def _justify(context: object, line: LineBox, room: float) -> None:
    """Give each wide character half of its share on either side, but none at the line's ends."""
    text = "".join(piece.text for piece in _list_texts(line))
    shares = _count_wide(text) - _edge(text[:1]) - _edge(text[-1:])
    if shares > 0:
        spacing = min(room / shares, WIDEST * line.style["font_size"])
        _spread(line, spacing, -_edge(text[:1]) * spacing)


def _list_texts(box: Box) -> Iterator[TextBox]:
    if isinstance(box, TextBox):
        yield box
    elif isinstance(box, (LineBox, InlineBox)):
        for child in box.children:
            yield from _list_texts(child)


def _count_wide(text: str) -> int:
    return sum(len(run) for run in WIDE.findall(text))


def _edge(char: str) -> float:
    return 0.5 if WIDE.match(char) else 0


def _spread(box: Box, spacing: float, advance: float) -> float:
    if isinstance(box, TextBox):
        return _spread_text(box, spacing, advance)
    before = advance
    box.position_x += max(advance, 0)
    for child in box.children:
        advance = _spread(child, spacing, advance)
    box.width += advance - before
    return advance


def _spread_text(box: TextBox, spacing: float, advance: float) -> float:
    # Pango leaves out the half share at both ends of what it sets: the place makes up for it.
    box.position_x += advance + _edge(box.text[:1]) * spacing
    shares = _count_wide(box.text)
    if shares:
        layout = SpreadLayout(box.style, spacing)
        layout.set_text(box.text, justify=True)
        layout.deactivate()
        box.pango_layout = layout
        box.width += (shares - _edge(box.text[:1]) - _edge(box.text[-1:])) * spacing
    return advance + shares * spacing


class SpreadLayout(Layout):
    """Text set with its wide characters apart by the justification spacing."""

    def set_text(self, text: str, justify: bool = False) -> None:
        """Set the text; the spacing counts when it is drawn, as `justify` says."""
        super().set_text(text)
        if justify:
            attributes = pango.pango_layout_get_attributes(self.layout)
            if attributes == ffi.NULL:
                attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
            for run in WIDE.finditer(text):
                attribute = pango.pango_attr_letter_spacing_new(
                    int(self.justification_spacing * TO_UNITS)
                )
                attribute.start_index = len(text[: run.start()].encode())
                attribute.end_index = attribute.start_index + len(run[0].encode())
                pango.pango_attr_list_change(attributes, attribute)
            pango.pango_layout_set_attributes(self.layout, attributes)
