import pydyf
from weasyprint.layout import inline
from weasyprint.text import line_break

from disclosures.publishing.pdf import memory
from tests.disclosures.pdf.conftest import draw_row, draw_table, press

BODY = "<h2>第二部分</h2><p>按照<a href='#T3'>265.89</a>万元</p>" + draw_table(
    f'<tbody class="group">{"".join(map(draw_row, range(120)))}</tbody>'
)


def test_document_is_the_same_without_memory(monkeypatch):
    remembered = press(BODY)
    monkeypatch.setattr(inline, "strut", line_break.strut)
    forgetful = line_break.get_font_description.__wrapped__
    monkeypatch.setattr(line_break, "get_font_description", forgetful)
    monkeypatch.setattr(pydyf.PDF, "page_references", property(memory.list_references))
    assert press(BODY) == remembered


def test_a_style_is_worked_out_once():
    class Style:
        pass

    asked = []
    recall = memory.remember(lambda style: asked.append(style) or len(asked))
    one, other = Style(), Style()
    assert [recall(style) for style in (one, other, one)] == [1, 2, 1]


def test_references_follow_the_pages():
    pdf = pydyf.PDF()
    assert pdf.page_references == ()
    for count in (1, 2):
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
        assert pdf.page_references == memory.list_references(pdf)
        assert len(pdf.page_references) == count
