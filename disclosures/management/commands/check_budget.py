"""Check a budget as it stands, without publishing anything."""

from django.core.management.base import CommandError

from disclosures.management.commands._budget import BudgetCommand
from disclosures.workflow.drafting import draft_budget


class Command(BudgetCommand):
    help = (
        "核对一个部门的预算：列出全部勾稽关系和文字检查的结果；有错误时退出码为 1。不改变任何数据。"
    )

    def handle(self, *_args, **options) -> None:
        made = draft_budget(self.find_budget(options))
        self.tell(made.checks)
        self.count(made.checks)
        if made.blocking:
            raise CommandError(f"有{len(made.blocking)}处错误，改正后才能公开。")
        self.stdout.write(self.style.SUCCESS("可以公开。"))
