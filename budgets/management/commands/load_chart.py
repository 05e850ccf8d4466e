"""Loads a year's chart of accounts and standard glossary, from files or from another year."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from budgets import audit
from budgets.importing.chart_files import (
    CsvError,
    find_nameless_sections,
    read_economic_codes,
    read_function_codes,
    read_terms,
)
from budgets.models import EconomicCode, FunctionCode, GlossaryTerm

DATA = Path(__file__).resolve().parents[2] / "data"
SUPPLIED_YEAR = 2025
# What is loaded: option, reader, model, and the file that comes with the project.
PARTS = (
    ("functions", read_function_codes, FunctionCode, "功能分类科目.csv"),
    ("economics", read_economic_codes, EconomicCode, "部门预算支出经济分类科目.csv"),
    ("glossary", read_terms, GlossaryTerm, "名词解释.csv"),
)


class Command(BaseCommand):
    help = (
        "装入一个年度的科目代码表和通用名词解释。可反复运行：已有的编码只更新有变化的，"
        "不删除任何编码，也不改动财政部门已核实的状态。"
        f"不给文件时装入随系统提供的 {SUPPLIED_YEAR} 年度代码表。"
        "CSV 文件（UTF-8 或 GB 18030）的列：code 编码、name 名称，可有 level 级次（类、款、项）"
        "和 confidence 可信度（A、B 已核实，K 待核实）；名词解释的列：term、meaning。"
        "文件有错时列出全部问题和行号，什么都不写入，退出码为 1。"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--year", type=int, default=SUPPLIED_YEAR, help="年度，默认 %(default)s"
        )
        for option, _, model, _ in PARTS:
            words = f"{model._meta.verbose_name}（CSV）"
            parser.add_argument(f"--{option}", metavar="文件", type=Path, help=words)
        parser.add_argument(
            "--copy-from", metavar="年度", type=int, help="把另一年度的科目和名词复制到本年度"
        )

    def handle(self, *, year, copy_from, **options):
        if copy_from is not None:
            return self.copy(copy_from, year)
        files = choose_files(year, options)
        entries = read_all(files)
        with transaction.atomic():
            for (_, _, model, _), found in entries:
                before = read_rows(model, year)
                added, changed, left = model.objects.merge(year, found)
                self.tell(model, year, before, f"新增 {added}，更新 {changed}，未变 {left}。")
        for (option, *_), found in entries:
            nameless = find_nameless_sections(found) if option == "functions" else []
            if nameless:
                self.stdout.write(f"提示：有项级编码、没有款级名称的款：{'、'.join(nameless)}。")

    @transaction.atomic
    def copy(self, source, year):
        if source == year:
            raise CommandError("--copy-from 与 --year 是同一年度。")
        if not FunctionCode.objects.for_year(source).exists():
            raise CommandError(f"系统里没有 {source} 年度的代码表。")
        for model in (FunctionCode, EconomicCode, GlossaryTerm):
            before = read_rows(model, year)
            count = model.objects.for_year(source).copy_to(year)
            self.tell(model, year, before, f"新增 {count}。", f"从 {source} 年复制。")

    def tell(self, model, year, before, counts, how=""):
        words = f"{year} 年{model._meta.verbose_name}：{counts}"
        changes = [
            (key, before.get(key, ""), text)
            for key, text in read_rows(model, year).items()
            if before.get(key, "") != text
        ]
        if changes:
            subject = audit.EntrySubject(subject=f"{year}年{model._meta.verbose_name}", year=year)
            audit.write_entry(
                audit.Action.LOAD,
                subject=subject,
                words=how + words,
                **audit.pair_changes(changes),
            )
        self.stdout.write(words)


def read_rows(model, year):
    rows = model.objects.for_year(year)
    if model is GlossaryTerm:
        return {row.term: row.meaning for row in rows}
    return {row.code: f"{row.name}（{row.get_status_display()}）" for row in rows}


def choose_files(year, options):
    """The parts to load with their files: those given, or else all that the project supplies."""
    given = [(part, options[part[0]]) for part in PARTS if options[part[0]]]
    if given:
        return given
    if year != SUPPLIED_YEAR:
        raise CommandError(
            f"随系统提供的只有 {SUPPLIED_YEAR} 年度；其他年度请给出文件，"
            f"或用 --copy-from {SUPPLIED_YEAR} 复制。"
        )
    return [(part, DATA / part[-1]) for part in PARTS]


def read_all(files):
    """The entries of every file; CommandError with all problems of all files."""
    entries, problems = [], []
    for part, path in files:
        try:
            entries.append((part, part[1](path.read_bytes())))
        except OSError as error:
            problems.append(f"{path}：打不开（{error.strerror}）。")
        except CsvError as error:
            problems += [f"{path}：{text}" for text in error.problems]
    if problems:
        raise CommandError("\n".join(["文件有错，没有写入：", *problems]))
    return entries
