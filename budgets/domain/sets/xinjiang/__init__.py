"""Xinjiang's set as one value: eleven tables, twelve notes, their identities and their wording."""

from budgets.domain.document import SectionRole
from budgets.domain.sets import Note, TableSet
from budgets.domain.sets.xinjiang import wording
from budgets.domain.sets.xinjiang.identities import IDENTITIES
from budgets.domain.sets.xinjiang.notes import (
    appropriations,
    basic_expenditure,
    carryover,
    expenditure,
    general_budget,
    income,
    other_matters,
    projects,
    single_budget,
    three_public,
    whole_budget,
)
from budgets.domain.sets.xinjiang.profile import glossary_section, profile_sections
from budgets.domain.sets.xinjiang.tables import FORMS, SPECIFIC_FIRST
from budgets.domain.tables.form import Role

ABOUT = "关于{department}{year}年"
NOTES = (
    Note(SectionRole.WHOLE, "一、", f"{ABOUT}收支预算情况总体说明", whole_budget),
    Note(SectionRole.INCOME, "二、", f"{ABOUT}收入预算情况说明", income),
    Note(SectionRole.SPENDING, "三、", f"{ABOUT}支出预算情况说明", expenditure),
    Note(SectionRole.FISCAL, "四、", f"{ABOUT}财政拨款收支预算情况的总体说明", appropriations),
    Note(SectionRole.GENERAL, "五、", f"{ABOUT}一般公共预算当年拨款情况说明", general_budget),
    Note(SectionRole.BASIC, "六、", f"{ABOUT}一般公共预算基本支出情况说明", basic_expenditure),
    Note(SectionRole.PROJECTS, "七、", f"{ABOUT}一般公共预算项目支出情况说明", projects),
    Note(
        SectionRole.GOVERNMENT_FUND,
        "八、",
        f"{ABOUT}政府性基金预算拨款情况说明",
        single_budget(SectionRole.GOVERNMENT_FUND, Role.GOVERNMENT_FUND, "政府性基金预算"),
    ),
    Note(
        SectionRole.STATE_CAPITAL,
        "九、",
        f"{ABOUT}国有资本经营预算拨款情况说明",
        single_budget(SectionRole.STATE_CAPITAL, Role.STATE_CAPITAL, "国有资本经营预算"),
    ),
    Note(SectionRole.THREE_PUBLIC, "十、", f"{ABOUT}财政拨款“三公”经费预算情况说明", three_public),
    Note(SectionRole.CARRYOVER, "十一、", f"{ABOUT}上年结转结余预算情况说明", carryover),
    Note(SectionRole.OTHER_MATTERS, "十二、", "其他重要事项的情况说明", other_matters),
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
