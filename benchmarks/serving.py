"""The public site behind the shipped nginx: a kept page against a plain file, and under attack.

Wants DATABASE_URL of an empty database, which it fills (the sample and as many departments as a
county has), and the programs `wrk` and `nginx` of Debian's packages. The configuration is that of
docker/nginx.conf, but for encryption, ports and folders; the portal and its worker run as in
operation. Run it from the project's root: `python -m benchmarks.serving`.
"""

import gzip
import io
import os
import re
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from urllib.parse import urlencode
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command
from django.urls import reverse

from benchmarks.growth import SAMPLE
from benchmarks.site import find_program, name_gunicorn, run
from disclosures.models import Disclosure
from disclosures.public.county_files import make_county_files
from tests.factories.county import grow

PORTAL, FRONT = 8131, 8132
DEPARTMENTS, ROUNDS, SECONDS = 150, 7, 2
# Visitors who each wait between two pages: some hundred pages a second.
VISITORS, PAUSE = 32, 100
LOGINS, CALM = 8, 15
NGINX = {
    r" *ssl_.*\n": "",
    r"worker_processes auto;": "user root; worker_processes 2;",
    r"pid .*;": "pid {folder}/nginx.pid;",
    r"/dev/stdout portal": "off",
    r"/dev/stderr": "{folder}/error.log",
    r"/var/cache/nginx": "{folder}",
    r"root /srv;": "root {folder};",
    r"include /etc/nginx/conf.d/site.conf;": 'map "" $site_host {{ default 127.0.0.1; }}',
    r"listen 443 ssl default_server;": "listen 127.0.0.1:{port};",
    r"listen 80 default_server;": "listen unix:{folder}/plain.sock;",
    r"listen \[::\]:\d+ .*\n": "",
    r"resolver 127.0.0.11 ": "resolver 127.0.0.1:9 ",
    r"http://web:8000": "http://127.0.0.1:{portal}",
    r"sendfile on;": "sendfile on; proxy_temp_path {folder}/t1; client_body_temp_path {folder}/t2;"
    " fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;",
}
VISIT = """
local addresses = {{ {addresses} }}
local place = {first}
function request()
    place = place % #addresses + 1
    return wrk.format("GET", addresses[place], {{ ["Accept-Encoding"] = "gzip" }})
end
function delay() return math.random({pause} / 2, {pause} * 3 / 2) end
"""


def fill() -> Disclosure:
    """The sample with its demo accounts, and a county of copies."""
    call_command("prepare_portal", stdout=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    disclosure = Disclosure.objects.current().earliest("pk")
    if Disclosure.objects.count() < DEPARTMENTS:
        grow(disclosure, DEPARTMENTS)
    make_county_files(at_once=True)
    return disclosure


def configure(folder: Path) -> Path:
    """The shipped configuration for this machine."""
    text = Path("docker/nginx.conf").read_text()
    for shipped, own in NGINX.items():
        text, count = re.subn(
            shipped, own.format(folder=folder, port=FRONT, portal=PORTAL).replace("\\", ""), text
        )
        if not count:
            raise SystemExit(f"docker/nginx.conf has no “{shipped}”")
    config = folder / "nginx.conf"
    config.write_text(text)
    return config


@contextmanager
def serve(folder: Path) -> Iterator[None]:
    """The portal, its worker, and nginx before them."""
    environment = {
        "DEBUG": "0",
        "SECRET_KEY": "only-for-a-benchmark-on-one-machine-and-never-for-a-public-site",
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS_ONLY": "0",
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
        "TRUST_FORWARDED_FOR": "1",
        "LOG_LEVEL": "ERROR",
    }
    manage = [sys.executable, "manage.py"]
    subprocess.run(  # noqa: S603
        [*manage, "collectstatic", "--noinput", "--verbosity", "0"],
        env=os.environ | environment,
        check=True,
    )
    gunicorn = [*name_gunicorn(PORTAL), "--config", "config/gunicorn.py"]
    nginx = [find_program("nginx") or "nginx", "-c", str(configure(folder)), "-g", "daemon off;"]
    worker = subprocess.Popen([*manage, "run_worker"], env=os.environ | environment)  # noqa: S603
    try:
        with run(gunicorn, PORTAL, **environment), run(nginx, FRONT):
            yield
    finally:
        worker.terminate()
        worker.wait()


def measure(address: str, *, seconds: int = SECONDS, script: Path | None = None) -> dict:
    """Requests a second and p99 (ms) as wrk tells them; ends where an answer was no page."""
    visitors = VISITORS if script else 8
    command = ["wrk", "--latency", "--threads", "1", "--connections", str(visitors)]
    command += ["--duration", f"{seconds}s", "--header", "Accept-Encoding: gzip"]
    command += ["--script", str(script)] if script else []
    site = f"http://127.0.0.1:{FRONT}"
    told = subprocess.run(  # noqa: S603
        [*command, site + address], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in told:
        raise SystemExit(told)
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)\b", told).groups()
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])
    return {"rate": rate, "p99": float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]}


def compare_with_file(folder: Path, address: str) -> None:
    """A kept page, and the same bytes as a file of the same nginx; they take turns."""
    connection = HTTPConnection("127.0.0.1", FRONT)
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    body = connection.getresponse().read()
    (folder / "static" / "page.html.gz").write_bytes(body)
    (folder / "static" / "page.html").write_bytes(gzip.decompress(body))
    rounds = []
    for _ in range(ROUNDS):
        measure(address, seconds=1)
        kept, file = measure(address), measure("/static/page.html")
        rounds.append(kept["rate"] / file["rate"])
        for name, each in (("kept page", kept), ("plain file", file)):
            print(f"{name:<16}{each['rate']:9.0f}/s   p99 {each['p99']:7.2f} ms")
    print(f"kept page x{median(rounds):.2f} of the file, {len(body)} bytes\n")


