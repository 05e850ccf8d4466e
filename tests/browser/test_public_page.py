"""The public page in a real browser: on a phone and a wide screen, in the dark and on paper."""

import io

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.disclosures import conftest as shelf

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]
sample, union, published = shelf.sample, shelf.union, shelf.published
PAGE = "/2025/107001/"
WIDTHS = (320, 390, 768, 1440)
PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}

# Font sizes in px and contrasts (WCAG 2) of every element that shows text of its own.
SEEN = """() => {
  const part = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = c => .2126 * part(c[0]) + .7152 * part(c[1]) + .0722 * part(c[2]);
  const numbers = text => text.match(/[\\d.]+/g).map(Number);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const color = numbers(getComputedStyle(node).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
  };
  const found = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || !node.checkVisibility() || node.matches("caption, .skip")) continue;
    const style = getComputedStyle(node);
    const [front, back] = [light(numbers(style.color)), light(ground(node))];
    const [high, low] = [Math.max(front, back), Math.min(front, back)];
    found.push({
      words: node.textContent.trim().slice(0, 20),
      figure: node.matches(".figure, .amount"),
      size: parseFloat(style.fontSize),
      contrast: (high + .05) / (low + .05),
    });
  }
  return found;
}"""


def visit(open_window, address=PAGE, **options):
    page = open_window(**options)
    page.goto(address)
    return page


def place(locator):
    """The left and top edge on the screen, in px."""
    box = locator.bounding_box()
    return round(box["x"]), round(box["y"])


@pytest.mark.parametrize("width", WIDTHS)
def test_page_never_scrolls_sideways(open_window, published, width):
    page = visit(open_window, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_text_is_large_and_dark_enough(open_window, published, width, scheme):
    page = visit(open_window, viewport={"width": width, "height": 800}, color_scheme=scheme)
    seen = page.evaluate(SEEN)
    assert len(seen) > 600
    assert [each for each in seen if each["size"] < 14] == []
    assert [each for each in seen if each["contrast"] < 4.5] == []
    assert [each for each in seen if each["figure"] and each["contrast"] < 7] == []


def test_table_scrolls_in_its_frame_on_a_phone(open_window, published):
    page = visit(open_window, viewport=PHONE)
    table = page.locator("#T2")
    frame, name = table.locator(".frame"), table.locator("tbody tr:nth-child(3) th")
    expect(table.locator(".hint")).to_be_visible()
    left = place(frame)[0]
    frame.evaluate("frame => frame.scrollTo(400, 200)")
    assert place(name)[0] == left
    assert place(table.locator("thead"))[1] == place(frame)[1] + 2
    assert page.evaluate("scrollX") == 0


def test_codes_and_names_stay_in_a_frame_wide_enough(open_window, published):
    page = visit(open_window, viewport={"width": 1024, "height": 800})
    frame, row = page.locator("#T2 .frame"), page.locator("#T2 tbody tr:nth-child(4)")
    cells = [row.locator("> *").nth(number) for number in range(4)]
    before = [place(cell)[0] for cell in cells]
    frame.evaluate("frame => frame.scrollTo(300, 0)")
    assert frame.evaluate("frame => frame.scrollLeft") > 100
    assert [place(cell)[0] for cell in cells] == before


def test_header_follows_the_window_where_the_table_fits(open_window, published):
    page = visit(open_window, viewport=WIDE)
    for key in ("T1", "T2", "T5"):
        table = page.locator(f"#{key}")
        expect(table.locator(".hint")).to_be_hidden()
        table.locator("tbody tr").last.scroll_into_view_if_needed()
        page.evaluate("scrollBy(0, 200)")
        assert place(table.locator("thead"))[1] == 0


@pytest.mark.parametrize("viewport", [PHONE, WIDE])
def test_figure_leads_to_its_cell(open_window, published, viewport):
    page = visit(open_window, viewport=viewport)
    page.locator("#N2 a.figure", has_text="127.71").click()
    cell = page.locator("[id='T2.total.unit_funds']")
    expect(cell).to_be_in_viewport()
    expect(cell).to_have_text("127.71")
    assert page.url.endswith("#T2.total.unit_funds")
    name = page.locator("#T2 tbody tr").first.locator("th").bounding_box()
    assert cell.bounding_box()["x"] >= name["x"] + name["width"]
    outline = cell.evaluate("cell => getComputedStyle(cell).outline")
    assert outline.endswith("solid 3px")


def test_contents_follow_the_reader_on_a_wide_screen(open_window, published):
    page = visit(open_window, viewport=WIDE)
    contents = page.get_by_role("navigation", name="目录")
    expect(contents.get_by_role("link", name="表11 上年结转结余情况明细表")).to_be_visible()
    page.locator("#N12").scroll_into_view_if_needed()
    assert place(contents)[1] < 100
    contents.get_by_role("link", name="核对单").click()
    expect(page.locator("#checks h2")).to_be_in_viewport()


def test_contents_fold_on_a_phone(open_window, published):
    page = visit(open_window, viewport=PHONE)
    link = page.get_by_role("link", name="表11 上年结转结余情况明细表")
    expect(link).to_be_hidden()
    page.locator("#contents summary").click()
    link.click()
    expect(page.locator("#T11 h3")).to_be_in_viewport()
    page.get_by_role("link", name="目录", exact=True).click()
    expect(page.locator("#contents summary")).to_be_in_viewport()


def test_page_needs_no_script(open_window, published):
    page = visit(open_window, viewport=WIDE, java_script_enabled=False)
    page.locator("#N5 a.figure").first.click()
    expect(page.locator("[id='T5.total.total']")).to_be_in_viewport()
    page.locator("#checks summary").click()
    expect(page.locator("#checks details").get_by_text("表1收入总计 = 表1支出总计")).to_be_visible()


def test_keyboard_reaches_the_text_and_the_frames(open_window, published):
    page = visit(open_window, viewport=PHONE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    frame = page.get_by_role("region", name="表2 部门收入总体情况表")
    frame.focus()
    page.keyboard.press("ArrowRight")
    # Asked again and again from outside: the page's policy lets no waiting script be evaluated.
    moved = (frame.evaluate("frame => frame.scrollLeft > 0") for _ in range(100))
    assert any(done or page.wait_for_timeout(50) for done in moved)


def test_paper_holds_the_document_alone(open_window, published):
    page = visit(open_window, viewport=WIDE)
    page.emulate_media(media="print")
    for hidden in (".masthead", ".contents", ".answers", ".downloads", ".checks", "#T2 .hint"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("#T2 h3")).to_be_visible()
    expect(page.locator("#edition")).to_contain_text(published.digest)


def test_wide_tables_are_printed_on_landscape_pages(open_window, published):
    page = visit(open_window, viewport=WIDE)
    printed = page.pdf(prefer_css_page_size=True, format="A4")
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        boxes = [page.mediabox for page in pdf.pages]
    is_landscape = [box[2] > box[3] for box in boxes]
    assert 15 <= len(boxes) <= 30
    # A table may need a second page, by the faces that the machine has.
    wide = page.locator(".grid.wide").count()
    assert 0 < wide <= sum(is_landscape) <= 2 * wide
