"""The review on a terminal, as a person sees it: 80 and 60 columns, the line that is edited, the end."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import accordant as library
from accordant.evidence.decisions import read_decisions

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

ROOT = Path(__file__).parent.parent.parent
TEXT = (
    "The harbour union said that the port would stay shut and that no medicine would be loaded. Ida Renn "
    "told the Harbour Courier that the board was wrong."
)
_PROMPT = re.compile(rb"(?:> |\]: |: |y/n: )$")
_STYLE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Terminal:
    """A command on a terminal of some width; what is typed is answered to as it appears."""

    def __init__(self, columns: int, *words: object) -> None:
        self.child, self.handle = pty.fork()
        if self.child == 0:
            os.chdir(ROOT)
            os.environ.update(TERM="xterm", COLUMNS=str(columns), LINES="40")
            os.environ.pop("NO_COLOR", None)
            os.execv(sys.executable, [sys.executable, "-m", "accordant", *map(str, words)])
        fcntl.ioctl(
            self.handle, termios.TIOCSWINSZ, columns.to_bytes(2, sys.byteorder).rjust(4, b"\0") + bytes(4)
        )
        self.raw = b""
        self.running = True

    def until_asked(self) -> str:
        """What is shown until the next question, or the end."""
        shown = b""
        patience = time.monotonic() + 60
        while time.monotonic() < patience:
            # a busy machine may pause between asking and reading
            quiet = 0.4 if _PROMPT.search(shown) else 20
            if not select.select([self.handle], [], [], quiet)[0]:
                break
            try:
                part = os.read(self.handle, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        self.raw += shown
        return _STYLE.sub("", shown.decode(errors="replace")).replace("\r", "")

    def type(self, words: str, end: str = "\n") -> str:
        """Type a line; what is shown then."""
        os.write(self.handle, (words + end).encode())
        return self.until_asked()

    def ended(self) -> int:
        """The status with which it ends."""
        self.until_asked()
        os.close(self.handle)
        self.running = False
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


Start = Callable[..., Terminal]


@pytest.fixture
def on_a_terminal() -> Iterator[Start]:
    """Start commands on terminals; whatever still runs in the end is stopped."""
    started: list[Terminal] = []

    def start_one(columns: int, *words: object) -> Terminal:
        started.append(Terminal(columns, *words))
        return started[-1]

    yield start_one
    for terminal in started:
        if terminal.running:
            os.kill(terminal.child, signal.SIGKILL)
            terminal.ended()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("columns", "keys"), [(80, "[a]ccept [e]dit s[p]lit"), (60, "a e p m r s h u q · ? says what they do")]
)
def test_a_review_fits_the_terminal(
    case: Path, report: Path, columns: int, keys: str, on_a_terminal: Start
) -> None:
    terminal = on_a_terminal(columns, "read", report, "--into", case)
    shown = terminal.until_asked()
    assert keys in shown
    shown += terminal.type("?") + terminal.type("d") + terminal.type("l") + terminal.type("p")
    shown += terminal.type("") + terminal.type("a")
    shown += terminal.type("q")
    assert terminal.ended() == 0
    assert all(len(line.rstrip()) <= columns for line in shown.splitlines())
    assert b"\x1b[1m" in terminal.raw  # bold where it is a terminal


def test_after_the_last_suggestion_one_can_still_go_back(
    case: Path, report: Path, on_a_terminal: Start
) -> None:
    terminal = on_a_terminal(80, "read", report, "--into", case)
    terminal.until_asked()
    terminal.type("r")
    shown = terminal.type("r")
    assert "No suggestion is open: 2 rejected." in shown
    assert "2 of 2 · k2" in terminal.type("u")
    assert "No suggestion is open" in terminal.type("a")
    assert "h1, marked by hand" in terminal.type("h The harbour union")
    terminal.type("s")
    terminal.type("q")
    assert terminal.ended() == 0
    decided = [d.decision for text in read_decisions(case).texts.values() for d in text.decided]
    assert sorted(decided) == ["accepted", "rejected", "skipped"]


def test_what_a_claim_says_is_edited_in_its_line(case: Path, report: Path, on_a_terminal: Start) -> None:
    pytest.importorskip("readline")
    terminal = on_a_terminal(80, "read", report, "--into", case)
    terminal.until_asked()
    terminal.type("says")
    terminal.type(" today")
    terminal.type("a")
    terminal.type("q")
    assert terminal.ended() == 0
    (claim,) = [c for c in library.load(case).case.claims.values() if c.report == "r1"]
    assert claim.says == "the port would stay shut and that no medicine would be loaded today"


@pytest.mark.parametrize(("keep", "kept", "status"), [("y", 1, 0), ("n", 0, 130)])
def test_ctrl_c_and_ctrl_d_ask_whether_to_keep(
    case: Path, report: Path, keep: str, kept: int, status: int, on_a_terminal: Start
) -> None:
    terminal = on_a_terminal(80, "read", report, "--into", case)
    terminal.until_asked()
    terminal.type("r")
    time.sleep(1)  # until the next question is being read: a busy machine may take a while
    assert "Keep the 1 decided so far (0 accepted)?" in terminal.type("\x03" if kept else "\x04", end="")
    terminal.type(keep)
    assert terminal.ended() == status
    assert sum(len(t.decided) for t in read_decisions(case).texts.values()) == kept


def test_a_terminal_that_is_closed_loses_nothing(case: Path, report: Path, on_a_terminal: Start) -> None:
    terminal = on_a_terminal(80, "read", report, "--into", case)
    terminal.until_asked()
    terminal.type("a")
    os.kill(terminal.child, signal.SIGHUP)
    assert terminal.ended() != 0
    assert [c.report for c in library.load(case).case.claims.values()].count("r1") == 1
