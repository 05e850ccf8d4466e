import re

import pytest

from tests.disclosures.publishing.pdf.conftest import open_pages, press

LEFT, RIGHT = 76.5, 524.7
TEXT = (
    "按照全口径预算的原则，某部门2025年所有收入和支出均纳入部门预算管理。收支总预算265.89万元，"
    "比上年预算增加1.43万元，增长1.05%，主要原因是我部门人员调资、社保医保基数调增，因此一般公共"
    "预算相比上年增加，《中国工会章程》（修正案）规定的经费照常安排。"
)
FIGURES = re.compile(r"\d+\.\d\d")


def draw(text):
    """A paragraph, its figures linked as those of the notes are."""
    linked = FIGURES.sub(lambda figure: f'<a href="#N">{figure[0]}</a>', text)
    return open_pages(press(f'<h2 id="N">题</h2><p>{linked}</p>'))[0]


@pytest.fixture(scope="module")
def page():
    return draw(TEXT)


@pytest.fixture(scope="module")
def lines(page):
    return [line for line in page.extract_text_lines() if round(line["chars"][0]["size"]) == 16]


def test_every_line_but_the_last_ends_at_the_margin(lines):
    assert len(lines) > 4
    assert [line["x1"] for line in lines[:-1]] == pytest.approx([RIGHT] * (len(lines) - 1), abs=0.6)
    assert lines[-1]["x1"] < RIGHT - 16


def test_every_line_begins_at_the_margin(lines):
    starts = [LEFT + 32] + [LEFT] * (len(lines) - 1)
    assert [line["x0"] for line in lines] == pytest.approx(starts, abs=0.6)


def test_figures_are_not_torn_apart(lines):
    for line in lines:
        for one, next_one in zip(line["chars"], line["chars"][1:], strict=False):
            if one["text"] in "0123456789" and next_one["text"] in "0123456789.":
                assert next_one["x0"] - one["x1"] == pytest.approx(0, abs=0.05)


def test_the_room_is_spread_evenly(lines):
    for line in lines[:-1]:
        gaps = [
            after["x0"] - before["x1"]
            for before, after in zip(line["chars"], line["chars"][1:], strict=False)
            if before["text"] > "\u3000" and after["text"] > "\u3000"
        ]
        assert max(gaps) - min(gaps) < 0.1
        assert max(gaps) <= 0.095 * 16 + 0.05


def test_characters_do_not_overlap(lines):
    for line in lines:
        pairs = zip(line["chars"], line["chars"][1:], strict=False)
        assert all(after["x0"] > before["x1"] - 0.05 for before, after in pairs)


def test_text_reads_as_it_was_written(page):
    assert TEXT in page.extract_text().replace("\n", "")


def test_a_line_with_too_much_room_stays_short_and_readable():
    page = draw("预算数一二三四五六七八九十一二三四五六" + "8" * 24 + "万元。")
    first = page.extract_text_lines()[1]
    assert first["x1"] < RIGHT - 32
    assert " " not in first["text"]
