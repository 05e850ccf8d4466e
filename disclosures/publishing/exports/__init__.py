"""The frozen content as spreadsheet, CSV and JSON; the page and the PDF have rooms of their own."""

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
