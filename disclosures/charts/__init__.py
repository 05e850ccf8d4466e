"""Charts of a published document: figures of one scope, drawn as shapes; pure."""

from disclosures.charts.county import Part, Whole, draw_whole
from disclosures.charts.drawing import Drawing, draw
from disclosures.charts.figure import Bar, Chart, MixedScopesError
from disclosures.charts.selection import list_charts
from disclosures.charts.years import list_year_charts

__all__ = [
    "Bar",
    "Chart",
    "Drawing",
    "MixedScopesError",
    "Part",
    "Whole",
    "draw",
    "draw_whole",
    "list_charts",
    "list_year_charts",
]
