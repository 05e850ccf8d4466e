"""Tells whose time runs out and whose release failed, and sends notices that wait for an e-mail."""

from django.core.management.base import BaseCommand

from disclosures.workflow.notifications import mail_notices, notify_deadlines, notify_failures


class Command(BaseCommand):
    help = (
        "通知临近公开期限和逾期的部门、没有办成的公开，并发出还没有发出的通知邮件；"
        "可以反复运行，不会重复通知"
    )

    def handle(self, *args, **options):
        told = notify_deadlines() + notify_failures()
        sent, failed = mail_notices()
        if options["verbosity"]:
            self.stdout.write(f"新通知{told}条；发出邮件{sent}封，没有发出{failed}封。")
