"""One filing whose every text is an attack, published; then looked for wherever it comes out."""

import csv
import io
import json
import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from html.parser import HTMLParser
from xml.etree.ElementTree import fromstring

import openpyxl
import pikepdf
import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from budgets import ledger
from budgets.access import Role
from budgets.models import Budget, Department
from disclosures.publication import publish
from tests.cast import appoint, hire, load_chart
from tests.disclosures.union import union_filing

FORMULA = "=cmd|' /C calc'!A0"
ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd onerror=alert(1)>",
    "{{ 7|add:42 }}{% now 'Y' %}",
    "&amp;]]>",
    "\"'></textarea><svg onload=alert(1)>",
)
HOSTILE = FORMULA + "".join(ATTACKS)
# Columns of 50 characters, and those of 100 and 200.
SHORT, NARROW = f"{FORMULA}<script>alert(1)</script>", ("contact", "leader", "period", "basis")
NARROW += ("last_value", "scoring", "evidence", "offices", "origin")
# What names another part of the filing, or is read as a number, a code or a condition.
KEYS = {"code", "unit", "at", "function", "economic", "project", "name", "value", "phone", "level1"}
KEYS |= {"level2", "level3"}
CODE = "107001"
pytestmark = pytest.mark.django_db


def poison(thing, field=""):
    """The same filing with the attack before every text that a person types."""
    if is_dataclass(thing):
        own = {each.name: poison(getattr(thing, each.name), each.name) for each in fields(thing)}
        return replace(thing, **own)
    if isinstance(thing, tuple):
        return tuple(poison(each, field) for each in thing)
    if isinstance(thing, str) and not isinstance(thing, Enum) and field not in KEYS:
        return SHORT if field in NARROW else f"{HOSTILE}{thing}"
    return thing


def poison_names(filing):
    """The names too: of the project and of its indicators."""
    name = f"{FORMULA}<script>"
    facts = tuple(replace(each, project=name) if each.project else each for each in filing.facts)
    (plan,) = filing.projects
    own = [replace(each, level3=f"{FORMULA}<b>{each.level3}") for each in plan.indicators]
    return replace(filing, facts=facts, projects=(replace(plan, name=name, indicators=tuple(own)),))


@pytest.fixture(scope="module")
def filing():
    return poison_names(poison(union_filing()))


@pytest.fixture
def budget(filing):
    load_chart(2025)
    department = Department.objects.create(code=CODE, name=filing.department.name)
    budget = Budget.objects.create(department=department, year=2025)
    ledger.replace(budget, filing)
    return budget


def list_public(disclosure):
    """Every public address of the disclosure."""
    own = (2025, CODE)
    keys = list(disclosure.data["grids"])
    pages = [reverse(f"disclosures:{name}", args=own) for name in ("page", "charts", "picture")]
    files = [reverse("disclosures:file", args=(*own, kind)) for kind in ("pdf", "xlsx", "json")]
    forms = ("csv", "xlsx", "json")
    tables = [
        reverse("disclosures:table", args=(*own, key, form)) for key in keys for form in forms
    ]
    lists = [reverse("disclosures:published", args=(form,)) for form in forms]
    return [*pages, "/2025/107001/v1/", "/", *files, *tables, *lists]


class Watch(HTMLParser):
    """What a browser would run or fetch because of a page."""

    def __init__(self):
        super().__init__()
        self.harm = []

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        runs = tag == "script" and "src" not in given and "json" not in given.get("type", "")
        asks = [given.get(name, "") for name in ("src", "href", "action", "xlink:href")]
        if runs or any(name.startswith(("on", "style")) for name in given):
            self.harm.append((tag, given))
        if any(
            re.match(r"\s*(file:|javascript:|data:|https?://(?!testserver/))", each)
            for each in asks
        ):
            self.harm.append((tag, given))


def judge_html(data):
    watch = Watch()
    watch.feed(data.decode())
    assert watch.harm == []
    assert "<script>alert" not in data.decode()


def test_watch_sees_what_it_should():
    for text in (HOSTILE, "<p onclick='x'>", "<a href='javascript:x'>", "<p style='x'>"):
        with pytest.raises(AssertionError):
            judge_html(text.encode())


def judge_csv(data):
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
    assert [cell for cell in cells if re.match(r"[=+@\t\r]|-[^0-9]", cell)] == []


def judge_xlsx(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if cell.hyperlink] == []
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith("="))


def judge_pdf(data):
    with pikepdf.open(io.BytesIO(data)) as document:
        found = {
            key for each in document.objects if isinstance(each, pikepdf.Dictionary) for key in each
        }
        links = [
            each.get("/URI") for each in document.objects if isinstance(each, pikepdf.Dictionary)
        ]
    assert not found & {"/JS", "/JavaScript", "/Launch", "/AA", "/SubmitForm", "/ImportData"}
    assert [str(link) for link in links if link is not None and "file:" in str(link)] == []


JUDGES = {
    "text/html": judge_html,
    "text/csv": judge_csv,
    "application/json": json.loads,
    "application/pdf": judge_pdf,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": judge_xlsx,
}


def test_hostile_text_is_only_text_wherever_it_is_published(budget, client):
    disclosure, told = publish(budget), set()
    for path in list_public(disclosure):
        answer = client.get(path)
        assert answer.status_code == 200, path
        kind = answer["Content-Type"].split(";")[0]
        JUDGES[kind](answer.content)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert kind == "text/html" or answer["Content-Disposition"].startswith("attachment")
        told.add(kind)
    assert told == set(JUDGES)
    page = client.get("/2025/107001/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7|add:42 }}{% now &#x27;Y&#x27; %}" in page
    judge_charts(client)


def judge_charts(client):
    """The pictures that the page of charts offers, as XML."""
    page = client.get(reverse("disclosures:charts", args=(2025, CODE))).content.decode()
    paths = set(re.findall(r'href="([^"]+/charts/[\w-]+\.svg)"', page))
    assert paths
    for path in paths:
        tree = fromstring(client.get(path).content)
        tags = {each.tag.rpartition("}")[2] for each in tree.iter()}
        assert not tags & {"script", "image", "foreignObject"}
        assert [key for each in tree.iter() for key in each.attrib if key.startswith("on")] == []


def test_hostile_text_is_only_text_in_the_workplace(budget, client):
    hire("clerk", budget.department, "clerk")
    appoint("reviewer", Role.REVIEWER)
    for name in ("clerk", "reviewer"):
        client.force_login(User.objects.get(username=name))
        start = reverse("workplace:tasks", args=(2025, CODE))
        links = set(re.findall(rf'href="({start}[^"#?]+)"', client.get(start).content.decode()))
        pages = {path: client.get(path) for path in links if not path.endswith((".xlsx", ".pdf"))}
        assert {answer.status_code for answer in pages.values()} == {200}
        assert HOSTILE not in str({path: answer.content.decode() for path, answer in pages.items()})
        for answer in pages.values():
            judge_html(answer.content)


def test_template_that_goes_back_to_the_clerk_computes_nothing_of_it(budget, client):
    client.force_login(hire("clerk", budget.department, "clerk"))
    data = client.get(reverse("workplace:template", args=(2025, CODE))).content
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    computed = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert [value for value in computed if "cmd" in value] == []
    assert any(str(cell.value).startswith(FORMULA) for cell in cells)
