"""Bytes of a filing workbook ⇄ rows that know their cells; no other room reads spreadsheets."""

from budgets.spreadsheets.books import Book, RawCell, RawSheet, open_book, read_raw
from budgets.spreadsheets.filling import Offered
from budgets.spreadsheets.gate import LARGEST_FILE
from budgets.spreadsheets.marking import mark
from budgets.spreadsheets.money_sheets import THREE_PUBLIC_CODES
from budgets.spreadsheets.reading import read
from budgets.spreadsheets.rows import Cell, Row, Sheets
from budgets.spreadsheets.sheets import SHEETS
from budgets.spreadsheets.template import fill_template, make_template
from budgets.spreadsheets.word_sheets import UNITS, WAN, WHOLE, YUAN

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
