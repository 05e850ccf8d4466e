"""Text becomes markup in the few places that are named here, and in no template."""

import ast
import re

import pytest

from tests.test_house import ROOT, list_files, list_templates

UNESCAPED = re.compile(
    r"\|\s*(safe|safeseq)\b|{%-?\s*autoescape\s+(?:off|false)|{%\s*(debug|include\s+request)\b"
)
MAKERS = {"mark_safe", "SafeString", "SafeText", "Markup"}
# How a script would make markup of a text.
WRITERS = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|eval|Function)\b"
    r"|document\.write"
)
# Each escapes what a person typed, or draws from numbers and squares alone.
TRUSTED = {
    "disclosures/workplace/accounts/second_factor.py",
    "disclosures/workplace/clerk/fields.py",
    "disclosures/public/open_data.py",
    "disclosures/publishing/drawing.py",
    "disclosures/public/chart_pages.py",
}
# Links that carry our own stylesheets.
TRUSTED_TEMPLATES = {"templates/disclosures/package/index.html": ["|safe"]}


def find_unescaped(text):
    """What a template puts into a page as it stands."""
    return [match.group() for match in UNESCAPED.finditer(text)]


def find_makers(source):
    """Calls that declare a text to be markup; a text written out in the code harms nobody."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    made = [node for node in calls if getattr(node.func, "id", "") in MAKERS]
    return [node.lineno for node in made if not isinstance(node.args[0], ast.Constant)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ name|safe }}", ["|safe"]),
        ("{{ names | safeseq }}", ["| safeseq"]),
        ("{% autoescape off %}", ["{% autoescape off"]),
        ("{% autoescape false %}", ["{% autoescape false"]),
        ("{{ name|default:'safe' }}", []),
    ],
)
def test_template_that_does_not_escape_is_noticed(text, found):
    assert find_unescaped(text) == found


def test_maker_of_markup_is_noticed():
    source = "a = mark_safe(x)\nb = SafeString('<b>')\nc = SafeString(f'{x}')\n"
    assert find_makers(source) == [1, 3]


def test_no_template_puts_text_in_as_markup():
    paths = list_templates()
    assert len(paths) > 50
    found = {str(path): find_unescaped((ROOT / path).read_text()) for path in paths}
    assert {path: each for path, each in found.items() if each} == TRUSTED_TEMPLATES


def test_markup_is_made_in_the_named_places_alone():
    own = {str(path) for path in list_files(".py") if find_makers((ROOT / path).read_text())}
    assert own == TRUSTED


def test_no_script_puts_text_in_as_markup():
    assert WRITERS.findall("list.innerHTML = text")
    scripts = [path for path in (ROOT / "static").rglob("*.js") if "vendor" not in path.parts]
    assert len(scripts) > 10
    assert [path.name for path in scripts if WRITERS.search(path.read_text())] == []
