"""The real nginx with the shipped configuration before the portal: what is kept, and for whom."""

import gzip
import os
import re
import shutil
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from django.core.signals import request_started
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.http import HttpResponse
from django.urls import include, path
from pytest_django.live_server_helper import LiveServer

from config.urls import urlpatterns as portal_addresses
from disclosures.public.kept import keep_file
from disclosures.public.responses import public_page
from tests.addresses import ADDRESSES, PAGE

ROOT = Path(__file__).resolve().parents[3]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SHIPPED = (ROOT / "docker" / "nginx.conf").read_text()
TLS = re.compile(r" *ssl_.*\n")
DIGESTED = "app.0123456789ab.css"
SITE = (ROOT / "docker" / "site.conf.template").read_text()
NAME = "budget.example.gov.cn"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed"),
]
numbers = count()


@public_page(minutes=1)
def show_number(request):
    """Another page each time, drawn slowly."""
    time.sleep(0.2)
    return HttpResponse(f"page {next(numbers)}")


@public_page(minutes=1, parameters=["wide=1"])
def show_size(request):
    return HttpResponse("wide" * 500 if request.GET else "thin")


@public_page(minutes=1)
def show_reader(request):
    return HttpResponse(f"cookie {request.headers.get('Cookie')}")


@public_page(minutes=1)
def give_cookie(request):
    response = HttpResponse("yours")
    response.set_cookie("taste", "sweet")
    return response


@public_page(minutes=1)
def fail(request):
    return HttpResponse("well" if fail.is_well else "ill", status=200 if fail.is_well else 503)


handler500 = "config.views.show_outage"
urlpatterns = [
    path("test/number/", show_number),
    path("test/size/", show_size),
    path("test/reader/", show_reader),
    path("test/cookie/", give_cookie),
    path("test/fail/", fail),
    path("", include(portal_addresses)),
]


def find_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def replace_all(text, changes):
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


def name_site(folder):
    """What the container makes of the template, and where it stands."""
    (folder / "site.conf").write_text(replace_all(SITE, {"${SITE_HOST}": NAME}))
    return {"/etc/nginx/conf.d/site.conf": f"{folder}/site.conf"}


