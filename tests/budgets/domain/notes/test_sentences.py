from decimal import Decimal

from budgets.domain.document import Figure, OwnWords, Text
from budgets.domain.notes import compose, enlist

FIGURE = Figure(text="1.00", at="T1.total.income", yuan=Decimal("10000.00"))


def test_compose_joins_plain_texts_and_keeps_figures_apart():
    assert compose("{name}{amount}万元。", name="收入", amount=FIGURE) == (
        Text(text="收入"),
        FIGURE,
        Text(text="万元。"),
    )


def test_compose_keeps_braces_that_the_department_typed():
    own = OwnWords(text="按{标准}执行", at="T5.total.basic")
    assert compose("原因是{words}", words=own) == (Text(text="原因是"), own)


def test_enlist_parts_pieces_by_the_separator():
    assert "".join(span.text for span in enlist([FIGURE, "甲", [FIGURE]], "；")) == "1.00；甲；1.00"
