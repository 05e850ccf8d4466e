"""The document's JSON: one text for one document, read back equal, and nothing else accepted."""

import json
from decimal import Decimal

import msgspec
import pytest

from budgets.domain.content import draft
from budgets.domain.document import (
    Cell,
    Change,
    Figure,
    GlossaryWords,
    OwnWords,
    Paragraph,
    Run,
    Stated,
    Table,
    UnreadableDocumentError,
    encode,
    from_json,
    list_runs,
    to_json,
    walk,
)
from tests.factories.filings import CHART, GLOSSARY
from tests.factories.union import union_filing

DOCUMENT = draft(union_filing(), CHART, GLOSSARY)


def test_text_is_canonical_and_read_back_equal():
    text = to_json(DOCUMENT)
    plain = json.loads(text)
    assert text == json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert plain["format"] == "budget-disclosure/2"
    assert from_json(text) == DOCUMENT
    assert to_json(from_json(text)) == text


def change(path, value):
    """The document's text with another value at a path."""
    data = json.loads(to_json(DOCUMENT))
    node = data
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return encode(data)


CELL = ("tables", 0, "groups", 0, 0, "cells", 1)


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("format",), "budget-disclosure/1", "unknown format 'budget-disclosure/1'"),
        (("colour",), "red", "unknown field `colour`"),
        (("year",), "2025", "$.year"),
        (("tables", 0, "colour"), "red", "$.tables[0]"),
        ((*CELL, "yuan"), "1381800", "$.tables[0].groups[0][0].cells[1]"),
        ((*CELL, "yuan"), "NaN", "$.tables[0].groups[0][0].cells[1]"),
        ((*CELL, "yuan"), "1E+2", "$.tables[0].groups[0][0].cells[1]"),
        ((*CELL, "at"), "", "$.tables[0].groups[0][0].cells[1]"),
        ((*CELL, "at"), "T1 total", "$.tables[0].groups[0][0].cells[1].at"),
        ((*CELL, "text"), "", "$.tables[0].groups[0][0].cells[1]"),
        (("parts", 0, "sections", 0, "blocks", 0, "type"), "picture", "blocks[0].type"),
        (("parts", 1, "tables"), ["T1", "T99"], "a table is named that is not there"),
        (("checks", 0, "result"), "perhaps", "$.checks[0].result"),
    ],
)
def test_anything_else_is_refused_with_its_place(path, value, told):
    with pytest.raises(UnreadableDocumentError) as refused:
        from_json(change(path, value))
    assert told in str(refused.value)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', "\x00"])
def test_what_is_no_document_is_refused(text):
    with pytest.raises(UnreadableDocumentError):
        from_json(text)


def test_document_cannot_be_changed():
    with pytest.raises(AttributeError):
        DOCUMENT.year = 2026


def test_walk_meets_every_value_with_its_address():
    met = list(walk(DOCUMENT))
    assert [at for at, node in met if isinstance(node, Table)] == [t.key for t in DOCUMENT.tables]
    cells = {at: node.yuan for at, node in met if isinstance(node, Cell)}
    assert cells["T1.total.income"] == Decimal("2658900.00")
    paragraphs = [at for at, node in met if isinstance(node, Paragraph)]
    assert paragraphs == [paragraph.key for paragraph in DOCUMENT.paragraphs()]
    assert {type(node) for _, node in met} >= {Change, Figure, OwnWords, Stated, GlossaryWords}
    assert [node.text for at, node in met if at == "N1.total" and isinstance(node, Figure)] == [
        "265.89"
    ]


def test_runs_join_plain_words_and_set_figures_apart():
    (paragraph,) = [each for each in DOCUMENT.paragraphs() if each.key == "N3.T3.total.basic"]
    at = "T3.total.basic"
    assert list_runs(paragraph.spans) == [
        Run("基本支出"),
        Run("138.18", at, is_figure=True),
        Run("万元，占"),
        Run("51.97", at, is_figure=True),
        Run("%，比上年预算增加"),
        Run("1.43", at, is_figure=True),
        Run("万元，增长"),
        Run("1.05", at, is_figure=True),
        Run("%，主要原因是"),
        Run(paragraph.spans[-2].text, is_words=True),
        Run("。"),
    ]


def test_values_check_themselves_when_they_are_made():
    with pytest.raises(ValueError, match="two decimal places"):
        Figure(text="1.00", at="T1.total.income", yuan=Decimal("1E+4"))
    with pytest.raises(ValueError, match="have an address"):
        msgspec.structs.replace(DOCUMENT.tables[0].rows()[0].cells[1], at="")
