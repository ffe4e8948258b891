"""Opening a case: the rooms ``case``, ``evidence`` and ``model`` brought together.

The case room reads and checks what needs no states; reports in HTML are read by the evidence room;
what can only be seen with the states at hand is checked by the model room. The user gets all of it
at once.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from accordant.case.folder import Reading, examine
from accordant.errors import CaseError, InputError, Problem
from accordant.exchange.formats import recognise
from accordant.exchange.unknown import why_unknown
from accordant.opened import OpenCase

if TYPE_CHECKING:
    from accordant.case.objects import Case
    from accordant.exchange.formats import Scale
    from accordant.model.compiler import Compiler

NO_CASE = "no case was found there"


def load(path: str | Path, *others: str | Path, scale: Scale | None = None) -> OpenCase:
    """Open a case for analysis.

    Parameters
    ----------
    path
        A case folder, the ``case.yaml`` in it, or a file or folder in a format that
        :mod:`accordant.exchange` reads, such as ``.gmcr``, or a domain with its profiles beside it.
    others
        Further files of the same model, such as the profiles of a domain; where some are named, no
        others are looked for.
    scale
        How numbers of another program's files are taken: ``genius`` or ``file``.

    Returns
    -------
    OpenCase
        With ``.states()``, ``.stability()``, ``.deals()``, ``.rests()`` and ``.brief()``; warnings
        are in ``.problems``.

    Raises
    ------
    CaseError
        With every mistake in the case at once: where it is, what was found, what is allowed.

    Examples
    --------
    >>> import tempfile
    >>> from accordant.case.starting import start
    >>> with tempfile.TemporaryDirectory() as room:
    ...     opened = load(start(Path(room) / "talks"))
    >>> sorted(party for party, about in opened.case.parties.items() if about.role == "party")
    ['north', 'south']
    """
    return load_asked(path, *others, scale=scale)


def load_asked(
    path: str | Path,
    *others: str | Path,
    scale: Scale | None = None,
    asked: Callable[[Case], object] | None = None,
) -> OpenCase:
    """The same, once what is asked of the case has been looked at, before any state is compiled.

    Parameters
    ----------
    asked
        Takes the case as it is written, and raises for what it does not have.
    """
    foreign = recognise(path)
    if foreign is not None:
        from accordant.exchange.reading import open_foreign

        opened = open_foreign(foreign, path, *others, scale=scale)
        if asked is not None:
            asked(opened.case)
        return opened
    unknown = why_unknown(Path(path))
    if unknown is not None:
        raise CaseError([unknown], NO_CASE)
    if others:
        raise InputError(f"{path} is a case by itself: {others[0]} cannot be added to it")
    reading, compiler = _examined(path, asked)
    opened = OpenCase(reading.folder())
    if compiler is not None:
        # Checking has compiled the case already.
        opened.compiler = compiler
    return opened


def check(path: str | Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a case, or worth knowing about it; raises nothing for mistakes.

    Examples
    --------
    >>> [str(problem) for problem in check("no/such/folder")]
    ['no/such/folder: there is no such folder; give a case folder or its case.yaml']
    """
    foreign = recognise(path)
    if foreign is not None:
        from accordant.exchange.reading import read

        return read(foreign, path).problems
    unknown = why_unknown(Path(path))
    if unknown is not None:
        return (unknown,)
    reading, _ = _examined(path)
    return reading.in_order()


def _examined(
    path: str | Path, asked: Callable[[Case], object] | None = None
) -> tuple[Reading, Compiler | None]:
    reading = examine(path, report_text=_report_text)
    if not reading.sound or reading.case is None:
        return reading, None
    if asked is not None:
        asked(reading.case)
    from accordant.model.checks import check_states
    from accordant.model.compiler import Compiler

    compiler = Compiler(reading.case)
    reading.add(check_states(compiler))
    return reading, compiler


def _report_text(raw: bytes, filename: str) -> str:
    from accordant.evidence.text import report_text

    return report_text(raw, filename)
