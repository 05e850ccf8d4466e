import re

import pypdfium2
import pytest
from PIL import ImageChops
from weasyprint import draw

from disclosures.publishing.pdf import ruling
from disclosures.publishing.pdf.ruling import Line, join
from tests.disclosures.pdf.conftest import open_objects, press

BLACK, RED = (0, 0, 0), (1, 0, 0)
SPANS = """<table><thead><tr><th>一</th><th>二</th><th>三</th></tr></thead><tbody>
<tr><td rowspan="2">甲</td><td colspan="2">乙</td></tr>
<tr><td>丙</td><td></td></tr></tbody></table>"""
SCOPE = """<table><thead><tr class="scope"><td>编制部门</td><td>单位</td></tr>
<tr><th>一</th><th>二</th></tr></thead><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>"""


def lying(x1, x2, y=0.0, color=BLACK):
    return Line(x1, y, x2, y, 1, "solid", color)


def standing(y1, y2, x=0.0, color=BLACK):
    return Line(x, y1, x, y2, 1, "solid", color)


def paint(html):
    """The first page as a picture."""
    return pypdfium2.PdfDocument(press(html))[0].render(scale=2, grayscale=True).to_pil()


@pytest.mark.parametrize("make", [lying, standing])
def test_touching_sides_are_one_line_in_whatever_order_they_come(make):
    sides = [make(20, 30), make(0, 10.5), make(10, 20.004)]
    assert list(join(sides)) == [make(0, 30)]


@pytest.mark.parametrize("make", [lying, standing])
def test_sides_apart_stay_apart(make):
    sides = [make(0, 10), make(11, 20), make(0, 10, 5.0), make(10, 20, 7.0)]
    assert sorted(join(sides)) == sorted(sides)


def test_sides_that_differ_stay_apart():
    sides = [lying(0, 10), lying(10, 20, color=RED), standing(0, 10)]
    assert sorted(join(sides)) == sorted(sides)


def test_shorter_side_on_a_longer_one_shortens_nothing():
    assert list(join([lying(0, 30), lying(5, 10)])) == [lying(0, 30)]


@pytest.mark.parametrize("html", [SPANS, SCOPE])
def test_picture_is_the_one_that_the_engine_draws_side_by_side(html, monkeypatch):
    ours = paint(html)
    assert ours.getextrema()[0] < 128
    monkeypatch.setattr(draw, "draw_collapsed_borders", ruling.name_sides)
    monkeypatch.setattr(draw, "draw_line", ruling.draw_line)
    # Where sides overlap the engine paints the soft edge of a line twice, a little darker.
    assert ImageChops.difference(ours, paint(html)).getextrema()[1] < 64


def test_each_rule_is_drawn_once():
    file = open_objects(press(SPANS))
    strokes = re.findall(rb"\bS\b", file.pages[0].Contents.read_bytes())
    # Four lying lines, and four standing ones, of which the merged cell of 乙 breaks one in two.
    assert len(strokes) == 9
