import gc
import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from django.conf import settings

from disclosures.publishing.pdf.rendering import Attachment, ForbiddenFetchError, render_pdf
from tests.disclosures.publishing.pdf.conftest import (
    CREATED,
    draw_row,
    draw_table,
    open_objects,
    press,
    wrap,
)

BODY = (
    "<main><h2>第一部分</h2><p>按照“全口径”预算的原则，喆堃某部门2025年收支总预算265.89万元。</p></main>"
    + draw_table(f"<tbody>{''.join(draw_row(number) for number in range(40))}</tbody>")
)
OUTSIDE = (
    '<img src="http://127.0.0.1:9/mark.png" alt="">',
    '<img src="file:///etc/hostname" alt="">',
    '<img src="data:image/png;base64,AAAA" alt="">',
    '<p style="background: url(http://127.0.0.1:9/mark.png)">甲</p>',
    '<p><a rel="attachment" href="file:///etc/hostname">甲</a></p>',
    '<object data="file:///etc/hostname"></object>',
)
OUTSIDE_HEADS = (
    '<link rel="stylesheet" href="http://127.0.0.1:9/site.css">',
    '<link rel="stylesheet" href="file:///etc/hostname">',
    '<link rel="attachment" href="file:///etc/hostname">',
    '<style>@import url("http://127.0.0.1:9/site.css");</style>',
    "<style>@font-face { font-family: x; src: url(file:///etc/hostname) }</style>",
)
ATTACHED = (
    Attachment("全部表格.xlsx", "application/x-sheet", "全部表格", b"cells"),
    Attachment("data.json", "application/json", "全部数据", b"{}"),
)
PROGRAM = """
import hashlib, sys
from datetime import UTC, datetime
from disclosures.publishing.pdf.rendering import render_pdf
made = render_pdf(sys.stdin.read(), title="表", author="某部门",
                  created=datetime(2025, 2, 14, 1, 30, tzinfo=UTC))
print(hashlib.sha256(made).hexdigest())
"""


def press_elsewhere(html, **environment):
    """The digest of the PDF that another process makes."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=html,
        env=os.environ | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_equal_input_gives_equal_bytes_in_any_process():
    here = hashlib.sha256(press(BODY)).hexdigest()
    assert press_elsewhere(wrap(BODY), PYTHONHASHSEED="1", TZ="UTC", LANG="C") == here
    assert (
        press_elsewhere(
            wrap(BODY), PYTHONHASHSEED="2", TZ="Asia/Shanghai", FONTCONFIG_FILE="/nowhere"
        )
        == here
    )


def test_other_input_gives_other_bytes():
    assert press(BODY) != press(BODY.replace("265.89", "265.90"))


def test_documents_made_at_the_same_time_do_not_disturb_each_other():
    bodies = [BODY, BODY.replace("第一", "第二")] * 2
    with ThreadPoolExecutor(max_workers=2) as pool:
        assert list(pool.map(press, bodies)) == [press(body) for body in bodies]


@pytest.mark.parametrize("body", OUTSIDE)
def test_a_body_that_asks_for_something_outside_is_refused(body):
    with pytest.raises(ForbiddenFetchError):
        press(body)


@pytest.mark.parametrize("head", OUTSIDE_HEADS)
def test_a_head_that_asks_for_something_outside_is_refused(head):
    with pytest.raises(ForbiddenFetchError):
        press("<p>甲</p>", head=head)


def test_a_refusal_leaves_the_press_ready():
    with pytest.raises(ForbiddenFetchError):
        press(OUTSIDE[0])
    assert gc.isenabled()
    assert press("<p>甲</p>").startswith(b"%PDF-1.7")


def test_a_link_to_another_site_is_kept_and_not_followed():
    file = open_objects(press('<p><a href="https://example.org/">甲</a></p>'))
    (link,) = file.pages[0].Annots
    assert str(link.A.URI) == "https://example.org/"


def test_garbage_collection_is_left_as_it_was():
    gc.disable()
    try:
        press("<p>甲</p>")
        assert not gc.isenabled()
    finally:
        gc.enable()
    press("<p>甲</p>")
    assert gc.isenabled()


def test_attachments_are_embedded_with_type_description_and_relationship():
    file = open_objects(
        render_pdf(
            wrap("<p>甲</p>"), title="表", author="某部门", created=CREATED, attachments=ATTACHED
        )
    )
    kept = [
        (spec.UF, spec.Desc, spec.AFRelationship, spec.EF.F.Subtype, spec.EF.F.read_bytes())
        for spec in file.Root.AF
    ]
    assert [tuple(map(str, each[:4])) + each[4:] for each in kept] == [
        ("data.json", "全部数据", "/Data", "/application/json", b"{}"),
        ("全部表格.xlsx", "全部表格", "/Data", "/application/x-sheet", b"cells"),
    ]
    assert sorted(file.attachments) == ["data.json", "全部表格.xlsx"]


def test_metadata_name_title_author_and_moment():
    moment = datetime(2025, 2, 14, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    made = render_pdf(wrap("<p>甲</p>"), title="某部门预算", author="某部门", created=moment)
    file = open_objects(made)
    assert str(file.docinfo.Title) == "某部门预算"
    assert str(file.docinfo.Author) == "某部门"
    assert str(file.docinfo.CreationDate) == "D:20250214093000+08'00"
    with file.open_metadata() as metadata:
        assert metadata["dc:title"] == "某部门预算"
        assert metadata["xmp:CreateDate"] == "2025-02-14T09:30:00+08:00"
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert str(file.Root.Lang) == "zh-CN"
