"""Concepts beyond the five: the contract that each family of them keeps, and how one is found by name.

A family is a module with

* ``FORMS``: for each form that its names take, the form and one line of what it is;
* ``find(name, options)``: the concept of that name; None when the name is not of this family;
  ``InputError`` when it is, and something that it needs is missing or wrong.

A new family is such a module and its line in :data:`FAMILIES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib import import_module
from typing import TYPE_CHECKING, Any

from accordant.errors import InputError, did_you_mean
from accordant.stability.concept import Concept
from accordant.stability.concepts import CONCEPTS, TABLE
from accordant.stability.unused import unused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from accordant.model.compiler import Compiler
    from accordant.model.view import View
    from accordant.stability.result import Explanation

    Bools = NDArray[np.bool_]

FAMILIES: Mapping[str, str] = {
    "families.mixed": "north=nash,south=seq for one of each party's own",
    "families.unknown_preference": "nash-a to sseq-d for pairs of unknown order",
    "families.strength": "nash-general, gmr-strong, gmr-weak and so on for strength of preference",
    "families.fuzzy": "fuzzy-nash and so on for degrees",
    "families.probabilistic": "p-nash and so on for degrees as probabilities",
    "families.attitudes": "rnash, rgmr, rsmr, rseq for attitudes",
    "foresight.limited_move": "l1, l2, … for a few moves ahead",
    "foresight.non_myopic": "nm for all moves ahead",
    "foresight.metarational": "mr1, mr2, … for moves and counter-moves",
    "families.simultaneous": "sim for moves at the same moment",
}
"""Modules of this package, in the order in which their names are listed, with what they are for."""


@dataclass(frozen=True, eq=False)
class Judgement:
    """What must and what may be stable, shape (parties, n) each; alike where nothing is open.

    ``exact`` is False where ``may`` is a bound: what it leaves out is impossible, but not all of it
    was shown to be possible (or ``must`` may lack something, in the same way). ``notes`` say what else
    came out of the computation, by name, for the method of the result.
    """

    must: Bools
    may: Bools
    exact: bool = True
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What a concept can be told besides its name.

    Attributes
    ----------
    horizon
        How many moves and counter-moves are looked ahead.
    thresholds
        Exact numbers by name; the empty name stands for every party.
    """

    horizon: int | None = None
    thresholds: tuple[tuple[str, Fraction], ...] = ()

    @classmethod
    def of(cls, horizon: int | None, thresholds: Mapping[str, Fraction | int | str]) -> Options:
        """Options from what a caller gives.

        Raises
        ------
        InputError
            If the horizon is no positive number, or a threshold is no number in [0, 1].

        Examples
        --------
        >>> Options.of(3, {"": "0.3"})
        Options(horizon=3, thresholds=(('', Fraction(3, 10)),))
        """
        problems = []
        if horizon is not None and horizon < 1:
            problems.append(f"the horizon is {horizon}, but at least one move has to be looked ahead")
        exact = []
        for name, given in thresholds.items():
            try:
                number = Fraction(given)
            except (ValueError, ZeroDivisionError):
                number = Fraction(-1)
            if not 0 <= number <= 1:
                of = f" of {name}" if name else ""
                was = given if str(given).strip() else "empty"
                problems.append(
                    f"the threshold{of} is {was}, but has to be a number from 0 to 1, such as 0.5 or 1/2"
                )
            exact.append((name, number))
        if problems:
            raise InputError("; ".join(problems))
        return cls(horizon, tuple(sorted(exact)))


