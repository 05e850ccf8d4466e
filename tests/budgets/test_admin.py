"""The bureau's desk: pages open, lists stay quick, codes travel into the next year."""

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.urls import reverse

from budgets import ledger
from budgets.models import (
    Budget,
    CodeStatus,
    Department,
    EconomicCode,
    FunctionCode,
    GlossaryTerm,
    Membership,
    Post,
    Upload,
)
from tests.factories.books import SMALL
from tests.factories.people import trust
from tests.factories.random_filings import DEPARTMENT
from tests.told import list_told

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(client):
    client.force_login(trust("bureau"))
    return client


@pytest.fixture
def budget():
    department = Department.objects.create(code=DEPARTMENT.code, name=DEPARTMENT.name)
    budget = Budget.objects.create(department=department, year=2025)
    ledger.replace_filing(budget, SMALL)
    return budget


def act(client, model, action, rows):
    url = reverse(f"admin:budgets_{model}_changelist")
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(url, chosen, follow=True).content.decode()


def test_codes_are_copied_into_the_next_year_once(bureau):
    rows = [
        FunctionCode.objects.create(year=2025, code="201", name="甲"),
        FunctionCode.objects.create(
            year=2025, code="20101", name="乙", status=CodeStatus.UNVERIFIED
        ),
    ]
    FunctionCode.objects.create(year=2026, code="201", name="新甲")
    page = act(bureau, "functioncode", "copy_to_next_year", rows)
    assert "已复制到 2026 年度：新增 1 条，已有的没有改动。" in page
    copied = FunctionCode.objects.for_year(2026).order_by("code")
    assert list(copied.values_list("code", "name", "status")) == [
        ("201", "新甲", "confirmed"),
        ("20101", "乙", "unverified"),
    ]


def test_glossary_is_copied_into_the_next_year(bureau):
    term = GlossaryTerm.objects.create(year=2025, term="甲", meaning="乙")
    act(bureau, "glossaryterm", "copy_to_next_year", [term])
    assert GlossaryTerm.objects.for_year(2026).get().meaning == "乙"


def test_codes_are_confirmed(bureau):
    code = EconomicCode.objects.create(year=2025, code="301", name="甲", status=CodeStatus.REPORTED)
    assert "已标为已核实：1 条。" in act(bureau, "economiccode", "confirm", [code])
    code.refresh_from_db()
    assert code.status == CodeStatus.CONFIRMED


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"level": "3"}, ["201"]),
        ({"level": "7"}, ["2012901"]),
        ({"status": "reported"}, ["2012901"]),
        ({"q": "20129"}, ["20129", "2012901"]),
        ({"q": "服务"}, ["201"]),
        ({"year": "2024"}, []),
    ],
)
def test_codes_are_found_by_level_status_and_words(bureau, query, codes):
    FunctionCode.objects.create(year=2025, code="201", name="一般公共服务支出")
    FunctionCode.objects.create(year=2025, code="20129", name="群众团体事务")
    FunctionCode.objects.create(
        year=2025, code="2012901", name="行政运行", status=CodeStatus.REPORTED
    )
    answer = bureau.get(reverse("admin:budgets_functioncode_changelist"), query)
    assert [row.code for row in answer.context["cl"].result_list] == codes


def test_budget_and_its_lines_are_shown_but_cannot_be_changed(bureau, budget):
    url = reverse("admin:budgets_budget_change", args=[budget.pk])
    page = bureau.get(url).content.decode()
    assert "一般公共预算（一般财力）" in page
    assert "2012950" in page
    assert 'name="_save"' not in page
    assert bureau.post(url, {"year": 2030}).status_code == 403
    assert bureau.get(reverse("admin:budgets_budget_add")).status_code == 403


def test_upload_is_shown_with_its_problems(bureau, budget):
    problem = {"sheet": "收入", "cells": ["C4", "C5"], "message": "<b>金额</b>为 0。"}
    upload = Upload.objects.create(
        budget=budget, filename="表.xlsx", size=3, result="refused", problems=[problem]
    )
    page = bureau.get(reverse("admin:budgets_upload_change", args=[upload.pk])).content.decode()
    assert "收入!C4、C5：&lt;b&gt;金额&lt;/b&gt;为 0。" in page


@pytest.mark.parametrize("model", ["department", "budget", "upload", "functioncode"])
def test_list_takes_the_same_queries_for_one_and_three(
    bureau, model, django_assert_max_num_queries
):
    url = reverse(f"admin:budgets_{model}_changelist")
    for number in range(3):
        department = Department.objects.create(code=f"10{number}", name="某部门")
        budget = Budget.objects.create(department=department, year=2025)
        Upload.objects.create(budget=budget, filename="表.xlsx", size=3, result="accepted")
        FunctionCode.objects.create(year=2025, code=f"20{number}", name="甲")
        with django_assert_max_num_queries(16):
            assert bureau.get(url).status_code == 200


def test_department_is_registered_with_its_unit(bureau):
    url = reverse("admin:budgets_department_add")
    bureau.post(url, {"code": "107", "name": "某县总工会", "active": "on"})
    parent = Department.objects.get(code="107")
    bureau.post(url, {"code": "107001", "name": "本级", "active": "on", "parent": parent.pk})
    assert Department.objects.units_of(parent).get().name == "本级"


