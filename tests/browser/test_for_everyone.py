"""The public site for eyes, hands and papers of every kind, with no cookie to remember them."""

import pytest
from playwright.sync_api import expect

from tests.disclosures import conftest as shelf

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]
sample, union, published = shelf.sample, shelf.union, shelf.published
ADDRESSES = ("/", "/2025/107001/", "/three-public/", "/search/?q=工会")
COLOURS = "node => [getComputedStyle(node).color, getComputedStyle(document.body).color]"
# Every place the keyboard stops at, in order, with what shows that it is there.
STOPS = """() => {
  const node = document.activeElement, style = getComputedStyle(node);
  return [node.textContent.trim().slice(0, 12), style.outlineStyle, style.outlineWidth];
}"""


def test_soft_text_is_as_dark_as_any_where_more_contrast_is_asked_for(open_window, published):
    for contrast, is_same in (("more", True), ("no-preference", False)):
        page = open_window(contrast=contrast)
        for address in ADDRESSES[:2]:
            page.goto(address)
            soft, ink = page.locator("main .soft").first.evaluate(COLOURS)
            assert (soft == ink) is is_same, address


def test_text_twice_as_large_stays_within_the_window(open_window, published):
    page = open_window(viewport={"width": 640, "height": 800})
    for address in ADDRESSES:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") == 640, address


@pytest.mark.parametrize("width", [320, 2560])
def test_pages_fit_the_narrowest_and_the_widest_window(open_window, published, width):
    page = open_window(viewport={"width": width, "height": 900})
    for address in ADDRESSES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == width, address
        assert page.locator("html").get_attribute("lang") == "zh-CN"


def test_keyboard_goes_from_the_skip_link_through_the_masthead_into_the_page(
    open_window, published
):
    page = open_window()
    page.goto("/")
    stops = []
    for _ in range(11):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOPS))
    links = page.get_by_role("navigation", name="网站").get_by_role("link").all_inner_texts()
    assert [text for text, *_ in stops][: len(links) + 2] == ["跳到正文", "部门预算公开", *links][
        :11
    ]
    assert {tuple(shown) for _, *shown in stops} == {("solid", "3px")}
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    years = page.get_by_role("navigation", name="年度")
    expect(years.get_by_role("link").first).to_be_focused()


def test_lists_are_printed_without_the_site_around_them(open_window, published):
    page = open_window()
    page.goto("/three-public/")
    page.emulate_media(media="print")
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator(".foot")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
