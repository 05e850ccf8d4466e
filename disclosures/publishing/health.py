"""How the portal does: one list of readings, for the page, for programs and for Prometheus.

All are taken from the database, the disk and the certificate when they are asked for, so every
process of every machine gives the same answer.
"""

import re
import shutil
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path

from cryptography.x509 import load_pem_x509_certificate
from django.conf import settings
from django.db import DatabaseError, connection
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timezone import localtime

from budgets.domain.text import show_day
from budgets.models import Upload
from disclosures.models import ReleaseItem, WorkerTurn
from disclosures.publishing.turns import is_worker_alive, list_living_workers
from disclosures.workflow.notifications import list_unmailed_notices

# As script/backup names its folders: the moment in UTC.
BACKUP = re.compile(r"\d{8}T\d{6}Z")
BACKUP_MOMENT = "%Y%m%dT%H%M%SZ"
# A backup a day, with some hours for one that takes long.
BACKUP_CARE, BACKUP_BAD = timedelta(hours=30), timedelta(days=3)
CERTIFICATE_CARE, CERTIFICATE_BAD = timedelta(days=30), timedelta(days=7)
DISK_CARE, DISK_BAD = 0.15, 0.05
MAIL_CARE = timedelta(hours=1)
# Seconds.
PATIENCE = 3
BACK_UP = "请运行 script/backup，并检查每天运行它的定时任务。"


