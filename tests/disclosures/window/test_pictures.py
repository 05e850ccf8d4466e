"""Pictures as files: one sheet whatever stands on it, and charts painted as they are drawn."""

from io import BytesIO

import pytest
from django.template.loader import render_to_string
from PIL import Image

from budgets.models import Department
from disclosures.models import Disclosure
from disclosures.public.chart_pages import MOST_PURPOSES, remember, shorten
from disclosures.publishing.pdf.pictures import SHEET, OverfullSheetError, render_sheet
from disclosures.publishing.pdf.rendering import PRINT
from tests.disclosures.conftest import PUBLISHED_AT
from tests.disclosures.publishing.pdf.conftest import open_pages, wrap

BASE = "/2025/107001/"
AMOUNT = "1,234,567,890.00"


def paint(data):
    """The size of a picture, and the colour of its corner."""
    image = Image.open(BytesIO(data)).convert("RGB")
    return image.size, image.getpixel((0, 0))


@pytest.mark.django_db
def test_sheet_is_one_page_that_says_what_the_page_says(client, published):
    answer = client.get(f"{BASE}v1/picture.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    (page,) = open_pages(answer.content)
    assert [round(float(side)) for side in (page.width, page.height)] == [595, 842]
    words = page.extract_text()
    for told in ("尉犁县总工会2025年部门预算", "265.89", "≥25次", "扫码看全文", BASE):
        assert told in words
    links = {link["uri"].partition("#")[0] for link in page.hyperlinks}
    assert links == {"http://testserver/2025/107001/v1/"}
    assert client.get(f"{BASE}picture.pdf").content == answer.content
    known = client.get(f"{BASE}picture.pdf", headers={"if-none-match": answer["ETag"]})
    assert known.status_code == 304


@pytest.mark.django_db
def test_pictures_are_painted_on_white_and_wide_enough_for_a_phone(client, published):
    sheet, chart = client.get(f"{BASE}picture.png"), client.get(f"{BASE}charts/changes.png")
    for answer, size in ((sheet, (1654, 2340)), (chart, (1200, 2138))):
        assert answer["Content-Type"] == "image/png"
        assert paint(answer.content) == (size, (255, 255, 255))


def line(label):
    return {
        "label": label,
        "meaning": "依法取得的钱" * 3,
        "text": AMOUNT,
        "href": "",
        "length": "9",
    }


def change(label):
    moved = {"moved": "增加", "this": AMOUNT, "difference": AMOUNT, "rate": "123456.78"}
    return {"label": label, "reason": "原因" * 500, "href": "", **moved}


LONGEST = {
    "total": AMOUNT,
    "sources": [line("国有资本经营预算拨款")] * 6,
    "natures": [line("基本支出")] * 2,
    "purposes": [line("功能分类的类" * 5)] * 30,
    "promises": [{"label": "指标" * 100, "value": "指标值" * 60}] * 6,
    "promised": 40,
    "is_compared": True,
    "changes": [change("基本支出")] * 2,
    "items": [change("功能分类的项" * 5)] * 3,
}


def test_longest_texts_stand_on_one_page():
    title = f"{'很长的部门名称' * 14}2026年部门预算公开"
    told = {
        "disclosure": Disclosure(title=title, year=2026, department=Department(name=title)),
        "answers": shorten(LONGEST),
        "citation": title,
        "address": "https://budget.county.example/2026/12345678901234567890/v12/",
    }
    html = render_to_string("disclosures/gallery/sheet.html", told)
    (page,) = open_pages(render_sheet(html, title=title, author="甲", created=PUBLISHED_AT))
    assert page.extract_text().count(AMOUNT) == 1 + 6 + 2 + MOST_PURPOSES + 2 * 5


def test_bar_of_any_length_has_its_rule():
    rules = "".join(path.read_text() for path in (PRINT, SHEET))
    assert [n for n in range(101) if f".w-{n} {{ width: {n}" not in rules] == []


def test_what_no_sheet_can_hold_is_refused():
    with pytest.raises(OverfullSheetError):
        render_sheet(wrap("<p>甲</p>" * 150), title="甲", author="甲", created=PUBLISHED_AT)


def test_picture_is_made_once_for_what_it_shows(settings, tmp_path):
    on_disk = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"pictures": {"BACKEND": on_disk, "LOCATION": tmp_path}}
    settings.KEEP_PICTURES = True
    assert [remember("甲", bytes), remember("甲", None)] == [b"", b""]
    assert remember("乙", lambda: b"2") == b"2"


def test_picture_is_shown_where_it_cannot_be_kept(settings, tmp_path):
    on_disk = "django.core.cache.backends.filebased.FileBasedCache"
    folder = tmp_path / "pictures"
    settings.CACHES = {"pictures": {"BACKEND": on_disk, "LOCATION": folder}}
    settings.KEEP_PICTURES = True

    def make():
        # In place of the folder there is a file: nothing can be written into it.
        folder.rmdir()
        folder.touch()
        return b"3"

    assert remember("丙", make) == b"3"
