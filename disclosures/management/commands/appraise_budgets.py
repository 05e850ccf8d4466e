"""Checks again the budgets that have changed, so that the board has their figures at once."""

from django.core.management.base import BaseCommand

from budgets.models import Budget
from disclosures.workplace.review.appraisals import list_stale, refresh


class Command(BaseCommand):
    """Only what has changed since is checked again; safe to run at any time."""

    help = "重新核对改动过的预算，审核总览上的数随之更新"

    def add_arguments(self, parser):
        """The year; without it, the newest in which anybody has opened a budget."""
        parser.add_argument("--year", type=int, help="年度，默认最近的一个年度")

    def handle(self, *args, **options):
        """Write how many there were."""
        newest = Budget.objects.order_by("-year").values_list("year", flat=True).first()
        year = options["year"] or newest
        count = len(list_stale(year)) if year else 0
        if year:
            refresh(year)
        if options["verbosity"]:
            self.stdout.write(f"重新核对了{count}份预算。")
