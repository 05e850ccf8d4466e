"""Opens a year for a department, as its clerk's button does."""

from django.core.management.base import BaseCommand, CommandError

from budgets.importing.new_year import YearClosedError, open_year
from budgets.ledger import FilingRefusedError
from budgets.models import Department


class Command(BaseCommand):
    help = (
        "为一个部门或单位开始一个年度的填报：建立空的预算，带出上一年度仍然有用的职能、科室、人员、"
        "资产、联系人和名词。已经开始的不改动。"
    )

    def add_arguments(self, parser):
        parser.add_argument("code", metavar="部门编码", help="部门或单位的编码，如 107001")
        parser.add_argument("year", metavar="年度", type=int, help="如 2026")

    def handle(self, *, code, year, **options):
        department = Department.objects.filter(code=code).first()
        if department is None:
            raise CommandError(f"系统里没有登记编码为 {code} 的部门。")
        try:
            budget = open_year(department, year)
        except (YearClosedError, FilingRefusedError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{budget}：{budget.get_state_display()}。")
