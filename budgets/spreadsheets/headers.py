"""Finds where a sheet's columns or lines stand, by their headers and not by their position."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from budgets.domain.problems import Problem, Severity
from budgets.domain.text import squeeze
from budgets.spreadsheets.books import ref
from budgets.spreadsheets.columns import Kind, Sheet
from budgets.spreadsheets.worksheets import Line

SEARCHED_ROWS = 15
LABEL_HEADER, VALUE_HEADER, GUIDANCE_HEADER = "事项", "填写内容", "说明"
FROM_TEMPLATE = "请从填报模板中复制缺少的部分，或下载新模板重填。"


@dataclass(slots=True)
class Layout:
    """Column index by key, and the number of the header row; 0 where there is none.

    `guidance` is what the template writes below the headers, by index, for comparing.
    """

    header_row: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    guidance: dict[int, str] = field(default_factory=dict)

    def is_guidance(self, line: Line) -> bool:
        """True for the template's own line of guidance, wherever it was moved."""
        return any(line.text(index) == advice for index, advice in self.guidance.items())


def name(header: str) -> str:
    """A header for comparing."""
    return squeeze(header).rstrip("*:")


def find_columns(sheet: Sheet, lines: Sequence[Line]) -> Layout:
    """Where a list's columns stand."""
    headers = {name(column.header): column.key for column in sheet.columns}
    best = max(lines[:SEARCHED_ROWS], key=lambda line: count_known(line, headers), default=None)
    if best is None or not count_known(best, headers):
        missing = f"工作表“{sheet.title}”里找不到表头。"
        return Layout(problems=[Problem(sheet=sheet.title, message=missing, advice=FROM_TEMPLATE)])
    layout = Layout(header_row=best.number)
    for index, text in enumerate(best.texts()):
        place_column(layout, sheet, headers, index, name(text))
    layout.problems += report_missing(sheet, layout.columns, "列")
    layout.guidance = {
        layout.columns[column.key]: squeeze(column.advice)
        for column in sheet.columns
        if column.key in layout.columns and column.advice
    }
    return layout


def count_known(line: Line, headers: dict[str, str]) -> int:
    """How many of the row's texts are headers of the sheet."""
    return len({name(text) for text in line.texts()} & set(headers))


def place_column(layout, sheet, headers, index, text):
    """Note one header: known, a second time, or foreign."""
    key = headers.get(text)
    cells = (ref(index, layout.header_row),)
    if key in layout.columns:
        layout.problems.append(
            Problem(
                sheet=sheet.title,
                cells=cells,
                message=f"列“{text}”出现了两次。",
                advice="请只保留一列。",
            )
        )
    elif key:
        layout.columns[key] = index
    elif text:
        layout.problems.append(
            Problem(
                sheet=sheet.title,
                cells=cells,
                message=f"列“{text}”不在模板里，没有读取。",
                advice="不需要处理。",
                severity=Severity.HINT,
            )
        )


def report_missing(sheet: Sheet, found, noun: str) -> list[Problem]:
    """Columns or lines of the template that the file lacks; needed ones are errors."""
    return [
        Problem(
            sheet=sheet.title,
            message=f"工作表“{sheet.title}”缺少“{column.header}”{noun}。",
            advice=FROM_TEMPLATE if column.required else f"没有{noun}即视为没有填。",
            severity=Severity.ERROR if column.required else Severity.HINT,
        )
        for column in sheet.columns
        if column.key not in found and column.kind is not Kind.COMPUTED
    ]


def find_values(sheet: Sheet, lines: Sequence[Line]) -> tuple[dict[str, tuple], list[Problem]]:
    """The value cells of a form by key, as (index, line), and the problems on the way."""
    label, value = find_form_columns(lines)
    if label is None:
        missing = f"工作表“{sheet.title}”里找不到“{LABEL_HEADER}”和“{VALUE_HEADER}”两列。"
        return {}, [Problem(sheet=sheet.title, message=missing, advice=FROM_TEMPLATE)]
    keys = {name(column.header): column.key for column in sheet.columns}
    found, problems = {}, []
    for line in lines:
        key = keys.get(name(line.text(label)))
        if key in found:
            problems.append(report_twice(sheet, line, label))
        elif key:
            found[key] = (value, line)
    return found, problems + report_missing(sheet, found, "一行")


def find_form_columns(lines: Sequence[Line]) -> tuple[int, int] | tuple[None, None]:
    """The columns of labels and of values."""
    for line in lines[:SEARCHED_ROWS]:
        texts = line.texts()
        if LABEL_HEADER in texts and VALUE_HEADER in texts:
            return texts.index(LABEL_HEADER), texts.index(VALUE_HEADER)
    return None, None


def report_twice(sheet: Sheet, line: Line, index: int) -> Problem:
    """The problem of a label that stands twice in a form."""
    return Problem(
        sheet=sheet.title,
        cells=(ref(index, line.number),),
        message=f"“{line.text(index)}”出现了两次。",
        advice="请只保留一行。",
    )
