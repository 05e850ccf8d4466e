"""Backs the portal up and restores it: database, settings file and certificates.

A backup is a folder, named by its moment in UTC, that `sha256sum --check SHA256SUMS` can judge
anywhere. Nothing of the portal is imported: where it runs in containers, the machine has none of
it, and maybe an old Python.
"""

import argparse
import fcntl
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"\d{8}T\d{6}Z")
MOMENT = "%Y%m%dT%H%M%SZ"
PARTIAL = ".partial-"
SUMS, ABOUT, SETTINGS, CERTIFICATES = "SHA256SUMS", "about.json", "settings.env", "certificates"
DUMP, COPY = "database.dump", "database.sqlite3"
SETTING = re.compile(r"\s*([A-Za-z_]\w*)=(\"(.*)\"|'(.*)'|(.*?))\s*")
# The newest of so many days, weeks and months, of those that have a backup: a machine that stood
# still, or whose clock was wrong, loses none.
PERIODS = ("%Y%m%d", "%G-%V", "%Y%m")
HEAD = "SELECT number || ':' || digest FROM budgets_entry ORDER BY number DESC LIMIT 1"
MIGRATIONS = (
    "SELECT app || '/migrations/' || name FROM django_migrations"
    " WHERE app IN ('budgets', 'disclosures') ORDER BY id"
)
TABLES = (
    "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p')"
    " AND relnamespace = current_schema()::regnamespace"
)
COMPOSE = ("docker", "compose")
# All or nothing: what ends half way leaves the database as empty as it was.
RESTORE = ("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges")
BLOCK = 1 << 20


class NotDoneError(Exception):
    """A sentence on why something was not done."""


