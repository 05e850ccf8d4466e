"""The index of pairs finds what reading every text would find, whatever signs are in it."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosures.models import Disclosure, IndexText, TextKind
from disclosures.public.search import (
    LAST_PAGE,
    PAGE,
    find_hits,
    list_all,
    list_likely,
    match_words,
    read_question,
)
from disclosures.publishing.index.matching import are_pairs_whole, fold, may_hold

pytestmark = pytest.mark.django_db
YEARS = (2024, 2025)
SIGNS = st.text("工会经费预算２28005 aAé\n\t%_\"'*^():-\\和😀", min_size=1, max_size=12)
CODES = st.from_regex(r"2(08|09)(05)?(05)? (社会|208)", fullmatch=True)
ROWS = st.lists(
    st.tuples(st.sampled_from(TextKind), st.sampled_from(YEARS), SIGNS | CODES, SIGNS),
    min_size=1,
    max_size=8,
)


@pytest.fixture
def shelf(union):
    """Something that texts can belong to."""
    made = Disclosure(department=union, year=2025, version=1, title="某年", content="{}")
    made.save()
    return made


def write(shelf, rows):
    IndexText.objects.bulk_create(
        IndexText(
            disclosure=shelf,
            department_id=shelf.department_id,
            kind=kind,
            year=year,
            title=title,
            text=text,
            normal=fold(f"{title}\n{text}"),
        )
        for kind, year, title, text in rows
    )


def read_all(question, kind):
    """The rows that a reader of every text would choose."""
    codes = question.codes if kind == TextKind.CODE else []
    starts = tuple([f"{code} " for code in codes[:-1]] + codes[-1:])
    return {
        row.pk
        for row in IndexText.objects.filter(kind=kind)
        if question.year in (None, row.year)
        and (
            row.title.startswith(starts)
            if starts
            else all(word in row.normal for word in question.words)
        )
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, data=st.data())
def test_pairs_find_what_reading_every_text_finds(shelf, rows, data):
    title, text = data.draw(st.sampled_from([row[2:] for row in rows]))
    start = data.draw(st.integers(0, len(text)))
    words = [word for word in f"{text[start:]} {title}".split() if len(word) > 1] or ["208"]
    asked = {"q": " ".join(words[:3]), "year": data.draw(st.sampled_from(["", "2025"]))}
    with transaction.atomic():
        write(shelf, rows)
        question = read_question(asked)
        IndexText.objects.filter(kind=data.draw(st.sampled_from(TextKind))).delete()
        for kind in TextKind:
            likely = match_words(list_likely(question, kind), question, kind)
            every = match_words(list_all(question, kind), question, kind)
            found = {row.pk for row in likely}
            assert found == {row.pk for row in every} == read_all(question, kind)
        assert are_pairs_whole()
        transaction.set_rollback(True)


def test_many_are_counted_no_further_than_pages_go(shelf):
    most = PAGE * LAST_PAGE
    write(shelf, [(TextKind.SENTENCE, 2024, f"{number}", "预算") for number in range(most)])
    asked = {"q": "预算", "kind": "sentence", "page": str(LAST_PAGE)}
    last = [f"{number}" for number in range(most - PAGE, most)]

    (all_told,) = find_hits(read_question(asked))
    assert (all_told.count, all_told.is_more) == (most, False)
    assert [hit.title for hit in all_told.hits] == [[(number, False)] for number in last]

    write(shelf, [(TextKind.SENTENCE, 2025, "newest", "预算")])
    (more,) = find_hits(read_question(asked))
    assert (more.count, more.is_more) == (most, True)
    assert [hit.title for hit in more.hits][1:] == [[(number, False)] for number in last[:-1]]
    (first,) = find_hits(read_question(asked | {"page": "1"}))
    assert first.hits[0].title == [("newest", False)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite asks its index by name")
def test_question_is_asked_of_the_index(shelf):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = IndexText.objects.filter(may_hold(["预算"], TextKind.SENTENCE, 2025)).explain()
    assert "Bitmap Index Scan on disclosures_index_pairs" in plan
