"""Reads the tables of each public form back as plain texts, without the code that wrote them."""

import csv
import io
import json
from collections import defaultdict
from dataclasses import dataclass

import openpyxl
import pikepdf
from lxml import html
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

MARK = "'"
# Styles of the lines above a sheet's header: the last is that of department and unit.
ABOVE = ("table-number", "title", "subtitle", "note")


@dataclass(frozen=True)
class Printed:
    """A table as a reader sees it: rows of texts, None in places that a merged cell covers."""

    title: str
    head: list
    body: list
    empty: str = ""


def spread(rows, width):
    """Texts in their places, from rows of (text, colspan, rowspan)."""
    places = [[""] * width for _ in rows]
    free = [[True] * width for _ in rows]
    for down, cells in enumerate(rows):
        for text, colspan, rowspan in cells:
            left = free[down].index(True)
            for row in range(down, down + rowspan):
                for column in range(left, left + colspan):
                    assert free[row][column], "two cells in one place"
                    free[row][column] = False
                    places[row][column] = None
            places[down][left] = text
    return places


def take_cells(rows):
    return [
        [(cell.get("text", ""), cell.get("colspan", 1), cell.get("rowspan", 1)) for cell in row]
        for row in rows
    ]


def read_frozen(grid):
    """A table of the JSON."""
    width = len(grid["columns"])
    body = [row["cells"] for group in grid["groups"] for row in group]
    return Printed(
        title="".join(grid.get(key, "") for key in ("label", "title", "subtitle")),
        head=spread(take_cells(grid["head"]), width),
        body=spread(take_cells(body), width),
        empty=grid.get("empty", ""),
    )


def read_json(data):
    """Every table of the JSON export by key."""
    tables = json.loads(data)["content"]["tables"]
    return {table["key"]: read_frozen(table) for table in tables}


def list_addresses(grid):
    """Where each amount of a frozen grid is addressed: {(row, column): address}."""
    rows = [[(c.at, c.colspan, c.rowspan) for c in row.cells] for row in grid.rows()]
    places = spread(rows, 99)
    return {(r, c): at for r, row in enumerate(places) for c, at in enumerate(row) if at}


def join(element):
    """An element's whole text, blanks at its ends left out."""
    return "".join(element.itertext()).strip()


def read_page_cells(rows):
    return [
        [
            (
                cell.findtext("a") or cell.text or "",
                int(cell.get("colspan", 1)),
                int(cell.get("rowspan", 1)),
            )
            for cell in row.xpath("th|td")
        ]
        for row in rows
    ]


def read_page(markup):
    """Every table of the page by key."""
    tables = {}
    for figure in html.fromstring(markup).xpath("//figure"):
        width = len(figure.xpath(".//col"))
        body = figure.xpath(".//tbody/tr[not(td[@class='empty'])]")
        tables[figure.get("id")] = Printed(
            title="".join(join(figure.find(".//h3")).split()),
            head=spread(read_page_cells(figure.xpath(".//thead/tr")), width),
            body=spread(read_page_cells(body), width),
            empty="".join(figure.xpath(".//td[@class='empty']/text()")),
        )
    return tables


def list_page_addresses(markup, key):
    """Where each amount of a table is addressed on the page: {(row, column): address}."""
    figure = html.fromstring(markup).get_element_by_id(key)
    rows = [
        [
            (cell.get("id"), int(cell.get("colspan", 1)), int(cell.get("rowspan", 1)))
            for cell in row.xpath("th|td")
        ]
        for row in figure.xpath(".//tbody/tr")
    ]
    places = spread(rows, 99)
    return {(r, c): at for r, row in enumerate(places) for c, at in enumerate(row) if at}


def show(cell):
    """A sheet's cell as it looks: numbers with two places, blanks as nothing."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return cell.value
    assert cell.number_format == "#,##0.00"
    return f"{cell.value:,.2f}"


def read_sheet(sheet):
    """A sheet from top to bottom: title, header as it repeats on paper, body, sentences."""
    merged = [list(each.cells) for each in sheet.merged_cells.ranges]
    covered = {place for places in merged for place in places[1:]}
    rows = [
        [None if (cell.row, cell.column) in covered else show(cell) for cell in row]
        for row in sheet.iter_rows()
    ]
    styles = [row[0].style for row in sheet.iter_rows()]
    top = next(n for n, style in enumerate(styles) if style not in ABOVE)
    last = int(sheet.print_title_rows.split("$")[-1]) if sheet.print_title_rows else top
    below = list(zip(rows, styles, strict=True))[last:]
    return Printed(
        title="".join(
            row[0] for row, style in zip(rows[:top], styles[:top], strict=True) if style != "note"
        ),
        head=rows[top:last],
        body=[row for row, style in below if style not in ("empty", "note")],
        empty="".join(row[0] for row, style in below if style == "empty"),
    )


def read_xlsx(data, keys):
    """Every table of the spreadsheet; sheets stand in the order of the keys."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {key: read_sheet(sheet) for key, sheet in zip(keys, book, strict=True)}


