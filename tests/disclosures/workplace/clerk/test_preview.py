"""The preview: the public page and PDF as they will be, marked as a draft on every page."""

import re
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest
from django.urls import reverse
from lxml import html

from budgets import ledger
from budgets.models import Budget
from disclosures.publishing.publication import publish
from tests.disclosures.forms import join, read_page
from tests.factories.filings import wan
from tests.factories.people import load_chart
from tests.factories.union import last_year, union_filing

pytestmark = pytest.mark.django_db

PREVIEW = reverse("workplace:preview", args=(2025, "107001"))
PDF = reverse("workplace:preview_pdf", args=(2025, "107001"))
# What stands beside the document on the public page only: files, and how to open and cite.
OWN_TO_THE_PUBLIC = re.compile(
    r"本表 CSV Excel JSON|\u2060§|，表格里的数再点一下.*?给出一句话的引用"
)


def see(client, who, path=PREVIEW, **asked):
    client.force_login(who)
    return client.get(path, asked).content.decode()


def read_text(markup):
    """The headings and sentences of the document, in order."""
    (article,) = html.fromstring(markup).xpath("//article")
    return [join(each) for each in article.xpath(".//h2 | .//h3 | .//h4 | .//p")]


def read_last(markup):
    """Last year's amounts on the page, by the address of their cell; 新增 had none."""
    cells = html.fromstring(markup).xpath("//small[@class='last']")
    return {cell.getparent().get("id"): cell.xpath("string(text())") or "0.00" for cell in cells}


def test_preview_says_what_the_public_page_will_say(budget, clerk, client):
    draft = see(client, clerk)
    publish(budget)
    public = client.get(reverse("disclosures:page", args=(2025, "107001"))).content.decode()
    assert read_page(draft) == read_page(public)
    text, published = read_text(draft), read_text(public)
    assert "本表 CSV Excel JSON" in "".join(published)
    published = [OWN_TO_THE_PUBLIC.sub("", line).rstrip() for line in published]
    assert text == published[: len(text)]
    assert published[len(text)] == "版本"


def test_preview_is_marked_and_leads_back(budget, clerk, client):
    page = see(client, clerk)
    assert '<body class="draft" data-mark="草稿">' in page
    assert "草稿 · 尚未公开" in page
    assert reverse("workplace:tasks", args=(2025, "107001")) in page
    assert "本表 CSV" not in page


def test_preview_counts_what_is_still_open(budget, clerk, client, refile):
    assert "检查还有" not in see(client, clerk)
    refile(signed_on=None)
    assert "检查还有 1 处" in see(client, clerk)


def test_last_year_stands_beside_as_stated(budget, clerk, client):
    assert read_last(see(client, clerk)) == {}
    shown = read_last(see(client, clerk, last="1"))
    cells = {at: f"{figure:,.2f}" for at, figure in last_year().items() if at in shown}
    assert shown == cells
    assert shown["T2.total.general_own"] == "136.75"


def test_last_year_stands_beside_as_published(budget, clerk, client):
    publish(budget)
    load_chart(2026)
    this = Budget.objects.create(department=budget.department, year=2026)
    filing = replace(union_filing(), year=2026, priors=())
    ledger.replace_filing(this, filing)
    page = see(client, clerk, reverse("workplace:preview", args=(2026, "107001")), last="1")
    shown = read_last(page)
    assert shown["T1.total.income"] == "265.89"
    assert shown["T6.30101.total"] == next(
        f"{fact.amount / wan(1):.2f}" for fact in filing.facts if fact.economic == "30101"
    )


def test_pdf_is_marked_on_every_page(budget, clerk, client):
    client.force_login(clerk)
    answer = client.get(PDF, {"last": "1"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''")
    with pdfplumber.open(BytesIO(answer.content)) as pdf:
        pages = ["".join(char["text"] for char in page.chars) for page in pdf.pages]
        assert pdf.metadata["Title"] == "尉犁县总工会2025年部门预算公开（草稿）"
    assert len(pages) > 15
    assert [number for number, text in enumerate(pages) if not {*"草稿"} <= {*text}] == []
    assert "表中小字是上年数" in pages[5]
    assert "第1版" not in "".join(pages)
