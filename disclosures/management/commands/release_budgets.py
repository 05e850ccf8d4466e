"""Release approved budgets from the command line, as the page does: workers then publish them."""

import uuid
from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from budgets.models import Budget, State
from disclosures.publishing.requests import ReleaseRefusedError, ask_release


class Command(BaseCommand):
    """The same order as on the page; who asks is named, and must be the bureau's administrator."""

    help = (
        "公开一个年度已批复的预算：全部（--all），或者给出编码的几个部门；可以定时（--at）。"
        "只是提出，由后台进程（run_worker）逐个办理，进展在工作台的“公开”页上看。"
    )

    def add_arguments(self, parser):
        parser.add_argument("codes", metavar="部门编码", nargs="*", help="如 107001 108001")
        parser.add_argument("--year", metavar="年度", type=int, required=True, help="如 2026")
        parser.add_argument("--all", action="store_true", help="该年度全部已批复的")
        parser.add_argument(
            "--at", metavar="时间", type=read_time, help="定时公开，如 2026-02-20T09:00（北京时间）"
        )
        parser.add_argument(
            "--by", metavar="用户名", required=True, help="以谁的名义公开；须是财政管理员"
        )

    def handle(self, *_args, codes, year, at, by, **options):
        if bool(codes) == options["all"]:
            raise CommandError("请给出部门编码，或者用 --all 公开全部已批复的，两者选一。")
        who = get_user_model().objects.filter(username=by).first()
        if who is None:
            raise CommandError(f"没有用户名为“{by}”的账号。")
        approved = Budget.objects.for_year(year).filter(state=State.APPROVED)
        codes = codes or list(approved.values_list("department__code", flat=True))
        try:
            release = ask_release(who=who, year=year, codes=codes, due_at=at, key=uuid.uuid4())
        except (ReleaseRefusedError, PermissionDenied) as refusal:
            raise CommandError(str(refusal)) from refusal
        taken = release.items.values_list("budget__department__code", flat=True)
        when = f"{timezone.localtime(at):%Y-%m-%d %H:%M}公开" if at else "现在公开"
        left = sorted(set(codes) - set(taken))
        self.stdout.write(f"{release}：{len(taken)}个部门，{when}。")
        if left:
            self.stdout.write(f"不能公开、没有列入的：{'、'.join(left)}。")


def read_time(text: str) -> datetime:
    """A time of the bureau's own zone, unless the text names another, that is still to come."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"时间“{text}”不对，请写成 2026-02-20T09:00 的样子。") from error
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    if moment <= timezone.now():
        raise CommandError(f"时间“{text}”已经过去，请写以后的时间；现在就公开的不用写 --at。")
    return moment
