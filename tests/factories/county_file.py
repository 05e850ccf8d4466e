"""A checkout's SQLite file: a county that has published, people with second factors, an upload.

Run as a program on the database that DATABASE_URL names; `make_county_file` does.
"""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
MODULE = "tests.factories.county_file"
WORKBOOK = b"PK\x03\x04 a workbook \0\xff"
SECRET, CODE = "3132333435363738393031323334353637383930", "recovery"


def run_python(*arguments, root=ROOT, **environment):
    """A Python process of the project's, with these variables and no setting of this one."""
    own = ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL")
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=True,
    )


def make_county_file(path):
    """The file, of one department with one year."""
    url = f"sqlite:///{path}"
    run_python("manage.py", "migrate", DATABASE_URL=url)
    county = ("--departments", "1", "--years", "1")
    run_python("manage.py", "make_demo_county", *county, DATABASE_URL=url)
    run_python("-m", MODULE, DATABASE_URL=url, DJANGO_SETTINGS_MODULE="config.settings")
    return path


def add_people():
    """A reviewer with an app and a recovery code, a clerk of the first department, her upload."""
    # After django.setup(), which only a program calls.
    from django.contrib.auth.models import Group, User  # noqa: PLC0415

    from budgets import audit  # noqa: PLC0415
    from budgets.models import Budget, Membership, Post, Upload  # noqa: PLC0415

    reviewer = User.objects.create_user("reviewer", password="x", is_staff=True)
    reviewer.groups.add(Group.objects.get(name="财政审核员"))
    reviewer.totpdevice_set.create(name="app", key=SECRET)
    reviewer.staticdevice_set.create(name="codes").token_set.create(token=CODE)
    budget = Budget.objects.order_by("pk").first()
    clerk = User.objects.create_user("clerk", password="x", is_staff=True)
    Membership.objects.create(user=clerk, department=budget.department, post=Post.CLERK)
    Upload.objects.create(
        budget=budget,
        who=clerk,
        filename="填报.xlsx",
        content=WORKBOOK,
        sha256=sha256(WORKBOOK).hexdigest(),
        size=len(WORKBOOK),
        result=Upload.Result.REFUSED,
    )
    audit.write_entry(audit.Action.UPLOAD, who=clerk, subject=budget, words="“填报.xlsx”有错误")


if __name__ == "__main__":
    django.setup()
    add_people()
