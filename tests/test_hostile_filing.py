"""One filing whose every text is an attack, published; then looked for wherever it comes out."""

import io
import re
from dataclasses import replace
from io import StringIO
from urllib.parse import quote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.html import escape

from budgets import ledger
from budgets.models import (
    Budget,
    Department,
    EconomicCode,
    FormerName,
    FunctionCode,
    GlossaryTerm,
    Post,
    State,
)
from disclosures.models import FileKind
from disclosures.public.county_files import make_county_files
from disclosures.public.reports import REPORTS
from disclosures.publishing.publication import carry_out, publish
from disclosures.workflow import comments
from disclosures.workflow.drafting import draft_budget
from disclosures.workflow.moves import Attempt, Move
from tests.addresses import ADDRESSES
from tests.factories.people import COUNTY, appoint, hire, load_chart
from tests.factories.union import union_filing
from tests.hostile import (
    BY_SUFFIX,
    FORMULA,
    HOSTILE,
    SHORT,
    SUFFIXES,
    judge_answer,
    judge_html,
    poison,
    poison_names,
)

CODE = "107001"
PROJECT = f"{FORMULA}<script>"
SEARCHES = ("<script>", "cmd", "alert(1)", "{{7|add:42}}", "onerror=", "\"'></textarea>")
API = "/api/v1"
LISTS = ("home", "board", "inbox", "check_list", "release", "log")
KEPT = ("budgets_department", "budgets_functioncode", "budgets_glossaryterm", "auth_user")
# What is not this person's to see.
REFUSED = {403, 404}
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def filing():
    return poison_names(poison(union_filing()))


@pytest.fixture
def budget(filing):
    load_chart(2025)
    for kind in (FunctionCode, EconomicCode):
        kind.objects.update(name=Concat(Value(SHORT), F("name")))
    GlossaryTerm.objects.update(term=Concat(F("term"), Value(SHORT)), meaning=HOSTILE)
    department = Department.objects.create(code=CODE, name=f"{SHORT}总工会")
    FormerName.objects.create(department=department, name=f"{SHORT}旧会", until=2020)
    budget = Budget.objects.create(department=department, year=2025)
    ledger.replace_filing(budget, filing)
    return budget


@pytest.fixture
def corrected(budget, filing, settings, tmp_path):
    """In force is a correction for a hostile reason."""
    settings.MEDIA_ROOT = tmp_path / "media"
    publish(budget, bind=lambda made: dict.fromkeys(FileKind, made.title.encode()))
    ledger.replace_filing(budget, replace(filing, profile=replace(filing.profile, retired=14)))
    disclosure = publish(budget, reason=f"{HOSTILE}更正")
    make_county_files(at_once=True)
    return disclosure


def list_public(client, disclosure):
    """Every public address there is, every table, and the interface for programs."""
    own = ADDRESSES | {"project": f"/projects/{CODE}/{quote(PROJECT)}/"}
    forms = ("csv", "xlsx", "json")
    lists = [path.removesuffix(".csv") for path in own.values() if path.endswith(".csv")]
    tables = [f"/2025/{CODE}/tables/{key}" for key in disclosure.document.tables_by_key]
    offered = client.get(f"{API}/openapi.json").json()["paths"]
    resources = [
        path.format(year=2025, code=CODE, key="T5", name=name)
        for path in offered
        for name in (REPORTS if "{name}" in path else ("",))
    ]
    page = client.get(ADDRESSES["charts"]).content.decode()
    return {
        *own.values(),
        *(f"/2025/{CODE}.{kind}" for kind in FileKind),
        *(f"{path}.{form}" for path in (*lists, *tables) for form in forms),
        *(f"/search/?q={quote(words)}" for words in SEARCHES),
        *re.findall(r'href="([^"]+/charts/[\w-]+\.svg)"', page),
        *resources,
    }


