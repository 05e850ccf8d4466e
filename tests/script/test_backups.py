"""Backups: what is in one, how a bad one is told, how long they are kept; and the rehearsal.

The rehearsal is the whole way on PostgreSQL, by the commands of the book: publish, back up,
upgrade, restore into an empty database, verify.
"""

import calendar
import json
import os
import shutil
import stat
import subprocess
import sys
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.factories.county_file import run_python

ROOT = Path(__file__).resolve().parents[2]
FORM = "%Y%m%dT%H%M%SZ"
SECRET = "a-key-for-the-rehearsal-that-signs-nothing-but-is-long-enough"


@pytest.fixture(scope="module")
def backups():
    spec = spec_from_file_location("backups", ROOT / "script" / "backups.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_script(name, *arguments, root=ROOT, **environment):
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [f"script/{name}", *map(str, arguments)],
        cwd=root,
        env=own | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def list_backups(folder):
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


@pytest.fixture
def made(tmp_path, county_file):
    """A backup of a checkout, and what was said of it."""
    folder = tmp_path / "backups"
    ended = run_script("backup", folder, DATABASE_URL=f"sqlite:///{county_file}")
    assert ended.returncode == 0, ended.stderr
    (backup,) = list_backups(folder)
    return backup


def test_checkout_is_backed_up_and_restored(made, tmp_path):
    assert abs(time.time() - calendar.timegm(time.strptime(made.name, FORM))) < 600
    url = f"sqlite:///{tmp_path / 'again.sqlite3'}"
    ended = run_script("restore", made, DATABASE_URL=url)
    assert (ended.returncode, ended.stderr) == (0, "")
    for told in ("操作日志共", "核对了1个版本、3个文件", "索引和公开的内容完全一致", "恢复完成"):
        assert told in ended.stdout
    assert json.loads((made / "about.json").read_text())["log_head"] in ended.stdout
    again = run_script("restore", made, DATABASE_URL=url)
    assert (again.returncode, again.stderr) == (
        1,
        f"已经有文件 {tmp_path / 'again.sqlite3'}，没有恢复：请先把原来的数据库移走。\n",
    )


def test_backup_is_for_its_owner_alone(made):
    modes = {stat.S_IMODE(path.stat().st_mode) for path in made.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def write_over(path, place, data):
    with path.open("r+b") as file:
        file.seek(place)
        file.write(data)


DAMAGE = (
    (lambda backup: write_over(backup / "database.sqlite3", 5000, b"x"), "和备份时不同"),
    (lambda backup: os.truncate(backup / "database.sqlite3", 5000), "和备份时不同"),
    (lambda backup: (backup / "about.json").unlink(), "少了 about.json"),
    (lambda backup: (backup / "SHA256SUMS").unlink(), "不是一份备份"),
)


@pytest.mark.parametrize(("damage", "told"), DAMAGE)
def test_broken_backup_is_told_and_nothing_is_restored(made, tmp_path, damage, told):
    damage(made)
    assert told in run_script("restore", "--check", made).stderr
    ended = run_script("restore", made, DATABASE_URL=f"sqlite:///{tmp_path / 'again.sqlite3'}")
    assert ended.returncode == 1
    assert told in ended.stderr
    assert not (tmp_path / "again.sqlite3").exists()


def test_sound_backup_is_told(made):
    assert run_script("restore", "--check", made).stdout == f"{made} 完好。\n"


def test_backup_of_a_newer_version_is_refused(made, tmp_path, backups):
    about = json.loads((made / "about.json").read_text())
    about["migrations"].append("budgets/migrations/0099_later")
    (made / "about.json").write_text(json.dumps(about))
    resum(made, backups)
    ended = run_script("restore", made, DATABASE_URL=f"sqlite:///{tmp_path / 'again.sqlite3'}")
    assert "备份来自比这里新的程序（这里没有 budgets/migrations/0099_later）" in ended.stderr
    assert not (tmp_path / "again.sqlite3").exists()


def resum(backup, backups):
    """Sums that fit again, as after damage that happened before the backup was made."""
    sums = [f"{backups.add_up(path)}  {path.name}\n" for path in backups.list_files(backup)]
    (backup / "SHA256SUMS").write_text("".join(sums))


def test_failed_backup_leaves_nothing(tmp_path):
    ended = run_script("backup", tmp_path / "backups", DATABASE_URL=f"sqlite:///{tmp_path}/none")
    assert (ended.returncode, ended.stderr) == (1, f"没有数据库文件 {tmp_path}/none。\n")
    assert list_backups(tmp_path / "backups") == []
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [".lock"]


def test_existing_backup_is_not_overwritten(made, county_file, backups, monkeypatch, capsys):
    moment = time.strptime(made.name, FORM)
    monkeypatch.setattr(backups.time, "gmtime", lambda: moment)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{county_file}")
    before = (made / "SHA256SUMS").read_bytes()
    assert backups.main(["backup", str(made.parent)]) == 1
    assert capsys.readouterr().err == f"已经有 {made}，没有覆盖它。\n"
    assert (made / "SHA256SUMS").read_bytes() == before


DOCKER = """#!/bin/sh
echo "$*" >>{log}
case "$*" in
*digest*) echo 7:abc ;;
*pg_dump*) echo archive ;;
*pg_class*) echo 0 ;;
*current_database*) echo portal ;;
esac
"""


def test_containers_are_reached_through_compose(backups, tmp_path, monkeypatch, capsys):
    """Whatever DATABASE_URL says; docker itself is not here, so what it is asked is looked at."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "docker").write_text(DOCKER.format(log=tmp_path / "asked"))
    (tmp_path / "bin" / "docker").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///none.sqlite3")
    monkeypatch.setattr(backups, "ROOT", tmp_path)
    (tmp_path / ".env").write_text("# Ours.\nSECRET_KEY='key'\nCERTIFICATES=./own\n")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "site.key").write_text("key")

    assert backups.main(["backup", str(tmp_path / "backups"), "--compose"]) == 0
    (backup,) = list_backups(tmp_path / "backups")
    assert (backup / "database.dump").read_text() == "archive\n"
    (tmp_path / ".env").unlink()
    shutil.rmtree(tmp_path / "own")
    assert backups.main(["restore", str(backup), "--compose"]) == 0, capsys.readouterr()
    assert (tmp_path / ".env").read_text().startswith("# Ours.")
    assert (tmp_path / "own" / "site.key").exists()
    inside = "compose exec -T database env PGUSER=portal PGDATABASE=portal"
    command = "compose run --rm --no-deps -T prepare python manage.py"
    asked = (tmp_path / "asked").read_text().splitlines()
    assert [each for each in asked if "psql" not in each] == [
        f"{inside} pg_dump --format custom",
        f"{inside} pg_restore --file -",
        f"{inside} pg_restore --file -",
        f"{inside} {' '.join(backups.RESTORE)} --dbname portal",
        f"{command} migrate --verbosity 0 --no-input",
        f"{command} verify_log --expect 7:abc",
        f"{command} verify_disclosures",
        f"{command} rebuild_index --check",
        f"{command} grant_roles",
    ]


def test_password_is_shown_to_no_list_of_processes(backups):
    url = "postgres://portal:a%40b%2Fc@db.example:5433/portal?sslmode=require"
    told = backups.Postgres.at(url).environment
    assert {name: told[name] for name in told if name.startswith("PG")} == {
        "PGHOST": "db.example",
        "PGPORT": "5433",
        "PGUSER": "portal",
        "PGPASSWORD": "a@b/c",
        "PGDATABASE": "portal",
        "PGSSLMODE": "require",
    }


# How long they are kept.


def name_days(count, start="20260101T020000Z"):
    """A backup each night."""
    first = calendar.timegm(time.strptime(start, FORM))
    return [time.strftime(FORM, time.gmtime(first + 86_400 * day)) for day in range(count)]


def test_last_days_weeks_and_months_are_kept(backups):
    kept = backups.choose_kept(name_days(365), (7, 4, 12))
    assert sorted(name[:8] for name in kept) == [
        *("20260131", "20260228", "20260331", "20260430", "20260531", "20260630", "20260731"),
        *("20260831", "20260930", "20261031", "20261130", "20261213", "20261220"),
        *("20261225", "20261226", "20261227", "20261228", "20261229", "20261230", "20261231"),
    ]


def test_machine_that_stood_still_loses_none(backups):
    names = name_days(3) + name_days(2, "20260901T020000Z")
    assert backups.choose_kept(names, (7, 4, 12)) == set(names)


def test_what_was_just_made_is_kept_whatever_the_clock_says(backups, tmp_path, capsys):
    for name in ("20260301T020000Z", "20260302T020000Z", "20260301T010000Z", "notes"):
        (tmp_path / name).mkdir()
    backups.let_go(tmp_path, (1, 1, 1), "20260301T010000Z")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"20260302T020000Z", "20260301T010000Z", "notes"}
    assert capsys.readouterr().out == "不再保留：20260301T020000Z\n"


# The rehearsal.

NEWER = '''
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a later version might bring: a table that leans on an old one, a column, a row."""

    dependencies = (("disclosures", "{last}"),)
    operations = (
        migrations.CreateModel(
            "Later",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("department", models.ForeignKey("budgets.Department", models.PROTECT)),
            ],
        ),
        migrations.AddField("Disclosure", "later", models.TextField(default="later")),
        migrations.RunSQL(
            "INSERT INTO disclosures_later (department_id) SELECT id FROM budgets_department",
            "DELETE FROM disclosures_later",
        ),
    )
'''


def copy_tree(target):
    """The project as a later version: with one more migration."""
    rooms = ("budgets", "config", "disclosures", "script", "samples", "static", "templates")
    for room in rooms:
        # A module knows its place by its file; the others, fonts above all, are only pointed at.
        shutil.copytree(
            ROOT / room,
            target / room,
            copy_function=lambda source, copy: (
                shutil.copyfile(source, copy)
                if source.endswith(".py")
                else Path(copy).symlink_to(source)
            ),
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    shutil.copyfile(ROOT / "manage.py", target / "manage.py")
    for name in ("backup", "restore"):
        (target / "script" / name).unlink()
        shutil.copy(ROOT / "script" / name, target / "script" / name)
    (target / ".venv" / "bin").mkdir(parents=True)
    (target / ".venv" / "bin" / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    (target / ".venv" / "bin" / "python").chmod(0o755)
    migrations = target / "disclosures" / "migrations"
    last = max(path.stem for path in migrations.glob("0*.py"))
    (migrations / "9999_later.py").write_text(NEWER.format(last=last))
    return target


@pytest.fixture
def addresses(django_db_setup):
    """Two empty databases beside that of the tests, by their addresses."""
    own = connection.settings_dict
    access = f"{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}"
    names = [f"{own['NAME']}_{end}" for end in ("running", "restored")]
    # Not the tests' own database: another may be made while somebody is in it.
    with psycopg.connect(f"postgres://{access}/postgres", autocommit=True) as server:
        for name in names:
            server.execute(f"DROP DATABASE IF EXISTS {name}")
            server.execute(f"CREATE DATABASE {name}")
        yield [f"postgres://{access}/{name}" for name in names]
        for name in names:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def write_settings(path, url, certificates):
    path.write_text(
        f"DEBUG=0\nSECRET_KEY={SECRET}\nALLOWED_HOSTS=budget.example.gov.cn\n"
        f'DATABASE_URL="{url}"\nCERTIFICATES={certificates}\n'
    )
    return path


@pytest.mark.skipif(connection.vendor != "postgresql", reason="rehearses PostgreSQL")
@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not installed")
def test_rehearsal_of_a_restore_into_a_newer_version(addresses, county_file, tmp_path, backups):
    running, restored = addresses
    run_python("manage.py", "move_to_postgres", str(county_file), DATABASE_URL=running)
    certificates = tmp_path / "certificates"
    certificates.mkdir()
    (certificates / "site.key").write_text("key")
    settings = write_settings(tmp_path / "portal.env", running, certificates)

    ended = run_script("backup", tmp_path / "backups", "--settings", settings, "--keep", "7,4,12")
    assert (ended.returncode, ended.stderr) == (0, "")
    (backup,) = list_backups(tmp_path / "backups")
    held = {path.relative_to(backup).as_posix() for path in backup.rglob("*") if path.is_file()}
    assert held == {
        *("SHA256SUMS", "about.json", "certificates/site.key", "database.dump", "settings.env"),
    }
    assert (backup / "settings.env").read_text() == settings.read_text()
    head = json.loads((backup / "about.json").read_text())["log_head"]

    # The upgrade, and work that the backup does not know.
    newer = copy_tree(tmp_path / "newer")
    run_python("manage.py", "migrate", root=newer, DATABASE_URL=running)
    run_python("manage.py", "grant_roles", root=newer, DATABASE_URL=running)
    refused = run_script("restore", backup, "--settings", settings, root=newer)
    assert refused.returncode == 1
    assert refused.stderr.startswith("这个数据库里已经有表，没有恢复")

    shutil.rmtree(certificates)
    write_settings(settings, restored, certificates)
    cut = shutil.copytree(backup, tmp_path / "cut")
    os.truncate(cut / "database.dump", (cut / "database.dump").stat().st_size - 100)
    resum(cut, backups)
    broken = run_script("restore", cut, "--settings", settings, root=newer)
    assert broken.returncode == 1
    assert "备份坏了" in broken.stderr

    ended = run_script("restore", backup, "--settings", settings, root=newer)
    assert ended.returncode == 0, ended.stderr
    for told in (head, "核对了1个版本、3个文件", "索引和公开的内容完全一致", "恢复完成"):
        assert told in ended.stdout
    assert (certificates / "site.key").read_text() == "key"
    with psycopg.connect(restored, autocommit=True) as database:
        assert database.execute("SELECT count(*) FROM disclosures_later").fetchone() == (1,)
        for statement in (
            "UPDATE budgets_entry SET words = ''",
            "TRUNCATE budgets_entry",
            "UPDATE disclosures_disclosure SET title = ''",
            "DELETE FROM disclosures_disclosurefile",
        ):
            with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
                database.execute(statement)

    # And what the newer version has backed up is not for the older.
    ended = run_script("backup", tmp_path / "backups", "--settings", settings, root=newer)
    assert ended.returncode == 0, ended.stderr
    late = list_backups(tmp_path / "backups")[-1]
    assert "备份来自比这里新的程序" in run_script("restore", late, "--settings", settings).stderr
