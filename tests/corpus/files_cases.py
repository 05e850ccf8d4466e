"""Files that are no workbook, or no good one: each gets a sentence of its own."""

import io
import zipfile
from dataclasses import dataclass
from functools import cache

import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook

from tests.corpus.case import Case, filing, lines
from tests.corpus.printed import sample

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class FileCase(Case):
    """A file that is made by a function instead of edits."""

    make: object = None

    @property
    def content(self):
        """Its bytes."""
        return self.make()


def file(name, make, told):
    """A case of a file uploaded for the sample's department."""
    return FileCase(name, "filing", told=lines(told), make=make)


def rows_of(content):
    """The values of every sheet of a workbook, by title."""
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@cache
def old_workbook():
    """The sample's tables as .xls."""
    book = xlwt.Workbook(encoding="utf-8")
    for title, rows in rows_of(sample()).items():
        sheet = book.add_sheet(title)
        for down, row in enumerate(rows):
            for right, value in enumerate(row):
                if value is not None:
                    sheet.write(down, right, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def open_document():
    """One row of figures as .ods."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    sheet = (
        f'<office:document-content xmlns:office="{office}office:1.0" '
        f'xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0" office:version="1.2">'
        '<office:body><office:spreadsheet><table:table table:name="收入"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>金额</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return pack({"mimetype": kind, "content.xml": sheet})


def pack(members):
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def unpack(content):
    """A zip archive's members by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def encrypted():
    """The filing workbook with a password to open it."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(filing())).encrypt("107001", out)
    return out.getvalue()


def with_macros():
    """The filing workbook with a macro project, as .xlsm holds it."""
    return pack(unpack(filing()) | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def bomb():
    """A sheet of a few kilobytes that unpacks to a hundred megabytes."""
    sheet = b"<worksheet><sheetData>" + b" " * (100 * MEGABYTE) + b"</sheetData></worksheet>"
    members = unpack(filing())
    name = next(name for name in members if name.startswith("xl/worksheets/sheet"))
    return pack(members | {name: sheet})


def with_entities():
    """A workbook whose XML would unfold itself."""
    laugh = b'<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY lol "ha"><!ENTITY l "&lol;&lol;">]><a>&l;</a>'
    return pack(unpack(filing()) | {"xl/sharedStrings.xml": laugh})


def without_sheets():
    """A workbook whose sheets are gone, though it still names them."""
    kept = unpack(filing()).items()
    return pack({name: data for name, data in kept if not name.startswith("xl/worksheets/")})


def torn():
    """A workbook of which the last third did not arrive."""
    content = filing()
    return content[: len(content) * 2 // 3]


def overwritten():
    """A workbook with zeros in the middle, as a failing disk leaves them."""
    content = bytearray(filing())
    third = len(content) // 3
    content[third : third + 2000] = bytes(2000)
    return bytes(content)


FILES_CASES = (
    file(
        "empty-file",
        lambda: b"",
        told="""
            错误　整个文件：文件是空的。请下载填报模板，填好后上传。
        """,
    ),
    file(
        "file-of-zeros",
        lambda: bytes(4096),
        told="""
            错误　整个文件：文件是空的。请下载填报模板，填好后上传。
        """,
    ),
    file(
        "pdf-renamed",
        lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        told="""
            错误　整个文件：这是 PDF 文件，不是工作簿。请下载填报模板，填好后上传。
        """,
    ),
    file(
        "text-renamed",
        lambda: "部门,金额\n107001,1\n".encode("gb18030"),
        told="""
            错误　整个文件：这不是 Excel 工作簿（.xlsx）。请用 Excel 或 WPS 另存为“Excel 工作簿（.xlsx）”后再上传。
        """,
    ),
    file(
        "page-renamed",
        lambda: "<html><table><tr><td>收入</td></tr></table></html>".encode(),
        told="""
            错误　整个文件：这不是 Excel 工作簿（.xlsx）。请用 Excel 或 WPS 另存为“Excel 工作簿（.xlsx）”后再上传。
        """,
    ),
    file(
        "word-document-renamed",
        lambda: pack({"word/document.xml": "<w:document/>"}),
        told="""
            错误　整个文件：这是 Word 文件，不是工作簿。请下载填报模板，填好后上传。
        """,
    ),
    file(
        "archive-renamed",
        lambda: pack({"表.xlsx": sample()}),
        told="""
            错误　整个文件：这不是 Excel 工作簿（.xlsx）。请用 Excel 或 WPS 另存为“Excel 工作簿（.xlsx）”后再上传。
        """,
    ),
    file(
        "old-workbook",
        old_workbook,
        told="""
            错误　整个文件：这是旧版 Excel（.xls）或其他旧版 Office 文件。请用 Excel 或 WPS 另存为“Excel 工作簿（.xlsx）”后再上传。
        """,
    ),
    file(
        "open-document",
        open_document,
        told="""
            错误　整个文件：这是 OpenDocument 文件（.ods），不是 .xlsx。请用 Excel 或 WPS 另存为“Excel 工作簿（.xlsx）”后再上传。
        """,
    ),
    file(
        "workbook-with-a-password",
        encrypted,
        told="""
            错误　整个文件：文件设了打开密码。请取消密码后再上传。
        """,
    ),
    file(
        "workbook-with-macros",
        with_macros,
        told="""
            错误　整个文件：文件带有宏。请用 Excel 或 WPS 另存为“Excel 工作簿（.xlsx）”后再上传。
        """,
    ),
    file(
        "zip-bomb",
        bomb,
        told="""
            错误　整个文件：文件解压后过大。请删去多余的工作表、图片和空白行列后再上传。
        """,
    ),
    file(
        "entities-in-the-xml",
        with_entities,
        told="""
            错误　整个文件：文件含有不允许的内容（实体声明）。请用 Excel 或 WPS 打开并重新保存后再上传。
        """,
    ),
    file(
        "file-too-large",
        lambda: b"PK\x03\x04" + bytes(51 * MEGABYTE),
        told="""
            错误　整个文件：文件超过 50 MB。请删去图片和无关的工作表后再上传。
        """,
    ),
    file(
        "torn-file",
        torn,
        told="""
            错误　整个文件：文件已损坏，打不开。请用 Excel 或 WPS 打开并重新保存后再上传。
        """,
    ),
    file(
        "overwritten-file",
        overwritten,
        told="""
            错误　整个文件：文件的内部结构有误，读不出来。请用 Excel 或 WPS 打开并重新保存后再上传。
        """,
    ),
    file(
        "workbook-without-sheets",
        without_sheets,
        told="""
            错误　整个文件：缺少工作表“封面”。请从填报模板中复制缺少的部分，或下载新模板重填。
            错误　整个文件：缺少工作表“概况与人员”。请从填报模板中复制缺少的部分，或下载新模板重填。
            错误　整个文件：缺少工作表“收入”。请从填报模板中复制缺少的部分，或下载新模板重填。
            错误　整个文件：缺少工作表“支出明细”。请从填报模板中复制缺少的部分，或下载新模板重填。
            错误　整个文件：缺少工作表“上年数与说明”。请从填报模板中复制缺少的部分，或下载新模板重填。
            错误　整个文件：缺少工作表“项目”。请从填报模板中复制缺少的部分，或下载新模板重填。
            错误　整个文件：缺少工作表“绩效指标”。请从填报模板中复制缺少的部分，或下载新模板重填。
            错误　整个文件：缺少工作表“整体绩效目标”。请从填报模板中复制缺少的部分，或下载新模板重填。
            错误　整个文件：缺少工作表“其他事项”。请从填报模板中复制缺少的部分，或下载新模板重填。
        """,
    ),
)