@dataclass(frozen=True)
class Answer:
    """What a reader receives."""

    status: int
    headers: dict
    body: bytes

    @property
    def kept(self):
        """What nginx says of its own copy."""
        return self.headers.get("X-Cache-Status")

    @property
    def text(self):
        packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class Front:
    """nginx with the shipped configuration, without TLS and on a port of its own."""

    def __init__(self, folder, portal):
        self.port, self.folder = find_free_port(), folder
        (folder / "static").mkdir()
        (folder / "static" / DIGESTED).write_text("p { color: red }")
        (folder / "static" / f"{DIGESTED}.gz").write_bytes(gzip.compress(b"p { color: red }"))
        self.configure(portal)
        self.process = subprocess.Popen([NGINX, "-c", self.path, "-g", "daemon off;"])
        while socket.socket().connect_ex(("127.0.0.1", self.port)):
            assert self.process.poll() is None
            time.sleep(0.05)

    @property
    def path(self):
        return str(self.folder / "nginx.conf")

    def configure(self, portal):
        changes = name_site(self.folder) | {
            # The folders of tests are closed to anybody else.
            "worker_processes auto;": "" if os.geteuid() else "user root;",
            "/tmp/nginx.pid": f"{self.folder}/nginx.pid",
            "/dev/stdout": f"{self.folder}/access.log",
            "/dev/stderr": f"{self.folder}/error.log",
            "/var/cache/nginx": str(self.folder),
            "root /srv;": f"root {self.folder};",
            "listen 443 ssl default_server;": f"listen 127.0.0.1:{self.port};",
            "listen [::]:443 ssl default_server;": "",
            "listen 80 default_server;": f"listen unix:{self.folder}/plain.sock;",
            "listen [::]:80 default_server;": "",
            "resolver 127.0.0.11 ": "resolver 127.0.0.1:9 ",
            "resolver_timeout 3s": "resolver_timeout 1s",
            "http://web:8000": portal,
            # Whoever runs the tests; what is received is kept where the test is.
            "sendfile on;": f"sendfile on; proxy_temp_path {self.folder}/proxy;"
            f" client_body_temp_path {self.folder}/body; fastcgi_temp_path {self.folder}/fastcgi;"
            f" uwsgi_temp_path {self.folder}/uwsgi; scgi_temp_path {self.folder}/scgi;",
        }
        Path(self.path).write_text(replace_all(TLS.sub("", SHIPPED), changes))

    def lead_to(self, portal):
        """Another address behind it, and the pages kept from the old one."""
        self.configure(portal)
        subprocess.run([NGINX, "-c", self.path, "-s", "reload"], check=True)
        time.sleep(0.5)

    def ask(self, address, method="GET", body=None, *, plain=False, **headers):
        """An answer as it comes; `_` in a header's name stands for `-`."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        if plain:
            connection.sock = socket.socket(socket.AF_UNIX)
            connection.sock.connect(f"{self.folder}/plain.sock")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, address, body, {"Accept-Encoding": "gzip"} | named)
        response = connection.getresponse()
        answer = Answer(response.status, dict(response.getheaders()), response.read())
        connection.close()
        return answer

    def count_kept(self):
        return sum(each.is_file() for each in (self.folder / "pages").rglob("*"))


@pytest.fixture
def portal(settings):
    """The portal and the pages of this module, for itself."""
    settings.ROOT_URLCONF = __name__
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    server = LiveServer("127.0.0.1")
    yield server
    if server.thread.is_alive():
        server.stop()


@pytest.fixture
def front(portal, tmp_path):
    """nginx before it."""
    opened = Front(tmp_path, portal.url)
    yield opened
    opened.process.terminate()
    opened.process.wait(10)


@pytest.fixture
def reached():
    """The addresses that the portal itself was asked for."""
    paths = []

    def note(environ, **rest):
        paths.append(environ["PATH_INFO"])

    request_started.connect(note)
    yield paths
    request_started.disconnect(note)


@pytest.fixture
def hasten(monkeypatch):
    """A minute that is over in four seconds: one to be kept, another to be asked for anew."""
    monkeypatch.setattr("disclosures.public.responses.MINUTE", 4)


def let_pass(seconds):
    """nginx counts whole seconds."""
    time.sleep(seconds + 1.1)


def test_shipped_configuration_is_accepted(tmp_path):
    key = [f"{tmp_path}/site.key", f"{tmp_path}/site.crt"]
    make = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=test -keyout {} -out {}"
    subprocess.run(make.format(*key).split(), check=True, capture_output=True)
    changes = name_site(tmp_path) | {
        "/etc/nginx/certificates": str(tmp_path),
        "/var/cache/nginx": str(tmp_path),
        "/tmp/nginx.pid": f"{tmp_path}/nginx.pid",
        ":80 ": f":{find_free_port()} ",
        "listen 80 ": f"listen {find_free_port()} ",
        ":443 ": f":{find_free_port()} ",
        "listen 443 ": f"listen {find_free_port()} ",
    }
    config = tmp_path / "nginx.conf"
    config.write_text(replace_all(SHIPPED, changes))
    run = subprocess.run([NGINX, "-t", "-c", config], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "[warn]" not in run.stderr
    assert SHIPPED.count("listen [::]:") == SHIPPED.count("default_server") / 2 == 2


def test_kept_page_is_the_page_whoever_asks(front, published, reached):
    told = front.ask(PAGE, "HEAD")
    assert (told.status, told.kept, told.body) == (200, "MISS", b"")
    first = front.ask(PAGE)
    assert (first.status, first.kept, first.headers["Vary"]) == (200, "HIT", "Accept-Encoding")
    assert "尉犁县总工会" in first.text
    assert {"Set-Cookie", "X-Accel-Expires"}.isdisjoint(first.headers)
    assert told.headers["ETag"] == first.headers["ETag"]
    person = front.ask(PAGE, Cookie="sessionid=abc; csrftoken=abc", Authorization="Basic YTph")
    browser = front.ask(PAGE, Accept_Encoding="br, gzip;q=0.9, zstd")
    assert (first.kept, first.body) == (person.kept, person.body) == (browser.kept, browser.body)
    plain = front.ask(PAGE, Accept_Encoding="identity")
    assert (plain.kept, plain.text) == ("HIT", first.text)
    assert "Content-Encoding" not in plain.headers
    assert reached == [PAGE]


def test_reader_who_has_the_page_hears_so_and_others_receive_it(front, published):
    tag = front.ask(PAGE).headers["ETag"]
    known = front.ask(PAGE, If_None_Match=tag)
    assert (known.status, known.body) == (304, b"")
    assert front.ask(PAGE).status == 200
    assert front.ask("/years/", If_None_Match='"another"').status == 200
    # Nothing of what the first reader already has may reach the portal.
    data = front.ask("/data/", If_None_Match=front.ask("/data/", "HEAD").headers["ETag"])
    assert data.status == 304
    assert front.ask("/data/").text.startswith("<!DOCTYPE html>")


def test_first_reader_of_a_page_who_already_has_it_leaves_it_whole(front, published, client):
    tag = client.get(PAGE, SERVER_NAME="127.0.0.1")["ETag"]
    assert front.ask(PAGE, If_None_Match=tag).status == 304
    other = front.ask(PAGE)
    assert (other.status, other.kept) == (200, "HIT")
    assert "尉犁县总工会" in other.text


def test_old_page_is_asked_for_and_not_sent_again(front, published, hasten, reached):
    first = front.ask(PAGE)
    let_pass(2)
    again = front.ask(PAGE, If_None_Match='"another"')
    assert (again.status, again.kept, again.body) == (200, "REVALIDATED", first.body)
    known = front.ask(PAGE, If_None_Match=first.headers["ETag"])
    assert (known.status, known.kept) == (304, "HIT")
    assert (front.ask(PAGE).status, reached) == (200, [PAGE, PAGE])


def test_publication_and_correction_are_seen_within_the_time(front, published, sample, hasten):
    assert front.ask("/2026/").status == 404
    assert "更正原因" not in front.ask(PAGE).text
    sample.shelve(published.department, version=2, reason="金额有误")
    sample.shelve(published.department, year=2026)
    let_pass(2)
    assert "更正原因：金额有误" in front.ask(PAGE).text
    assert front.ask("/2026/").status == 200


def test_page_that_is_gone_is_not_shown_any_more(front, published, hasten):
    address = f"{PAGE}v1/"
    assert front.ask(address).status == 200
    published.department.__class__.objects.filter(pk=published.department.pk).update(code="999")
    let_pass(2)
    assert front.ask(address).status == 404
    assert front.ask(address).status == 404


def test_page_a_little_old_is_shown_while_it_is_drawn_anew(front, monkeypatch):
    monkeypatch.setattr("disclosures.public.responses.MINUTE", 20)
    first = front.ask("/test/number/")
    assert first.headers["Cache-Control"] == "public, max-age=5, stale-while-revalidate=5"
    let_pass(5)
    begun = time.monotonic()
    old = front.ask("/test/number/")
    assert (old.kept, old.body) == ("STALE", first.body)
    assert time.monotonic() - begun < 0.2
    time.sleep(0.5)
    new = front.ask("/test/number/")
    assert new.kept == "HIT"
    assert new.body != first.body


def test_page_is_drawn_once_however_many_ask_at_once(front, reached):
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(front.ask, ["/test/number/"] * 8))
    assert len({each.body for each in answers}) == len(reached) == 1


def test_kept_pages_are_shown_while_the_portal_is_away(front, portal, published, hasten):
    page, file = front.ask(PAGE), front.ask(ADDRESSES["file"])
    portal.stop()
    let_pass(2)
    for _ in range(2):
        away = front.ask(PAGE)
        assert (away.status, away.kept, away.body) == (200, "STALE", page.body)
    assert front.ask(ADDRESSES["file"]).body == file.body
    for asked in (
        {"address": "/years/"},
        {"address": "/admin/"},
        {"address": "/", "method": "POST"},
    ):
        answer = front.ask(**asked)
        assert (answer.status, "网站暂时没有应答" in answer.text) == (502, True)
    # Its name is gone too, as that of a container that has stopped.
    front.lead_to("http://nobody.invalid:8000")
    gone = front.ask(PAGE)
    assert (gone.status, gone.kept, gone.body) == (200, "STALE", page.body)
    answer = front.ask("/years/")
    assert (answer.status, "网站暂时没有应答" in answer.text) == (502, True)


def refuse(*asked, **rest):
    """What a query meets where no database answers."""
    raise OperationalError("connection refused")


def test_kept_pages_are_shown_while_the_database_is_away(front, published, hasten, monkeypatch):
    page, home = front.ask(PAGE), front.ask("/")
    with monkeypatch.context() as away:
        away.setattr(CursorWrapper, "execute", refuse)
        let_pass(2)
        for known in (page, home, page):
            address = "/" if known is home else PAGE
            shown = front.ask(address)
            assert (shown.status, shown.kept, shown.body) == (200, "STALE", known.body)
        unknown = front.ask("/years/")
        assert (unknown.status, unknown.headers["Retry-After"]) == (503, "60")
        assert "数据库暂时没有应答" in unknown.text
    assert front.ask("/years/").status == 200


def test_package_is_kept_apart_and_sent_in_pieces_to_who_asks_for_them(front, published, reached):
    data = b"PK" + bytes(range(256)) * 10_000
    address = ADDRESSES["package"]
    keep_file(address, "年.zip", "application/zip", BytesIO(data), changed=published.published_at)
    with ThreadPoolExecutor(3) as crowd:
        answers = list(crowd.map(front.ask, [address] * 3))
    assert [each.body == data for each in answers] == [True] * 3
    assert reached == [address]
    piece = front.ask(address, Range="bytes=2500000-")
    assert (piece.status, piece.kept, piece.body) == (206, "HIT", data[2_500_000:])
    assert sum(each.is_file() for each in (front.folder / "files").rglob("*")) == 1
    assert front.count_kept() == 0


def test_package_that_is_being_made_is_not_kept_from_readers(front, published, reached):
    address = ADDRESSES["package"]
    assert front.ask(address).status == 503
    keep_file(address, "年.zip", "application/zip", BytesIO(b"PK"), changed=published.published_at)
    assert front.ask(address).body == b"PK"


def test_kept_page_is_shown_while_the_portal_fails(front, hasten, monkeypatch):
    monkeypatch.setattr(fail, "is_well", True, raising=False)
    assert front.ask("/test/fail/").text == "well"
    monkeypatch.setattr(fail, "is_well", False)
    let_pass(2)
    assert front.ask("/test/fail/").text == "well"


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        (f"{PAGE}?utm_source=wechat&from=timeline", PAGE),
        (f"{PAGE}?unit=dollar&unit=yuan", f"{PAGE}?unit=yuan"),
        (f"{ADDRESSES['file']}?x=1", ADDRESSES["file"]),
        ("/compare/?department=107001&x=1", "/compare/?department=107001"),
    ],
)
def test_strange_question_is_led_to_the_page_and_fills_nothing(front, published, asked, led_to):
    for _ in range(2):
        answer = front.ask(asked)
        assert (answer.status, answer.headers["Location"]) == (302, led_to)
    assert front.count_kept() == 0
    assert front.ask(led_to).status == 200


def test_looks_are_kept_apart_and_free_questions_are_not_kept(front, published):
    looks = [front.ask(PAGE + said) for said in ("", "?unit=yuan", "?last=1", "?unit=yuan&last=1")]
    assert len({each.body for each in looks}) == front.count_kept() == 4
    for address in (ADDRESSES["search"], "/compare/?department=107001", "/reasons/?page=1"):
        assert [front.ask(quote(address)).kept for _ in range(2)] == ["MISS", "MISS"]
    assert front.ask("/three-public/?page=2").status == 404
    assert front.count_kept() == 4


def quote(address):
    return address.replace("工会", "%E5%B7%A5%E4%BC%9A")


def test_page_over_the_limit_is_answered_and_not_kept(front, monkeypatch):
    monkeypatch.setattr("disclosures.public.responses.LARGEST", 1000)
    wide = [front.ask("/test/size/?wide=1") for _ in range(2)]
    assert [(each.kept, each.text) for each in wide] == [("MISS", "wide" * 500)] * 2
    assert [front.ask("/test/size/").kept for _ in range(2)] == ["MISS", "HIT"]


def test_nothing_personal_is_kept(front):
    readers = [front.ask("/test/reader/", Cookie=f"sessionid={name}").text for name in "ab"]
    assert readers == ["cookie None"] * 2
    given = [front.ask("/test/cookie/") for _ in range(2)]
    assert [each.kept for each in given] == ["MISS", "MISS"]
    assert {each.headers["Cache-Control"] for each in given} == {"private, no-store"}


def test_forms_and_the_workplace_pass(front, published):
    boundary = "x"
    data = bytes(published.files.get(kind="json").data)
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    body = head.encode() + data + f"\r\n--{boundary}--\r\n".encode()
    kind = f"multipart/form-data; boundary={boundary}"
    found = front.ask("/verify/", "POST", body, Content_Type=kind)
    assert (found.status, "第1版" in found.text) == (200, True)
    for _ in range(2):
        login = front.ask("/admin/login/")
        assert (login.status, login.kept) == (200, None)
        assert "csrftoken" in login.headers["Set-Cookie"]
    assert front.ask("/healthz").text == "ok\n"
    assert front.count_kept() == 0


GUARDS = ("X-Content-Type-Options", "X-Frame-Options", "Content-Security-Policy")


@pytest.mark.parametrize(
    ("method", "address", "status", "guards"),
    [
        ("GET", PAGE, 200, GUARDS),
        # It is made for pages of others.
        ("GET", ADDRESSES["embed"], 200, (GUARDS[0], GUARDS[2])),
        ("GET", "/nothing/", 404, GUARDS),
        ("GET", f"/static/{DIGESTED}", 200, GUARDS),
        ("GET", "/static/nothing.css", 404, GUARDS),
        ("GET", "/healthz/metrics", 404, GUARDS),
        ("GET", "/healthz/status.json", 404, GUARDS),
        ("TRACE", "/", 405, GUARDS),
        ("GET", f"/{'a' * 9000}", 414, GUARDS),
    ],
)
def test_every_answer_is_guarded_once(front, published, method, address, status, guards):
    for _ in ("made", "kept"):
        connection = HTTPConnection("127.0.0.1", front.port, timeout=20)
        connection.request(method, address)
        response = connection.getresponse()
        assert response.status == status
        found = [name for name, _ in response.getheaders() if name in GUARDS]
        assert sorted(found) == sorted(guards)
        connection.close()


def test_static_files_come_from_nginx_itself(front, portal):
    portal.stop()
    answer = front.ask(f"/static/{DIGESTED}")
    assert (answer.status, answer.text) == (200, "p { color: red }")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"] == "text/css"
    assert "max-age=315360000" in answer.headers["Cache-Control"]
    assert front.ask("/static/nothing.css").status == 404


def test_large_form_is_refused_in_words(front):
    answer = front.ask("/verify/", "POST", b"", Content_Length=str(21 << 20))
    assert (answer.status, "文件太大" in answer.text) == (413, True)


def test_without_encryption_a_visitor_is_led_to_the_site_whatever_he_calls_it(front):
    answer = front.ask("/2025/?q=1", plain=True, Host="evil.example")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/2025/?q=1")


def test_flood_of_logins_is_told_to_wait_and_others_are_not(front):
    def post(address, **headers):
        return front.ask(address, "POST", "a=1", **headers)

    statuses = [post("/admin/login/").status for _ in range(30)]
    # Without the token of a form, which is the portal's answer.
    assert statuses[:20] == [403] * 20
    assert 429 in statuses[20:]
    hasty = post("/admin/login/")
    assert (hasty.status, hasty.headers["Retry-After"]) == (429, "5")
    assert "请过 5 秒再试" in hasty.text
    assert post("/admin/account/code/").status == 429
    assert front.ask("/admin/login/").status == 200
    assert post("/admin/logout/").status == 403


def test_known_device_does_not_count_among_all_strangers(front):
    changes = {"rate=5r/s": "rate=500r/s", "rate=10r/s": "rate=1r/m"}
    config = Path(front.path)
    config.write_text(replace_all(config.read_text(), changes))
    subprocess.run([NGINX, "-c", front.path, "-s", "reload"], check=True)
    time.sleep(0.5)
    for _ in range(22):
        last = front.ask("/admin/login/", "POST", "a=1")
    assert last.status == 429
    assert front.ask("/admin/login/", "POST", "a=1", Cookie="device=x").status == 403
