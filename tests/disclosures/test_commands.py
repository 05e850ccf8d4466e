"""check_budget and publish_budget: what they print, and how they end."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from budgets.domain.filing import Profile
from disclosures.demo.factories import store_filing
from disclosures.models import Disclosure
from disclosures.workflow.drafting import draft_budget
from tests.factories.approved import load_supplied_chart
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def budget():
    load_supplied_chart()
    return store_filing(union_filing())


def run(*arguments, **options):
    """(what the command printed, the error it ended with)."""
    output = StringIO()
    try:
        call_command(*arguments, stdout=output, no_color=True, **options)
    except CommandError as error:
        return output.getvalue(), str(error)
    return output.getvalue(), ""


ROUNDINGS = (
    "[尾差] 类、款、项逐级相加：两边相差0.01万元，在10个数四舍五入的允许范围内。\n"
    "[尾差] 政府采购预算等于三类之和：两边相差0.01万元，在3个数四舍五入的允许范围内。\n"
    "[尾差] 上年数前后一致：两边相差0.01万元，在9个数四舍五入的允许范围内。\n"
    "[未核对] 上年数与上年公开的一致：填报的上年预算数 = 上年公开的同一单元格\n"
)


def test_check_budget_tells_all_that_is_not_simply_passed(budget):
    count = len(draft_budget(budget).checks)
    assert run("check_budget", "107001", "2025") == (
        f"{ROUNDINGS}共核对{count}项：通过{count - 4}项，不符0项，尾差3项，未核对1项。\n"
        "可以公开。\n",
        "",
    )


def test_check_budget_ends_with_an_error_where_one_blocks(budget):
    made = replace(union_filing(), profile=Profile(serving=6, duties="联系人13912345678"))
    store_filing(made)
    printed, error = run("check_budget", "107001", "2025")
    assert error == "有1处错误，改正后才能公开。"
    assert printed.splitlines()[-3:-1] == [
        "[未核对] 上年数与上年公开的一致：填报的上年预算数 = 上年公开的同一单元格",
        "[错误] 没有个人信息：一、主要职能出现手机号“139…78”。请删去个人信息；电话请填办公座机。",
    ]
    assert "[警告] 在职不超过编制：在职6人，编制数0，在职超过编制。" in printed


def test_publish_budget_tells_what_blocks_and_publishes_nothing(budget):
    store_filing(replace(union_filing(), signed_on=None))
    assert run("publish_budget", "107001", "2025") == (
        "[错误] 公开文本各部分齐全：没有落款日期。请在封面填写落款日期。\n",
        "有1处问题，不能公开。",
    )
    assert not Disclosure.objects.exists()


def shelve(budget, version=1, **changed):
    """A version on the shelf without files, as the content stands or otherwise."""
    made = draft_budget(budget)
    own = {"content": made.canonical, "digest": made.digest, "title": made.title}
    return Disclosure.objects.create(
        department=budget.department,
        year=budget.year,
        version=version,
        **own | changed,
    )


def test_publish_budget_says_that_nothing_changed(budget):
    disclosure = shelve(budget)
    assert run("publish_budget", "107001", "2025") == (
        "尉犁县总工会2025年部门预算公开第1版已经公开过，内容没有变化，"
        f"内容摘要 {disclosure.digest}。\n",
        "",
    )


def test_publish_budget_asks_for_the_reason_of_a_correction(budget):
    shelve(budget, digest="0" * 64)
    for reason in ({}, {"reason": "  "}):
        assert run("publish_budget", "107001", "2025", **reason) == (
            "",
            "已经公开过，再次公开是更正，请写明更正原因。",
        )
    assert Disclosure.objects.count() == 1


@pytest.mark.parametrize("command", ["check_budget", "publish_budget"])
def test_command_says_that_there_is_no_such_budget(command):
    assert run(command, "999", "2025") == (
        "",
        "没有编码为“999”的部门2025年的预算，请先用 import_budget 导入。",
    )


@pytest.mark.parametrize("command", ["check_budget", "publish_budget"])
def test_command_explains_its_arguments(command, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command(command, "--help")
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert "部门编码" in printed
    assert "退出码为 1" in "".join(printed.split()).replace("退出码为1", "退出码为 1")
