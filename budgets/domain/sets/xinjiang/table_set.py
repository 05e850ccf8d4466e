"""Xinjiang's set as one value."""

from budgets.domain.sets.table_set import TableSet
from budgets.domain.sets.xinjiang.identities import IDENTITIES
from budgets.domain.sets.xinjiang.tables import FORMS, SPECIFIC_FIRST

XINJIANG = TableSet(forms=FORMS, specific_first=SPECIFIC_FIRST, identities=IDENTITIES)
