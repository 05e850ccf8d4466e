"""What the stylesheet of paper promises: pages, headers, rows, contents, bookmarks, faces."""

import logging
import re

import pytest

from disclosures.publishing.drawing import draw_paper
from disclosures.publishing.pdf.rendering import load_styles, render_pdf
from tests.disclosures.publishing.pdf.conftest import (
    CREATED,
    draw_row,
    draw_table,
    open_pages,
    press,
)

UPRIGHT, LYING = (595, 842), (842, 595)


def draw_rows(count):
    return f"<tbody>{''.join(draw_row(number) for number in range(100, 100 + count))}</tbody>"


def draw_group(rows, lines=1):
    """A group whose first cell is merged over all its rows."""
    text = "<br>".join(["指标"] * lines)
    cells = f'<td class="text">{text}</td><td class="text">末</td></tr>'
    lead = f'<th class="head" rowspan="{rows}">产出指标</th>'
    return f'<tbody class="group"><tr>{lead}{cells}{f"<tr>{cells}" * (rows - 1)}</tbody>'


def sizes(pages):
    return [(round(page.width), round(page.height)) for page in pages]


def codes(page):
    """The numbers of the rows that stand on a page."""
    return re.findall(r"^(\d{3}) ", page.extract_text(), flags=re.MULTILINE)


def list_bookmarks(file):
    with file.open_outline() as outline:
        return [(item.title, [child.title for child in item.children]) for item in outline.root]


@pytest.mark.django_db
def test_the_stylesheet_and_the_sample_are_laid_out_without_a_warning(sample, caplog):
    load_styles.cache_clear()
    with caplog.at_level(logging.WARNING):
        page = draw_paper(sample.document, version=1, digest="0" * 64)
        render_pdf(page, title="表", author="某部门", created=CREATED)
    assert caplog.messages == []


@pytest.mark.parametrize(("kind", "size"), [("", UPRIGHT), ("wide", LYING)])
def test_a_wide_table_lies_and_another_stands(kind, size):
    pages = open_pages(press(draw_table(draw_rows(3), kind)))
    assert sizes(pages) == [size]


@pytest.mark.parametrize("kind", ["", "wide"])
def test_a_long_table_repeats_its_header_and_keeps_its_rows(kind):
    pages = open_pages(press(draw_table(draw_rows(120), kind)))
    assert len(pages) > 2
    for page in pages:
        text = page.extract_text()
        assert "编制部门：某部门 单位：万元" in text
        assert "列0 列1 列2" in text
        assert text.count("※") == 3
    assert [code for page in pages for code in codes(page)] == [str(n) for n in range(100, 220)]


def test_no_row_is_left_alone_on_the_last_page():
    for count in range(34, 44):
        pages = open_pages(press(draw_table(draw_rows(count))))
        assert len(codes(pages[-1])) >= 2


