"""The one command that starts the portal, started for real."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120


def find_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(tmp_path, port):
    """This process's environment with a database of its own and no other setting."""
    own = {name: os.environ[name] for name in os.environ if name not in ("DEBUG", "SECRET_KEY")}
    return own | {"DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3", "PORT": str(port)}


def run_server(*arguments, env):
    return subprocess.run(
        ["script/server", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def wait_until_healthy(process, address):
    """What the health probe answers, as soon as it does; nothing if the process ends before."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return urlopen(f"{address}/healthz").read()
        except URLError:
            time.sleep(0.3)
    return None


@pytest.fixture
def portal(tmp_path):
    """The address of a portal that answers, and the file that holds what it printed."""
    port, output = find_free_port(), tmp_path / "output.txt"
    with output.open("w") as sink:
        process = subprocess.Popen(
            ["script/server"],
            cwd=ROOT,
            env=environment(tmp_path, port),
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        assert wait_until_healthy(process, address) == b"ok\n", output.read_text()
        yield address, output
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)


def test_server_starts_and_shows_the_published_sample(portal):
    address, output = portal
    with urlopen(f"{address}/") as page:
        assert page.headers.get_all("Set-Cookie") is None
        assert "尉犁县总工会" in page.read().decode()
    with urlopen(f"{address}/admin/login/") as page:
        assert "工作台" in page.read().decode()
    printed = output.read_text()
    assert f"{address}/\n" in printed
    assert f"{address}/admin/\n" in printed
    assert "admin-demo" in printed


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_server_refuses_a_wrong_port(tmp_path, port):
    process = run_server(env=environment(tmp_path, port))
    assert process.returncode == 1
    assert process.stderr == f"环境变量 PORT 的值是“{port}”，应为 1 到 65535 的端口号。\n"


def test_server_says_that_the_port_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = run_server(env=environment(tmp_path, port))
    assert process.returncode == 1
    assert process.stderr == (
        f"端口 {port} 不能使用（已被占用或没有权限），请换一个，"
        f"例如：PORT={port + 1} script/server\n"
    )


def test_server_refuses_a_wrong_setting_with_one_sentence(tmp_path):
    wrong = environment(tmp_path, find_free_port()) | {"DEBUG": "maybe"}
    process = run_server("--prepare-only", env=wrong)
    assert process.returncode == 1
    assert process.stderr == (
        "环境变量 DEBUG 的值是“maybe”，应为 1、0、true、false、on、off 之一。\n"
    )
