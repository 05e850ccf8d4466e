"""A frozen document as its JSON, to be changed and frozen again."""

import json

from budgets.domain.document import encode


def thaw(text):
    """The JSON of a document's text."""
    return json.loads(text)


def freeze_again(data):
    """The canonical text of changed JSON."""
    return encode(data).decode()


def find_cells(data, *keys):
    """Every cell of the tables with these keys, or of all."""
    return [
        cell
        for table in data["tables"]
        if not keys or table["key"] in keys
        for group in table["groups"]
        for row in group
        for cell in row["cells"]
    ]


def list_spans(data, key):
    """The spans of a paragraph."""
    return [
        span
        for part in data["parts"]
        for section in part.get("sections", ())
        for block in section["blocks"]
        if block.get("key") == key
        for span in block["spans"]
    ]
