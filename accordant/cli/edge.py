"""The edge of the program: exit statuses, and errors as messages, once.

===========================  ======  ======================================================
what happened                status  what is said, on standard error
===========================  ======  ======================================================
bad input (InputError)       2       what is wrong and where, what is allowed, what to try
a mistyped command line      2       the same, and the ``--help`` that answers it
failed (FailedError, a disk) 1       what could not be done
anything else                1       one line, and how to see the traceback
Ctrl-C                       130     nothing
the reader of a pipe left    1       nothing
===========================  ======  ======================================================
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import typer
from typer.exceptions import TyperException

from accordant.cli.output import complain
from accordant.errors import AccordantError, CaseError, InputError

BAD_INPUT, FAILED, INTERRUPTED = 2, 1, 130
DEBUG = "ACCORDANT_DEBUG"
_NEEDS = {"--explain": ("STATE", "PARTY")}
_NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG, errno.EIO, errno.EBADF)


def run(args: Sequence[str] | None = None) -> int:
    """Run the command line in ``args`` and give its exit status; see the table above."""
    _speak_utf8()
    try:
        return _command(args)
    except BaseException as error:
        # Only asked-for tracebacks: everybody else gets the message and what to do.
        if os.environ.get(DEBUG) and not isinstance(error, SystemExit):
            import traceback

            traceback.print_exc()
        return _report(error, sys.argv[1:] if args is None else args)


def _command(args: Sequence[str] | None) -> int:
    from accordant.cli.app import app

    command = typer.main.get_command(app)
    for one in getattr(command, "commands", {}).values():
        for parameter in one.params:
            if parameter.param_type_name == "argument":  # the help shows no type: <list[Path]>
                parameter.display_type_rich = lambda ctx: None
    given = list(sys.argv[1:] if args is None else args) or ["--help"]
    code = command.main(args=given, prog_name="accordant", standalone_mode=False)
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _report(error: BaseException, args: Sequence[str] = ()) -> int:
    match error:
        case SystemExit():
            return error.code if isinstance(error.code, int) else FAILED
        case KeyboardInterrupt():
            return INTERRUPTED
        case BrokenPipeError():
            return _leave_quietly()
        case TyperException():
            return _usage(error, args)
        case CaseError():
            from accordant.cli.problems import closing, mistakes

            for line in mistakes(error.problems):
                complain(line, prefix="")
            complain(error.closing or closing(error.problems))
            return BAD_INPUT
        case AccordantError():
            complain(str(error))
            return BAD_INPUT if isinstance(error, InputError) else FAILED
        case typer.Abort():
            complain("stopped: no answer was given")
        case OSError():
            return _system(error)
        case MemoryError():
            complain("not enough memory for this case")
        case _:
            complain(f"unexpected {type(error).__name__}: {error}\nThis is a defect in Accordant. ")
            complain(f"{DEBUG}=1 before the command shows the traceback.", prefix="try: ")
    return FAILED


def _usage(error: TyperException, args: Sequence[str]) -> int:
    context = getattr(error, "ctx", None)
    complain(in_plain_words(error.format_message()))
    complain(f"{context.command_path if context else _command_named(args)} --help", prefix="try: ")
    return error.exit_code


def _command_named(args: Sequence[str]) -> str:
    """The command that a command line begins with: some mistakes are found before it is looked at."""
    from accordant.cli.app import app

    command, path = typer.main.get_command(app), "accordant"
    for word in args:
        inner = getattr(command, "commands", {}).get(word)
        if inner is None:
            break
        command, path = inner, f"{path} {word}"
    return path


def in_plain_words(message: str) -> str:
    """What the parser of the command line says, without its own terms.

    Examples
    --------
    >>> in_plain_words("Got unexpected extra argument(s) (extra)")
    "'extra' is one word too many; words with spaces in them need quotation marks"
    >>> in_plain_words("Option '--explain' requires 2 arguments.")
    '--explain needs STATE and PARTY after it'
    >>> in_plain_words("Invalid value for '--format': Value error, 'foo' is not one of 'text', 'html'.")
    "--format is 'foo', but has to be one of 'text', 'html'"
    >>> in_plain_words("Invalid value: choose one of --json and --csv")
    'choose one of --json and --csv'
    """
    if match := re.fullmatch(r"Got unexpected extra argument(?:\(s\)|s)? \((.*)\)", message):
        return f"{match[1]!r} is one word too many; words with spaces in them need quotation marks"
    if match := re.fullmatch(r"Option '(.*)' requires (?:an argument|(\d+) arguments)\.", message):
        names = " and ".join(_NEEDS.get(match[1], ()))
        return f"{match[1]} needs {names or 'a value'} after it"
    if match := re.fullmatch(r"Missing (?:argument|option) '(.*)'\.", message):
        return f"{match[1].split(' <')[0]} is missing"
    if match := re.fullmatch(
        r"Invalid value for '(.*)': Input should be (a valid integer|greater than).*", message
    ):
        least = re.search(r"greater than or equal to (\d+)", message)
        return f"{match[1]} needs a whole number" + (f", at least {least[1]}" if least else "")
    if match := re.fullmatch(
        r"Invalid value for '(.*?)': (?:Value error, )?(.*) is not one of (.*?)\.?", message
    ):
        return f"{match[1]} is {match[2]}, but has to be one of {match[3]}"
    message = message.removeprefix("Invalid value: ")
    message = re.sub(r"\b(?:Value|Assertion) error, ", "", message)
    return re.sub(r" <[\w\[\].| ]+>", "", message)


def _system(error: OSError) -> int:
    """A refusal of the system, with the file; where it names none, what was printed had no room."""
    why = error.strerror or str(error)
    if error.filename is None and error.errno in _NO_ROOM:
        complain(f"standard output cannot be written: {why}")
        return _leave_quietly()
    complain(f"{error.filename}: {why}" if error.filename else why)
    return FAILED


def _leave_quietly() -> int:
    # What is still in the buffer has no reader; without this Python complains at exit.
    with contextlib.suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
    return FAILED


def _speak_utf8() -> None:
    # Names and quotations are in any script, whatever the locale says (LANG=C).
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
