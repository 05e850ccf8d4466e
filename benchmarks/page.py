"""What a disclosure's page costs the processor, as it is, with last year beside it, and in yuan.

Wants DATABASE_URL of a prepared portal (`script/server --prepare-only`, or a demo county); asks for
the newest disclosure, or that of `--year` and `--department`. Requests go to the WSGI handler
itself, at ten depths of the stack: CPython 3.11 takes memory for frames in pieces, and the same
request costs more where it needs another. Run it from the project's root:
`python -m benchmarks.page`.
"""

import argparse
import io
import os
import time
from collections.abc import Callable
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.handlers.wsgi import WSGIHandler

from disclosures.models import Disclosure

DEPTHS, REPEATS = range(0, 20, 2), 5
LOOKS = ("", "?last=1", "?unit=yuan")


def make_request(handler: WSGIHandler, path: str, query: str) -> Callable[[], None]:
    """A GET that ends with the whole answer read; SystemExit where it is not a page."""
    environment = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query.removeprefix("?"),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
    }

    def ask() -> None:
        told: list[str] = []
        answer = handler(dict(environment), lambda status, headers: told.append(status))
        b"".join(answer)
        answer.close()
        if not told[0].startswith("200"):
            raise SystemExit(f"{path}{query}: {told[0]}")

    return ask


def measure(work: Callable[[], None], depth: int) -> float:
    """Seconds of the processor, the best of several, so many frames further down."""
    if depth:
        return measure(work, depth - 1)
    seconds = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def main() -> None:
    """Print the milliseconds of each look: the best depth, the middle one and the worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--year", type=int)
    parser.add_argument("--department")
    asked = parser.parse_args()
    found = Disclosure.objects.current().order_by("-year", "department__code")
    found = found.filter(year=asked.year) if asked.year else found
    found = found.filter(department__code=asked.department) if asked.department else found
    chosen = found.select_related("department").first()
    if chosen is None:
        raise SystemExit("no disclosure")
    path, handler = f"/{chosen.year}/{chosen.department.code}/", WSGIHandler()
    for query in LOOKS:
        ask = make_request(handler, path, query)
        ask()
        costs = sorted(1000 * measure(ask, depth) for depth in DEPTHS)
        shown = f"best {costs[0]:6.1f}  middle {median(costs):6.1f}  worst {costs[-1]:6.1f} ms"
        print(f"{path}{query:<12} {shown}")


if __name__ == "__main__":
    main()
