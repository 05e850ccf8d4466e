"""The published sample's PDF, opened; and short documents made for one question."""

import io
from datetime import UTC, datetime

import pdfplumber
import pikepdf
import pytest

from disclosures.publishing.pdf.rendering import render_pdf

CREATED = datetime(2025, 2, 14, 1, 30, tzinfo=UTC)


def wrap(body, head="", attributes=""):
    """A whole document around some markup."""
    return f'<html lang="zh-CN"><head>{head}</head><body {attributes}>{body}</body></html>'


def press(body, **wrapping):
    """The PDF of a document with this body."""
    return render_pdf(wrap(body, **wrapping), title="表", author="某部门", created=CREATED)


def draw_row(number, cells=2):
    """A row of a numbered table: a code and amounts."""
    amounts = "".join(f'<td class="amount">{number}.{place:02}</td>' for place in range(cells))
    return f'<tr class="level-1"><td class="code">{number}</td>{amounts}</tr>'


def draw_table(rows, kind="", head=True, columns=3):
    """A table as the templates print one; `rows` is the markup of its groups."""
    names = "".join(f'<th scope="col">列{place}</th>' for place in range(columns))
    marks = "<td>※</td>" * columns
    header = (
        f'<thead><tr class="scope"><td colspan="2">编制部门：某部门</td>'
        f'<td class="unit" colspan="{columns - 2}">单位：万元</td></tr>'
        f'<tr>{names}</tr><tr class="mark">{marks}</tr></thead>'
    )
    widths = f'<col class="w-{100 // columns}">' * columns
    return (
        f'<main><figure class="grid {kind}"><table><caption>表</caption>'
        f"<colgroup>{widths}</colgroup>{header if head else ''}{rows}</table></figure></main>"
    )


def open_pages(data):
    """The pages as pdfplumber reads them."""
    return pdfplumber.open(io.BytesIO(data)).pages


def open_objects(data):
    """The file as pikepdf reads it."""
    return pikepdf.open(io.BytesIO(data))


@pytest.fixture(scope="session")
def paper(sample):
    """The bytes of the sample's PDF, as published."""
    return sample.file("pdf")


@pytest.fixture(scope="session")
def pages(paper):
    """Its pages."""
    return open_pages(paper)


@pytest.fixture(scope="session")
def objects(paper):
    """Its objects."""
    return open_objects(paper)
