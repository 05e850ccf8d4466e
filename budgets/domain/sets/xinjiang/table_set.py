"""Xinjiang's set as one value."""

from budgets.domain.sets.table_set import TableSet
from budgets.domain.sets.xinjiang import wording
from budgets.domain.sets.xinjiang.identities import IDENTITIES
from budgets.domain.sets.xinjiang.notes.profile import glossary_section, profile_sections
from budgets.domain.sets.xinjiang.notes.sections import NOTES
from budgets.domain.sets.xinjiang.tables import FORMS, SPECIFIC_FIRST

XINJIANG = TableSet(
    counted="十一张",
    forms=FORMS,
    specific_first=SPECIFIC_FIRST,
    identities=IDENTITIES,
    notes=NOTES,
    wording=wording,
    write_profile=profile_sections,
    write_glossary=glossary_section,
)
