"""Parties as a command line names them: by id, several as a coalition, with a number as a threshold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.case.objects import Case


def by_id(case: Case, names: Iterable[str]) -> None:
    """Refuse what a party is called where its id is asked for; unknown names are let pass.

    Raises
    ------
    InputError
        With the id of each party that is given by its shown name or another name of it.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> talks = Case.model_validate(
    ...     {"title": "t", "parties": {"UR": {"name": "Uniroyal Chemical", "aliases": ["Uniroyal"]}}})
    >>> by_id(talks, ["uniroyal"])
    Traceback (most recent call last):
    accordant.errors.InputError: a party is named by its id: for 'uniroyal' write UR
    """
    told = []
    for name in names:
        if name in case.parties:
            continue
        called = [
            id_
            for id_, party in case.parties.items()
            if name.casefold() in {n.casefold() for n in (id_, party.name or id_, *party.aliases)}
        ]
        if called:
            told.append(f"for {name!r} write {' or '.join(called)}")
    if told:
        raise InputError(f"a party is named by its id: {', '.join(dict.fromkeys(told))}")


def coalitions(option: str, asked: Sequence[str], case: Case, *, least: int = 1) -> list[tuple[str, ...]]:
    """Coalitions as an option of the command line writes them: ``north+south``, or ``given``.

    Parameters
    ----------
    option
        Its name, for messages.
    least
        Fewest parties of a coalition.

    Raises
    ------
    InputError
        If the case gives no coalitions, or one of those asked for is too small, names a party twice or
        by another name than its id.
    """
    example = "+".join(list(case.parties)[:2])
    found: list[tuple[str, ...]] = []
    for text in asked:
        if text == "given":
            if not case.coalitions:
                raise InputError(f"the case gives no coalitions; name one, as in {option} {example}")
            found.extend(case.coalitions)
            continue
        names = tuple(name.strip() for name in text.replace(",", "+").split("+") if name.strip())
        by_id(case, names)
        twice = next((name for k, name in enumerate(names) if name in names[:k]), None)
        if twice:
            raise InputError(f"{option} {text} names {twice} twice; name each party once")
        if len(names) < least and all(name in case.parties for name in names):
            alone = f"names {names[0]} alone" if names else "names nobody"
            raise InputError(
                f"{option} {text} {alone}, and a coalition needs two parties or more, as in "
                f"{option} {example}"
            )
        found.append(names)
    return found


def thresholds(asked: Sequence[str]) -> dict[str, str]:
    """Thresholds as the command line writes them, by name; the empty name stands for every party.

    Raises
    ------
    InputError
        If a number is missing, or two are given for one name.

    Examples
    --------
    >>> thresholds(["0.3", "north = 0.4"])
    {'': '0.3', 'north': '0.4'}
    >>> thresholds(["north="])
    Traceback (most recent call last):
    accordant.errors.InputError: --threshold north= has no number; write one, as in --threshold north=0.5
    """
    found: dict[str, str] = {}
    for text in asked:
        name, _, number = (part.strip() for part in text.rpartition("="))
        example = f"--threshold {name}=0.5" if name else "--threshold 0.5"
        if not number:
            raise InputError(f"--threshold {text} has no number; write one, as in {example}")
        if name in found:
            of = f" of {name}" if name else ""
            raise InputError(f"the threshold{of} is given twice, {found[name]} and {number}; give it once")
        found[name] = number
    return found


def weights_of(asked: Sequence[str]) -> dict[str, str] | None:
    """Weights as the command line writes them, by party; None where none are given.

    Raises
    ------
    InputError
        If a party or a number is missing, or two are given for one party.

    Examples
    --------
    >>> weights_of(["north=2, south = 1/2"]), weights_of([])
    ({'north': '2', 'south': '1/2'}, None)
    """
    found: dict[str, str] = {}
    for text in (part for asked_ in asked for part in asked_.split(",")):
        name, _, number = (part.strip() for part in text.partition("="))
        if not name or not number:
            raise InputError(
                f"--weights {text.strip()} is no weight; write them as in --weights north=2,south=1"
            )
        if name in found:
            raise InputError(f"--weights gives {name} twice, {found[name]} and {number}; give it once")
        found[name] = number
    return found or None


def share_of(asked: str | None) -> Fraction | None:
    """A share between 0 and 1 as the command line writes it, exactly.

    Raises
    ------
    InputError
        If it is none.

    Examples
    --------
    >>> share_of("0.01"), share_of("1/20"), share_of(None)
    (Fraction(1, 100), Fraction(1, 20), None)
    """
    if asked is None:
        return None
    try:
        share = Fraction(asked.strip()) if len(asked) < 40 else None
    except (ValueError, ZeroDivisionError):
        share = None
    if share is None or not 0 < share < 1:
        raise InputError(f"--approx {asked} is no share; write a number between 0 and 1, as in --approx 0.01")
    return share
