import pytest
import weasyprint

from disclosures.publishing.drawing import draw_paper, list_addresses
from disclosures.publishing.pdf.rendering import read_markup
from tests.disclosures.publishing.pdf.conftest import open_objects, press, wrap


def flatten(tree):
    """The elements of a tree in order: tag, attributes, the text in it and behind it."""
    return [
        (element.tag, element.attrib, (element.text or "").strip(), (element.tail or "").strip())
        for element in tree.iter()
    ]


@pytest.mark.django_db
def test_read_sees_what_weasyprints_own_parser_sees(sample):
    page = draw_paper(sample.document, version=1, digest="0" * 64)
    assert flatten(read_markup(page)) == flatten(weasyprint.HTML(string=page).etree_element)


def test_read_understands_void_elements_references_and_bare_attributes():
    tree = read_markup(wrap("<p hidden>甲<br>&lt;乙&#x27;&amp;</p>"))
    (paragraph,) = tree.iter("p")
    assert paragraph.attrib == {"hidden": ""}
    assert paragraph.text == "甲"
    assert paragraph[0].tail == "<乙'&"


def test_read_refuses_an_element_that_is_not_closed():
    with pytest.raises(ValueError, match="<p> is still open at </body>"):
        read_markup("<html><body><p>甲</body></html>")


def test_addresses_of_cells_and_paragraphs_are_reachable():
    data = press(
        '<p data-at="N.1">见<a href="#T7.项目.total">1.00</a></p>'
        '<p data-at="T7.项目.total">1.00</p>'
    )
    file = open_objects(data)
    names = [str(name) for name in file.Root.Names.Dests.Names[::2]]
    assert names == ["N.1", "T7.项目.total"]


@pytest.mark.django_db
def test_every_link_and_every_cell_of_the_sample_is_reachable(sample, objects):
    names = {str(name) for name in objects.Root.Names.Dests.Names[::2]}
    links = [link for page in objects.pages for link in page.get("/Annots", [])]
    assert len(links) > 100
    assert {str(link.Dest) for link in links} <= names
    assert set(list_addresses(sample.document)) <= names
