"""The page of differences: against last year as published, or as far as it was stated."""

from dataclasses import replace

import pytest
from django.urls import reverse

from budgets import ledger, spreadsheets
from budgets.importing.uploads import accept_upload, discard_upload
from budgets.models import Budget, read_chart
from disclosures.publishing.publication import publish
from tests.factories.people import load_chart
from tests.factories.union import last_year, union_filing
from tests.factories.uploads import upload_examined

pytestmark = pytest.mark.django_db


def see(client, who, year, **asked):
    client.force_login(who)
    return client.get(reverse("workplace:differences", args=(year, "107001")), asked)


@pytest.fixture
def next_year(budget):
    """The year after the published one, with nothing changed but the department's duties."""
    publish(budget)
    load_chart(2026)
    budget = Budget.objects.create(department=budget.department, year=2026)
    profile = replace(union_filing().profile, duties="新的职能。")
    ledger.replace_filing(budget, replace(union_filing(), year=2026, priors=(), profile=profile))
    return budget


def test_same_figures_are_no_difference(next_year, clerk, client):
    page = see(client, clerk, 2026)
    assert page.context["tables"] == []
    told = page.content.decode()
    assert "金额没有变化。" in told
    assert "尉犁县总工会2025年部门预算公开（第1版）" in told
    assert "<ins>新的职能。</ins>" in told


def test_last_year_as_stated_is_compared_where_nothing_was_published(budget, clerk, client):
    page = see(client, clerk, 2025)
    changes = {each.at: each for _, own in page.context["tables"] for each in own}
    assert changes["T2.total.general_own"].difference == "+1.43"
    assert set(changes) <= set(last_year())
    assert "上年没有在本系统公开" in page.content.decode()


def test_stated_cell_whose_row_is_gone_is_named_as_the_others(budget, clerk, client, refile):
    facts = tuple(fact for fact in union_filing().facts if fact.function != "2050803")
    refile(facts=facts)
    tables = see(client, clerk, 2025).context["tables"]
    changes = {each.at: each for _, own in tables for each in own}
    gone = changes["T5.2050803.total"]
    assert (gone.named.table, gone.named.row, gone.named.column, gone.shown_after) == (
        "表5 一般公共预算支出情况表",
        "2050803 培训支出",
        "合计",
        "",
    )
    operating = changes["N12.agency_operating"]
    assert (operating.named.table, operating.named.row) == ("情况说明", "机关运行经费")


def upload(budget, who, **changed):
    """Let a workbook that says this be imported."""
    filing = replace(union_filing(), **changed)
    content = spreadsheets.fill_template(filing, read_chart(2025), spreadsheets.YUAN)
    kept = upload_examined(budget, content, who)
    accept_upload(kept, who, kept.basis)


def test_changes_since_the_last_upload_are_told_row_by_row(budget, clerk, client, refile):
    assert "对照最近一次导入" not in see(client, clerk, 2025).content.decode()
    upload(budget, clerk, signed_on=None)
    assert "导入以后没有变化。" not in see(client, clerk, 2025).content.decode()
    page = see(client, clerk, 2025, against="upload").content.decode()
    assert "导入以后没有变化。" in page
    facts = union_filing().facts
    more = replace(facts[0], amount=facts[0].amount + 100)
    refile(facts=(more, *facts[1:]), signed_on=None)
    page = see(client, clerk, 2025, against="upload")
    (change,) = page.context["changes"]
    assert (change.sheet, change.kind, change.row) == ("收入", "修改", "一般公共预算（一般财力）")
    (detail,) = change.details
    assert (detail.before, detail.after, detail.change) == ("138.18", "138.19", "+0.01")


def test_upload_that_was_given_up_is_not_compared_with(budget, clerk, client):
    content = spreadsheets.fill_template(union_filing(), read_chart(2025), spreadsheets.YUAN)
    discard_upload(upload_examined(budget, content, clerk), clerk)
    page = see(client, clerk, 2025, against="upload")
    assert page.context["upload"] is None
    assert "对照最近一次导入" not in page.content.decode()
