"""Checks again the budgets that have changed, so that the board has their figures at once."""

from django.core.management.base import BaseCommand

from budgets.models import Budget
from disclosures.workplace.review.appraisals import list_stale, refresh_appraisals


class Command(BaseCommand):
    help = "重新核对改动过的预算，审核总览上的数随之更新"

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, help="年度，默认最近的一个年度")

    def handle(self, *args, **options):
        newest = Budget.objects.order_by("-year").values_list("year", flat=True).first()
        year = options["year"] or newest
        count = len(list_stale(year)) if year else 0
        if year:
            refresh_appraisals(year)
        if options["verbosity"]:
            self.stdout.write(f"重新核对了{count}份预算。")
