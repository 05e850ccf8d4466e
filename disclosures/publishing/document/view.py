"""A document in the shape of the first format, until every reader of it reads values."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from budgets.domain.document import (
    AGENCY_OPERATING,
    Cell,
    Change,
    Document,
    Finding,
    Missing,
    OwnWords,
    Paragraph,
    PlacedTable,
    Share,
    Span,
    Subheading,
    Sum,
    Table,
    Term,
    Text,
    part_span,
)


def view_document(document: Document) -> dict[str, Any]:
    """The dict."""
    return {
        "format": document.format,
        "title": document.title,
        "year": document.year,
        "currency": document.currency,
        "department": {"code": document.department.code, "name": document.department.name},
        "units": [{"code": unit.code, "name": unit.name} for unit in document.units],
        "signed_on": document.signed_on.isoformat() if document.signed_on else None,
        "parts": [
            {"key": part.key, "number": part.number, "title": part.title}
            | (
                {"grids": list(part.tables)}
                if part.tables
                else {
                    "sections": [
                        {
                            "key": section.key,
                            "number": section.number,
                            "title": section.title,
                            "blocks": [view_block(document, block) for block in section.blocks],
                        }
                        for section in part.sections
                    ]
                }
            )
            for part in document.parts
        ],
        "grids": {table.key: view_table(table) for table in document.tables},
        "figures": {
            at: f"{yuan:.2f}" for at, yuan in document.amounts.items() if at == AGENCY_OPERATING
        },
        "checks": [view_finding(finding) for finding in document.checks],
    }


def view_block(document: Document, block: Paragraph | Subheading | PlacedTable) -> dict[str, Any]:
    match block:
        case PlacedTable():
            return {"type": "grid", "grid": block.table}
        case Subheading():
            return {"type": "heading", "key": block.key, "text": block.text}
        case Paragraph():
            spans = list(view_spans(document, block))
            return {"type": "paragraph", "key": block.key, "spans": spans}


def view_spans(document: Document, block: Paragraph) -> Iterator[dict[str, Any]]:
    plain = []
    for span in block.spans:
        if isinstance(span, Text | Term):
            plain.append(span.text)
            continue
        for shown in view_span(document, span):
            if list(shown) == ["text"]:
                plain.append(shown["text"])
                continue
            if plain:
                yield {"text": "".join(plain)}
            plain = []
            yield shown
    if plain:
        yield {"text": "".join(plain)}


def view_span(document: Document, span: Span) -> Iterator[dict[str, Any]]:
    for run in part_span(span):
        shown: dict[str, Any] = {"text": run.text}
        if run.at and run.at != AGENCY_OPERATING:
            table = document.tables_by_key[run.at.partition(".")[0]]
            shown["at"] = run.at if run.at in table.cells_by_address else table.key
        if isinstance(span, Change | Share | Sum) and "at" in shown:
            shown["derived"] = True
        if run.is_figure and "at" not in shown:
            shown["stated"] = True
        if isinstance(span, OwnWords | Missing):
            shown["words"] = span.at
            if span.kind and span.kind != "prior":
                shown["kind"] = str(span.kind)
        if isinstance(span, Missing):
            shown["missing"] = span.kind
        yield shown


def view_table(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "number": table.number,
        "label": table.label,
        "title": table.title,
        "subtitle": table.subtitle,
        "department": table.department,
        "unit": table.unit,
        "scope": table.scope,
        "columns": [
            {"key": c.key, "label": c.label, "kind": c.kind, "width": c.width, "scope": c.scope}
            for c in table.columns
        ],
        "head": [
            [
                {
                    "text": c.text,
                    "colspan": c.colspan,
                    "rowspan": c.rowspan,
                    "scope": c.scope,
                    "mark": c.mark,
                }
                for c in row
            ]
            for row in table.head
        ],
        "groups": [
            {
                "rows": [
                    {
                        "key": row.key,
                        "level": row.level,
                        "cells": [view_cell(table, cell) for cell in row.cells],
                    }
                    for row in group
                ]
            }
            for group in table.groups
        ],
        "empty": table.empty,
        "footnotes": list(table.footnotes),
    }


def view_cell(table: Table, cell: Cell) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": cell.kind,
        "text": cell.text,
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
    }
    if cell.level is not None:
        data["level"] = cell.level
    if cell.at:
        data |= {"at": cell.at, "table": table.key, "row": cell.row, "column": cell.column}
        data |= {"scope": cell.scope, "yuan": None if cell.yuan is None else f"{cell.yuan:.2f}"}
    return data


def view_finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "title": finding.title,
        "formula": finding.formula,
        "severity": finding.severity.value,
        "result": finding.result.value,
        "label": finding.result.label,
        "message": finding.message,
        "advice": finding.advice,
        "sides": [
            {"label": s.label, "at": s.at, "yuan": f"{s.yuan:.2f}", "text": s.text}
            for s in finding.sides
        ],
    }


@lru_cache(maxsize=4)
def read_view(document: Document) -> dict[str, Any]:
    return view_document(document)
