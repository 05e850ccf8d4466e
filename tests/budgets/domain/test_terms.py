"""Terms are found once a section, and explained in plain words."""

from budgets.domain.document import Part
from budgets.domain.filing import GlossaryEntry
from budgets.domain.sets.xinjiang.profile import glossary_section
from budgets.domain.terms import PLAIN, Terms
from tests.factories.grids import document

ENTRIES = (
    GlossaryEntry(term="财政拨款", meaning="指由一般公共预算安排的数。"),
    GlossaryEntry(term="一般公共预算", meaning="包括公共财政拨款。"),
    GlossaryEntry(term="特色项目", meaning="指本部门的项目。"),
)
SECTIONS = (glossary_section(ENTRIES),)
GLOSSARY = Part(key="glossary", number="第四部分", title="名词解释", sections=SECTIONS)
TERMS = Terms.of(document(parts=[GLOSSARY]))


def test_each_term_is_linked_where_it_first_stands():
    met = {}
    assert list(TERMS.split("一般公共预算拨款，一般公共预算和财政拨款", met)) == [
        ("", ""),
        ("一般公共预算", "G.2"),
        ("拨款，一般公共预算和", ""),
        ("财政拨款", "G.1"),
        ("", ""),
    ]
    assert [(each.name, each.key) for each in met.values()] == [
        ("一般公共预算", "G.2"),
        ("财政拨款", "G.1"),
    ]
    assert TERMS.split("财政拨款", met) == [("财政拨款", "")]


def test_glossary_says_it_in_plain_words_where_there_are_some():
    assert [(term.key, term.plain) for term in TERMS.values()] == [
        ("G.1", PLAIN["财政拨款"]),
        ("G.2", PLAIN["一般公共预算"]),
        ("G.3", ""),
    ]
    assert TERMS["特色项目"].meaning == "指本部门的项目。"


def test_document_without_a_glossary_explains_nothing():
    assert Terms.of(document()).split("财政拨款", {}) == [("财政拨款", "")]
