"""Publishing: once, as a whole, for good."""

import json as plain_json
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction

from budgets.domain.document import Body, to_json
from budgets.domain.filing import Organisation, Profile
from budgets.models import Budget, Department
from disclosures.demo.factories import store_filing
from disclosures.models import Disclosure, DisclosureFile
from disclosures.publishing.publication import PublicationRefusedError, publish
from disclosures.workflow.drafting import draft_budget, last_year_amounts, next_version
from tests.budgets.domain.sets.test_units import BUREAU_FACTS, DEPARTMENT
from tests.factories.approved import load_supplied_chart
from tests.factories.filings import UNION, filing, move, reasons, spend
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db
FIRST_DAY = datetime(2025, 2, 14, 9, 0, tzinfo=UTC)
SECOND_DAY = datetime(2025, 6, 1, 9, 0, tzinfo=UTC)
OTHER = Organisation(code="108001", name="某局")
CORRECTED = replace(union_filing(), profile=replace(union_filing().profile, authorized=8))


@pytest.fixture(scope="module")
def _shelf(django_db_setup, django_db_blocker):
    """The union's budget published, and published again as a correction; rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_supplied_chart()
        publish(store_filing(union_filing()), now=FIRST_DAY)
        publish(store_filing(CORRECTED), reason=" 编制数更正 ", now=SECOND_DAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def versions(_shelf, db):
    return list(Disclosure.objects.for_address(2025, UNION.code))


@pytest.fixture
def budget(versions):
    return Budget.objects.get(department__code=UNION.code, year=2025)


@pytest.fixture
def _chart(db):
    load_supplied_chart()


def test_publication_freezes_the_content_with_its_digest(versions):
    second, first = versions
    assert [(each.version, each.reason, each.published_at) for each in versions] == [
        (2, "编制数更正", SECOND_DAY),
        (1, "", FIRST_DAY),
    ]
    for each in versions:
        assert each.content == to_json(each.document)
        assert each.digest == sha256(each.content.encode()).hexdigest()
        assert each.title == each.document.title == "尉犁县总工会2025年部门预算公开"
    assert first.digest != second.digest


def test_publication_keeps_its_three_files_with_sizes_and_digests(versions):
    for disclosure in versions:
        name = f"尉犁县总工会2025年部门预算公开-第{disclosure.version}版"
        files = {file.kind: file for file in disclosure.files.all()}
        assert {kind: file.name for kind, file in files.items()} == {
            kind: f"{name}.{kind}" for kind in ("json", "pdf", "xlsx")
        }
        for file in files.values():
            data = bytes(file.data)
            assert (file.size, file.sha256) == (len(data), sha256(data).hexdigest())
        assert bytes(files["pdf"].data).startswith(b"%PDF-")
        assert bytes(files["xlsx"].data).startswith(b"PK")


def test_json_file_carries_the_content_and_the_reason_of_a_correction(versions):
    for disclosure in versions:
        data = bytes(disclosure.files.get(kind="json").data)
        assert plain_json.loads(data) == {
            "version": disclosure.version,
            "digest": disclosure.digest,
            "published_at": disclosure.published_at.isoformat(),
            "reason": disclosure.reason,
            "content": plain_json.loads(disclosure.content),
        }


def test_publishing_what_is_public_gives_the_same_version(budget, versions):
    assert publish(budget, reason="再次公开") == versions[0]
    assert Disclosure.objects.count() == 2
    assert DisclosureFile.objects.count() == 6


def test_first_version_stays_as_it_was_after_the_correction(versions):
    first = versions[1]
    assert first.document.parts[0].sections[1].blocks[1].text.startswith("尉犁县总工会编制数7，")
    assert first.files.count() == 3


def test_correction_without_a_reason_is_refused(budget, versions):
    budget = store_filing(union_filing())
    for reason in ("", " \n"):
        with pytest.raises(PublicationRefusedError) as refused:
            publish(budget, reason=reason)
        assert str(refused.value) == "已经公开过，再次公开是更正，请写明更正原因。"
        assert refused.value.findings == []
    assert list(Disclosure.objects.for_address(2025, UNION.code)) == versions


def test_next_version_follows_the_last(budget, versions):
    assert next_version(budget) == 3
    assert next_version(Budget(department=budget.department, year=2026)) == 1


@pytest.mark.parametrize(
    "change", [{"content": "{}"}, {"digest": "0" * 64}, {"reason": "改"}, {"version": 9}]
)
def test_database_refuses_to_rewrite_a_frozen_document(versions, change):
    with pytest.raises(DatabaseError, match="published content is immutable"), transaction.atomic():
        Disclosure.objects.filter(version=1).update(**change)
    assert Disclosure.objects.get(version=1).content == versions[1].content


def test_database_refuses_to_rewrite_a_frozen_file(versions):
    before = bytes(versions[1].files.get(kind="pdf").data)
    with pytest.raises(DatabaseError, match="published content is immutable"), transaction.atomic():
        versions[1].files.filter(kind="pdf").update(data=b"")
    assert bytes(versions[1].files.get(kind="pdf").data) == before


@pytest.mark.parametrize("published", [Disclosure, DisclosureFile])
def test_database_refuses_to_delete_what_was_published(versions, published):
    count = published.objects.count()
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        # Past the model's own cascade and protection: the database answers.
        published.objects.filter(pk__gt=0)._raw_delete(using="default")
    assert published.objects.count() == count


def test_database_refuses_a_second_document_of_one_version(versions):
    first = versions[1]
    own = ("department", "year", "version", "title", "content", "digest", "published_at")
    with pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.create(**{name: getattr(first, name) for name in own})


def test_last_years_document_feeds_this_years_draft(budget, versions):
    assert last_year_amounts(budget) is None
    following = replace(
        union_filing(),
        year=2026,
        facts=filing(spend("140.00", "2012901")).facts,
        projects=(),
        priors=(),
        words=reasons({"T3.total.basic": "人员增加"}),
    )
    made = draft_budget(store_filing(following))
    assert last_year_amounts(Budget(department=budget.department, year=2026)) == (
        versions[0].document.amounts
    )
    notes = made.parts[2].sections[2].paragraphs()
    assert [paragraph.text for paragraph in notes] == [
        "尉犁县总工会2026年支出预算140.00万元，其中：",
        "基本支出140.00万元，占100.00%，比上年预算增加1.82万元，增长1.32%，主要原因是人员增加。",
        "项目支出0.00万元，占0.00%，比上年预算减少127.71万元，下降100.00%，主要原因是＿＿＿＿。",
    ]


@pytest.mark.parametrize("text", ["\ue000", "😀", "\x0b"])
@pytest.mark.usefixtures("_chart")
def test_character_without_a_glyph_is_found_before_anything_is_kept(text):
    made = replace(union_filing(), overall=replace(union_filing().overall, goal=f"管理{text}。"))
    with pytest.raises(PublicationRefusedError) as refused:
        publish(store_filing(move(made, OTHER)))
    assert str(refused.value) == "有1处问题，不能公开。"
    assert [finding.id for finding in refused.value.findings] == ["glyphs"]
    assert not Disclosure.objects.filter(department__code=OTHER.code).exists()
    assert not DisclosureFile.objects.filter(disclosure__department__code=OTHER.code).exists()


@pytest.mark.usefixtures("_chart")
def test_blocking_findings_are_given_back_and_nothing_is_kept():
    with pytest.raises(PublicationRefusedError) as refused:
        publish(
            store_filing(move(replace(union_filing(), profile=Profile(), signed_on=None), OTHER))
        )
    assert str(refused.value) == "有2处问题，不能公开。"
    assert [finding.message for finding in refused.value.findings] == [
        "没有主要职能。",
        "没有落款日期。",
    ]
    assert not Disclosure.objects.filter(department__code=OTHER.code).exists()


def other_names(budget):
    """The departments whose names a draft warns of, found by naming all of them."""
    found = draft_budget(budget).checks
    messages = [f.message for f in found if f.id == "words-department"]
    return sorted(message.rpartition("“")[2].rstrip("”。") for message in messages)


@pytest.mark.usefixtures("_chart")
def test_other_departments_are_neither_the_own_units_nor_the_own_parent():
    for code, name in (("301", "某县民政局"), ("302", "某县水利局")):
        Department.objects.create(code=code, name=name)
    named = "某县教育局本级、某县第一中学、某县教育局、某县民政局、某县水利局。"
    made = replace(DEPARTMENT, profile=Profile(duties=named))
    assert other_names(store_filing(made)) == ["某县民政局", "某县水利局"]
    unit = Budget.objects.get(department__code="201001")
    assert draft_budget(unit).department == Body(code="201001", name="某县教育局本级")


@pytest.mark.usefixtures("_chart")
def test_unit_publishes_its_own_tables_with_the_money_between_units():
    store_filing(DEPARTMENT)
    unit = Budget.objects.get(department__code="201001")
    amounts = draft_budget(unit).amounts
    assert amounts["T3.total.total"] == sum(fact.amount for fact in BUREAU_FACTS if fact.function)


@pytest.mark.usefixtures("_chart")
def test_department_of_another_year_has_its_own_chart():
    made = replace(move(union_filing(), OTHER), year=2031)
    findings = draft_budget(store_filing(made)).checks
    failed = {f.id for f in findings if f.blocks}
    assert {"T1-T3-classes", "document-complete"} <= failed
