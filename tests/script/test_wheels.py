"""Wheels for other machines: missing ones are told, and so is an index that does not answer."""

import subprocess
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parents[2] / "script" / "wheels.py"


@pytest.fixture(scope="module")
def wheels():
    spec = spec_from_file_location("wheels", PATH)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def end(code=0, complaint=""):
    """What is said of every machine."""
    return lambda machine, python: subprocess.CompletedProcess((), code, "", complaint)


def test_wheels_of_an_older_library_will_do_and_of_a_newer_not(wheels):
    platforms = wheels.list_platforms("aarch64")
    assert {"manylinux_2_17_aarch64", "manylinux2014_aarch64", "manylinux_2_28_aarch64"} <= {
        *platforms
    }
    assert "manylinux_2_29_aarch64" not in platforms


def test_all_there(wheels, capsys):
    assert wheels.check("3.11", strict=True, look=end()) == 0
    assert "每个锁定的包都有 x86_64、aarch64 的轮子（Python 3.11" in capsys.readouterr().out


def test_missing_wheel_is_a_failure(wheels, capsys):
    complaint = "WARNING: old\nERROR: No matching distribution found for brotli==1.2.1\n"
    assert wheels.check("3.11", strict=False, look=end(1, complaint)) == 1
    told = "x86_64：缺少轮子。ERROR: No matching distribution found for brotli==1.2.1\n"
    assert told in capsys.readouterr().out


def test_silence_is_said_and_fails_where_asked_to(wheels, capsys):
    silent = end(1, "WARNING: Retrying (Retry(total=0\nERROR: No matching distribution found\n")
    assert wheels.check("3.11", strict=False, look=silent) == 0
    assert wheels.SILENT in capsys.readouterr().out
    assert wheels.check("3.11", strict=True, look=silent) == 1
