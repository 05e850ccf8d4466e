"""Sentence forms and what fills their blanks."""

import string
from collections.abc import Iterable, Sequence

from budgets.domain.document import Node, Span, Text

FORMATTER = string.Formatter()

Spans = Sequence[Span]
Filling = str | Span | Spans


def compose(form: str, **fillings: Filling) -> tuple[Span, ...]:
    """A sentence form with its blanks filled: plain text stays plain, figures keep their value."""
    spans: list[Span] = []
    for literal, name, _, _ in FORMATTER.parse(form):
        spans.append(Text(text=literal))
        if name is not None:
            spans += as_spans(fillings[name])
    return join_texts(spans)


def enlist(parts: Iterable[Filling], separator: str) -> tuple[Span, ...]:
    """Pieces one after the other with a separator between them."""
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append(Text(text=separator))
        spans += as_spans(part)
    return join_texts(spans)


def as_spans(filling: Filling) -> Spans:
    """What fills a blank, as spans."""
    match filling:
        case str():
            return [Text(text=filling)]
        case Node():
            return [filling]
        case _:
            return filling


def join_texts(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbouring plain texts become one, so that a sentence has no more pieces than values."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if not isinstance(span, Text):
            joined.append(span)
        elif isinstance(last, Text):
            joined[-1] = Text(text=last.text + span.text)
        elif span.text:
            joined.append(span)
    return tuple(joined)
