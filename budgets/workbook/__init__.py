"""Bytes of a filing workbook ⇄ rows that know their cells; no other room reads spreadsheets."""

from budgets.workbook.book import Book, open_book
from budgets.workbook.cover import UNITS, WAN, YUAN
from budgets.workbook.filling import Offered
from budgets.workbook.gate import LARGEST_FILE
from budgets.workbook.marking import mark
from budgets.workbook.money import THREE_PUBLIC_CODES
from budgets.workbook.raw import RawCell, RawSheet, read_raw
from budgets.workbook.reading import read
from budgets.workbook.rows import Cell, Row, Sheets
from budgets.workbook.sheets import SHEETS
from budgets.workbook.words import WHOLE
from budgets.workbook.writing import fill_template, make_template

__all__ = [
    "LARGEST_FILE",
    "SHEETS",
    "THREE_PUBLIC_CODES",
    "UNITS",
    "WAN",
    "WHOLE",
    "YUAN",
    "Book",
    "Cell",
    "Offered",
    "RawCell",
    "RawSheet",
    "Row",
    "Sheets",
    "fill_template",
    "make_template",
    "mark",
    "open_book",
    "read",
    "read_raw",
]
