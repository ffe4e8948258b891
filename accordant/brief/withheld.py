"""What a document says of what is withheld, and the last look at it before it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from accordant.brief import document, words
from accordant.brief.context import Context
from accordant.brief.document import Basis, Brief, Ref, Rich, Said, Text, plain, rich
from accordant.brief.standing import about
from accordant.case.switches import Switch, combined, parse_switches
from accordant.case.veiling import Veil, Veiled
from accordant.errors import FailedError, InputError

if TYPE_CHECKING:
    from accordant.opened import OpenCase, Withheld
    from accordant.reliance.result import Rest


def notices(context: Context) -> tuple[Rich, ...]:
    """What stands at the head: the mark of what is shown, that something is withheld, and what it changes."""
    found: list[Rich] = []
    if context.handling.notice_of_sources:
        found.append(rich(f"Handling: {context.handling.notice_of_sources}"))
    if context.left_out is not None:
        found += [rich(line) for line in _told(context.left_out)]
    return tuple(found)


def _told(out: Withheld) -> Iterator[str]:
    """How much is withheld, never what."""
    parts = [words.counted(n, what) for n, what in ((out.count, "claim"), (_sources(out), "name")) if n]
    verb = "is" if (out.count or 0) + _sources(out) == 1 else "are"
    what = words.upper_first(" and ".join(parts))
    if not out.count:
        if parts:
            yield f"{what} of a source {verb} withheld"
        return
    differ = sum(out.differs.values())
    of = len(out.differs)
    yield f"{what} {verb} withheld, and every answer is worked out without {'it' if verb == 'is' else 'them'}"
    if differ:
        yield f"With what is withheld, {words.number(differ)} of {of} answers would differ"
    else:
        yield "What is withheld changes none of the answers"


def _sources(out: Withheld) -> int:
    """Sources that are described in place of their names, though claims of theirs are shown."""
    return len({out.made.described[o] for o in out.held.entries if o in out.made.described})


def basis(context: Context, rests: Iterable[Rest]) -> tuple[Basis, ...]:
    """For a judgement on some conclusions, whether what is withheld changes it; nothing where nothing is.

    It says no more than that: an answer that is settled here stays so, and of an open one that would be
    settled it is not told which way.
    """
    found = clause(context, rests)
    return (Basis("Withheld", rich(words.upper_first(found))),) if found else ()


def clause(context: Context, rests: Iterable[Rest]) -> str:
    """The same inside a sentence; empty where nothing is withheld.

    A sentence on a package tells who accepts it and whether it is an agreement, one on a state how it holds
    under each concept: whichever of these is given, all of them are asked.
    """
    out, asked = context.left_out, list(rests)
    if out is None or not out.count or not asked:
        return ""
    subjects = dict.fromkeys(_subject(rest.conclusion) for rest in asked)
    changes = out.changes(_told_with(context, list(subjects)))
    if any(changes.values()):
        said = "this answer would differ" if len(subjects) == 1 else "some of these answers would differ"
        return f"with what is withheld, {said}"
    return "what is withheld changes nothing here"


def _subject(conclusion: str) -> tuple[str, str]:
    """What a conclusion is about, and whether it is said to hold or to be acceptable."""
    found = about(conclusion)
    return "holds" if found.kind == "holds" else "", found.subject


def _told_with(context: Context, subjects: Sequence[tuple[str, str]]) -> list[str]:
    """Every conclusion that a sentence on some packages and states tells."""
    found: list[str] = []
    for kind, subject in subjects:
        if kind == "holds":
            found += [f"holds({subject}, {concept})" for concept in context.stability.concepts]
        elif subject:
            found += [f"acceptable({subject}, {party})" for party in _asked_of(context, subject)]
            found.append(f"agreement({subject})")
        else:
            found.append("agreement-exists")
    return found


def _asked_of(context: Context, package: str) -> Iterable[str]:
    """The parties whose answers about a package are told."""
    answer = context.deals.proposals.get(package)
    return context.opened.case.parties if answer is None else answer.acceptable


def left_of(opened: OpenCase, asked: Sequence[Switch]) -> tuple[Switch, ...]:
    """Of some switches of the whole case what is left of them without what is withheld."""
    renamed = opened.withheld.made.renamed if opened.withheld is not None else {}
    found: list[Switch] = []
    for switch in asked:
        parts: list[Switch] = []
        for part in switch.parts:
            try:
                parts += parse_switches(opened.case, [renamed.get(part, part)])
            except InputError:
                continue  # all that it names is withheld: nothing is left to take away
        if parts:
            found.append(parts[0] if len(parts) == 1 else combined(parts))
    return tuple(found)


# The last look


def guard(brief: Brief, context: Context) -> None:
    """See that nothing that is withheld stands anywhere in a document.

    Raises
    ------
    FailedError
        If it does, with the place; the document must not be written.
    """
    out = context.left_out
    if out is None:
        return
    for veil in [*(veil.certain for veil in out.veils), Veil(_lines(context))]:
        found = next(_seen(brief, veil, brief.kind), None)
        if found is not None:
            raise FailedError(
                f"something that is withheld would stand in the document, in {found}: nothing is written. "
                "'accordant brief CASE --preview' lists what is withheld; name it with --restricted to let "
                "it leave, or take it out of the words of the case that are not marked"
            )


def _lines(context: Context) -> Iterator[Veiled]:
    """The words of lines that are not told, where they say more than a value of an issue."""
    if context.left_out is None:
        return
    masked = context.left_out.made.masked
    shown = {e.says.partition(": ")[2] for id_, e in context.elements.items() if id_ not in masked}
    for text in set(masked.values()) - shown:
        said = plain(words.expression(context.case, text))
        if any(f" {joint} " in said for joint in ("and", "or", "only if", "if and only if")):
            yield Veiled(said)
            if set(re.findall(r"[\w-]+", text)) - {*context.case.issues, "and", "or"}:
                yield Veiled(text)  # and no more than issues one after the other, as in any list of them


def _seen(value: Any, veil: Veil, place: str) -> Iterator[str]:
    """The places in which something is seen."""
    if isinstance(value, str):
        if veil.shown(value) is not None:
            yield place
    elif isinstance(value, tuple | list):
        runs = tuple(v for v in value if isinstance(v, Text | Said | Ref))
        if runs and len(runs) == len(value) and veil.shown(plain(runs)) is not None:
            yield place
        for item in value:
            yield from _seen(item, veil, place)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _seen(str(key), veil, place)
            yield from _seen(item, veil, place)
    elif is_dataclass(value) and not isinstance(value, type):
        if type(value).__module__ != document.__name__:
            return
        here = getattr(value, "id", "") or place
        for one in fields(value):
            item = getattr(value, one.name)
            yield from _seen(item.spec() if one.name == "drawing" else item, veil, here)
