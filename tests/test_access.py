"""Every address of the workplace × everybody: who gets what, as one table."""

from itertools import groupby

import pytest
from django.contrib.auth.models import User
from django.urls import get_resolver, reverse

from budgets import audit
from budgets.models import Budget, Project, Upload
from disclosures.models import Release
from tests.factories.books import fill
from tests.factories.people import gather, load_chart

pytestmark = pytest.mark.django_db

YEAR = 2026
# `A` is the budget of department A, `U` that of its unit; `-` is an address without a budget.
# 302 leads the anonymous to the login, and everybody else on from what was done. 404 is for those
# who may not know of the budget, 403 for those who may see it and not do this. 405 tells nothing.
TABLE = """
address              of how anonymous clerk_a head_a unit_clerk clerk_b reviewer bureau auditor root
workplace:home        - GET       302     200    200        200     200      200    200     200  200
workplace:home        - POST      302     405    405        405     405      405    405     405  405
workplace:check_list  - GET       302     200    200        200     200      200    200     200  200
workplace:check_list  - POST      302     405    405        405     405      405    405     405  405
workplace:release     - GET       302     404    404        404     404      200    200     200  404
workplace:release     - POST      302     404    404        404     404      403    400     403  404
workplace:release_progress R GET  302     404    404        404     404      200    200     200  404
workplace:release_progress R POST 302     404    404        404     404      403    302     403  404
workplace:board       - GET       302     404    404        404     404      200    200     200  404
workplace:board       - POST      302     405    405        405     405      405    405     405  405
workplace:health      - GET       302     404    404        404     404      404    200     404  200
workplace:health      - POST      302     405    405        405     405      405    405     405  405
workplace:inbox       - GET       302     200    200        200     200      200    200     200  200
workplace:inbox       - POST      302     302    302        302     302      302    302     302  302
workplace:log         - GET       302     404    404        404     404      404    404     200  404
workplace:log         - POST      302     405    405        405     405      405    405     405  405
workplace:log_entry   E GET       302     404    404        404     404      404    404     200  404
workplace:log_entry   E POST      302     405    405        405     405      405    405     405  405
workplace:log_file    F GET       302     404    404        404     404      404    404     200  404
workplace:log_file    F POST      302     405    405        405     405      405    405     405  405
workplace:tasks       A GET       302     200    200        404     404      200    200     200  404
workplace:tasks       U GET       302     200    200        200     404      200    200     200  404
workplace:tasks       U POST      302     405    405        405     405      405    405     405  405
workplace:template    A GET       302     200    200        404     404      200    200     200  404
workplace:template    U GET       302     200    200        200     404      200    200     200  404
workplace:template    U POST      302     405    405        405     405      405    405     405  405
workplace:words       A GET       302     200    403        404     404      403    403     403  404
workplace:words       U GET       302     200    403        200     404      403    403     403  404
workplace:words       A POST      302     302    403        404     404      403    403     403  404
workplace:words       U POST      302     302    403        302     404      403    403     403  404
workplace:checks      A GET       302     200    200        404     404      200    200     200  404
workplace:checks      U GET       302     200    200        200     404      200    200     200  404
workplace:checks      A POST      302     302    403        404     404      403    403     403  404
workplace:checks      U POST      302     302    403        302     404      403    403     403  404
workplace:preview     A GET       302     200    200        404     404      200    200     200  404
workplace:preview     U GET       302     200    200        200     404      200    200     200  404
workplace:preview     U POST      302     405    405        405     405      405    405     405  405
workplace:preview_pdf A GET       302     200    200        404     404      200    200     200  404
workplace:preview_pdf U POST      302     405    405        405     405      405    405     405  405
workplace:differences A GET       302     200    200        404     404      200    200     200  404
workplace:differences U GET       302     200    200        200     404      200    200     200  404
workplace:differences U POST      302     405    405        405     405      405    405     405  405
workplace:comments    A GET       302     200    200        404     404      200    200     200  404
workplace:comments    U GET       302     200    200        200     404      200    200     200  404
workplace:comments    A POST      302     403    403        404     404      200    403     403  404
workplace:comments    U POST      302     403    403        403     404      200    403     403  404
workplace:review      A GET       302     403    403        404     404      200    200     200  404
workplace:review      U GET       302     403    403        403     404      200    200     200  404
workplace:review      U POST      302     405    405        405     405      405    405     405  405
workplace:confirm     A GET       302     200    200        404     404      200    200     200  404
workplace:confirm     U GET       302     200    200        200     404      200    200     200  404
workplace:confirm     A POST      302     403    200        404     404      403    403     403  404
workplace:confirm     U POST      302     403    200        403     404      403    403     403  404
filing:open           U GET       302     405    405        405     405      405    405     405  405
filing:open           A POST      302     302    403        404     404      403    403     403  404
filing:open           U POST      302     302    403        302     404      403    403     403  404
filing:sheet          A GET       302     200    403        404     404      403    403     403  404
filing:sheet          U GET       302     200    403        200     404      403    403     403  404
filing:sheet          A POST      302     302    403        404     404      403    403     403  404
filing:sheet          U POST      302     302    403        302     404      403    403     403  404
filing:project        A GET       302     200    403        404     404      403    403     403  404
filing:project        U GET       302     200    403        200     404      403    403     403  404
filing:project        A POST      302     200    403        404     404      403    403     403  404
filing:project        U POST      302     200    403        200     404      403    403     403  404
filing:project_new    A GET       302     200    403        404     404      403    403     403  404
filing:project_new    U GET       302     200    403        200     404      403    403     403  404
filing:project_new    A POST      302     200    403        404     404      403    403     403  404
filing:project_new    U POST      302     200    403        200     404      403    403     403  404
filing:upload         A GET       302     200    200        404     404      200    200     200  404
filing:upload         U GET       302     200    200        200     404      200    200     200  404
filing:upload         A POST      302     400    403        404     404      403    403     403  404
filing:upload         U POST      302     400    403        400     404      403    403     403  404
filing:upload_preview A GET       302     200    200        404     404      200    200     200  404
filing:upload_preview U GET       302     200    200        200     404      200    200     200  404
filing:upload_preview U POST      302     405    405        405     405      405    405     405  405
filing:upload_file    A GET       302     200    200        404     404      200    200     200  404
filing:upload_file    U GET       302     200    200        200     404      200    200     200  404
filing:upload_file    U POST      302     405    405        405     405      405    405     405  405
filing:upload_marked  A GET       302     200    200        404     404      200    200     200  404
filing:upload_marked  U GET       302     200    200        200     404      200    200     200  404
filing:upload_marked  U POST      302     405    405        405     405      405    405     405  405
filing:upload_decide  U GET       302     405    405        405     405      405    405     405  405
filing:upload_decide  A POST      302     302    403        404     404      403    403     403  404
filing:upload_decide  U POST      302     302    403        302     404      403    403     403  404
filing:upload_restore U GET       302     405    405        405     405      405    405     405  405
filing:upload_restore A POST      302     302    403        404     404      403    403     403  404
filing:upload_restore U POST      302     302    403        302     404      403    403     403  404
accounts:code         - GET       302     302    302        302     302      302    302     302  302
accounts:code         - POST      302     302    302        302     302      302    302     302  302
accounts:app          - GET       302     200    200        200     200      200    200     200  200
accounts:app          - POST      302     200    200        200     200      200    200     200  200
"""
# `R` is a release that waits, `E` an entry of the log, `F` the log as a file.
RELEASE = 7
# What is posted, where a form without any field would ask for nothing.
POSTED = {
    "workplace:confirm": {"move": "CONFIRM"},
    "workplace:comments": {"act": "say"},
    "workplace:release_progress": {"act": "cancel"},
}
ARGUMENTS = {"filing:sheet": ("income",), "filing:project": (1,)}
UPLOADS = {"A": 1, "U": 2}
# The arguments of addresses that belong to no budget.
SPECIAL = {"-": (), "R": (RELEASE,), "E": (1,), "F": ("csv",)}


