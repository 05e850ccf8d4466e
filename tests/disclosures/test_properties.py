"""What holds for every valid ledger, whatever is in it."""

import json
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.checks import run_checks
from budgets.domain.content import draft
from budgets.domain.document import (
    AGENCY_OPERATING,
    Missing,
    find_cell,
    from_json,
    split_address,
    to_json,
)
from budgets.domain.facts import Family, Fund, Nature, Side
from budgets.domain.filing import Prior, PriorBasis, Words, WordsKind
from budgets.domain.money import show_wan
from tests.factories.filings import CHART, GLOSSARY
from tests.factories.printed import case_of, sections_of, writer_of
from tests.factories.random_ledgers import amounts, filings

BY_CONSTRUCTION = {
    "T1-balance",
    "T1-T2",
    "T1-T3",
    "T4-balance",
    "T4-T5-T8-T9",
    "T5-T6",
    "T5-T7",
    "T3-rest",
    "T11-T1",
    "T11-T1-fiscal",
    "P0-T1",
    "across",
    "levels",
    "T2-T3-rows",
    "T1-T3-classes",
    "funds-balance",
    "internal-balance",
    "project-funds",
}
GENERAL = Family.GENERAL
BASIC = (Nature.BASIC, Nature.PERSONNEL, Nature.OPERATING)
THREE_PUBLIC = {
    "abroad": ("30212",),
    "reception": ("30217",),
    "vehicles": ("30231", "31013", "30913"),
    "vehicle_purchase": ("31013", "30913"),
    "vehicle_running": ("30231",),
    "total": ("30212", "30217", "30231", "31013", "30913"),
}
FISCAL = (Family.GENERAL, Family.GOVERNMENT_FUND, Family.STATE_CAPITAL)


@given(filings())
def test_identities_hold_by_construction(filing):
    findings = run_checks(case_of(filing))
    broken = [
        (finding.id, finding.message)
        for finding in findings
        if finding.id in BY_CONSTRUCTION and finding.result != "passed"
    ]
    assert broken == []


def is_current(fact):
    return not fact.fund.is_carryover


def of_nature(column):
    natures = {
        "basic": BASIC,
        "project": (Nature.PROJECT,),
        "personnel": (Nature.PERSONNEL,),
        "operating": (Nature.OPERATING,),
    }
    name = column.rpartition("_")[2]
    return natures.get(name, tuple(Nature))


def table_of(key):
    """Which facts the table counts at all, said once more and apart from the catalogue."""
    spent = {
        "T2": lambda f: bool(f.function),
        "T3": lambda f: bool(f.function),
        "T5": lambda f: f.function and is_current(f) and f.fund.family is GENERAL,
        "T6": lambda f: (
            f.economic and is_current(f) and f.fund.family is GENERAL and f.nature in BASIC
        ),
        "T7": lambda f: f.function and is_current(f) and f.fund.family is GENERAL and f.project,
        "T8": lambda f: f.function and is_current(f) and f.fund.family is Family.GOVERNMENT_FUND,
        "T9": lambda f: f.function and is_current(f) and f.fund.family is Family.STATE_CAPITAL,
        "T10": lambda f: f.economic and is_current(f) and f.fund.family in FISCAL,
        "T11": lambda f: f.function and f.fund.is_carryover,
    }
    return lambda f: f.side is Side.EXPENDITURE and spent[key](f)


def in_row(key, row, fact):
    code, _, project = row.partition(":")
    if key == "T10":
        return fact.economic in THREE_PUBLIC[row]
    if row == "total":
        return True
    if key == "T6":
        return fact.economic.startswith(code)
    if project or key == "T11":
        return fact.function == code and "".join(fact.project.split()) == project
    return fact.function.startswith(code)


def in_column(key, column, fact):
    family = fact.fund.family
    if key == "T2":
        return {
            "total": True,
            "fiscal": family in FISCAL and is_current(fact),
            "unit_funds": family is Family.UNIT_FUNDS and is_current(fact),
            "fiscal_carryover": family in FISCAL and not is_current(fact),
            "other_carryover": family not in FISCAL and not is_current(fact),
        }.get(column, fact.fund.value == column)
    if key == "T7":
        return column == "total" or fact.economic.startswith(column)
    if key == "T10":
        return column in ("total", family.value)
    if key == "T11" and column != "total":
        side = family in FISCAL
        return side == column.startswith("fiscal") and fact.nature in of_nature(column)
    return fact.nature in of_nature(column)


def counted(filing):
    return [fact for fact in filing.facts if not (filing.units and fact.internal)]


@given(filings())
def test_cell_is_the_sum_of_the_facts_that_belong_to_it(filing):
    tables = writer_of(filing).tables
    for key in ("T2", "T3", "T5", "T6", "T7", "T8", "T9", "T10", "T11"):
        own = [fact for fact in counted(filing) if table_of(key)(fact)]
        for cell in tables[key].amounts():
            facts = [
                fact
                for fact in own
                if in_row(key, cell.row, fact) and in_column(key, cell.column, fact)
            ]
            expected = sum((fact.amount for fact in facts), Decimal(0)) if facts else None
            assert (cell.at, cell.yuan) == (cell.at, expected)
            assert cell.text == ("" if expected is None else show_wan(expected))


def total(facts, **wanted):
    """The amounts of the facts whose traits are these."""
    own = [f.amount for f in facts if all(traits(f)[name] == wanted[name] for name in wanted)]
    return sum(own, Decimal("0.00"))


