"""The gate: refuses a file that cannot be a filing workbook before anything opens it."""

import io
import zipfile
from collections.abc import Iterator

from budgets.domain.problems import Problem

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_UNPACKED = 80 * 1024 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name of the stream that holds an encrypted workbook, in UTF-16 as the old format writes it.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PROLOGUE = 1024
SAVE_AS = "请用 Excel 或 WPS 另存为“Excel 工作簿（.xlsx）”后再上传。"
SAVE_AGAIN = "请用 Excel 或 WPS 打开并重新保存后再上传。"
DOWNLOAD = "请下载填报模板，填好后上传。"
# What is wrong with the bytes themselves, the plainest first: the test, what to say, what to do.
REASONS = (
    (lambda content: not content.strip(b"\0 \r\n\t"), "文件是空的。", DOWNLOAD),
    (
        lambda content: len(content) > LARGEST_FILE,
        f"文件超过 {LARGEST_FILE // 1024 // 1024} MB。",
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


def inspect_file(content: bytes) -> list[Problem]:
    """Problems of the file as a whole; none if it looks like a workbook of a sane size."""
    found = next(find_reasons(content), None)
    return [Problem(message=found[0], advice=found[1])] if found else []


def find_reasons(content: bytes) -> Iterator[tuple[str, str]]:
    """Reasons to refuse the file: what is wrong, and what to do; nothing large is unpacked."""
    for applies, message, advice in REASONS:
        if applies(content):
            yield message, advice
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from look_inside(archive)
    except Exception:
        # Damaged archives make the library and its decompressors raise errors of many kinds.
        yield "文件已损坏，打不开。", SAVE_AGAIN


def look_inside(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Reasons found in the names, sizes and first bytes of what the archive holds."""
    names = archive.namelist()
    if "word/document.xml" in names:
        yield "这是 Word 文件，不是工作簿。", DOWNLOAD
    if "mimetype" in names and b"opendocument" in archive.read("mimetype")[:100]:
        yield "这是 OpenDocument 文件（.ods），不是 .xlsx。", SAVE_AS
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= {*names}:
        yield "这不是 Excel 工作簿（.xlsx）。", SAVE_AS
    if any(name.endswith("vbaProject.bin") for name in names):
        yield "文件带有宏。", SAVE_AS
    if sum(member.file_size for member in archive.infolist()) > LARGEST_UNPACKED:
        yield "文件解压后过大。", "请删去多余的工作表、图片和空白行列后再上传。"
    if any(declares_entities(archive, name) for name in names if name.endswith((".xml", ".rels"))):
        yield "文件含有不允许的内容（实体声明）。", SAVE_AGAIN


def declares_entities(archive: zipfile.ZipFile, name: str) -> bool:
    """True for XML with a document type, which no spreadsheet program writes."""
    with archive.open(name) as member:
        return b"<!DOCTYPE" in member.read(PROLOGUE).upper().replace(b"\0", b"")
