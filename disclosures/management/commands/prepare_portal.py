"""Makes an installation ready: tables, chart of accounts and, on a checkout, the sample."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from budgets import audit
from budgets.models import Budget, Department, EconomicCode, FunctionCode
from disclosures.models import Disclosure, IndexEntry

SAMPLE_DEPARTMENT, SAMPLE_YEAR = "尉犁县总工会", 2025
SAMPLE = settings.BASE_DIR / "samples" / f"{SAMPLE_DEPARTMENT}-{SAMPLE_YEAR}.xlsx"
FILLED_YEAR = SAMPLE_YEAR + 1
# A second department with units, so that one can see who sees what; it has no real counterpart.
DEMO_DEPARTMENT = ("901", "尉犁县演示局")
DEMO_UNITS = (("901001", "尉犁县演示局本级"), ("901002", "尉犁县演示服务中心"))


class Command(BaseCommand):
    help = (
        "准备好可以使用的系统：建表、装入科目、分配权限；试用（DEBUG 打开）时还导入并公开样例、"
        "登记一个演示部门、开始下一年度的填报、建立演示账号。已有的数据不改动，可以反复运行。"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--address", help="网站地址，给出时在最后显示各入口，例如 http://127.0.0.1:8000"
        )

    def handle(self, *args, address, **options):
        call_command("migrate", verbosity=0, interactive=False)
        # The bureau may have edited the codes there are.
        if not has_chart(SAMPLE_YEAR):
            call_command("load_chart", year=SAMPLE_YEAR, stdout=self.stdout)
        call_command("grant_roles")
        # What was published by an earlier version may not be in the public index.
        if Disclosure.objects.current().count() != IndexEntry.objects.count():
            call_command("rebuild_index", stdout=self.stdout)
        if settings.DEBUG:
            self.publish_sample()
            call_command("make_county_files", at_once=True, verbosity=0)
            self.register_demo()
            self.open_next_year()
        if address:
            self.stdout.write(f"公开网站：{address}/")
            self.stdout.write(f"工作台：{address}/admin/")
        if settings.DEBUG:
            call_command("create_demo_accounts", stdout=self.stdout)

    def publish_sample(self):
        budgets = Budget.objects.for_year(SAMPLE_YEAR).filter(department__name=SAMPLE_DEPARTMENT)
        if not budgets.exists():
            call_command("import_budget", str(SAMPLE), create_department=True, stdout=self.stdout)
        department = budgets.get().department
        if not Disclosure.objects.for_address(SAMPLE_YEAR, department.code).exists():
            call_command("publish_budget", department.code, SAMPLE_YEAR, stdout=self.stdout)

    @transaction.atomic
    def register_demo(self):
        code, name = DEMO_DEPARTMENT
        parent, is_new = Department.objects.get_or_create(code=code, defaults={"name": name})
        units = DEMO_UNITS if is_new else ()
        made = [Department.objects.create(code=c, name=n, parent=parent) for c, n in units]
        for each in (parent, *made) if is_new else ():
            audit.write_entry(audit.Action.ADD, subject=each, after=audit.snapshot(each))

    def open_next_year(self):
        """Let the sample's department and the demo one file the next year, unless they do."""
        if not has_chart(FILLED_YEAR):
            call_command("load_chart", year=FILLED_YEAR, copy_from=SAMPLE_YEAR, stdout=self.stdout)
        opened = Budget.objects.for_year(FILLED_YEAR).values("department")
        names = (SAMPLE_DEPARTMENT, DEMO_DEPARTMENT[1])
        for department in Department.objects.filter(name__in=names).exclude(pk__in=opened):
            call_command("open_year", department.code, FILLED_YEAR, stdout=self.stdout)


def has_chart(year):
    codes = (model.objects.for_year(year) for model in (FunctionCode, EconomicCode))
    return any(rows.exists() for rows in codes)
