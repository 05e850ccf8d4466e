"""Every page gives back what it was filled with, whatever the filing and the unit of money."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.chart import Chart
from budgets.domain.filing import Filing
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import validate_typed
from budgets.spreadsheets import UNITS, YUAN
from budgets.spreadsheets.filing_rows import list_filing_rows
from disclosures.workplace.clerk.entries import BY_KEY, PARTS, fingerprint, join_rows, plan_sheet
from disclosures.workplace.clerk.fields import RowList, make_form, read_texts
from disclosures.workplace.clerk.saving import find_differences
from disclosures.workplace.clerk.targets import plan_overall, plan_project
from tests.factories.random_filings import CHART, DEPARTMENT, filings


def lay(filing):
    """A filing as rows, and the rows of one that says nothing."""
    empty = Filing(department=filing.department, year=filing.year)
    return list_filing_rows(filing, CHART, YUAN), list_filing_rows(empty, Chart(empty.year), YUAN)


def post(fieldset, texts):
    """The texts as a browser sends them, with blank rows at the end."""
    return {
        fieldset.name(key, number): text
        for number, row in enumerate(fieldset.spread(texts), start=1)
        for key, text in row.items()
    }


def bind(fieldset, posted, money_unit):
    """What was posted, in its form."""
    make = partial(make_form, fieldset, money_unit, {"units": [], "targets": []})
    if fieldset.is_record:
        return make()(posted)
    return RowList(fieldset, read_texts(fieldset, posted), make)


def send_back(entry, laid, money_unit):
    """What comes of an entry that is filled, sent back as it is, and judged."""
    texts = entry.spell(laid, money_unit)
    rows, misread = {}, []
    for each in entry.fieldsets:
        form = bind(each, post(each, texts[each.key]), money_unit)
        rows[each.key], problems = form.read_rows()
        misread += problems
        read = each.spell([row.values for row in rows[each.key]], money_unit)
        assert read == texts[each.key]
        assert find_differences(each, texts[each.key], read) == []
    assert misread == []
    return join_rows(entry, laid, rows)


def list_entries(laid, unstated):
    """Every entry that a filing can be typed in."""
    yield from (plan_sheet(BY_KEY[key], laid, unstated, is_unit=False) for key in PARTS)
    yield plan_overall(laid)
    for row in laid["projects"]:
        yield plan_project(laid, (row["unit"], row["name"]), row["name"], row["unit"])


@given(filing=filings(), money_unit=st.sampled_from(list(UNITS)))
def test_page_gives_back_the_filing_it_was_filled_with(filing, money_unit):
    laid, unstated = lay(filing)
    for entry in list_entries(laid, unstated):
        sheets = send_back(entry, laid, money_unit)
        verdict = validate_typed(sheets, CHART, Known(department=DEPARTMENT, units=filing.units))
        assert [p for p in verdict.problems if p.severity == "error"] == []
        assert verdict.filing == filing


@given(first=filings(), second=filings())
def test_fingerprints_are_equal_exactly_where_the_texts_are(first, second):
    shown = []
    for filing in (first, second):
        laid, unstated = lay(filing)
        entry = plan_sheet(BY_KEY["particulars"], laid, unstated, is_unit=False)
        shown.append(entry.spell(laid))
    assert (fingerprint(shown[0]) == fingerprint(shown[1])) == (shown[0] == shown[1])
