"""Whether every pinned package has a wheel for the machines that bureaus use; or gets them.

A machine without a compiler, or without the internet, can install nothing else. Where no package
index answers, that is said loudly, and is no failure; `--strict` makes it one.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MACHINES = ("x86_64", "aarch64")
# That of the image and of Debian 12; and the C library of the oldest systems still in use.
PYTHON, GLIBC = "3.11", 28
LEGACY = {5: "manylinux1", 12: "manylinux2010", 17: "manylinux2014"}
AWAY = (
    "Retrying (",
    "NewConnectionError",
    "ConnectTimeout",
    "Temporary failure in name resolution",
)
SILENT = "!!! 没有检查有没有轮子：软件源没有应答。请在能够访问它的机器上再运行一次。"


def list_platforms(machine):
    """The tags of wheels that run with this C library or an older one."""
    tags = [f"manylinux_2_{minor}_{machine}" for minor in range(GLIBC, 4, -1)]
    return tags + [f"{name}_{machine}" for name in LEGACY.values()]


def ask_pip(command, machine, python, *more):
    """Let pip do something with the wheels of our packages for another machine."""
    wanted = ["--only-binary", ":all:", "--no-deps", "--implementation", "cp"]
    wanted += [word for tag in list_platforms(machine) for word in ("--platform", tag)]
    wanted += ["--python-version", python, "--requirement", "requirements.txt", "--quiet", *more]
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pip", *command, *wanted],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def look_for(machine, python):
    """Nothing is installed: pip only says what it would."""
    with tempfile.TemporaryDirectory() as folder:
        only = ("--dry-run", "--ignore-installed", "--target", folder)
        return ask_pip(["install", *only], machine, python)


def judge(machine, ended):
    """A sentence where wheels are missing, "" where none is, None where nobody answered."""
    if not ended.returncode:
        return ""
    if any(sign in ended.stderr for sign in AWAY):
        return None
    lines = [line for line in ended.stderr.splitlines() if line.startswith("ERROR")]
    return f"{machine}：缺少轮子。{' '.join(lines[-1:]) or ended.stderr.strip()}"


def check(python, strict, look=look_for):
    """1 where a wheel is missing. `look` is what looks for those of one machine."""
    verdicts = [judge(machine, look(machine, python)) for machine in MACHINES]
    missing = [verdict for verdict in verdicts if verdict]
    told = [*missing, *([SILENT] if None in verdicts else [])]
    sound = (
        f"每个锁定的包都有 {'、'.join(MACHINES)} 的轮子（Python {python}，glibc 2.{GLIBC} 起）。"
    )
    sys.stdout.write("\n".join(told or [sound]) + "\n")
    return int(bool(missing or (strict and None in verdicts)))


def get(machine, python, folder):
    ended = ask_pip(["download"], machine, python, "--dest", str(folder.resolve()))
    sys.stderr.write(ended.stderr if ended.returncode else "")
    return ended.returncode


def main(arguments):
    parser = argparse.ArgumentParser(description="检查或者收集锁定的包的轮子。")
    parser.add_argument("--python", default=PYTHON, help="Python 版本，默认 %(default)s")
    parser.add_argument("--strict", action="store_true", help="软件源没有应答也算失败")
    parser.add_argument("--into", type=Path, metavar="文件夹", help="把轮子下载到这里")
    parser.add_argument("--machine", choices=MACHINES, help="为哪种处理器下载", default=MACHINES[0])
    options = parser.parse_args(arguments)
    if options.into:
        return get(options.machine, options.python, options.into)
    return check(options.python, options.strict)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
