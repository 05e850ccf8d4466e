"""The first sheet: how to fill in the workbook, short enough to be read."""

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from budgets.workbook.sheets import GUIDE_TITLE, SHEETS
from budgets.workbook.style import A4, FACE, PLAIN, fit_height

TITLE = "部门预算公开填报表"
STEPS = (
    "1. 先填“封面”：部门、年度、金额单位（元或万元，全部工作表统一）。",
    "2. 依次填各工作表。橙色表头是必填项，表头下的小字说明怎么填；没有内容的表留空。",
    "3. 列可以移动，也可以从别的表格粘贴；系统按表头认列，不认位置。不要改表头的文字。",
    "4. 编码可从下拉列表选（显示编码和名称），也可直接填数字。代码表里没有的编码，名称必填。",
    "5. 金额只填数字，不填合计行。上年有过的来源、科目和项目已经列出，今年没有的不用管："
    "没有填金额的行不导入。",
    "6. “上年数与说明”里的原因和用途是唯一要写的文字，其余句子由系统按表中的数生成。",
    "7. 保存为 .xlsx 后上传。系统一次列出全部问题，写明工作表、单元格和改法；全部改好才会导入。",
)


def write_guide(worksheet: Worksheet) -> None:
    """Title, steps, and what each sheet is for."""
    worksheet.title = GUIDE_TITLE
    worksheet.column_dimensions["A"].width = 78
    lines = [TITLE, *STEPS, "", "各工作表："]
    lines += [f"“{sheet.title}”：{sheet.intro}" for sheet in SHEETS]
    for number, line in enumerate(lines, start=1):
        cell = worksheet.cell(number, 1, line or None)
        cell.font = PLAIN
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        fit_height(worksheet, number, 1)
    worksheet["A1"].font = Font(name=FACE, size=16, bold=True)
    worksheet.row_dimensions[1].height = 30
    worksheet.page_setup.paperSize = A4
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