def visit(folder: Path, addresses: list[str], seconds: int) -> dict:
    """Readers who go from page to page."""
    script = folder / "visit.lua"
    quoted = ", ".join(f'"{each}"' for each in addresses)
    script.write_text(VISIT.format(addresses=quoted, first=0, pause=PAUSE))
    return measure("/", seconds=seconds, script=script)


class Intruder:
    """Whoever has a form of the portal before him, with its cookies."""

    def __init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", FRONT, timeout=120)
        self.cookies: SimpleCookie = SimpleCookie()

    def ask(self, method: str, address: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
        sent = "; ".join(f"{each.key}={each.value}" for each in self.cookies.values())
        headers = {"Cookie": sent, "Referer": f"http://127.0.0.1:{FRONT}/"}
        headers |= {"Content-Type": kind} if kind else {}
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        for given in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(given)
        return answer.status, answer.read().decode(errors="replace")

    def find_token(self, address: str) -> str:
        _, page = self.ask("GET", address)
        return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]

    def log_in(self, name: str, password: str, token: str = "") -> int:
        login = reverse("admin:login")
        fields = {"username": name, "password": password, "next": "/admin/"}
        fields["csrfmiddlewaretoken"] = token or self.find_token(login)
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", login, urlencode(fields).encode(), kind)[0]

    def upload(self, data: bytes) -> int:
        address = reverse("filing:upload", args=[2026, "107001"])
        token, edge = self.find_token(address), uuid4().hex
        head = 'Content-Disposition: form-data; name="'
        body = f'--{edge}\r\n{head}csrfmiddlewaretoken"\r\n\r\n{token}\r\n--{edge}\r\n{head}file"; '
        body += 'filename="a.xlsx"\r\nContent-Type: application/octet-stream\r\n\r\n'
        kind = f"multipart/form-data; boundary={edge}"
        sent = body.encode() + data + f"\r\n--{edge}--\r\n".encode()
        return self.ask("POST", address, sent, kind)[0]


def make_worst_workbook() -> bytes:
    """The sample's workbook with a million rows in each of its sheets."""
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    rows = "".join(row.format(number) for number in range(1, 1_000_001))
    made = io.BytesIO()
    with zipfile.ZipFile(SAMPLE) as sample, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as own:
        for name in sample.namelist():
            data = sample.read(name).decode(errors="ignore")
            if name.startswith("xl/worksheets/sheet1.xml"):
                data = re.sub("<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>", data)
            own.writestr(name, data)
    return made.getvalue()


def guess(name: str, stop: Event, told: Counter) -> None:
    """Wrong logins, each by another name, as long as nobody says stop."""
    intruder = Intruder()
    token = intruder.find_token(reverse("admin:login"))
    for number in count():
        begun = time.monotonic()
        told[intruder.log_in(f"{name}{number}", "guess", token)] += 1
        if stop.wait(max(0, 1 - (time.monotonic() - begun))):
            return


def send_worst(stop: Event, told: Counter) -> None:
    clerk, worst = Intruder(), make_worst_workbook()
    clerk.log_in("clerk", "clerk-demo")
    while not stop.wait(1):
        told[f"upload {clerk.upload(worst)}"] += 1


def measure_attack(folder: Path, addresses: list[str]) -> None:
    """Readers in a quiet hour, and while logins are guessed and the worst workbook is sent."""
    for address in addresses:
        Intruder().ask("GET", address)
    for name in ("quiet", "attacked"):
        stop, told = Event(), Counter()
        jobs = [Thread(target=guess, args=(f"n{own}-", stop, told)) for own in range(LOGINS)]
        jobs.append(Thread(target=send_worst, args=(stop, told)))
        for job in jobs if name == "attacked" else ():
            job.start()
        time.sleep(1)
        found = visit(folder, addresses, CALM)
        stop.set()
        for job in jobs if name == "attacked" else ():
            job.join()
        said = ", ".join(f"{times}× {status}" for status, times in told.items())
        print(f"{name:<16}{found['rate']:9.0f}/s   p99 {found['p99']:7.2f} ms   {said}", flush=True)


def choose_addresses(own: str) -> list[str]:
    """What readers visit: the first pages, one department after the other, lists and files."""
    codes = Disclosure.objects.values_list("department__code", flat=True)[:40]
    lists = ["/", "/2025/", "/years/", "/three-public/2025/", "/reasons/2025/", "/2025/charts/"]
    files = ["/published.csv", "/2025/tables/T6.csv", f"{own}tables/T5.csv"]
    return [*lists, *files, *(f"/2025/{code}/" for code in codes)]


def main() -> None:
    missing = [name for name in ("wrk", "nginx") if find_program(name) is None]
    if missing:
        raise SystemExit(f"Not found: {', '.join(missing)}. apt-get install wrk nginx-light")
    own = f"/2025/{fill().department.code}/"
    with TemporaryDirectory() as scratch, ExitStack() as servers:
        folder = Path(scratch)
        folder.chmod(0o755)
        servers.enter_context(serve(folder))
        compare_with_file(folder, own)
        measure_attack(folder, choose_addresses(own))


if __name__ == "__main__":
    main()
