"""Targets: how values are understood, what the meters say, what is carried over from last year."""

from decimal import Decimal

import pytest
from django.urls import reverse

from budgets import ledger
from budgets.domain.facts import Fact, Fund, Nature, Side
from budgets.domain.filing import Filing, Indicator, Organisation, ProjectPlan
from budgets.domain.money import from_wan
from budgets.models import Budget
from disclosures.workplace.clerk.labels import spell_goal
from disclosures.workplace.clerk.targets import (
    rename_project_rows,
    renew_texts,
    sum_money,
    weigh_cost,
    weigh_points,
)
from tests.factories.people import gather, load_chart


def indicator(value="=1", weight=None, level2="数量指标"):
    return Indicator(
        level1="产出指标",
        level2=level2,
        level3="某指标",
        value=value,
        weight=None if weight is None else Decimal(weight),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (">=25次", "≥ 25 次"),
        ("≤1,000.50 万元", "≤ 1,000.50 万元"),
        ("＝100％", "= 100 %"),
        ("明显减轻", "文字"),
        (">=,", "文字"),
        (" ", ""),
    ],
)
def test_value_is_told_as_it_is_understood(text, told):
    assert spell_goal(text) == told


@pytest.mark.parametrize(("weights", "is_good"), [("90", True), ("100", True), ("99", False)])
def test_weights_are_90_or_100(weights, is_good):
    meter = weigh_points([indicator(weight=weights), indicator()])
    assert (meter.total, meter.is_good) == (weights, is_good)


@pytest.mark.parametrize(("money", "is_good"), [("86.00", True), ("85.99", False)])
def test_costs_stay_within_the_project_money(money, is_good):
    costs = [
        indicator("<=51万元", level2="经济成本指标"),
        indicator("<=35万元", level2="经济成本指标"),
    ]
    other = [indicator("<=9件", level2="经济成本指标"), indicator("<=9万元", level2="社会成本指标")]
    meter = weigh_cost([*costs, *other], from_wan(Decimal(money)))
    assert (meter.total, meter.limits, meter.is_good) == ("86.00", (money,), is_good)


def test_project_money_is_what_its_function_lines_say():
    def fact(amount, **given):
        return Fact(
            unit="1",
            side=Side.EXPENDITURE,
            fund=Fund.OTHER_INCOME,
            nature=Nature.PROJECT,
            amount=Decimal(amount),
            **{"project": "培训", "function": "2050803"} | given,
        )

    facts = (
        fact("10.00"),
        fact("5.00", economic="30216"),
        fact("15.00", function="", economic="302"),
        fact("7.00", project="其他"),
    )
    filing = Filing(department=Organisation(code="1", name="某局"), year=2025, facts=facts)
    assert sum_money(filing, "1", "培训") == Decimal("15.00")


def test_renamed_project_takes_its_money_and_words_along():
    laid = {
        "expenditure": [{"unit": "", "project": "旧"}, {"unit": "2", "project": "旧"}],
        "history": [{"project": "旧"}, {"project": ""}],
        "projects": [],
    }
    assert rename_project_rows(laid, ("", "旧"), "新") == {
        "expenditure": [{"unit": "", "project": "新"}, {"unit": "2", "project": "旧"}],
        "history": [{"project": "新"}, {"project": ""}],
        "projects": [],
    }


def test_last_year_is_carried_over_with_its_year_and_without_its_results():
    texts = {"name": "2025年经费", "value": "2025年12月前", "last_value": "97家"}
    assert renew_texts(texts, 2025, ("last_value",)) == {
        "name": "2026年经费",
        "value": "2026年12月前",
        "last_value": "",
    }


pytestmark = pytest.mark.django_db

YEAR = 2026


@pytest.fixture
def cast():
    load_chart(YEAR)
    return gather()


@pytest.fixture
def clerk(cast, client):
    return cast.enter(client, "clerk_b")


@pytest.fixture
def budget(cast):
    return fill(cast, YEAR, "甲", "乙")


def fill(cast, year, *names):
    """A budget of department B with these projects, each with a goal and an indicator."""
    own = Indicator(
        level1="产出指标", level2="数量指标", level3="次数", value=f"{year}年12月前", last_value="9"
    )
    plans = (
        ProjectPlan(unit=cast.b.code, name=name, goal=f"{year}年目标", indicators=(own,))
        for name in names
    )
    budget = Budget.objects.create(department=cast.b, year=year)
    filing = Filing(department=cast.b.organisation, year=year, projects=tuple(plans))
    ledger.replace_filing(budget, filing)
    return budget


def address(budget, name, *arguments):
    return reverse(f"filing:{name}", args=(YEAR, budget.department.code, *arguments))


def names(budget):
    return [plan.name for plan in ledger.read_filing(budget).projects]


