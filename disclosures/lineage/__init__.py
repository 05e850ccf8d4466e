"""Where a published figure comes from, where it goes, who quotes it, and what proves it; pure."""

from disclosures.lineage.account import explain, explain_sentence
from disclosures.lineage.places import Place, list_places

__all__ = ["Place", "explain", "explain_sentence", "list_places"]
