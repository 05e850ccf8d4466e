"""Which notes there are, in which order, under which titles."""

from budgets.domain.sets.table_set import Note
from budgets.domain.sets.xinjiang.notes.budgets import (
    basic_expenditure,
    general_budget,
    single_budget,
)
from budgets.domain.sets.xinjiang.notes.matters import other_matters, three_public
from budgets.domain.sets.xinjiang.notes.projects import carryover, projects
from budgets.domain.sets.xinjiang.notes.whole import (
    appropriations,
    expenditure,
    income,
    whole_budget,
)
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
