"""Judges the pinned packages: they fit together, none was withdrawn, no weakness is known of one.

The first two need a package index and nothing else. Known weaknesses come from a service that not
every network reaches: where it does not answer, that is said loudly, and is no failure, for a
machine without it could never pass. `--strict` makes it one.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = "requirements-dev.txt"
# What the portal runs with; the index is asked for each, and that takes its time.
RUNNING = "requirements.txt"
PIP = (sys.executable, "-m", "pip")
FITS = (*PIP, "check")
OFFERED = (*PIP, "install", "--dry-run", "--no-deps", "--ignore-installed", "-q", "-r")
KNOWN = ("--disable-pip", "--no-deps", "--progress-spinner", "off", "-f", "json", "-r")
PATIENCE = 120
SILENT = (
    "!!! 没有检查已知漏洞：漏洞库没有应答，或者不认识下面这些包。请在能够访问它的机器上再运行一次。"
)


def run(*command: str) -> subprocess.CompletedProcess:
    """A command's end and all that it said."""
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def find_withdrawn(told: str) -> list[str]:
    """What pip says of yanked versions, and of those that the index does not offer."""
    marks = ("yanked", "No matching distribution", "Could not find a version")
    return [line for line in told.splitlines() if any(mark in line for mark in marks)]


def judge(report: str) -> tuple[list[str], list[str]]:
    """From the auditor's JSON: sentences on known weaknesses, and the packages not looked up."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        return [], ["全部"]
    weak = [
        f"{each['name']} {each['version']}：{weakness['id']}，"
        f"已修正于 {'、'.join(weakness['fix_versions']) or '（还没有）'}"
        for each in packages
        for weakness in each.get("vulns", ())
    ]
    return weak, [each["name"] for each in packages if "skip_reason" in each]


def look_up(run) -> tuple[list[str], list[str]]:
    """What `judge` says of all our packages; none looked up where the service does not answer."""
    try:
        return judge(run(sys.executable, "-m", "pip_audit", *KNOWN, REQUIREMENTS).stdout)
    except subprocess.TimeoutExpired:
        return [], ["全部"]


def main(arguments: list[str], run=run) -> int:
    """Say what is wrong; 1 where anything is. `run` is what runs a command."""
    checked, offered = run(*FITS), run(*OFFERED, RUNNING)
    wrong = checked.stdout.splitlines() if checked.returncode else []
    wrong += find_withdrawn(offered.stdout + offered.stderr)
    if offered.returncode and not wrong:
        wrong.append(f"软件源没有给出全部的包：{offered.stderr.strip()}")
    weak, unknown = look_up(run)
    told = [*wrong, *weak, *([SILENT, "、".join(unknown)] if unknown else [])]
    sys.stdout.write("\n".join(told or ["依赖的包互相配合，没有撤回的版本，没有已知漏洞。"]) + "\n")
    return int(bool(wrong or weak or (unknown and "--strict" in arguments)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
