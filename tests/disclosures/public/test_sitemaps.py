"""What search engines are told: every public page once, and where not to look."""

import re
from datetime import timedelta
from urllib.parse import urldefrag, urljoin

import pytest
from lxml import etree, html

from disclosures.public.sitemaps import SITEMAPS
from tests.disclosures.conftest import PUBLISHED_AT

pytestmark = pytest.mark.django_db
PAGE = re.compile(r"/$")
PLACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def read_places(client, address):
    """The addresses of a map or a part of it with the day of their last change, in order."""
    return {
        place.findtext("s:loc", namespaces=PLACES).removeprefix("http://testserver"): (
            place.findtext("s:lastmod", namespaces=PLACES) or ""
        )[:10]
        for place in etree.fromstring(client.get(address).content)
    }


def read_map(client):
    """What all parts name."""
    places = {}
    for part in read_places(client, "/sitemap.xml"):
        places |= read_places(client, part)
    return places


def test_map_names_every_page_and_all_are_there(client, sample, union, published):
    later = PUBLISHED_AT + timedelta(days=1)
    sample.shelve(union, version=2, digest="2" * 64, reason="更正", published_at=later)
    places = read_map(client)
    fixed = {address: day for address, day in places.items() if not address.startswith("/20")}
    assert {"/", "/data/", "/verify/"} <= set(fixed)
    own = {address: day for address, day in places.items() if address.startswith("/2025/107001/")}
    assert own.items() >= {"/2025/107001/": "2025-02-15", "/2025/107001/v1/": "2025-02-14"}.items()
    assert "/2025/107001/v2/" not in own
    for address in places:
        assert client.get(address).status_code == 200, address


def test_long_part_goes_on_in_the_next(client, published, monkeypatch):
    monkeypatch.setattr(SITEMAPS["fixed"], "limit", 3)
    parts = read_places(client, "/sitemap.xml")
    assert [part for part in parts if "fixed" in part] == [
        "/sitemap-fixed-1.xml",
        "/sitemap-fixed-2.xml",
    ]
    sizes = [len(read_places(client, f"/sitemap-fixed-{number}.xml")) for number in (1, 2)]
    assert sizes == [3, 1]


@pytest.mark.parametrize("part", ["fixed-3", "fixed-0", "nothing-1"])
def test_part_that_is_none_says_so(client, published, part):
    answer = client.get(f"/sitemap-{part}.xml")
    assert (answer.status_code, "网站地图" in answer.content.decode()) == (404, True)


def test_robots_are_shown_the_map_and_kept_out_of_the_workplace(client):
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/" in lines
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def read_rules(client):
    """What the site asks robots to leave alone, as one pattern."""
    lines = client.get("/robots.txt").content.decode().splitlines()
    rules = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    return re.compile("|".join(re.escape(rule).replace(r"\*", ".*") for rule in rules))


def follow(client, address):
    """Where the links of a page lead on this site."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    if not answer["Content-Type"].startswith("text/html"):
        return
    page = html.fromstring(answer.content.decode())
    for link in page.xpath("//a/@href | //iframe/@src | //link/@href"):
        joined, _ = urldefrag(urljoin(f"http://testserver{address}", link))
        own = joined.removeprefix("http://testserver")
        if own.startswith("/") and not own.startswith("/static/"):
            yield own


def crawl(client, rules):
    """Everything that a polite robot finds from the first page on."""
    found, waiting = {"/"}, ["/"]
    while waiting:
        address = waiting.pop()
        if PAGE.search(address):
            new = {each for each in follow(client, address) if not rules.match(each)} - found
            found |= new
            waiting += new
    return found


def test_robot_comes_to_an_end(client, published):
    alone = crawl(client, read_rules(client))
    assert len(alone) < 500
    assert [each for each in alone if "?" in each] == []
    assert {"/years/", "/compare/", "/search/", "/2025/107001/v1/charts/"} <= alone


@pytest.mark.parametrize("address", ["/search/?q=%E5%B7%A5", "/compare/?department=107001"])
def test_answer_to_a_question_is_no_page_for_search_engines(client, published, address):
    assert client.get(address)["X-Robots-Tag"] == "noindex, nofollow"
    assert read_rules(client).match(address)
    assert "X-Robots-Tag" not in client.get(address.partition("?")[0])
