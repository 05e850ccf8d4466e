"""Which budget a command speaks of, and how it tells what the checks found."""

from collections.abc import Sequence

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budgets.domain.document import Finding, Result
from budgets.models import Budget


class BudgetCommand(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("department", metavar="部门编码", help="部门或单位的编码，如 107001")
        parser.add_argument("year", metavar="年度", type=int, help="预算年度，如 2025")

    def find_budget(self, options: dict) -> Budget:
        """The budget named on the command line; CommandError where there is none."""
        code, year = options["department"], options["year"]
        found = Budget.objects.filter(department__code=code, year=year).first()
        if found is None:
            raise CommandError(
                f"没有编码为“{code}”的部门{year}年的预算，请先用 import_budget 导入。"
            )
        return found

    def tell(self, findings: Sequence[Finding]) -> None:
        """Print every finding that is not simply passed, one a line."""
        for finding in findings:
            if finding.result is Result.PASSED:
                continue
            failed = finding.result is Result.FAILED
            grade = finding.severity.label if failed else finding.result.label
            detail = f"{finding.message}{finding.advice}" or finding.formula
            self.stdout.write(f"[{grade}] {finding.title}：{detail}")
