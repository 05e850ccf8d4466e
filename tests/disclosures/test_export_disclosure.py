"""Writing a published disclosure into files."""

import io
import re
import zipfile

import pytest
from django.core.management import CommandError, call_command

from disclosures.publishing.exports.data import build_table_csv
from tests.disclosures.forms import read_page

pytestmark = pytest.mark.django_db


def export(tmp_path, form, *more):
    target = tmp_path / f"out.{form}"
    told = io.StringIO()
    arguments = ["107001", "2025", "--format", form, "-o", str(target), *more]
    call_command("export_disclosure", *arguments, stdout=told)
    data = target.read_bytes()
    assert told.getvalue() == f"已写入 {target}，{len(data)} 字节。\n"
    return data


@pytest.mark.parametrize("form", ["pdf", "xlsx", "json"])
def test_frozen_forms_are_written_as_they_are(published, sample, tmp_path, form):
    assert export(tmp_path, form) == sample.file(form)


def test_csv_is_an_archive_of_every_table(published, sample, tmp_path):
    with zipfile.ZipFile(io.BytesIO(export(tmp_path, "csv"))) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == {
        f"{table.key} {table.title}.csv": build_table_csv(table) for table in sample.document.tables
    }


def test_html_needs_no_server_and_holds_every_cell(published, client, tmp_path):
    page = export(tmp_path, "html").decode()
    references = re.findall(r'(?:href|src)="([^"]*)"', page)
    assert {reference[:5] for reference in references if reference[0] != "#"} == {"data:"}
    assert read_page(page) == read_page(client.get("/2025/107001/").content.decode())


def test_unknown_version_is_refused_in_words(published, tmp_path):
    with pytest.raises(CommandError) as refused:
        export(tmp_path, "pdf", "--edition", "7")
    assert str(refused.value) == "编码为“107001”的部门2025年的预算没有公开第7版。"


def test_unwritable_target_is_refused_in_words(published, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("export_disclosure", "107001", "2025", "-o", str(tmp_path))
    assert str(refused.value).startswith(f"不能写入“{tmp_path}”：")
