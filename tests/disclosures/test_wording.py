"""No figure depends on the words of a sentence: other forms leave every row, chart and list."""

import re
from contextlib import contextmanager
from dataclasses import asdict, replace
from decimal import Decimal

from hypothesis import given, settings

from budgets.domain.answers import answer
from budgets.domain.content import draft
from budgets.domain.differences import compare_amounts, name_amounts
from budgets.domain.filing import Particulars
from budgets.domain.passages import list_anchors, list_changes
from budgets.domain.provenance import explain_figure, list_named_amounts
from budgets.domain.red_flags import ReviewedDocument, find_red_flags
from budgets.domain.sets.xinjiang import wording
from disclosures.demo.filings import list_gaps
from disclosures.models.index import TextKind
from disclosures.public.charts.selection import list_charts, list_year_charts
from disclosures.public.document_page import infer_last_year
from disclosures.publishing.exports.data import list_figures as list_cells
from disclosures.publishing.index.contents import (
    list_index_figures,
    list_indicators,
    list_reasons,
    list_texts,
)
from disclosures.workplace.clerk.sentences import find_words
from tests.disclosures.test_properties import supply
from tests.factories.filings import CHART, GLOSSARY, wan
from tests.factories.random_ledgers import filings
from tests.factories.union import union_filing

# What is no sentence: titles, numbers, and what figures are called where they stand alone.
KEPT = {"TITLES", "COUNTED", "NUMERALS", "STATED", "MATTERS"}
BLANK = re.compile(r"\{\w+\}")


def turn(form):
    """Another sentence with the same blanks, in the opposite order and among other words."""
    return "改" + "与".join(["", *reversed(BLANK.findall(form)), ""]) + "毕"


def reword(value):
    if isinstance(value, str):
        return turn(value)
    if value and isinstance(value[0], tuple):
        return tuple((key, turn(form)) for key, form in value)
    return tuple(map(turn, value))


@contextmanager
def other_words():
    """Every sentence form replaced; what rose is said to fall."""
    known = {name: value for name, value in vars(wording).items() if name.isupper()}
    for name, value in known.items():
        if name not in KEPT:
            setattr(wording, name, reword(value))
    wording.ROSE, wording.FELL = known["FELL"], known["ROSE"]
    wording.GREW, wording.SHRANK = known["SHRANK"], known["GREW"]
    try:
        yield
    finally:
        for name, value in known.items():
            setattr(wording, name, value)


def draw_document(filing, last_year):
    return draft(filing, CHART, GLOSSARY, last_year)


def read_values(document, earlier):
    """Everything that pages, lists and files take from a document but its sentences.

    What comes in the order of a sentence is sorted: the other one names things the other way.
    """
    texts = [each for each in list_texts(document) if each["kind"] != TextKind.SENTENCE]
    changes = [asdict(each) | {"change": values_of(each.change)} for each in list_changes(document)]
    cells = [cell.at for table in document.tables for cell in table.amounts()]
    return {
        "figures": sorted(list_index_figures(document), key=repr),
        "cells": list(list_cells(document)),
        "reasons": sorted(list_reasons(document), key=repr),
        "indicators": list(list_indicators(document)),
        "texts": texts,
        "charts": list_charts(document),
        "years": list_year_charts([(earlier, "/a/"), (document, "/b/")]),
        "answers": answer(document),
        "changes": sorted(changes, key=repr),
        "amounts": name_amounts(document),
        "differences": {
            table: sorted(own, key=lambda each: each.at)
            for table, own in compare_amounts(name_amounts(earlier), name_amounts(document))
        },
        "remembered": document.amounts,
        "inferred": infer_last_year(document),
        "flags": find_red_flags(
            ReviewedDocument(document=document, before=earlier.amounts, last=earlier)
        ),
        "gaps": sorted(list_gaps(document), key=repr),
        "words": sorted(find_words(document)),
        "places": list(list_named_amounts(document)),
        "quotes": {at: list_quoted(document, at) for at in cells[:: len(cells) // 20 + 1]},
        "anchors": list(list_anchors(document)),
        "checks": document.checks,
    }


def values_of(change):
    """A change but for the words that it is printed in."""
    return {name: getattr(change, name) for name in change.__struct_fields__ if name != "pieces"}


def list_quoted(document, at):
    """The keys of the sentences that quote a cell, and which of their pieces do."""
    found = explain_figure(document, at)
    return [
        (each["key"], sorted(span["text"] for span in each["spans"] if span["is_meant"]))
        for each in found["sentences"]
    ]


def assert_values_stay(filing, last_year=None):
    earlier = draw_document(replace(filing, year=filing.year - 1), None)
    document = draw_document(filing, last_year)
    with other_words():
        other = draw_document(filing, last_year)
    assert other.canonical != document.canonical
    values, others = read_values(document, earlier), read_values(other, earlier)
    for name, found in values.items():
        assert others[name] == found, name


def test_sample_keeps_its_values_in_other_words():
    stated = replace(
        union_filing().particulars,
        planned_vehicle_amount=wan("12.00"),
        house_area=Decimal("1234.5"),
    )
    assert_values_stay(replace(union_filing(), particulars=stated))


def test_sample_keeps_its_values_against_last_year_and_with_its_own_agency_expenses():
    own = Particulars(agency_operating=wan("3.00"), agency_operating_why="口径较窄")
    last_year = {"T5.2012901.total": wan("60.00"), "T5.2010101.total": wan("8.00")}
    assert_values_stay(replace(union_filing(), particulars=own), last_year)


@given(filings())
@settings(max_examples=settings().max_examples // 10)
def test_any_budget_keeps_its_values_in_other_words(filing):
    assert_values_stay(supply(filing, Decimal("12300.00")))
    assert_values_stay(filing, {"T5.2050803.total": wan("1.00")})
