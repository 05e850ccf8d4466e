"""The frozen content as spreadsheet, CSV and JSON; the page and the PDF have rooms of their own."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def serve_file(
    data: bytes, content_type: str, name: str, *, as_attachment: bool = True
) -> HttpResponse:
    """A file under its name: saved, or shown where it is opened."""
    disposition = content_disposition_header(as_attachment, name) or ""
    return HttpResponse(data, content_type, headers={"Content-Disposition": disposition})