def run(command, told, **options):
    """Run a command, or refuse with what it complained about; what it printed, as text."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    try:
        ended = subprocess.run(command, check=False, **options)  # noqa: S603
    except FileNotFoundError:
        raise NotDoneError(f"{told}：这台机器上没有 {command[0]}，请先安装。") from None
    if ended.returncode:
        complaint = (ended.stderr or b"").decode(errors="replace").strip()
        raise NotDoneError(f"{told}：{complaint or f'{command[0]} 以 {ended.returncode} 结束'}")
    return (ended.stdout or b"").decode().strip()


class Postgres:
    """A PostgreSQL database, reached through an address, or in its container."""

    file = DUMP
    kind = "postgresql"

    def __init__(self, environment=None, through=()):
        self.environment = {**os.environ, **(environment or {})}
        self.through = through

    @classmethod
    def at(cls, url):
        """By its address, given to the tools where no list of processes shows the password."""
        parts = urlsplit(url)
        told = {
            "PGHOST": unquote(parts.hostname or ""),
            "PGPORT": str(parts.port or ""),
            "PGUSER": unquote(parts.username or ""),
            "PGPASSWORD": unquote(parts.password or ""),
            "PGDATABASE": unquote(parts.path.lstrip("/")),
            **{f"PG{name.upper()}": value for name, value in parse_qsl(parts.query)},
        }
        return cls({name: value for name, value in told.items() if value})

    @classmethod
    def in_container(cls):
        inside = ("env", "PGUSER=portal", "PGDATABASE=portal")
        return cls(through=(*COMPOSE, "exec", "-T", "database", *inside))

    def call(self, tool, told, **options):
        command = (*self.through, *tool)
        return run(command, told, env=self.environment, cwd=ROOT, **options)

    def ask(self, query):
        tool = ("psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--command", query)
        return self.call(tool, "数据库没有回答")

    def copy_to(self, target):
        with target.open("xb") as sink:
            self.call(("pg_dump", "--format", "custom"), "数据库没有备份", stdout=sink)

    def check(self, source):
        """Read the whole archive: a list of its contents alone would not find a broken end."""
        with source.open("rb") as archive:
            tool = ("pg_restore", "--file", "-")
            self.call(tool, "备份坏了", stdin=archive, stdout=subprocess.DEVNULL)

    def refuse_unless_empty(self):
        if self.ask(TABLES) != "0":
            raise NotDoneError(
                "这个数据库里已经有表，没有恢复：备份只恢复到空的数据库，已有的数据不改动。"
                "请新建一个空的数据库，或者先把原来的改名留着，再恢复。"
            )

    def restore(self, source):
        with source.open("rb") as archive:
            tool = (*RESTORE, "--dbname", self.ask("SELECT current_database()"))
            self.call(tool, "没有恢复，数据库仍然是空的", stdin=archive)


class SQLite:
    """The database of a checkout: one file."""

    file = COPY
    kind = "sqlite"

    def __init__(self, path):
        self.path = path

    def open(self):
        if not self.path.exists():
            raise NotDoneError(f"没有数据库文件 {self.path}。")
        return closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True))

    def ask(self, query):
        with self.open() as database:
            return "\n".join(str(value) for (value,) in database.execute(query))

    def copy_to(self, target):
        """Copy it as it is at one moment, whoever is writing meanwhile, into a file that is all."""
        with self.open() as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")

    def check(self, source):
        told = SQLite(source).ask("PRAGMA integrity_check")
        if told != "ok":
            raise NotDoneError(f"备份坏了：{told}")

    def refuse_unless_empty(self):
        for path in (self.path, *(Path(f"{self.path}{end}") for end in ("-wal", "-shm"))):
            if path.exists():
                raise NotDoneError(f"已经有文件 {path}，没有恢复：请先把原来的数据库移走。")

    def restore(self, source):
        shutil.copyfile(source, self.path)


class Place:
    """Where the portal stands: its database, its settings file, its certificates, its commands."""

    def __init__(self, options):
        self.in_containers = options.compose
        self.settings = ROOT / ".env" if options.compose else options.settings
        self.read()

    def read(self):
        """Take the settings as they are now; restoring may bring them first."""
        self.values = read_settings(self.settings)
        named = self.values.get("CERTIFICATES") or os.environ.get("CERTIFICATES", "")
        if self.in_containers:
            named = named or f"docker/{CERTIFICATES}"
        self.certificates = ROOT / named if named else None

    @property
    def database(self):
        if self.in_containers:
            return Postgres.in_container()
        url = self.values.get("DATABASE_URL") or os.environ.get("DATABASE_URL", "")
        if url.startswith(("postgres://", "postgresql://")):
            return Postgres.at(url)
        if url and not url.startswith("sqlite:///"):
            raise NotDoneError(
                "DATABASE_URL 应为 postgres://用户:密码@主机:5432/库名 或 sqlite:///文件名。"
            )
        # As config/environment.py takes it.
        return SQLite(ROOT / unquote(url[len("sqlite:///") :] or "db.sqlite3"))

    @property
    def archive_reader(self):
        """What can look into an archive; no database is asked."""
        return Postgres.in_container() if self.in_containers else Postgres()

    def manage(self, *command):
        """Run one of the portal's commands, all that it says shown."""
        if self.in_containers:
            python = (*COMPOSE, "run", "--rm", "--no-deps", "-T", "prepare", "python")
        else:
            own = ROOT / ".venv" / "bin" / "python"
            python = (str(own) if own.exists() else sys.executable,)
        environment = {**os.environ, **self.values}
        told = f"数据已经恢复，但 {command[0]} 没有通过，先不要启动网站"
        options = {"env": environment, "cwd": ROOT, "stdout": None, "stderr": None}
        run((*python, "manage.py", *command), told, **options)


def read_settings(path):
    """Names and values of a settings file as systemd and docker compose read it; none, nothing."""
    if path is None or not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [SETTING.fullmatch(line) for line in lines if not line.lstrip().startswith("#")]
    return {each[1]: each[3] or each[4] or each[5] or "" for each in found if each}


def say(told):
    sys.stdout.write(f"{told}\n")
    sys.stdout.flush()


