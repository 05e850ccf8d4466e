"""What public answers say of themselves: for how long, for whom, at which address."""

import subprocess
import sys
from typing import ClassVar

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import resolve

from disclosures.public.county_files import make_county_files
from disclosures.public.responses import LARGEST, MINUTE, identify_release, public_page
from tests.addresses import ADDRESSES, list_names
from tests.factories.county import correct

FOREVER = {"version-file", "version-table", "version-picture-file"}
ASKING = {"identify"}
PAGED = (
    *("code", "code-scope", "code-scope-by", "topic", "topic-year", "topic-year-by"),
    *("reasons", "reasons-year", "reasons-year-by", "timeliness", "timeliness-year"),
    *("corrections", "projects", "projects-year", "projects-money", "projects-money-by"),
    *("indicators", "indicators-year", "years"),
)
# What the pages read of their addresses.
READ = {
    "page": {"unit", "last"},
    "version": {"unit", "last"},
    "search": {"q", "year", "kind", "page"},
    "compare": {"department", "year", "scope", "level"},
    "compare-list": {"department", "year", "scope", "level"},
    **{name: {"page"} for name in PAGED},
}
VALUES = {"unit": "yuan", "last": "1", "department": "107001", "level": "2"}
# One of each kind that a release consists of.
PIECES = (
    "budgets/domain/answers.py",
    "budgets/domain/provenance.py",
    "budgets/domain/sets/xinjiang/notes.py",
    "config/views.py",
    "config/locale/zh_Hans/LC_MESSAGES/django.mo",
    "disclosures/public/responses.py",
    "disclosures/publishing/pdf/fonts/NotoSansSC-Medium.ttf",
    "static/disclosures/finder.js",
    "static/disclosures/site.css",
    "templates/base.html",
    "requirements.txt",
)


@pytest.fixture
def corrected(published, sample, tmp_path, settings):
    """The sample's two versions."""
    settings.MEDIA_ROOT = tmp_path
    in_memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = settings.CACHES | {"pictures": in_memory}
    settings.KEEP_PICTURES = True
    disclosure = correct(sample, published.department)
    make_county_files(at_once=True)
    return disclosure


class Listener(QueryDict):
    """A question that writes down which of its words were asked for."""

    heard: ClassVar[set] = set()

    def get(self, key, default=None):
        self.heard.add(key)
        return super().get(key, default)

    def getlist(self, key, default=None):
        self.heard.add(key)
        return super().getlist(key, default)


@pytest.mark.django_db
def test_what_a_page_reads_it_also_knows(client, corrected, monkeypatch):
    monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", Listener)
    assert {*ADDRESSES} == list_names()
    heard = {}
    for name, address in ADDRESSES.items():
        assert resolve(address.partition("?")[0]).url_name == name
        Listener.heard = heard[name] = set()
        assert client.get(address).status_code == 200
    assert {name: words for name, words in heard.items() if words} == READ | {
        "identify": {"digest"}
    }
    for name, words in READ.items():
        for word in words:
            plain = ADDRESSES[name].partition("?")[0]
            answer = client.get(plain, {word: VALUES.get(word, "1")})
            # A page of a list has an address of its own, and the first is the list's.
            is_page = name in PAGED and word == "page"
            assert (answer.status_code == 302) is is_page, (name, word)


@pytest.mark.django_db
def test_any_other_word_leads_to_the_page_without_it(client, corrected):
    for name, address in ADDRESSES.items():
        strange = f"{address}{'&' if '?' in address else '?'}utm_source=wechat&x=1"
        answer = client.get(strange)
        if name in ASKING:
            assert answer.status_code == 200
            continue
        assert (name, answer.status_code) == (name, 302)
        assert client.get(answer["Location"]).status_code == 200, name
        assert client.get(answer["Location"]).request["QUERY_STRING"].count("=") == (
            address.count("=")
        )
        assert "Cache-Control" not in answer


@pytest.mark.django_db
def test_every_page_is_the_same_for_everybody(client, corrected):
    person = Client()
    person.force_login(User.objects.create_superuser("root"))
    person.cookies["csrftoken"] = "a" * 32
    quarter = MINUTE // 4
    for name, address in ADDRESSES.items():
        stranger, known = (each.get(address) for each in (client, person))
        assert (name, stranger.status_code) == (name, 200)
        body = stranger.getvalue()
        assert (name, known.getvalue() == body) == (name, True)
        assert b"csrfmiddlewaretoken" not in body, name
        assert not stranger.cookies, name
        assert not known.cookies, name
        assert stranger.headers == known.headers, name
        assert stranger.get("Vary", "Accept-Encoding") == "Accept-Encoding", name
        if name not in ASKING:
            assert stranger["Cache-Control"] == (
                "public, max-age=31536000, immutable"
                if name in FOREVER
                else f"public, max-age={quarter}, stale-while-revalidate={quarter}"
            ), name