def test_former_name_is_registered_with_its_last_year(bureau):
    department = Department.objects.create(code="107", name="某县总工会")
    url = reverse("admin:budgets_formername_add")
    bureau.post(url, {"department": department.pk, "name": "某县工会", "until": 2023})
    assert [str(own) for own in department.former_names.all()] == ["某县工会（到2023年）"]


def test_department_is_not_dissolved_before_it_began(bureau):
    url = reverse("admin:budgets_department_add")
    wrong = {"code": "107", "name": "某县总工会", "established": 2025, "dissolved": 2024}
    page = bureau.post(url, wrong)
    assert "撤并年度应在设立年度之后。" in page.content.decode()
    assert not Department.objects.exists()


FIELDS = ("action", "name", "subject", "before", "after")


@pytest.fixture
def department():
    return Department.objects.create(code="107001", name="某会")


def page(model, act, *args):
    """The path of an admin page."""
    return reverse(f"admin:{model}_{act}", args=args)


def test_added_changed_and_deleted_department_is_told_from_what_to_what(bureau):
    typed = {"code": "107001", "name": "某会", "parent": "", "active": "on"}
    refused = bureau.post(page("budgets_department", "add"), typed | {"name": "某\u202e会"})
    assert "有看不见的控制符号，请删去后重新输入。" in refused.content.decode()
    assert bureau.post(page("budgets_department", "add"), typed).status_code == 302
    own = Department.objects.get()
    for name in ("某总会", "某总会"):
        changed = typed | {"name": name}
        bureau.post(page("budgets_department", "change", own.pk), changed)
    bureau.post(page("budgets_department", "delete", own.pk), {"post": "yes"})
    told = {"编码": "107001", "名称": "某会", "上级部门": "", "在用": True, "类别": ""}
    told |= {
        "设立年度": None,
        "撤并年度": None,
        "并入的部门": "",
        "演示数据": False,
        "对口审核员": [],
    }
    assert list_told(*FIELDS, "department") == [
        ("add", "bureau", "部门和单位 107001 某会", None, told, "107001"),
        (
            "change",
            "bureau",
            "部门和单位 107001 某总会",
            {"名称": "某会"},
            {"名称": "某总会"},
            "107001",
        ),
        (
            "delete",
            "bureau",
            "部门和单位 107001 某总会",
            told | {"名称": "某总会"},
            None,
            "107001",
        ),
    ]


def test_what_goes_with_a_deleted_row_is_named(bureau, department):
    clerk = User.objects.create_user("clerk")
    Membership.objects.create(user=clerk, department=department, post=Post.CLERK)
    chosen = {"action": "delete_selected", "_selected_action": [department.pk], "post": "yes"}
    bureau.post(page("budgets_department", "changelist"), chosen)
    [(action, before)] = list_told("action", "before")
    assert (action, before["一并删除"]) == ("delete", ["部门人员 clerk 某会 部门填报员"])
    assert not Membership.objects.exists()


def test_account_is_told_with_its_groups_and_never_its_password(client):
    client.force_login(User.objects.create_superuser("root"))
    typed = {"username": "li", "first_name": "李", "is_active": "on", "role": "财政审核员"}
    first = client.post(page("auth_user", "add"), typed).context["password"]
    own = User.objects.get(username="li")
    client.post(page("auth_user", "change", own.pk), typed | {"role": "审计员"})
    second = client.post(page("auth_user", "password", own.pk)).context["password"]
    told = list_told("action", "name", "subject", "before", "after")
    assert [each[:3] for each in told] == [
        ("password_given", "root", "账号 li"),
        ("add", "root", "账号 li"),
        ("change", "root", "账号 li"),
        ("password_given", "root", "账号 li"),
    ]
    assert told[2][3:] == ({"财政部门岗位": ["财政审核员"]}, {"财政部门岗位": ["审计员"]})
    assert told[3][3:] == (None, None)
    own.refresh_from_db()
    assert first != second
    for secret in (first, second, own.password, "pbkdf2", "md5"):
        assert secret not in str(told)


def test_actions_on_codes_are_told(bureau):
    code = FunctionCode.objects.create(
        year=2026, code="201", name="一般公共服务支出", status=CodeStatus.REPORTED
    )
    for action in ("confirm", "copy_to_next_year"):
        chosen = {"action": action, "_selected_action": [code.pk]}
        bureau.post(page("budgets_functioncode", "changelist"), chosen)
    name = "201 一般公共服务支出（2026）"
    assert list_told(*FIELDS, "words") == [
        (
            "change",
            "bureau",
            "功能分类科目",
            {name: "单位上报待确认"},
            {name: "已核实"},
            "标为已核实",
        ),
        (
            "add",
            "bureau",
            "功能分类科目",
            None,
            {"年度": 2027, "新增": 1},
            "从 2026 年度复制到 2027 年度：新增 1 条",
        ),
    ]


def test_nothing_is_changed_where_the_log_cannot_be_written(bureau, department):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE budgets_entry RENAME TO elsewhere")
    typed = {"code": "107001", "name": "别的", "parent": "", "active": "on"}
    path = page("budgets_department", "change", department.pk)
    with pytest.raises(DatabaseError):
        bureau.post(path, typed)
    assert Department.objects.get().name == "某会"
