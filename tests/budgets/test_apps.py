"""What the portal refuses to start with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
NINE = "tests.budgets.domain.sets.nine.NINE"


def test_portal_starts_with_each_set_that_is_there(settings):
    settings.TABLE_SETS = {0: "xinjiang", 2027: NINE}
    apps.get_app_config("budgets").ready()


@pytest.mark.parametrize("wrong", ["typo.X", "hubei", NINE.lower(), f"{NINE}.forms", "json.dumps"])
def test_portal_does_not_start_with_a_table_set_that_is_not_there(settings, wrong):
    settings.TABLE_SETS = {0: "xinjiang", 2027: wrong}
    with pytest.raises(ImproperlyConfigured) as caught:
        apps.get_app_config("budgets").ready()
    told = f"环境变量 TABLE_SETS 里的“{wrong}”找不到，应为xinjiang，或者一个 TableSet 的点分路径"
    assert told in str(caught.value)


def test_server_says_so_in_its_last_line():
    start = subprocess.run(
        [sys.executable, "-c", "from config import wsgi"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "TABLE_SETS": "xinjiang,2027=typo.X"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert start.returncode == 1
    last = start.stderr.strip().splitlines()[-1]
    assert "环境变量 TABLE_SETS 里的“typo.X”找不到" in last