def read_table():
    """By address: (whose, method, {role: status}) of every line."""
    head, *lines = (line.split() for line in TABLE.split("\n") if line)
    rows = [
        (address, whose, method, dict(zip(head[3:], map(int, statuses), strict=True)))
        for address, whose, method, *statuses in lines
    ]
    return {address: [row[1:] for row in own] for address, own in groupby(rows, lambda row: row[0])}


def list_addresses():
    """Every address that the two rooms of the workplace have."""
    resolver = get_resolver()
    return {
        f"{space}:{name}"
        for space in ("workplace", "filing", "accounts")
        for name in resolver.namespace_dict[space][1].reverse_dict
        if isinstance(name, str)
    }


@pytest.fixture
def cast():
    """Budgets of A and of its unit, each with a project and an upload that waits."""
    load_chart(YEAR)
    found = gather()
    found.people["root"] = User.objects.create_superuser("root")
    audit.write_entry(audit.Action.OPEN, who=found["clerk_a"])
    for whose, department in (("A", found.a), ("U", found.unit)):
        budget = Budget.objects.create(department=department, year=YEAR)
        Project.objects.create(budget=budget, name="培训")
        Upload.objects.create(
            pk=UPLOADS[whose],
            budget=budget,
            filename="预算.xlsx",
            content=fill(),
            marked=fill(),
            size=1,
            result=Upload.Result.WAITING,
        )
    Release.objects.create(pk=RELEASE, year=YEAR, who=found["bureau"])
    return found