@pytest.mark.django_db
def test_head_and_conditions(client, corrected):
    for name, address in ADDRESSES.items():
        drawn, told = client.get(address), client.head(address)
        assert (told.status_code, told.getvalue()) == (200, b""), name
        if name in ASKING:
            continue
        known = client.get(address, headers={"if-none-match": drawn["ETag"]})
        assert (known.status_code, known.content) == (304, b""), name
        assert known["ETag"] == drawn["ETag"]
        assert known["Cache-Control"] == drawn["Cache-Control"]
        # The mark of the compressed page is as good.
        packed = client.get(address, headers={"accept-encoding": "gzip"})["ETag"]
        assert client.get(address, headers={"if-none-match": packed}).status_code == 304, name
        again = client.get(address)
        assert (again.status_code, again.getvalue()) == (200, drawn.getvalue()), name


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("", None),
        ("unit=yuan", None),
        ("unit=yuan&last=1", None),
        ("last=1&unit=yuan", "unit=yuan&last=1"),
        ("unit=yuan&unit=yuan", "unit=yuan"),
        ("unit=%79uan", "unit=yuan"),
        ("unit=dollar", ""),
        ("unit", ""),
        ("unit=yuan&", "unit=yuan"),
        ("&&", ""),
        ("x=1&last=1", "last=1"),
        ("q=%E5%B7%A5", None),
        ("q=a+b&q=c&page=2", None),
        ("q=a+b&x=1&unit=yuan", "unit=yuan&q=a+b"),
        ("q=&x", "q="),
    ],
)
def test_canonical_address(rf, asked, known):
    view = public_page(parameters=["unit=yuan", "last=1", "q", "page"])(
        lambda request: HttpResponse("here")
    )
    answer = view(rf.get(f"/a?b/?{asked}".replace("a?b", "a%3Fb")))
    if known is None:
        assert answer.status_code == 200
        return
    assert answer.status_code == 302
    assert answer["Location"] == "/a%3Fb/" + (f"?{known}" if known else "")


def show(rf, make, asked="", **options):
    """What a view of this answer says."""
    return public_page(**options)(lambda request: make(request))(rf.get(f"/{asked}"))


def hand_cookie(request):
    response = HttpResponse("yours")
    response.set_cookie("taste", "sweet")
    return response


def ask_token(request):
    return HttpResponse(get_token(request))


def ask_session(request):
    request.session = type("Session", (), {"accessed": True})()
    return HttpResponse("yours")


@pytest.mark.parametrize("make", [hand_cookie, ask_token, ask_session])
def test_what_knows_its_reader_is_for_nobody_else(rf, make):
    assert show(rf, make)["Cache-Control"] == "private, no-store"


def test_time_and_size(rf):
    answer = show(rf, lambda request: HttpResponse("a" * LARGEST), minutes=4)
    assert answer["Cache-Control"] == "public, max-age=60, stale-while-revalidate=60"
    assert "X-Accel-Expires" not in answer
    for make in (
        lambda request: HttpResponse("a" * LARGEST + "b"),
        lambda request: StreamingHttpResponse(["a"]),
    ):
        answer = show(rf, make)
        assert answer["Cache-Control"].startswith("public")
        assert answer["X-Accel-Expires"] == "0"


def test_free_question_is_not_kept_by_nginx(rf):
    def answer(request):
        return HttpResponse("here")

    known = {"parameters": ["unit=yuan", "q"]}
    assert "X-Accel-Expires" not in show(rf, answer, "?unit=yuan", **known)
    assert show(rf, answer, "?q=a", **known)["X-Accel-Expires"] == "0"
    assert show(rf, answer, "?unit=yuan&q=a", **known)["X-Accel-Expires"] == "0"
    # The interface refuses by itself what it does not know.
    assert show(rf, answer, "?x=a", parameters=None)["X-Accel-Expires"] == "0"
    assert "X-Accel-Expires" not in show(rf, answer, parameters=None)


def test_mistake_is_not_kept(rf):
    assert "Cache-Control" not in show(rf, lambda request: HttpResponse("what?", status=400))


def test_template_is_drawn_before_it_is_judged(rf):
    answer = show(rf, lambda request: SimpleTemplateResponse("500.html"))
    assert answer.is_rendered


@pytest.fixture
def release(tmp_path, settings):
    """A release's files, some of each kind, in place of the project's."""
    for name in PIECES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before")
    settings.BASE_DIR = tmp_path
    return tmp_path


def name_release():
    # Past what this process keeps from its start.
    return identify_release.__wrapped__()


@pytest.mark.parametrize("piece", PIECES)
def test_release_that_changes_anything_a_page_is_made_of_has_another_name(release, piece):
    before = name_release()
    assert name_release() == before
    (release / piece).write_text("after")
    assert name_release() != before


def test_file_that_moves_or_another_table_set_makes_another_release(release, settings):
    names = [name_release()]
    (release / "templates/base.html").rename(release / "templates/other.html")
    names.append(name_release())
    settings.TABLE_SETS = settings.TABLE_SETS | {2027: "elsewhere.NINE"}
    names.append(name_release())
    assert len({*names}) == 3


def test_what_python_keeps_beside_a_module_is_no_part_of_a_release(release):
    before = name_release()
    kept = release / "budgets/__pycache__/ledger.cpython-311.pyc"
    kept.parent.mkdir()
    kept.write_bytes(b"compiled")
    assert name_release() == before


def test_pieces_of_a_release_are_files_of_the_project(settings):
    assert [name for name in PIECES if not (settings.BASE_DIR / name).is_file()] == []


def test_release_is_named_when_the_server_starts():
    start = "from config import wsgi; from disclosures.public.responses import identify_release"
    count = "print(identify_release.cache_info().currsize)"
    python = [sys.executable, "-c", f"{start}; {count}"]
    assert subprocess.check_output(python, text=True).strip() == "1"
