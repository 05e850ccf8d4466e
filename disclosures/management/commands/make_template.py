"""Writes a filing workbook for a department and year, with what the system already knows in it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from budgets import ledger, spreadsheets
from budgets.importing.new_year import start_from
from budgets.models import Budget, Department, read_chart
from disclosures.workplace.clerk.workbooks import write_template


class Command(BaseCommand):
    help = (
        "生成一个部门一个年度的填报模板（.xlsx）。该年度已有数据的，全部带出；没有的，带出上一年度的"
        "职能、科室、人员、资产、联系人等仍然有用的内容。上年数取自上一年度的公开文件，没有公开的取自"
        "上一年度的预算；上年用过的科目列出来，金额留空。都没有的或给出 --blank 的，是空白模板。"
    )

    def add_arguments(self, parser):
        parser.add_argument("code", metavar="部门编码", help="部门或单位的编码，如 107001")
        parser.add_argument("year", metavar="年度", type=int, help="如 2025")
        parser.add_argument("--blank", action="store_true", help="不带出任何已有数据")
        parser.add_argument(
            "--unit", choices=list(spreadsheets.UNITS), default=spreadsheets.WAN, help="金额单位"
        )
        parser.add_argument(
            "-o", "--output", metavar="文件", type=Path, help="默认是“部门名称-年度.xlsx”"
        )

    def handle(self, *, code, year, blank, unit, output, **options):
        department = Department.objects.filter(code=code).first()
        if department is None:
            raise CommandError(f"系统里没有登记编码为 {code} 的部门。")
        chart = read_chart(year)
        if not chart.functions:
            raise CommandError(f"系统里没有 {year} 年度的科目代码表，请先运行 load_chart。")
        budget, filing = (None, None) if blank else find_filing(department, year)
        if filing:
            content = write_template(budget, filing, unit)
        else:
            units = [part.organisation for part in Department.objects.units_of(department)]
            own = department.organisation
            content = spreadsheets.make_template(own, year, chart, unit, units)
        path = output or Path(f"{department.name}-{year}.xlsx")
        try:
            path.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{path} 写不了（{error.strerror}）。") from error
        self.stdout.write(f"已生成 {path}，{len(content) / 1024:.0f} KB。")


def find_filing(department, year):
    """The year's budget, stored or not, with its filing or a start from last year's; else None."""
    budgets = {budget.year: budget for budget in Budget.objects.filter(department=department)}
    if year in budgets:
        return budgets[year], ledger.read_filing(budgets[year])
    budget = Budget(department=department, year=year)
    last = budgets.get(year - 1)
    return budget, start_from(ledger.read_filing(last)) if last else None
