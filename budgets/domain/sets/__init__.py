"""All that a province prescribes, as literals: another province's set is one more folder."""
