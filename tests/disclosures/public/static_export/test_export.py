"""The exported site: hosted by any server every link answers, and it says what the portal says."""

import errno
import os
import shutil
import subprocess
import sys
import threading
from collections import deque
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from lxml import etree, html

from budgets.models import Department
from disclosures.management.commands.export_site import explain_failure
from disclosures.public.county_files import make_county_files
from disclosures.public.responses import ALONE, BRIEF
from disclosures.public.static_export.crawler import Crawler
from disclosures.public.static_export.writer import (
    LOCK,
    MANIFEST,
    OWN,
    STAGE,
    ExportedFile,
    locate_file,
    open_site_writer,
)
from tests.disclosures.conftest import PUBLISHED_AT
from tests.disclosures.workers import shared_database

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
# Files that stand in for what a server would compute.
STOOD_IN = ("/static/", "/verify/", "/search/", "/compare/")


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def export(folder, *flags):
    """What the command says."""
    told = StringIO()
    call_command("export_site", str(folder), "--address", HOST, *flags, stdout=told)
    return told.getvalue().strip()


@pytest.fixture(scope="session")
def exported(sample, tmp_path_factory, django_db_blocker):
    """The sample's site, and what the command said; made once, the database stays clean."""
    site, media = (tmp_path_factory.mktemp(name) for name in ("site", "media"))
    unblocked, media = django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media)
    with unblocked, media, transaction.atomic():
        sample.shelve(Department.objects.create(code="107001", name="尉犁县总工会"))
        said = export(site, "--brief")
        transaction.set_rollback(True)
    return site, said


@pytest.fixture
def site(exported, published, tmp_path):
    """The sample's site as it was exported, in a folder of one's own."""
    return shutil.copytree(exported[0], tmp_path / "site")


class Silent(SimpleHTTPRequestHandler):
    """The server of `python -m http.server`, without its log."""

    def log_message(self, *_args):
        """Nothing."""


@pytest.fixture
def serve():
    """Serves folders, each at a port of its own."""
    servers = []

    def start(folder):
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def crawl(root):
    """Every address of the site that a page leads to, with what a plain server answers."""
    found, queue = {}, deque([root])
    while queue:
        address = queue.popleft()
        try:
            with urlopen(address) as answer:
                found[address] = (answer.status, answer.headers["Content-Type"], answer.read())
        except HTTPError as refusal:
            found[address] = (refusal.code, "", b"")
        status, kind, body = found[address]
        if status == 200 and kind.startswith("text/html"):
            page = html.fromstring(body.decode())
            links = {urljoin(address, link) for link in page.xpath("//@href | //@src | //@action")}
            new = {urldefrag(link).url for link in links if link.startswith(root)} - set(found)
            found |= dict.fromkeys(new)
            queue.extend(sorted(new))
    return found


def test_every_link_of_the_hosted_site_answers_as_the_portal_does(client, site, exported, serve):
    make_county_files(at_once=True)
    root = serve(site)
    found = crawl(root)
    assert [address for address, (status, *_) in found.items() if status != 200] == []
    assert len(found) > 80
    compared = 0
    for address, (_, kind, body) in found.items():
        path = "/" + address.removeprefix(root)
        if path.startswith(STOOD_IN) or "-" in path.split("/")[-2]:
            continue
        asked = client.get(path, **{ALONE: BRIEF})
        assert asked.status_code == 200, path
        if kind.startswith("text/html"):
            pages = [html.fromstring(each.decode()) for each in (body, asked.content)]
            assert pages[0].text_content() == pages[1].text_content(), path
        elif not path.endswith((".svg", ".zip")):
            assert body == asked.content, path
        compared += 1
    assert compared > 60
    assert exported[1].endswith("没有变化 0，删除 0。")


