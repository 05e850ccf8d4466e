"""Every screen gives back what it was filled with, whatever the filing and the unit of money."""

from hypothesis import given
from hypothesis import strategies as st

from budgets.chart import Chart
from budgets.facts import Filing
from budgets.validation import Known, judge
from budgets.workbook import UNITS, YUAN
from budgets.workbook.filling import lay_out
from budgets.workplace.screen import BY_KEY, PARTS, combine, make_screen
from budgets.workplace.section import spread
from budgets.workplace.targets import overall_screen, project_screen
from budgets.workplace.typed import parse_texts, read_texts, say_again
from budgets.workplace.versions import compare, fingerprint
from tests.budgets.filings import CHART, DEPARTMENT, filings


def lay(filing):
    """A filing as rows, and the rows of one that says nothing."""
    empty = Filing(department=filing.department, year=filing.year)
    return lay_out(filing, CHART, YUAN), lay_out(empty, Chart(empty.year), YUAN)


def post(section, texts):
    """The texts as a browser sends them, with blank rows at the end."""
    return {
        section.name(key, number): text
        for number, row in enumerate(spread(section, texts), start=1)
        for key, text in row.items()
    }


def send_back(screen, laid, money_unit):
    """What comes of a screen that is filled, sent back as it is, and judged."""
    texts = screen.show(laid, money_unit)
    rows, misread = {}, []
    for section in screen.sections:
        posted = read_texts(section, post(section, texts[section.key]))
        rows[section.key], problems = parse_texts(section, posted, money_unit)
        misread += problems
    assert misread == []
    assert {s.key: say_again(s, rows[s.key], money_unit) for s in screen.sections} == texts
    assert [compare(s, texts[s.key], texts[s.key]) for s in screen.sections] == [
        [] for _ in screen.sections
    ]
    return combine(screen, laid, rows)


def list_screens(laid, unstated):
    """Every screen that a filing can be seen on."""
    yield from (make_screen(BY_KEY[key], laid, unstated, is_unit=False) for key in PARTS)
    yield overall_screen(laid)
    for row in laid["projects"]:
        yield project_screen(laid, (row["unit"], row["name"]), row["name"], row["unit"])


@given(filing=filings(), money_unit=st.sampled_from(list(UNITS)))
def test_screen_gives_back_the_filing_it_was_filled_with(filing, money_unit):
    laid, unstated = lay(filing)
    for screen in list_screens(laid, unstated):
        sheets = send_back(screen, laid, money_unit)
        verdict = judge(sheets, CHART, Known(department=DEPARTMENT, units=filing.units))
        assert [p for p in verdict.problems if p.severity == "error"] == []
        assert verdict.filing == filing


@given(first=filings(), second=filings())
def test_fingerprints_are_equal_exactly_where_the_screens_are(first, second):
    shown = []
    for filing in (first, second):
        laid, unstated = lay(filing)
        screen = make_screen(BY_KEY["particulars"], laid, unstated, is_unit=False)
        shown.append(screen.show(laid))
    assert (fingerprint(shown[0]) == fingerprint(shown[1])) == (shown[0] == shown[1])
