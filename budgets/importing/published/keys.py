"""What a row of a published table stands for: a code, a project, an item, or a total."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

from budgets.domain.tables.form import RowKind
from budgets.domain.text import squeeze
from budgets.importing.published.headings import HeaderSide, RawLine, text_of
from budgets.spreadsheets.values import parse_code, parse_text

TOTAL_LABEL = re.compile(r"(收入|支出)?(总计|合计)|部门(总计|合计)")
# To be searched for.
SUBTOTAL = re.compile(r"(?s)(?:小计|合计)(?::.*)?\Z")
NUMBERING = re.compile(
    r"\A(?:\(?[一二三四五六七八九十]++\)?[、.]|\(?\d++(?:[、.)]|(?=\D))|其中:|[-—·*])++"
)
CODE_AND_NAME = re.compile(r"[\[(]?(\d{3,7})[\])]?(?!年)(\D.*)")
CODE_MARKS = re.compile(r"[\s.\-]")
CLASS_CODE = re.compile(r"\A\d{3}(?!\d|年)")
WIDTHS = (3, 2, 2)


@dataclass(frozen=True, slots=True)
class RowKey:
    """What names a row, and the cells of it; `code` is empty for a total."""

    code: str
    name: str = ""
    project: str = ""
    refs: Mapping[str, str] = field(default_factory=dict)


class Keyer(ABC):
    """Reads the leads of one side's rows from top to bottom; some rows need what stands above.

    `classes` are the codes of the function classes by their names.
    """

    def __init__(self, side: HeaderSide, classes: Mapping[str, str]):
        self.side, self.classes = side, classes
        # How many digits a code may have; none where rows have no codes.
        self.levels = side.block.rows.levels

    @abstractmethod
    def key(self, line: RawLine) -> RowKey | None:
        """The row's key; None for a row that is no entry and no total."""

    def text(self, line: RawLine, lead: str) -> str:
        """What stands in a lead, for comparing; a merged lead may fill any cell of its span."""
        return "".join(text_of(cell) for cell in self.span(line, lead))

    def shown(self, line: RawLine, lead: str) -> str:
        """What stands in a lead as it is written, without blanks."""
        return "".join("".join(parse_text(cell.value).split()) for cell in self.span(line, lead))

    def span(self, line: RawLine, lead: str) -> RawLine:
        start = self.side.leads.get(lead)
        if start is None:
            return ()
        amounts = [index for index in self.side.columns.values() if index > start]
        return line[start : min([self.side.ends[lead], *amounts])]

    def refs(self, line: RawLine) -> dict[str, str]:
        return {
            lead: next(cell.ref for cell in self.span(line, lead) if text_of(cell))
            for lead in self.side.leads
            if self.text(line, lead)
        }

    def label(self, line: RawLine) -> str:
        return "".join(dict.fromkeys(self.shown(line, lead) for lead in self.side.leads))


class CodeKeyer(Keyer):
    """Rows of codes, in one column or in three; a piece left blank is that of the row above."""

    last = ""

    def key(self, line: RawLine) -> RowKey | None:
        code, name = self.read_code(line)
        if code:
            self.last = code
            return RowKey(code, name, self.read_project(line), self.refs(line))
        texts = [self.text(line, lead) for lead in self.side.leads]
        return RowKey("", name) if any(TOTAL_LABEL.fullmatch(text) for text in texts) else None

    def read_project(self, line: RawLine) -> str:
        """The project that the row is of, as it is written; a subtotal over projects is none."""
        project = "".join(parse_text(cell.value) for cell in self.span(line, "project_name"))
        return "" if SUBTOTAL.search(squeeze(project)) else project

    def read_code(self, line: RawLine) -> tuple[str, str]:
        pieces = []
        for lead in ("code_class", "code_section", "code_item"):
            index = self.side.leads.get(lead, len(line))
            pieces.append(parse_code(line[index].value) if index < len(line) else "")
        pieces = [piece if is_digits(piece) else "" for piece in pieces]
        name = self.shown(line, "name")
        if any(pieces):
            return assemble_code(pieces, self.last), name
        if "code" in self.side.leads and self.side.leads["code"] != self.side.leads.get("name"):
            code = CODE_MARKS.sub("", self.text(line, "code"))
            return assemble_code([code if is_digits(code) else ""], self.last), name
        found = CODE_AND_NAME.fullmatch(self.text(line, "name"))
        if not found or len(found[1]) not in self.levels:
            return "", name
        return assemble_code([found[1]], self.last), found[2]


