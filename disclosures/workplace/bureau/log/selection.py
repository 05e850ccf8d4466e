"""What the auditor looks for in the log: words, a person, a department, an act, some days."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q
from django.utils.timezone import make_aware

from budgets.models import Action, Department, Entry

SPOKEN = ("name", "address", "subject", "before", "after", "words")
NO_DATE = {"invalid": "“%(value)s”不是日期，请写成 2026-01-31 这样。"}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Selection(forms.Form):
    """The fields over the log; all may be left empty."""

    q = forms.CharField(label="词语", required=False, max_length=100)
    person = forms.CharField(label="人员", required=False, max_length=150)
    department = forms.CharField(label="部门（编码或名称）", required=False, max_length=100)
    action = forms.ChoiceField(
        label="操作",
        required=False,
        choices=[("", "全部操作"), *Action.choices],
        error_messages={"invalid_choice": "没有“%(value)s”这种操作，请从列表中选。"},
    )
    first = forms.DateField(label="从", required=False, widget=DAY, error_messages=NO_DATE)
    last = forms.DateField(label="到", required=False, widget=DAY, error_messages=NO_DATE)

    def clean(self):
        """The days in their order."""
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "“到”早于“从”，请换过来。")
        return cleaned

    def select(self):
        """The entries that answer to every field, newest first; none where a field is wrong."""
        if not self.is_valid():
            return Entry.objects.none()
        asked, found = self.cleaned_data, Entry.objects.all()
        for word in asked["q"].split():
            found = found.filter(speak_of(word))
        if asked["person"]:
            found = found.filter(name__icontains=asked["person"])
        if asked["department"]:
            found = found.filter(concern(asked["department"]))
        if asked["action"]:
            found = found.filter(action=asked["action"])
        return found.filter(fall_between(asked["first"], asked["last"]))


def speak_of(word: str) -> Q:
    """The condition that a word stands anywhere in an entry."""
    condition = Q()
    for field in SPOKEN:
        condition |= Q(**{f"{field}__icontains": word})
    return condition


def concern(called: str) -> Q:
    """The condition that an entry is about a department, by its code or by a part of its name."""
    codes = Department.objects.filter(name__icontains=called).values("code")
    return Q(department=called) | Q(department__in=codes) | Q(subject__icontains=called)


def fall_between(first: date | None, last: date | None) -> Q:
    """The condition that something happened on these days, the last one included."""
    condition = Q()
    if first and first > date.min:
        condition &= Q(at__gte=begin(first))
    if last and last < date.max:
        condition &= Q(at__lt=begin(last + timedelta(days=1)))
    return condition


def begin(day: date) -> datetime:
    """The first moment of a day."""
    return make_aware(datetime.combine(day, time.min))
