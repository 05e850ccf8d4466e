import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localtime
from openpyxl import load_workbook

from budgets import audit
from budgets.audit import Action
from budgets.models import Budget, Entry
from disclosures.workplace.bureau.log import COLUMNS, LogFilter, Pair, list_pairs
from tests.factories.people import gather

pytestmark = pytest.mark.django_db
HOSTILE = "=1+1"


@pytest.fixture
def cast():
    return gather()


@pytest.fixture
def auditor(cast, client):
    return cast.enter(client, "auditor")


@pytest.fixture
def log(cast):
    """Four entries: a login that failed, a saving, a word of a reviewer, a command."""
    budget = Budget.objects.create(department=cast.a, year=2026)
    return [
        audit.write_entry(Action.LOGIN_FAILED, who=f"{HOSTILE}\x01", address="10.0.0.9"),
        audit.write_entry(
            Action.SAVE,
            who=cast["clerk_a"],
            subject=budget,
            before={"收入：第1行“金额”": "1.00", "不变": ["甲"], "文件": {"a.pdf": "11"}},
            after={"收入：第1行“金额”": "2.50", "不变": ["甲"], "新": True},
            words="保存“收入”",
        ),
        audit.write_entry(
            Action.COMMENT, who=cast["reviewer"], subject=budget, words="请说明 100% 的"
        ),
        audit.write_entry(Action.LOAD, subject="2026年功能分类科目"),
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [4, 3, 2, 1]),
        ({"q": "收入"}, [2]),
        ({"q": "2.50"}, [2]),
        ({"q": "100%"}, [3]),
        ({"q": "说明 请"}, [3]),
        ({"q": "10.0.0.9"}, [1]),
        ({"q": "没有的"}, []),
        ({"person": "CLERK"}, [2]),
        ({"person": "命令行"}, [4]),
        ({"department": "107001"}, [3, 2]),
        ({"department": "总工会"}, [3, 2]),
        ({"department": "108001"}, []),
        ({"action": "comment"}, [3]),
        ({"action": "comment", "person": "clerk"}, []),
        ({"first": "2026-01-01"}, [4, 3, 2, 1]),
        ({"first": "0001-01-01"}, [4, 3, 2, 1]),
        ({"first": "2999-01-01"}, []),
        ({"last": "2000-01-01"}, []),
        ({"last": "9999-12-31"}, [4, 3, 2, 1]),
    ],
)
def test_log_is_searched_by_every_field(log, asked, found):
    assert [entry.number for entry in LogFilter(asked, Entry.objects.all()).qs] == found


def test_days_are_those_of_the_portal_and_the_last_one_counts(log):
    def at(moment):
        entry = Entry.objects.create(number=9, at=moment, name="", action="add", digest="")
        days = ("2020-05-05", "2020-05-06")
        asked = [{"first": day, "last": day} for day in days]
        return [LogFilter(each, Entry.objects.all()).qs.count() for each in asked] + [entry.number]

    assert at(datetime(2020, 5, 5, 15, 59, 59, 999_999, tzinfo=UTC)) == [1, 0, 9]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"action": "x"}, "没有“x”这种操作，请从列表中选。"),
        ({"first": "昨天"}, "不是日期，请写成 2026-01-31 这样。"),
        ({"first": "2026-02-01", "last": "2026-01-01"}, "“到”早于“从”，请换过来。"),
    ],
)
def test_wrong_field_is_told_and_finds_nothing(auditor, log, asked, told):
    page = auditor.get(reverse("workplace:log"), asked).content.decode()
    assert told in page
    assert "没有符合条件的记录。" in page


def test_page_shows_entries_newest_first_with_the_head(auditor, log):
    page = auditor.get(reverse("workplace:log"))
    assert [row.record["record"].number for row in page.context["table"].rows] == [4, 3, 2, 1]
    assert f"4:{log[3].digest}" in page.content.decode()
    assert page.content.decode().count("<tr>") == 5


