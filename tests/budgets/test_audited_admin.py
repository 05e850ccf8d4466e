import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.urls import reverse

from budgets.models import CodeStatus, Department, FunctionCode, Membership, Post
from tests.factories.people import trust
from tests.told import list_told

pytestmark = pytest.mark.django_db
FIELDS = ("action", "name", "subject", "before", "after")


@pytest.fixture
def keeper(client):
    """The client of somebody who may keep everything."""
    client.force_login(trust("bureau"))
    return client


@pytest.fixture
def department():
    return Department.objects.create(code="107001", name="某会")


def page(model, act, *args):
    """The path of an admin page."""
    return reverse(f"admin:{model}_{act}", args=args)


def test_added_changed_and_deleted_department_is_told_from_what_to_what(keeper):
    typed = {"code": "107001", "name": "某会", "parent": "", "active": "on"}
    refused = keeper.post(page("budgets_department", "add"), typed | {"name": "某\u202e会"})
    assert "有看不见的控制符号，请删去后重新输入。" in refused.content.decode()
    assert keeper.post(page("budgets_department", "add"), typed).status_code == 302
    own = Department.objects.get()
    for name in ("某总会", "某总会"):
        changed = typed | {"name": name}
        keeper.post(page("budgets_department", "change", own.pk), changed)
    keeper.post(page("budgets_department", "delete", own.pk), {"post": "yes"})
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


def test_what_goes_with_a_deleted_row_is_named(keeper, department):
    clerk = User.objects.create_user("clerk")
    Membership.objects.create(user=clerk, department=department, post=Post.CLERK)
    chosen = {"action": "delete_selected", "_selected_action": [department.pk], "post": "yes"}
    keeper.post(page("budgets_department", "changelist"), chosen)
    [(action, before)] = list_told("action", "before")
    assert (action, before["一并删除"]) == ("delete", ["部门人员 clerk 某会 部门填报员"])
    assert not Membership.objects.exists()


def test_account_is_told_with_its_groups_and_never_its_password(client):
    client.force_login(User.objects.create_superuser("root"))
    typed = {"username": "li", "first_name": "李", "is_active": "on", "role": ""}
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
    assert told[2][3:] == ({"财政部门岗位": []}, {"财政部门岗位": ["审计员"]})
    assert told[3][3:] == (None, None)
    own.refresh_from_db()
    assert first != second
    for secret in (first, second, own.password, "pbkdf2", "md5"):
        assert secret not in str(told)


def test_actions_on_codes_are_told(keeper):
    code = FunctionCode.objects.create(
        year=2026, code="201", name="一般公共服务支出", status=CodeStatus.REPORTED
    )
    for action in ("confirm", "copy_to_next_year"):
        chosen = {"action": action, "_selected_action": [code.pk]}
        keeper.post(page("budgets_functioncode", "changelist"), chosen)
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


def test_nothing_is_changed_where_the_log_cannot_be_written(keeper, department):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE budgets_entry RENAME TO elsewhere")
    typed = {"code": "107001", "name": "别的", "parent": "", "active": "on"}
    path = page("budgets_department", "change", department.pk)
    with pytest.raises(DatabaseError):
        keeper.post(path, typed)
    assert Department.objects.get().name == "某会"
