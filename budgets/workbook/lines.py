"""A worksheet's row as it is read."""

from dataclasses import dataclass

from budgets.domain.text import squeeze


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is not blank: its number, its values from column A on, None where blank.

    `percents` and `open_formulas` are the indexes of cells that show their number as a percentage,
    and of formulas whose result the file does not hold.
    """

    number: int
    values: list[object]
    percents: tuple[int, ...] = ()
    open_formulas: tuple[int, ...] = ()

    def value(self, index: int) -> object:
        """What a cell holds; None where it is blank, or beyond the last."""
        return self.values[index] if index < len(self.values) else None

    def text(self, index: int) -> str:
        """A cell's text for comparing: half-width, without blanks."""
        value = self.value(index)
        return "" if value is None else squeeze(value)

    def texts(self) -> list[str]:
        """All of the row's texts for comparing."""
        return [self.text(index) for index in range(len(self.values))]
