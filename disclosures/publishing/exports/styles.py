"""How cells of the spreadsheet look: one named style for each kind of cell."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side

TEXT, HEADING = "宋体", "黑体"
RULE = Side(style="thin", color="FF000000")
BOX = Border(left=RULE, right=RULE, top=RULE, bottom=RULE)
MONEY = "#,##0.00"
FONT_SIZE = 10


def _style(
    name: str,
    horizontal: str,
    *,
    font: Font | None = None,
    border: Border | None = BOX,
    number_format: str = "@",
    indent: int = 0,
) -> NamedStyle:
    return NamedStyle(
        name=name,
        font=font or Font(name=TEXT, size=FONT_SIZE),
        alignment=Alignment(
            horizontal=horizontal, vertical="center", wrap_text=True, indent=indent
        ),
        border=border or Border(),
        number_format=number_format,
    )


def register_styles(book: Workbook) -> None:
    """Make the styles known to the workbook; cells then carry a style by its name."""
    bold = Font(name=TEXT, size=FONT_SIZE, bold=True)
    for style in (
        _style("table-number", "left", font=Font(name=HEADING, size=12), border=None),
        _style("title", "center", font=Font(name=HEADING, size=16, bold=True), border=None),
        _style("subtitle", "center", border=None),
        _style("note", "left", border=None),
        _style("unit", "right", border=None),
        _style("head", "center", font=bold),
        _style("mark", "center"),
        _style("code", "center"),
        _style("label", "left"),
        _style("label-2", "left", indent=1),
        _style("label-3", "left", indent=2),
        _style("label-4", "left", indent=3),
        _style("amount", "right", number_format=MONEY),
        _style("label-total", "left", font=bold),
        _style("amount-total", "right", font=bold, number_format=MONEY),
        _style("text", "left"),
        _style("blank", "left"),
        _style("empty", "left"),
    ):
        book.add_named_style(style)
