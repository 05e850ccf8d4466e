"""The form that orders a release: which departments, and at once or at a set time."""

import uuid
from datetime import timedelta

from django import forms
from django.utils import timezone

NOW, LATER = "now", "later"
# A date further off than this has a slip in its year.
FURTHEST = timedelta(days=366)


class OrderForm(forms.Form):
    """What is posted from the page; the key was drawn when the page was made."""

    key = forms.UUIDField(error_messages={"required": "页面不完整", "invalid": "页面不完整"})
    codes = forms.MultipleChoiceField(
        error_messages={
            "required": "没有选中任何部门。请至少选中一个。",
            "invalid_choice": "没有这样的部门编码。请刷新后再选。",
        }
    )
    when = forms.ChoiceField(
        choices=[(NOW, "现在公开"), (LATER, "定时公开")],
        error_messages={
            "required": "请选“现在公开”或者“定时公开”。",
            "invalid_choice": "请选“现在公开”或者“定时公开”。",
        },
    )
    at = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": "时间写得不对，请写成“2026-02-20 09:00”的样子。"},
    )

    def __init__(self, data):
        super().__init__(data)
        # Which of them can be published is judged where the release is made: pressed again, a
        # form names departments that wait or are public by now.
        codes = [code for code in data.getlist("codes") if "\0" not in code]
        self.fields["codes"].choices = [(code, code) for code in codes]

    def clean_at(self):
        """A set time is still to come, and not years away; at once needs none."""
        at = self.cleaned_data["at"]
        if self.cleaned_data.get("when") != LATER:
            return None
        if at is None:
            raise forms.ValidationError("定时公开要写明日期和时间。")
        if at <= timezone.now():
            told = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
            raise forms.ValidationError(f"{told}已经过去了。请写以后的时间，或者选“现在公开”。")
        if at > timezone.now() + FURTHEST:
            raise forms.ValidationError("定时最远到一年以内，请核对年份。")
        return at

    @property
    def mistakes(self) -> list[str]:
        """Every complaint, in the order of the fields."""
        return [message for messages in self.errors.values() for message in messages]


def draw_key() -> str:
    """A new key for a form."""
    return str(uuid.uuid4())