class Verdict(StrEnum):
    GOOD = "正常"
    UNSET = "没有设置"
    CARE = "请注意"
    BAD = "有问题"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read of one thing: in words, judged, and as numbers by the names of metrics.

    `advice` says what to do where it is not good.
    """

    key: str
    title: str
    verdict: Verdict
    words: str
    advice: str = ""
    numbers: dict[str, float]


def take_readings() -> list[Reading]:
    """Every reading; of a database that is away, nothing that stands in it."""
    try:
        inside = [read() for read in INSIDE]
    except DatabaseError:
        inside = [
            Reading(
                key="database",
                title="数据库",
                verdict=Verdict.BAD,
                words="没有应答",
                advice="检查数据库是否在运行、磁盘是否满了；恢复以后网站自己接着工作。",
                numbers={"database_up": 0},
            )
        ]
    return [*inside, read_disk(), read_backup(), read_certificate()]


def read_database() -> Reading:
    size = "pg_database_size(current_database())"
    if connection.vendor == "sqlite":
        size = "page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {size}")
        (taken,) = cursor.fetchone()
    return Reading(
        key="database",
        title="数据库",
        verdict=Verdict.GOOD,
        words=f"{connection.display_name} 有应答，占用 {filesizeformat(taken)}",
        numbers={"database_up": 1, "database_size_bytes": taken},
    )


def read_workers() -> Reading:
    living, last = list_living_workers().count(), WorkerTurn.objects.first()
    numbers = {"workers": living}
    if last:
        numbers["worker_turn_timestamp_seconds"] = last.at.timestamp()
    words = f"{living} 个在运行，" if living else ""
    return Reading(
        key="worker",
        title="后台进程",
        verdict=Verdict.GOOD if living else Verdict.BAD,
        words=words + (f"最近一次在{show_moment(last.at)}" if last else "还没有运行过"),
        advice=""
        if living
        else "公开、通知和邮件都停着，检查工作簿变慢；等待的不会丢失。请启动 run_worker。",
        numbers=numbers,
    )


def read_releases() -> Reading:
    """Departments whose time to be published has come."""
    return read_queue("releases", "到时间等待公开的部门", ReleaseItem.objects.due().count())


def read_uploads() -> Reading:
    """Files that wait to be examined, or are: a worker that died leaves one behind."""
    return read_queue("uploads", "等待检查的工作簿", Upload.objects.unexamined().count())


def read_queue(key: str, title: str, count: int) -> Reading:
    """Work that waits for a worker, which is bad where none lives."""
    return Reading(
        key=key,
        title=title,
        verdict=Verdict.BAD if count and not is_worker_alive() else Verdict.GOOD,
        words=f"{count} 个",
        numbers={f"waiting_{key}": count},
    )


def read_mails() -> Reading:
    waiting = list_unmailed_notices()
    count, oldest = waiting.count(), waiting.order_by("made_at").first()
    if not settings.EMAIL_HOST:
        words, verdict = "没有设置邮件服务器，只在工作台里通知", Verdict.UNSET
    else:
        is_late = oldest and timezone.now() - oldest.made_at > MAIL_CARE
        words, verdict = f"{count} 封", Verdict.CARE if is_late else Verdict.GOOD
    failed = waiting.exclude(mail_error="").values_list("mail_error", flat=True).first()
    return Reading(
        key="mails",
        title="没有发出的邮件",
        verdict=verdict,
        words=words,
        advice=f"最近的原因：{failed}" if failed else "",
        numbers={"waiting_mails": count},
    )


def read_disk() -> Reading:
    media = Path(settings.MEDIA_ROOT)
    folder = next(each for each in (media, *media.parents) if each.exists())
    usage = shutil.disk_usage(folder)
    share = usage.free / usage.total
    verdict = judge(share, care=DISK_CARE, bad=DISK_BAD)
    return Reading(
        key="disk",
        title="这台机器的磁盘",
        verdict=verdict,
        words=f"剩余 {filesizeformat(usage.free)}（{share:.0%}），共 {filesizeformat(usage.total)}",
        advice="" if verdict == Verdict.GOOD else "请腾出空间：满了以后什么都不能填写和公开。",
        numbers={"disk_free_bytes": usage.free, "disk_size_bytes": usage.total},
    )


def read_backup() -> Reading:
    """The newest of the folders that script/backup leaves; they are named, and never opened."""
    tell = partial(Reading, key="backup", title="最近一次备份")
    folder = settings.BACKUP_FOLDER
    if folder is None:
        words = "没有告诉网站备份在哪个文件夹（BACKUP_FOLDER）"
        return tell(verdict=Verdict.UNSET, words=words, numbers={})
    try:
        made = sorted(each.name for each in folder.iterdir() if BACKUP.fullmatch(each.name))
        at = datetime.strptime(made[-1], BACKUP_MOMENT).replace(tzinfo=UTC)
    except OSError as error:
        words = f"读不到文件夹 {folder}：{error.strerror}"
        return tell(verdict=Verdict.BAD, words=words, numbers={})
    except (IndexError, ValueError):
        words = f"{folder} 里还没有备份"
        return tell(verdict=Verdict.BAD, words=words, advice=BACK_UP, numbers={})
    age = timezone.now() - at
    verdict = judge(-age, care=-BACKUP_CARE, bad=-BACKUP_BAD)
    return tell(
        verdict=verdict,
        words=f"{show_moment(at)}，留着 {len(made)} 份",
        advice="" if verdict == Verdict.GOOD else BACK_UP,
        numbers={"backup_timestamp_seconds": at.timestamp()},
    )


def read_certificate() -> Reading:
    """The certificate that readers are shown: one renewed and not loaded is told too."""
    tell = partial(Reading, key="certificate", title="网站的证书")
    if settings.CERTIFICATE_AT is None:
        words = "没有告诉网站到哪里看证书（CERTIFICATE_AT）"
        return tell(verdict=Verdict.UNSET, words=words, numbers={})
    try:
        shown = ssl.get_server_certificate(settings.CERTIFICATE_AT, timeout=PATIENCE)
        end = load_pem_x509_certificate(shown.encode()).not_valid_after_utc
    except (OSError, ValueError) as error:
        words = f"没有取到证书：{error}"
        return tell(verdict=Verdict.BAD, words=words, advice="请检查 nginx。", numbers={})
    left = end - timezone.now()
    verdict = judge(left, care=CERTIFICATE_CARE, bad=CERTIFICATE_BAD)
    return tell(
        verdict=verdict,
        words=f"{show_moment(end)}到期" if left > timedelta() else f"{show_moment(end)}已经到期",
        advice="" if verdict == Verdict.GOOD else "请换上新的证书，再让 nginx 重新装入。",
        numbers={"certificate_end_timestamp_seconds": end.timestamp()},
    )


INSIDE = (read_database, read_workers, read_releases, read_uploads, read_mails)


def judge(value, *, care, bad) -> Verdict:
    """Below `bad` it is bad, below `care` it asks for care."""
    if value < bad:
        return Verdict.BAD
    return Verdict.CARE if value < care else Verdict.GOOD


def show_moment(at: datetime) -> str:
    local = localtime(at)
    return f"{show_day(local)}{local:%H:%M}"
