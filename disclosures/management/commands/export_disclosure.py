"""Write a published disclosure into a file, in any of its forms."""

import io
import zipfile
from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from disclosures.management.commands._budget import BudgetCommand
from disclosures.models import Disclosure, FileKind
from disclosures.publishing.exports.data import build_page_file, build_table_csv

FORMATS = (*FileKind.values, "csv", "html")


class Command(BudgetCommand):
    help = (
        "把已公开的一版写成文件：pdf、xlsx、json 是公开时固定的原件；"
        "html 是单个网页文件；csv 是一个压缩包，每张表一个文件。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--format", choices=FORMATS, default="pdf", help="形式，默认 pdf")
        parser.add_argument(
            "--edition", metavar="版本", type=int, help="第几版；不写时为现行的一版"
        )
        parser.add_argument(
            "-o", "--output", metavar="文件", type=Path, help="写到哪里；不写时用公开文件名"
        )

    def handle(self, *_args, **options) -> None:
        code, year, version = options["department"], options["year"], options["edition"]
        versions = Disclosure.objects.for_address(year, code)
        disclosure = (versions.filter(version=version) if version else versions).first()
        if disclosure is None:
            which = f"第{version}版" if version else ""
            raise CommandError(f"编码为“{code}”的部门{year}年的预算没有公开{which}。")
        data, name = make_file(disclosure, options["format"])
        target = options["output"] or Path(name)
        try:
            target.write_bytes(data)
        except OSError as refusal:
            raise CommandError(f"不能写入“{target}”：{refusal.strerror}。") from refusal
        self.stdout.write(self.style.SUCCESS(f"已写入 {target}，{len(data)} 字节。"))


def make_file(disclosure: Disclosure, form: str) -> tuple[bytes, str]:
    """The bytes of a form, and the name that a reader would know the file by."""
    stem = f"{disclosure.title}-第{disclosure.version}版"
    if form == "html":
        return build_page_file(disclosure), f"{stem}.html"
    if form == "csv":
        return pack_tables(disclosure), f"{stem}-全部表格.zip"
    file = disclosure.files.get(kind=form)
    return bytes(file.data), file.name


def pack_tables(disclosure: Disclosure) -> bytes:
    """Every table as CSV in one archive; equal content gives equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in disclosure.document.tables:
            member = zipfile.ZipInfo(f"{table.key} {table.title}.csv")
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, build_table_csv(table))
    return packed.getvalue()
