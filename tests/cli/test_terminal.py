"""What a terminal shows beside the result: progress, and nothing for what is quick."""

from __future__ import annotations

import os
import pty
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def on_a_terminal(script: str) -> str:
    """The output of a script whose streams are a terminal of 80 columns."""
    printed: list[bytes] = []

    def collect(handle: int) -> bytes:
        data = os.read(handle, 4096)
        printed.append(data)
        return data

    before = os.getcwd()
    silent = os.open(os.devnull, os.O_WRONLY)
    shown = os.dup(1)
    os.dup2(silent, 1)
    os.chdir(ROOT)
    try:
        pty.spawn(["env", "TERM=xterm", "COLUMNS=80", sys.executable, "-c", script], collect)
    finally:
        os.dup2(shown, 1)
        os.chdir(before)
    return b"".join(printed).decode(errors="replace")


def test_what_takes_longer_than_a_second_shows_progress() -> None:
    slow = (
        "import time\nfrom accordant.cli.output import working\n"
        "with working('Judging the states') as progress:\n"
        "    time.sleep(1.2); progress(3, 8); time.sleep(0.3)\n"
        "print('done')"
    )
    shown = on_a_terminal(slow)
    assert "Judging the states … 3 of 8" in shown
    assert shown.rstrip().endswith("done")


def test_what_is_being_done_can_change() -> None:
    slow = (
        "import time\nfrom accordant.cli.output import working\n"
        "with working('Reading the case') as progress:\n"
        "    time.sleep(1.2); progress(3, 8, 'Writing matrix.docx'); time.sleep(0.3)\n"
    )
    assert "Writing matrix.docx … 3 of 8" in on_a_terminal(slow)


def test_what_is_quick_shows_none() -> None:
    quick = (
        "from accordant.cli.output import working\n"
        "with working('Judging the states'):\n    pass\n"
        "print('done')"
    )
    assert on_a_terminal(quick).strip() == "done"
