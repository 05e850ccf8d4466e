"""How a document is laid out: links that meet their cell, widths, pinned headers."""

from decimal import Decimal

from budgets.domain.document import (
    Figure,
    Finding,
    OwnWords,
    Part,
    PlacedTable,
    Result,
    Section,
    Severity,
)
from disclosures.publishing.document.composition import compose
from tests.factories.grids import cell, column, document, grid

WAN = Decimal("10000.00")


def spans_of(document):
    return document["parts"][0]["sections"][0]["blocks"][0]["spans"]


def test_compose_links_a_figure_to_its_cell():
    at = "T7.2012901:“一号”项目.total"
    table = grid([column("amount")], [[cell("amount", "1.00", at=at)]])
    made = document(Figure(text="1.00", at=at, yuan=WAN), tables=[table])
    assert spans_of(compose(made)) == [
        {
            "text": "1.00",
            "href": "#T7.2012901:%E2%80%9C%E4%B8%80%E5%8F%B7%E2%80%9D%E9%A1%B9%E7%9B%AE.total",
            "words": False,
            "term": "",
        }
    ]


def test_compose_leaves_a_figure_without_a_table_unlinked():
    figure = Figure(text="0.00", at="T7.total.total", yuan=WAN)
    assert spans_of(compose(document(figure))) == [
        {"text": "0.00", "href": "", "words": False, "term": ""}
    ]


def test_compose_links_a_figure_without_a_cell_to_its_table():
    figure = Figure(text="0.00", at="T7.2012901.total", yuan=WAN)
    (span,) = spans_of(compose(document(figure, tables=[grid([column("amount")])])))
    assert span["href"] == "#T7"


def test_compose_marks_the_words_of_the_department():
    (span,) = spans_of(compose(document(OwnWords(text="调资", at="T2.total.total"))))
    assert span == {"text": "调资", "href": "", "words": True, "term": ""}


def test_compose_lists_contents_of_titled_sections():
    untitled = Section(key="G", number="", title="", blocks=())
    part = Part(key="glossary", number="第四部分", title="名词解释", sections=(untitled,))
    entries = [each["entries"] for each in compose(document(parts=[part]))["parts"]]
    assert entries == [[{"kind": "section", "href": "#N1", "text": "一、说明"}], []]


def test_compose_puts_a_table_where_it_stands_in_the_text():
    table = grid([column("text")], key="P1")
    laid = compose(document(tables=[table], blocks=[PlacedTable(table="P1")]))
    assert laid["parts"][0]["sections"][0]["blocks"][1]["grid"]["key"] == "P1"


def test_compose_counts_checks_and_puts_open_ones_first():
    checks = [
        Finding(id=f"c{number}", title="", formula="", severity=Severity.ERROR, result=result)
        for number, result in enumerate((Result.PASSED, Result.ROUNDING, Result.PASSED), start=1)
    ]
    laid = compose(document(checks=checks))["checks"]
    assert laid["summary"] == "共核对3项：通过2项，尾差1项。"
    assert [each["id"] for each in laid["raised"]] == ["c2"]
    assert [each["id"] for each in laid["passed"]] == ["c1", "c3"]
    assert laid["has_rounding"] is True


def test_compose_tells_header_cells_of_columns_from_those_of_rows():
    rows = [
        [cell("head", "一级"), cell("head", "二级")],
        [cell("head", "产出", rowspan=2), cell("text", "数量")],
        [cell("text", "质量")],
    ]
    table = grid([column("text")] * 2, rows, key="P1")
    made = document(tables=[table], blocks=[PlacedTable(table="P1")])
    laid = compose(made)["parts"][0]["sections"][0]["blocks"][1]["grid"]
    scopes = [[each["scope"] for each in row["cells"]] for row in laid["groups"][0]]
    assert scopes == [["col", "col"], ["row", ""], [""]]
