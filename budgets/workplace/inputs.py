"""A field of a screen as HTML: made here, since a long sheet has tens of thousands of them."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from budgets.problems import Problem

LINE = '<input type="text" name="{0}" id="{0}" value="{1}"{2}>'
TEXT = '<textarea name="{0}" id="{0}" rows="3"{2}>\n{1}</textarea>'
SELECT = '<select name="{0}" id="{0}"{2}>{1}</select>'
FIXED = '<input type="hidden" name="{0}" id="{0}" value="{1}"><span class="fixed">{1}</span>'
FORMS = {"line": LINE, "number": LINE, "offer": LINE, "text": TEXT, "select": SELECT}
CELL = '<td class="{0}"><label for="{1}">{2}</label>{3}{4}{5}</td>'
ECHO = '<output class="echo" data-echo="{0}">{1}</output>'
MISTAKES = '<p class="mistake" id="{0}-mistake">{1}</p>'
MISTAKE = "<span>{0}：{1}{2}</span>"
NUMBER = SafeString(' inputmode="decimal" class="number"')
NOTHING = SafeString("")


def draw_input(
    widget: str,
    name: str,
    text: str,
    options: Sequence[tuple[str, str]] = (),
    listing: str = "",
    described: SafeString = NOTHING,
) -> SafeString:
    """The input of `widget`, as in `fields.Field`; `described` says what is told about it."""
    if widget == "fixed":
        return format_html(FIXED, name, text)
    extra = NUMBER if widget == "number" else NOTHING
    if widget == "offer":
        extra = format_html(' list="list-{}"', listing)
    inside = draw_options(tuple(options), text) if widget == "select" else text
    return format_html(FORMS[widget], name, inside, extra + described)


@lru_cache(maxsize=512)
def draw_options(options: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """The options of a select, a blank one first; few differ, whatever the number of rows."""
    chosen_mark = SafeString(" selected")
    entries = (
        (value, chosen_mark if value == chosen else NOTHING, label)
        for value, label in (("", ""), *options)
    )
    return format_html_join("", '<option value="{}"{}>{}</option>', entries)


def describe(name: str, is_wrong: bool, has_problems: bool, has_hint: bool) -> SafeString:
    """The attributes that tie an input to its problems, or to its hint."""
    wrong = SafeString(' aria-invalid="true"') if is_wrong else NOTHING
    told = "mistake" if has_problems else "hint" if has_hint else ""
    return wrong + (format_html(' aria-describedby="{}-{}"', name, told) if told else NOTHING)


def draw_cell(
    kind: str, name: str, header: str, inside: SafeString, echo: str | None, mistakes: SafeString
) -> SafeString:
    """An input in its cell; `echo` says how its text is understood, None where nothing would."""
    told = NOTHING if echo is None else format_html(ECHO, name, echo)
    return format_html(CELL, kind, name, header, inside, told, mistakes)


def draw_quickly(
    kind: str, name: str, header: str, widget: str, listing: str, text: str
) -> SafeString:
    """As `draw_cell` for a cell that has nothing but its input, which is no select."""
    return SafeString(cut_cell(kind, header, widget, listing).format(name, escape(text)))


@lru_cache(maxsize=512)
def cut_cell(kind: str, header: str, widget: str, listing: str) -> str:
    """A cell with gaps for name and text; only they differ in the rows of a column."""
    inside = draw_input(widget, "{0}", "{1}", (), listing)
    return draw_cell(kind, "{0}", header, inside, None, NOTHING)


def draw_problems(name: str, problems: Sequence[Problem]) -> SafeString:
    """What is wrong with a field, each problem a sentence."""
    if not problems:
        return NOTHING
    told = ((each.severity.label, each.message, each.advice) for each in problems)
    return format_html(MISTAKES, name, format_html_join("", MISTAKE, told))
