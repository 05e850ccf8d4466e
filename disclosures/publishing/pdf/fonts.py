"""The fonts that travel with the project: where they are and which characters they hold."""

import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from weasyprint.text.fonts import FontConfiguration

FOLDER = Path(__file__).parent / "fonts"
# A line break or a tab draws nothing, so no font needs a glyph for it.
BLANK = frozenset("\t\n\r")


@cache
def configure_fonts() -> FontConfiguration:
    """Give the one font configuration of this process: our fonts and none of the machine's.

    The fonts of the machine must stay out, or equal input gives other bytes elsewhere.
    """
    with _configured_by(FOLDER / "fonts.conf"):
        return FontConfiguration()


@contextmanager
def _configured_by(path: Path) -> Iterator[None]:
    # Fontconfig takes the path of its configuration from the environment only.
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(path)
    try:
        yield
    finally:
        del os.environ["FONTCONFIG_FILE"]
        if before is not None:
            os.environ["FONTCONFIG_FILE"] = before


def missing_glyphs(text: str) -> list[str]:
    """Name each character of the text that none of our fonts can draw, in order of appearance.

    One entry a character: the character, its code point and its Unicode name.
    """
    drawable = _list_drawable()
    found = []
    for char in dict.fromkeys(text):
        if ord(char) not in drawable:
            shown = f"“{char}”" if char.isprintable() else "不可见字符"
            found.append(f"{shown} U+{ord(char):04X} {unicodedata.name(char, '无名字符')}")
    return found


@cache
def _list_drawable() -> frozenset[int]:
    points = {ord(char) for char in BLANK}
    for path in sorted(FOLDER.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            points |= font.getBestCmap().keys()
    return frozenset(points)
