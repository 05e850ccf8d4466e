"""What we print, we recognize: each title, heading and fixed row of the set."""

import pytest

from budgets import spreadsheets
from budgets.domain.sets.xinjiang import XINJIANG
from budgets.domain.tables.form import RowKind, block_columns, list_amounts
from budgets.domain.text import squeeze
from budgets.importing.published.headings import find_header, find_sections, text_of
from budgets.importing.published.keys import KEYERS
from tests.budgets.domain.sets.xinjiang.test_tables import SEVENTEEN
from tests.factories.published_ledgers import export


@pytest.fixture(scope="module")
def sections():
    """The tables found in our own spreadsheet of a filing with money of every kind."""
    sheets = spreadsheets.read_raw(spreadsheets.open_book(export(SEVENTEEN)))
    return {section.form.key: section for section in find_sections(sheets, XINJIANG)}


def test_every_title_is_its_own_tables(sections):
    assert {key: section.form.title for key, section in sections.items()} == {
        form.key: form.title for form in XINJIANG.forms
    }
    assert all(
        any(text_of(cell).endswith(squeeze(section.form.title)) for cell in section.lines[0])
        for section in sections.values()
    )


@pytest.mark.parametrize("form", XINJIANG.forms, ids=lambda form: form.key)
def test_every_heading_is_found_in_the_column_that_it_is_printed_over(sections, form):
    header = find_header(form, sections[form.key].lines)
    printed = [column.key for block in form.blocks for column in block_columns(block)]
    for side, block in zip(header.sides, form.blocks, strict=True):
        columns = block_columns(block)
        before = sum(len(block_columns(each)) for each in form.blocks[: form.blocks.index(block)])
        places = {column.key: before + n for n, column in enumerate(columns)}
        assert side.columns == {each.key: places[each.key] for each in list_amounts(block)}
        leads = {key: place for key, place in side.leads.items() if key in printed}
        if block.rows.kind is RowKind.CLASS:
            assert side.leads == {"class": before}
        else:
            named = [column.key for column in columns if column.kind != "amount"]
            assert leads == {key: places[key] for key in named}
        assert side.missing == []
    assert header.twice == []


@pytest.mark.parametrize("form", XINJIANG.forms, ids=lambda form: form.key)
def test_every_fixed_row_is_read_as_itself(sections, form):
    header = find_header(form, sections[form.key].lines)
    for side in header.sides:
        if side.block.rows.kind is RowKind.ITEM:
            keyer = KEYERS[RowKind.ITEM](side, {})
            found = [keyer.key(line) for line in sections[form.key].lines[header.body :]]
            keys = [key.code for key in found if key and key.code]
            assert keys == [item.key for item in side.block.rows.items]