def locate(address, whose, cast):
    """The path of a line's address."""
    if whose in SPECIAL:
        return reverse(address, args=SPECIAL[whose])
    department = {"A": cast.a, "U": cast.unit}[whose]
    own = (UPLOADS[whose],) if address.startswith("filing:upload_") else ()
    return reverse(address, args=(YEAR, department.code, *ARGUMENTS.get(address, own)))


def ask(client, method, path, posted):
    """The answer to a form with these fields, or to a plain request."""
    return client.post(path, posted) if method == "POST" else client.get(path)


def test_every_address_of_the_workplace_is_in_the_table():
    assert set(read_table()) == list_addresses()


@pytest.mark.parametrize("address", read_table())
def test_every_address_is_read_and_written(address):
    assert {method for _, method, _ in read_table()[address]} == {"GET", "POST"}


@pytest.mark.parametrize("address", read_table())
def test_workplace_answers_each_role_as_the_table_says(cast, client, address):
    lines = read_table()[address]
    found = []
    for whose, method, expected in lines:
        path = locate(address, whose, cast)
        answers = {
            role: ask(cast.enter(client, role), method, path, POSTED.get(address))
            for role in expected
        }
        found.append((whose, method, {role: each.status_code for role, each in answers.items()}))
        assert answers["anonymous"]["Location"] == f"{reverse('admin:login')}?next={path}"
    assert found == lines


@pytest.mark.parametrize("address", read_table())
def test_head_is_answered_as_get(cast, client, address):
    cast.enter(client, "bureau")
    lines = [
        (whose, roles["bureau"])
        for whose, method, roles in read_table()[address]
        if method == "GET"
    ]
    found = [(whose, client.head(locate(address, whose, cast)).status_code) for whose, _ in lines]
    assert found == lines


def test_upload_is_found_only_at_its_own_budget(cast, client):
    for name in ("preview", "file", "marked"):
        path = reverse(f"filing:upload_{name}", args=(YEAR, cast.unit.code, UPLOADS["A"]))
        assert cast.enter(client, "unit_clerk").get(path).status_code == 404
        assert cast.enter(client, "clerk_a").get(path).status_code == 404


def test_stranger_learns_nothing_of_a_budget(cast, client):
    stranger = cast.enter(client, "clerk_b")
    there = stranger.get(reverse("workplace:tasks", args=(YEAR, cast.a.code)))
    nowhere = stranger.get(reverse("workplace:tasks", args=(YEAR, "999")))
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content


@pytest.mark.parametrize("year", [0, 99_999, 10**18])
def test_year_that_no_budget_can_have_is_not_found(cast, client, year):
    path = reverse("workplace:tasks", args=(year, cast.a.code))
    assert cast.enter(client, "reviewer").get(path).status_code == 404


def test_forbidden_act_is_refused_in_a_sentence(cast, client):
    page = cast.enter(client, "auditor").post(
        reverse("workplace:confirm", args=(YEAR, cast.a.code)), {"move": "CONFIRM"}
    )
    assert "您的岗位不能确认这份预算。" in page.content.decode()
