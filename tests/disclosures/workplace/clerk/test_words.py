"""The words page: sentences with their blanks, last year's words, and what is saved of them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse
from msgspec.structs import replace as copy

from budgets import ledger
from budgets.domain.content import draft
from budgets.domain.document import (
    Cell,
    OwnWords,
    Paragraph,
    Part,
    Row,
    Section,
    Text,
    digest,
    to_json,
)
from budgets.domain.facts import Fact, Fund, Nature, Side
from budgets.domain.filing import Filing, Prior, PriorBasis, WordsKind
from budgets.models import Budget
from disclosures.models import Disclosure
from disclosures.workplace.clerk.sentences import find_words
from tests.factories.filings import CHART, UNION
from tests.factories.people import gather, load_chart

YEAR = 2026
OWN, BASIC = "T2.total.general_own", "T3.total.basic"


def test_words_of_a_frozen_document_are_found_by_cell_and_kind():
    spans = (
        Text(text="比上年增加"),
        OwnWords(text="人员增加", at=OWN, kind=WordsKind.REASON),
        OwnWords(text="工资", at="T4.201.general", kind=WordsKind.USE),
        OwnWords(text="说明", at="T10.total.total"),
    )
    assert dict(find_words(tell(spans))) == {
        (OWN, WordsKind.REASON): "人员增加",
        ("T4.201.general", WordsKind.USE): "工资",
    }


def tell(spans, cells=(), department=UNION):
    """A document with these spans as its only sentence and these cells in its only table."""
    document = draft(Filing(department=department, year=YEAR - 1), CHART)
    sentence = Paragraph(key="N3.total", spans=tuple(spans))
    section = Section(key="N3", number="", title="", blocks=(sentence,))
    return copy(
        document,
        tables=(copy(document.tables[0], groups=((Row(key="", cells=tuple(cells)),),)),),
        parts=(
            Part(key="profile", number="", title=""),
            Part(key="tables", number="", title="", tables=("T1",)),
            Part(key="notes", number="", title="", sections=(section,)),
            Part(key="glossary", number="", title=""),
        ),
    )


@pytest.fixture
def cast(db):
    load_chart(YEAR)
    return gather()


@pytest.fixture
def clerk(cast, client):
    return cast.enter(client, "clerk_b")


@pytest.fixture
def budget(cast):
    """138.18 万元 of general budget for personnel."""
    made = Budget.objects.create(department=cast.b, year=YEAR)
    common = {"unit": cast.b.code, "fund": Fund.GENERAL_OWN, "amount": Decimal("1381800.00")}
    spent = {"nature": Nature.PERSONNEL, "function": "2012901", "economic": "30101"}
    facts = (
        Fact(side=Side.INCOME, **common),
        Fact(side=Side.EXPENDITURE, **common, **spent),
    )
    ledger.replace_filing(made, Filing(department=cast.b.organisation, year=YEAR, facts=facts))
    return made


def publish_last(cast, **amounts):
    """A disclosure of last year with these amounts in yuan and one reason."""
    cells = [
        Cell(kind="amount", text="1.00", at=at.replace("__", "."), yuan=Decimal(yuan))
        for at, yuan in amounts.items()
    ]
    said = OwnWords(text="2025年人员增加", at=OWN, kind=WordsKind.REASON)
    content = to_json(tell([said], cells, cast.b.organisation))
    return Disclosure.objects.create(
        department=cast.b,
        year=YEAR - 1,
        version=1,
        title="上年",
        content=content,
        digest=digest(content),
    )


def address(budget):
    return reverse("workplace:words", args=(YEAR, budget.department.code))


def find(page, at):
    """The sentence about a cell, and what it asks."""
    chapters = page.context["chapters"]
    found = [each for _, own in chapters for each in own if each.key.endswith(at)]
    return found[0]


def say(sentence):
    """A sentence as it is printed."""
    shown = (piece for piece in sentence.pieces if not piece.is_hidden)
    return "".join(piece.lead + piece.text for piece in shown)


def fields(page):
    """Everything that the page's form would send."""
    form = page.context["form"]
    texts = {
        f"history-{number}-{key}": text
        for number, row in enumerate(form.texts["history"], start=1)
        for key, text in row.items()
    }
    return texts | {"seen": form.seen, "money_unit": "万元"}


def test_sentence_asks_for_last_years_figure_where_nothing_was_published(clerk, budget):
    page = clerk.get(address(budget))
    sentence = find(page, OWN)
    assert say(sentence) == (
        "一般公共预算138.18万元，占100.00%，比上年预算增加＿＿＿＿万元，增长＿＿＿＿%。"
    )
    assert page.context["asks_prior"]
    assert sentence.lacks == 1


