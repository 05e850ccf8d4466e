"""Removes the bytes of uploaded files that nobody took, after a while."""

from django.core.management.base import BaseCommand

from budgets.importing.retention import clear_uploads


class Command(BaseCommand):
    help = (
        "清除没有导入的工作簿：超过保留的天数，或者超过一份预算、全部预算的容量，先清除最早的。"
        "只清除文件内容，记录、问题和操作日志都留下；已导入的从不清除。后台进程每小时运行一次。"
    )

    def handle(self, *, verbosity, **options):
        count = clear_uploads()
        if verbosity:
            self.stdout.write(f"清除了 {count} 个没有导入的工作簿。")
