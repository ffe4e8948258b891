"""Ids: what they may be, and that none stands for two things."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from accordant.case.base import Grounded
from accordant.case.checks.grounds import grounded_parts
from accordant.case.checks.subject import Subject
from accordant.case.expressions import WORDS
from accordant.case.objects import MARKED_GAP, Anchor
from accordant.case.places import Path

_BAD = re.compile(r"[\s(),\[\]{}]|^$")
_SEEN = "\t\n\r\u200c\u200d"
"""White space, and the joiners that are part of how words of several scripts are written."""
_ANCHORS = ("status_quo", "no_deal")
# Ids that a conclusion, an element's id or the long form of a state could not be told from.
RESERVED: Mapping[str, tuple[str, ...]] = {
    "parties": ("none", "issues", "feasible", "moves", "proposals", "terms", *_ANCHORS),
    "issues": (*WORDS, *_ANCHORS, *Anchor.model_fields),
    "states": (*_ANCHORS, MARKED_GAP),
    "proposals": _ANCHORS,
    "origins": ("none",),
}
_ASSUMED = "assumed:"


def check_ids(subject: Subject) -> None:
    """Ids in ``case.yaml`` are words, and none of those that mean something else."""
    case = subject.case
    for section in ("parties", "issues", "proposals", "terms", "judgements", "events"):
        _check(subject, (section,), section, getattr(case, section))
    _check(subject, ("states",), "states", case.states or ())


def check_source_ids(subject: Subject) -> None:
    """Ids in ``claims.yaml`` are words, and none stands for a ground of two kinds."""
    sources = subject.case.sources
    owner: dict[str, str] = {}
    for section in ("claims", "origins", "reports"):
        ids: Mapping[str, object] = getattr(sources, section)
        _check(subject, (section,), section, ids)
        for id_ in ids:
            first = owner.setdefault(id_, section)
            if first != section:
                subject.findings.error(
                    (section, id_),
                    f"{id_!r} is also the id of one of the {first}",
                    found=id_,
                    hint="'without' names claims and origins by id: give each an id of its own",
                    on_key=True,
                )
    _check(subject, ("register",), "register", sources.register_)


def check_collisions(subject: Subject) -> None:
    """No id of ``case.yaml`` can be taken for another one where answers name them."""
    case, say = subject.case, subject.findings
    for proposal in case.proposals:
        if proposal in (case.states or ()):
            say.error(
                ("proposals", proposal),
                f"{proposal!r} is also a state",
                found=proposal,
                hint="acceptable(x, party) may name either: rename one",
                on_key=True,
            )
    for path, part in grounded_parts(case):
        _assumption_id(subject, path, part)


def _assumption_id(subject: Subject, path: Path, part: Grounded) -> None:
    id_ = part.assumed.id if part.assumed else None
    if id_ is None:
        return
    case, at = subject.case, (*path, "assumed", "id")
    kind = "claim" if id_ in case.claims else "origin" if id_ in case.origins else None
    if kind:
        subject.findings.error(
            at, f"{id_!r} is also the id of a {kind}", found=id_, hint="rename one of them"
        )
    elif sign := invisible(id_):
        hint = f"it holds the invisible character {sign}: take it out"
        subject.findings.error(at, "is not an id", found=id_, hint=hint)
    elif _BAD.search(id_) or id_.startswith(_ASSUMED):
        subject.findings.error(at, "is not an id", found=id_, hint=f"one word, not beginning with {_ASSUMED}")


def invisible(text: str) -> str | None:
    """The first character of a name that cannot be seen, or that reorders the others; None if there is none.

    Examples
    --------
    >>> invisible("safe" + chr(0x202E) + "exe"), invisible("safe exe")
    ('U+202E', None)
    """
    for sign in text:
        if unicodedata.category(sign) in ("Cc", "Cf", "Cs") and sign not in _SEEN:
            return f"U+{ord(sign):04X}"
    return None


def _check(subject: Subject, path: Path, section: str, ids: Iterable[str]) -> None:
    reserved = RESERVED.get(section, ())
    by_number = not isinstance(ids, Mapping)
    for k, id_ in enumerate(ids):
        at: Path = (*path, k) if by_number else (*path, id_)
        if id_ in reserved:
            hint = "the word has a meaning of its own; choose another"
            subject.findings.error(at, f"{id_!r} cannot be an id here", found=id_, hint=hint, on_key=True)
        elif sign := invisible(id_):
            hint = f"it holds the invisible character {sign}: take it out"
            subject.findings.error(at, f"{id_!r} cannot be an id", found=id_, hint=hint, on_key=True)
        elif _BAD.search(id_) or id_.startswith(_ASSUMED):
            hint = "one word, without spaces, commas or brackets; names with spaces go under 'name'"
            subject.findings.error(at, f"{id_!r} cannot be an id", found=id_, hint=hint, on_key=True)
