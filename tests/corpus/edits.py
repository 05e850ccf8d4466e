"""Edits of a workbook, in words: what a clerk, or a program, may have done to a good file."""

import io
import re

from openpyxl import load_workbook


class Edit:
    """A change of the whole workbook; an id is how a case calls it."""

    def __init__(self, change, *arguments):
        self.change, self.arguments = change, arguments

    def __repr__(self):
        return f"{self.change.__name__}{self.arguments}"

    def apply(self, book):
        self.change(book, *self.arguments)


def edit(change):
    """Turn a function of (book, …) into one that makes an Edit of the arguments."""
    return lambda *arguments: Edit(change, *arguments)


@edit
def together(book, first, *others):
    """Put sheets below each other on the first, headers' merged cells too."""
    target = book[first]
    for title in others:
        sheet, start = book[title], target.max_row + 1
        for area in sheet.merged_cells.ranges:
            area.shift(row_shift=start)
            target.merge_cells(area.coord)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    target.cell(cell.row + start, cell.column, cell.value)
        del book[title]


@edit
def drop(book, title):
    """Delete a sheet."""
    del book[title]


@edit
def rename(book, title, new):
    """Call a sheet something else."""
    book[title].title = new


@edit
def reorder(book, *titles):
    """Put these sheets first."""
    sheets = [book[title] for title in titles]
    book._sheets = sheets + [sheet for sheet in book._sheets if sheet not in sheets]


@edit
def add_sheet(book, title, *rows):
    """Add a sheet with these rows."""
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)


@edit
def add_rows(book, title, *rows):
    """Write rows below a sheet's last."""
    for row in rows:
        book[title].append(row)


@edit
def insert_rows(book, title, before, *rows):
    """Put rows in before another, which moves down; only below a header's merged cells."""
    sheet = book[title]
    sheet.insert_rows(before, len(rows))
    for number, row in enumerate(rows, start=before):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value


@edit
def delete_rows(book, title, first, count=1):
    """Take rows out."""
    book[title].delete_rows(first, count)


@edit
def clear_rows(book, title, first, last):
    """Empty rows from one to another."""
    for row in book[title].iter_rows(first, last):
        for cell in row:
            cell.value = None


@edit
def insert_column(book, title, before):
    """Put an empty column in before another; merged cells are taken apart first."""
    unmerge_all(book[title])
    book[title].insert_cols(before)


@edit
def move_column(book, title, column, before):
    """Move a column to the left; merged cells are taken apart first, each place keeping a text."""
    sheet = book[title]
    unmerge_all(sheet, fill=True)
    values = [cell.value for cell in next(sheet.iter_cols(column, column))]
    sheet.delete_cols(column)
    sheet.insert_cols(before)
    for row, value in enumerate(values, start=1):
        sheet.cell(row, before).value = value


def unmerge_all(sheet, fill=False):
    for area in list(sheet.merged_cells.ranges):
        value = sheet.cell(area.min_row, area.min_col).value
        sheet.unmerge_cells(area.coord)
        if fill:
            for row, column in area.cells:
                sheet.cell(row, column, value)


@edit
def unmerge(book, title):
    """Take the merged cells of a sheet apart, texts staying in the first."""
    unmerge_all(book[title])


@edit
def merge(book, title, area):
    """Merge cells."""
    book[title].merge_cells(area)


@edit
def hide_rows(book, title, *rows):
    """Hide rows."""
    for row in rows:
        book[title].row_dimensions[row].hidden = True


@edit
def rewrite(book, title, area, change):
    """Write every filled cell of an area otherwise."""
    for row in book[title][area]:
        for cell in row:
            if cell.value is not None:
                cell.value = change(cell.value)


@edit
def join_codes(book, title, first, last):
    """Write the codes of rows in the first of three columns."""
    sheet = book[title]
    for row in range(first, last + 1):
        code = "".join(str(sheet.cell(row, column).value or "") for column in (1, 2, 3))
        for column, value in ((1, code or None), (2, None), (3, None)):
            sheet.cell(row, column).value = value


def in_yuan(value):
    """A figure in 万元 as yuan."""
    return round(value * 10_000, 2) if isinstance(value, float | int) else value


def with_separators(value):
    """A figure as a text with thousands separators and blanks."""
    return f" {value:,.2f}\u3000" if isinstance(value, float | int) else value


def full_width(value):
    """Digits as full-width signs."""
    shown = f"{value:.2f}" if isinstance(value, float) else str(value)
    return re.sub(r"[0-9.]", lambda sign: chr(ord(sign[0]) + 0xFEE0), shown)


def as_number(value):
    """A text of digits as a number: 1 for 01."""
    return int(value) if isinstance(value, str) and value.isdigit() else value


def edited(content, edits):
    """The workbook after edits: an Edit, or {"表3!F10": value}."""
    book = load_workbook(io.BytesIO(content))
    for change in edits:
        if isinstance(change, Edit):
            change.apply(book)
        else:
            for place, value in change.items():
                title, _, cell = place.rpartition("!")
                book[title][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
