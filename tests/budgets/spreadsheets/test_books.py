"""A worksheet's rows are read however its XML is written; nothing malformed is taken."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from budgets.spreadsheets import open_book
from budgets.spreadsheets.books import RawLine

SHEET = "xl/worksheets/sheet1.xml"
CLOSE = b"</sheetData>"


def make(*rows, formats=()):
    """A workbook of one sheet with these rows; formats by cell."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, shown in dict(formats).items():
        book.active[place].number_format = shown
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewrite(content, change):
    """The workbook with another text of its first sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == SHEET else data)
    return out.getvalue()


def lines(content):
    (found,) = open_book(content).lines.values()
    return found


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 3, 1)),
    st.datetimes(datetime.fromisoformat("1900-03-01")),
    st.just(time(8, 30)),
    st.timedeltas(timedelta(0), timedelta(days=9000)),
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), include_characters="\n\t")),
    st.sampled_from(["#REF!", "=1/0", "&amp;", "<c>", "</row>", "]]>", " 前后 ", "a\r\nb"]),
)


@given(st.lists(st.lists(VALUES, max_size=6), max_size=5))
def test_values_are_those_of_the_library(rows):
    content = make(*rows)
    sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).active
    shown = [[None if value == "" else value for value in row] for row in sheet.values]
    read = {line.number: line.values for line in lines(content)}
    for number, values in enumerate(shown, start=1):
        own = read.get(number, [])
        assert own + [None] * (len(values) - len(own)) == values


def test_row_knows_its_number_percentages_and_open_formulas():
    content = make([], [None, 0.05, "=B2*2", "甲"], formats={"B2": "0%"})
    assert lines(content) == [RawLine(2, [None, 0.05, None, "甲"], (1,), (2,))]


def test_signs_that_nobody_types_are_not_read():
    content = make(["\u2066", "培\u202e训\n\x9f费\u202c"], ["\u202e"], ["甲", "\u200b乙"])
    assert lines(content) == [RawLine(1, [None, "培训\n费"]), RawLine(3, ["甲", "\u200b乙"])]


CELLS = (
    (b'<c r="A1" t="n"><v>1</v></c>', [1]),
    (b'<c r="B1"><f>A1*2</f><v>2</v></c>', [None, 2]),
    (b'<c r="A1" t="str"><f t="shared" si="0"/><v>&#30002;&amp;b</v></c>', ["甲&b"]),
    (b'<c r="A1" t="e"><v>#REF!</v></c>', ["#REF!"]),
    (b'<c r="A1" t="b"><v>1</v></c><c r="BI1"><v>9</v></c>', [True]),
    (b'<c t="n" r="A1"><v>1</v></c>', [1]),
    (b"<c r='A1'><v>1</v></c>", [1]),
    (b"<c><v>1</v></c>", [1]),
    (b'<!-- a --><c r="A1"><v>1</v></c>', [1]),
    (b'<c r="A1" t="str"><v><![CDATA[a]]></v></c>', ["a"]),
    (b'<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', ["ab"]),
)


def with_row(cells):
    row = b'<row r="1" spans="1:9" x:y="0.2">' + cells + b"</row>"

    def change(xml):
        named = xml.replace(b"<worksheet ", b'<worksheet xmlns:x="urn:x" ')
        return named.replace(b"<sheetData/>", b"<sheetData>" + row + CLOSE).replace(
            b"<sheetData></sheetData>", b"<sheetData>" + row + CLOSE
        )

    return rewrite(make(), change)


@pytest.mark.parametrize(("cells", "values"), CELLS)
def test_cell_is_read_however_it_is_written(cells, values):
    assert lines(with_row(cells)) == [RawLine(1, values)]


@pytest.mark.parametrize(
    "cells",
    [
        b'<c r="A1"><v>1</c>',
        b'<c r="A1"><v>1</v>',
        b'<c r="A1" t="str"><v>&nbsp;</v></c>',
        b'<c r="A1" t="str"><v>\x01</v></c>',
        b'<c r="A1" t="str"><v>&#1;</v></c>',
        b'<c r="A1" t="s"><v>7</v></c>',
        b'<c r="A1"><v>one</v></c>',
    ],
)
def test_malformed_cell_is_never_taken(cells):
    assert [problem.message for problem in open_book(with_row(cells)).problems] == [
        "文件的内部结构有误，读不出来。"
    ]


@pytest.mark.parametrize(
    "declaration",
    [
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n',
        b"<?xml version='1.0' encoding='utf-8'?>\n",
        b"\xef\xbb\xbf",
    ],
)
def test_declarations_that_programs_write_are_known(declaration):
    assert lines(rewrite(make([1, "甲"]), lambda xml: declaration + xml)) == [RawLine(1, [1, "甲"])]


def test_other_encodings_are_known():
    def recode(xml):
        return '<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16") + xml.decode().encode(
            "utf-16-le"
        )

    assert lines(rewrite(make([1, "甲"]), recode)) == [RawLine(1, [1, "甲"])]


def test_stray_cell_in_the_last_corner_costs_nothing():
    content = make([1])
    far = rewrite(
        content,
        lambda xml: xml.replace(
            CLOSE, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + CLOSE
        ),
    )
    assert lines(far) == [RawLine(1, [1])]


def test_what_stands_around_the_rows_is_not_looked_at():
    odd = b'<hyperlinks><hyperlink ref="A1" unheard="of"/></hyperlinks>'
    content = rewrite(make([1]), lambda xml: xml.replace(CLOSE, CLOSE + odd))
    assert lines(content) == [RawLine(1, [1])]