def read_csv(data):
    """Lines of a CSV file as lists of texts, formulas defused by an apostrophe restored."""
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [[text[1:] if text.startswith(MARK) else text for text in line] for line in lines]


def take_apart(grid):
    """A table's body as CSV holds it.

    A cell merged over rows stands on each of them, one merged over columns in the first.
    """
    rows = [row.cells for row in grid.rows()]
    lines = [[""] * len(grid.columns) for _ in rows]
    taken = [[(cell.text, cell.colspan, cell.rowspan) for cell in row] for row in rows]
    for down, row in enumerate(spread(taken, len(grid.columns))):
        cells = iter(rows[down])
        for column, text in enumerate(row):
            for below in range(next(cells).rowspan if text is not None else 0):
                lines[down + below][column] = text
    return lines


class MarkedText(PDFDevice):
    """Collects the text layer of a page by the marks that tags refer to."""

    def __init__(self, manager):
        super().__init__(manager)
        self.marks, self.texts = [], defaultdict(str)

    def begin_tag(self, tag, props=None):
        self.marks.append(props.get("MCID") if isinstance(props, dict) else None)

    def end_tag(self):
        self.marks.pop()

    def render_string(self, textstate, seq, ncs, graphicstate):
        font = textstate.font
        for codes in seq:
            if isinstance(codes, bytes) and self.marks:
                letters = (font.to_unichr(code) for code in font.decode(codes))
                self.texts[self.marks[-1]] += "".join(letters)


def read_marks(data):
    """The text of each mark of each page: [{mark: text}]."""
    manager = PDFResourceManager()
    pages = []
    for page in PDFPage.get_pages(io.BytesIO(data)):
        device = MarkedText(manager)
        PDFPageInterpreter(manager, device).process_page(page)
        pages.append(device.texts)
    return pages


class PaperReader:
    """Reads tables by the tags of a PDF, each cell from the text layer that its tag encloses."""

    def __init__(self, data):
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages)}
        self.marks = read_marks(data)

    def read(self, keys):
        """Every table by key, in the order of the keys; one broken over pages is one again."""
        found = []
        for table in self.find(self.pdf.Root.StructTreeRoot, "/Table"):
            captions = self.find(table, "/Caption")
            if captions:
                found.append((self.text(captions[0]), self.rows(table, "/THead"), []))
            found[-1][2].extend(self.rows(table, "/TBody"))
        return {
            key: self.print(title, head, body)
            for key, (title, head, body) in zip(keys, found, strict=True)
        }

    def print(self, title, head, body):
        """A table without the line of department and unit that stands above its header."""
        width = sum(colspan for _, colspan, _ in (head or body)[0])
        is_empty = head and len(body[-1]) == 1 and body[-1][0][1] == width
        return Printed(
            title=title,
            head=spread(head[1:], width),
            body=spread(body[:-1] if is_empty else body, width),
            empty=body[-1][0][0] if is_empty else "",
        )

    def children(self, node):
        """What stands directly below a tag: tags, and references to marks."""
        below = node.get("/K", [])
        return list(below) if isinstance(below, pikepdf.Array) else [below]

    def find(self, node, kind):
        """The tags of one kind below a tag, in order, not looking inside them."""
        found = []
        for child in self.children(node):
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                found += [child] if kind == child.S else self.find(child, kind)
        return found

    def rows(self, table, kind):
        parts = self.find(table, kind)
        return [self.cells(row) for part in parts for row in self.find(part, "/TR")]

    def cells(self, row):
        cells = []
        for cell in self.children(row):
            spans = cell.get("/A", {})
            cells.append(
                (self.text(cell), int(spans.get("/ColSpan", 1)), int(spans.get("/RowSpan", 1)))
            )
        return cells

    def text(self, node, page=None):
        """The text that a tag and all below it enclose; lines are joined without a blank."""
        page = node.get("/Pg", page)
        texts = []
        for child in self.children(node):
            if isinstance(child, int):
                texts.append(self.marks[self.numbers[page.objgen]][child])
            elif "/MCID" in child:
                number = self.numbers[child.get("/Pg", page).objgen]
                texts.append(self.marks[number][int(child.MCID)])
            elif "/S" in child:
                texts.append(self.text(child, page))
        return "".join(texts)


def read_pdf(data, keys):
    """Every table of the PDF by key, in the order of the keys."""
    return PaperReader(data).read(keys)


def squeeze(table):
    """A table without any blanks, which paper does not keep at the ends of lines."""
    return Printed(
        title="".join(table.title.split()),
        head=[[text and "".join(text.split()) for text in row] for row in table.head],
        body=[[text and "".join(text.split()) for text in row] for row in table.body],
        empty="".join(table.empty.split()),
    )
