"""The keeper: what is kept, for how long, and that a kept page is the page."""

import gzip
from dataclasses import replace
from typing import ClassVar

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from budgets.models import Department
from disclosures.keeping.rules import LOOKED_AT, PASSED, PLAIN, WORDS
from disclosures.window.replies import MINUTE
from tests.addresses import ADDRESSES, PAGE, list_names
from tests.disclosures.county import correct

pytestmark = pytest.mark.django_db
ALONE = f"private, max-age={MINUTE}"
PACKED = {"accept-encoding": "gzip, deflate, br"}


@pytest.fixture
def kept(settings, published):
    """The sample on the shelf, pages kept as in operation."""
    settings.KEEP_PAGES = True
    caches["pages"].clear()
    yield published
    caches["pages"].clear()


@pytest.fixture
def corrected(kept, sample, tmp_path, settings):
    """The sample's two versions."""
    settings.MEDIA_ROOT = tmp_path
    return correct(sample, kept.department)


def let_pass(seconds):
    """What is kept grows older."""
    pages = caches["pages"]
    for name in [each.removeprefix(":1:") for each in pages._cache]:
        page = pages.get(name)
        pages.set(name, replace(page, checked_at=page.checked_at - seconds))


def count_kept():
    return len(caches["pages"]._cache)


def test_every_address_is_kept_or_has_a_reason_not_to_be():
    assert list_names() == PLAIN | LOOKED_AT | PASSED
    assert len(PLAIN) + len(LOOKED_AT) + len(PASSED) == len(list_names())
    assert {name: resolve(path.partition("?")[0]).url_name for name, path in ADDRESSES.items()} == {
        name: name for name in ADDRESSES
    }


def test_kept_page_costs_no_query_and_is_the_same(client, corrected, settings):
    for name in sorted(PLAIN | LOOKED_AT):
        address = ADDRESSES[name].partition("?")[0]
        settings.KEEP_PAGES = False
        drawn = client.get(address)
        settings.KEEP_PAGES = True
        first = client.get(f"{address}?from=timeline&isappinstalled=0")
        with CaptureQueriesContext(connection) as context:
            again = client.get(address)
            tracked = client.get(f"{address}?utm_source=wechat&utm_medium=x", headers=PACKED)
            known = client.get(address, headers={"if-none-match": again["ETag"]})
        assert (name, len(context)) == (name, 0)
        assert drawn.content == first.content == again.content == unpack(tracked), name
        assert drawn.headers.items() <= again.headers.items(), name
        assert {*again.headers} - {*drawn.headers} <= {"Age"}, name
        assert (known.status_code, known.content) == (304, b""), name
        assert int(tracked["Content-Length"]) == len(tracked.content), name
        assert first["Cache-Control"] == tracked["Cache-Control"] == ALONE, name
    assert count_kept() == len(PLAIN | LOOKED_AT)


def unpack(answer):
    """The body of an answer that may be compressed, which tells so."""
    if "Content-Encoding" not in answer:
        return answer.content
    assert answer["ETag"].startswith("W/")
    return gzip.decompress(answer.content)


def test_strange_question_changes_nothing_and_fills_no_cache(client, corrected):
    for name, address in ADDRESSES.items():
        plain = client.get(address)
        kept = count_kept()
        with CaptureQueriesContext(connection) as context:
            strange = client.get(f"{address}{'&' if '?' in address else '?'}x=1&utm_source=wechat")
        assert (name in PASSED or "?" in address) or (name, len(context)) == (name, 0)
        assert strange.getvalue() == plain.getvalue(), name
        assert strange.get("ETag") == plain.get("ETag"), name
        policy = "max-age=0" if name == "identify" else ALONE
        assert strange["Cache-Control"].startswith(policy), name
        assert count_kept() == kept, name


class Listener(QueryDict):
    """A question that writes down which of its words were asked for."""

    heard: ClassVar[set] = set()

    def get(self, key, default=None):
        self.heard.add(key)
        return super().get(key, default)

    def getlist(self, key, default=None):
        self.heard.add(key)
        return super().getlist(key, default)


def test_words_that_a_page_reads_are_known(client, corrected, settings, monkeypatch):
    settings.KEEP_PAGES = False
    monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", Listener)
    read = {}
    for name, address in ADDRESSES.items():
        Listener.heard = read[name] = set()
        assert client.get(address).status_code == 200
    assert {name: words for name, words in read.items() if words} == {
        name: set(words) for name, words in WORDS.items()
    }


