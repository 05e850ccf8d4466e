"""The judge of packages: what is withdrawn, weak, or was not looked up."""

import json
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parents[2] / "script" / "audit.py"


@pytest.fixture(scope="module")
def audit():
    spec = spec_from_file_location("audit", PATH)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_withdrawn_version_is_found(audit):
    told = (
        "WARNING: Location is ignored\n"
        "WARNING: The candidate selected for download or install is a yanked version: 'x'\n"
        "ERROR: No matching distribution found for y==1\n"
    )
    assert audit.find_withdrawn(told) == told.splitlines()[1:]


def test_known_weakness_is_told_with_its_mending(audit):
    weakness = {"id": "PYSEC-2026-1", "fix_versions": ["5.2.20"], "aliases": []}
    packages = [
        {"name": "django", "version": "5.2.19", "vulns": [weakness]},
        {"name": "csp", "version": "1", "vulns": []},
    ]
    report = json.dumps({"dependencies": packages})
    assert audit.judge(report) == (["django 5.2.19：PYSEC-2026-1，已修正于 5.2.20"], [])


@pytest.mark.parametrize("report", ["", "Traceback", "{}"])
def test_silence_of_the_service_is_not_taken_for_health(audit, report):
    assert audit.judge(report) == ([], ["全部"])


def test_package_that_the_service_does_not_know_is_named(audit):
    report = json.dumps({"dependencies": [{"name": "django", "skip_reason": "not found"}]})
    assert audit.judge(report) == ([], ["django"])


def end(code=0, told="", complained=""):
    """A machine on which every command ends like this."""
    return lambda *command: subprocess.CompletedProcess(command, code, told, complained)


def test_silence_is_said_and_fails_where_asked_to(audit, capsys):
    assert audit.main([], end()) == 0
    assert audit.SILENT in capsys.readouterr().out
    assert audit.main(["--strict"], end()) == 1


def test_index_that_gives_nothing_is_a_failure(audit, capsys):
    assert audit.main([], end(1, complained="ERROR: no route")) == 1
    assert "软件源没有给出全部的包：ERROR: no route" in capsys.readouterr().out


def test_command_that_fails_is_told(audit):
    assert audit.run(sys.executable, "-c", "raise SystemExit(3)").returncode == 3
