"""Check a budget as it stands, without publishing anything."""

from django.core.management.base import CommandError

from budgets.domain.document import Result
from disclosures.management.commands._budget import BudgetCommand
from disclosures.workflow.drafting import draft_budget


class Command(BudgetCommand):
    help = (
        "核对一个部门的预算：列出全部勾稽关系和文字检查的结果；有错误时退出码为 1。不改变任何数据。"
    )

    def handle(self, *_args, **options) -> None:
        made = draft_budget(self.find_budget(options))
        self.tell(made.checks)
        results = [finding.result for finding in made.checks]
        told = "，".join(f"{result.label}{results.count(result)}项" for result in Result)
        self.stdout.write(f"共核对{len(results)}项：{told}。")
        if made.blocking:
            raise CommandError(f"有{len(made.blocking)}处错误，改正后才能公开。")
        self.stdout.write(self.style.SUCCESS("可以公开。"))
