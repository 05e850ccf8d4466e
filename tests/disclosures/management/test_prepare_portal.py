from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.serializers import serialize

from budgets.models import Budget, Department, EconomicCode, FunctionCode, State
from disclosures.models import Disclosure, DisclosureFile

pytestmark = pytest.mark.django_db
ADDRESS = "http://127.0.0.1:8000"


def prepare():
    output = StringIO()
    call_command("prepare_portal", address=ADDRESS, stdout=output)
    return output.getvalue()


def dump():
    models = (FunctionCode, EconomicCode, Budget, Disclosure, DisclosureFile, get_user_model())
    return [serialize("json", model.objects.order_by("pk")) for model in models]


def test_checkout_is_prepared_once_and_left_alone_after_that(settings):
    settings.DEBUG = True
    printed = prepare()
    assert f"公开网站：{ADDRESS}/\n工作台：{ADDRESS}/admin/\n演示账号" in printed
    assert Disclosure.objects.get().department.name == "尉犁县总工会"
    assert Budget.objects.get(year=2025).state == State.PUBLISHED
    FunctionCode.objects.filter(code="201").update(name="改过的名称")
    before = dump()
    assert prepare().startswith(f"公开网站：{ADDRESS}/\n")
    assert dump() == before


def test_checkout_can_be_tried_at_once(settings):
    settings.DEBUG = True
    printed = prepare()
    opened = Budget.objects.for_year(2026).order_by("department__code")
    assert [budget.department.name for budget in opened] == ["尉犁县总工会", "尉犁县演示局"]
    assert FunctionCode.objects.for_year(2026).exists()
    demo = opened.get(department__code="901").department
    assert [unit.code for unit in demo.units.all()] == ["901001", "901002"]
    for name in ("admin", "bureau", "reviewer", "auditor", "clerk", "head", "clerk-b", "unit"):
        assert f"  {name:<9} {name}-demo" in printed


def test_public_site_gets_its_chart_but_no_sample_and_no_account(settings):
    settings.DEBUG = False
    assert "演示账号" not in prepare()
    assert FunctionCode.objects.for_year(2025).exists()
    assert EconomicCode.objects.for_year(2025).exists()
    assert not Budget.objects.exists()
    assert not Disclosure.objects.exists()
    assert not Department.objects.exists()
    assert not get_user_model().objects.exists()
    assert Group.objects.get(name="审计员").permissions.exists()
