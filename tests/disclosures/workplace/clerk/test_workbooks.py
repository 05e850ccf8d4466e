"""A workbook coming in through the workplace: preview first, then one decision."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from budgets import ledger
from budgets.importing.changes import ChangedColumn, ChangeKind
from budgets.importing.new_year import open_year
from budgets.models import (
    Budget,
    Department,
    EconomicCode,
    Edit,
    FunctionCode,
    Membership,
    Post,
    Upload,
)
from budgets.models.budget import State
from tests.factories.books import SMALL, change, fill
from tests.factories.people import gather, load_chart
from tests.factories.random_filings import CHART, DEPARTMENT

pytestmark = pytest.mark.django_db
YEAR = SMALL.year


@pytest.fixture
def budget(django_user_model):
    department = Department.objects.create(code=DEPARTMENT.code, name=DEPARTMENT.name)
    for model, codes in ((FunctionCode, CHART.functions), (EconomicCode, CHART.economics)):
        model.objects.bulk_create(model(year=YEAR, code=c, name=n) for c, n in codes.items())
    user = django_user_model.objects.create_user("clerk", is_staff=True)
    Membership.objects.create(user=user, department=department, post=Post.CLERK)
    return open_year(department, YEAR)


@pytest.fixture
def clerk(client, budget):
    client.force_login(budget.department.memberships.get().user)
    return client


def place(budget, name, *more):
    return reverse(f"filing:{name}", args=(budget.year, budget.department.code, *more))


def send(client, budget, content, name="预算.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(place(budget, "upload"), {"file": file}, follow=True)


def decide(client, upload, action, seen):
    address = place(upload.budget, "upload_decide", upload.pk)
    return client.post(address, {"action": action, "seen": seen}, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_upload_shows_every_change_and_writes_nothing(clerk, budget):
    response = send(clerk, budget, fill())
    upload = Upload.objects.get()
    assert upload.result == Upload.Result.WAITING
    assert ledger.read_filing(budget).facts == ()
    money = [c for c in response.context["changes"] if c.sheet == "收入"]
    assert [(c.kind, c.row, c.details) for c in money] == [
        (
            ChangeKind.ADDED,
            "一般公共预算（一般财力）",
            (ChangedColumn(header="金额", before="", after="3.00"),),
        ),
        (
            ChangeKind.ADDED,
            "单位资金（其他收入）",
            (ChangedColumn(header="金额", before="", after="0.50"),),
        ),
    ]


def test_accepted_upload_becomes_the_filing_once(clerk, budget):
    seen = send(clerk, budget, fill()).context["upload"].basis
    upload = Upload.objects.get()
    assert said(decide(clerk, upload, "accept", seen)) == ["已导入“预算.xlsx”。"]
    assert said(decide(clerk, upload, "accept", seen)) == ["这个文件已经处理过了，没有再次处理。"]
    assert ledger.read_filing(budget).facts == SMALL.facts
    assert [edit.what for edit in Edit.objects.all()] == ["导入“预算.xlsx”"]


def test_preview_of_a_correction_shows_both_amounts(clerk, budget):
    ledger.replace_filing(budget, SMALL)
    response = send(
        clerk, budget, change(fill(), {"收入!C4": 31000, "收入!B5": None, "收入!C5": None})
    )
    assert [(c.kind, c.row, c.details) for c in response.context["changes"]] == [
        (
            ChangeKind.CHANGED,
            "一般公共预算（一般财力）",
            (ChangedColumn(header="金额", before="3.00", after="3.10"),),
        ),
        (
            ChangeKind.REMOVED,
            "单位资金（其他收入）",
            (ChangedColumn(header="金额", before="0.50", after=""),),
        ),
    ]


def test_same_content_changes_nothing(clerk, budget):
    ledger.replace_filing(budget, SMALL)
    assert send(clerk, budget, fill()).context["count"] == 0


def test_stale_preview_is_shown_again(clerk, budget):
    seen = send(clerk, budget, fill()).context["upload"].basis
    ledger.replace_filing(budget, SMALL)
    upload = Upload.objects.get()
    response = decide(clerk, upload, "accept", seen)
    assert said(response) == ["预览之后预算有了变化，请核对新的预览后再确认。"]
    assert Upload.objects.get().result == Upload.Result.WAITING
    assert response.context["count"] == 0


def test_bad_upload_lists_its_problems_and_cannot_be_accepted(clerk, budget):
    content = change(fill(), {"收入!C4": "三万", "支出明细!D4": 99999999})
    response = send(clerk, budget, content)
    upload = Upload.objects.get()
    assert upload.result == Upload.Result.REFUSED
    assert [problem.place for problem in response.context["errors"]] == ["收入!C4", "支出明细!D4"]
    decide(clerk, upload, "accept", response.context["upload"].basis)
    assert ledger.read_filing(budget).facts == ()


def test_marked_workbook_says_at_the_cell_what_is_wrong(clerk, budget):
    content = change(fill(), {"收入!C4": "三万"})
    problem = send(clerk, budget, content).context["errors"][0]
    response = clerk.get(place(budget, "upload_marked", Upload.objects.get().pk))
    cell = load_workbook(io.BytesIO(response.content))["收入"]["C4"]
    assert cell.comment.text == f"错误：{problem.message}{problem.advice}"
    assert cell.fill.fgColor.rgb == "00F8CBAD"
    assert cell.value == "三万"


def test_discarded_upload_is_kept_and_can_come_back(clerk, budget):
    send(clerk, budget, fill())
    upload = Upload.objects.get()
    assert said(decide(clerk, upload, "discard", "")) == ["已放弃“预算.xlsx”，预算没有改变。"]
    response = clerk.get(place(budget, "upload_file", upload.pk))
    assert response.content == fill()
    assert response["Content-Disposition"].startswith("attachment")
    restored = clerk.post(place(budget, "upload_restore", upload.pk), follow=True)
    assert restored.context["upload"].result == Upload.Result.WAITING
    assert restored.context["upload"].sha256 == upload.sha256


def test_oversized_upload_is_refused_before_it_is_read(clerk, budget, settings):
    settings.UPLOAD_LARGEST_MB = 0
    response = send(clerk, budget, fill())
    assert response.status_code == 400
    assert response.context["form"].errors["file"] == [
        f"文件有 {len(fill()) / 1024 / 1024:.1f} MB，超过了 0 MB 的上限。"
        "请删去图片和无关的工作表后再上传。"
    ]
    assert not Upload.objects.exists()


def test_upload_without_a_file_says_so(clerk, budget):
    response = clerk.post(place(budget, "upload"))
    told = "没有选择文件。请先选择填好的工作簿，再点“上传”。"
    assert response.context["form"].errors["file"] == [told]
    assert f'<a href="#file">{told}</a>' in response.content.decode()


def test_upload_for_another_year_names_the_cell(clerk, budget):
    Budget.objects.filter(pk=budget.pk).update(year=YEAR + 1)
    budget.refresh_from_db()
    response = send(clerk, budget, fill())
    assert f"封面的年度是 {YEAR}，应为 {YEAR + 1}。" in [
        problem.message for problem in response.context["errors"]
    ]


def test_locked_budget_takes_no_upload(clerk, budget):
    seen = send(clerk, budget, fill()).context["upload"].basis
    Budget.objects.update(state=State.CONFIRMED)
    decide(clerk, Upload.objects.get(), "accept", seen)
    assert sum((fact.amount for fact in ledger.read_filing(budget).facts), Decimal(0)) == 0


def test_refused_upload_leads_to_the_next_attempt(clerk, budget):
    page = send(clerk, budget, change(fill(), {"收入!C4": "三万"})).content.decode()
    assert f'<a class="button primary" href="{place(budget, "upload")}">改好后重新上传</a>' in page
    assert "确认导入" not in page


def test_locked_budget_still_shows_its_uploads(clerk, budget):
    send(clerk, budget, fill())
    Budget.objects.update(state=State.CONFIRMED)
    tasks = reverse("workplace:tasks", args=(YEAR, budget.department.code))
    assert f'<a class="button" href="{place(budget, "upload")}">上传记录</a>' in (
        clerk.get(tasks).content.decode()
    )
    page = clerk.get(place(budget, "upload")).content.decode()
    assert place(budget, "upload_file", Upload.objects.get().pk) in page
    assert "上传并预览" not in page


def test_head_is_offered_nothing_that_only_a_clerk_may_do(clerk, budget, django_user_model):
    pk = send(clerk, budget, fill()).context["upload"].pk
    head = django_user_model.objects.create_user("head", is_staff=True)
    Membership.objects.create(user=head, department=budget.department, post=Post.HEAD)
    clerk.force_login(head)
    assert "上传并预览" not in clerk.get(place(budget, "upload")).content.decode()
    assert "确认导入" not in clerk.get(place(budget, "upload_preview", pk)).content.decode()


NAMES = ["x.html", 'a"; filename="b.svg', "a\r\nX-Evil: 1.html", "<script>.xlsx", "预算.xlsx"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", fill()])
def test_upload_is_saved_and_never_shown(client, name, content):
    load_chart(2026)
    cast = gather()
    budget = Budget.objects.create(department=cast.b, year=2026)
    upload = Upload.objects.create(
        budget=budget, filename=name, content=content, size=1, result="waiting"
    )
    cast.enter(client, "clerk_b")
    args = (2026, "108001", upload.pk)
    answer = client.get(reverse("filing:upload_file", args=args))
    assert answer.content == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "X-Evil" not in answer.headers
    assert "\n" not in answer["Content-Disposition"]


def test_nothing_serves_the_directory_of_uploads(client):
    for path in ("/media/", "/media/x.xlsx", "/uploads/x.xlsx"):
        assert client.get(path).status_code == 404