def test_figure_and_sentence_have_files_of_their_own(client, published, tmp_path):
    notes = next(part for part in published.document.parts if part.key == "notes")
    sentence = notes.sections[0].paragraphs()[0].key
    kinds = {"cells": "T3.2012901.project", "sentences": sentence}
    addresses = [f"/2025/107001/v1/{kind}/{key}/" for kind, key in kinds.items()]
    looks = {f"/2025/107001/?{asked}" for asked in ("unit=yuan", "last=1", "unit=yuan&last=1")}
    with open_site_writer(tmp_path, HOST) as writer:
        crawler = Crawler(HOST, writer)
        for address in addresses:
            copied = crawler.copy(address)
            file = tmp_path / STAGE / address.strip("/") / "index.html"
            page = html.parse(str(file)).getroot()
            asked = html.fromstring(client.get(address).content.decode())
            assert page.text_content() == asked.text_content()
            places = [
                (file.parent / unquote(urldefrag(link).url)).resolve()
                for link in page.xpath("//main//a/@href")
                if not link.startswith(("http:", "#"))
            ]
            assert tmp_path / STAGE / "2025" / "107001" / "v1" in places
            queued = {locate_file(each).removesuffix("/index.html") for each in copied.links}
            assert set(places) <= {tmp_path / STAGE / each for each in queued}
        # A figure at the moving address is that of the version in force: one page, not two.
        current = crawler.copy("/2025/107001/")
        assert not [link for link in current.links if link.startswith("/2025/107001/cells/")]
        assert set(addresses) <= set(current.links)
        assert len(looks & set(current.links)) == 2
        copied = [crawler.copy(look) for look in looks]
        assert looks | {"/2025/107001/"} <= {link for copy in copied for link in copy.links}
    folders = {path.parent.name for path in (tmp_path / STAGE / "2025/107001").glob("*/index.html")}
    assert folders == {"unit-yuan", "last-1", "unit-yuan-last-1"}


def test_file_that_still_holds_leads_to_the_same_addresses(published, tmp_path):
    address = "/2025/107001/"
    with open_site_writer(tmp_path, HOST) as writer:
        first = Crawler(HOST, writer).copy(address)
        writer.note(first.file)
    with open_site_writer(tmp_path, HOST) as writer:
        # Where it leads is not known as long as the export has not come there: it is asked anew.
        crawler = Crawler(HOST, writer)
        file, data = writer.recall(address)
        assert crawler.reread_links(file, data) is None
        assert crawler.copy(address) == first
        for link in first.links:
            writer.note(ExportedFile(link, "0" * 64))
    with open_site_writer(tmp_path, HOST) as writer:
        crawler = Crawler(HOST, writer)
        file, data = writer.recall(address)
        assert set(crawler.reread_links(file, data)) == set(first.links)
        (tmp_path / STAGE / file.path).write_bytes(data + b" ")
        assert writer.recall(address) is None


def count(said):
    """Written, unchanged and removed, of what the command says."""
    return [int(part.rstrip("。").split()[-1]) for part in said.rpartition("：")[2].split("，")]


def test_export_again_rewrites_only_what_changed(sample, union, exported, site):
    written, unchanged, removed = count(exported[1])
    assert (written > 80, unchanged, removed) == (True, 0, 0)
    moments = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    assert count(export(site, "--brief")) == [0, written, 0]
    assert count(export(site, "--brief", "--anew")) == [0, written, 0]
    rewritten = {path for path in moments if path.stat().st_mtime_ns != moments[path]}
    assert rewritten <= {site / MANIFEST, site / LOCK}
    later = PUBLISHED_AT + timedelta(days=1)
    sample.shelve(union, version=2, digest="2" * 64, reason="更正", published_at=later)
    again, still, gone = count(export(site, "--brief"))
    assert gone == 0
    assert again + still > written
    # What has a version in its address never changes, but for the page that says it is old.
    stable = {path for path in moments if "/v1/tables/" in str(path) or path.match("v1.*")}
    assert len(stable) > 30
    assert all(path.stat().st_mtime_ns == moments[path] for path in stable)
    assert "这是旧的一版" in (site / "2025/107001/v1/index.html").read_text()


def test_export_removes_only_what_it_wrote(site):
    foreign = site / "2025" / "notes.txt"
    foreign.write_text("ours")
    stale = site / "2024" / "gone" / "index.html"
    stale.parent.mkdir(parents=True)
    stale.write_text("old")
    with (site / MANIFEST).open("a") as manifest:
        manifest.write(ExportedFile("/2024/gone/", "0" * 64).line)
    assert count(export(site, "--brief"))[2] == 1
    assert foreign.read_text() == "ours"
    assert not stale.exists()
    assert not (site / "2024").exists()


