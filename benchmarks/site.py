"""The public site under load: pages through the portal, and the same pages as files.

Wants DATABASE_URL of a county (`make_demo_county --without-files`), and the programs `wrk` and
`nginx` of Debian's packages. Run it from the project's root: `python -m benchmarks.site`.
Everything listens on 127.0.0.1 and is asked by real connections, compressed as browsers ask. At
the end `benchmarks.growth` tells, in a database of its own, what each page costs as it grows.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median_low
from tempfile import TemporaryDirectory
from urllib.parse import quote
from urllib.request import urlopen

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from whitenoise.compress import Compressor

from benchmarks.growth import measure_growth
from disclosures.models import Disclosure
from disclosures.public.static_export.portal import Portal

PORTAL, FILES, NGINX = 8151, 8152, 8153
SERVERS = (("portal", PORTAL), ("file, gunicorn", FILES), ("file, nginx", NGINX))
ROUNDS, SECONDS, CONNECTIONS, WORKERS = 3, 4, 8, 2
NGINX_CONFIG = """
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{
    types {{ text/html html; text/csv csv; }}
    access_log off;
    gzip_static on;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    server {{ listen 127.0.0.1:{port}; root {root}; index index.html; }}
}}
"""


def choose_addresses(chosen: Disclosure) -> dict[str, str]:
    """What is measured."""
    own = f"/{chosen.year}/{chosen.department.code}"
    return {
        "disclosure page": f"{own}/",
        "home": "/",
        "search": f"/search/?q={quote('培训')}",
        "search, common": f"/search/?q={quote('预算')}",
        "search, nothing": f"/search/?q={quote('没有的词')}",
        "search, a code": "/search/?q=2080505",
        "table as CSV": f"{own}/tables/T6.csv",
    }


@contextmanager
def run(command: list[str], port: int, **environment: str) -> Iterator[None]:
    """A server as long as it is asked; it answers when this begins."""
    server = subprocess.Popen(  # noqa: S603
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    """Until a server answers."""
    for _ in range(100):
        try:
            urlopen(address, timeout=5).close()  # noqa: S310
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{address} does not answer")


def serve_portal(folder: Path):
    """The portal as in operation, but for the encryption."""
    environment = {
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS_ONLY": "0",
        "TRUST_FORWARDED_FOR": "1",
        "STATIC_ROOT": str(folder / "static"),
        "LOG_LEVEL": "ERROR",
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        env=os.environ | environment,
        check=True,
    )
    command = [*name_gunicorn(PORTAL), "--config", "config/gunicorn.py"]
    return run(command, PORTAL, **environment)


def serve_files(root: Path):
    """The files by the same server, with the library that serves the portal's own files."""
    return run([*name_gunicorn(FILES), "benchmarks.files:application"], FILES, FILES=str(root))


def serve_nginx(folder: Path, root: Path):
    """The files by nginx."""
    config = folder / "nginx.conf"
    config.write_text(NGINX_CONFIG.format(workers=WORKERS, folder=folder, port=NGINX, root=root))
    return run([find_program("nginx"), "-c", str(config), "-g", "daemon off;"], NGINX)


def name_gunicorn(port: int) -> list[str]:
    """The start of both commands: equal workers, no line for each request."""
    program = Path(sys.executable).parent / "gunicorn"
    quiet = ["--access-logfile", "/dev/null", "--max-requests", "0"]
    return [str(program), "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), *quiet]


def write_files(addresses: dict[str, str], root: Path) -> dict[str, str]:
    """What the export writes at these addresses, compressed beside; where each then is."""
    portal, where = Portal(f"http://127.0.0.1:{PORTAL}"), {}
    for name, address in addresses.items():
        if "?" in address:
            continue
        path = root / (address.lstrip("/") + ("index.html" if address.endswith("/") else ""))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(portal.ask(address).body)
        list(Compressor(use_brotli=False, quiet=True).compress(str(path)))
        where[name] = address
    return where


def load(port: int, address: str) -> tuple[float, str]:
    """(requests per second, p99) of an address; ends the benchmark where an answer was wrong."""
    asked = ["--header", "Accept-Encoding: gzip", f"http://127.0.0.1:{port}{address}"]
    counts = ["--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{SECONDS}s"]
    command = [find_program("wrk"), "--latency", *counts, *asked]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    if "Non-2xx" in told:
        raise SystemExit(told)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    slowest = re.search(r"99%\s+(\S+)", told)
    return float(rate[1]), slowest[1]


def compare_servers(addresses: dict[str, str]) -> None:
    """Each address through the portal, and as a file by both file servers."""
    with TemporaryDirectory() as scratch, ExitStack() as servers:
        folder, root = Path(scratch), Path(scratch) / "site"
        folder.chmod(0o755)
        where = write_files(addresses, root)
        servers.enter_context(serve_portal(folder))
        servers.enter_context(serve_files(root))
        servers.enter_context(serve_nginx(folder, root))
        for name, address in addresses.items():
            ports = SERVERS if name in where else SERVERS[:1]
            load(PORTAL, address)
            tell(name, dict(take_turns(ports, address)))


def take_turns(
    servers: Sequence[tuple[str, int]], address: str
) -> Iterator[tuple[str, tuple[float, str]]]:
    """Each server with its middle round: they take turns, so that none has the quiet minute."""
    rounds = [[load(port, address) for _, port in servers] for _ in range(ROUNDS)]
    for (label, _), told in zip(servers, zip(*rounds, strict=True), strict=True):
        yield label, median_low(told)


def tell(name: str, told: dict[str, tuple[float, str]]) -> None:
    """A line: what the portal bears, and as what part of the others."""
    portal, _ = told["portal"]
    print(f"{name:<16}", end="")
    for label, (rate, slowest) in told.items():
        part = "" if label == "portal" else f" (x{portal / rate:.2f})"
        print(f" {label} {rate:8.0f}/s p99 {slowest:>9}{part}  ", end="")
    print("" if len(told) > 1 else " no file: a browser searches the exported site", flush=True)


def find_program(name: str) -> str | None:
    """Where a program is; Debian keeps servers where only root looks."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin")


def main() -> None:
    """Both parts, the first on a document of the newest year."""
    missing = [name for name in ("wrk", "nginx") if find_program(name) is None]
    if missing:
        raise SystemExit(f"Not found: {', '.join(missing)}. apt-get install wrk nginx-light")
    found = Disclosure.objects.current().select_related("department").order_by("-year", "pk")
    chosen = found.first()
    if chosen is None:
        raise SystemExit("The database of DATABASE_URL has nothing published.")
    addresses = choose_addresses(chosen)
    print(f"{Disclosure.objects.count()} documents, {WORKERS} workers, {CONNECTIONS} connections")
    compare_servers(addresses)
    measure_growth()


if __name__ == "__main__":
    main()
