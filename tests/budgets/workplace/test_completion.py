"""Codes are found by their pinyin initials too."""

import pytest

from disclosures.workplace.clerk.completion import find_initials, list_codes


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("行政运行", "xzyx"),
        ("因公出国（境）费用", "ygcgjfy"),
        ("30%的A类补助", "30dalbz"),
        ("", ""),
    ],
)
def test_initials_are_of_letters_and_digits(name, initials):
    assert find_initials(name) == initials


def test_codes_are_listed_in_order_with_their_initials():
    assert list_codes({"30201": "办公费", "301": "工资福利支出"}) == [
        ("301", "工资福利支出", "gzflzc"),
        ("30201", "办公费", "bgf"),
    ]
