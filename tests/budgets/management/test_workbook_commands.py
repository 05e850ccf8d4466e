from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from budgets.models import Budget, Department, Upload
from tests.factories.books import change

pytestmark = pytest.mark.django_db
SAMPLE = settings.BASE_DIR / "samples" / "尉犁县总工会-2025.xlsx"


@pytest.fixture(autouse=True)
def chart():
    call_command("load_chart", stdout=StringIO())


def run(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def test_sample_is_imported_for_a_department_made_on_the_way():
    assert run("import_budget", SAMPLE, create_department=True) == [
        "检查结果：没有问题。",
        "已导入：尉犁县总工会2025年部门预算。",
    ]
    assert Budget.objects.get().department.code == "107001"


def test_unknown_department_is_refused():
    out = StringIO()
    with pytest.raises(CommandError, match="没有导入，原有数据未改动。"):
        call_command("import_budget", SAMPLE, stdout=out)
    assert out.getvalue().splitlines() == [
        "错误　封面!B3：系统里没有登记编码为 107001 的部门。请核对编码，或请财政部门先登记。",
        "检查结果：错误 1 项。",
    ]


def test_checking_only_writes_nothing(tmp_path):
    Department.objects.create(code="107001", name="尉犁县总工会")
    assert run("import_budget", SAMPLE, check_only=True)[-1] == "通过检查，可以导入。"
    wrong = tmp_path / "错.xlsx"
    wrong.write_bytes(change(SAMPLE.read_bytes(), {"收入!C4": "x", "收入!C5": "y"}))
    out = StringIO()
    with pytest.raises(CommandError, match="没有通过检查。"):
        call_command("import_budget", wrong, check_only=True, stdout=out)
    assert out.getvalue().splitlines()[-1] == "检查结果：错误 2 项。"
    assert not Budget.objects.exists()
    assert not Upload.objects.exists()


def test_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"没有\.xlsx 打不开"):
        run("import_budget", tmp_path / "没有.xlsx")
