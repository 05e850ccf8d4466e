"""The screens on the web: filled, posted back, saved, and shown again as they were typed."""

import pytest
from django.urls import reverse

from budgets import ledger
from budgets.models import Budget
from disclosures.workplace.clerk.entries import PARTS
from disclosures.workplace.clerk.entry_forms import EntryForm
from disclosures.workplace.clerk.fields import MANY_ROWS, draw_cell
from tests.factories.people import gather, load_chart

pytestmark = pytest.mark.django_db

YEAR = 2026


@pytest.fixture
def cast():
    load_chart(YEAR)
    return gather()


@pytest.fixture
def budget(cast):
    return Budget.objects.create(department=cast.b, year=YEAR)


@pytest.fixture
def clerk(cast, client):
    return cast.enter(client, "clerk_b")


def address(budget, key):
    return reverse("filing:sheet", args=(YEAR, budget.department.code, key))


def send(clerk, budget, key, **given):
    """Post a screen as it was filled, with these fields changed."""
    form = clerk.get(address(budget, key)).context["form"]
    return clerk.post(address(budget, key), {"seen": form.seen, "money_unit": "万元"} | given)


@pytest.mark.parametrize("key", PARTS)
def test_every_screen_is_shown_with_its_fields(clerk, budget, key):
    page = clerk.get(address(budget, key))
    assert page.status_code == 200
    assert "请先改正" not in page.content.decode()


@pytest.mark.parametrize("key", ["units", "nothing"])
def test_sheet_without_a_screen_is_not_found(clerk, budget, key):
    assert clerk.get(address(budget, key)).status_code == 404


def test_saved_screen_leads_on_and_says_so(clerk, budget):
    answer = send(clerk, budget, "profile", **{"profile-serving": "６"})
    assert (answer.status_code, answer["Location"]) == (302, address(budget, "profile"))
    assert "已保存“概况与人员”。" in clerk.get(answer["Location"]).content.decode()
    assert ledger.read_filing(budget).profile.serving == 6


def test_mistakes_come_back_at_their_fields_with_everything_typed(clerk, budget):
    typed = {"profile-duties": "管理\n服务", "profile-serving": "六", "profile-retired": "-1"}
    page = send(clerk, budget, "profile", **typed).content.decode()
    assert '<a href="#profile-serving">“在职人数”</a>' in page
    assert '<a href="#profile-retired">“退休人数”</a>' in page
    assert 'value="六"' in page
    assert "管理\n服务</textarea>" in page
    assert 'aria-describedby="profile-serving-mistake"' in page
    assert ledger.read_filing(budget).profile.duties == ""


def test_button_changes_the_form_and_saves_nothing(clerk, budget):
    typed = {"income-1-fund": "财政专户核拨", "income-1-amount": "138.18"}
    page = send(clerk, budget, "income", action="unit-元", **typed)
    texts = page.context["form"].texts["income"]
    assert [row["amount"] for row in texts if row["amount"]] == ["1,381,800.00"]
    assert clerk.get(address(budget, "income")).context["form"].money_unit == "元"
    assert ledger.read_filing(budget).facts == ()


def test_income_is_asked_fund_by_fund_with_its_total(clerk, budget):
    send(clerk, budget, "income", **{"income-1-fund": "财政专户核拨", "income-1-amount": "1.5"})
    context = clerk.get(address(budget, "income")).context
    assert len(list(context["form"].parts["income"].rows)) == 17
    assert (context["total"].text, context["total"].suffix) == ("1.50", "万元")


