"""Makes the public index anew from frozen content, or checks that it is what that says."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from disclosures.publishing.index.writing import find_index_differences, rebuild_index


class Command(BaseCommand):
    help = (
        "从已公开的内容重新生成检索和比较用的索引；公开时索引随版本一起写入，平时不需要运行，"
        "升级程序或恢复备份以后运行一次。--check 只核对，不写入；不一致时退出码为 1。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="只核对索引和公开的内容是否一致")

    def handle(self, *_args, check: bool, **_options) -> None:
        if not check:
            self.stdout.write(self.style.SUCCESS(f"已重新生成{rebuild_index()}份公开的索引。"))
            return
        found = list(find_index_differences())
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"有{len(found)}处不一致，请运行 rebuild_index 重新生成。")
        self.stdout.write(self.style.SUCCESS("索引和公开的内容完全一致。"))