# Backing up.


def back_up(options):
    """Make one backup in the folder, and let go of those that need not be kept."""
    place, name = Place(options), time.strftime(MOMENT, time.gmtime())
    folder = options.folder.resolve()
    if not folder.exists():
        folder.mkdir(parents=True)
        # What it holds is for its owner alone, but the health page looks for the newest name.
        folder.chmod(0o755)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotDoneError("另一次备份正在进行，这一次没有做。") from None
        if (folder / name).exists():
            raise NotDoneError(f"已经有 {folder / name}，没有覆盖它。")
        for left in folder.glob(f"{PARTIAL}*"):
            shutil.rmtree(left)
        work = Path(tempfile.mkdtemp(prefix=PARTIAL, dir=folder))
        try:
            fill(work, place, name)
            work.rename(folder / name)
        except BaseException:
            shutil.rmtree(work)
            raise
        say(f"备份好了：{folder / name}")
        if options.keep:
            let_go(folder, options.keep, name)


def fill(work, place, name):
    """Write everything that must be kept into the folder, and read it all once more."""
    database = place.database
    about = {
        "made_at": name,
        "database": database.kind,
        # Asked before the copy is made, so that the copy holds it.
        "log_head": database.ask(HEAD),
        "migrations": database.ask(MIGRATIONS).split(),
    }
    database.copy_to(work / database.file)
    database.check(work / database.file)
    if place.settings and place.settings.exists():
        shutil.copyfile(place.settings, work / SETTINGS)
    else:
        say("!!! 没有备份设置文件（里面有 SECRET_KEY）：请用 --settings 指出它在哪里。")
    if place.certificates and place.certificates.is_dir():
        shutil.copytree(place.certificates, work / CERTIFICATES, copy_function=shutil.copyfile)
    else:
        say("!!! 没有备份证书：请在设置文件里用 CERTIFICATES 指出它们所在的文件夹。")
    (work / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
    sums = [f"{add_up(path)}  {path.relative_to(work).as_posix()}\n" for path in list_files(work)]
    (work / SUMS).write_text("".join(sums), encoding="utf-8")


def list_files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)


def add_up(path):
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(BLOCK), b""):
            digest.update(block)
    return digest.hexdigest()


def choose_kept(names, counts):
    """Of the backups' names, the newest of the last days, weeks and months that have one."""
    kept = set()
    newest_first = sorted(names, reverse=True)
    for period, count in zip(PERIODS, counts):  # noqa: B905 (Python 3.10)
        newest = {}
        for name in newest_first:
            newest.setdefault(time.strftime(period, time.strptime(name, MOMENT)), name)
        kept.update(list(newest.values())[:count])
    return kept


def let_go(folder, counts, made):
    """Delete the backups beyond those; never the one just made, whatever the clock says."""
    names = [path.name for path in folder.iterdir() if NAME.fullmatch(path.name)]
    for name in sorted(set(names) - choose_kept(names, counts) - {made}):
        shutil.rmtree(folder / name)
        say(f"不再保留：{name}")


# Restoring.


def check_files(backup):
    """What the backup says of itself; refused where a file is not as it was written."""
    if not (backup / SUMS).is_file():
        raise NotDoneError(f"{backup} 不是一份备份：里面没有 {SUMS}。")
    lines = (backup / SUMS).read_text(encoding="utf-8").splitlines()
    written = dict(reversed(line.split("  ", 1)) for line in lines)
    for name, digest in written.items():
        if not (backup / name).is_file():
            raise NotDoneError(f"备份坏了：少了 {name}。请用另一份备份。")
        if add_up(backup / name) != digest:
            raise NotDoneError(f"备份坏了：{name} 和备份时不同。请用另一份备份。")
    return json.loads((backup / ABOUT).read_text(encoding="utf-8"))


