"""What a cell says, as a value: codes, money, dates and words as people type them; and back."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from openpyxl.utils.datetime import from_excel

from budgets.domain.text import show_day, squeeze
from budgets.spreadsheets.sheets import WAN, YUAN, ColumnKind, SheetColumn

# Yuan to one of each unit that money is typed in.
FACTORS = {YUAN: 1, WAN: 10_000}
CENT = Decimal("0.01")
# SQLite keeps fifteen digits of a decimal, and so does a spreadsheet.
LARGEST = Decimal("9999999999999.99")
LARGEST_COUNT = 99_999_999
# No field holds more, in a cell or on screen: what is longer is not looked into.
LONGEST_TEXT = 10_000
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
CODE_WITH_NAME = re.compile(r"(?s)\A(?:([0-9A-Za-z]{3,}+)\s+\D.*|([0-9]{3,}+)[^\x00-\x7f].*)")
LINE_BREAK = re.compile(r"(?<!\s)[^\S\r\n]*+[\r\n]\s*+")
DATE_FORM = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
NOTHING = {"", "-", "--", "–", "—", "——"}
ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


class MisreadError(ValueError):
    """A cell whose content does not fit its column: what is wrong, and what to do."""

    def __init__(self, message: str, advice: str):
        super().__init__(message)
        self.message, self.advice = message, advice


def misread(raw: object, message: str, advice: str) -> MisreadError:
    return MisreadError(f"“{parse_text(raw)}”{message}", advice)


def parse_value(column: SheetColumn, raw: object, percent: bool = False, factor: int = 1):
    """The value of a cell by its column's kind; None, or "" for words, where it is blank.

    `percent`: the cell shows its number as a percentage. `factor`: yuan to one of the file's unit
    of money. Raises MisreadError.
    """
    if isinstance(raw, str) and len(raw) > LONGEST_TEXT:
        raise MisreadError(f"有 {len(raw):,} 个字，超过 {LONGEST_TEXT:,} 个。", "请删减。")
    if isinstance(raw, str) and raw.strip() in ERRORS:
        raise MisreadError(f"单元格的值是公式错误 {raw.strip()}。", "请改成数字或文字。")
    if column.kind is ColumnKind.MONEY:
        return parse_money(raw, factor)
    if column.kind is ColumnKind.CHOICE:
        return parse_choice(raw, column)
    if percent and column.kind in (ColumnKind.NUMBER, ColumnKind.TEXT) and is_number(raw):
        # What shows as a percentage: `95%` as a text, 95 as a number.
        shown = exact(raw) * 100
        raw = f"{shown.normalize():f}%" if column.kind is ColumnKind.TEXT else shown
    return PARSERS[column.kind](raw)


def is_number(raw) -> bool:
    # What is no number in spite of its type is not equal to itself, and cannot be compared.
    return isinstance(raw, int | float | Decimal) and not isinstance(raw, bool) and raw == raw


def exact(raw) -> Decimal:
    """A spreadsheet's number as the decimal that it shows.

    A float keeps 15 digits truly; what follows is binary noise (`0.1+0.2`) that no cell displays.
    """
    return Decimal(f"{raw:.15g}") if isinstance(raw, float) else Decimal(raw)


def parse_text(raw) -> str:
    """One line of words; a number, a date or a truth value as it is shown."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, date):
        return show_day(raw)
    if is_number(raw):
        return f"{exact(raw):f}"
    return LINE_BREAK.sub("", str(raw)).strip()


def parse_paragraphs(raw) -> str:
    """Words in which line breaks count."""
    if not isinstance(raw, str):
        return parse_text(raw)
    # _x000D_ is how the file format writes the carriage return that some programs leave behind.
    lines = raw.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def parse_code(raw) -> str:
    """A code, also where it was stored as a number or is followed by its name."""
    if raw is None:
        return ""
    if is_number(raw):
        return f"{exact(raw):f}".removesuffix(".0")
    plain = unicodedata.normalize("NFKC", str(raw)).strip()
    found = CODE_WITH_NAME.fullmatch(plain)
    return squeeze(next(filter(None, found.groups())) if found else plain)


def parse_number(raw) -> Decimal | None:
    """A number with at most two decimals."""
    number = to_decimal(raw)
    if number is None:
        return None
    if number != number.quantize(CENT):
        raise misread(raw, "的小数超过两位。", "请保留两位小数。")
    return number.quantize(CENT)


