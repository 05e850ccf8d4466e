"""Terms are linked once a section, outside figures and own words, and explained in plain words."""

from budgets.domain.document import OwnWords, Part, Text
from budgets.domain.filing import GlossaryEntry
from budgets.domain.sets.xinjiang.profile import glossary_section
from budgets.domain.terms import PLAIN, explain_terms
from disclosures.publishing.document.composition import compose
from tests.factories.grids import document

ENTRIES = (
    GlossaryEntry(term="财政拨款", meaning="指由一般公共预算安排的数。"),
    GlossaryEntry(term="一般公共预算", meaning="包括公共财政拨款。"),
    GlossaryEntry(term="特色项目", meaning="指本部门的项目。"),
)


def explain(*spans):
    sections = (glossary_section(ENTRIES),)
    part = Part(key="glossary", number="第四部分", title="名词解释", sections=sections)
    notes, glossary = explain_terms(compose(document(*spans, parts=[part])))["parts"]
    return notes["sections"][0], glossary["sections"][0]


def test_each_term_is_linked_where_it_first_stands():
    notes, _ = explain(Text(text="一般公共预算拨款，一般公共预算和财政拨款"))
    assert [(each["text"], each["term"]) for each in notes["blocks"][0]["spans"]] == [
        ("", ""),
        ("一般公共预算", "G.2"),
        ("拨款，一般公共预算和", ""),
        ("财政拨款", "G.1"),
        ("", ""),
    ]
    assert [(each.name, each.key) for each in notes["terms"]] == [
        ("一般公共预算", "G.2"),
        ("财政拨款", "G.1"),
    ]


def test_figures_and_own_words_are_left_alone():
    notes, _ = explain(OwnWords(text="财政拨款", at="T2.total.total"))
    assert [(each["text"], each["term"]) for each in notes["blocks"][0]["spans"]] == [
        ("财政拨款", "")
    ]
    assert notes["terms"] == []


def test_glossary_says_it_in_plain_words_where_there_are_some():
    notes, glossary = explain(Text(text="特色项目"))
    assert [block["plain"] for block in glossary["blocks"]] == [
        PLAIN["财政拨款"],
        PLAIN["一般公共预算"],
        "",
    ]
    (term,) = notes["terms"]
    assert (term.plain, term.meaning) == ("", "指本部门的项目。")


def test_document_without_a_glossary_stays_as_it_is():
    composed = compose(document(Text(text="财政拨款")))
    assert explain_terms(composed) == composed