def test_a_merged_group_moves_to_the_next_page_whole():
    pages = open_pages(press(draw_table(draw_group(25) + draw_group(25), "form", head=False)))
    assert [page.extract_text().count("末") for page in pages] == [25, 25]


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_merged_group_of_36_printed_lines_fits_a_page(lines):
    names = '<tr><th class="head">一级</th><th class="head">二级<br>指标</th><td>值</td></tr>'
    group = draw_group(36 // lines, lines).replace("<tr>", f"{names}<tr>", 1)
    pages = open_pages(press(draw_table(draw_group(2) + group, "form", head=False)))
    assert pages[-1].extract_text().count("末") in (36 // lines, 36 // lines + 2)


@pytest.mark.parametrize("head", [True, False])
def test_what_is_higher_than_a_page_is_broken_and_not_lost(head):
    tall = f'<tr><td>始</td><td class="text">{"长" * 4000}</td><td>末</td></tr>'
    rows = f"<tbody>{tall}</tbody><tbody>{tall}{tall}</tbody>" + draw_group(100)
    pages = open_pages(press(draw_table(rows, "" if head else "form", head=head)))
    text = "".join(page.extract_text() for page in pages)
    assert text.count("长") == 12000
    assert text.count("末") == 103


def test_a_heading_is_never_the_last_line_of_a_page():
    for lines in range(14, 24):
        body = f"<h2>题</h2>{'<p>甲</p>' * lines}<h3>一、下节</h3><p>{'乙' * 100}</p>"
        for page in open_pages(press(f"<main>{body}</main>")):
            words = [line["text"] for line in page.extract_text_lines()]
            assert words[-1].startswith("— ")
            assert words[-2] != "一、下节"


def test_contents_name_the_page_where_each_part_begins():
    contents = (
        '<nav class="toc"><ol><li class="toc-part"><a href="#{0}">第{0}部分</a></li></ol></nav>'
    )
    parts = "".join(
        f'<section class="part" id="{key}"><h2>第{key}部分</h2>{"<p>甲</p>" * 40}</section>'
        for key in ("A", "B")
    )
    body = f'<section class="contents">{contents.format("A")}{contents.format("B")}</section>'
    pages = open_pages(press(body + f"<main>{parts}</main>"))
    listed = dict(re.findall(r"(第[AB]部分) (\d+)", pages[0].extract_text()))
    begun = {
        f"第{key}部分": str(number)
        for key in ("A", "B")
        for number, page in enumerate(pages, start=1)
        if number > 1 and f"第{key}部分" in page.extract_text()
    }
    assert listed == begun == {"第A部分": "2", "第B部分": "4"}


def test_every_page_but_the_cover_is_numbered_and_shows_version_and_digest():
    cover = '<header class="cover"><h1 class="title">封面</h1></header>'
    attributes = 'data-version="第3版" data-digest="SHA-256 0a1b"'
    pages = open_pages(press(f"{cover}<main><p>甲</p></main>", attributes=attributes))
    assert pages[0].extract_text() == "封面"
    assert pages[1].extract_text() == "甲\n— 2 —\n第3版 SHA-256 0a1b"


def test_a_draft_says_so_on_every_page():
    table = draw_table(draw_rows(60))
    pages = open_pages(press(table, attributes='class="draft" data-mark="草稿"'))
    assert len(pages) == 2
    assert all({"草", "稿"} <= {char["text"] for char in page.chars} for page in pages)


@pytest.mark.django_db
def test_the_sample_has_bookmarks_for_parts_tables_and_sections(objects):
    bookmarks = list_bookmarks(objects)
    assert [title for title, _ in bookmarks] == [
        "目录",
        "第一部分 2025年部门概况",
        "第二部分 2025年部门预算公开表",
        "第三部分 2025年部门预算情况说明",
        "第四部分 名词解释",
    ]
    assert bookmarks[2][1][:2] == ["表1 部门收支总体情况表", "表2 部门收入总体情况表"]
    assert len(bookmarks[2][1]) == 11
    assert len(bookmarks[3][1]) == 14


@pytest.mark.django_db
def test_the_sample_lies_where_its_tables_are_wide(pages):
    lying = [page.extract_text().split()[0] for page in pages if page.width > page.height]
    assert lying == ["表2", "表7"]


@pytest.mark.django_db
def test_the_sample_uses_no_face_but_ours(objects):
    fonts = objects.pages[0].Resources.Font
    names = {str(font.BaseFont).split("+")[1] for font in fonts.values()}
    assert names == {f"Disclosure-{name}" for name in ("Fang", "Hei", "Kai", "Song", "Title")}


@pytest.mark.django_db
def test_the_text_of_the_sample_is_ordinary_chinese(pages):
    text = "".join(page.extract_text() for page in pages)
    assert not re.search("[\u2e80-\u2fdf]", text)
    assert "尉犁县总工会2025年所有收入和支出均纳入部门预算管理" in text.replace("\n", "")


@pytest.mark.django_db
def test_the_sample_is_a_small_file(paper):
    assert len(paper) < 700_000