@pytest.mark.parametrize("text", [HOSTILE, "<p onclick='x'>", "<a href='javascript:x'>"])
def test_watch_sees_what_it_should(text):
    with pytest.raises(AssertionError):
        judge_html(text.encode())


def judge_site(site):
    """The public site as files; the first version's own are stand-ins of this test."""
    host = {"address": "http://testserver", "stdout": StringIO()}
    call_command("export_site", str(site), "--brief", **host)
    files = [path for path in site.rglob("*.*") if path.is_file() and path.stem != "v1"]
    own = [path for path in files if path.suffix[1:] in BY_SUFFIX]
    for path in own:
        BY_SUFFIX[path.suffix[1:]](path.read_bytes())
    assert len(own) > 400


def test_hostile_text_is_only_text_wherever_it_is_published(corrected, client, tmp_path):
    judged = {path: judge_answer(client.get(path)) for path in list_public(client, corrected)}
    assert set(judged.values()) == set(SUFFIXES.values())
    page = client.get(f"/2025/{CODE}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7|add:42 }}{% now &#x27;Y&#x27; %}" in page
    judge_site(tmp_path / "site")


@pytest.fixture
def people(budget):
    """The clerk, and who looks at what he has filed, under hostile names."""
    clerk = hire(f"clerk{SHORT}", budget.department, Post.CLERK)
    return [clerk, *(appoint(f"{role}{SHORT}", role) for role in COUNTY.values())]


def converse(client, budget, people):
    """Hostile words wherever people speak to each other, and one at the door."""
    clerk, reviewer, *_ = people
    client.force_login(clerk)
    file = SimpleUploadedFile(f"{SHORT}.xlsx", b"none")
    client.post(reverse("filing:upload", args=(2025, CODE)), {"file": file})
    client.post(reverse("admin:login"), {"username": f"{HOSTILE}\x07\u202e", "password": HOSTILE})
    Budget.objects.update(state=State.SUBMITTED)
    thread = comments.comment(budget, reviewer, "T5.2012901.total", HOSTILE)
    comments.reply(thread, clerk, HOSTILE)
    seen = draft_budget(budget).digest
    carry_out(Attempt(budget=budget, who=reviewer, move=Move.RETURN, words=HOSTILE, seen=seen))


def list_inside(client):
    """What the person sees: the lists, the log, and all that the budget's own page leads to."""
    start = reverse("workplace:tasks", args=(2025, CODE))
    links = re.findall(rf'href="({start}[^"#?]+)"', client.get(start).content.decode())
    lists = [reverse(f"workplace:{name}") for name in LISTS]
    lists += [f"{reverse('workplace:board')}?form={form}" for form in ("csv", "xlsx")]
    lists += [reverse("workplace:log_file", args=(form,)) for form in ("csv", "xlsx")]
    kept = [reverse(f"admin:{model}_changelist") for model in KEPT]
    review = reverse("workplace:review", args=(2025, CODE))
    own = [path for path in links if not path.endswith(("template.xlsx", ".pdf"))]
    paths = {start, review, *lists, *kept, *own}
    return [answer for path in paths if (answer := client.get(path)).status_code not in REFUSED]


def test_hostile_text_is_only_text_in_the_workplace(budget, people, client):
    converse(client, budget, people)
    told = []
    for person in people:
        client.force_login(person)
        answers = list_inside(client)
        assert [judge_answer(answer) for answer in answers].count("html") > 10
        pages = [each.content.decode() for each in answers if "html" in each["Content-Type"]]
        told.append("".join(pages))
    assert [escape(HOSTILE) in each for each in told] == [True] * len(people)
    assert HOSTILE not in "".join(told)


def test_template_that_goes_back_to_the_clerk_computes_nothing_of_it(budget, client):
    client.force_login(hire("clerk", budget.department, "clerk"))
    data = client.get(reverse("workplace:template", args=(2025, CODE))).content
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    computed = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert [value for value in computed if "cmd" in value] == []
    assert any(str(cell.value).startswith(FORMULA) for cell in cells)
