"""Recomputes the chain of the log of operations."""

from django.core.management.base import BaseCommand, CommandError

from budgets.audit import Head, Inspection


class Command(BaseCommand):
    help = (
        "从头重新计算操作日志的摘要链，逐条说明被删除、改动、插入、调换的；"
        "有一处就以退出码 1 结束。"
        "最后一行是链头“编号:摘要”，请保存到本系统以外；下次用 --expect 给出，"
        "末尾被截断或者整条链被重写也能发现。不改变任何数据。"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--expect",
            metavar="编号:摘要",
            action="append",
            default=[],
            help="以前保存的链头，可以给出多个",
        )

    def handle(self, *args, expect, **options):
        inspection = Inspection(expected=tuple(map(read_head, expect)))
        faults = 0
        for told in inspection.find_faults():
            faults += 1
            self.stderr.write(told)
        if faults:
            raise CommandError(f"操作日志有 {faults} 处不对。请保护现场，用备份比对，查明原因。")
        self.stdout.write(self.style.SUCCESS(f"操作日志共 {inspection.count} 条，完整。"))
        self.stdout.write(str(inspection.last))


def read_head(text):
    try:
        return Head.parse(text)
    except ValueError:
        form = "编号:摘要，例如 1024:3f…（摘要是 64 位十六进制数）"
        raise CommandError(f"--expect 的值“{text}”不对，应为{form}。") from None
