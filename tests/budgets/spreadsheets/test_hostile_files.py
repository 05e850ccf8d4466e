"""Nothing hostile in a workbook is unfolded; nothing odd beside its cells hides their values."""

import io
import re
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from budgets.domain.problems import Problem
from budgets.spreadsheets import cells, gate, mark_workbook, marking, open_book
from budgets.spreadsheets.books import RawLine
from budgets.spreadsheets.values import LONGEST_TEXT

SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
TYPE = '<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]>'
REFUSED = "文件含有不允许的内容（实体声明）。"
PROBLEM = Problem(message="不对。", advice="请改正。", sheet="表", cells=("A1",))


def unpack(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def make_parts():
    """A workbook of one sheet with a text, a number, a percentage and a day."""
    book = Workbook()
    book.active.title = "表"
    book.active.append(["甲", 1, 0.05, 45000])
    book.active["C1"].number_format, book.active["D1"].number_format = "0%", "yyyy-mm-dd"
    out = io.BytesIO()
    book.save(out)
    return unpack(out.getvalue())


PARTS = make_parts()
LINES = {"表": open_book(pack(PARTS)).lines["表"]}


def with_rows(rows):
    """The same workbook with other rows."""
    own = re.sub(
        rb"<sheetData>.*</sheetData>", b"<sheetData>" + rows + b"</sheetData>", PARTS[SHEET]
    )
    return pack(PARTS | {SHEET: own})


def with_cells(values):
    return with_rows(b'<row r="1">' + values + b"</row>")


def told(content):
    return [str(problem) for problem in open_book(content).problems]


def declare(part, encoding, comment):
    """A part with a document type behind a comment."""
    root = re.sub(r"^<\?xml[^>]*\?>\s*", "", part.decode())
    head = f'<?xml version="1.0" encoding="{encoding}"?><!--{"c" * comment}-->{TYPE}'
    return (head + root).encode(encoding)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-7"]
)
def test_document_type_is_found_in_any_encoding(encoding):
    assert told(pack(PARTS | {SHEET: declare(PARTS[SHEET], encoding, 9000)}))[0].count(REFUSED)


@pytest.mark.parametrize("name", [*PARTS, "xl/media/image1.png", "a/b.bin"])
def test_document_type_is_found_in_any_part(name):
    content = pack(PARTS | {name: declare(PARTS.get(name, b"<a/>"), "utf-8", 0)})
    assert [problem.message for problem in open_book(content).problems] == [REFUSED]


@pytest.mark.parametrize("name", [SHEET, "docProps/core.xml"])
def test_document_type_is_found_behind_any_comment(name):
    content = pack(PARTS | {name: declare(PARTS[name], "utf-8", 3 << 20)})
    assert [problem.message for problem in open_book(content).problems] == [REFUSED]


@pytest.mark.parametrize("encoding", ["cp037", "utf-32", "ascii"])
def test_document_type_that_no_parser_reads_unfolds_nothing(encoding):
    content = pack(PARTS | {SHEET: declare(PARTS[SHEET].replace("甲".encode(), b"a"), encoding, 0)})
    assert open_book(content).lines == {}
    marked = load_workbook(io.BytesIO(mark_workbook(content, [PROBLEM])))
    assert [cell.value for sheet in marked for row in sheet for cell in row] == []


def test_document_type_behind_what_is_no_xml_stays_out_of_the_marked_copy():
    hidden = b"\x89PNG" + declare(PARTS[STYLES], "utf-8", 0)
    copied = marking.copy_parts(gate.Package(pack(PARTS | {"xl/x.xml": b"\1" + hidden})))
    assert "xl/x.xml" not in zipfile.ZipFile(copied).namelist()


LIMITS = (
    ("MOST_ROWS", b'<row r="1"/>' * 9, "超过 8 行（包括只有格式的空白行）。"),
    ("MOST_CELLS", b"<row>" + b"<c><v>1</v></c>" * 9 + b"</row>", "有内容的单元格超过 8 个。"),
    ("MOST_SIGNS", b"<row><c><v>1234567</v></c><c><v>89</v></c></row>", "文字超过 8 个字。"),
    ("MOST_ELEMENTS", b"<x/>" * 9, "单元格过多（包括只有格式的空白单元格）。"),
)


@pytest.mark.parametrize(("limit", "rows", "message"), LIMITS)
def test_too_much_is_told_in_one_sentence(limit, rows, message, monkeypatch):
    monkeypatch.setattr(cells, limit, 8)
    assert [problem.message for problem in open_book(with_rows(rows)).problems] == [message]


def test_bounds_hold_for_all_sheets_together(monkeypatch):
    monkeypatch.setattr(cells, "MOST_CELLS", 7)
    book = Workbook()
    for title in "ab":
        book.create_sheet(title).append([1, 2, 3, 4])
    out = io.BytesIO()
    book.save(out)
    assert told(out.getvalue())[0].count("有内容的单元格超过 7 个。")


def test_a_million_parts_are_counted_before_they_are_listed():
    content = pack(PARTS) + gate.ENTRY * 5_001
    assert [problem.message for problem in open_book(content).problems] == [
        "文件里有超过 5,000 个部件。"
    ]


