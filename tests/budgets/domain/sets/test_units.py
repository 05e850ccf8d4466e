"""A department with three units: its own tables over all of them, and each unit's alone."""

from dataclasses import replace

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing, ProjectPlan
from tests.factories.filings import BUREAU, FIRST, SCHOOLS, SECOND, income, spend
from tests.factories.printed import note, table

# The bureau hands 5.00 of its business income on to the first school, which spends it.
BUREAU_FACTS = (
    income(Fund.GENERAL_OWN, "50.00", BUREAU.code),
    income(Fund.BUSINESS_INCOME, "8.00", BUREAU.code),
    spend("50.00", "2050204", unit=BUREAU.code),
    spend(
        "3.00",
        "2050204",
        unit=BUREAU.code,
        fund=Fund.BUSINESS_INCOME,
        nature=Nature.OPERATING,
    ),
    spend(
        "5.00",
        "2050204",
        unit=BUREAU.code,
        fund=Fund.BUSINESS_INCOME,
        nature=Nature.PROJECT,
        project="补助下级",
        internal=True,
    ),
)
FIRST_FACTS = (
    income(Fund.GENERAL_OWN, "70.00", FIRST.code),
    income(Fund.SUPERIOR_SUBSIDY, "5.00", FIRST.code, internal=True),
    spend("70.00", "2050204", unit=FIRST.code),
    spend(
        "5.00",
        "2050204",
        unit=FIRST.code,
        fund=Fund.SUPERIOR_SUBSIDY,
        nature=Nature.OPERATING,
    ),
)
SECOND_FACTS = (
    income(Fund.GENERAL_OWN, "30.00", SECOND.code),
    spend("30.00", "2050203", unit=SECOND.code),
)
DEPARTMENT = Filing(
    department=SCHOOLS,
    year=2025,
    units=(BUREAU, FIRST, SECOND),
    facts=BUREAU_FACTS + FIRST_FACTS + SECOND_FACTS,
    projects=(ProjectPlan(unit=BUREAU.code, name="补助下级"),),
)


def alone(unit, facts):
    return Filing(department=unit, year=2025, facts=facts)


def incomes(filing):
    """The left side of Table 1, lines with money only."""
    rows = [row.split("|")[:2] for row in table(filing, "T1")]
    return {label: amount for label, amount in rows if amount}


def test_department_leaves_out_money_between_its_units():
    assert incomes(DEPARTMENT) == {
        "一、本年收入": "158.00",
        "1.一般公共预算拨款": "150.00",
        "其中：一般财力": "150.00",
        "5.单位资金": "8.00",
        "其中：事业收入": "8.00",
        "收入总计": "158.00",
    }
    assert table(DEPARTMENT, "T2") == [
        "|||总计|158.00|150.00|150.00|||||||8.00",
        "205|||教育支出|158.00|150.00|150.00|||||||8.00",
        "205|02||普通教育|158.00|150.00|150.00|||||||8.00",
        "205|02|03|初中教育|30.00|30.00|30.00",
        "205|02|04|高中教育|128.00|120.00|120.00|||||||8.00",
    ]
    assert table(DEPARTMENT, "T3") == [
        "|||总计|158.00|158.00",
        "205|||教育支出|158.00|158.00",
        "205|02||普通教育|158.00|158.00",
        "205|02|03|初中教育|30.00|30.00",
        "205|02|04|高中教育|128.00|128.00",
    ]


def test_units_keep_the_money_between_them():
    assert incomes(alone(FIRST, FIRST_FACTS)) == {
        "一、本年收入": "75.00",
        "1.一般公共预算拨款": "70.00",
        "其中：一般财力": "70.00",
        "5.单位资金": "5.00",
        "上级补助收入": "5.00",
        "收入总计": "75.00",
    }
    assert table(alone(FIRST, FIRST_FACTS), "T3")[0] == "|||总计|75.00|75.00"
    assert table(alone(BUREAU, BUREAU_FACTS), "T3")[0] == "|||总计|58.00|53.00|5.00"
    assert table(alone(SECOND, SECOND_FACTS), "T3")[0] == "|||总计|30.00|30.00"


def test_units_notes_speak_of_the_unit():
    assert note(alone(SECOND, SECOND_FACTS), "N1")[0] == (
        "按照全口径预算的原则，某县第二中学2025年所有收入和支出均纳入部门预算管理。"
        "收支总预算30.00万元。"
    )


def test_three_public_stated_by_one_unit_leaves_the_others_derived():
    made = replace(
        DEPARTMENT,
        facts=(
            *DEPARTMENT.facts,
            spend("0.50", "2050204", "30217", unit=FIRST.code, nature=Nature.OPERATING),
            spend("0.30", "2050203", "30217", unit=SECOND.code, nature=Nature.OPERATING),
            spend("1.10", "2050203", "30231", unit=SECOND.code, nature=Nature.OPERATING),
        ),
        three_public=(spend("0.80", economic="30217", unit=FIRST.code, nature=Nature.OPERATING),),
    )
    assert table(made, "T10") == [
        "合计|2.20|2.20",
        "因公出国（境）费",
        "公务接待费|1.10|1.10",
        "公务用车购置及运行费（小计）|1.10|1.10",
        "其中：公务用车购置费",
        "公务用车运行费|1.10|1.10",
    ]
