"""A list to take away: the same rows in three forms, harmless texts, equal bytes."""

import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest

from disclosures.publishing.exports.listing import Listing, build_listing

LISTED = Listing(
    title="各部门培训费",
    columns={"code": "部门编码", "name": "部门", "amount": "金额（万元）", "year": "年度"},
    rows=[
        {"code": "007", "name": "=某局", "amount": Decimal("12345.6"), "year": 2025},
        {"code": "008", "name": "'某办", "amount": None, "year": 2025},
    ],
    changed=datetime(2025, 2, 14, 8, tzinfo=UTC),
    messages=["口径：全口径。"],
)


def test_csv_is_read_by_programs_and_computed_by_none():
    assert (
        build_listing(LISTED, "csv")
        == (
            "\ufeff部门编码,部门,金额（万元）,年度\r\n007,'=某局,12345.60,2025\r\n008,''某办,,2025\r\n"
        ).encode()
    )


def test_json_names_its_columns_and_keeps_cents():
    assert json.loads(build_listing(LISTED, "json")) == {
        "title": "各部门培训费",
        "columns": [{"key": key, "label": label} for key, label in LISTED.columns.items()],
        "rows": [
            {"code": "007", "name": "=某局", "amount": "12345.60", "year": 2025},
            {"code": "008", "name": "'某办", "amount": None, "year": 2025},
        ],
        "messages": ["口径：全口径。"],
    }


def test_sheet_holds_numbers_and_texts():
    sheet = openpyxl.load_workbook(io.BytesIO(build_listing(LISTED, "xlsx"))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["部门编码", "部门", "金额（万元）", "年度"],
        ["007", "=某局", 12345.6, 2025],
        ["008", "'某办", None, 2025],
        [None] * 4,
        ["口径：全口径。", None, None, None],
    ]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "n"]
    assert (sheet["C2"].number_format, sheet["D2"].number_format) == ("#,##0.00", "0")
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == (
        "各部门培训费",
        "A2",
        "A1:D3",
    )


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_equal_lists_give_equal_bytes(form):
    assert build_listing(LISTED, form) == build_listing(LISTED, form)
