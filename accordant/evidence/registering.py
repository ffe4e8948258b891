"""Sources put into the register by a person: a new entry, a grade from a date on, a link to an origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.case.register import BEFORE_ALL, days, entry_of
from accordant.case.sources import Handling as Mark
from accordant.case.sources import Origin, Registered, Reliability
from accordant.case.unnamed import unnamed_warning
from accordant.errors import InputError, did_you_mean
from accordant.evidence.changing import Change

GRADES = "ABCDEF"
NAMELESS = ("described", "unattributed", "group")
"""Kinds of entries that an unnamed origin may be linked to."""
MARKS: tuple[Mark, ...] = get_args(Mark)


@dataclass(frozen=True)
class RegisterChange(Change):
    """A case with its register as it would be; nothing is written before :meth:`apply`.

    Attributes
    ----------
    entry
        The entry that is new or changed.
    done
        What changes, in words.
    warnings
        What a reader should think about: a name for somebody unnamed.
    """

    entry: str
    done: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def registered(
    folder: CaseFolder,
    *,
    origin: str | None = None,
    entry: str | None = None,
    grade: str | None = None,
    start: str | None = None,
    because: str | None = None,
    handling: str | None = None,
) -> RegisterChange:
    """The case with a source in the register, or graded there from a date on.

    Parameters
    ----------
    origin
        An origin of the case: its entry is taken, or made from what is known of it, and linked.
    entry
        The id of the entry; by default the one that the origin has, or the origin's own id.
    grade, start, because
        A to F, the date from which it holds (from the beginning where there is none), and why.
    handling
        Who may see the entry: public, team or restricted.

    Raises
    ------
    InputError
        With everything that is wrong with it.
    """
    case = folder.case
    _check(case, origin, entry, grade, start, because, handling)
    known = entry_of(case, origin) if origin is not None else None
    id_ = entry or (known.id if known else None) or origin or ""
    register = dict(case.sources.register_)
    about = case.origins.get(origin or "")
    done: list[str] = []
    if id_ not in register:
        if about is None:
            hint = did_you_mean(id_, list(register))
            raise InputError(f"the register has no entry {id_!r}" + (f"; {hint}" if hint else ""))
        register[id_] = Registered(name=about.name or about.words or id_, kind=about.kind)
        done.append(f"{id_} is in the register: {register[id_].name}")
    if about is not None and about.unnamed and register[id_].kind not in NAMELESS:
        raise InputError(
            f"{origin} is unnamed, and {id_} has a name: unnamed sources stay unnamed. "
            f"Without --entry {id_} it gets an entry of its own, by the words that describe it"
        )
    if grade is not None:
        given = Reliability.model_validate({"grade": grade, "from": start, "reason": because})
        register[id_] = _graded(id_, register[id_], given)
        since = f"from {start} on" if start else "from the beginning"
        done.append(f"{id_} is {grade} {since}: {(because or '').rstrip('.')}")
    if handling is not None and handling != register[id_].handling:
        register[id_] = register[id_].model_copy(update={"handling": handling})
        done.append(f"{id_} is handled as {handling}")
    origins = dict(case.origins)
    if about is not None and origin is not None and about.register_ != id_:
        origins[origin] = about.model_copy(update={"register_": id_})
        done.append(f"{origin} is linked to {id_}")
    return _made(folder, id_, register, origins, origin, done)


def _made(
    folder: CaseFolder,
    id_: str,
    register: Mapping[str, Registered],
    origins: Mapping[str, Origin],
    origin: str | None,
    done: list[str],
) -> RegisterChange:
    case = folder.case
    sources = case.sources.model_copy(update={"register_": register, "origins": origins})
    new = case.model_copy(update={"sources": sources})
    warnings = [
        said
        for said in unnamed_warning(new, origins.get(origin or ""))
        if said not in unnamed_warning(case, case.origins.get(origin or ""))
    ]
    return RegisterChange(folder, new, id_, tuple(done), tuple(warnings))


def _check(
    case: Case,
    origin: str | None,
    entry: str | None,
    grade: str | None,
    start: str | None,
    because: str | None,
    handling: str | None,
) -> None:
    wrong = []
    if origin is None and entry is None:
        wrong.append("say which source: --origin ID of the case, or --entry ID of the register")
    if origin is not None and origin not in case.origins:
        hint = did_you_mean(origin, list(case.origins))
        few = ", ".join(case.origins) or "none: the case has no origins"
        wrong.append(f"there is no origin {origin!r}; {hint or f'origins: {few}'}")
    if entry is not None and (not entry.strip() or any(sign in " ()[]{},\t\n\r" for sign in entry)):
        wrong.append(f"--entry {entry!r} is no id: one word, without spaces, commas or brackets")
    if grade is not None and (len(grade) != 1 or grade not in GRADES):
        wrong.append(f"--grade {grade} is no grade; allowed: {', '.join(GRADES)}")
    if grade is not None and not (because or "").strip():
        wrong.append("a grade of a source wants its reason: --because, in a sentence")
    if grade is None and (start is not None or because is not None):
        wrong.append("--from and --because belong to a grade: give --grade A to F")
    if start is not None and ("/" in start or days(start) is None):
        wrong.append(f"--from {start} is no date; allowed: YYYY, YYYY-MM, YYYY-MM-DD")
    if handling is not None and handling not in MARKS:
        wrong.append(f"--handling {handling} is no mark; allowed: {', '.join(MARKS)}")
    if wrong:
        raise InputError("; ".join(wrong))


def _graded(id_: str, entry: Registered, given: Reliability) -> Registered:
    """The entry with one grade more, in its place in time."""

    def begins(one: Reliability) -> str:
        found = days(one.from_)
        return (found[0] if found else BEFORE_ALL).isoformat()

    for one in entry.reliability:
        if begins(one) == begins(given):
            when = f"from {one.from_}" if one.from_ else "from the beginning"
            raise InputError(
                f"{id_} is {one.grade} {when} already ({one.reason}); name another date with --from, or "
                "change it in claims.yaml"
            )
    return entry.model_copy(update={"reliability": tuple(sorted((*entry.reliability, given), key=begins))})
