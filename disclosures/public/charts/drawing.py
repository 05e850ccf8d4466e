"""A chart as shapes: texts and bars with their places, the same on a page and in a file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from budgets.domain.money import ZERO
from disclosures.public.charts.chart import BarChart

# All in units of the drawing, which is as wide as the smallest phone: no type gets too small there.
WIDTH, MARGIN = 320, 12
SMALL, NORMAL, LARGE = 13, 15, 18
LINE, BAR, GAP = 21, 10, 12
# Above this code point a character is as wide as it is high; others are as wide as a bold digit of
# the widest face that a reader may have.
WIDE_FROM, NARROW = 0x2E80, 0.65
# What stays together on a line: a day, a year, a version, a table, a number, a part of an address,
# each with the signs that may not begin a line or end one.
ADDRESS = r"[!-~]+?(?:/|\.(?=[a-z])|(?![!-~]))"
PIECE = re.compile(
    rf"[（《“]*(?:[第表]?[0-9]++(?:[年月日版][0-9]*+)++|表[0-9]++|{ADDRESS}|.)[，。、；：！？）》”]*"
)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of text; `anchor` says which end of it stands at `x`, `kind` how it is shown."""

    x: float
    y: float
    text: str
    size: int = NORMAL
    anchor: str = "start"
    kind: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A bar; a hatched one is a decrease, which direction and sign say too."""

    x: str
    y: float
    width: str
    height: int = BAR
    is_hatched: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The shapes of a chart. `axis` is where the bars of changes start, None for amounts."""

    chart: BarChart
    height: float
    texts: Sequence[TextLine]
    boxes: Sequence[Box]
    axis: str | None
    width: int = WIDTH

    @property
    def room(self) -> str:
        """What a page shows of it: its margins are the page's own."""
        return f"{MARGIN} 0 {self.width - 2 * MARGIN} {self.height}"


def draw_chart(chart: BarChart, footer: Sequence[str] = ()) -> Drawing:
    """The drawing of a chart; with a `footer` (source lines) it stands alone, under its title."""
    texts, bottom = draw_heading(chart) if footer else ([], 0.0)
    values = [ZERO, *(bar.value for bar in chart.bars)]
    lowest, whole = min(values), max(values) - min(values)

    def reach(value: Decimal) -> Decimal:
        """How far an amount reaches: the widest reach, up and down, fills the room."""
        return (WIDTH - 2 * MARGIN) * value / whole if whole else ZERO

    boxes = []
    for bar in chart.bars:
        # Its name at the left, in lines that leave room for its amount at the right.
        name = balance(bar.label, WIDTH - 3 * MARGIN - measure(bar.text), NORMAL)
        texts += stack_lines(name, bottom, NORMAL, "name")
        x, y = WIDTH - MARGIN, bottom + LINE - 5
        texts.append(TextLine(x=x, y=y, text=bar.text, anchor="end", kind="amount"))
        bottom += LINE * len(name)
        start = format_length(MARGIN + reach(min(bar.value, ZERO) - lowest))
        width = format_length(reach(abs(bar.value)))
        boxes.append(Box(x=start, y=bottom, width=width, is_hatched=bar.value < 0))
        bottom += BAR + GAP
    notes = [piece for line in footer for piece in wrap(line, WIDTH - 2 * MARGIN, SMALL)]
    texts += stack_lines(notes, bottom, SMALL, "soft")
    return Drawing(
        chart=chart,
        height=bottom + LINE * len(notes) + (MARGIN if footer else 0),
        texts=texts,
        boxes=boxes,
        axis=format_length(MARGIN + reach(-lowest)) if lowest < 0 else None,
    )


def draw_heading(chart: BarChart) -> tuple[list[TextLine], float]:
    """Title and scope above the bars of a picture that stands alone, and where the bars begin."""
    room = WIDTH - 2 * MARGIN
    titles = balance(chart.title, room, LARGE)
    frame = wrap(f"单位：{chart.unit}　口径：{chart.scope}", room, SMALL)
    middle = MARGIN + LINE * len(titles)
    texts = [
        *stack_lines(titles, MARGIN, LARGE, "title"),
        *stack_lines(frame, middle, SMALL, "soft"),
    ]
    return texts, float(middle + LINE * len(frame) + GAP)


def stack_lines(lines: Sequence[str], y: float, size: int, kind: str) -> list[TextLine]:
    return [
        TextLine(x=MARGIN, y=y + LINE * number - 5, text=line, size=size, kind=kind)
        for number, line in enumerate(lines, start=1)
    ]


def format_length(number: Decimal) -> str:
    """A length to a tenth."""
    return str(number.quantize(TENTH, ROUND_HALF_UP))


def measure(text: str, size: int = NORMAL) -> float:
    """About how wide a text is: Chinese characters are square, others about half."""
    return size * sum(1 if ord(sign) >= WIDE_FROM else NARROW for sign in text)


def wrap(text: str, room: float, size: int = NORMAL) -> list[str]:
    """The text in lines no wider than the room; only a piece wider than that is itself broken."""
    lines = [""]
    for piece in PIECE.findall(text):
        for part in [piece] if measure(piece, size) <= room else piece:
            if lines[-1] and measure(lines[-1] + part, size) > room:
                lines.append("")
            lines[-1] += part
    return lines


def balance(text: str, room: float, size: int) -> list[str]:
    """As few lines as `wrap` needs, about equally long: none is left with a single sign."""
    lines = wrap(text, room, size)
    even = wrap(text, measure(text, size) / len(lines) + size, size)
    return even if len(even) == len(lines) else lines
