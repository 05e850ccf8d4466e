"""Make the fonts of the PDF from the files of their makers; see docs/fonts.md."""

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

TARGET = Path(__file__).parents[1] / "disclosures" / "publishing" / "pdf" / "fonts"
# Layout tables serve vertical and variant setting, which a disclosure does not use.
USELESS_TABLES = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "gasp", "prep", "vhea", "vmtx"]
# What the profile of a TrueType font says of its instructions; these have none.
UNHINTED_LIMITS = (
    "maxZones",
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
)
ASCII = frozenset(map(chr, range(0x20, 0x7F)))
SIGNS = frozenset("\u00a0©®°±·×÷€–—―−‰℃℡№㎎㎏㎜㎝㎞㎡㏄≠≤≥≈∞√∑ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ※•⋯■□▲△◆◇○●★☆√〇﹣")


def decode_gb2312(rows: Iterable[int]) -> frozenset[str]:
    """Give the characters of these rows (1 to 94) of the GB/T 2312 table."""
    cells = (
        bytes([0xA0 + row, 0xA0 + column]).decode("gb2312", "ignore")
        for row in rows
        for column in range(1, 95)
    )
    return frozenset(cells) - {""}


COMMON = decode_gb2312(range(1, 88)) | ASCII | SIGNS
# Rows 1 and 3 are punctuation and full-width forms, 16 to 55 the 3,755 most used characters.
HEADING = decode_gb2312([1, 3, *range(16, 56)]) | ASCII | SIGNS


@dataclass(frozen=True)
class Face:
    """One file to make: its source, its family name, and the characters it keeps.

    `latin` is the source its letters and digits are borrowed from, `inverted` keeps what the
    other faces leave out.
    """

    source: str
    target: str
    family: str
    kept: frozenset[str] = COMMON
    latin: str = ""
    inverted: bool = False
    tabular: bool = False


# The digits of FandolFang and FandolKai are of another design than their characters.
LATIN = "FandolSong-Regular.otf"
SERIF, BOLD = "NotoSerifSC_400Regular.ttf", "NotoSerifSC_700Bold.ttf"
FACES = (
    Face("FandolFang-Regular.otf", "FandolFang.ttf", "Disclosure Fang", latin=LATIN),
    Face("FandolKai-Regular.otf", "FandolKai.ttf", "Disclosure Kai", HEADING, latin=LATIN),
    Face("NotoSansSC_500Medium.ttf", "NotoSansSC-Medium.ttf", "Disclosure Hei"),
    Face(SERIF, "NotoSerifSC-Regular.ttf", "Disclosure Song", tabular=True),
    Face(BOLD, "NotoSerifSC-Bold.ttf", "Disclosure Title", tabular=True),
    Face(SERIF, "NotoSerifSC-Rest.ttf", "Disclosure Rest", inverted=True),
)


def make(face: Face, folder: Path) -> None:
    """Write one face: the kept characters of its source (or all others), under its own name."""
    font = take(folder / face.source, face)
    if face.latin:
        borrow_latin(font, take(folder / face.latin, face))
    if face.tabular:
        equalise_digits(font)
    rename(font, face.family)
    font.save(TARGET / face.target)


def take(source: Path, face: Face) -> TTFont:
    """Open a source, without the characters and tables that the face leaves out."""
    font = TTFont(source, recalcTimestamp=False)
    kept = {ord(char) for char in face.kept}
    points = font.getBestCmap().keys()
    # A space takes the face of the word before it, so every face needs the common signs.
    others = points - kept | {ord(char) for char in ASCII | SIGNS} & points
    options = Options(drop_tables=[*Options().drop_tables, *USELESS_TABLES], hinting=False)
    options.layout_features = []
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=others if face.inverted else points & kept)
    subsetter.subset(font)
    if "CFF " in font:
        draw_quadratic(font)
    return font


def borrow_latin(font: TTFont, latin: TTFont) -> None:
    """Draw letters, digits and signs of ASCII as the other font does; both have the same em."""
    own, other = font.getBestCmap(), latin.getBestCmap()
    for char in ASCII:
        name, model = own[ord(char)], other[ord(char)]
        font["glyf"].glyphs[name] = latin["glyf"][model]
        font["hmtx"][name] = latin["hmtx"][model]


def equalise_digits(font: TTFont) -> None:
    """Give all digits the width of the zero, each in the middle of it, so that columns align."""
    names = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    width = font["hmtx"][names[0]][0]
    for name in names:
        advance, bearing = font["hmtx"][name]
        shift = (width - advance) // 2
        glyph = font["glyf"][name]
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, bearing + shift)


def draw_quadratic(font: TTFont) -> None:
    """Turn the outlines into TrueType ones, true to a thousandth of the em.

    Readers look a glyph of a CID-keyed CFF font up by its CID, and the layout engine by its place:
    after subsetting the two differ, and a reader would show other characters or none.
    """
    drawn, order = font.getGlyphSet(), font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(drawn)
        drawn[name].draw(
            Cu2QuPen(pen, max_err=font["head"].unitsPerEm / 1000, reverse_direction=True)
        )
        outlines[name] = pen.glyph(dropImpliedOnCurves=True)
    font["glyf"], font["loca"] = newTable("glyf"), newTable("loca")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, outlines
    del font["CFF "]
    font.sfntVersion = "\x00\x01\x00\x00"
    font["post"].formatType = 3.0
    font["maxp"].tableVersion = 0x00010000
    for limit in UNHINTED_LIMITS:
        setattr(font["maxp"], limit, 0)


def rename(font: TTFont, family: str) -> None:
    """Give the font one family name and the plain style, so that a name means one file."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 13, 14)]
    for name_id, text in ((1, family), (2, "Regular"), (4, family), (6, family.replace(" ", ""))):
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 400
    font["OS/2"].fsSelection = 1 << 6
    font["head"].macStyle = 0
    font["head"].modified = font["head"].created


def main() -> None:
    """Make every face from the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder that holds the source files")
    folder = parser.parse_args().folder
    for face in FACES:
        make(face, folder)


if __name__ == "__main__":
    main()