def test_long_log_comes_in_pages_that_keep_the_question(auditor):
    for _ in range(120):
        audit.write_entry(Action.LOGIN, who="甲")
    asked = {"person": "甲", "page": "3"}
    page = auditor.get(reverse("workplace:log"), asked)
    numbers = [row.record["record"].number for row in page.context["table"].rows]
    assert numbers == list(range(20, 0, -1))
    links = re.findall(r'href="\?([^"]*)"', page.content.decode())
    assert links == [f"person=%E7%94%B2&amp;page={number}" for number in (2, 1, 2, 3)]
    for wrong in ("0", "99", "x"):
        assert auditor.get(reverse("workplace:log"), {"page": wrong}).status_code == 200


def test_entry_shows_both_sides_side_by_side(auditor, log):
    assert list_pairs(log[1]) == [
        Pair(label="不变", before=["甲"], after=["甲"]),
        Pair(label="文件", before=["a.pdf：11"], after=[]),
        Pair(label="新", before=[], after=["是"]),
        Pair(label="收入：第1行“金额”", before=["1.00"], after=["2.50"]),
    ]
    page = auditor.get(reverse("workplace:log_entry", args=(2,))).content.decode()
    assert page.count('<tr class="differs">') == 3
    assert "和内容相符" in page
    assert log[0].digest in page
    assert auditor.get(reverse("workplace:log_entry", args=(99,))).status_code == 404
    assert auditor.get(reverse("workplace:log_entry", args=(10**30,))).status_code == 404


def test_first_and_last_entry_have_one_neighbour(auditor, log):
    first, last = (
        auditor.get(reverse("workplace:log_entry", args=(number,))).context for number in (1, 4)
    )
    assert (first["former"], first["next"]) == (None, log[1])
    assert (last["former"], last["next"]) == (log[2], None)


def test_csv_holds_every_field_of_what_was_found_and_no_formula(auditor, log):
    answer = auditor.get(reverse("workplace:log_file", args=("csv",)), {"last": "9999-12-31"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text))
    assert head == [column.label for column in COLUMNS]
    assert [line[0] for line in lines] == ["4", "3", "2", "1"]
    saved, failed = lines[2], lines[3]
    assert saved == [
        "2",
        f"{localtime(log[1].at):%Y-%m-%d %H:%M:%S.%f}",
        str(log[1].person),
        "clerk_a",
        "",
        "保存填写内容",
        "尉犁县总工会2026年部门预算",
        "107001",
        "2026",
        log[1].before,
        log[1].after,
        "保存“收入”",
        log[0].digest,
        log[1].digest,
    ]
    assert failed[3] == f"'{HOSTILE}\ufffd"


def test_workbook_holds_text_where_a_formula_was_tried(auditor, log):
    answer = auditor.get(reverse("workplace:log_file", args=("xlsx",)), {"q": "10.0.0.9"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == tuple(column.label for column in COLUMNS)
    assert (rows[1][0], rows[1][3], len(rows)) == (1, f"{HOSTILE}\ufffd", 2)
    assert sheet["D2"].data_type == "s"


@pytest.mark.parametrize(
    ("most", "asked", "told"),
    [(3, "", "工作簿最多放 3 条。请缩小范围"), (9, "没有的", "没有可导出的")],
)
def test_workbook_that_cannot_be_is_refused_in_a_sentence(
    auditor, log, monkeypatch, most, asked, told
):
    monkeypatch.setattr("disclosures.workplace.bureau.log.MOST_IN_WORKBOOK", most)
    path = reverse("workplace:log_file", args=("xlsx",))
    answer = auditor.get(path, {"q": asked}, follow=True)
    assert answer.redirect_chain == [
        (f"{reverse('workplace:log')}?q={answer.request['QUERY_STRING'][2:]}", 302)
    ]
    assert told in answer.content.decode()


def test_only_the_auditor_is_led_to_the_log(cast, client):
    link = f'href="{reverse("workplace:log")}"'
    for role in cast.people:
        page = cast.enter(client, role).get(reverse("workplace:home")).content.decode()
        assert (link in page) is (role == "auditor")
