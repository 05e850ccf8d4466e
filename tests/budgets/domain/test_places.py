import pytest

from budgets.domain.facts import Fund
from budgets.domain.places import BY_LABEL, PLACES, Asks, find_place


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.label)
def test_place_is_found_again_by_its_address(place):
    code = {0: "", 3: "201", 7: "2012901"}[place.digits]
    project = "2025年工会.经费（一）:甲" if place.takes_project else ""
    assert find_place(place.address(code, project)) == (place, code, project)


@pytest.mark.parametrize(
    ("label", "code", "project", "address"),
    [
        ("收入：一般公共预算", "", "", "T2.total.general_own"),
        ("一般公共预算：功能科目（项）", "2012901", "", "T5.2012901.total"),
        ("一般公共预算：支出用途（类）", "201", "", "T4.201.general"),
        (
            "一般公共预算：具体项目（项、项目）",
            "2012901",
            " 培 训\n班 ",
            "T7.2012901:培训班.total",
        ),
        ("“三公”经费：公务接待费", "", "", "T10.reception.total"),
        ("机关运行经费", "", "", "N12.agency_operating"),
    ],
)
def test_address_is_the_cell_that_the_label_means(label, code, project, address):
    assert BY_LABEL[label].address(code, project) == address


@pytest.mark.parametrize(
    "address",
    ["", "T5.20129.total", "T5.2012901.basic", "T2.total.generalXown", "T7.2012901:.total", "T99"],
)
def test_address_outside_the_places_is_not_found(address):
    assert find_place(address) is None


def test_label_names_one_place():
    assert len(BY_LABEL) == len(PLACES)
    assert len({place.pattern for place in PLACES}) == len(PLACES)


def test_every_column_of_income_has_a_place():
    columns = {place.pattern.rpartition(".")[2] for place in PLACES if "T2" in place.pattern}
    own = {fund.value for fund in Fund if not fund.is_carryover and fund.family != "unit_funds"}
    assert columns == own | {"unit_funds", "fiscal_carryover", "other_carryover"}


def test_use_is_asked_for_classes_only():
    assert {place.digits for place in PLACES if place.asks is Asks.USE} == {3}