def to_decimal(raw) -> Decimal | None:
    """Any number as it was typed: full-width digits and thousands separators are understood."""
    plain = squeeze(raw) if isinstance(raw, str) else raw
    if plain is None or plain in NOTHING:
        return None
    plain = plain.replace(",", "").removeprefix("¥") if isinstance(plain, str) else plain
    if not is_number(plain) and not PLAIN_NUMBER.fullmatch(str(plain)):
        raise misread(raw, "不是数字。", "请只填数字，不要带单位和文字，例如 1234.56。")
    number = exact(plain)
    if abs(number) > LARGEST:
        raise misread(raw, "太大。", "请检查金额单位和位数。")
    return number


def parse_money(raw, factor: int) -> Decimal | None:
    """Money as yuan and cents."""
    number = to_decimal(raw)
    if number is None:
        return None
    yuan = number * factor
    if abs(yuan) > LARGEST:
        raise misread(raw, "太大。", "请检查金额单位和位数。")
    if yuan != yuan.quantize(CENT):
        raise misread(raw, "折合成元后小数超过两位。", "金额最多精确到分，请改正。")
    return yuan.quantize(CENT)


def parse_change(raw) -> int | None:
    """A whole number, less than zero too."""
    number = to_decimal(raw)
    if number is None:
        return None
    if number != number.to_integral_value() or abs(number) > LARGEST_COUNT:
        raise misread(raw, "不是整数。", "请填整数，不带单位。")
    return int(number)


def parse_count(raw) -> int | None:
    """A whole number, zero or more."""
    count = parse_change(raw)
    if count is not None and count < 0:
        raise misread(raw, "小于 0。", "请填 0 或更大的整数。")
    return count


def parse_date(raw) -> date | None:
    """A day, also where it was typed as text or left as a spreadsheet's serial number."""
    if raw is None or (isinstance(raw, str) and not squeeze(raw)):
        return None
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    found = DATE_FORM.fullmatch(squeeze(raw))
    try:
        if found:
            return date(*(int(part) for part in found.groups() if part))
        return from_excel(raw).date()
    except (TypeError, ValueError, AttributeError, OverflowError):
        raise misread(raw, "不是日期。", "请按 2025-02-14 的样子填写。") from None


@lru_cache(maxsize=64)
def squeeze_labels(labels: tuple[str, ...]) -> dict[str, str]:
    """The labels of choices by what they are compared by; they stand in every row."""
    return {squeeze(label): label for label in labels}


def parse_choice(raw, column):
    """What a choice means; brackets and blanks may be typed either way."""
    text = squeeze(parse_text(raw))
    if not text:
        return None
    known = squeeze_labels(tuple(column.choices))
    if text in known:
        return column.choices[known[text]]
    few = len(column.choices) <= 4
    advice = f"请填{'、'.join(column.choices)}之一。" if few else "请从下拉列表中选一项。"
    raise misread(raw, f"不在“{column.header}”的列表里。", advice)


PARSERS: dict[ColumnKind, Callable] = {
    ColumnKind.TEXT: parse_text,
    ColumnKind.LONG: parse_paragraphs,
    ColumnKind.CODE: parse_code,
    ColumnKind.NUMBER: parse_number,
    ColumnKind.COUNT: parse_count,
    ColumnKind.CHANGE: parse_change,
    ColumnKind.DATE: parse_date,
}


def spell_row(
    columns: Iterable[SheetColumn], row: Mapping[str, object], money_unit: str
) -> dict[str, str]:
    """A row of values as texts by column; reading them gives the values back."""
    return {column.key: spell_value(column, row.get(column.key), money_unit) for column in columns}


def spell_value(column: SheetColumn, value: Any, money_unit: str) -> str:
    """A value as it is typed; money in `money_unit`, exact to the cent."""
    if value is None or value == "":
        return ""
    if column.choices:
        return next(label for label, meaning in column.choices.items() if meaning == value)
    if column.kind is ColumnKind.MONEY:
        return spell_money(value, money_unit)
    # 14 for 14.00, so that what was typed and what is stored read the same.
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def spell_money(yuan: Decimal, money_unit: str) -> str:
    """An amount of yuan with thousands separators and at least two decimals, nothing rounded."""
    amount = yuan / FACTORS[money_unit]
    places = max(2, -int(amount.normalize().as_tuple().exponent))
    return f"{amount:,.{places}f}"