@dataclass(frozen=True, eq=False)
class Further:
    """A concept beyond the five.

    Attributes
    ----------
    name, title, explanation, source, read
        As for :class:`accordant.stability.concept.Concept`.
    judge
        Verdicts in one setting.
    explain
        Why a state (by number) is stable or not for a party (by number).
    unknown
        Whether it answers where nothing is known of some party's order.
    parameters
        What a result should say of how it was asked.
    whole
        For a concept that looks at all settings at once: the verdicts of the case. ``judge`` is
        then not asked.
    alone
        Whether the explanation of one state does not need the verdicts on the others, and gives the
        verdict that ``judge`` would.
    """

    name: str
    title: str
    explanation: str
    source: str
    read: bool
    judge: Callable[[View], Judgement]
    explain: Callable[[View, int, int], Explanation]
    unknown: bool = False
    parameters: tuple[tuple[str, str], ...] = ()
    whole: Callable[[Compiler], Judgement] | None = None
    alone: bool = False


def find_any(names: Iterable[str] | None = None, options: Options | None = None) -> list[Concept | Further]:
    """The concepts with the given names, the five classical ones for None.

    Raises
    ------
    InputError
        With everything that is wrong with the names, with the nearest known one or what is known.

    Examples
    --------
    >>> [c.name for c in find_any(["seq", "nash"])]
    ['seq', 'nash']
    >>> find_any(["sequ"])
    Traceback (most recent call last):
    ...
    accordant.errors.InputError: there is no solution concept 'sequ'; did you mean 'seq'?
    """
    names = list(CONCEPTS) if names is None else list(dict.fromkeys(names))
    found: list[Concept | Further] = []
    problems = unused(names, options or Options())
    for name in names:
        try:
            concept = find_one(name, options or Options())
        except InputError as error:
            problems.append(str(error))
            continue
        if concept.name not in {c.name for c in found}:
            found.append(concept)
    if problems:
        raise InputError("; ".join(problems))
    return found


def find_one(name: str, options: Options) -> Concept | Further:
    """The concept with the given name; options that it does not look at are let pass.

    Raises
    ------
    InputError
        If there is no such concept, or it needs something that the options do not say.

    Examples
    --------
    >>> find_one("seq", Options(horizon=3)).name
    'seq'
    """
    if name in TABLE:
        return TABLE[name]
    for module in _modules():
        found: Further | None = module.find(name, options)
        if found is not None:
            return found
    if "," in name and "=" not in name:
        several = " ".join(f"-c {part.strip()}" for part in name.split(",") if part.strip())
        raise InputError(f"{name!r} is no solution concept; name several one by one: {several}")
    known = [*CONCEPTS, *(form for form, _ in forms() if "<" not in form)]
    raise InputError(f"there is no solution concept {name!r}; " + (did_you_mean(name, known) or _groups()))


def _groups() -> str:
    """The names that there are, few of each family, and where all of them are told."""
    return (
        f"there are {', '.join(CONCEPTS)}; {'; '.join(FAMILIES.values())}. docs/concepts/index.md says "
        "what each is"
    )


def covered(what: str, names: Iterable[str], there: Sequence[str]) -> None:
    """Refuse concepts that exist but are not among those of one kind of answer; unknown names pass.

    Parameters
    ----------
    what
        The kind of answer, such as a command's name.
    there
        The concepts that it has.

    Raises
    ------
    InputError
        With the concepts that there are, or as :func:`find_one` does where a name holds several.

    Examples
    --------
    >>> covered("coalitions", ["sim"], ["nash", "seq"])
    Traceback (most recent call last):
    ...
    accordant.errors.InputError: coalitions covers nash, seq; for sim try accordant stability -c sim
    """
    for name in names:
        if name in there:
            continue
        try:
            find_one(name, Options(horizon=1))
        except InputError:
            if "," in name:
                raise
            continue
        raise InputError(f"{what} covers {', '.join(there)}; for {name} try accordant stability -c {name}")


def forms() -> Iterator[tuple[str, str]]:
    """The form of every name beyond the five, and what it is.

    Examples
    --------
    >>> ("<party>=<name>,…", "each party by a concept of its own") in forms()
    True
    """
    for module in _modules():
        yield from module.FORMS


def _modules() -> Iterator[Any]:
    for name in FAMILIES:
        yield import_module(f"accordant.stability.{name}")


def renamed(concept: Further, name: str) -> Further:
    """The same concept under another name."""
    return replace(concept, name=name)
