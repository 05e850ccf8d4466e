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
    Note(
        key="N1",
        number="一、",
        title="关于{department}{year}年收支预算情况总体说明",
        write=whole_budget,
    ),
    Note(key="N2", number="二、", title="关于{department}{year}年收入预算情况说明", write=income),
    Note(
        key="N3", number="三、", title="关于{department}{year}年支出预算情况说明", write=expenditure
    ),
    Note(
        key="N4",
        number="四、",
        title="关于{department}{year}年财政拨款收支预算情况的总体说明",
        write=appropriations,
    ),
    Note(
        key="N5",
        number="五、",
        title="关于{department}{year}年一般公共预算当年拨款情况说明",
        write=general_budget,
    ),
    Note(
        key="N6",
        number="六、",
        title="关于{department}{year}年一般公共预算基本支出情况说明",
        write=basic_expenditure,
    ),
    Note(
        key="N7",
        number="七、",
        title="关于{department}{year}年一般公共预算项目支出情况说明",
        write=projects,
    ),
    Note(
        key="N8",
        number="八、",
        title="关于{department}{year}年政府性基金预算拨款情况说明",
        write=single_budget("N8", Role.GOVERNMENT_FUND, "政府性基金预算"),
    ),
    Note(
        key="N9",
        number="九、",
        title="关于{department}{year}年国有资本经营预算拨款情况说明",
        write=single_budget("N9", Role.STATE_CAPITAL, "国有资本经营预算"),
    ),
    Note(
        key="N10",
        number="十、",
        title="关于{department}{year}年财政拨款“三公”经费预算情况说明",
        write=three_public,
    ),
    Note(
        key="N11",
        number="十一、",
        title="关于{department}{year}年上年结转结余预算情况说明",
        write=carryover,
    ),
    Note(key="N12", number="十二、", title="其他重要事项的情况说明", write=other_matters),
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