def test_part_that_many_sheets_name_is_not_read_for_each(monkeypatch):
    sheet = b'<sheet xmlns:r="urn:r" name="%d" sheetId="1" r:id="rId1"/>'
    named = b"".join(sheet % number for number in range(2000))
    book = re.sub(
        rb"<sheets>.*</sheets>", b"<sheets>" + named + b"</sheets>", PARTS["xl/workbook.xml"]
    )
    book = book.replace(
        b"urn:r", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    )
    parts = PARTS | {"xl/workbook.xml": book}
    monkeypatch.setattr(gate, "LARGEST_UNPACKED", sum(map(len, parts.values())))
    content = pack(parts)
    assert [problem.message for problem in open_book(content).problems] == ["文件解压后过大。"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_cannot_be_unpacked_piece_by_piece_is_refused(method):
    problems = open_book(pack(PARTS, method)).problems
    assert [problem.message for problem in problems] == ["文件的压缩方法不是工作簿用的。"]


@pytest.mark.parametrize("kind", [b't="inlineStr"', b't="str"'])
def test_cell_that_is_too_long_is_told_with_its_address(kind):
    long = b"1" * (LONGEST_TEXT + 1)
    text = b"<is><t>%s</t></is>" if b"inline" in kind else b"<v>%s</v>"
    content = with_cells(b'<c r="B1" %s>' % kind + text % long + b"</c>")
    assert told(content) == ["错误　表!B1：单元格超过 10,000 个字。请删减后再上传。"]
    assert open_book(with_cells(b'<c r="B1" %s>' % kind + text % long[1:] + b"</c>")).problems == []
    marked = load_workbook(io.BytesIO(mark_workbook(content, open_book(content).problems)))
    assert marked["表"]["B1"].comment.text.startswith("错误：单元格超过")


ODD = (
    ("names in another case", lambda parts: {name.upper(): data for name, data in parts.items()}),
    ("backslashes", lambda parts: {name.replace("/", "\\"): data for name, data in parts.items()}),
    ("no styles", lambda parts: {name: parts[name] for name in parts if name != STYLES}),
    (
        "only the parts that hold cells",
        lambda parts: {n: d for n, d in parts.items() if "docProps" not in n and "theme" not in n},
    ),
    (
        "strict OOXML",
        lambda parts: {
            name: data.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            for name, data in parts.items()
        },
    ),
    (
        "a font family that is none",
        lambda parts: (
            parts | {STYLES: parts[STYLES].replace(b'family val="2"', b'family val="99"')}
        ),
    ),
    (
        "styles that end early",
        lambda parts: parts | {STYLES: parts[STYLES].partition(b"<cellStyles")[0]},
    ),
    (
        "a prefix before every name",
        lambda parts: (
            parts
            | {
                SHEET: re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", parts[SHEET]).replace(
                    b"xmlns=", b"xmlns:x="
                )
            }
        ),
    ),
)


@pytest.mark.parametrize(("name", "change"), ODD)
def test_what_is_odd_beside_the_cells_changes_no_value(name, change):
    content = pack(change(PARTS))
    book = open_book(content)
    assert book.problems == []
    values = [line.values[:3] for line in book.lines["表"]]
    assert values == [["甲", 1, 0.05]]
    if name != "no styles":
        assert book.lines == LINES
    marked = load_workbook(io.BytesIO(mark_workbook(content, [PROBLEM])))["表"]
    assert (marked["A1"].value, marked["A1"].comment.text) == ("甲", "错误：不对。请改正。")


CONTENTS = (
    (b'<c t="inlineStr"><is><r><t>a</t></r><rPh><t>x</t></rPh><r><t>b</t></r></is></c>', "ab"),
    (b'<c t="str"><v>a_x000D_&#10;b_x0041_</v></c>', "a\r\nbA"),
    (b'<c t="str"><v>a_xD800_b</v></c>', "ab"),
    (b"<c><v>1e999</v></c>", float("inf")),
    (b"<c><v> 12 </v></c>", 12),
)


@pytest.mark.parametrize(("cell", "value"), CONTENTS)
def test_cell_holds_what_its_program_shows(cell, value):
    assert open_book(with_cells(cell)).lines["表"] == [RawLine(1, [value])]


@pytest.mark.parametrize("number", ["NaN", "1_0", "²", "１", "9" * 401, "0x1", "1e", "--1", "inf"])
def test_what_is_no_number_is_never_taken(number):
    content = with_cells(f"<c><v>{number}</v></c>".encode())
    assert told(content)[0].count("文件的内部结构有误，读不出来。")


@pytest.mark.parametrize("row", ["0", "-1", "1048577", "a", "9" * 5000])
def test_row_that_no_sheet_has_is_never_taken(row):
    assert open_book(with_rows(f'<row r="{row}"><c><v>1</v></c></row>'.encode())).lines == {}


def test_days_are_counted_as_the_workbook_says():
    book = PARTS["xl/workbook.xml"].replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>')
    (line,) = open_book(pack(PARTS | {"xl/workbook.xml": book})).lines["表"]
    assert (line.values[3] - LINES["表"][0].values[3]).days == 1462


def test_day_of_a_chinese_program_needs_no_format():
    styles = PARTS[STYLES].replace(b'numFmtId="164"', b'numFmtId="31"')
    styles = re.sub(rb"<numFmts.*</numFmts>", b"", styles)
    assert open_book(pack(PARTS | {STYLES: styles})).lines == LINES


MOST = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'


@pytest.mark.parametrize(
    "change", [(b"</sheetData>", b"</sheetData>" + MOST), (b'r="B1"', b'r="XFD1048576"')]
)
def test_marked_copy_is_not_as_large_as_a_sheet_may_be(change):
    content = pack(PARTS | {SHEET: PARTS[SHEET].replace(*change)})
    assert load_workbook(io.BytesIO(mark_workbook(content, [PROBLEM])))["表"]["A1"].comment


def test_text_of_a_laid_out_copy_is_no_formula():
    content = with_cells(b'<c t="str"><v>=1+1</v></c><c><v>0.5</v></c>')
    copy = marking.lay_out(open_book(content))["表"]
    assert [(cell.data_type, cell.value) for cell in copy[1]] == [("s", "=1+1"), ("n", 0.5)]
