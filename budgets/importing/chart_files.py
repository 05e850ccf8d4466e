"""Reads the chart of accounts and the glossary from CSV: all problems at once, or the rows."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from budgets.domain.facts import ECONOMIC_LEVELS, FUNCTION_LEVELS
from budgets.domain.filing import GlossaryEntry

LEVEL_NAMES = ("类", "款", "项")
CONFIRMED_MARKS, UNVERIFIED_MARK = ("", "A", "B"), "K"
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code and its name; `is_verified` is False where no document confirms them."""

    code: str
    name: str
    is_verified: bool = True


class CsvError(ValueError):
    """A file that cannot be taken; `problems` are sentences with line numbers."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


def read_chart_codes(content: bytes, levels: tuple[int, ...]) -> list[CodeEntry]:
    """Codes from CSV with the columns code and name, and perhaps level and confidence.

    `levels` are the lengths that codes may have. Confidence A and B (seen in documents) or none
    is verified, K is not. Raises CsvError.
    """
    rows = list(read_csv_rows(content, ("code", "name")))
    problems = [text for number, row in rows for text in find_code_problems(number, row, levels)]
    classes = {row["code"] for _, row in rows if len(row["code"]) == levels[0]}
    problems += [
        f"第 {number} 行：编码 {row['code']} 所属的类 {row['code'][:3]} 不在文件里。"
        for number, row in rows
        if len(row["code"]) in levels and row["code"][:3] not in classes
    ]
    problems += find_repeated_lines(rows, "code")
    if problems:
        raise CsvError(problems)
    return [
        CodeEntry(row["code"], row["name"], row.get("confidence", "") in CONFIRMED_MARKS)
        for _, row in rows
    ]


read_function_codes = partial(read_chart_codes, levels=FUNCTION_LEVELS)
read_economic_codes = partial(read_chart_codes, levels=ECONOMIC_LEVELS)


def read_terms(content: bytes) -> list[GlossaryEntry]:
    """Glossary entries from CSV with the columns term and meaning. Raises CsvError."""
    rows = list(read_csv_rows(content, ("term", "meaning")))
    problems = []
    for number, row in rows:
        if not (row["term"] and row["meaning"]):
            problems.append(f"第 {number} 行：名词和解释都要填。")
        if len(row["term"]) > LONGEST_NAME:
            problems.append(f"第 {number} 行：名词“{row['term']}”超过 {LONGEST_NAME} 个字。")
    problems += find_repeated_lines(rows, "term")
    if problems:
        raise CsvError(problems)
    return [GlossaryEntry(term=row["term"], meaning=row["meaning"]) for _, row in rows]


def read_csv_rows(content: bytes, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows that are not blank, with their line numbers, texts stripped."""
    reader = csv.DictReader(io.StringIO(decode_csv(content)), restval="")
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing:
        raise CsvError([f"第 1 行：表头缺少 {'、'.join(missing)} 列。"])
    for row in reader:
        texts = {name: (text or "").strip() for name, text in row.items() if name}
        if any(texts.values()):
            yield reader.line_num, texts


def decode_csv(content: bytes) -> str:
    """UTF-8 with or without a mark, or GB 18030 as Chinese spreadsheets save it."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CsvError(["文件不是 UTF-8 或 GB 18030 编码的文字。"])


def find_code_problems(number: int, row: dict[str, str], levels: tuple[int, ...]) -> Iterator[str]:
    code, name, level = row["code"], row["name"], row.get("level", "")
    if not (code.isascii() and code.isdigit() and len(code) in levels):
        digits = "、".join(map(str, levels))
        yield f"第 {number} 行：编码“{code}”应为 {digits} 位数字。"
    elif level and level != LEVEL_NAMES[levels.index(len(code))]:
        yield f"第 {number} 行：编码 {code} 的位数与级次“{level}”不符。"
    if not name:
        yield f"第 {number} 行：编码 {code} 没有名称。"
    if len(name) > LONGEST_NAME:
        yield f"第 {number} 行：编码 {code} 的名称超过 {LONGEST_NAME} 个字。"
    if row.get("confidence", "") not in (*CONFIRMED_MARKS, UNVERIFIED_MARK):
        yield f"第 {number} 行：可信度“{row['confidence']}”应为 A、B 或 K。"


def find_repeated_lines(rows: list[tuple[int, dict[str, str]]], key: str) -> list[str]:
    first: dict[str, int] = {}
    return [
        f"第 {number} 行：“{row[key]}”与第 {first[row[key]]} 行重复。"
        for number, row in rows
        if first.setdefault(row[key], number) != number
    ]


def find_nameless_sections(entries: list[CodeEntry]) -> list[str]:
    """Sections (five digits) that have items but no entry of their own, in order."""
    codes = {entry.code for entry in entries}
    return sorted({code[:5] for code in codes if len(code) == 7} - codes)
