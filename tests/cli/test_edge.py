"""Errors as messages, once, with the promised exit status."""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

import accordant as library
from accordant.cli.output import as_text
from accordant.errors import CaseError, FailedError, InputError, Problem
from tests.cli.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture
def load_raises(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    def arrange(error: BaseException) -> None:
        def load(_path: Any) -> NoReturn:
            raise error

        monkeypatch.setattr(library, "load", load, raising=False)

    return arrange


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (InputError("no such place; try another"), 2, "error: no such place; try another"),
        (FailedError("the solver gave up"), 1, "error: the solver gave up"),
        (OSError(errno.ENOSPC, "No space left on device", "brief.html"), 1, "brief.html: No space left"),
        (PermissionError(errno.EACCES, "Permission denied", "case.yaml"), 1, "case.yaml: Permission denied"),
        (MemoryError(), 1, "not enough memory"),
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 1, ""),
    ],
)
def test_each_kind_of_error_has_its_status_and_message(
    accordant: Run, load_raises: Callable[[BaseException], None], error: BaseException, status: int, said: str
) -> None:
    load_raises(error)
    ran = accordant("states", "talks")
    assert ran.status == status
    assert said in ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err
    if not said:
        assert ran.err == ""


def test_a_defect_gives_one_message_and_the_way_to_the_traceback(
    accordant: Run, load_raises: Callable[[BaseException], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ACCORDANT_DEBUG", raising=False)
    load_raises(ZeroDivisionError("by zero"))
    ran = accordant("states", "talks")
    assert ran.status == 1
    assert "unexpected ZeroDivisionError: by zero" in ran.err
    assert "ACCORDANT_DEBUG=1" in ran.err
    assert "Traceback" not in ran.err

    monkeypatch.setenv("ACCORDANT_DEBUG", "1")
    assert "Traceback" in accordant("states", "talks").err


def test_every_mistake_of_a_case_is_told_at_once_each_on_its_line(
    accordant: Run, load_raises: Callable[[BaseException], None]
) -> None:
    one = Problem("there is no such party", file="case.yaml", line=7, column=3, path="issues.truce.by",
                  found="suoth", allowed=("north", "south"), hint="did you mean 'south'?")  # fmt: skip
    two = Problem("an issue needs two values", file="case.yaml", line=9)
    load_raises(CaseError([one, two]))
    ran = accordant("stability", "talks")
    assert ran.status == 2
    assert ran.err.splitlines() == [
        "case.yaml:7:3: error: issues.truce.by: there is no such party",
        "    found: suoth",
        "    allowed: north, south",
        "    try: did you mean 'south'?",
        "case.yaml:9: error: an issue needs two values",
        "error: 2 mistakes in the case",
    ]


def test_warnings_do_not_drown_the_one_mistake(
    accordant: Run, load_raises: Callable[[BaseException], None]
) -> None:
    vague = [
        Problem("stands on nothing", file="talks/case.yaml", line=n, severity="warning", hint="add because")
        for n in range(1, 4)
    ]
    load_raises(CaseError([*vague, Problem("no such party", file="talks/case.yaml", line=7)]))
    for command in ("states", "stability", "deals", "rests", "brief"):
        assert accordant(command, "talks").err.splitlines() == [
            "talks/case.yaml:7: error: no such party",
            "error: 1 mistake in the case, and 3 warnings ('accordant check talks' shows them)",
        ]
    assert accordant("check", "talks").err.splitlines() == [
        "talks/case.yaml:7: error: no such party",
        "warning: stands on nothing",
        "    talks/case.yaml:1",
        "    talks/case.yaml:2",
        "    talks/case.yaml:3",
        "    try: add because",
        "error: 1 mistake in the case, and 3 warnings",
    ]


def test_a_mistake_is_placed_by_a_path_that_an_editor_can_open(accordant: Run, folder: Path) -> None:
    Path("talks/case.yaml").write_text("title: t\nparties: {a: {rol: party}}\n", encoding="utf-8")
    assert "talks/case.yaml:2:" in accordant("states", "talks").err
    assert "talks/case.yaml:2:" in accordant("states", "talks/case.yaml").err
    data = json.loads(accordant("check", "talks", "--json").out)
    assert data["errors"][0]["file"] == "talks/case.yaml"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["stabilty", "talks"], "'stability'"),
        (["stability", "talks", "--jsno"], "--json"),
        (["stability"], "error: CASE is missing"),
        (["read"], "error: name a report, a folder"),
        (["states", "talks", "--rows", "many"], "error: --rows needs a whole number\n"),
        (["states", "talks", "--rows", "-1"], "error: --rows needs a whole number, at least 0\n"),
        (["states", "talks", "extra"], "error: 'extra' is one word too many"),
        (["stability", "talks", "--explain", "s1"], "error: --explain needs STATE and PARTY after it"),
    ],
)
def test_a_mistyped_command_line_names_the_nearest_or_the_missing(
    accordant: Run, folder: Path, words: list[str], said: str
) -> None:
    ran = accordant(*words)
    assert ran.status == 2
    assert said in ran.err
    assert "--help" in ran.err
    assert ran.out == ""


def test_json_and_csv_together_are_refused(accordant: Run, talks: None) -> None:
    ran = accordant("states", "talks", "--json", "--csv")
    assert ran.status == 2
    assert "one of --json and --csv" in ran.err


def test_escape_codes_in_a_message_do_not_reach_the_terminal(
    accordant: Run, load_raises: Callable[[BaseException], None]
) -> None:
    load_raises(InputError("found \x1b[2J\x07 here"))
    ran = accordant("states", "talks")
    assert "\x1b" not in ran.err
    assert "␛[2J␇" in ran.err


def test_without_words_the_commands_are_listed(accordant: Run) -> None:
    ran = accordant()
    assert ran.status == 0
    for name in ("new", "check", "read", "states", "stability", "deals", "rests", "brief"):
        assert name in ran.out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tlaks", "did you mean 'talks'?"),
        (".", "there are the cases talks; try talks"),
        ("elsewhere", "'accordant new elsewhere' starts one"),
        ("empty", "'accordant new empty' starts a case there"),
    ],
)
def test_a_case_that_is_not_there_says_what_to_do(
    accordant: Run, folder: Path, typed: str, said: str
) -> None:
    (folder / "empty").mkdir()
    ran = accordant("states", typed)
    assert ran.status == 2
    assert said in ran.err


def test_characters_that_reorder_or_hide_are_shown(
    accordant: Run, load_raises: Callable[[BaseException], None]
) -> None:
    load_raises(InputError("safe\u202eexe \u200bhidden \x9b2J, but رس\u200cم"))
    assert "safe[U+202E]exe [U+200B]hidden [U+009B]2J, but رس\u200cم" in accordant("states", "talks").err


def test_json_escapes_them_and_says_the_same() -> None:
    data = {"says": "safe\u202eexe \x9b \U000e0041 رس\u200cم"}
    assert "\u202e" not in as_text(data)
    assert "رس" in as_text(data)
    assert json.loads(as_text(data)) == data


def test_help_speaks_no_python(accordant: Run) -> None:
    for command in ("new", "check", "read", "states", "brief"):
        assert not re.search(r"<[\w\[\]]+>", accordant(command, "--help").out)
    assert "..." not in accordant("--help").out.partition("Commands:")[2]
