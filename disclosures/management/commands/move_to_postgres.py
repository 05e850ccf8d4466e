"""Moves all data from SQLite into an empty PostgreSQL, and proves that it is the same."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.color import no_style
from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from budgets.audit import Head, Inspection
from budgets.models import Entry
from disclosures.management.commands.create_demo_accounts import ACCOUNTS
from disclosures.publishing.index.writing import find_index_differences
from disclosures.publishing.integrity import find_faults

SOURCE = "source"
# What migrating puts into an empty database; it gives way to what the source has.
FILLED: tuple[type[Model], ...] = (Group.permissions.through, Group, Permission, ContentType)
# Rows held in memory at once; one may hold a file.
CHUNK = 100


class Command(BaseCommand):
    help = (
        "把一个 SQLite 数据库文件里的全部数据搬到 DATABASE_URL 指定的空的 PostgreSQL："
        "部门、预算、已公开的内容和文件、上传的工作簿、账号和两步登录、操作日志。"
        "一次事务，要么全部搬过去，要么什么也没有；搬完当场核对行数、日志的链头、摘要和索引。"
        "原来的文件不改动。请先停掉网站和后台进程。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="SQLite 数据库文件，例如 db.sqlite3")

    def handle(self, *_args: Any, source: Path, **_options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(
                "DATABASE_URL 应指向 PostgreSQL：postgres://用户:密码@主机:5432/库名"
            )
        if not source.is_file():
            raise CommandError(f"没有文件 {source}。")
        call_command("migrate", verbosity=0, interactive=False)
        connections[SOURCE] = open_file(source)
        try:
            with transaction.atomic(using=SOURCE), transaction.atomic():
                rows = move()
                head = verify()
        except DatabaseError as error:
            raise CommandError(f"没有搬，原来的数据和 PostgreSQL 都没有改动：{error}") from error
        finally:
            connections[SOURCE].close()
            del connections[SOURCE]
            ContentType.objects.clear_cache()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        told = f"搬好了：{rows} 行，日志的链头、公开的摘要、索引和原来完全一样。"
        self.stdout.write(self.style.SUCCESS(told))
        if names := "、".join(find_demo_accounts()):
            self.stdout.write(f"!!! 演示账号也搬过去了，密码人人知道，请先停用：{names}")
        self.stdout.write(str(head))


def open_file(path: Path) -> BaseDatabaseWrapper:
    """A connection for this command alone, which no setting names."""
    told = {
        "NAME": str(path.resolve()),
        # Held from the beginning: what another process wrote meanwhile would stay behind.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
    }
    return DatabaseWrapper(connection.settings_dict | told, SOURCE)


def find_demo_accounts() -> list[str]:
    """Names of the accounts that still have the password of a demo."""
    users = get_user_model().objects.filter(is_active=True)
    found = [(users.filter(username=each.name).first(), each.password) for each in ACCOUNTS]
    return [user.get_username() for user, word in found if user and user.check_password(word)]


def list_tables() -> list[type[Model]]:
    """The models of all tables, those that join two others included."""
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and not model._meta.proxy]


def move() -> int:
    """Copy every table within the transactions that are open; the number of rows."""
    refuse_other_version()
    for model in list_tables():
        if model not in FILLED and model._base_manager.exists():
            raise CommandError(
                f"PostgreSQL 里已经有数据（{model._meta.verbose_name}），没有搬：请给出一个空的库。"
            )
    for model in FILLED:
        model._base_manager.all().delete()
    rows = sum(copy_rows(model) for model in list_tables())
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list_tables()):
            cursor.execute(statement)
    connection.check_constraints()
    return rows


def refuse_other_version() -> None:
    """Both databases have the tables of this version, or nothing is moved."""
    here, there = (
        MigrationRecorder(connections[alias]).applied_migrations().keys()
        for alias in ("default", SOURCE)
    )
    if here != there:
        names = "、".join(sorted(f"{app}.{name}" for app, name in here ^ there))
        raise CommandError(
            f"SQLite 数据库不是这一版程序的（{names}），没有搬："
            "请先用这一版程序升级它（不设 DATABASE_URL，运行 manage.py migrate）。"
        )


def copy_rows(model: type[Model]) -> int:
    """Copy one table by PostgreSQL's own way for many rows; the times stay as they were."""
    fields = model._meta.local_concrete_fields
    there = model._base_manager.using(SOURCE).order_by("pk")
    rows = there.values_list(*(field.attname for field in fields)).iterator(chunk_size=CHUNK)
    names = [model._meta.db_table, *(str(field.column) for field in fields)]
    table, *columns = map(connection.ops.quote_name, names)
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as sink,
    ):
        for row in rows:
            pairs = zip(fields, row, strict=True)
            sink.write_row([field.get_db_prep_save(value, connection) for field, value in pairs])
    count = model._base_manager.count()
    if count != there.count():
        raise CommandError(f"{model._meta.verbose_name}：行数不同，没有搬。")
    return count


def verify() -> Head:
    """The head of the log, the same on both; CommandError where anything is not as it was."""
    last = Entry.objects.using(SOURCE).order_by("number").last()
    head = Head(last.number, last.digest) if last else Head()
    inspection = Inspection(expected=(head,) if last else ())
    faults = [*inspection.find_faults(), *map(str, find_faults()), *find_index_differences()]
    if inspection.last != head:
        faults.append(f"日志的链头是 {inspection.last}，原来是 {head}。")
    if faults:
        told = "\n".join(faults)
        raise CommandError(
            f"{told}\n有 {len(faults)} 处不对，没有搬。请先在原来的数据库上运行 verify_log、"
            "verify_disclosures 和 rebuild_index --check，查明原因。"
        )
    return head
