"""What was published is as it was, and a file at hand is told from a fake."""

from dataclasses import replace
from hashlib import sha256
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from budgets.models import Budget, State
from disclosures.models import Transition
from disclosures.publishing.integrity import find_faults
from tests.factories.people import hire

pytestmark = pytest.mark.django_db
PAGE = reverse("disclosures:identify")
NAME = "尉犁县总工会2025年部门预算公开（第1版）"


def tell():
    return [str(fault) for fault in find_faults()]


def verify():
    out, err = StringIO(), StringIO()
    call_command("verify_disclosures", stdout=out, stderr=err)
    return out.getvalue()


def ask(client, **fields):
    answer = client.post(PAGE, fields) if "file" in fields else client.get(PAGE, fields)
    return answer.status_code, answer.content.decode()


def upload(data, name="预算.pdf"):
    return SimpleUploadedFile(name, data)


def test_published_files_are_as_they_were(published):
    assert tell() == []
    assert "核对了1个版本、3个文件，和公开时完全一样。" in verify()


def test_altered_content_is_found(sample, union):
    content = sample.disclosure["content"].replace("265.89", "265.98")
    sample.shelve(union, content=content)
    assert tell() == [f"{NAME}：内容被改动过，和公开时的摘要不符。"]
    with pytest.raises(CommandError, match="有1处和公开时不一样，请从备份恢复并查明原因。"):
        verify()


def test_altered_and_missing_files_are_found(sample, union):
    kept = {"kind": "pdf", "name": "x.pdf", "sha256": "0" * 64, "size": 3, "data": b"abc"}
    as_made = [file for file in sample.files if file["kind"] == "json"]
    replace(sample, files=[*as_made, kept]).shelve(union)
    assert sorted(tell()) == [
        f"{NAME}：PDF 文档被改动过，和公开时的摘要不符。",
        f"{NAME}：缺少电子表格。",
    ]


def test_missing_versions_are_found(sample, union):
    sample.shelve(union, version=3, reason="更正")
    title = "尉犁县总工会2025年部门预算公开"
    assert tell() == [f"{title}：缺少第1版。", f"{title}：缺少第2版。"]


def test_last_version_that_is_missing_is_found_by_the_record_of_its_release(sample, union):
    budget = Budget.objects.create(department=union, year=2025, state=State.PUBLISHED)
    Transition.objects.create(
        budget=budget,
        before=State.APPROVED,
        after=State.PUBLISHED,
        who=hire("head", union, "head"),
        digest=sample.disclosure["digest"],
    )
    (lost,) = tell()
    assert lost.endswith("公开的一版不见了。")
    sample.shelve(union)
    assert tell() == []


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "json"])
def test_original_file_is_recognised(published, sample, client, kind):
    status, page = ask(client, file=upload(sample.file(kind)))
    assert status == 200
    assert "是公开的原件" in page
    assert "第1版的" in page
    assert "这是现行的一版。" in page


def test_file_with_one_byte_more_is_none_of_ours(published, sample, client):
    status, page = ask(client, file=upload(sample.file("pdf") + b"\n"))
    assert status == 200
    assert "不是这里公开的文件" in page
    assert "文件“预算.pdf”和这里公开过的任何一版都不一样" in page


def test_digest_on_the_footer_leads_to_its_version(published, sample, union, client):
    sample.shelve(union, version=2, digest="0" * 64, reason="更正")
    digest = sample.disclosure["digest"]
    _, page = ask(client, digest=f" {digest.upper()[:32]} {digest[32:]}")
    assert "第1版的内容" in page
    assert "这一版以后有过更正" in page
    assert reverse("disclosures:version", args=(2025, "107001", 1)) in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"digest": "abc"}, "摘要应是 64 位的数字和 a 到 f 的字母，请完整复制。"),
        ({"file": ""}, "请先选一个文件。"),
    ],
)
def test_bad_input_is_told_what_to_do(client, fields, told):
    status, page = ask(client, **fields)
    assert (status, told in page) == (400, True)


def test_page_sets_no_cookie_and_shows_names_as_text(client, db):
    answer = client.post(PAGE, {"file": upload(b"x", "<b>名</b>.pdf")})
    assert not answer.cookies
    assert "<b>名" not in answer.content.decode()
    assert sha256(b"x").hexdigest() in answer.content.decode()
    assert not client.get(PAGE).cookies
