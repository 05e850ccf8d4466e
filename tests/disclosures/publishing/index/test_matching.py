from disclosures.publishing.index.matching import find_spans, fold, mark_found_words, strip_county
from disclosures.publishing.index.writing import find_initial


def test_fold_keeps_the_length_and_forgets_width_and_case():
    text = "ＡＢＣ（２０２５年）ｋｍ²İ㎡“三公”"
    assert fold(text).startswith("abc(2025年)km")
    assert len(fold(text)) == len(text)


def test_spans_that_meet_are_joined():
    assert find_spans("工会会员培训", ["工会", "会会", "培训"]) == [(0, 3), (4, 6)]


def test_mark_shows_an_excerpt_about_the_first_word():
    text = "前" * 100 + "工会培训" + "后" * 100
    pieces = mark_found_words(text, ["培训"])
    assert pieces[0] == ("…", False)
    assert [piece for piece, found in pieces if found] == ["培训"]
    assert pieces[-1][0].endswith("后…")
    assert sum(len(piece) for piece, _ in pieces) < 130


def test_mark_of_a_title_leaves_nothing_out():
    title = "前" * 100 + "工会"
    assert mark_found_words(title, ["工会"], whole=True) == [("前" * 100, False), ("工会", True)]


def test_department_is_listed_under_its_name_without_the_county():
    names = {
        "尉犁县总工会": "总工会",
        "尉犁县市场监督管理局": "市场监督管理局",
        "中共尉犁县委办公室": "县委办公室",
        "演示县委组织部": "县委组织部",
        "某局": "某局",
        "和静县审计局": "审计局",
    }
    assert {name: strip_county(name) for name in names} == names
    assert [find_initial(name) for name in names] == ["Z", "S", "X", "X", "M", "S"]
