"""What a reviewer looks for on the board: a name, a state, or what is the matter."""

from collections.abc import Callable, Iterable

from django import forms

from budgets.models import State
from budgets.workplace.completion import find_initials
from disclosures.workplace.board.row import NONE, NOT_BEGUN, Row

MATTERS: dict[str, tuple[str, Callable[[Row], bool]]] = {
    "overdue": ("逾期", lambda row: row.clock.is_overdue),
    "suspicious": ("可疑", lambda row: bool(row.suspicion_count)),
    "errors": ("有错误", lambda row: bool(row.errors)),
    "unexplained": ("有警告没有说明", lambda row: bool(row.unexplained)),
    "comments": ("有没解决的意见", lambda row: bool(row.comments)),
}


class Selection(forms.Form):
    """The fields over the board; all may be left empty."""

    q = forms.CharField(label="名称、编码或拼音首字母", required=False, max_length=100, strip=True)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部状态"), (NONE, NOT_BEGUN), *State.choices],
        error_messages={"invalid_choice": "没有“%(value)s”这个状态，请从列表中选。"},
    )
    matter = forms.ChoiceField(
        label="只看",
        required=False,
        choices=[("", "全部"), *((key, label) for key, (label, _) in MATTERS.items())],
        error_messages={"invalid_choice": "没有“%(value)s”这个选项，请从列表中选。"},
    )
    units = forms.BooleanField(label="列出下属单位", required=False)

    def select(self, rows: Iterable[Row]) -> list[Row]:
        """The rows that answer to every field; a field that was wrong selects nothing out."""
        if not self.is_valid():
            return list(rows)
        asked = self.cleaned_data
        kept = [row for row in rows if asked["units"] or not row.department.parent_id]
        if asked["state"]:
            kept = [row for row in kept if row.state == asked["state"]]
        if asked["matter"]:
            kept = list(filter(MATTERS[asked["matter"]][1], kept))
        return [row for row in kept if is_called(row, asked["q"])]


def is_called(row: Row, words: str) -> bool:
    """True where the name or the code holds the words, or the name's initials begin so."""
    name, code = row.department.name, row.department.code
    asked = words.lower()
    return asked in name.lower() or asked in code.lower() or asked in find_initials(name)