def fields(page):
    """Everything that the page's form would send."""
    form = page.context["form"]
    found = {"seen": form.seen, "money_unit": "万元"}
    for part in form.parts.values():
        found |= {
            part.fieldset.name(key, number): text
            for number, row in enumerate(part.texts, start=1)
            for key, text in row.items()
        }
    if page.context.get("was"):
        found |= dict(zip(("was_unit", "was_name"), page.context["was"], strict=True))
    return found


@pytest.mark.parametrize(
    ("action", "left"), [("down-1", ["乙", "甲"]), ("up-2", ["乙", "甲"]), ("remove-1", ["乙"])]
)
def test_list_moves_and_removes_projects(clerk, budget, action, left):
    listed = address(budget, "sheet", "projects")
    seen = clerk.get(listed).context["seen"]
    clerk.post(listed, {"action": action, "seen": seen})
    assert names(budget) == left


def test_list_that_was_changed_meanwhile_is_left_as_it_is(clerk, budget):
    listed = address(budget, "sheet", "projects")
    seen = clerk.get(listed).context["seen"]
    for _ in range(2):
        page = clerk.post(listed, {"action": "remove-1", "seen": seen}, follow=True)
    assert "项目列表刚被别人改动过" in page.content.decode()
    assert names(budget) == ["乙"]


def test_project_is_edited_on_its_own_page_and_the_others_stay(clerk, budget):
    page = clerk.get(address(budget, "project", 2))
    typed = {
        "projects-goal": "新目标",
        "indicators-2-level1": "产出指标",
        "indicators-2-level2": "数量指标",
        "indicators-2-level3": "人数",
        "indicators-2-value": ">=25人",
        "indicators-2-weight": "90",
    }
    answer = clerk.post(address(budget, "project", 2), fields(page) | typed)
    assert answer["Location"] == address(budget, "sheet", "projects")
    first, second = ledger.read_filing(budget).projects
    assert (first.goal, second.goal) == ("2026年目标", "新目标")
    assert [own.value for own in second.indicators] == ["2026年12月前", ">=25人"]


def test_project_may_get_another_name(clerk, budget):
    page = clerk.get(address(budget, "project", 1))
    typed = {"projects-name": "丙"}
    assert clerk.post(address(budget, "project", 1), fields(page) | typed).status_code == 302
    assert names(budget) == ["丙", "乙"]
    assert len(ledger.read_filing(budget).projects[0].indicators) == 1


def test_project_may_not_take_the_name_of_another(clerk, budget):
    page = clerk.get(address(budget, "project", 1))
    answer = clerk.post(address(budget, "project", 1), fields(page) | {"projects-name": "乙"})
    assert "项目“乙”出现了不止一次" in answer.content.decode()
    assert names(budget) == ["甲", "乙"]


def test_new_project_needs_a_name(clerk, budget):
    page = clerk.get(address(budget, "project_new"))
    refused = clerk.post(address(budget, "project_new"), fields(page) | {"projects-goal": "目标"})
    assert "没有填写“项目名称”" in refused.content.decode()
    typed = {"projects-name": "丁", "projects-goal": "目标"}
    clerk.post(address(budget, "project_new"), fields(page) | typed)
    assert names(budget) == ["甲", "乙", "丁"]


def test_project_that_is_not_there_is_not_found(clerk, budget):
    assert clerk.get(address(budget, "project", 3)).status_code == 404


def test_last_year_is_brought_into_the_form_and_not_saved(cast, clerk, budget):
    fill(cast, YEAR - 1, "旧项目")
    page = clerk.get(address(budget, "project_new"))
    copied = clerk.post(
        address(budget, "project_new"), fields(page) | {"action": "copy", "copy_from": "旧项目"}
    )
    texts = copied.context["form"].texts
    assert texts["projects"][0]["name"] == "旧项目"
    assert texts["projects"][0]["goal"] == "2026年目标"
    assert (texts["indicators"][0]["value"], texts["indicators"][0]["last_value"]) == (
        "2026年12月前",
        "",
    )
    assert names(budget) == ["甲", "乙"]


def test_overall_target_keeps_its_indicators_in_their_order(clerk, budget):
    path = address(budget, "sheet", "overall")
    page = clerk.get(path)
    typed = {"overall-goal": "总目标"}
    for number, name in ((1, "一"), (2, "二")):
        row = {"level1": "履职效能", "level2": "数量指标", "level3": name, "value": "=1"}
        typed |= {f"indicators-{number}-{key}": text for key, text in row.items()}
    moved = clerk.post(path, fields(page) | typed | {"action": "up-indicators-2"})
    assert clerk.post(path, fields(moved)).status_code == 302
    overall = ledger.read_filing(budget).overall
    assert overall.goal == "总目标"
    assert [own.level3 for own in overall.indicators] == ["二", "一"]


def test_new_project_is_held_against_no_other_money(clerk, budget):
    page = clerk.get(address(budget, "project_new"))
    assert [meter.kind for meter in page.context["meters"]] == ["weights"]
    page = clerk.get(address(budget, "project", 1))
    assert [meter.kind for meter in page.context["meters"]] == ["weights", "costs"]
