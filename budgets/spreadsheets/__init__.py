"""Bytes of a filing workbook ⇄ rows that know their cells; no other room reads spreadsheets."""

from budgets.spreadsheets.books import RawBook, RawCell, RawSheet, open_book, read_raw
from budgets.spreadsheets.filing_rows import Offered
from budgets.spreadsheets.gate import LARGEST_FILE, MEGABYTE
from budgets.spreadsheets.marking import mark_workbook
from budgets.spreadsheets.reading import SheetCell, SheetRow, Sheets, read
from budgets.spreadsheets.sheets import SHEETS, UNITS, WAN, WHOLE, YUAN
from budgets.spreadsheets.template import fill_template, make_template
