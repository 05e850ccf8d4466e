"""Builders of tables, columns, cells and whole documents for tests."""

from decimal import Decimal

from budgets.domain.document import (
    FORMAT,
    Body,
    Cell,
    Document,
    LeafColumn,
    Paragraph,
    Part,
    PlacedTable,
    Row,
    Section,
    Table,
)


def column(kind, width=10, key="c"):
    return LeafColumn(key=key, kind=kind, label="列", width=width)


def cell(kind, text="", **more):
    if kind == "amount":
        more = {"at": "T7.r.c", "yuan": Decimal("10000.00") if text else None} | more
    return Cell(kind=kind, text=text, **more)


def grid(columns, rows=(), **more):
    made = {
        "key": "T7",
        "number": 7,
        "label": "表7",
        "title": "表",
        "department": "部门",
        "scope": "全口径",
        "columns": tuple(columns),
        "head": (),
        "groups": (tuple(Row(key="r", cells=tuple(cells)) for cells in rows),),
    }
    return Table(**made | more)


def document(*spans, tables=(), blocks=(), parts=(), checks=()):
    """A document with one sentence of these spans, and what else is given."""
    sentence = Paragraph(key="N1.1", spans=spans)
    section = Section(key="N1", number="一、", title="说明", blocks=(sentence, *blocks))
    placed = {block.table for block in blocks if isinstance(block, PlacedTable)}
    keys = tuple(table.key for table in tables if table.key not in placed)
    notes = Part(key="notes", number="第三部分", title="说明", sections=(section,))
    return Document(
        format=FORMAT,
        title="公开",
        year=2025,
        currency="CNY",
        department=Body(code="1", name="部门"),
        units=(),
        signed_on=None,
        parts=(
            notes,
            *([Part(key="tables", number="", title="", tables=keys)] if keys else []),
            *parts,
        ),
        tables=tuple(tables),
        checks=tuple(checks),
    )
