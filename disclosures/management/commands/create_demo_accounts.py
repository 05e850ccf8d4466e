"""Opens the demo accounts of a checkout; a public site refuses to have them."""

from dataclasses import dataclass
from itertools import cycle

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from budgets import audit
from budgets.models import Department, Membership, Post
from disclosures.workflow.access import Role, list_reviewers


@dataclass(frozen=True, kw_only=True)
class Account:
    """A demo account: a person of the bureau, or with a post in the department of that name.

    A reviewer is in charge of it.
    """

    name: str
    role: str
    group: Role | None = None
    post: Post | None = None
    department: str = ""
    is_superuser: bool = False

    @property
    def password(self):
        return f"{self.name}-demo"


SAMPLE, DEMO, DEMO_UNIT = "尉犁县总工会", "尉犁县演示局", "尉犁县演示服务中心"
ACCOUNTS = (
    Account(name="admin", role="系统管理员：管理财政部门的账号，不办理预算", is_superuser=True),
    Account(name="bureau", role="财政管理员：管理部门、科目、部门人员", group=Role.BUREAU_ADMIN),
    Account(
        name="reviewer",
        role="财政审核员：有对口的部门，可以办理全部部门",
        group=Role.REVIEWER,
        department=SAMPLE,
    ),
    Account(
        name="deputy",
        role="另一位财政审核员：对口别的部门",
        group=Role.REVIEWER,
        department=DEMO,
    ),
    Account(name="auditor", role="审计员：什么都能看，什么都不能改", group=Role.AUDITOR),
    Account(name="clerk", role=f"{SAMPLE}填报员", post=Post.CLERK, department=SAMPLE),
    Account(name="head", role=f"{SAMPLE}负责人：预览、确认", post=Post.HEAD, department=SAMPLE),
    Account(name="clerk-b", role=f"{DEMO}填报员", post=Post.CLERK, department=DEMO),
    Account(name="unit", role=f"{DEMO_UNIT}填报员", post=Post.CLERK, department=DEMO_UNIT),
)


class Command(BaseCommand):
    help = (
        "建立各岗位的演示账号并显示密码；已有的账号不改动，没有登记的部门略过。"
        "DEBUG 关闭时拒绝执行。"
    )

    def handle(self, *args, **options):
        if not settings.DEBUG:
            raise CommandError("DEBUG 已关闭：正式网站不建立演示账号，请用 createsuperuser。")
        call_command("grant_roles")
        self.stdout.write("演示账号（仅限本机试用）：")
        for account in ACCOUNTS:
            if user := open_demo_account(account):
                known = user.check_password(account.password)
                shown = account.password if known else "（密码已更改）"
                self.stdout.write(f"  {account.name:<9} {shown:<14} {account.role}")
        # What nobody is in charge of in a demo county is shared among the reviewers.
        left = Department.objects.departments().filter(is_demo=True, reviewers=None)
        for department, reviewer in zip(left, cycle(list_reviewers()), strict=False):
            put_in_charge(reviewer, department)


@transaction.atomic
def open_demo_account(account):
    """The user of that name, opened now if there was none; an existing one is left as it is.

    None where the account's department is not registered.
    """
    users = get_user_model().objects
    if user := users.filter(username=account.name).first():
        return user
    department = Department.objects.filter(name=account.department).first()
    if account.post and department is None:
        return None
    more = {"is_staff": True, "is_superuser": account.is_superuser}
    user = users.create_user(account.name, password=account.password, **more)
    if account.group:
        user.groups.add(Group.objects.get(name=account.group.value))
    if account.post:
        Membership.objects.create(user=user, department=department, post=account.post)
    elif department:
        put_in_charge(user, department)
    told = audit.snapshot(user) | {"岗位": account.role}
    audit.write_entry(audit.Action.ADD, subject=user, after=told)
    return user


def put_in_charge(reviewer, department):
    before = audit.snapshot(department)
    department.reviewers.add(reviewer)
    sides = audit.compare_snapshots(before, audit.snapshot(department))
    audit.write_entry(audit.Action.CHANGE, subject=department, **sides)
