"""The notes of 第三部分 as the set prescribes them."""

from budgets.domain.document import Section
from budgets.domain.notes.writer import Writer
from budgets.domain.sets.table_set import load_table_set


def write_notes(writer: Writer) -> list[Section]:
    """Each note with its number, its title and what it says."""
    return [
        Section(
            key=note.key,
            number=note.number,
            title=note.title.format(**writer.names),
            blocks=tuple(note.write(writer)),
        )
        for note in load_table_set(writer.chart.table_set).notes
    ]
