"""The page on open data: what it says works, as it stands there."""

import subprocess
import sys
from urllib.request import urlopen

import pytest
from lxml import html

from budgets.models import Department
from tests.disclosures.conftest import PUBLISHED_AT


def read(client):
    return html.fromstring(client.get("/data/").content.decode())


@pytest.mark.django_db
def test_every_address_of_the_page_is_there(client, published):
    page = read(client)
    links = {link for link in page.xpath("//main//a/@href") if not link.startswith("#")}
    assert len(links) > 15
    for link in sorted(links):
        assert client.get(link).status_code == 200, link
    assert {link[1:] for link in page.xpath("//nav[@class='jump']//a/@href")} <= set(
        page.xpath("//@id")
    )


@pytest.mark.django_db
def test_page_is_there_before_anything_is_published(client):
    page = read(client)
    assert page.xpath("//h1/text()") == ["开放数据"]
    for link in page.xpath("//main//a/@href"):
        if not link.startswith("#"):
            assert client.get(link).status_code == 200, link


@pytest.mark.django_db
def test_page_sets_no_cookie(client, published):
    assert not client.get("/data/").cookies
    assert client.get("/data/")["Cache-Control"] == "public, max-age=15, stale-while-revalidate=15"


def test_examples_run_as_they_stand(live_server, sample):
    union = Department.objects.create(code="107001", name="尉犁县总工会")
    sample.shelve(union, published_at=PUBLISHED_AT)
    page = html.parse(urlopen(f"{live_server.url}/data/")).getroot()
    program = page.get_element_by_id("python").text_content()
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout == "107001 尉犁县总工会 2658900.00 元\n"
    commands = page.get_element_by_id("curl").text_content().replace('"', "").split()
    addresses = [word for word in commands if word.startswith("http")]
    addresses += [page.get_element_by_id(name).text_content().split('"')[1] for name in FORMULAS]
    assert len(addresses) == 4
    for address in addresses:
        assert urlopen(address).status == 200


FORMULAS = ("excel", "sheet")
