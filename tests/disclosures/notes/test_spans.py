from budgets.domain.notes.spans import Span, compose, enlist


def test_compose_joins_plain_texts_and_keeps_figures_apart():
    figure = Span(text="1.00", at="T1.total.income")
    assert compose("{name}{amount}万元。", name="收入", amount=figure) == (
        Span(text="收入"),
        figure,
        Span(text="万元。"),
    )


def test_compose_keeps_braces_that_the_department_typed():
    own = Span(text="按{标准}执行", words="T5.total.basic")
    assert compose("原因是{words}", words=own) == (Span(text="原因是"), own)


def test_enlist_parts_pieces_by_the_separator():
    figures = [Span(text=text, at="T1.total.income") for text in ("1.00", "2.00")]
    assert "".join(span.text for span in enlist([figures[0], "甲", [figures[1]]], "；")) == (
        "1.00；甲；2.00"
    )


def test_span_is_frozen_with_only_what_it_has():
    assert Span(text="1.00", at="T1.total.income").as_data() == {
        "text": "1.00",
        "at": "T1.total.income",
    }
    assert Span(text="甲", words="T5.total.basic", missing="reason").as_data() == {
        "text": "甲",
        "words": "T5.total.basic",
        "missing": "reason",
    }
