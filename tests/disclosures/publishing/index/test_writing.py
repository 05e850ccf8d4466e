"""The index mirrors what is in force: all of it, only that, and the same when made again."""

from collections import Counter
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from budgets.domain.document import OwnWords
from disclosures.models.index import (
    INDEX,
    IndexEntry,
    IndexFigure,
    IndexIndicator,
    IndexReason,
    IndexText,
)
from disclosures.publishing.index.writing import find_index_differences, rebuild_index

pytestmark = pytest.mark.django_db


def dump():
    return {
        model: [
            {name: value for name, value in row.items() if name != "id"}
            for row in model.objects.order_by("pk").values()
        ]
        for model in INDEX
    }


def test_every_amount_of_the_tables_is_a_figure(published):
    amounts = published.document.amounts
    cells = IndexFigure.objects.exclude(table__in=("D2", "N12"))
    assert {figure.at: figure.amount for figure in cells} == {
        at: amount for at, amount in amounts.items() if at.startswith(("T", "P1.funds."))
    }


def test_figure_tells_its_codes_scope_and_project(published):
    (figure,) = IndexFigure.objects.filter(table="T5", function="2080505", column="total")
    assert (figure.scope, figure.year, figure.at) == ("一般公共预算", 2025, "T5.2080505.total")
    (economic,) = IndexFigure.objects.filter(table="T6", economic="30101", column="total")
    assert economic.at == "T6.30101.total"


def test_stated_figures_are_told_with_their_units(published):
    stated = IndexFigure.objects.filter(table__in=("D2", "N12"))
    found = {figure.column: (figure.unit, figure.amount) for figure in stated}
    # As the sample prints them: 政府采购预算62.60万元, and a house of which it owns nothing.
    assert found["total"] == ("yuan", Decimal("626000.00"))
    assert found["goods"] == ("yuan", Decimal("604100.00"))
    assert found["serving"][0] == "heads"
    assert {"vehicle_count", "house_area", "sme", "micro", "planned_equipment_50_count"} <= {*found}


def test_indicators_have_their_merged_levels(published):
    rows = sum(
        row.key.startswith("i") and row.key[1:].isdigit()
        for table in published.document.tables
        if table.key.startswith("P")
        for row in table.rows()
    )
    assert IndexIndicator.objects.count() == rows > 10
    assert not IndexIndicator.objects.filter(level1="").exists()
    assert not IndexIndicator.objects.filter(level2="").exists()
    assert not IndexIndicator.objects.filter(level3="").exists()


def test_every_reason_has_its_change(published):
    spans = Counter(
        span.at
        for paragraph in published.document.paragraphs()
        for span in paragraph.spans
        if isinstance(span, OwnWords) and span.kind == "reason"
    )
    assert Counter(IndexReason.objects.values_list("at", flat=True)) == spans
    for reason in IndexReason.objects.filter(paragraph__startswith="N5.T5.2"):
        sentence = IndexText.objects.get(at=reason.paragraph).text
        moved = "减少" if reason.change < 0 else "增加"
        assert f"{moved}{abs(reason.change) / 10_000:,.2f}万元" in sentence
        assert f"{abs(reason.rate):,.2f}%，主要原因是{reason.text}" in sentence


def test_entry_has_the_total_of_the_first_table(published):
    entry = IndexEntry.objects.get()
    assert (entry.name, entry.initial, entry.version) == ("尉犁县总工会", "Z", 1)
    assert entry.total == Decimal(published.document.amounts["T1.total.income"])


def test_correction_takes_the_place_of_what_it_corrects(sample, union, published):
    before = dump()
    correction = sample.shelve(union, version=2, digest="2" * 64, reason="更正采购预算")
    after = dump()
    assert {row["disclosure_id"] for rows in after.values() for row in rows} == {correction.pk}
    assert [len(rows) for rows in after.values()] == [len(rows) for rows in before.values()]


def test_index_made_again_is_the_same(sample, union, published):
    sample.shelve(union, version=2, digest="2" * 64, reason="更正采购预算")
    before = dump()
    assert rebuild_index() == 1
    assert dump() == before
    assert not list(find_index_differences())


def test_check_finds_a_figure_that_was_changed_and_a_row_that_was_left(published):
    out = StringIO()
    call_command("rebuild_index", check=True, stdout=out)
    assert out.getvalue() == "索引和公开的内容完全一致。\n"
    figure = IndexFigure.objects.first()
    IndexFigure.objects.filter(pk=figure.pk).update(amount=figure.amount + 1)
    assert list(find_index_differences()) == [f"{published}：IndexFigure 和公开的内容不一致。"]
    with pytest.raises(CommandError, match="有1处不一致"):
        call_command("rebuild_index", check=True, stderr=StringIO())
    call_command("rebuild_index", stdout=out)
    assert not list(find_index_differences())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index itself")
def test_check_finds_texts_that_are_not_in_the_index_of_pairs(published):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO disclosures_index_pairs (disclosures_index_pairs) VALUES ('delete-all')"
        )
    assert list(find_index_differences()) == ["检索用的字对和可检索的文字不一致。"]
    rebuild_index()
    assert not list(find_index_differences())
