"""Publish a budget: freeze its document and its files as the next version."""

from django.core.management.base import CommandError, CommandParser

from budgets.domain.text import purge
from disclosures.management.commands._budget import BudgetCommand
from disclosures.publishing.publication import PublicationRefusedError, publish_directly
from disclosures.workflow.drafting import next_version


class Command(BudgetCommand):
    help = (
        "公开一个部门的预算：先核对，再把网页、PDF、电子表格和数据一次性固定为一个版本。"
        "内容没有变化时不产生新版本；有错误时不公开，退出码为 1。不经过工作台的批复，"
        "办理记录里写明是命令行公开的；批复过的请用 release_budgets。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--reason", default="", help="更正原因；再次公开时必填，会向公众显示")

    def handle(self, *_args, **options) -> None:
        budget = self.find_budget(options)
        number = next_version(budget)
        try:
            disclosure = publish_directly(budget, reason=purge(options["reason"]))
        except PublicationRefusedError as refusal:
            self.tell(refusal.findings)
            raise CommandError(str(refusal)) from refusal
        done = "已公开" if disclosure.version == number else "已经公开过，内容没有变化"
        self.stdout.write(
            self.style.SUCCESS(
                f"{disclosure.title}第{disclosure.version}版{done}，内容摘要 {disclosure.digest}。"
            )
        )
