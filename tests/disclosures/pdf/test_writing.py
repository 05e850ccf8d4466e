import re

import pikepdf

from tests.disclosures.pdf.conftest import open_objects, press


def test_the_file_opens_without_repair():
    file = open_objects(press("<p>甲</p>"))
    assert file.check_pdf_syntax() == []
    assert len(file.pages) == 1


def test_no_object_is_lost():
    file = open_objects(press("<p>甲</p>"))
    table = int(file.trailer.Size)
    assert len([each for each in file.objects if each is not None]) == table - 1


def test_all_but_streams_stands_in_one_object_stream():
    data = press("<p>甲</p>")
    assert len(re.findall(rb"/Type /ObjStm", data)) == 1
    assert b"/StructElem" not in data
    assert data.count(b" 0 obj\n") == data.count(b"endstream\n")


def test_the_file_is_numbered_by_what_it_holds():
    one, other = (open_objects(press(f"<p>{text}</p>")).trailer.ID for text in "甲乙")
    assert len(bytes(one[0])) == 16
    assert one[0] == one[1]
    assert one != other


def test_a_changed_file_opens_after_rewriting(tmp_path):
    path = tmp_path / "表.pdf"
    open_objects(press("<p>甲</p>")).save(path)
    with pikepdf.open(path) as file:
        assert len(file.pages) == 1