def test_saved_figure_and_reason_complete_the_sentence(clerk, budget):
    page = clerk.get(address(budget))
    (ask,) = find(page, OWN).asks
    typed = {
        ask["fields"]["prior"].html_name: "136.75",
        ask["fields"]["basis"].html_name: "执行数",
        ask["words"].html_name: "主要原因是人员调资。",
    }
    assert clerk.post(address(budget), fields(page) | typed).status_code == 302
    filing = ledger.read_filing(budget)
    assert [(p.at, p.amount, p.basis) for p in filing.priors] == [
        (OWN, Decimal("1367500.00"), PriorBasis.EXECUTION)
    ]
    sentence = find(clerk.get(address(budget)), OWN)
    assert say(sentence) == (
        "一般公共预算138.18万元，占100.00%，比上年执行数增加1.43万元，增长1.05%，"
        "主要原因是人员调资。"
    )
    assert sentence.lacks == 0


def test_use_is_asked_at_its_own_blank(clerk, budget):
    page = clerk.get(address(budget))
    sentence = find(page, "N4.general")
    (ask,) = sentence.asks
    assert (ask["kind"], ask["needed"]) == (WordsKind.USE, True)
    clerk.post(address(budget), fields(page) | {ask["words"].html_name: "人员工资"})
    assert [(own.at, own.kind, own.text) for own in ledger.read_filing(budget).words] == [
        ("T4.201.general", WordsKind.USE, "人员工资")
    ]


def test_published_figures_are_not_asked_and_a_reason_only_where_there_is_a_change(
    cast, clerk, budget
):
    publish_last(cast, T2__total__general_own="1367500.00", T3__total__basic="1381800.00")
    page = clerk.get(address(budget))
    assert not page.context["asks_prior"]
    changed, same = find(page, OWN), find(page, BASIC)
    assert [ask["needed"] for ask in (*changed.asks, *same.asks)] == [True, False]
    assert say(changed).endswith("增长1.05%，主要原因是＿＿＿＿。")
    assert say(same).endswith("比上年预算增加0.00万元，增长0.00%。")
    assert (changed.lacks, same.lacks) == (1, 0)


def test_last_years_words_are_offered_and_taken_over_into_the_form(cast, clerk, budget):
    publish_last(cast, T2__total__general_own="1367500.00")
    page = clerk.get(address(budget))
    (ask,) = find(page, OWN).asks
    assert ask["last"] == "2026年人员增加"
    adopted = clerk.post(
        address(budget), fields(page) | {"action": f"adopt-{ask['number']}-reason"}
    )
    assert find(adopted, OWN).asks[0]["words"].value() == "2026年人员增加"
    assert ledger.read_filing(budget).words == ()
    clerk.post(address(budget), fields(adopted))
    assert [own.text for own in ledger.read_filing(budget).words] == ["2026年人员增加"]


def test_words_about_other_cells_stay(clerk, budget):
    silent = Prior(at="T8.total.total", amount=Decimal("0.00"))
    ledger.amend_filing(budget, replace(ledger.read_filing(budget), priors=(silent,)), ["priors"])
    page = clerk.get(address(budget))
    typed = {find(page, OWN).asks[0]["fields"]["prior"].html_name: "2"}
    clerk.post(address(budget), fields(page) | typed)
    assert {prior.at for prior in ledger.read_filing(budget).priors} == {OWN, "T8.total.total"}


def test_second_person_sees_whose_words_are_there(clerk, budget):
    page = clerk.get(address(budget))
    name = find(page, OWN).asks[0]["words"].html_name
    for text in ("人员增加", "人员减少"):
        answer = clerk.post(address(budget), fields(page) | {name: text})
    (difference,) = answer.context["form"].outcome.differences
    assert (difference.place, difference.stored, difference.typed) == (
        "收入：一般公共预算“变动原因”",
        "人员增加",
        "人员减少",
    )


def test_page_hands_its_script_the_words_of_the_set(clerk, budget, settings):
    settings.TABLE_SETS = {0: "tests.budgets.domain.sets.nine.NINE"}
    page = clerk.get(address(budget))
    wording = page.context["wording"]
    assert wording["change"] == "{moved}{difference}万元（{grew}{rate}%）"
    assert wording["rose"] == {"moved": "多", "grew": "上升"}
    assert wording["fell"] == {"moved": "少", "grew": "下滑"}
    assert 'id="wording" type="application/json"' in page.content.decode()
    script = (settings.BASE_DIR / "static/workplace/words.js").read_text()
    assert [word for word in ("增加", "减少", "增长", "下降", "万元，") if word in script] == []