class ProjectKeyer(CodeKeyer):
    """Rows of function codes, and of projects below them that may leave the code out."""

    def key(self, line: RawLine) -> RowKey | None:
        found, project = super().key(line), self.read_project(line)
        if found is None and project and self.last:
            return RowKey(self.last, "", project, self.refs(line))
        return found


class ClassKeyer(Keyer):
    def key(self, line: RawLine) -> RowKey | None:
        text = self.text(line, "class")
        if found := CLASS_CODE.match(text):
            return RowKey(found[0], text[3:], refs=self.refs(line))
        if TOTAL_LABEL.fullmatch(text):
            return RowKey("", text)
        code = self.classes.get(drop_numbering(text), "")
        return RowKey(code, text, refs=self.refs(line)) if code else None


class ItemKeyer(Keyer):
    """Fixed rows by their names; a name that stands in two places is told by the row above."""

    def __init__(self, side: HeaderSide, classes: Mapping[str, str]):
        super().__init__(side, classes)
        self.above = ""
        self.items = side.block.rows.items
        self.anchors = {item.below for item in self.items} | {
            item.key for item in self.items if item.level == 1
        }

    def key(self, line: RawLine) -> RowKey | None:
        text = self.text(line, "item")
        plain = drop_numbering(text)
        called = [
            item
            for item in self.items
            if plain == drop_numbering(squeeze(item.label))
            or (item.aliases and re.fullmatch(item.aliases, plain))
        ]
        # One that may stand here only goes before one that may stand anywhere.
        fits = [item for item in called if item.below == self.above]
        fits += [item for item in called if not item.below]
        if not fits:
            return RowKey("", text) if TOTAL_LABEL.fullmatch(text) else None
        if fits[0].key in self.anchors:
            self.above = fits[0].key
        return RowKey(fits[0].key, plain, refs=self.refs(line))


class FreeKeyer(Keyer):
    def key(self, line: RawLine) -> RowKey | None:
        text = self.text(line, "item")
        if not text or TOTAL_LABEL.fullmatch(text):
            return RowKey("", text) if text else None
        return RowKey(text, self.shown(line, "item"), refs=self.refs(line))


KEYERS: dict[RowKind, type[Keyer]] = {
    RowKind.FUNCTION: CodeKeyer,
    RowKind.ECONOMIC: CodeKeyer,
    RowKind.PROJECT: ProjectKeyer,
    RowKind.CLASS: ClassKeyer,
    RowKind.ITEM: ItemKeyer,
    RowKind.CARRIED: FreeKeyer,
}


def drop_numbering(text: str) -> str:
    return NUMBERING.sub("", text)


def is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def assemble_code(pieces: list[str], last: str) -> str:
    """A code from the pieces of its levels; one left blank before another is that of `last`.

    A piece may also be the whole code so far (20129 beside 201), or lack its leading zero. Zeros
    that only fill up (2010000) are left out.
    """
    code = ""
    for level, piece in enumerate(pieces):
        width = WIDTHS[level]
        if not piece and not any(pieces[level:]):
            break
        if len(piece) > width and piece.startswith(code):
            code = piece
        else:
            code += piece.zfill(width) if piece else last[len(code) : len(code) + width]
    while len(code) > WIDTHS[0] and code.endswith("00"):
        code = code[:-2]
    return code