def refuse_newer(about):
    for migration in about["migrations"]:
        if not (ROOT / f"{migration}.py").exists():
            raise NotDoneError(
                f"备份来自比这里新的程序（这里没有 {migration}），没有恢复。"
                "请先取得做备份时的那一版程序，或者更新的。"
            )


def bring_back(backup, place):
    """Put the settings file and the certificates where there are none; leave those there are."""
    if (backup / SETTINGS).exists() and place.settings:
        if place.settings.exists():
            say(f"已有 {place.settings}，没有改动它。")
        else:
            place.settings.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(backup / SETTINGS, place.settings)
            say(f"放好了设置文件 {place.settings}。")
        place.read()
    if (backup / CERTIFICATES).is_dir() and place.certificates:
        if place.certificates.exists():
            say(f"已有 {place.certificates}，没有改动它。")
        else:
            shutil.copytree(
                backup / CERTIFICATES, place.certificates, copy_function=shutil.copyfile
            )
            say(f"放好了证书 {place.certificates}。")


def restore(options):
    """Restore into an empty database, bring it up to this version, and verify it."""
    backup, place = options.backup.resolve(), Place(options)
    about = check_files(backup)
    if options.check:
        is_file = about["database"] == SQLite.kind
        database = SQLite(backup / COPY) if is_file else place.archive_reader
        database.check(backup / database.file)
        say(f"{backup} 完好。")
        return
    bring_back(backup, place)
    database = place.database
    if database.kind != about["database"]:
        raise NotDoneError(
            f"备份里的数据库是 {about['database']}，DATABASE_URL 指的却是 {database.kind}。"
        )
    database.check(backup / database.file)
    refuse_newer(about)
    database.refuse_unless_empty()
    database.restore(backup / database.file)
    say("数据已经恢复，正在升级到这一版并核验。")
    place.manage("migrate", "--verbosity", "0", "--no-input")
    place.manage("verify_log", *(("--expect", about["log_head"]) if about["log_head"] else ()))
    place.manage("verify_disclosures")
    try:
        place.manage("rebuild_index", "--check")
    except NotDoneError:
        # Another version may keep more in it; what it mirrors was verified just now.
        place.manage("rebuild_index")
        place.manage("rebuild_index", "--check")
    # Only now, for it may write to the log: what this version gives the roles.
    place.manage("grant_roles")
    say("恢复完成，全部核验通过。可以启动网站和后台进程了。")


def read_counts(text):
    if not re.fullmatch(r"\d{1,3},\d{1,3},\d{1,3}", text):
        raise argparse.ArgumentTypeError("应为三个数，例如 7,4,12")
    return tuple(map(int, text.split(",")))


def read_options(arguments):
    parser = argparse.ArgumentParser(description="备份和恢复：数据库、设置文件、证书。")
    commands = parser.add_subparsers(dest="command", required=True)
    backup = commands.add_parser("backup", prog="script/backup", help="做一份备份")
    backup.add_argument("folder", type=Path, help="放备份的文件夹")
    backup.add_argument(
        "--keep",
        type=read_counts,
        metavar="天,周,月",
        help="做好以后只保留最近几天、几周、几个月的备份，例如 7,4,12；不给出时一份也不删",
    )
    again = commands.add_parser("restore", prog="script/restore", help="恢复到空的数据库")
    again.add_argument("backup", type=Path, help="一份备份（文件夹）")
    again.add_argument("--check", action="store_true", help="只检查备份是否完好，不恢复")
    for each in (backup, again):
        where = each.add_mutually_exclusive_group()
        where.add_argument("--compose", action="store_true", help="用 docker compose 安装的")
        where.add_argument(
            "--settings", type=Path, metavar="文件", help="设置文件，里面有 DATABASE_URL 等变量"
        )
    return parser.parse_args(arguments)


def main(arguments):
    os.umask(0o077)
    options = read_options(arguments)
    try:
        {"backup": back_up, "restore": restore}[options.command](options)
    except (NotDoneError, OSError, sqlite3.Error) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
