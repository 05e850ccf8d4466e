import pikepdf
import pytest

from tests.disclosures.publishing.pdf.conftest import draw_table, open_objects, press

MERGED = (
    '<tbody class="group"><tr><th class="head">一级指标</th><th class="head">二级指标</th>'
    '<th class="head">指标值</th></tr>'
    '<tr><th class="head" rowspan="2">产出</th><th class="head">数量</th><td>1</td></tr>'
    '<tr><th class="head">质量</th><td>2</td></tr></tbody>'
)


def list_cells(data):
    """Kind, scope and whether it lists headers, of every cell, row by row."""
    file = open_objects(data)
    rows = [each for each in file.objects if is_tag(each, "/TR")]
    return [
        [
            (str(cell.S), str(cell.A.get("/Scope", "")), "/Headers" in cell.A)
            for cell in row.K
            if is_tag(cell, "/TH") or is_tag(cell, "/TD")
        ]
        for row in rows
    ]


def is_tag(each, kind):
    return hasattr(each, "get") and each.get("/S") == kind


def test_headers_over_columns_and_beside_rows_say_which_they_are():
    cells = list_cells(press(draw_table(MERGED)))
    column, row, plain = ("/TH", "/Column", False), ("/TH", "/Row", False), ("/TD", "", False)
    assert sorted(cells, key=str) == sorted(
        [
            [plain, plain],
            [column, column, column],
            [plain, plain, plain],
            [column, column, column],
            [row, row, plain],
            [row, plain],
        ],
        key=str,
    )


@pytest.mark.django_db
def test_every_header_of_the_sample_has_a_scope(objects):
    headers = [each for each in objects.objects if is_tag(each, "/TH")]
    assert len(headers) > 300
    assert {str(header.A.Scope) for header in headers} == {"/Column", "/Row"}
    assert not any("/Headers" in cell.A for cell in objects.objects if is_tag(cell, "/TD"))


def test_the_file_opens_without_repair_and_every_stream_is_deflated():
    file = open_objects(press("<p>甲</p>"))
    assert file.check_pdf_syntax() == []
    streams = [each for each in file.objects if isinstance(each, pikepdf.Stream)]
    assert {str(each.get("/Filter")) for each in streams} == {"/FlateDecode"}
