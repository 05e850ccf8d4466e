"""Public pages while strangers guess passwords: what a reader waits, without nginx before it.

Wants DATABASE_URL of a county (`make_demo_county --without-files`). Run it from the project's root:
`python -m benchmarks.visitors`. It serves the portal on 127.0.0.1 with two processes; with an
address, `python -m benchmarks.visitors http://127.0.0.1:8000`, it asks another portal, which must
have TRUST_FORWARDED_FOR=1: the guesses come from one address, and then from as many as there are.
"""

import re
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

from benchmarks.site import PORTAL, serve_portal

SECONDS, READERS, PAUSE, PATIENCE = 10, 2, 0.02, 60
RATES = (4, 8)
PAGE, LOGIN = "/years/", "/admin/login/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
numbers, random = count(), Random(1)  # noqa: S311


class Visitor:
    """One connection after the other to the portal."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc

    def ask(self, path: str, body: str | None = None, **headers: str) -> tuple[int, str, str]:
        """Status, cookies and text of an answer; status 0 where none came."""
        connection = HTTPConnection(self.host, timeout=PATIENCE)
        try:
            connection.request("POST" if body else "GET", path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except TimeoutError:
            return 0, "", ""
        finally:
            connection.close()
        return answer.status, answer.headers.get("Set-Cookie", ""), text

    def find_token(self) -> tuple[str, str]:
        """What the form of the login asks for: a cookie and a token."""
        _, cookie, page = self.ask(LOGIN)
        return cookie.partition(";")[0], TOKEN.findall(page)[0]

    def guess(self, cookie: str, token: str, address: str) -> int:
        """A wrong password for a name that nobody has tried yet."""
        number = next(numbers)
        body = urlencode(
            {"csrfmiddlewaretoken": token, "username": f"name-{number}", "password": "wrong"}
        )
        headers = {"Cookie": cookie, "X-Forwarded-For": address}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self.ask(LOGIN, body, **headers)[0]


def read_pages(visitor: Visitor, until: float) -> list[float]:
    """The milliseconds of each page that one reader asks for."""
    waits = []
    while time.monotonic() < until:
        begun = time.monotonic()
        status, _, _ = visitor.ask(PAGE)
        waits.append((time.monotonic() - begun) * 1000)
        if status not in (0, 200):
            raise SystemExit(f"{PAGE} answered {status}")
        time.sleep(PAUSE)
    return waits


def measure(
    visitor: Visitor, rate: int, choose: Callable[[], str]
) -> tuple[list[float], list[int]]:
    """What readers wait while so many guesses a second arrive, and how those were answered."""
    cookie, token = visitor.find_token()
    with ThreadPoolExecutor(READERS + 64) as crowd:
        until = time.monotonic() + SECONDS
        readers = [crowd.submit(read_pages, visitor, until) for _ in range(READERS)]
        guesses = []
        while rate and time.monotonic() < until:
            guesses.append(crowd.submit(visitor.guess, cookie, token, choose()))
            time.sleep(1 / rate)
        waits = [wait for each in readers for wait in each.result()]
        return waits, [each.result() for each in guesses]


def choose_one() -> str:
    return "10.0.0.1"


def choose_any() -> str:
    return ".".join(str(random.randrange(1, 255)) for _ in range(4))


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else f"http://127.0.0.1:{PORTAL}"
    with TemporaryDirectory() as folder:
        served = nullcontext() if len(sys.argv) > 1 else serve_portal(Path(folder))
        with served:
            visitor = Visitor(address)
            for _ in range(20):
                visitor.ask(PAGE)
            alone = 0.0
            for name, rate, choose in (
                ("alone", 0, choose_one),
                *((f"{rate} guesses a second, one address", rate, choose_one) for rate in RATES),
                *((f"{rate} guesses a second, any address", rate, choose_any) for rate in RATES),
            ):
                waits, statuses = measure(visitor, rate, choose)
                cuts = quantiles(waits, n=100)
                alone = alone or cuts[49]
                told = ", ".join(
                    f"{each}: {statuses.count(each)}" for each in sorted(set(statuses))
                )
                print(
                    f"{name:34} p50 {cuts[49]:6.0f} ms ({cuts[49] / alone:5.1f} x)"
                    f"  p99 {cuts[98]:6.0f} ms ({cuts[98] / alone:5.1f} x)  {told}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
