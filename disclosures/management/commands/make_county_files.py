"""Makes the files about the whole county anew: packages, tables of all departments, lists."""

from django.core.management.base import BaseCommand

from disclosures.public.county_files import make_county_files


class Command(BaseCommand):
    help = (
        "公开和更正以后，重新生成整县的文件：每年的打包下载、各部门合在一起的表、各种名单的文件。"
        "后台进程每分钟运行一次；没有变化的不重做，正在连续公开时等到告一段落。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--at-once", action="store_true", help="不等，现在就做")

    def handle(self, *args, **options):
        made = make_county_files(at_once=options["at_once"])
        if options["verbosity"]:
            years = "、".join(f"{year}年" if year else "各年度" for year in made)
            self.stdout.write(f"重新生成了整县的文件：{years or '没有变化'}。")
