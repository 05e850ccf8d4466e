"""Write the whole public site as files that any web server can host."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http.request import validate_host

from disclosures.public.static_export.crawler import BrokenLinkError, export_site
from disclosures.public.static_export.writer import ForeignFileError, TakenFolderError
from disclosures.publishing.outage import find_cause

STEP = 500


class Command(BaseCommand):
    """The portal's own views are asked; nothing is computed that they do not show."""

    help = (
        "把整个公众网站写成文件，任何网页服务器（或县里的集约化平台）都可以原样托管：链接是相对的，"
        "搜索用预先做好的索引。再次导出只改写有变化的文件；只删除自己写过、已经不需要的文件。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="文件夹", type=Path, help="写到哪里")
        parser.add_argument(
            "--address",
            metavar="网址",
            help="网站对外的网址，用在订阅、网站地图和引用里，例如 https://budget.example.gov.cn",
        )
        parser.add_argument(
            "--brief",
            action="store_true",
            help="不写每个数、每句话单独的页面，改为指向文件里的位置",
        )
        parser.add_argument("--anew", action="store_true", help="不论有没有变化，全部重新取一遍")
        parser.add_argument(
            "--processes",
            type=int,
            choices=range(1, 65),
            metavar="个数",
            default=1,
            help="同时用几个进程，一般与处理器的核数相同，默认 %(default)s",
        )

    def handle(self, *_args, folder: Path, address: str | None, **options) -> None:
        root = read_root(address)
        asked = {name: options[name] for name in ("brief", "anew", "processes")}
        try:
            counts = export_site(folder, root, report=self.report, **asked)
        except (ForeignFileError, TakenFolderError, BrokenLinkError, OSError) as error:
            raise CommandError(explain_failure(error, folder)) from error
        self.stdout.write(
            self.style.SUCCESS(
                "已导出到 {folder}：写入 {written}，没有变化 {unchanged}，删除 {removed}。".format(
                    folder=folder, **counts
                )
            )
        )

    def report(self, count: int) -> None:
        """A line now and then, for a county takes a while."""
        if count % STEP == 0:
            self.stdout.write(f"{count} 个文件……")


def explain_failure(error: Exception, folder: Path) -> str:
    match error:
        case ForeignFileError():
            return f"文件夹里的“{error}”不是导出写的，不覆盖。请换一个空的文件夹，或者移走它。"
        case TakenFolderError():
            return f"另一次导出正在写“{folder}”。请等它结束以后再运行。"
        case BrokenLinkError():
            return f"有链接走不通，没有导出完：{error}。"
        case PermissionError():
            return f"没有权限写入“{folder}”。"
    return f"不能写入“{folder}”：{find_cause(error) or error}。"


def read_root(address: str | None) -> str:
    """The site's address without what follows the host; CommandError where it is none."""
    if address is None:
        host = settings.ALLOWED_HOSTS[0].lstrip(".")
        address = f"http://{host}" if settings.DEBUG else f"https://{host}"
    split = urlsplit(address)
    if split.scheme not in ("http", "https") or not split.netloc or split.path.strip("/"):
        raise CommandError(
            f"“{address}”不是网站的网址，应当像 https://budget.example.gov.cn，后面没有路径。"
        )
    if not validate_host(split.hostname or "", settings.ALLOWED_HOSTS):
        raise CommandError(
            f"门户不认得“{split.hostname}”。请先把它加进环境变量 ALLOWED_HOSTS，再导出。"
        )
    return f"{split.scheme}://{split.netloc}"
