"""What the page tells machines: true of the version, and no markup whatever the names are."""

import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from lxml import html
from PIL import Image

from disclosures.public.metadata import embed
from tests.disclosures.conftest import PUBLISHED_AT

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script><!-- & \u2028"


def read(client, address):
    return html.fromstring(client.get(address).content.decode())


def read_dataset(page):
    (text,) = page.xpath("//script[@type='application/ld+json']/text()")
    return json.loads(text)


def test_dataset_names_the_version_and_its_files(client, published):
    told = read_dataset(read(client, "/2025/107001/"))
    host = "http://testserver"
    assert (told["@type"], told["name"], told["version"]) == ("Dataset", published.title, "1")
    assert (told["@id"], told["url"]) == (f"{host}/2025/107001/v1/", f"{host}/2025/107001/")
    assert told["identifier"] == f"sha256:{published.digest}"
    assert told["datePublished"] == "2025-02-14T01:30:00+00:00"
    found = {each["encodingFormat"]: each for each in told["distribution"]}
    assert len(found) == 3
    for each in found.values():
        data = client.get(each["contentUrl"])
        assert data["Content-Type"] == each["encodingFormat"]
        assert sha256(data.content).hexdigest() == each["sha256"]
        assert each["contentSize"] == f"{len(data.content)} B"


def test_former_version_is_a_dataset_of_its_own(client, sample, union, published):
    later = PUBLISHED_AT + timedelta(days=1)
    sample.shelve(union, version=2, digest="2" * 64, reason="更正", published_at=later)
    former = read_dataset(read(client, "/2025/107001/v1/"))
    assert former["@id"] == former["url"] == "http://testserver/2025/107001/v1/"
    assert read_dataset(read(client, "/2025/107001/"))["version"] == "2"


def test_page_can_be_shown_by_its_title(client, published):
    page = read(client, "/2025/107001/")
    told = {tag.get("property"): tag.get("content") for tag in page.xpath("//meta[@property]")}
    assert told["og:title"] == published.title
    assert told["og:url"] == "http://testserver/2025/107001/"
    assert told["og:description"].startswith("收支总预算265.89万元（全口径）。")
    path = told["og:image"].removeprefix("http://testserver")
    assert path == "/2025/107001/picture.png"
    size = Image.open(BytesIO(client.get(path).content)).size
    assert size == (int(told["og:image:width"]), int(told["og:image:height"]))


def test_hostile_name_stays_a_text(client, sample, union):
    union.name = HOSTILE
    union.save()
    sample.shelve(union, title=HOSTILE)
    page = read(client, "/2025/107001/")
    assert len(page.xpath("//script")) == 1
    assert read_dataset(page)["creator"]["name"] == read_dataset(page)["name"] == HOSTILE


def test_embedded_data_has_no_markup():
    text = embed({"name": HOSTILE})
    assert not set(text) & set("<>&\u2028")
    assert json.loads(text) == {"name": HOSTILE}
