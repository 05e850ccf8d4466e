"""Makes a county that does not exist, for trying the portal and for measuring it."""

from time import perf_counter

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from budgets.models import Department, FunctionCode
from disclosures.demo.county import found_county, publish_year
from disclosures.demo.plan import plan_county
from disclosures.publishing.publication import build_files

SUPPLIED_YEAR = 2025


class Command(BaseCommand):
    help = (
        "生成一个并不存在的“演示县”，供试用和测量：部门、五年预算、更名、撤并、更正都由程序生成，"
        "同样的参数和种子得到同样的内容。每份预算都经过与真实填报相同的账本、核对和公开。"
        "库里有真实部门时拒绝执行；DEBUG 关闭时要加 --yes。"
        "每份文件（PDF、电子表格、数据）要一两秒，--without-files 不生成文件，下载处因此为空，"
        "verify_disclosures 也会如实报告缺少文件。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--departments", type=int, default=150, help="部门数，默认 %(default)s")
        parser.add_argument("--years", type=int, default=5, help="年度数，默认 %(default)s")
        parser.add_argument("--until", type=int, default=2026, help="最后年度，默认 %(default)s")
        parser.add_argument("--seed", type=int, default=1, help="种子，默认 %(default)s")
        parser.add_argument("--without-files", action="store_true", help="不生成下载文件")
        parser.add_argument("--yes", action="store_true", help="在正式环境（DEBUG 关闭）也执行")

    def handle(self, *_args, **options) -> None:
        if not settings.DEBUG and not options["yes"]:
            raise CommandError("DEBUG 已关闭：正式网站不放演示数据；确实要生成，请加 --yes。")
        if options["departments"] < 1 or options["years"] < 1:
            raise CommandError("--departments 和 --years 至少是 1。")
        if Department.objects.filter(is_demo=False).exists():
            raise CommandError(
                "库里有真实的部门，不能混入演示数据。请用 DATABASE_URL 指定一个空库。"
            )
        if Department.objects.exists():
            raise CommandError("演示县已经有了。要重新生成，请换一个空库。")
        years = range(options["until"] - options["years"] + 1, options["until"] + 1)
        for year in years:
            self.load_chart(year)
        bodies = plan_county(options["departments"], years, options["seed"])
        bind = (lambda _: {}) if options["without_files"] else build_files
        found_county(bodies, years[0])
        for year in years:
            start = perf_counter()
            count = publish_year(bodies, year, years[0], bind)
            self.stdout.write(f"{year}年：公开{count}个版本，用时{perf_counter() - start:.0f}秒。")
        self.stdout.write(self.style.SUCCESS("演示县已经生成，全部是演示数据。"))

    def load_chart(self, year: int) -> None:
        """The supplied chart, under the year's number, unless there is one."""
        for each, source in ((SUPPLIED_YEAR, None), (year, SUPPLIED_YEAR)):
            if not FunctionCode.objects.for_year(each).exists():
                call_command("load_chart", year=each, copy_from=source, stdout=self.stdout)
