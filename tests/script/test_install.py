"""What an installation without containers is made of: units, nginx, lists of packages, settings."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def print_nginx(*portal):
    command = [DEPLOY / "nginx", *portal]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_nginx_speaks_to_this_machine_alone():
    shipped, printed = (ROOT / "docker" / "nginx.conf").read_text(), print_nginx()
    assert "set $portal http://127.0.0.1:8000;" in printed
    for word in ("http://web", "/dev/std", "resolver", "pid /tmp"):
        assert word in shipped
        assert word not in printed
    # Nothing but that is another than in the container.
    assert len(shipped.splitlines()) - len(printed.splitlines()) == 3
    assert "set $portal http://127.0.0.1:8009;" in print_nginx("http://127.0.0.1:8009")


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
def test_nginx_accepts_what_is_printed(tmp_path):
    make = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=test -keyout {0}.key -out {0}.crt"
    subprocess.run(make.format(tmp_path / "site").split(), check=True, capture_output=True)
    site = (ROOT / "docker" / "site.conf.template").read_text()
    (tmp_path / "site.conf").write_text(site.replace("${SITE_HOST}", "budget.example.gov.cn"))
    printed = print_nginx()
    for old in (
        *("/etc/nginx/certificates", "/etc/nginx/conf.d", "/var/cache/nginx", "/var/log/nginx"),
        "/run",
    ):
        assert old in printed
        printed = printed.replace(old, str(tmp_path))
    (tmp_path / "nginx.conf").write_text(printed.replace("listen [::]", "listen 127.0.0.1"))
    ended = subprocess.run(
        [NGINX, "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_units_are_accepted(tmp_path):
    names = []
    for unit in UNITS:
        # What is run stands here, not yet where it is installed.
        text = unit.read_text().replace("/srv/portal", str(ROOT))
        name = unit.name.replace("@.", "@8000.")
        (tmp_path / unit.name).write_text(text)
        names.append(tmp_path / name)
    ended = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in ended.stderr.splitlines() if "budget-" in line]
    assert (ended.returncode, ours) == (0, [])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_run_what_there_is(unit):
    for line in re.findall(r"^ExecStart=(.*)$", unit.read_text(), re.MULTILINE):
        program, *words = line.split()
        if program == "/srv/portal/script/backup":
            assert (ROOT / "script" / "backup").exists()
        elif words[0] == "manage.py":
            found = ROOT.glob(f"*/management/commands/{words[1]}.py")
            assert list(found) or words[1] == "collectstatic"
        else:
            assert words[:4] == ["-m", "gunicorn", "--config", "config/gunicorn.py"]


def test_what_the_pdf_engine_loads_is_installed():
    """The names that script/environment asks for are those that are installed and gathered."""
    told = subprocess.run(
        ["bash", "-c", 'source script/environment; printf "%s\n" "${PDF_PACKAGES[@]}"'],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()[::2]
    assert set(told) <= set((DEPLOY / "packages-debian.txt").read_text().splitlines())
    assert {name for name in told if name in (ROOT / "Dockerfile").read_text()} == set(told)


def test_settings_are_all_known():
    """Each variable of the example is one that is documented."""
    names = re.findall(r"^(\w+)=", (DEPLOY / "portal.env").read_text(), re.MULTILINE)
    documented = (ROOT / "docs" / "operations.md").read_text()
    assert [name for name in names if f"`{name}`" not in documented] == []
