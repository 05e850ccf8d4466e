"""What holds for every address of the public site, of whatever type."""

import gzip
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from lxml import html

from budgets.models import Department
from disclosures.public.county_files import make_county_files
from disclosures.public.syndication import LONGEST
from tests.addresses import ADDRESSES, list_names
from tests.factories.county import correct, grow

pytestmark = pytest.mark.django_db
# On the way a page has at most so much, compressed as the portal and nginx do it.
LARGEST = 100_000
MANY = 150
# These look at what is sent to them, or are no pages of their own.
NEVER_KEPT = {"identify"}
MAY_BE_SAID = {"public", "max-age", "stale-while-revalidate", "immutable"}
# What each type costs when it is drawn: the same in a county of either size.
QUERIES = {
    "home": 5,
    "year": 5,
    "year-by-kind": 5,
    "year-by-size": 5,
    "years": 3,
    "years-list": 3,
    "search": 14,
    "identify": 0,
    "data": 3,
    "schema": 0,
    "feed": 1,
    "department-feed": 2,
    "embed": 3,
    "version-embed": 3,
    "robots": 0,
    "sitemap": 9,
    "sitemap-part": 2,
    "published": 3,
    "published-year": 3,
    "county-table": 2,
    "county-charts": 9,
    "county-chart": 9,
    "county-chart-png": 9,
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
    "chart-png": 4,
    "picture": 3,
    "picture-file": 3,
    "cell": 3,
    "sentence": 3,
    "codes": 7,
    "code": 9,
    "code-scope": 9,
    "code-scope-by": 9,
    "code-list": 5,
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
    "corrections": 4,
    "corrections-list": 3,
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
    "compare-list": 5,
    "version-charts": 4,
    "version-chart": 4,
    "version-chart-png": 4,
    "version-picture": 3,
    "version-picture-file": 3,
    "version-cell": 3,
    "version-sentence": 3,
}


@dataclass(frozen=True)
class Visit:
    """An answer as a browser asks for it, its queries, and the answer to who already has it."""

    answer: HttpResponse
    queries: int
    known: HttpResponse

    @property
    def is_page(self):
        return self.answer["Content-Type"].startswith("text/html")

    @property
    def page(self):
        return html.fromstring(gzip.decompress(self.answer.content))


@pytest.fixture(scope="module")
def visits(sample, django_db_blocker, tmp_path_factory):
    """Every address with one department published, and with as many as a large county has."""
    own = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), KEEP_PICTURES=False)
    with own, django_db_blocker.unblock(), transaction.atomic():
        union = Department.objects.create(code="107001", name="尉犁县总工会")
        sample.shelve(union)
        disclosure = correct(sample, union)
        make_county_files(at_once=True)
        found = {1: visit_all(Client())}
        grow(disclosure, MANY)
        found[MANY] = visit_all(Client())
        transaction.set_rollback(True)
    return found


@pytest.fixture
def large(visits):
    """The visits in the large county."""
    return visits[MANY]


def visit_all(client):
    """Each address by its name."""
    return {name: visit(client, address) for name, address in ADDRESSES.items()}


def visit(client, address):
    """An address, and once more with the mark that it gave."""
    with CaptureQueriesContext(connection) as context:
        answer = client.get(address, headers={"accept-encoding": "gzip"})
    queries = len(context)
    known = client.get(address, headers={"if-none-match": answer.get("ETag", "")})
    return Visit(answer, queries, known)


def weigh_static(address):
    """A stylesheet or a script on the wire."""
    path = finders.find(address.removeprefix(settings.STATIC_URL))
    return len(gzip.compress(Path(path).read_bytes(), 6))


def weigh(visit):
    """What a first visitor receives: the page, its stylesheets and its scripts."""
    page = visit.page
    loaded = {*page.xpath("//link[@rel='stylesheet']/@href"), *page.xpath("//script/@src")}
    return len(visit.answer.content) + sum(map(weigh_static, loaded))


def test_every_address_has_an_example_and_a_cost():
    assert set(ADDRESSES) == set(QUERIES) == list_names()


@pytest.mark.parametrize("size", [1, MANY])
def test_cost_of_a_page_does_not_grow_with_the_county(visits, size):
    assert {name: each.queries for name, each in visits[size].items()} == QUERIES


def test_feed_tells_the_newest_alone(large):
    assert gzip.decompress(large["feed"].answer.content).count(b"<entry>") == LONGEST


def test_no_answer_sets_a_cookie_or_depends_on_one(large):
    answers = {name: each.answer for name, each in large.items()}
    assert {name: each.status_code for name, each in answers.items()} == dict.fromkeys(answers, 200)
    assert [name for name, each in answers.items() if each.cookies] == []
    varied = {each.get("Vary", "") for each in answers.values()}
    assert varied == {"", "Accept-Encoding"}


def test_every_answer_may_be_kept_and_has_a_mark(large):
    for name, each in large.items():
        policy = each.answer["Cache-Control"]
        if name in NEVER_KEPT:
            assert "no-store" in policy, name
            continue
        assert {each.partition("=")[0] for each in policy.split(", ")} <= MAY_BE_SAID, name
        assert "public" in policy, name
        assert (name, each.known.status_code) == (name, 304)


def test_every_page_names_one_address_to_quote(large):
    for name, each in large.items():
        if not each.is_page or name == "search":
            continue
        (link,) = each.page.xpath("//link[@rel='canonical']/@href")
        assert "?" not in link, name
        if not name.startswith(("version", "embed")):
            assert link.removeprefix("http://testserver").startswith("/"), name


def test_no_page_needs_a_script(large):
    for name, each in large.items():
        if each.is_page:
            scripts = each.page.xpath("//script/@type | //script/@src")
            assert set(scripts) <= {"application/ld+json"}, name


def test_every_page_is_light_on_the_way(large):
    pages = {name: each for name, each in large.items() if each.is_page}
    assert len(pages) > 15
    assert {name: weigh(each) for name, each in pages.items() if weigh(each) > LARGEST} == {}
