"""The exported site in a browser: the list narrows to the words that are looked for."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import call_command

from tests.disclosures import conftest as shelf

sample, union, published = shelf.sample, shelf.union, shelf.published


class Silent(SimpleHTTPRequestHandler):
    """A plain server of files, without its log."""

    def log_message(self, *_args):
        """Nothing."""


@pytest.fixture
def exported(published, settings, tmp_path):
    """The address at which a plain server hosts the exported site, in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
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


def test_words_of_the_home_page_narrow_the_list(open_window, exported):
    page = open_window()
    page.goto(exported)
    page.get_by_role("searchbox").fill("培训")
    page.get_by_role("button", name="查找").click()
    page.wait_for_url("**/budgets/search/?q=*")
    told, found = page.locator("#told"), page.locator("#found li:visible")
    told.get_by_text("找到1份。").wait_for()
    assert "培训费" in found.inner_text()
    page.get_by_role("searchbox").fill("培训 2012901 没有这个词")
    told.get_by_text("找到0份。").wait_for()
    assert found.count() == 0
    page.goto(f"{exported}search/?q=%E5%9F%B9%E8%AE%AD&year=2024")
    told.get_by_text("2024年：找到0份。").wait_for()


def test_list_is_there_without_a_script(open_window, exported):
    page = open_window(java_script_enabled=False)
    page.goto(f"{exported}search/")
    page.get_by_role("link", name="尉犁县总工会2025年部门预算公开").click()
    assert page.url == f"{exported}2025/107001/"
    assert page.locator("h1").inner_text().startswith("尉犁县总工会")
