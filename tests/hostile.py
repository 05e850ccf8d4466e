"""Attacks in every text that a person types, and judges of what comes out: page, file, feed."""

import csv
import io
import json
import re
import zipfile
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from html.parser import HTMLParser
from xml.etree.ElementTree import fromstring

import openpyxl
import pikepdf

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


class Watch(HTMLParser):
    """What a browser would run or fetch because of a page."""

    def __init__(self):
        super().__init__()
        self.harm = []

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        runs = tag == "script" and "src" not in given and "json" not in given.get("type", "")
        asks = [given.get(name, "") for name in ("src", "href", "action", "xlink:href")]
        if given.get("rel") == "stylesheet":
            asks = [each for each in asks if not each.startswith("data:text/css;")]
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


def judge_svg(data):
    tree = fromstring(data)
    tags = {each.tag.rpartition("}")[2] for each in tree.iter()}
    assert not tags & {"script", "image", "foreignObject"}
    assert [key for each in tree.iter() for key in each.attrib if key.startswith("on")] == []


def judge_feed(data):
    """A reader of feeds shows what is said to be HTML as that."""
    for each in fromstring(data).iter():
        if each.get("type") == "html":
            judge_html((each.text or "").encode())


def judge_archive(data):
    """Every file in it, as the computer of whoever unpacks it would open it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            BY_SUFFIX[name.rpartition(".")[2]](archive.read(name))


def judge_plain(data):
    data.decode("utf-8-sig")


def judge_json(data):
    json.loads(data)


def judge_png(data):
    assert data.startswith(b"\x89PNG")


BY_SUFFIX = {
    "html": judge_html,
    "csv": judge_csv,
    "json": judge_json,
    "pdf": judge_pdf,
    "xlsx": judge_xlsx,
    "svg": judge_svg,
    "png": judge_png,
    "atom": judge_feed,
    "xml": fromstring,
    "zip": judge_archive,
    "txt": judge_plain,
    "SHA256SUMS": judge_plain,
}
SUFFIXES = {
    "text/html": "html",
    "text/csv": "csv",
    "application/json": "json",
    "application/schema+json": "json",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "image/svg+xml": "svg",
    "image/png": "png",
    "application/atom+xml": "atom",
    "application/xml": "xml",
    "application/zip": "zip",
    "text/plain": "txt",
}


def judge_answer(answer):
    """An answer as a browser would take it; returns the suffix of its kind."""
    assert answer.status_code == 200, answer.request["PATH_INFO"]
    suffix = SUFFIXES[answer["Content-Type"].split(";")[0]]
    BY_SUFFIX[suffix](b"".join(answer) if answer.streaming else answer.content)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "unsafe" not in answer["Content-Security-Policy"]
    return suffix
