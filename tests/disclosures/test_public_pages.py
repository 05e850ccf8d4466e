"""What holds for every address of the public site, of whatever type."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from budgets.models import Department
from disclosures.content import digest
from tests.addresses import ADDRESSES, list_names

pytestmark = pytest.mark.django_db
# On the way a page has at most so much, compressed as the portal and nginx do it.
LARGEST = 100_000
STRANGE = "utm_source=wechat&utm_medium=social&from=timeline&spm=1.2&x=1"
# These look at what is sent to them, or are no pages of their own.
NEVER_KEPT = {"identify"}
# What each type costs when it is drawn: the same for one department as for three.
QUERIES = {
    "home": 3,
    "year": 3,
    "year-by-kind": 3,
    "year-by-size": 3,
    "years": 3,
    "search": 9,
    "identify": 0,
    "data": 3,
    "feed": 1,
    "department-feed": 2,
    "embed": 3,
    "version-embed": 3,
    "robots": 0,
    "sitemap": 13,
    "published": 2,
    "published-year": 3,
    "county-table": 3,
    "county-charts": 11,
    "county-chart": 10,
    "package": 2,
    "page": 7,
    "file": 3,
    "table": 3,
    "version": 7,
    "version-file": 3,
    "version-table": 3,
    "changes": 6,
    "changes-since": 6,
    "charts": 4,
    "chart": 4,
    "picture": 3,
    "cell": 3,
    "sentence": 3,
    "codes": 7,
    "code": 7,
    "code-scope": 7,
    "code-scope-by": 7,
    "code-list": 4,
    "topic": 5,
    "topic-year": 5,
    "topic-year-by": 5,
    "topic-list": 5,
    "reasons": 5,
    "reasons-year": 5,
    "reasons-year-by": 5,
    "reasons-list": 3,
    "timeliness": 6,
    "timeliness-year": 6,
    "timeliness-list": 4,
    "projects": 4,
    "projects-year": 4,
    "projects-money": 4,
    "projects-money-by": 4,
    "projects-list": 3,
    "project": 3,
    "indicators": 4,
    "indicators-year": 4,
    "indicators-list": 3,
    "indicators-department": 2,
    "compare": 7,
    "compare-list": 6,
    "version-charts": 4,
    "version-chart": 4,
    "version-picture": 3,
    "version-cell": 3,
    "version-sentence": 3,
}


def correct(sample, department):
    """The sample on the shelf, and a correction of some words and of one amount."""
    sample.shelve(department)
    content = sample.disclosure["content"].replace("培训支出", "研修支出")
    content = re.sub(r'"yuan":"[1-9][0-9.]*"', '"yuan":"123456.00"', content, count=1)
    changed = {"version": 2, "reason": "名称有误", "content": content, "digest": digest(content)}
    return sample.shelve(department, **changed)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def corrected(sample, union):
    """The union's two versions."""
    return correct(sample, union)


def weigh_static(address):
    """A stylesheet or a script on the wire."""
    path = finders.find(address.removeprefix(settings.STATIC_URL))
    return len(gzip.compress(Path(path).read_bytes(), 6))


def test_every_address_has_an_example():
    assert set(ADDRESSES) == list_names()


def test_no_answer_sets_a_cookie_or_depends_on_one(client, corrected):
    answers = {name: client.get(address) for name, address in ADDRESSES.items()}
    assert {name: each.status_code for name, each in answers.items()} == dict.fromkeys(answers, 200)
    assert [name for name, each in answers.items() if each.cookies] == []
    assert [name for name, each in answers.items() if "Cookie" in each.get("Vary", "")] == []


def test_every_answer_may_be_kept_and_has_a_mark(client, corrected):
    for name, address in ADDRESSES.items():
        answer = client.get(address)
        policy = answer["Cache-Control"]
        if name in NEVER_KEPT:
            assert "no-store" in policy, name
            continue
        assert re.search(r"public|max-age=\d+", policy), (name, policy)
        known = client.get(address, headers={"if-none-match": answer["ETag"]})
        assert (name, known.status_code) == (name, 304)


def test_strange_parameters_change_nothing(client, corrected):
    for name, address in ADDRESSES.items():
        plain = client.get(address)
        strange = client.get(f"{address}{'&' if '?' in address else '?'}{STRANGE}")
        assert strange.getvalue() == plain.getvalue(), name
        assert strange.get("ETag") == plain.get("ETag"), name


def test_every_page_names_one_address_to_quote(client, corrected):
    for name, address in ADDRESSES.items():
        answer = client.get(address)
        if not answer["Content-Type"].startswith("text/html") or name == "search":
            continue
        (link,) = html.fromstring(answer.content).xpath("//link[@rel='canonical']/@href")
        assert "?" not in link, name
        if not name.startswith(("version", "embed")):
            assert link.removeprefix("http://testserver").startswith("/"), name


def test_no_page_needs_a_script(client, corrected):
    for name, address in ADDRESSES.items():
        answer = client.get(address)
        if answer["Content-Type"].startswith("text/html"):
            scripts = html.fromstring(answer.content).xpath("//script/@type | //script/@src")
            assert set(scripts) <= {"application/ld+json"}, name


def test_every_page_is_light_on_the_way(client, corrected):
    packed = {
        name: client.get(address, headers={"accept-encoding": "gzip"})
        for name, address in ADDRESSES.items()
    }
    pages = {
        name: answer
        for name, answer in packed.items()
        if answer["Content-Type"].startswith("text/html")
    }
    assert len(pages) > 15
    assert {name: each["Content-Encoding"] for name, each in pages.items()} == dict.fromkeys(
        pages, "gzip"
    )
    heavy = {name: weigh(answer) for name, answer in pages.items()}
    assert {name: weight for name, weight in heavy.items() if weight > LARGEST} == {}


def weigh(answer):
    """What a first visitor receives: the page, its stylesheets and its scripts."""
    page = html.fromstring(gzip.decompress(answer.content))
    loaded = {*page.xpath("//link[@rel='stylesheet']/@href"), *page.xpath("//script/@src")}
    return len(answer.content) + sum(map(weigh_static, loaded))


def count_queries(client, name):
    """How many queries an address's answer takes."""
    with CaptureQueriesContext(connection) as context:
        assert client.get(ADDRESSES[name]).status_code == 200
    return len(context)


def test_cost_of_a_page_does_not_grow_with_the_county(client, sample, corrected):
    for departments in (1, 3):
        for number in range(2, departments + 1):
            correct(sample, Department.objects.create(code=f"20{number}", name=f"第{number}局"))
        # A year's package grows with it: it is made once, and then read from disk.
        assert client.get(ADDRESSES["package"]).getvalue()
        assert {name: count_queries(client, name) for name in ADDRESSES} == QUERIES
