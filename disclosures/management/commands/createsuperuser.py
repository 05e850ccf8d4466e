"""Opens the account of a system's administrator, in the place of Django's command."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from budgets import audit
from disclosures.workplace.accounts.passwords import give_first_password


class Command(BaseCommand):
    """Unlike Django's it tells the log, and its password is a first one like any other."""

    help = (
        "建立系统管理员的账号，显示一次初始密码；本人第一次登录时必须改。"
        "账号和密码都写入操作日志（不含密码本身）。"
    )
    requires_migrations_checks = True

    def add_arguments(self, parser):
        parser.add_argument("--username", metavar="用户名", help="不写时会问")
        parser.add_argument("--email", metavar="邮箱", default="")

    def handle(self, *args, username, email, **options):
        try:
            name = input("用户名：").strip() if username is None else username
        except EOFError:
            raise CommandError("没有建立账号：请用 --username 写出用户名。") from None
        user = get_user_model()(username=name, email=email, is_staff=True, is_superuser=True)
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as wrong:
            raise CommandError("没有建立账号：" + "".join(wrong.messages)) from wrong
        with transaction.atomic():
            user.set_unusable_password()
            user.save()
            audit.write_entry(audit.Action.ADD, subject=user, after=audit.snapshot(user))
            password = give_first_password(user, by=None)
        self.stdout.write(f"已建立系统管理员“{name}”。")
        self.stdout.write(f"初始密码（只显示这一次，第一次登录时必须改）：{password}")
