"""A checkout's data in PostgreSQL: all of it, and as it was."""

import shutil
import sqlite3
from contextlib import closing
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from budgets.audit import Inspection
from budgets.models import Department, Entry, Upload
from disclosures.management.commands.move_to_postgres import find_demo_accounts
from disclosures.models import Disclosure
from tests.factories.county_file import CODE, SECRET, WORKBOOK

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="moves there")
pytestmark = pytest.mark.django_db


def move(path):
    output = StringIO()
    call_command("move_to_postgres", str(path), stdout=output)
    return output.getvalue()


def ask(path, query):
    with closing(sqlite3.connect(path)) as source:
        return source.execute(query).fetchall()


def change(path, *statements):
    with closing(sqlite3.connect(path)) as source:
        for statement in statements:
            source.execute(statement)
        source.commit()


@pytest.fixture
def own_file(county_file, tmp_path):
    """A copy that a test may change."""
    return shutil.copyfile(county_file, tmp_path / "own.sqlite3")


@on_postgresql
def test_everything_is_moved_as_it_was(county_file):
    printed = move(county_file)
    ((number, digest),) = ask(
        county_file, "SELECT number, digest FROM budgets_entry ORDER BY number DESC LIMIT 1"
    )
    assert printed.splitlines()[-1] == f"{number}:{digest}"
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert [cursor.fetchone()] == ask(county_file, f"SELECT count(*) FROM {table}"), table
    reviewer = User.objects.get(username="reviewer")
    assert [(reviewer.password,)] == ask(
        county_file, "SELECT password FROM auth_user WHERE username = 'reviewer'"
    )
    assert [group.name for group in reviewer.groups.all()] == ["财政审核员"]
    assert reviewer.totpdevice_set.get().key == SECRET
    assert reviewer.staticdevice_set.get().token_set.get().token == CODE
    upload = Upload.objects.get()
    assert (bytes(upload.content), upload.who.username) == (WORKBOOK, "clerk")
    ((at,),) = ask(county_file, "SELECT at FROM budgets_upload")
    assert upload.at.replace(tzinfo=None).isoformat(" ") == at


@on_postgresql
def test_what_was_moved_goes_on_and_is_guarded(county_file):
    move(county_file)
    department = Department.objects.create(code="900", name="新的部门")
    assert department.pk > Department.objects.exclude(pk=department.pk).order_by("-pk")[0].pk
    call_command("load_chart", year=2030, copy_from=2025, stdout=StringIO())
    assert list(Inspection().find_faults()) == []
    for statement in ("UPDATE budgets_entry SET words = ''", "DELETE FROM disclosures_disclosure"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_demo_accounts_are_named():
    for name, password in (("admin", "admin-demo"), ("bureau", "another"), ("clerk", "clerk-demo")):
        User.objects.create_user(name, password=password, is_active=name != "clerk")
    assert find_demo_accounts() == ["admin"]


@on_postgresql
def test_database_that_is_not_empty_is_left_alone(county_file):
    Department.objects.create(code="900", name="已有的部门")
    with pytest.raises(CommandError, match="已经有数据（部门和单位）"):
        move(county_file)
    assert Department.objects.get().name == "已有的部门"
    assert not Entry.objects.exists()


BREAK = "DROP TRIGGER budgets_entry_no_update"
OFFENCES = (
    ([BREAK, "UPDATE budgets_entry SET words = 'x' WHERE number = 2"], "第2条的内容和它的摘要不符"),
    (["DELETE FROM disclosures_indexentry"], "先在原来的数据库上运行"),
    (["UPDATE budgets_department SET name = printf('%.500c', 'x')"], "没有搬，原来的数据"),
    (["UPDATE budgets_membership SET department_id = 999"], "没有搬，原来的数据"),
    (["DELETE FROM django_migrations WHERE app = 'disclosures'"], "disclosures.0001_schema"),
)


@on_postgresql
@pytest.mark.parametrize(("statements", "told"), OFFENCES)
def test_what_would_not_be_the_same_is_not_moved(own_file, statements, told):
    change(own_file, "PRAGMA foreign_keys = OFF", *statements)
    with pytest.raises(CommandError, match=told):
        move(own_file)
    assert not Entry.objects.exists()
    assert not Disclosure.objects.exists()
    assert not User.objects.exists()


@on_postgresql
def test_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="没有文件"):
        move(tmp_path / "none.sqlite3")
    (tmp_path / "text.sqlite3").write_text("no database" * 100)
    with pytest.raises(CommandError, match="没有搬"):
        move(tmp_path / "text.sqlite3")


@pytest.mark.skipif(connection.vendor == "postgresql", reason="moves there")
def test_another_database_than_postgresql_is_refused(tmp_path):
    with pytest.raises(CommandError, match="DATABASE_URL 应指向 PostgreSQL"):
        move(tmp_path / "none.sqlite3")
