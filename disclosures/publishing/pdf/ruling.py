"""The rules of a table drawn as whole lines.

The layout engine strokes every side of every cell by itself, which takes a tenth of the time of a
document. `install` lets it name the sides, and draws the lines that they add up to. Positions are
in CSS pixels.
"""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import groupby
from typing import Any, NamedTuple

from weasyprint import draw
from weasyprint.formatting_structure.boxes import TableBox
from weasyprint.pdf.stream import Stream

name_sides, draw_line = draw.draw_collapsed_borders, draw.draw_line
# Sides that meet differ in the last bits of their ends.
TOUCHING = 0.01


class Line(NamedTuple):
    """A lying or standing line, from left to right or from top to bottom, and how it looks."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float
    style: str
    color: Any


class Tape:
    """Stands in for the page while the engine names the sides of the cells."""

    def __init__(self) -> None:
        self.sides: list[Line] = []

    def artifact(self) -> nullcontext[None]:
        """Nothing is drawn, so nothing is marked."""
        return nullcontext()

    stacked = artifact


def install() -> None:
    """Make the layout engine rule its tables this way."""
    draw.draw_collapsed_borders = rule
    draw.draw_line = record


def record(stream: Stream | Tape, *line: Any) -> None:
    """Keep the side of a cell for later; draw any other line at once."""
    if isinstance(stream, Tape):
        stream.sides.append(Line(*line))
    else:
        draw_line(stream, *line)


def rule(stream: Stream, table: TableBox) -> None:
    """Draw the collapsed borders of the part of a table that stands on one page."""
    tape = Tape()
    name_sides(tape, table)
    # The engine names weak sides before strong ones, which are to cover them.
    for _, sides in groupby(tape.sides, lambda side: (side.thickness, side.style)):
        for line in join(sides):
            with stream.artifact():
                draw_line(stream, *line)


def join(sides: Iterable[Line]) -> Iterator[Line]:
    """The lines that sides add up to where they touch and look alike."""
    ordered = sorted(sides, key=_order)
    line = ordered[0]
    for side in ordered[1:]:
        if _goes_on(line, side):
            line = line._replace(x2=max(line.x2, side.x2), y2=max(line.y2, side.y2))
        else:
            yield line
            line = side
    yield line


def _order(side: Line) -> tuple[float, ...]:
    is_lying = side.y1 == side.y2
    return (is_lying, side.y1, side.x1) if is_lying else (is_lying, side.x1, side.y1)


def _goes_on(line: Line, side: Line) -> bool:
    if line.color != side.color:
        return False
    if line.y1 == line.y2 == side.y1 == side.y2:
        return side.x1 <= line.x2 + TOUCHING
    return line.x1 == line.x2 == side.x1 == side.x2 and side.y1 <= line.y2 + TOUCHING
