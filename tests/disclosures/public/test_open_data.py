"""What is taken away as data: metadata, the page's examples, tables of all departments."""

import csv
import io
import json
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from urllib.request import urlopen

import pytest
from lxml import html
from PIL import Image

from budgets.domain.document import digest
from budgets.models import Department
from disclosures.public.county_files import make_county_files
from disclosures.public.open_data import embed
from tests.disclosures.conftest import PUBLISHED_AT
from tests.disclosures.thawed import freeze_again

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script><!-- & \u2028"


def read_page(client, address):
    return html.fromstring(client.get(address).content.decode())


def read_dataset(page):
    (text,) = page.xpath("//script[@type='application/ld+json']/text()")
    return json.loads(text)


def test_dataset_names_the_version_and_its_files(client, published):
    told = read_dataset(read_page(client, "/2025/107001/"))
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
    former = read_dataset(read_page(client, "/2025/107001/v1/"))
    assert former["@id"] == former["url"] == "http://testserver/2025/107001/v1/"
    assert read_dataset(read_page(client, "/2025/107001/"))["version"] == "2"


def test_page_can_be_shown_by_its_title(client, published):
    page = read_page(client, "/2025/107001/")
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
    page = read_page(client, "/2025/107001/")
    assert len(page.xpath("//script")) == 1
    assert read_dataset(page)["creator"]["name"] == read_dataset(page)["name"] == HOSTILE


def test_embedded_data_has_no_markup():
    text = embed({"name": HOSTILE})
    assert not set(text) & set("<>&\u2028")
    assert json.loads(text) == {"name": HOSTILE}


def read_data_page(client):
    return html.fromstring(client.get("/data/").content.decode())


def test_every_address_of_the_page_is_there(client, published):
    make_county_files(at_once=True)
    page = read_data_page(client)
    links = {link for link in page.xpath("//main//a/@href") if not link.startswith("#")}
    assert len(links) > 15
    for link in sorted(links):
        assert client.get(link).status_code == 200, link
    assert {link[1:] for link in page.xpath("//nav[@class='jump']//a/@href")} <= set(
        page.xpath("//@id")
    )


def test_page_is_there_before_anything_is_published(client):
    page = read_data_page(client)
    assert page.xpath("//h1/text()") == ["开放数据"]
    for link in page.xpath("//main//a/@href"):
        if not link.startswith("#"):
            assert client.get(link).status_code == 200, link


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


BEFORE = ["部门编码", "部门", "版本", "行", "科目或项目"]
HEADS = ("合计", "人员经费", "公用经费")


def read_csv(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def two(sample, union, published):
    """The union, corrected, and an office with other words and nothing in Table 10."""
    sample.shelve(union, version=2, reason="排版有误")
    content = sample.json
    content["department"]["name"] = "尉犁县档案馆"
    text = freeze_again(content)
    office = Department.objects.create(code="101001", name="尉犁县档案馆")
    sample.shelve(office, content=text, digest=digest(text))
    return published


def test_table_has_every_amount_of_every_document(client, two):
    head, *rows = read_csv(client.get("/2025/tables/T6.csv"))
    assert head == [*BEFORE, *(f"一般公共预算基本支出/{each}（元）" for each in HEADS)]
    shown = {
        (row[0], f"T6.{row[3]}.{column}"): Decimal(amount)
        for row in rows
        for column, amount in zip(("total", "personnel", "operating"), row[5:], strict=True)
        if amount
    }
    amounts = two.document.amounts
    expected = {at: yuan for at, yuan in amounts.items() if at.startswith("T6.")}
    assert shown == {
        (code, at): yuan for code in ("101001", "107001") for at, yuan in expected.items()
    }
    assert {tuple(row[:3]) for row in rows} == {
        ("101001", "尉犁县档案馆", "1"),
        ("107001", "尉犁县总工会", "2"),
    }


@pytest.mark.parametrize("key", [f"T{number}" for number in range(1, 12)])
def test_every_table_is_there_even_if_nothing_is_in_it(client, two, key):
    head, *rows = read_csv(client.get(f"/2025/tables/{key}.csv"))
    assert head[:5] == BEFORE
    assert len(set(head)) == len(head)
    assert bool(rows) == any(at.split(".")[0] == key for at in two.document.amounts)


@pytest.mark.parametrize(
    ("address", "told"), [("/2024/tables/T6", "2024年"), ("/2025/tables/T99", "T1、T2")]
)
def test_missing_table_says_what_there_is(client, two, address, told):
    answer = client.get(f"{address}.csv")
    assert answer.status_code == 404
    assert told in answer.content.decode()


def test_reader_who_has_it_is_not_sent_it_again(client, two, sample, union):
    first = client.get("/2025/tables/T6.xlsx")
    again = {"if-none-match": first["ETag"]}
    assert client.get("/2025/tables/T6.xlsx", headers=again).status_code == 304
    sample.shelve(union, version=3, reason="金额有误")
    assert client.get("/2025/tables/T6.xlsx", headers=again).status_code == 200
