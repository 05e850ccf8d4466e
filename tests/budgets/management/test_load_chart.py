from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from budgets.models import CodeStatus, EconomicCode, FunctionCode, GlossaryTerm

pytestmark = pytest.mark.django_db


def run(**options):
    out = StringIO()
    call_command("load_chart", stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def write(tmp_path):
    """Writes a CSV file of codes and gives its path."""

    def write_file(text, name="codes.csv"):
        path = tmp_path / name
        path.write_text(f"code,name,confidence\n{text}", encoding="utf-8")
        return path

    return write_file


def test_supplied_chart_is_loaded_once():
    assert run() == [
        "2025 年功能分类科目：新增 858，更新 0，未变 0。",
        "2025 年经济分类科目：新增 110，更新 0，未变 0。",
        "2025 年名词解释：新增 8，更新 0，未变 0。",
        "提示：有项级编码、没有款级名称的款：20698。",
    ]
    assert run()[:3] == [
        "2025 年功能分类科目：新增 0，更新 0，未变 858。",
        "2025 年经济分类科目：新增 0，更新 0，未变 110。",
        "2025 年名词解释：新增 0，更新 0，未变 8。",
    ]


def test_unverified_codes_are_marked(write):
    run(functions=write("201,甲,A\n20101,乙,B\n20102,丙,K\n"))
    assert dict(FunctionCode.objects.values_list("code", "status")) == {
        "201": CodeStatus.CONFIRMED,
        "20101": CodeStatus.CONFIRMED,
        "20102": CodeStatus.UNVERIFIED,
    }


def test_file_changes_names_but_never_what_the_bureau_confirmed_by_guess(write):
    run(functions=write("201,甲,A\n20101,乙,K\n20102,丙,A\n"))
    FunctionCode.objects.filter(code="20101").update(status=CodeStatus.CONFIRMED)
    told = run(functions=write("201,新甲,A\n20101,新乙,K\n20102,丙,A\n"))
    assert told == ["2025 年功能分类科目：新增 0，更新 1，未变 2。"]
    assert dict(FunctionCode.objects.values_list("code", "name")) == {
        "201": "新甲",
        "20101": "乙",
        "20102": "丙",
    }


def test_reported_code_is_confirmed_by_the_list(write):
    FunctionCode.objects.create(year=2025, code="20101", name="报来的", status=CodeStatus.REPORTED)
    run(functions=write("201,甲,A\n20101,乙,A\n"))
    code = FunctionCode.objects.get(code="20101")
    assert (code.name, code.status) == ("乙", CodeStatus.CONFIRMED)


def test_wrong_files_are_refused_whole_with_every_problem(write, tmp_path):
    good, bad = write("301,甲,\n", "good.csv"), write("20,甲,\n201,,\n", "bad.csv")
    missing = tmp_path / "none.csv"
    with pytest.raises(CommandError) as refused:
        run(functions=bad, economics=good, glossary=missing)
    assert str(refused.value).splitlines() == [
        "文件有错，没有写入：",
        f"{bad}：第 2 行：编码“20”应为 3、5、7 位数字。",
        f"{bad}：第 3 行：编码 201 没有名称。",
        f"{missing}：打不开（No such file or directory）。",
    ]
    assert not EconomicCode.objects.exists()


def test_year_is_copied_from_another(write):
    run(functions=write("201,甲,A\n20101,乙,K\n"), economics=write("301,丙,A\n", "e.csv"))
    GlossaryTerm.objects.create(year=2025, order=3, term="丁", meaning="戊")
    FunctionCode.objects.create(year=2026, code="201", name="新甲")
    assert run(year=2026, copy_from=2025) == [
        "2026 年功能分类科目：新增 1。",
        "2026 年经济分类科目：新增 1。",
        "2026 年名词解释：新增 1。",
    ]
    copied = FunctionCode.objects.for_year(2026).order_by("code")
    assert list(copied.values_list("code", "name", "status")) == [
        ("201", "新甲", "confirmed"),
        ("20101", "乙", "unverified"),
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"year": 2026}, "随系统提供的只有 2025 年度"),
        ({"year": 2026, "copy_from": 2025}, "系统里没有 2025 年度的代码表。"),
        ({"year": 2025, "copy_from": 2025}, "--copy-from 与 --year 是同一年度。"),
    ],
)
def test_year_without_a_source_is_refused(options, message):
    with pytest.raises(CommandError, match=message):
        run(**options)
