from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from budgets.models import Budget, Department, FormerName, State
from disclosures.models import Disclosure, DisclosureFile, Record
from disclosures.publishing.integrity import find_faults
from disclosures.workflow.deadline import DAYS_ALLOWED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _trying(settings):
    settings.DEBUG = True


def make(count, **options):
    call_command(
        "make_demo_county",
        departments=count,
        years=2,
        without_files=True,
        stdout=StringIO(),
        **options,
    )


def remember(count, seed):
    """The digests of a county that is forgotten again."""
    with transaction.atomic():
        make(count, seed=seed)
        kept = list(Disclosure.objects.order_by("pk").values_list("title", "digest"))
        transaction.set_rollback(True)
    return kept


def test_county_is_filed_checked_and_published():
    make(12)
    own = Department.objects.departments()
    assert own.count() == own.filter(is_demo=True, name__startswith="演示县").count() == 12
    assert Disclosure.objects.current().filter(year=2025).count() == 12
    # The eleventh is late in the newest year; the fourth has corrected one of its years.
    assert [
        budget.department.code
        for budget in Budget.objects.filter(lines__isnull=False)
        .exclude(state=State.PUBLISHED)
        .filter(department__parent=None)
        .distinct()
    ] == ["111"]
    assert not Disclosure.objects.filter(year=2026, department__code="111").exists()
    (correction,) = Disclosure.objects.exclude(reason="")
    assert (correction.department.code, correction.version) == ("104", 2)
    # Every version was approved before; the first department is later than the law allows.
    days = {
        record.disclosure.department.code: record.days
        for record in Record.objects.select_related("disclosure__department")
    }
    assert Record.objects.count() == Disclosure.objects.count()
    assert [code for code, passed in days.items() if passed > DAYS_ALLOWED] == ["101"]
    (former,) = FormerName.objects.all()
    titles = Disclosure.objects.filter(department__code="106").order_by("year")
    assert [each.document.department.name for each in titles] == [
        former.name,
        former.department.name,
    ]
    for disclosure in Disclosure.objects.all():
        assert "本文件是程序生成的演示数据" in disclosure.content


def test_county_without_files_says_so_when_it_is_verified():
    make(1)
    assert not DisclosureFile.objects.exists()
    assert [fault.message for fault in find_faults()] == [
        "缺少PDF 文档。",
        "缺少电子表格。",
        "缺少数据（JSON）。",
    ] * 2


def test_county_is_that_of_its_seed():
    assert remember(2, seed=1) == remember(2, seed=1)
    assert remember(2, seed=1) != remember(2, seed=2)


def test_county_is_not_mixed_with_real_departments():
    Department.objects.create(code="107001", name="尉犁县总工会")
    with pytest.raises(CommandError, match="库里有真实的部门"):
        make(1)
    assert Department.objects.count() == 1


def test_county_is_made_once():
    make(1)
    with pytest.raises(CommandError, match="演示县已经有了"):
        make(1)


def test_public_site_has_no_demo_county_unless_told(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG 已关闭"):
        make(1)
    assert not Department.objects.exists()
    make(1, yes=True)
    assert Department.objects.filter(is_demo=True).exists()
