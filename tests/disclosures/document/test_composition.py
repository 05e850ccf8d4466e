"""How frozen content is laid out: links that meet their cell, widths, pinned headers."""

from disclosures.publishing.document.composition import compose
from tests.factories.grids import cell, column, grid


def content(*spans, grids=None, checks=()):
    block = {"type": "paragraph", "key": "N1.1", "spans": list(spans)}
    section = {"key": "N1", "number": "一、", "title": "说明", "blocks": [block]}
    return {
        "year": 2025,
        "title": "公开",
        "department": {"code": "1", "name": "部门"},
        "units": [],
        "signed_on": None,
        "grids": grids or {},
        "parts": [{"key": "notes", "number": "第三部分", "title": "说明", "sections": [section]}],
        "checks": list(checks),
    }


def spans_of(document):
    return document["parts"][0]["sections"][0]["blocks"][0]["spans"]


def test_compose_links_a_figure_to_its_cell():
    at = "T7.2012901:“一号”项目.total"
    table = grid([column("amount")], [[cell("amount", "1.00", at=at)]])
    document = compose(content({"text": "1.00", "at": at}, grids={"T7": table}))
    assert spans_of(document) == [
        {
            "text": "1.00",
            "href": "#T7.2012901:%E2%80%9C%E4%B8%80%E5%8F%B7%E2%80%9D%E9%A1%B9%E7%9B%AE.total",
            "words": False,
            "term": "",
        }
    ]


def test_compose_leaves_a_figure_without_a_cell_unlinked():
    assert spans_of(compose(content({"text": "0.00", "at": "T7.total.total"}))) == [
        {"text": "0.00", "href": "", "words": False, "term": ""}
    ]


def test_compose_links_a_figure_to_a_paragraph():
    (span,) = spans_of(compose(content({"text": "4.13", "at": "N1.1"})))
    assert span["href"] == "#N1.1"


def test_compose_marks_the_words_of_the_department():
    (span,) = spans_of(compose(content({"text": "调资", "words": "T2.total.total"})))
    assert span == {"text": "调资", "href": "", "words": True, "term": ""}


def test_compose_lists_contents_of_titled_sections():
    frozen = content()
    frozen["parts"][0]["sections"].append({"key": "G", "number": "", "title": "", "blocks": []})
    assert compose(frozen)["parts"][0]["entries"] == [
        {"kind": "section", "href": "#N1", "text": "一、说明"}
    ]


def test_compose_puts_a_grid_where_it_stands_in_the_text():
    frozen = content(grids={"P1": grid([column("text")], key="P1")})
    blocks = frozen["parts"][0]["sections"][0]["blocks"]
    blocks.append({"type": "grid", "grid": "P1"})
    assert compose(frozen)["parts"][0]["sections"][0]["blocks"][1]["grid"]["key"] == "P1"


def test_compose_counts_checks_and_puts_open_ones_first():
    def finding(number, result, label):
        return {"id": f"c{number}", "result": result, "label": label, "sides": []}

    checks = [
        finding(1, "passed", "通过"),
        finding(2, "rounding", "尾差"),
        finding(3, "passed", "通过"),
    ]
    laid = compose(content(checks=checks))["checks"]
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
    frozen = content(grids={"P1": grid([column("text")] * 2, rows, key="P1")})
    frozen["parts"][0]["sections"][0]["blocks"] = [{"type": "grid", "grid": "P1"}]
    laid = compose(frozen)["parts"][0]["sections"][0]["blocks"][0]["grid"]
    scopes = [[each["scope"] for each in row["cells"]] for row in laid["groups"][0]]
    assert scopes == [["col", "col"], ["row", ""], [""]]
