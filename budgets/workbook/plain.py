"""Reads a worksheet's XML by its text, where it is written the way that programs write it."""

import codecs
import re
from collections.abc import Iterator
from typing import IO

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel

from budgets.workbook.lines import WIDEST, Formats, Line, make_line

INDEXES = {get_column_letter(index + 1): index for index in range(WIDEST)}
CHUNK = 1 << 20
# What no XML may hold.
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
LONGEST_ROW = 4 * CHUNK
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEAD = re.compile(
    r"""\s*(<\?xml version=["']1\.0["']( encoding=["'](?i:utf-8)["'])?[^?<>]*\?>\s*)?<worksheet """
)
ROW = re.compile(r'\s*(?:<row(?: [\w:]+="[^"<]*")*/>\s*)*<row r="(\d+)"[^<>/]*>\s*')
TAIL = re.compile(
    r'\s*(<row( [\w:]+="[^"<]*")*/>\s*)*</sheetData>(?!.*<sheetData).*</worksheet>\s*', re.DOTALL
)
# A cell as spreadsheet programs write it: blank, a stored value, words, or a formula.
CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"([^<>/]*)(?:/>|>(?:</c>|<v>([^<]*)</v></c>'
    r'|<is><t(?: xml:space="preserve")?>([^<]*)</t></is></c>'
    r"|(<f(?: [^<>]*)?(?:/>|>[^<]*</f>))(?:<v>([^<]*)</v>|<v/>)?</c>))\s*"
)
ATTRIBUTES = re.compile(r'(?: s="(\d+)")?(?: t="(n|s|b|e|str|inlineStr)")? *')
GROUPS = CELL.groups + 1
FIELDS = range(1, GROUPS)
ENTITY = re.compile(r"&([^;&]*;)?")
ENTITIES = {"amp;": "&", "lt;": "<", "gt;": ">", "quot;": '"', "apos;": "'"}
NUMERIC = re.compile(r"#([0-9]{1,7});|#x([0-9a-fA-F]{1,6});")
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class UnusualError(Exception):
    """The XML is not written the way that the quick reader knows; nothing is said of its truth."""


class PlainReader:
    """Reads the XML by its text; raises UnusualError at anything it does not know for sure."""

    def __init__(self, strings: list[str], formats: Formats):
        self.strings, self.formats = strings, formats
        self.kinds: dict[str, tuple[int, str]] = {}
        self.words: dict[tuple[str, str], str] = {}

    def read(self, source: IO[bytes]) -> Iterator[Line]:
        """The rows that are not blank."""
        for row in cut_rows(source):
            line = self.read_row(CELL.split(row))
            if line.values or line.open_formulas:
                yield line

    def read_row(self, parts: list[str | None]) -> Line:
        """One row, its text split at its cells: before them its start tag, between them nothing."""
        head = ROW.fullmatch(parts[0])
        if not head or any(parts[GROUPS::GROUPS]):
            raise UnusualError
        values, percents, open_formulas = {}, [], []
        cells = zip(*(parts[n::GROUPS] for n in FIELDS), strict=True)
        for letters, attributes, stored, written, formula, result in cells:
            if text := stored or written or result:
                # The same words stand in a sheet over and over again.
                value = self.words.get((attributes, text))
                if value is None:
                    value, is_percent = self.read_value(attributes, text, bool(written))
                    percents += [INDEXES.get(letters)] * is_percent
                values[INDEXES.get(letters)] = value
            elif formula:
                open_formulas.append(INDEXES.get(letters))
        return make_line(int(head[1]), values, percents, open_formulas)

    def read_value(self, attributes: str, text: str, is_inline: bool) -> tuple[object, bool]:
        """What a cell holds, by its type and, for numbers, by its style; True for a percentage."""
        style, kind = self.kinds.get(attributes) or self.read_attributes(attributes)
        if (kind == "inlineStr") is not is_inline:
            raise UnusualError
        if kind == "n":
            return self.read_number(style, text), style in self.formats.percents
        if kind == "b":
            return bool(int(text)), False
        words = self.strings[int(text)] if kind == "s" else unescape(text)
        self.words[attributes, text] = words
        return words, False

    def read_attributes(self, attributes: str) -> tuple[int, str]:
        """A cell's style and type."""
        found = ATTRIBUTES.fullmatch(attributes)
        if not found:
            raise UnusualError
        self.kinds[attributes] = int(found[1] or 0), found[2] or "n"
        return self.kinds[attributes]

    def read_number(self, style: int, text: str):
        """A number, or the date that its style makes of it."""
        number = float(text) if any(sign in text for sign in ".eE") else int(text)
        if style not in self.formats.dates:
            return number
        try:
            is_span = style in self.formats.spans
            return from_excel(number, self.formats.epoch, timedelta=is_span)
        except (OverflowError, ValueError):
            return "#VALUE!"


def unescape(text: str) -> str:
    """A text with its entities resolved and its line ends as XML has them."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return ENTITY.sub(resolve, plain) if "&" in plain else plain


def resolve(found: re.Match) -> str:
    """The character that an entity stands for."""
    if (name := found[1]) in ENTITIES:
        return ENTITIES[name]
    digits = NUMERIC.fullmatch(name or "")
    code = digits and (int(digits[1]) if digits[1] else int(digits[2], 16))
    if not code or code > 0x10FFFF or FORBIDDEN.match(chr(code)):
        raise UnusualError
    return chr(code)


def cut_rows(source: IO[bytes]) -> Iterator[str]:
    """The text of each row without its end tag, the whole XML being read to its end."""
    text, is_in_head = "", True
    for chunk in decode(source):
        text += chunk
        if is_in_head and "<sheetData>" in text:
            text, is_in_head = cut_head(text), False
        if not is_in_head:
            *rows, text = text.split("</row>")
            yield from rows
        if len(text) > LONGEST_ROW:
            raise UnusualError
    if is_in_head or not TAIL.fullmatch(text):
        raise UnusualError


def decode(source: IO[bytes]) -> Iterator[str]:
    """The text, piece by piece."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    while chunk := source.read(CHUNK):
        if len(chunk.translate(None, CONTROLS)) < len(chunk):
            raise UnusualError
        try:
            yield decoder.decode(chunk)
        except UnicodeDecodeError as error:
            raise UnusualError from error


def cut_head(text: str) -> str:
    """What follows the start of the rows."""
    head, _, text = text.partition("<sheetData>")
    if not HEAD.match(head) or NAMESPACE not in head or "<!" in head or head.count("<?") > 1:
        raise UnusualError
    return text
