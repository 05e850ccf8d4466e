"""“三公”经费: the economic codes that say so, and the facts that are counted as such."""

from budgets.domain.facts import Fact
from budgets.domain.filing import Filing
from budgets.domain.tables.slices import BY_ECONOMIC, FISCAL, ledger_facts

ABROAD, RECEPTION, RUNNING = ("30212",), ("30217",), ("30231",)
# Vehicles are also bought with capital construction money (309), not only with 310.
PURCHASE = ("31013", "30913")
THREE_PUBLIC_CODES = (
    ("abroad", "因公出国（境）费", ABROAD),
    ("reception", "公务接待费", RECEPTION),
    ("vehicle_purchase", "公务用车购置费", PURCHASE),
    ("vehicle_running", "公务用车运行费", RUNNING),
)
COUNTED = tuple(code for _, _, codes in THREE_PUBLIC_CODES for code in codes)


def derived_three_public(filing: Filing) -> list[Fact]:
    """The facts whose economic codes say that they are three public expenses."""
    counted = BY_ECONOMIC & FISCAL
    facts = (fact for fact in ledger_facts(filing) if counted.holds(fact))
    return [fact for fact in facts if three_public_item(fact)]


def three_public_facts(filing: Filing) -> list[Fact]:
    """Unit by unit and item by item: what is stated where it is stated, else the economic codes."""
    stated = [fact for fact in filing.three_public if fact.economic.startswith(COUNTED)]
    told = {(fact.unit, three_public_item(fact)) for fact in stated}
    derived = derived_three_public(filing)
    return stated + [fact for fact in derived if (fact.unit, three_public_item(fact)) not in told]


def three_public_item(fact: Fact) -> str:
    """Which of the three public expenses a fact is, as its row in their table; empty if none."""
    for key, _, codes in THREE_PUBLIC_CODES:
        if fact.economic.startswith(codes):
            return key
    return ""
