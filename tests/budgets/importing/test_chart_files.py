from pathlib import Path

import pytest

import budgets
from budgets.domain.chart import function_lineage
from budgets.importing.chart_files import (
    CodeEntry,
    CsvError,
    find_nameless_sections,
    read_economic_codes,
    read_function_codes,
    read_terms,
)

DATA = Path(budgets.__file__).parent / "data"


def test_codes_are_read_with_what_is_known_of_them():
    text = "code,name,level,confidence\n201,一般公共服务支出,类,A\n\n20129, 群众团体事务 ,款,K\n"
    assert read_function_codes(text.encode()) == [
        CodeEntry("201", "一般公共服务支出", is_verified=True),
        CodeEntry("20129", "群众团体事务", is_verified=False),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_file_is_read_in_the_usual_encodings(encoding):
    content = "name,code\n工资福利支出,301\n".encode(encoding)
    assert read_economic_codes(content) == [CodeEntry("301", "工资福利支出")]


def test_problems_of_a_file_come_all_together_with_their_lines():
    text = (
        "code,name,level,confidence\n"
        "201,一般公共服务支出,类,A\n"
        "2012,短,,\n"
        "２０1,全角,类,A\n"
        "20a,字母,类,A\n"
        "20129,,款,Z\n"
        "2012901,行政运行,款,A\n"
        "99901,无类,款,A\n"
        f"20101,{'长' * 101},款,A\n"
        "201,重复,类,A\n"
    )
    with pytest.raises(CsvError) as refused:
        read_function_codes(text.encode())
    assert refused.value.problems == [
        "第 3 行：编码“2012”应为 3、5、7 位数字。",
        "第 4 行：编码“２０1”应为 3、5、7 位数字。",
        "第 5 行：编码“20a”应为 3、5、7 位数字。",
        "第 6 行：编码 20129 没有名称。",
        "第 6 行：可信度“Z”应为 A、B 或 K。",
        "第 7 行：编码 2012901 的位数与级次“款”不符。",
        "第 9 行：编码 20101 的名称超过 100 个字。",
        "第 8 行：编码 99901 所属的类 999 不在文件里。",
        "第 10 行：“201”与第 2 行重复。",
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("编码,名称\n201,x\n".encode(), "第 1 行：表头缺少 code、name 列。"),
        (b"", "第 1 行：表头缺少 code、name 列。"),
        (b"\xff\xff\xff", "文件不是 UTF-8 或 GB 18030 编码的文字。"),
    ],
)
def test_file_of_another_kind_is_refused(content, problem):
    with pytest.raises(CsvError) as refused:
        read_function_codes(content)
    assert refused.value.problems == [problem]


def test_terms_need_a_meaning_and_stand_once():
    with pytest.raises(CsvError) as refused:
        read_terms("term,meaning\n甲,\n乙,丙\n乙,丁\n".encode())
    assert refused.value.problems == [
        "第 2 行：名词和解释都要填。",
        "第 4 行：“乙”与第 3 行重复。",
    ]


def test_supplied_chart_holds_all_classes_and_names_nearly_every_section():
    entries = read_function_codes((DATA / "功能分类科目.csv").read_bytes())
    assert len([entry for entry in entries if len(entry.code) == 3]) == 29
    assert find_nameless_sections(entries) == ["20698"]
    assert function_lineage("2012901") == ["201", "20129", "2012901"]
    names = {entry.code: entry.name for entry in entries}
    assert names["2012901"] == "行政运行"
    assert not any(character.isdigit() for name in names.values() for character in name)


def test_supplied_economic_codes_hold_the_ten_classes():
    entries = read_economic_codes((DATA / "部门预算支出经济分类科目.csv").read_bytes())
    assert [entry.code for entry in entries if len(entry.code) == 3] == [
        *("301", "302", "303", "307", "309", "310", "311", "312", "313", "399"),
    ]
    assert "31000" not in {entry.code for entry in entries}


def test_supplied_glossary_explains_the_eight_terms_of_the_sample():
    entries = read_terms((DATA / "名词解释.csv").read_bytes())
    assert [entry.term for entry in entries] == [
        "财政拨款",
        "一般公共预算",
        "财政专户管理资金",
        "其他资金",
        "基本支出",
        "项目支出",
        "“三公”经费",
        "机关运行经费",
    ]
