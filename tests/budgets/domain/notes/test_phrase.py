import pytest

from budgets.domain.filing import WordsKind
from budgets.domain.notes import continue_sentence, end_sentence


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("人员增加", "人员增加"),
        (" 人员增加。", "人员增加"),
        ("主要原因是人员增加。", "人员增加"),
        ("主要原因为：人员增加；", "人员增加"),
        ("原因：人员增加", "人员增加"),
        ("是由于人员增加", "由于人员增加"),
        ("为落实政策", "为落实政策"),
        ("人员增加，\n  工资上调", "人员增加，工资上调"),
        ("主要原因是。", ""),
        (" \n", ""),
    ],
)
def test_reason_continues_its_sentence(typed, printed):
    assert continue_sentence(typed, WordsKind.REASON) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("人员工资。", "人员工资"),
        ("主要用于人员工资", "人员工资"),
        ("用于：人员工资，", "人员工资"),
        ("主要用于", ""),
    ],
)
def test_use_continues_its_sentence(typed, printed):
    assert continue_sentence(typed, WordsKind.USE) == printed


def test_remark_loses_its_final_stop_only():
    assert end_sentence("依据A。依据B。\n") == "依据A。依据B"