def test_expenditure_stands_beside_income_fund_by_fund(clerk, budget):
    send(clerk, budget, "income", **{"income-1-fund": "财政专户核拨", "income-1-amount": "0.3"})
    row = {
        "fund": "财政专户核拨",
        "nature": "人员经费",
        "function": "2012901",
        "economic": "30101",
        "amount": "0.1",
    }
    send(clerk, budget, "expenditure", **{f"expenditure-1-{k}": v for k, v in row.items()})
    standings = clerk.get(address(budget, "expenditure")).context["standings"]
    told = {
        s["label"]: tuple(s[key] for key in ("income", "functions", "gap", "economics"))
        for s in standings
        if not s["is_empty"]
    }
    assert told == {
        "财政专户核拨": ("0.30", "0.10", "0.20", "0.10"),
        "合计": ("0.30", "0.10", "0.20", "0.10"),
    }


def test_conflict_is_told_with_both_texts_and_keeps_what_was_typed(clerk, budget):
    seen = clerk.get(address(budget, "profile")).context["form"].seen
    send(clerk, budget, "profile", **{"profile-serving": "6"})
    typed = {"seen": seen, "money_unit": "万元", "profile-serving": "7"}
    page = clerk.post(address(budget, "profile"), typed)
    assert ledger.read_filing(budget).profile.serving == 6
    (difference,) = page.context["form"].outcome.differences
    assert (difference.stored, difference.typed) == ("6", "7")
    again = typed | {"seen": page.context["form"].seen}
    assert clerk.post(address(budget, "profile"), again).status_code == 302
    assert ledger.read_filing(budget).profile.serving == 7


def test_locked_budget_is_shown_and_not_written(clerk, budget):
    form = clerk.get(address(budget, "profile")).context["form"]
    Budget.objects.update(state="confirmed")
    assert "内容不能修改" in clerk.get(address(budget, "profile")).content.decode()
    typed = {"seen": form.seen, "money_unit": "万元", "profile-serving": "6"}
    page = clerk.post(address(budget, "profile"), typed)
    assert "已锁定，不能修改" in page.content.decode()
    assert ledger.read_filing(budget).profile.serving == 0


def test_screen_asks_the_database_as_often_for_many_rows_as_for_few(
    clerk, budget, django_assert_max_num_queries
):
    for count in (1, 30):
        given = {f"glossary-{n}-term": f"名词{n}" for n in range(1, count + 1)}
        given |= {f"glossary-{n}-meaning": "解释" for n in range(1, count + 1)}
        assert send(clerk, budget, "glossary", **given).status_code == 302
        with django_assert_max_num_queries(29):
            clerk.get(address(budget, "glossary"))


def test_long_list_offers_choices_once_and_reads_them_back(clerk, budget):
    typed = {
        f"expenditure-{number}-{key}": text
        for number in range(1, MANY_ROWS + 2)
        for key, text in {"fund": "一般公共预算（一般财力）", "amount": f"<{number}"}.items()
    }
    page = send(clerk, budget, "expenditure", **typed).content.decode()
    name = "expenditure-201-fund"
    assert (
        f'<input type="text" name="{name}" value="一般公共预算（一般财力）" list="list-fund"'
        in page
    )
    assert page.count('<option value="一般公共预算（一般财力）">') == 1
    assert 'value="&lt;201"' in page
    assert ledger.read_filing(budget).facts == ()


@pytest.mark.parametrize("key", ["expenditure", "indicators", "income", "three_public"])
def test_rows_filled_into_a_pattern_are_drawn_as_forms_are(budget, key):
    form = EntryForm(budget, lambda stored: stored.plan_sheet(key))
    texts = ("1.5", "<b>&\"'", ">=3次", "公用经费", "a\nb", "")
    form.fill({key: [dict.fromkeys(form.entry.fieldsets[0].blank, text) for text in texts]})
    part = form.parts[key]
    for number, row in zip(range(1, len(part.texts) + 1), part.rows, strict=False):
        own = "".join(draw_cell(field, field.echo) for field in part.bind_row(number))
        assert own.replace(' value=""', "") in row.replace(' value=""', "")


@pytest.mark.parametrize("key", ["income", "expenditure"])
def test_screen_does_not_speak_of_importing(clerk, budget, key):
    assert "导入" not in clerk.get(address(budget, key)).context["form"].parts[key].intro
