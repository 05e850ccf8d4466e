"""Tables: what one is before it meets facts (form), after (grid), and the way between (build)."""

from disclosures.tables.build import build, list_facts
from disclosures.tables.form import Block, Column, Form, Heading, Line
from disclosures.tables.grid import Cell, Grid, HeadCell, LeafColumn, Row

__all__ = [
    "Block",
    "Cell",
    "Column",
    "Form",
    "Grid",
    "HeadCell",
    "Heading",
    "LeafColumn",
    "Line",
    "Row",
    "build",
    "list_facts",
]
