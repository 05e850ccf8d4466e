"""Every pattern of the project takes a long text in a time that grows with its length alone."""

import ast
import importlib
import pkgutil
import re
from itertools import product
from time import thread_time

import pytest

import budgets
import config
import disclosures
from budgets.domain.places import PLACES
from budgets.domain.sets.xinjiang import XINJIANG
from budgets.domain.tables.form import Form
from budgets.spreadsheets.values import LONGEST_TEXT
from tests.test_house import find_offences, list_files

WAYS = ("search", "match", "fullmatch", "sub")
# What texts are made of that patterns look for, and what ends a text so that they fail.
PIECES = (
    *("1", "１", "0,", "1.", ",", ".", "-", "1-", "1 ", "a", "A1", "_", " ", "\n", " \n", "=", "&"),
    *(
        "(",
        ")",
        "[",
        "（",
        "“",
        '"',
        "<loc>",
        ' href="',
        "url(",
        "://:",
        "a@",
        "\\",
        "a/",
        "cells/",
    ),
    *(
        "一",
        "一、",
        "(一)",
        "表",
        "项目",
        "项目资金",
        "合计",
        "合计:",
        "其中:",
        "注:",
        "单位",
        "单位(",
    ),
    *(
        "单位:",
        "部门):",
        "人民币",
        "2025",
        "2025年",
        "2025、",
        "2025-",
        "中共",
        "县",
        "原因",
        "用于",
    ),
    *("增加", "功能分类", "本级", "T7.2010101:", "CALL", "IMPORTA", "项目支出绩效目标表"),
)
ENDS = ("x", "\n")
LENGTH, TIMES = 1_500, 4
# Below so many seconds nothing is said; four times the length takes 16 of a quadratic pattern.
FLOOR, MOST_GROWTH = 0.004, 8


def list_modules():
    for room in (budgets, config, disclosures):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if ".migrations" not in found.name and not found.name.endswith("sgi"):
                yield importlib.import_module(found.name)


def find_patterns(value, depth=3):
    """The compiled patterns in a value, and in what it holds: lists, classes, validators."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        value = value.values()
    elif isinstance(value, type) or hasattr(value, "regex"):
        value = [own for own in list(vars(value).values()) if own is not value]
    if depth and isinstance(value, list | tuple | set | frozenset | type({}.values())):
        for each in value:
            yield from find_patterns(each, depth - 1)


def list_aliases(value):
    """What a set calls its headings and rows in files, as patterns."""
    if isinstance(value, tuple):
        for each in value:
            yield from list_aliases(each)
    for name in getattr(value, "__dataclass_fields__", ()):
        own = getattr(value, name)
        # A title is not looked at beyond its first fifty signs.
        if name in ("aliases", "above") and isinstance(own, str) and not isinstance(value, Form):
            # They are held against a whole text, which has no line ends any more.
            yield re.compile(rf"\A(?s:{own})\Z")
        else:
            yield from list_aliases(own)


def list_patterns():
    found = [
        own
        for module in list_modules()
        for name, value in vars(module).items()
        if not name.startswith("__")
        for own in find_patterns(value)
    ]
    made = [place.form for place in PLACES]
    return list(dict.fromkeys([*found, *made, *list_aliases(XINJIANG)]))


PATTERNS = list_patterns()


def measure(pattern, way, text):
    """Seconds of this thread."""
    start = thread_time()
    pattern.sub("", text) if way == "sub" else getattr(pattern, way)(text)
    return thread_time() - start


def measure_growth(pattern, way, piece, end):
    """How many times longer four times the length takes; 0 where that is too little to say."""
    short, long = (piece * (n // len(piece)) + end for n in (LENGTH, LENGTH * TIMES))
    after = measure(pattern, way, long)
    return after / measure(pattern, way, short) if after > FLOOR else 0


def find_growth(pattern):
    """The texts for which the time grows faster than their length, by the way of looking."""
    for piece, end, way in product(PIECES, ENDS, WAYS):
        # Three looks before anything is said: a busy machine may have interfered.
        grown = (measure_growth(pattern, way, piece, end) for _ in range(3))
        if all(each > MOST_GROWTH for each in grown):
            yield piece, end, way


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:40])
def test_time_grows_with_the_length_alone(pattern):
    assert list(find_growth(pattern)) == []


@pytest.mark.parametrize(
    "offender", [r"[-+]?[\d,]*\.?\d+", r"\s*\n\s*", r".*:.*", r"\w+x", r"(?s)\(.*?\):"]
)
def test_what_grows_faster_is_seen(offender):
    assert next(find_growth(re.compile(offender)), None)


def test_the_patterns_are_found():
    assert len(PATTERNS) > 90
    assert len("1" * LENGTH * TIMES) <= LONGEST_TEXT


def find_patterns_in_functions(source):
    """Lines of functions that look for a pattern of their own, which no test would find."""
    return [
        call.lineno
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if isinstance(call.func.value, ast.Name) and call.func.value.id == "re"
        if isinstance(call.args[0], ast.Constant)
    ]


def test_patterns_stand_in_their_module():
    assert find_patterns_in_functions("def a(b):\n    return re.match('c+', b)\n") == [2]
    own = [
        path for path in list_files(".py") if path.parts[0] in ("budgets", "config", "disclosures")
    ]
    assert find_offences(find_patterns_in_functions, own) == {}
