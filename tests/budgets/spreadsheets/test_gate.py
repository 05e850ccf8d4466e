import io
import zipfile

import pytest

from budgets import spreadsheets
from budgets.spreadsheets.gate import LARGEST_FILE
from tests.factories.books import fill

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pack(**members):
    """A zip archive with these members; `__` stands for a slash, `_` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def pack_workbook(**members):
    """An archive with the two members that every workbook has, and more."""
    out = io.BytesIO(pack(xl__workbook_xml="<workbook/>", **members))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的。"),
        (b"\r\n  ", "文件是空的。"),
        (b"PK" + b"x" * LARGEST_FILE, "文件超过 50 MB。"),
        (OLD + b"Workbook", "这是旧版 Excel（.xls）或其他旧版 Office 文件。"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "文件设了打开密码。"),
        (b"%PDF-1.7\n...", "这是 PDF 文件，不是工作簿。"),
        ("部门,金额".encode(), "这不是 Excel 工作簿（.xlsx）。"),
        (fill()[:3000], "文件已损坏，打不开。"),
        (pack(word__document_xml="<w/>"), "这是 Word 文件，不是工作簿。"),
        (
            pack(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "这是 OpenDocument 文件（.ods），不是 .xlsx。",
        ),
        (pack(a_txt="x"), "这不是 Excel 工作簿（.xlsx）。"),
        (pack_workbook(xl__a_xml=b"0" * (81 * 1024 * 1024)), "文件解压后过大。"),
        (
            pack_workbook(xl__a_xml='<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'),
            "文件含有不允许的内容（实体声明）。",
        ),
        (pack_workbook(), "文件的内部结构有误，读不出来。"),
    ],
)
def test_file_that_is_no_workbook_is_refused_in_one_sentence(content, message):
    sheets = spreadsheets.read(content)
    assert [problem.message for problem in sheets.problems] == [message]
    assert sheets.rows == {}
    assert [problem.place for problem in sheets.problems] == ["整个文件"]


def test_workbook_passes_the_gate():
    assert spreadsheets.read(fill()).problems == []
