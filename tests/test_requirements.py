"""What the code imports stands in the requirements, with one exact version."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"([A-Za-z0-9._-]+)(\[[a-z]+\])?==[0-9A-Za-z.]+")
OWN = {"benchmarks", "budgets", "config", "disclosures", "script", "tests"}


def normalise(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def read_pins(*files):
    """Names of the pinned packages; a line that pins nothing exactly is an error."""
    lines = [line.strip() for file in files for line in (ROOT / file).read_text().splitlines()]
    stated = [line for line in lines if line and not line.startswith(("#", "-r "))]
    return {normalise(PIN.fullmatch(line).group(1)) for line in stated}


def list_imports(source):
    """Top-level names that a source imports from outside the project and the standard library."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found.add(node.module.split(".")[0])
    return found - OWN - set(sys.stdlib_module_names)


def find_unpinned(rooms, pins):
    """Imported names that none of the pinned packages provides."""
    paths = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    imported = {name for path in paths for name in list_imports(path.read_text())}
    owners = packages_distributions()
    return {name for name in imported if not {normalise(o) for o in owners.get(name, ())} & pins}


def test_portal_imports_only_what_it_installs():
    rooms = ("budgets", "config", "disclosures")
    assert find_unpinned(rooms, read_pins("requirements.txt")) == set()


def test_tests_import_only_what_they_install():
    pins = read_pins("requirements.txt", "requirements-dev.txt")
    assert find_unpinned(("benchmarks", "script", "tests"), pins) == set()


def test_unpinned_import_is_noticed():
    pins = read_pins("requirements.txt") - {"openpyxl"}
    assert find_unpinned(["budgets"], pins) == {"openpyxl"}
