"""Builders of frozen grids, columns and cells for tests."""


def column(kind, width=10, key="c"):
    return {"key": key, "kind": kind, "label": "列", "width": width, "scope": ""}


def cell(kind, text="", **more):
    return {"kind": kind, "text": text, "colspan": 1, "rowspan": 1} | more


def grid(columns, rows=(), **more):
    groups = [{"rows": [{"key": "r", "level": None, "cells": list(cells)} for cells in rows]}]
    return {
        "key": "T7",
        "number": 7,
        "label": "表7",
        "title": "表",
        "subtitle": "",
        "department": "部门",
        "unit": "万元",
        "scope": "全口径",
        "columns": columns,
        "head": [],
        "groups": groups,
        "empty": None,
        "footnotes": [],
    } | more
