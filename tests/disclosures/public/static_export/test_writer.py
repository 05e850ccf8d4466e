"""Addresses and files: safe names, relative links, and what is left alone."""

import pytest

from disclosures.public.static_export.writer import (
    FORBIDDEN,
    LINK,
    LONGEST,
    list_links,
    locate_file,
    make_safe,
    relate,
    replace_links,
    resolve,
)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/2025/107001/", "2025/107001/index.html"),
        ("/2025/107001.pdf", "2025/107001.pdf"),
        ("/list/page-3/", "list/page-3/index.html"),
        ("/2025/1/?unit=yuan&last=1", "2025/1/unit-yuan-last-1/index.html"),
        ("/2025/%E5%B7%A5%E4%BC%9A/", "2025/工会/index.html"),
    ],
)
def test_address_has_a_file(address, path):
    assert locate_file(address) == path


@pytest.mark.parametrize("part", ["T7.2012901:工会.total", "长" * 60, "a?b", "point."])
def test_name_holds_on_any_system(part):
    name = make_safe(part)
    assert name != part
    assert not FORBIDDEN.search(name)
    assert len(name.encode()) <= LONGEST
    assert name == make_safe(part) != make_safe(f"{part}x")


@pytest.mark.parametrize(
    ("source", "target", "link"),
    [
        ("index.html", "2025/107001/index.html", "2025/107001/"),
        ("2025/107001/index.html", "index.html", "../../"),
        ("2025/107001/index.html", "2025/107001/index.html", "./"),
        ("2025/107001/v1/index.html", "2025/107001/v1.pdf", "../v1.pdf"),
        ("index.html", "2025/工会.csv", "2025/%E5%B7%A5%E4%BC%9A.csv"),
    ],
)
def test_link_leads_from_file_to_file(source, target, link):
    assert relate(source, target) == link


def test_question_is_kept_where_it_has_a_file():
    here = "/2025/1/?unit=yuan"
    links = ("?", "?unit=yuan&last=1#tables", "?x=1", "v1/")
    found = [resolve(link, here) for link in links]
    assert found == ["/2025/1/", "/2025/1/?unit=yuan&last=1", "/2025/1/", "/2025/1/v1/"]


def test_links_are_found_and_rewritten_where_they_stay_on_the_site():
    text = (
        '<a href="/a/?x=1&amp;y=2#b">1</a> <a href="cells/T1:x/">2</a> <a href="#c">3</a>'
        '<a href="https://other.example/">4</a> <img src="/d.svg"> <p title="/e/">href="</p>'
    )
    links = list(list_links(text, LINK, "/2025/1/"))
    assert links == ["/a/", "/2025/1/cells/T1:x/", "/d.svg"]
    assert replace_links(text, LINK, "/2025/1/", "TO{}#{}".format) == (
        '<a href="TO/a/#b">1</a> <a href="TO/2025/1/cells/T1:x/#">2</a> <a href="#c">3</a>'
        '<a href="https://other.example/">4</a> <img src="TO/d.svg#"> <p title="/e/">href="</p>'
    )
