"""What the database itself refuses, on SQLite and PostgreSQL alike."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from budgets.models import (
    Budget,
    BudgetLine,
    CodeStatus,
    Department,
    EconomicCode,
    FunctionCode,
    GlossaryTerm,
    Indicator,
    OverallTarget,
    Particulars,
    Prior,
    Profile,
    Project,
    ThreePublicStatement,
    Words,
    read_chart,
    read_glossary,
    report_codes,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def budget():
    department = Department.objects.create(code="107", name="某县总工会")
    return Budget.objects.create(department=department, year=2025)


@pytest.fixture
def project(budget):
    return Project.objects.create(budget=budget, name="培训")


def refused(make):
    """True if the database refuses what `make` writes."""
    try:
        with transaction.atomic():
            make()
    except IntegrityError:
        return True
    return False


INCOME = {"side": "income", "fund": "general_own", "amount": Decimal("5.00")}
SPENT = {
    "side": "expenditure",
    "fund": "general_own",
    "nature": "personnel",
    "function": "2012901",
    "amount": Decimal("5.00"),
}


@pytest.mark.parametrize(
    ("line", "is_refused"),
    [
        (INCOME, False),
        (SPENT, False),
        (SPENT | {"economic": "30101"}, False),
        (SPENT | {"function": "", "economic": "30101"}, False),
        (SPENT | {"function": "", "economic": "301", "amount": Decimal("-5.00")}, False),
        (SPENT | {"function": "201", "amount": Decimal("-5.00")}, False),
        (INCOME | {"amount": Decimal(0)}, True),
        (INCOME | {"amount": Decimal(-5)}, True),
        (SPENT | {"amount": Decimal(-5)}, True),
        (SPENT | {"economic": "301", "amount": Decimal(-5)}, True),
        (INCOME | {"nature": "basic"}, True),
        (INCOME | {"function": "2012901"}, True),
        (SPENT | {"nature": ""}, True),
        (SPENT | {"function": ""}, True),
        (SPENT | {"nature": "project"}, True),
        (SPENT | {"function": "201290"}, True),
        (SPENT | {"economic": "3010"}, True),
        (SPENT | {"fund": "money"}, True),
        (SPENT | {"side": "both"}, True),
        (SPENT | {"nature": "other"}, True),
    ],
)
def test_line_holds_a_fact_or_is_refused(budget, line, is_refused):
    assert refused(lambda: BudgetLine.objects.create(budget=budget, **line)) is is_refused


def test_line_names_a_project_exactly_where_it_is_project_money(budget, project):
    line = SPENT | {"nature": "project", "project": project}
    assert not refused(lambda: BudgetLine.objects.create(budget=budget, **line))
    assert refused(lambda: BudgetLine.objects.create(budget=budget, **SPENT | {"project": project}))


def test_line_of_one_key_stands_once(budget, project):
    for line in (INCOME, SPENT, SPENT | {"nature": "project", "project": project}):
        BudgetLine.objects.create(budget=budget, **line)
        assert refused(lambda line=line: BudgetLine.objects.create(budget=budget, **line))
        BudgetLine.objects.create(budget=budget, **line, internal=True)


def test_budget_is_deleted_with_all_that_stands_in_it(budget, project):
    BudgetLine.objects.create(budget=budget, **SPENT | {"nature": "project", "project": project})
    budget.delete()
    assert not BudgetLine.objects.exists()


@pytest.mark.parametrize(
    "figures",
    [
        {"procurement_total": 5, "procurement_sme": 6},
        {"procurement_total": 5, "procurement_sme": 5, "procurement_micro": 6},
        {"vehicle_count": -1},
        {"house_value": -1},
        {"agency_operating": -1},
    ],
)
def test_particulars_that_cannot_be_are_refused(budget, figures):
    assert refused(lambda: Particulars.objects.create(budget=budget, **figures))


def test_heads_are_never_negative(budget):
    assert refused(lambda: Profile.objects.create(budget=budget, serving=-1))


def test_indicator_belongs_to_one_target_and_weighs_at_most_100(budget, project):
    overall = OverallTarget.objects.create(budget=budget)
    words = {"level1": "甲", "level2": "乙", "level3": "丙", "value": "1"}
    for owner in ({}, {"overall": overall, "project": project}):
        assert refused(lambda owner=owner: Indicator.objects.create(**words, **owner))
    for weight in (-1, 101):
        assert refused(
            lambda weight=weight: Indicator.objects.create(**words, project=project, weight=weight)
        )
    Indicator.objects.create(**words, project=project, weight=100)


@pytest.mark.parametrize(
    ("model", "first", "second"),
    [
        (Prior, {"at": "T5.total.basic", "amount": 1}, {"amount": 2}),
        (Words, {"at": "T5.total.basic", "kind": "reason", "text": "甲"}, {"text": "乙"}),
        (
            ThreePublicStatement,
            {"economic": "30217", "fund": "general_own", "amount": 1},
            {"amount": 2},
        ),
        (GlossaryTerm, {"year": 2025, "term": "甲", "meaning": "乙"}, {"meaning": "丙"}),
        (Project, {"name": "培训"}, {"leader": "甲"}),
    ],
)
def test_statement_stands_once_in_a_budget(budget, model, first, second):
    model.objects.create(budget=budget, **first)
    assert refused(lambda: model.objects.create(budget=budget, **first | second))


@pytest.mark.parametrize(
    ("model", "row"),
    [
        (Words, {"at": "x", "kind": "reason", "text": ""}),
        (Words, {"at": "x", "kind": "song", "text": "甲"}),
        (Prior, {"at": "x", "amount": 1, "basis": "guess"}),
        (ThreePublicStatement, {"economic": "30217", "fund": "other_income", "amount": 1}),
        (ThreePublicStatement, {"economic": "30217", "fund": "general_own", "amount": 0}),
    ],
)
def test_statement_outside_the_vocabulary_is_refused(budget, model, row):
    assert refused(lambda: model.objects.create(budget=budget, **row))


def test_standard_term_stands_once_a_year():
    GlossaryTerm.objects.create(year=2025, term="甲", meaning="乙")
    assert refused(lambda: GlossaryTerm.objects.create(year=2025, term="甲", meaning="丙"))
    GlossaryTerm.objects.create(year=2026, term="甲", meaning="乙")


def test_code_has_the_length_of_a_level_and_stands_once_a_year():
    FunctionCode.objects.create(year=2025, code="2012901", name="行政运行")
    assert refused(lambda: FunctionCode.objects.create(year=2025, code="2012901", name="又"))
    assert refused(lambda: FunctionCode.objects.create(year=2025, code="2012", name="短"))
    assert refused(lambda: EconomicCode.objects.create(year=2025, code="3010101", name="长"))


def test_department_is_a_tree_one_level_deep():
    parent = Department.objects.create(code="1", name="甲")
    unit = Department.objects.create(code="2", name="乙", parent=parent)
    with pytest.raises(ValidationError) as refused_unit:
        Department(code="3", name="丙", parent=unit).clean()
    assert refused_unit.value.messages == ["上级部门自身是下属单位；只支持部门和单位两级。"]
    parent.parent = Department.objects.create(code="4", name="丁")
    with pytest.raises(ValidationError) as refused_parent:
        parent.clean()
    assert refused_parent.value.messages == ["本部门有下属单位，不能再作为下属单位。"]
    assert list(Department.objects.departments().values_list("code", flat=True)) == ["1", "4"]
    assert list(Department.objects.units_of(parent)) == [unit]


def test_department_is_not_its_own_parent():
    department = Department.objects.create(code="1", name="甲")
    assert refused(lambda: Department.objects.filter(pk=department.pk).update(parent=department))


def test_chart_of_a_year_holds_codes_of_any_status():
    FunctionCode.objects.create(year=2025, code="201", name="甲", status=CodeStatus.UNVERIFIED)
    FunctionCode.objects.create(year=2026, code="202", name="乙")
    EconomicCode.objects.create(year=2025, code="301", name="丙")
    chart = read_chart(2025)
    assert (chart.functions, chart.economics) == ({"201": "甲"}, {"301": "丙"})


def test_reported_code_waits_for_the_bureau_and_changes_no_known_one():
    FunctionCode.objects.create(year=2025, code="201", name="甲")
    report_codes(2025, {"201": "乙", "20101": "丙"}, {"30199": "丁"})
    rows = FunctionCode.objects.values_list("code", "name", "status")
    assert list(rows) == [("201", "甲", "confirmed"), ("20101", "丙", "reported")]
    assert EconomicCode.objects.get().status == CodeStatus.REPORTED


def test_glossary_of_a_year_is_the_standard_one(budget):
    GlossaryTerm.objects.create(year=2025, order=2, term="乙", meaning="二")
    GlossaryTerm.objects.create(year=2025, order=1, term="甲", meaning="一")
    GlossaryTerm.objects.create(year=2025, term="丙", meaning="三", budget=budget)
    assert [entry.term for entry in read_glossary(2025)] == ["甲", "乙"]


def test_offices_are_kept_one_a_line(budget):
    profile = Profile.objects.create(budget=budget, offices=("办公室", " 财务室 ", ""))
    profile.refresh_from_db()
    assert profile.offices == ("办公室", "财务室")
    assert profile._meta.get_field("offices").value_from_object(profile) == "办公室\n财务室"
