"""The shell functions that find and install what the portal stands on."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_shell(commands):
    return subprocess.run(
        ["bash", "-c", f"source script/environment\n{commands}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_missing_package_is_named_with_the_command_that_installs_it():
    shell = run_shell("can_install() { false; }; need_packages one true two false three false")
    assert shell.returncode == 1
    assert shell.stdout == ""
    assert shell.stderr == "缺少系统软件包，请先运行：sudo apt-get install two three\n"


def test_missing_test_package_is_said_and_the_tests_go_on():
    shell = run_shell("can_install() { false; }; want_packages one true two false; echo on")
    assert (shell.returncode, shell.stdout) == (0, "on\n")
    assert shell.stderr == ("缺少 two，用到它们的测试将跳过；安装命令：sudo apt-get install two\n")


def test_missing_package_is_installed_where_that_is_allowed(tmp_path):
    shell = run_shell(f"""
        can_install() {{ true; }}
        install_packages() {{ echo "installing $*"; touch '{tmp_path}/two'; }}
        need_packages one true two "test -e '{tmp_path}/two'"
    """)
    assert (shell.returncode, shell.stdout) == (0, "installing two\n")


def test_package_that_does_not_help_is_not_passed_over():
    shell = run_shell("""
        can_install() { true; }
        install_packages() { true; }
        need_packages one false
    """)
    assert (shell.returncode, shell.stderr) == (1, "已安装，但仍不可用：one\n")


def test_missing_library_is_noticed():
    shell = run_shell('list_missing here "$(can_load libc.so.6)" gone "$(can_load libgone.so.6)"')
    assert shell.stdout.split() == ["gone"]
