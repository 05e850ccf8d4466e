"""Changes are told with the sentence that tells them."""

from decimal import Decimal

from budgets.domain.content import draft
from budgets.domain.document import Figure, Text
from budgets.domain.passages import list_changes
from tests.factories.filings import CHART, wan
from tests.factories.grids import document
from tests.factories.union import union_filing


def test_changes_of_the_union_by_section():
    changes = list_changes(draft(union_filing(), CHART))
    told = [(change.section, change.at, str(change.difference)) for change in changes]
    assert [each for each in told if each[0] in ("N2", "N3", "N12")] == [
        ("N2", "T2.total.general_own", "1.43"),
        ("N2", "T2.total.unit_funds", "3.57"),
        ("N3", "T3.total.basic", "1.43"),
        ("N3", "T3.total.project", "3.57"),
        ("N12", "T6.total.operating", "-0.78"),
    ]
    assert len([each for each in told if each[0] == "N5"]) == 11


def test_change_has_its_sentence_rate_and_reason():
    changes = list_changes(draft(union_filing(), CHART))
    (found,) = (each for each in changes if each.at == "T5.2050803.total")
    assert (found.section, found.sentence) == ("N5", "N5.T5.2050803.total")
    assert (found.difference, found.rate) == (Decimal("-0.07"), "23.33")
    assert (found.change.this, found.change.last) == (wan("0.23"), wan("0.30"))
    assert found.reason.startswith("本部门根据工作实际进一步优化培训机制")


def test_text_without_a_comparison_states_no_change():
    figure = Figure(text="1.00", at="T1.total.income", yuan=wan("1.00"))
    assert list_changes(document(Text(text="增加"), figure)) == []
