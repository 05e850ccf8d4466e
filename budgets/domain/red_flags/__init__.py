"""What deserves a reviewer's attention beside the checks: pure looks at a document."""

from budgets.domain.red_flags import changes, reasons, targets
from budgets.domain.red_flags.mark import Attention, Mark
from budgets.domain.red_flags.subject import Subject

# In order of weight. What makes a budget suspicious stands first; the rest is worth a look.
ATTENTIONS: tuple[Attention, ...] = (
    Attention("opposite", "原因和增减方向相反", True, reasons.find_opposite),
    Attention("lowered", "绩效指标低于上年完成值", True, targets.find_lowered),
    Attention("three-public", "“三公”经费增加", True, changes.find_rising_three_public),
    Attention("hollow", "原因没有内容", True, reasons.find_hollow),
    Attention("of-others", "原因与其他部门相同", True, reasons.find_of_others),
    Attention("of-last-year", "原因照抄上年", True, reasons.find_of_last_year),
    Attention("repeated", "几处变动用同一个原因", False, reasons.find_repeated),
    Attention("large", "变动较大", False, changes.find_large),
    Attention("new", "新增的科目和项目", False, changes.find_new),
    Attention("gone", "取消的科目和项目", False, changes.find_gone),
)


def attend(subject: Subject) -> list[tuple[Attention, list[Mark]]]:
    """Every attention that finds something, in order of weight, with its marks."""
    found = [(attention, list(attention.find(subject))) for attention in ATTENTIONS]
    return [(attention, marks) for attention, marks in found if marks]
