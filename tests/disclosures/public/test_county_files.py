"""The files about the whole county: made by the worker, when it is quiet, and kept in pieces."""

import gzip
import json
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command

from disclosures.models import CountyFile, CountyFilePart, CountyYear
from disclosures.public import county_files
from disclosures.public.county_files import ALL_YEARS, make_county_files, make_files, take
from disclosures.public.kept import keep_file
from tests.addresses import ADDRESSES
from tests.disclosures.conftest import PUBLISHED_AT

pytestmark = pytest.mark.django_db
SITE = "https://budget.example"
LISTS = {
    *("published", "published-year", "years-list", "reasons-list", "timeliness-list"),
    *("corrections-list", "indicators-list", "topic-list", "projects-list"),
}


@pytest.fixture
def clock(monkeypatch):
    """Now, to be moved."""

    class Clock:
        now = PUBLISHED_AT + timedelta(days=1)

        def turn(self, **time):
            self.now += timedelta(**time)

    own = Clock()
    monkeypatch.setattr(county_files.timezone, "now", lambda: own.now)
    return own


def test_files_are_made_once_the_county_is_quiet(sample, published, clock):
    assert make_county_files() == [2025, ALL_YEARS]
    assert make_county_files() == []
    made = CountyFile.objects.values_list("address", flat=True)
    assert {"/2025/package.zip", "/2025/tables/T6.csv"} <= set(made)
    sample.shelve(published.department, version=2, reason="更正", published_at=clock.now)
    clock.turn(seconds=59)
    assert make_county_files() == []
    clock.turn(seconds=2)
    assert make_county_files() == [2025, ALL_YEARS]


def test_on_a_day_of_many_publications_files_are_made_every_ten_minutes(sample, published, clock):
    make_county_files()
    made = []
    for number in range(2, 40):
        clock.turn(seconds=30)
        given = {"version": number, "reason": "更正", "published_at": clock.now}
        sample.shelve(published.department, **given)
        made += [number for year in make_county_files() if year == 2025]
    assert made == [22]
    clock.turn(minutes=2)
    assert make_county_files() == [2025, ALL_YEARS]


def test_year_before_and_the_sites_address_belong_to_a_state(sample, published, settings):
    make_county_files(at_once=True)
    sample.shelve(published.department, year=2024)
    assert make_county_files(at_once=True) == [2024, 2025, ALL_YEARS]
    sample.shelve(published.department, year=2020)
    assert make_county_files(at_once=True) == [2020, ALL_YEARS]
    settings.SITE_URL = SITE
    assert make_county_files(at_once=True) == [2020, 2024, 2025, ALL_YEARS]


def test_one_worker_makes_a_year_and_another_takes_over_when_it_is_gone(published, clock):
    assert take(2025)
    assert not take(2025)
    assert make_county_files(at_once=True) == [ALL_YEARS]
    clock.turn(minutes=16)
    assert make_county_files(at_once=True) == [2025]


def test_file_that_failed_is_tried_again(published, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(county_files, "make_tables", lambda year: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            make_county_files(at_once=True)
    assert make_county_files(at_once=True) == [2025, ALL_YEARS]


def test_lists_are_made_where_the_site_has_an_address(client, published, settings):
    settings.SITE_URL = SITE
    drawn = {name: client.get(ADDRESSES[name]) for name in LISTS}
    make_county_files(at_once=True)
    addresses = set(CountyFile.objects.values_list("address", flat=True))
    for name, before in drawn.items():
        assert ADDRESSES[name] in addresses
        kept = client.get(ADDRESSES[name])
        shown = before.content.replace(b"http://testserver", SITE.encode())
        assert (name, kept.content == shown) == (name, True)
        for header in ("Content-Type", "Content-Disposition", "Cache-Control"):
            assert kept[header] == before[header]


def test_kept_table_is_the_drawn_one_however_it_is_asked_for(client, published):
    drawn = client.get("/2025/tables/T6.json")
    make_county_files(at_once=True)
    plain = client.get("/2025/tables/T6.json")
    packed = client.get("/2025/tables/T6.json", headers={"accept-encoding": "br, gzip"})
    assert plain.content == gzip.decompress(packed.content) == drawn.content
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert (packed["ETag"], plain["Vary"]) == (f"W/{plain['ETag']}", "Accept-Encoding")
    assert "Content-Encoding" not in plain
    for tag in (plain["ETag"], packed["ETag"]):
        assert client.get("/2025/tables/T6.json", headers={"if-none-match": tag}).status_code == 304
    assert json.loads(plain.content)["rows"]


def test_large_file_rests_in_pieces_and_is_sent_piece_by_piece(
    client, published, django_assert_num_queries
):
    data = bytes(range(256)) * 4096 * 3 + b"end"
    address = "/2025/package.zip"
    keep_file(address, "年.zip", "application/zip", BytesIO(data), changed=PUBLISHED_AT)
    assert CountyFilePart.objects.count() == 4
    with django_assert_num_queries(1):
        answer = client.get(address)
    assert answer["Content-Length"] == str(len(data))
    assert "X-Accel-Expires" not in answer
    assert answer.streaming
    assert answer.getvalue() == data


def test_former_file_is_there_until_nobody_is_receiving_it(sample, published, clock):
    make_county_files()
    former = CountyFile.objects.get(address="/2025/package.zip")
    sample.shelve(published.department, version=2, reason="更正", published_at=clock.now)
    clock.turn(minutes=2)
    make_county_files()
    assert CountyFile.objects.filter(pk=former.pk).exists()
    clock.turn(minutes=11)
    make_county_files()
    assert not CountyFile.objects.filter(pk=former.pk).exists()
    assert CountyFile.objects.filter(address="/2025/package.zip").count() == 1
    assert CountyFilePart.objects.values("file").distinct().count() == CountyFile.objects.count()


def test_nothing_published_makes_nothing_and_the_command_says_so(db):
    written = StringIO()
    call_command("make_county_files", stdout=written)
    assert written.getvalue() == "重新生成了整县的文件：没有变化。\n"
    assert not CountyYear.objects.exists()


def test_command_says_what_it_made(published):
    written = StringIO()
    call_command("make_county_files", "--at-once", stdout=written)
    assert written.getvalue() == "重新生成了整县的文件：2025年、各年度。\n"


def test_files_of_all_years_alone_need_the_sites_address(published):
    make_files(ALL_YEARS)
    assert not CountyFile.objects.exists()