def test_export_does_not_overwrite_what_it_did_not_write(published, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("ours")
    with pytest.raises(CommandError, match=r"“index.html”不是导出写的，不覆盖"):
        export(site)
    assert {path.name for path in site.iterdir()} == {"index.html", OWN}
    assert (site / "index.html").read_text() == "ours"


def list_moments(site):
    """When each of the site's own files was written."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {path: path.stat().st_mtime_ns for path in files if site / OWN not in path.parents}


def test_export_that_was_broken_off_changes_nothing_and_is_taken_up_again(sample, union, site):
    before = list_moments(site)
    later = PUBLISHED_AT + timedelta(days=1)
    sample.shelve(union, version=2, digest="2" * 64, reason="更正", published_at=later)
    blocked = site / "2025" / "107001" / "v2.pdf"
    blocked.write_text("not ours")
    with pytest.raises(CommandError, match=r"“2025/107001/v2.pdf”不是导出写的"):
        export(site, "--brief")
    blocked.unlink()
    assert list_moments(site) == before
    # What was being written when the power went.
    with (site / MANIFEST).open("ab") as manifest:
        manifest.write('{"address": "/projects/工'.encode()[:-1])
    waiting = site / STAGE / "2025/107001/v2/index.html"
    assert waiting.is_file()
    # Half of the moving done, and then the power went again.
    waiting.parent.rename(site / "2025/107001/v2")
    written, _, removed = count(export(site, "--brief"))
    assert (written > 20, removed) == (True, 0)
    assert not (site / STAGE).exists()
    assert count(export(site, "--brief"))[::2] == [0, 0]


HOLD = """
import fcntl, sys
with open(sys.argv[1], "a") as lock:
    fcntl.lockf(lock, fcntl.LOCK_EX)
    print(input("held\\n"))
"""


def test_only_one_export_at_a_time_writes_into_a_folder(site):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", HOLD, site / LOCK], **pipes) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(CommandError, match="另一次导出正在写"):
            export(site, "--brief")
        other.communicate("done\n")
    assert count(export(site, "--brief"))[::2] == [0, 0]


def test_refusal_of_the_disk_is_told_in_chinese():
    refusals = (OSError(code, os.strerror(code)) for code in (errno.ENOSPC, errno.EACCES))
    told = [explain_failure(refusal, "/srv") for refusal in refusals]
    assert told == ["不能写入“/srv”：服务器的磁盘满了。", "没有权限写入“/srv”。"]


@pytest.mark.django_db(transaction=True)
def test_several_processes_write_the_same_site(published, exported, tmp_path):
    with shared_database(tmp_path) as address:
        subprocess.run(
            [
                *(sys.executable, "manage.py", "export_site", str(tmp_path / "site")),
                *("--address", HOST, "--brief", "--processes", "2"),
            ],
            cwd=settings.BASE_DIR,
            env=os.environ
            | {
                "DATABASE_URL": address,
                "MEDIA_ROOT": str(tmp_path / "media"),
                # The site's own name comes first, and goes into its feeds.
                "ALLOWED_HOSTS": f"{settings.SITE_HOST},testserver",
            },
            check=True,
            capture_output=True,
        )
    alone, together = (
        {path.relative_to(site): path.read_bytes() for path in list_moments(site)}
        for site in (exported[0], tmp_path / "site")
    )
    assert alone.keys() == together.keys()
    assert [path for path in alone if alone[path] != together[path] and path.suffix != ".zip"] == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("budget.example", "不是网站的网址"),
        ("ftp://a", "不是网站的网址"),
        ("https://a/b", "不是网站的网址"),
        ("https://stranger.example", "加进环境变量 ALLOWED_HOSTS"),
    ],
)
def test_wrong_address_is_refused_in_a_sentence(tmp_path, address, told):
    with pytest.raises(CommandError, match=told):
        call_command("export_site", str(tmp_path), "--address", address)


def test_exported_files_hold_together_without_a_server(published, site):
    pages = [path for path in site.rglob("*.html") if path.name != "404.html"]
    for path in pages:
        links = html.parse(str(path)).getroot().xpath("//@href | //@src | //@action")
        assert [link for link in links if link.startswith("/")] == [], path
    assert len(pages) > 5
    assert not list(site.rglob("cells"))
    maps = [site / "sitemap.xml", *site.glob("sitemap-*.xml")]
    parts, *named = (
        etree.parse(str(path)).xpath("//*[local-name()='loc']/text()") for path in maps
    )
    assert {part.removeprefix(f"{HOST}/") for part in parts} == {path.name for path in maps[1:]}
    assert {place for own in named for place in own} >= {f"{HOST}/", f"{HOST}/2025/107001/"}
    lines = (site / "verify" / "SHA256SUMS.txt").read_text().splitlines()
    assert sorted(line.split("  ")[::-1] for line in lines) == sorted(
        [f"2025/107001/v1.{file.kind}", file.sha256] for file in published.files.all()
    )
    lost = html.parse(str(site / "search/index.html")).getroot().xpath("//noscript//a/@href")
    assert lost[0] == "../"
    assert all((site / "search" / link / "index.html").is_file() for link in lost)
