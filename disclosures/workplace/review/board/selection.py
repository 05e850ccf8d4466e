"""What a reviewer looks for on the board: whose departments, a name, a state, what is wrong."""

from collections.abc import Callable, Collection, Iterable

from django import forms

from budgets.models import State
from disclosures.workplace.clerk.labels import find_initials
from disclosures.workplace.home import ALL
from disclosures.workplace.review.board.row import NONE, NOT_BEGUN, BoardRow, call

# Whose departments are listed besides all; anything else is a reviewer's key.
MINE, NOBODYS = "mine", "none"

MATTERS: dict[str, tuple[str, Callable[[BoardRow], bool]]] = {
    "overdue": ("逾期", lambda row: row.clock.is_overdue),
    "suspicious": ("可疑", lambda row: bool(row.suspicion_count)),
    "errors": ("有错误", lambda row: bool(row.errors)),
    "unexplained": ("有警告没有说明", lambda row: bool(row.unexplained)),
    "comments": ("有没解决的意见", lambda row: bool(row.comments)),
}


class Selection(forms.Form):
    """The fields over the board; all may be left empty.

    A reviewer with departments of his own sees those at first; where nobody is in charge of
    anything, there is no such choice.
    """

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
    whose = forms.ChoiceField(
        label="对口审核员",
        required=False,
        error_messages={"invalid_choice": "没有“%(value)s”这位对口审核员，请从列表中选。"},
    )
    units = forms.BooleanField(label="列出下属单位", required=False)

    def __init__(self, asked, rows: Collection[BoardRow], person) -> None:
        people = {each.pk: each for row in rows for each in row.in_charge}
        self.person = person
        self.has_own = person.pk in people
        chosen = asked.copy()
        chosen.setdefault("whose", MINE if self.has_own else ALL)
        super().__init__(chosen, label_suffix="")
        own = [(MINE, "我负责的")] if self.has_own else []
        names = [(str(pk), call(each)) for pk, each in people.items()]
        self.fields["whose"].choices = [(ALL, "全部"), *own, *names, (NOBODYS, "没有指定")]
        if not people:
            del self.fields["whose"]

    @property
    def scope(self) -> str:
        """Whose departments are asked for."""
        self.is_valid()
        return self.cleaned_data.get("whose") or ALL

    def narrow(self, rows: Iterable[BoardRow]) -> list[BoardRow]:
        """The rows of those whose departments are asked for, whatever their state."""
        if self.scope == ALL:
            return list(rows)
        if self.scope == NOBODYS:
            return [row for row in rows if not row.in_charge]
        key = self.person.pk if self.scope == MINE else int(self.scope)
        return [row for row in rows if key in (each.pk for each in row.in_charge)]

    def select(self, rows: Iterable[BoardRow]) -> list[BoardRow]:
        """The rows that answer to every field; a field that was wrong selects nothing out."""
        if not self.is_valid():
            return list(rows)
        asked = self.cleaned_data
        kept = [row for row in self.narrow(rows) if asked["units"] or not row.department.parent_id]
        if asked["state"]:
            kept = [row for row in kept if row.state == asked["state"]]
        if asked["matter"]:
            kept = list(filter(MATTERS[asked["matter"]][1], kept))
        return [row for row in kept if is_called(row, asked["q"])]


def is_called(row: BoardRow, words: str) -> bool:
    """True where the name or the code holds the words, or the name's initials begin so."""
    name, code = row.department.name, row.department.code
    asked = words.lower()
    return asked in name.lower() or asked in code.lower() or asked in find_initials(name)
