"""Frees those who must wait because of failed logins."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from disclosures.workplace.accounts.failures import free_everybody, free_person


class Command(BaseCommand):
    help = "解除输错密码以后的等待：写出用户名的，只解除这一个；不写的，解除全部。写入操作日志。"

    def add_arguments(self, parser):
        parser.add_argument("username", metavar="用户名", nargs="?")

    def handle(self, *args, username, **options):
        if not username:
            free_everybody(by=None)
            self.stdout.write("已解除全部等待。")
            return
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"没有用户名为“{username}”的账号。")
        free_person(user, by=None)
        self.stdout.write(f"已解除“{username}”的等待。")
