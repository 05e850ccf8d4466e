"""The gate: refuses what cannot be a filing workbook, and opens the parts of what can be one.

They are counted and measured before they are unpacked, and read without a tree. No part with a
document type is read beyond it: what the type declares may unfold to any size.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from budgets.domain.problems import Problem

MEGABYTE = 1 << 20
MOST_PARTS = 5_000
LARGEST_UNPACKED = 80 * MEGABYTE
# What an honest workbook of the largest size has, blank cells with a style included.
MOST_ELEMENTS = 2_500_000
CHUNK, FIRST_CHUNK = 1 << 16, 1 << 12
# How each entry of a zip's directory begins, whatever the directory says of their number.
ENTRY = b"PK\x01\x02"
# What other methods pack cannot be unpacked piece by piece: 4 KB of bzip2 may be 80 MB.
PIECEMEAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
SAVE_AGAIN = "请用 Excel 或 WPS 打开并重新保存后再上传。"
DELETE_REST = "请删去多余的工作表、图片和空白行列后再上传。"
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


class RefusedError(Exception):
    """A file that is not read: what is wrong with it, and what to do."""

    def __init__(self, message: str, advice: str = SAVE_AGAIN, **place):
        super().__init__(message)
        self.problem = Problem(message=message, advice=advice, **place)


class Elements:
    """Takes a part's elements as they come, by their names without a namespace.

    A reading says what it does with them; once it `is_done`, the rest is left unread.
    """

    is_done = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """A piece of text."""

    def doctype(self, *names: str | None) -> None:
        raise RefusedError("文件含有不允许的内容（实体声明）。")

    def close(self) -> None:
        """The part has ended; the parser asks for this."""


class Prologue(Elements):
    """What stands before a part's first element, where alone a document type may stand."""

    def start(self, tag, attributes):
        self.is_done = True


class Relations(Elements):
    """The parts that a part names, as (kind, name) by their ids."""

    def __init__(self, origin: str):
        self.folder, self.found = posixpath.dirname(origin), dict[str, tuple[str, str]]()

    def start(self, tag, attributes):
        if tag.endswith("Relationship") and attributes.get("TargetMode") != "External":
            target = plain_name(unquote(attributes.get("Target", "")))
            name = posixpath.normpath(posixpath.join("/", self.folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = kind, name


class Package:
    """The parts of a workbook by their names, in whose case and slashes programs differ.

    Raises RefusedError where there are too many or they are too large, and what a damaged archive
    makes the library raise.
    """

    def __init__(self, content: bytes):
        if content.count(ENTRY) > MOST_PARTS:
            raise RefusedError(f"文件里有超过 {MOST_PARTS:,} 个部件。", DELETE_REST)
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        members = self.archive.infolist()
        if sum(member.file_size for member in members) > LARGEST_UNPACKED:
            raise RefusedError("文件解压后过大。", DELETE_REST)
        if any(member.compress_type not in PIECEMEAL for member in members):
            raise RefusedError("文件的压缩方法不是工作簿用的。")
        self.members = {plain_name(member.filename): member for member in members}
        # A part is read up to its first element, then as a whole; none as often as others name it.
        self.left = 2 * LARGEST_UNPACKED

    def walk(self, name: str, elements: Elements, *, mend: bool = False) -> None:
        """Let the elements of a part be taken; with `mend`, of a malformed one what can be read.

        Raises RefusedError at a document type, and etree.XMLSyntaxError at what is no XML.
        """
        parser = etree.XMLParser(
            target=elements, recover=mend, resolve_entities=False, no_network=True
        )
        size = FIRST_CHUNK
        with self.archive.open(self.members[name]) as stream:
            while not elements.is_done and (chunk := stream.read(size)):
                self.left -= len(chunk)
                if self.left < 0:
                    raise RefusedError("文件解压后过大。", DELETE_REST)
                parser.feed(chunk)
                size = CHUNK
        if not elements.is_done:
            parser.close()

    def peek(self, name: str) -> bytes:
        """How a part begins."""
        with self.archive.open(self.members[name]) as stream:
            return stream.read(100)

    def has_doctype(self) -> bool:
        """True where any part has a document type, which no spreadsheet program writes."""
        for name in self.members:
            try:
                self.walk(name, Prologue())
            except etree.XMLSyntaxError:
                # A picture, or what no parser takes any further.
                continue
            except RefusedError:
                return True
        return False

    def relate(self, origin: str) -> dict[str, tuple[str, str]]:
        """The parts that a part names, as (kind, name) by their ids; those of "" are the file's."""
        folder, name = posixpath.split(origin)
        relations = Relations(origin)
        if (listing := posixpath.join(folder, "_rels", f"{name}.rels")) in self.members:
            self.walk(listing, relations)
        return relations.found


def plain_name(name: str) -> str:
    return name.replace("\\", "/").lower()


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
    except MemoryError:
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
