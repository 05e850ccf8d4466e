"""The exported site in a browser: its search finds what the portal finds."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.core.management import call_command

from disclosures.models import IndexText, TextKind
from disclosures.publishing.index.matching import fold
from tests.disclosures import conftest as shelf

sample, union, published = shelf.sample, shelf.union, shelf.published
ATTACK = "<img src=none onerror=alert(1)></script><script>alert(2)</script>"


class Silent(SimpleHTTPRequestHandler):
    """A plain server of files, without its log."""

    def log_message(self, *_args):
        """Nothing."""


@pytest.fixture
def exported(published, settings, tmp_path):
    """The address at which a plain server hosts the exported site, in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    IndexText.objects.create(
        disclosure=published,
        department=published.department,
        year=2025,
        kind=TextKind.SENTENCE,
        title=ATTACK,
        text=ATTACK,
        normal=fold(f"{ATTACK}\n{ATTACK}"),
    )
    folder = tmp_path / "host" / "budgets"
    call_command(
        "export_site", str(folder), "--brief", address="http://testserver", stdout=StringIO()
    )
    handler = partial(Silent, directory=str(tmp_path / "host"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/budgets/"
    server.shutdown()
    server.server_close()


def read_found(page):
    """What is found, kind by kind: the heading, and of each hit its words and the marked ones."""
    return [
        (
            shelf.locator("h2").inner_text(),
            [
                (hit.inner_text().split(), hit.locator("mark").all_inner_texts())
                for hit in shelf.locator("ol > li").all()
            ],
        )
        for shelf in page.locator("section.found").all()
    ]


def test_files_find_what_the_portal_finds(open_window, exported, tmp_path):
    hosted, portal = open_window(), open_window()
    hosted.goto(exported)
    hosted.get_by_role("searchbox").fill("培训")
    hosted.get_by_role("button", name="查找").click()
    hosted.wait_for_url("**/budgets/search/?q=*")
    questions = (
        "培训",
        "2012901",
        "一般公共预算拨款 工会",
        "onerror= </script>",
        "ＰＥＩ没有这个词",
    )
    for question in questions:
        hosted.goto(f"{exported}search/?{urlencode({'q': question, 'year': 2025})}")
        hosted.locator("#told").get_by_text("2025年：").filter(has_text="找到").wait_for()
        portal.goto(f"/search/?{urlencode({'q': question})}")
        assert read_found(hosted) == read_found(portal), question
    assert hosted.locator("#told").inner_text().endswith("请换一个更短或更常用的词。")
    hosted.goto(f"{exported}search/?q=<b>预算</b>")
    hosted.get_by_text("没有找到“<b>预算</b>”").wait_for()
    hosted.goto(f"{exported}search/?q=%E8%B4%B9")
    hosted.get_by_text("“费”太短").wait_for()
    hosted.goto(f"{exported}search/?q=%F0%A0%AE%B7")
    hosted.get_by_text("“𠮷”太短").wait_for()

    # From a disk as well: a browser takes scripts from there, if not data.
    hosted.goto((tmp_path / "host/budgets/search/index.html").as_uri())
    hosted.get_by_role("searchbox").fill("工会经费")
    hosted.get_by_role("button", name="查找").click()
    hosted.locator("section.found a").first.click()
    hosted.wait_for_url("**/2025/107001/index.html#*")
    assert hosted.locator("h1").inner_text().startswith("尉犁县总工会")
