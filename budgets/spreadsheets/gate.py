"""The gate: refuses a file that cannot be a filing workbook before anything opens it."""

import re
from collections.abc import Iterator

from budgets.spreadsheets.package import MEGABYTE, SAVE_AGAIN, Package, RefusedError

LARGEST_FILE = 50 * MEGABYTE
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name of the stream that holds an encrypted workbook, in UTF-16 as the old format writes it.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORKBOOK = re.compile(r"(?:^|/)workbook[0-9]*\.xml$")
SAVE_AS = "请用 Excel 或 WPS 另存为“Excel 工作簿（.xlsx）”后再上传。"
DOWNLOAD = "请下载填报模板，填好后上传。"
# What is wrong with the bytes themselves, the plainest first: the test, what to say, what to do.
REASONS = (
    (lambda content: not content.strip(b"\0 \r\n\t"), "文件是空的。", DOWNLOAD),
    (
        lambda content: len(content) > LARGEST_FILE,
        f"文件超过 {LARGEST_FILE // MEGABYTE} MB。",
        "请删去图片和无关的工作表后再上传。",
    ),
    (
        lambda content: content.startswith(OLD_OFFICE) and ENCRYPTED in content,
        "文件设了打开密码。",
        "请取消密码后再上传。",
    ),
    (
        lambda content: content.startswith(OLD_OFFICE),
        "这是旧版 Excel（.xls）或其他旧版 Office 文件。",
        SAVE_AS,
    ),
    (lambda content: content.startswith(b"%PDF"), "这是 PDF 文件，不是工作簿。", DOWNLOAD),
    (
        lambda content: not content.startswith(b"PK\x03\x04"),
        "这不是 Excel 工作簿（.xlsx）。",
        SAVE_AS,
    ),
)


def open_package(content: bytes) -> Package:
    """The parts of what looks like a workbook of a sane size; raises RefusedError at all else."""
    for applies, message, advice in REASONS:
        if applies(content):
            raise RefusedError(message, advice)
    try:
        package = Package(content)
        found = next(look_inside(package), None)
    except RefusedError:
        raise
    except Exception as error:
        # Damaged archives make the library and its decompressors raise errors of many kinds.
        raise RefusedError("文件已损坏，打不开。") from error
    if found:
        raise RefusedError(*found)
    return package


def look_inside(package: Package) -> Iterator[tuple[str, str]]:
    """Reasons found in the names and the first bytes of what the archive holds."""
    names = package.members
    if "word/document.xml" in names:
        yield "这是 Word 文件，不是工作簿。", DOWNLOAD
    if "mimetype" in names and b"opendocument" in package.peek("mimetype"):
        yield "这是 OpenDocument 文件（.ods），不是 .xlsx。", SAVE_AS
    if "[content_types].xml" not in names or not any(WORKBOOK.search(name) for name in names):
        yield "这不是 Excel 工作簿（.xlsx）。", SAVE_AS
    if any(name.endswith("vbaproject.bin") for name in names):
        yield "文件带有宏。", SAVE_AS
    if package.has_doctype():
        yield "文件含有不允许的内容（实体声明）。", SAVE_AGAIN
