from budgets.domain.problems import Problem, Severity, has_errors, merge_problems


def problem(cell, message="错了。", severity=Severity.ERROR, sheet="收入"):
    return Problem(
        sheet=sheet, cells=(cell,), message=message, advice="请改正。", severity=severity
    )


def test_merge_joins_cells_of_one_message_in_the_order_of_the_file():
    merged = merge_problems(
        [
            problem("A11", severity=Severity.HINT),
            problem("C9"),
            problem("B2", severity=Severity.WARNING),
            problem("C5"),
            problem("C9"),
            problem("AA1", sheet="项目"),
            problem("B1", sheet="项目", severity=Severity.HINT),
            problem("C5", "又错了。", severity=Severity.WARNING),
            Problem(message="缺表。", advice="请补上。"),
            problem("A1", sheet="别处"),
        ],
        ["项目", "收入"],
    )
    assert [(p.severity.label, p.place, p.message) for p in merged] == [
        ("错误", "整个文件", "缺表。"),
        ("提示", "项目!B1", "错了。"),
        ("错误", "项目!AA1", "错了。"),
        ("警告", "收入!B2", "错了。"),
        ("错误", "收入!C5、C9", "错了。"),
        ("警告", "收入!C5", "又错了。"),
        ("提示", "收入!A11", "错了。"),
        ("错误", "别处!A1", "错了。"),
    ]


def at(*cells):
    return Problem(message="x", advice="y", sheet="收入", cells=cells).place


def test_neighbours_below_each_other_are_shown_as_a_range():
    assert at("C4", "C5", "C6", "C8", "C9") == "收入!C4:C6、C8、C9"
    assert at("B4", "C5", "C6", "D7") == "收入!B4、C5、C6、D7"


def test_very_many_places_are_counted():
    cells = [f"C{row}" for row in range(1, 61, 2)]
    assert at(*cells) == f"收入!{'、'.join(cells[:12])} 等 30 格"


def test_a_hundred_thousand_cells_of_one_message_are_one_problem():
    merged = merge_problems(problem(f"C{row}") for row in range(100_000, 0, -1))
    assert [p.place for p in merged] == ["收入!C1:C100000"]


def test_only_errors_stop_an_import():
    assert not has_errors([problem("A1", severity=Severity.WARNING)])
    assert has_errors([problem("A1", severity=Severity.WARNING), problem("A1")])


def test_problem_without_a_cell_names_its_sheet_or_the_file():
    assert Problem(message="x", advice="y", sheet="收入").place == "收入"
    assert str(Problem(message="空的。", advice="请重填。")) == "错误　整个文件：空的。请重填。"


def test_problem_is_kept_as_plain_values():
    assert problem("C5").as_json() == {
        "message": "错了。",
        "advice": "请改正。",
        "sheet": "收入",
        "cells": ["C5"],
        "severity": "error",
    }