def traits(fact):
    return {
        "side": fact.side,
        "fund": fact.fund,
        "family": fact.fund.family,
        "fiscal": fact.fund.family in FISCAL and is_current(fact),
        "code": fact.function[:3],
    }


@given(filings())
def test_table_1_sums_income_by_fund_and_expenditure_by_class(filing):
    facts, grid = counted(filing), writer_of(filing).tables["T1"]
    for fund in Fund:
        assert grid.yuan(fund.value, "income") == total(facts, side=Side.INCOME, fund=fund)
    for code, _ in CHART.function_classes():
        assert grid.yuan(code, "expenditure") == total(facts, code=code)
    assert grid.yuan("total", "income") == total(facts, side=Side.INCOME)


@given(filings())
def test_table_4_sums_this_years_appropriations_by_budget(filing):
    facts, grid = counted(filing), writer_of(filing).tables["T4"]
    current = [fact for fact in facts if traits(fact)["fiscal"]]
    assert grid.yuan("total", "income") == total(current, side=Side.INCOME)
    for family in FISCAL:
        assert grid.yuan(family.value, "income") == total(current, side=Side.INCOME, family=family)
        for code, _ in CHART.function_classes():
            assert grid.yuan(code, family.value) == total(current, code=code, family=family)


@given(filings(), st.booleans())
def test_every_address_in_the_text_resolves(filing, is_published):
    last_year = {"T5.2050803.total": Decimal("100.00"), "T7.2012901:丁.total": Decimal("5.00")}
    writer = writer_of(filing, last_year if is_published else None)
    cells = {cell.at for grid in writer.tables.values() for cell in grid.amounts()}
    found = {
        find_cell(span)
        for section in sections_of(writer)
        for paragraph in section.paragraphs()
        for span in paragraph.spans
    }
    gone = {at.partition(".")[0] for at in found - cells - {"", AGENCY_OPERATING}}
    assert gone <= set(writer.tables)


@given(filings())
def test_addresses_are_unique_in_the_document(filing):
    writer = writer_of(filing)
    cells = [cell.at for grid in writer.tables.values() for cell in grid.amounts()]
    blocks = [
        block.key
        for section in sections_of(writer)
        for block in section.blocks
        if hasattr(block, "key")
    ]
    repeated = [at for at, count in Counter([*cells, *blocks]).items() if count > 1]
    assert repeated == []
    assert [at for at in [*cells, *blocks] if re.search(r"\s", at)] == []


def supply(filing, last):
    """The filing with whatever its sentences still miss: last year's figures, reasons, uses."""
    missing = {
        (span.at, span.kind)
        for section in sections_of(writer_of(filing))
        for paragraph in section.paragraphs()
        for span in paragraph.spans
        if isinstance(span, Missing)
    }
    return replace(
        filing,
        priors=(
            *filing.priors,
            *(Prior(at=at, amount=last) for at, kind in sorted(missing) if kind == "prior"),
        ),
        words=(
            *filing.words,
            *(
                Words(at=at, kind=WordsKind(kind), text="工作需要")
                for at, kind in sorted(missing)
                if kind != "prior"
            ),
        ),
    )


@given(filings(), st.one_of(st.just(Decimal(0)), amounts))
def test_text_has_no_blank_when_figures_and_words_are_given(filing, last):
    complete = supply(supply(filing, last), last)
    texts = [
        paragraph.text
        for section in sections_of(writer_of(complete))
        for paragraph in section.paragraphs()
    ]
    assert [text for text in texts if re.search(r"＿|[{}]|None", text)] == []
    assert [
        text for text in texts if re.search(r"主要原因是主要|：。|，。|，，|其中：。", text)
    ] == []


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
statements = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "T2.total.general_own",
                "T3.total.basic",
                "T5.total.total",
                "T5.2012901.total",
                "T7.2012901:甲项目.total",
                "T8.total.total",
                "T10.abroad.total",
                "T11.2012901.total",
                "T11.2012901:丁.total",
                AGENCY_OPERATING,
            ]
        ),
        st.sampled_from(PriorBasis),
        st.integers(0, 10**9).map(Decimal),
        texts,
    ),
    unique_by=lambda each: each[0],
)


@given(filings(), statements, texts, st.booleans())
def test_building_never_fails_and_freezes_what_it_built(filing, stated, text, is_published):
    made = replace(
        filing,
        priors=tuple(Prior(at=at, amount=last, basis=basis) for at, basis, last, _ in stated),
        words=tuple(
            Words(at=at, kind=WordsKind.REASON, text=own) for at, _, _, own in stated if own
        ),
        profile=replace(filing.profile, duties=text),
        overall=replace(filing.overall, goal=text, contact=text),
    )
    last_year = {"T5.2050803.total": Decimal("100.00")} if is_published else None
    document = draft(made, CHART, GLOSSARY, last_year, ["别的部门"])
    frozen = document.amounts
    tables = writer_of(made, last_year).tables
    for at, yuan in frozen.items():
        if at != AGENCY_OPERATING:
            table, row, column = split_address(at)
            assert tables[table].yuan(row, column) == yuan
    again = draft(made, CHART, GLOSSARY, last_year, ["别的部门"])
    assert document.canonical == to_json(again)
    assert from_json(document.canonical) == document
    plain = json.loads(document.canonical)
    assert document.canonical == json.dumps(
        plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
