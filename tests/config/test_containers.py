"""What goes into the containers: no secret in the image, and every setting that is documented."""

import re
from pathlib import Path

import pytest
import yaml

from disclosures.public.responses import MADE_OF

ROOT = Path(__file__).resolve().parents[2]
IMAGE = (ROOT / "Dockerfile").read_text().split("\nFROM ")[1]
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
# What the image fixes, and what is read outside the containers.
FIXED = set(re.findall(r"(\w+)=", IMAGE.partition("\nENV ")[2].partition("\n\n")[0]))
OUTSIDE = {"CERTIFICATES", "PORT"}


def list_settings():
    """The names in the first column of the table of settings."""
    rows = re.findall(r"^\| (`[A-Z].*?) \|", (ROOT / "docs/operations.md").read_text(), re.M)
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


@pytest.mark.parametrize("service", ["web", "worker"])
def test_every_setting_reaches_the_containers(service):
    told = list_settings()
    assert {"DEBUG", "TABLE_SETS", "UPLOAD_LARGEST_MB", "PORT"} <= told
    given = SERVICES[service]["environment"]
    assert told - FIXED - OUTSIDE - given.keys() == set()


def test_setting_that_is_not_given_keeps_its_default():
    given = SERVICES["web"]["environment"]
    empty = {name for name, value in given.items() if value and value.endswith(":-}")}
    assert empty == set()
    assert given["TABLE_SETS"] is None


def test_image_holds_what_runs_and_nothing_else():
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    taken = {rule[1:] for rule in rules if rule.startswith("!")}
    assert {*MADE_OF, "manage.py"} <= taken
    assert taken == {*MADE_OF, "manage.py", "samples", "LICENSE"}
    assert [name for name in taken if not (ROOT / name).exists()] == []


def test_secrets_and_backups_are_not_for_git():
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"/.env", "/backups/", "/docker/certificates/"} <= {*ignored}
