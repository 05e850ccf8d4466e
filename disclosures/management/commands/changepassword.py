"""Gives an account a new first password, in the place of Django's command."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from disclosures.workplace.accounts.passwords import give_first_password


class Command(BaseCommand):
    """Unlike Django's it tells the log, and whoever sits at the server does not know it for long.

    For the only administrator who has lost his password; others are helped on the person's page.
    """

    help = (
        "给账号一个新的初始密码，只显示一次；本人下一次登录时必须改，已经登录的随即退出。"
        "写入操作日志。"
    )

    def add_arguments(self, parser):
        parser.add_argument("username", metavar="用户名")

    def handle(self, *args, username, **options):
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"没有用户名为“{username}”的账号。")
        password = give_first_password(user, by=None)
        self.stdout.write(f"“{username}”的新密码（只显示这一次，下一次登录时必须改）：{password}")
