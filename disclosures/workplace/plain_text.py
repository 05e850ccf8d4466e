"""Words that somebody types into a form."""

from django import forms

from budgets.domain.text import purge


class PlainTextField(forms.CharField):
    """Words as they are kept: without signs that no database keeps, lines ended by a line feed.

    `rows` high, or a single line; `attrs` are those of its element. Whether there must be any
    words is for the one who records them to say.
    """

    def __init__(self, label: str = "", rows: int = 0, attrs=None, widget=forms.TextInput):
        own = forms.Textarea({"rows": rows, "cols": False} | (attrs or {}))
        super().__init__(required=False, label=label, widget=own if rows else widget(attrs))

    def to_python(self, value) -> str:
        return purge((super().to_python(value) or "").replace("\r\n", "\n")).strip()
