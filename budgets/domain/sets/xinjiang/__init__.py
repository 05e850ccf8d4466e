"""Xinjiang's set as one value: eleven tables, twelve notes, their identities and their wording."""

from budgets.domain.sets import Note, TableSet
from budgets.domain.sets.xinjiang import wording
from budgets.domain.sets.xinjiang.identities import IDENTITIES
from budgets.domain.sets.xinjiang.matters import carryover, other_matters, projects, three_public
from budgets.domain.sets.xinjiang.notes import (
    appropriations,
    basic_expenditure,
    expenditure,
    general_budget,
    income,
    single_budget,
    whole_budget,
)
from budgets.domain.sets.xinjiang.profile import glossary_section, profile_sections
from budgets.domain.sets.xinjiang.tables import FORMS, SPECIFIC_FIRST
from budgets.domain.tables.form import Role

NOTES = (
    Note("N1", "一、", "关于{department}{year}年收支预算情况总体说明", whole_budget),
    Note("N2", "二、", "关于{department}{year}年收入预算情况说明", income),
    Note("N3", "三、", "关于{department}{year}年支出预算情况说明", expenditure),
    Note("N4", "四、", "关于{department}{year}年财政拨款收支预算情况的总体说明", appropriations),
    Note("N5", "五、", "关于{department}{year}年一般公共预算当年拨款情况说明", general_budget),
    Note("N6", "六、", "关于{department}{year}年一般公共预算基本支出情况说明", basic_expenditure),
    Note("N7", "七、", "关于{department}{year}年一般公共预算项目支出情况说明", projects),
    Note(
        "N8",
        "八、",
        "关于{department}{year}年政府性基金预算拨款情况说明",
        single_budget("N8", Role.GOVERNMENT_FUND, "政府性基金预算"),
    ),
    Note(
        "N9",
        "九、",
        "关于{department}{year}年国有资本经营预算拨款情况说明",
        single_budget("N9", Role.STATE_CAPITAL, "国有资本经营预算"),
    ),
    Note("N10", "十、", "关于{department}{year}年财政拨款“三公”经费预算情况说明", three_public),
    Note("N11", "十一、", "关于{department}{year}年上年结转结余预算情况说明", carryover),
    Note("N12", "十二、", "其他重要事项的情况说明", other_matters),
)


XINJIANG = TableSet(
    counted="十一张",
    forms=FORMS,
    specific_first=SPECIFIC_FIRST,
    identities=IDENTITIES,
    notes=NOTES,
    wording=wording,
    write_profile=profile_sections,
    write_glossary=glossary_section,
)
