"""The command as a process: start-up, pipes, locale, signals."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
HEAVY = (
    "numpy",
    "numba",
    "pydantic",
    "altair",
    "ruamel",
    "lark",
    "networkx",
    "lxml",
    "trafilatura",
    "vl_convert",
)


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON", "ACCORDANT"))}
    return subprocess.run(
        [sys.executable, "-m", "accordant", *words],
        cwd=ROOT, env={**env, **environment}, capture_output=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("words", [["--help"], ["--version"], []])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    script = (
        "import sys\nfrom accordant.cli import main\n"
        f"main({words!r})\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert ran.stderr.decode().strip() == "[]"


@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}])
def test_text_is_utf_8_whatever_the_locale(locale: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(
        "title: محادثات – ירושלים\nparties: {a: {name: الجنوب}}\nissues: {x: {by: a}}\n", encoding="utf-8"
    )
    ran = run("states", str(tmp_path), **locale)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "محادثات – ירושלים" in ran.stdout.decode("utf-8")


def test_a_pipe_gets_neither_colour_nor_progress() -> None:
    ran = run("states", "cases/elmira", TERM="xterm-256color")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"\x1b" not in ran.stdout


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    ran = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m accordant states cases/elmira --json | head -c 20"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert ran.stderr == b""


def test_a_mistake_gives_status_2_on_standard_error() -> None:
    ran = run("states", "cases/elmria")
    assert ran.returncode == 2
    assert ran.stdout == b""
    assert b"did you mean 'cases/elmira'?" in ran.stderr


def test_ctrl_c_ends_quietly_with_130() -> None:
    script = (
        "import signal, sys, accordant\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored in a background job
        "accordant.load = lambda path: signal.raise_signal(signal.SIGINT)\n"
        "from accordant.cli import main\n"
        "sys.exit(main(['states', 'cases/elmira']))"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (130, b"")