@pytest.mark.parametrize(
    ("address", "may_fill"),
    [
        (f"{PAGE}?unit=yuan&last=1", True),
        (f"{PAGE}?unit=yuan&unit=yuan", False),
        (f"{PAGE}?unit=dollar", False),
        (f"{PAGE}?&", False),
        ("/reasons/?page=1", True),
        ("/reasons/?page=1&page=1", False),
        ("/years/?page=1", False),
        ("/search/?q=工会&year=2025&kind=", True),
        ("/search/?q=工会&x=1", False),
        ("/compare/?department=107001&department=&scope=whole", True),
        ("/compare/?department=107001&x", False),
        ("/2025/package.zip?x=1", False),
        ("/api/v1/disclosures?page=1", True),
    ],
)
def test_cache_on_the_way_keeps_only_what_has_one_address(client, kept, address, may_fill):
    answer = client.get(address)
    assert answer.status_code == 200
    assert ("public" in answer["Cache-Control"]) == may_fill


def test_age_counts_towards_the_minute(client, kept, django_assert_num_queries):
    client.get(PAGE)
    let_pass(20)
    with django_assert_num_queries(0):
        assert client.get(PAGE)["Age"] == "20"


def test_old_page_is_asked_for_and_not_drawn_again(client, kept, monkeypatch):
    first = client.get(PAGE)
    let_pass(MINUTE)
    monkeypatch.setattr("disclosures.views.render", None)
    again = client.get(PAGE, headers={"if-none-match": '"another"'})
    assert (again.status_code, again["Age"], again.content) == (200, "0", first.content)
    assert client.get(PAGE, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_correction_is_seen_after_a_minute(client, kept, sample):
    first = client.get(PAGE)
    sample.shelve(kept.department, version=2, reason="金额有误")
    let_pass(MINUTE - 20)
    assert client.get(PAGE).content == first.content
    let_pass(20)
    again = client.get(PAGE, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "更正原因：金额有误" in again.content.decode()


def test_page_without_a_mark_of_its_own_is_drawn_again(client, kept):
    first = client.get("/")
    Department.objects.create(code="102", name="尉犁县审计局")
    let_pass(MINUTE)
    again = client.get("/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "尉犁县审计局" in again.content.decode()


def test_looks_are_kept_apart_and_tracking_is_dropped(client, kept, django_assert_num_queries):
    plain, in_yuan = client.get(PAGE), client.get(f"{PAGE}?unit=yuan")
    assert count_kept() == 2
    with django_assert_num_queries(0):
        tracked = client.get(f"{PAGE}?utm_source=wechat&from=timeline&isappinstalled=0")
        tracked_in_yuan = client.get(f"{PAGE}?utm_medium=x&unit=yuan")
    assert (tracked.content, tracked["ETag"]) == (plain.content, plain["ETag"])
    assert tracked_in_yuan.content == in_yuan.content != plain.content


def test_unknown_words_are_left_out_and_questions_are_not_kept(client, kept):
    plain, in_yuan = client.get(PAGE), client.get(f"{PAGE}?unit=yuan")
    for said in ("?unit=dollar", "?last=2", "?x=1", "?page=7", "?&&"):
        assert client.get(PAGE + said).content == plain.content
    assert client.get(f"{PAGE}?x=1&unit=yuan").content == in_yuan.content
    assert client.get("/three-public/?page=2").status_code == 404
    assert client.get("/three-public/?page=1").status_code == 200
    assert count_kept() == 2


def test_what_is_missing_or_free_is_not_kept(client, kept):
    asked = ["/2025/999999/", "/nothing/", "/search/?q=工会", "/verify/?digest=1", "/admin/login/"]
    for address in asked:
        client.get(address)
    client.head(PAGE)
    assert count_kept() == 0


def test_head_gets_the_kept_headers_alone(client, kept):
    drawn = client.get(PAGE)
    told = client.head(PAGE)
    assert told.content == b""
    assert told["ETag"] == drawn["ETag"]


def test_frame_of_an_embedded_table_stays_open_and_pages_stay_closed(client, kept):
    for _ in range(2):
        framed = client.get(ADDRESSES["embed"])
        assert "frame-ancestors *" in framed["Content-Security-Policy"]
        assert "X-Frame-Options" not in framed
        page = client.get(PAGE)
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY"


def test_hosts_are_kept_apart(kept, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    pages = [Client(SERVER_NAME=host).get("/data/") for host in settings.ALLOWED_HOSTS]
    assert "http://two.example" not in pages[0].content.decode()
    assert "http://two.example" in pages[1].content.decode()
    assert Client(SERVER_NAME="three.example").get("/").status_code == 400
