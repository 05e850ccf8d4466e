"""What every test shares: quick password hashing, one pace for generated cases, one option."""

import os
from importlib import import_module

import pytest
from django.conf import settings as portal
from django.db import connection
from hypothesis import settings as pace

from tests.factories.county_file import make_county_file

# The same cases every time: a change is judged by what it does, not by the luck of a draw. New
# cases are looked for with HYPOTHESIS_PROFILE=thorough.
pace.register_profile("quick", deadline=None, max_examples=20, derandomize=True)
pace.register_profile("thorough", deadline=None, max_examples=300)
pace.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_addoption(parser):
    """For the second run, on the other database: what cannot reach one answers as before."""
    told = "only the tests that reach the database; any other that tried would be refused"
    parser.addoption("--database-only", action="store_true", help=told)


def pytest_collection_modifyitems(config, items):
    """Leave out the tests without a database where asked to."""
    if config.getoption("--database-only"):
        config.hook.pytest_deselected(items=[each for each in items if not reaches_database(each)])
        items[:] = [each for each in items if reaches_database(each)]


def reaches_database(item):
    """True where the test may query, by its mark or by a fixture that opens the database."""
    if item.get_closest_marker("looks"):
        return False
    opened = {"db", "transactional_db", "live_server", "django_db_setup"} & set(item.fixturenames)
    return item.get_closest_marker("django_db") is not None or bool(opened)


def pytest_report_header():
    """Which database this run is about; CI runs once on each."""
    return f"database: {portal.DATABASES['default']['ENGINE']}"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True, scope="session")
def _empty_the_log_too():
    """Tests with real transactions empty all tables at their end; some refuse to be emptied: the
    log, and what was published.

    So their triggers are taken off for that moment, and only then.
    """
    log = import_module("budgets.migrations.0002_audit_triggers").LOG
    published = import_module("disclosures.migrations.0002_guards").PUBLISHED
    dropped, created = [], []
    for guard in (log, published):
        guard.drop(dropped.append, connection.vendor)
        guard.create(created.append, connection.vendor)
    # Of the class: the loop that drives a browser opens a connection of its own.
    operations = type(connection.ops)
    empty = operations.sql_flush

    def empty_all(*args, **options):
        statements = empty(*args, **options)
        return [*dropped, *statements, *created] if statements else statements

    operations.sql_flush = empty_all
    yield
    operations.sql_flush = empty


@pytest.fixture(scope="session")
def county_file(tmp_path_factory):
    """The SQLite file of a checkout in use; whoever changes it works on a copy."""
    return make_county_file(tmp_path_factory.mktemp("county") / "county.sqlite3")
