"""Imports a filled workbook, or says everything that is wrong with it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from budgets.domain.problems import Severity, has_errors
from budgets.importing.uploads import examine_workbook, import_workbook


class Command(BaseCommand):
    help = (
        "导入一份填好的填报表（.xlsx）：部门和年度写在它的封面上，原有数据整体替换。"
        "有错误时列出全部问题（工作表、单元格、怎么改），不改动任何数据，退出码为 1；"
        "只有警告和提示时照常导入，退出码为 0。"
        "部门和下属单位须先登记；试用时可加 --create-department 按封面登记。"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="文件", type=Path, help="填好的 .xlsx 文件")
        parser.add_argument(
            "--create-department",
            action="store_true",
            help="封面上的部门（和“所属单位”表中的单位）没有登记时，先登记",
        )
        parser.add_argument("--check-only", action="store_true", help="只检查，不导入")

    def handle(self, *, file, create_department, check_only, **options):
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} 打不开（{error.strerror}）。") from error
        if check_only:
            self.review(content, create_department)
        else:
            self.load(content, file.name, create_department)

    def review(self, content, register):
        problems = examine_workbook(content, register=register).problems
        self.tell(problems)
        if has_errors(problems):
            raise CommandError("没有通过检查。")
        self.stdout.write(self.style.SUCCESS("通过检查，可以导入。"))

    def load(self, content, filename, register):
        taken = import_workbook(content, filename=filename, register=register)
        self.tell(taken.problems)
        if not taken.is_accepted:
            raise CommandError("没有导入，原有数据未改动。")
        self.stdout.write(self.style.SUCCESS(f"已导入：{taken.budget}。"))

    def tell(self, problems):
        for problem in problems:
            self.stdout.write(str(problem))
        counts = {
            grade: sum(problem.severity is grade for problem in problems) for grade in Severity
        }
        told = "，".join(f"{grade.label} {count} 项" for grade, count in counts.items() if count)
        self.stdout.write(f"检查结果：{told or '没有问题'}。")
