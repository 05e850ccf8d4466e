"""Recompute the digests of everything that was published."""

from django.core.management.base import BaseCommand, CommandError

from disclosures.models import Disclosure, DisclosureFile
from disclosures.publishing.integrity import find_faults


class Command(BaseCommand):
    help = (
        "从数据库重新计算全部已公开版本和文件的摘要，报告被改动或缺少的；有问题时退出码为 1。"
        "不改变任何数据。"
    )

    def handle(self, *_args, **_options) -> None:
        faults = list(find_faults())
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError(f"有{len(faults)}处和公开时不一样，请从备份恢复并查明原因。")
        versions, files = Disclosure.objects.count(), DisclosureFile.objects.count()
        told = f"核对了{versions}个版本、{files}个文件，和公开时完全一样。"
        self.stdout.write(self.style.SUCCESS(told))
