"""What docs/security.md names as proof is there, by exactly that name."""

import ast
import re

from tests.test_house import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text()
NAMED = re.compile(r"`((?:tests/)?[\w/]*test_\w+(?:\.py)?)`")


def find_missing(text, names, root):
    """What the text names that is neither a test nor a file of tests."""
    told = NAMED.findall(text)
    files = {name for name in told if name.endswith(".py") and (root / name).is_file()}
    return sorted(set(told) - files - names)


def list_tests():
    """The names of all test functions there are."""
    trees = [ast.parse(path.read_text()) for path in (ROOT / "tests").rglob("test_*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


def test_every_named_test_exists():
    assert find_missing(TEXT, list_tests(), ROOT) == []


def test_every_threat_names_what_stops_it_and_a_test():
    rows = [line for line in TEXT.splitlines() if line.startswith("| ")]
    threats = [row.strip("|").split("|") for row in rows if not row.startswith("| 可能")]
    assert len(threats) >= 30
    for threat in threats:
        assert len(threat) == 3
        assert NAMED.search(threat[2]), threat[0]


def test_name_that_is_not_there_is_noticed(tmp_path):
    text = "`test_a`、`test_b`、`tests/test_c.py`"
    assert find_missing(text, {"test_a"}, tmp_path) == ["test_b", "tests/test_c.py"]
