"""How a document is printed: links, headers, contents, checks, and what stood there before."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from jinja2 import UndefinedError
from lxml import html

from budgets.domain.document import (
    Figure,
    Finding,
    OwnWords,
    Part,
    PlacedTable,
    Result,
    Section,
    Severity,
    Text,
)
from budgets.domain.filing import GlossaryEntry
from budgets.domain.sets.xinjiang.profile import glossary_section
from disclosures.publishing.drawing import (
    PrintedRun,
    Printer,
    draw_document,
    draw_paper,
    draw_piece,
    draw_table,
    pin,
)
from tests.factories.grids import cell, column, document, grid

WAN = Decimal("10000.00")
HOSTILE = '<b>"粗"</b> & <script>'


@dataclass
class Changed:
    """What stood there before, by place."""

    cells: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)
    sentences: dict = field(default_factory=dict)


def print_parts(made, **options):
    return Printer(made, **options).context["parts"]


def runs_of(made, **options):
    return list(print_parts(made, **options)[0].sections[0].blocks[0].runs)


def test_figure_leads_to_its_cell():
    at = "T7.2012901:“一号”项目.total"
    table = grid([column("amount")], [[cell("amount", "1.00", at=at)]])
    made = document(Figure(text="1.00", at=at, yuan=WAN), tables=[table])
    link = "#T7.2012901:%E2%80%9C%E4%B8%80%E5%8F%B7%E2%80%9D%E9%A1%B9%E7%9B%AE.total"
    assert runs_of(made) == [PrintedRun("1.00", "figure", link)]


def test_figure_without_a_table_leads_nowhere():
    figure = Figure(text="0.00", at="T7.total.total", yuan=WAN)
    assert runs_of(document(figure)) == [PrintedRun("0.00")]


def test_figure_without_a_cell_leads_to_its_table():
    figure = Figure(text="0.00", at="T7.2012901.total", yuan=WAN)
    (run,) = runs_of(document(figure, tables=[grid([column("amount")])]))
    assert run.href == "#T7"


def test_words_of_the_department_are_marked_and_keep_their_lines():
    (run,) = runs_of(document(OwnWords(text="调资\n<扩编>", at="T2.total.total")))
    assert run == PrintedRun("调资<br>&lt;扩编&gt;", "words")


def test_terms_are_linked_and_explained_where_everything_opens():
    entries = (
        GlossaryEntry(term="财政拨款", meaning="数。"),
        GlossaryEntry(term="项目", meaning="数。"),
    )
    sections = (glossary_section(entries),)
    part = Part(key="glossary", number="第四部分", title="名词解释", sections=sections)
    made = document(
        Text(text="用财政拨款"), OwnWords(text="项目", at="T2.total.total"), parts=[part]
    )
    assert [(run.text, run.kind) for run in runs_of(made)] == [
        ("用财政拨款", ""),
        ("项目", "words"),
    ]
    assert [(run.text, run.kind, run.href) for run in runs_of(made, opens=True)] == [
        ("用", "", ""),
        ("财政拨款", "term", "#G.1"),
        ("", "", ""),
        ("项目", "words", ""),
    ]
    notes, glossary = (each.sections[0] for each in print_parts(made, opens=True))
    assert [each.name for each in notes.terms] == ["财政拨款"]
    assert [bool(block.plain) for block in glossary.blocks] == [True, False]


def test_contents_list_titled_sections():
    untitled = Section(key="G", number="", title="", blocks=())
    part = Part(key="glossary", number="第四部分", title="名词解释", sections=(untitled,))
    entries = [each.entries for each in print_parts(document(parts=[part]))]
    assert entries == [[("section", "#N1", "一、说明")], []]


def test_table_stands_where_the_text_places_it():
    table = grid([column("text")], key="P1")
    made = document(tables=[table], blocks=[PlacedTable(table="P1")])
    assert print_parts(made)[0].sections[0].blocks[1].table.key == "P1"


def test_checks_are_counted_and_open_ones_stand_first():
    checks = [
        Finding(id=f"c{number}", title="", formula="", severity=Severity.ERROR, result=result)
        for number, result in enumerate((Result.PASSED, Result.ROUNDING, Result.PASSED), start=1)
    ]
    printed = Printer(document(checks=checks)).print_checks()
    assert printed.summary == "共核对3项：通过2项，尾差1项。"
    assert [each.source.id for each in printed.raised] == ["c2"]
    assert [each.source.id for each in printed.passed] == ["c1", "c3"]
    assert (printed.has_rounding, printed.has_unchecked) == (True, False)


def test_header_cells_of_columns_are_told_from_those_of_rows():
    rows = [
        [cell("head", "一级"), cell("head", "二级")],
        [cell("head", "产出", rowspan=2), cell("text", "数量")],
        [cell("text", "质量")],
    ]
    table = grid([column("text")] * 2, rows, key="P1")
    made = document(tables=[table], blocks=[PlacedTable(table="P1")])
    printed = print_parts(made)[0].sections[0].blocks[1].table
    assert [[each.attributes for each in row.cells] for row in printed.groups[0]] == [
        [' class="head" scope="col"', ' class="head" scope="col"'],
        [' class="head" scope="row" rowspan="2"', ' class="text"'],
        [' class="text"'],
    ]


def test_addresses_are_ids_on_the_page_and_data_on_paper():
    table = grid([column("amount")], [[cell("amount", "1.00", at='T7."r".c')]])
    made = document(tables=[table])
    (page,), (paper,) = (
        print_parts(made, paper=paper)[1].tables[0].groups[0][0].cells for paper in (False, True)
    )
    assert page.attributes == ' class="amount" id="T7.&#34;r&#34;.c"'
    assert paper.attributes == ' class="amount" data-at="T7.&#34;r&#34;.c"'


def test_what_was_there_before_stands_in_cells_and_sentences():
    table = grid([column("text"), column("amount")], [[cell("text", "新"), cell("amount", "1.00")]])
    made = document(Text(text="今年的话"), tables=[table])
    former = Changed({"T7.r.c": "2.00"}, {("T7", "r", 1): "旧"}, {"N1.1": "去年的话"})
    drawn = html.fromstring(draw_document(made, former=former).parts)
    assert [[each.text for each in place] for place in drawn.xpath("//td")] == [
        ["新", "旧"],
        ["1.00", "2.00"],
    ]
    (sentence,) = drawn.find_class("reworded")
    assert [(each.tag, each.text) for each in sentence] == [("del", "去"), ("ins", "今")]


def test_nothing_that_was_typed_is_markup_on_page_or_paper():
    rows = [[cell("label", HOSTILE), cell("amount", "1.00")]]
    table = grid([column("label"), column("amount")], rows, title=HOSTILE, department=HOSTILE)
    table = grid(table.columns, rows, title=HOSTILE, footnotes=(HOSTILE,), empty=HOSTILE)
    check = Finding(
        id="c", title=HOSTILE, formula=HOSTILE, severity=Severity.ERROR, result=Result.FAILED
    )
    spans = (Text(text=HOSTILE), OwnWords(text=HOSTILE, at="T2.total.total"))
    made = document(*spans, tables=[table], checks=[check])
    drawn = draw_document(made, former=Changed({"T7.r.c": HOSTILE}, {}, {"N1.2": HOSTILE}))
    pieces = (*(getattr(drawn, name) for name in drawn.__struct_fields__),)
    paper = draw_paper(made, version=1, digest=HOSTILE, mark=HOSTILE)
    for markup in (*pieces, paper, draw_table(made, table, base="/")):
        assert html.fromstring(markup).xpath("//b[not(parent::small)] | //script") == []


def test_a_name_that_is_not_there_fails():
    with pytest.raises(UndefinedError):
        draw_piece("checks", {})


@pytest.mark.parametrize(
    ("column_number", "colspan", "leads", "classes"),
    [
        (0, 3, 3, "pin-0"),
        (3, 1, 3, "pin-3 pin-name"),
        (0, 4, 3, "pin-0"),
        (4, 1, 3, ""),
        (0, 1, 0, "pin-0 pin-name"),
        (0, 2, 0, ""),
    ],
)
def test_pin_holds_the_headers_over_the_names(column_number, colspan, leads, classes):
    assert pin(column_number, colspan, leads) == classes
