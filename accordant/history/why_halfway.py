"""Cases half-way between two: what each answers, and which changes cannot be made without others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from accordant.case.base import FrozenDict, Grounded, Node
from accordant.case.checks import check_case
from accordant.case.digest import digest
from accordant.case.grounds import elements, parts
from accordant.case.objects import Case
from accordant.case.sources import Sources
from accordant.errors import AccordantError
from accordant.history.changes import Change, applied
from accordant.history.why_answers import Answer, Followed, sides
from accordant.model.checks import check_states
from accordant.model.compiler import Compiler

Answers = Mapping[Followed, Answer | None]


class HalfWay:
    """The answers of the cases that sets of changes make.

    Many sets make the same model: a claim that falls beside another that still stands changes nothing
    that is compiled. Each model is judged once.
    """

    def __init__(self, old: Case, some: Sequence[Change]) -> None:
        self.old, self.some = old, some
        self.judged = 0
        self._keys: dict[tuple[frozenset[int], tuple[bool, ...]], str] = {}
        self._known: dict[str, dict[Followed, Answer | None] | None] = {}

    def answers(self, chosen: frozenset[int], wanted: Mapping[Followed, bool]) -> Answers | None:
        """What the case with some changes answers; None where it would be wrong in itself.

        Parameters
        ----------
        wanted
            The conclusions, and for each whether its count is asked for too.
        """
        case = applied(self.old, [self.some[k] for k in sorted(chosen)])
        # claims come into a model only by what they leave unsure: the rest need not be looked at again
        others = frozenset(k for k in chosen if self.some[k].section != "claims")
        quick = (others, tuple(e.unsure for e in elements(case)))
        if quick not in self._keys:
            self._keys[quick] = digest(without_grounds(case))
        key = self._keys[quick]
        if key in self._known:
            known = self._known[key]
        else:
            known = self._known[key] = {}
            self.judged += 1
        left = {} if known is None else {one: count for one, count in wanted.items() if one not in known}
        if left and known is not None:
            found = self._judged(without_grounds(case), left)
            known = self._known[key] = None if found is None else {**known, **found}
        return known

    def judged_with(
        self, case: Case, unsure: Mapping[str, bool], wanted: Mapping[Followed, bool]
    ) -> Answers | None:
        """What a case answers with some of its parts made unsure, or sure, whatever they stand on.

        Parameters
        ----------
        unsure
            By the id of a part whether it is unsure.
        wanted
            The conclusions, and for each whether its count is asked for too.
        """
        made = without_grounds(case, unsure)
        key = digest(made)
        known = self._known.get(key, {})
        left = {} if known is None else {one: count for one, count in wanted.items() if one not in known}
        if known is not None and left:
            found = self._judged(made, left)
            known = None if found is None else {**known, **found}
        self._known[key] = known
        return known

    def _judged(self, case: Case, wanted: Mapping[Followed, bool]) -> dict[Followed, Answer | None] | None:
        if any(f.severity == "error" for f in check_case(case)):
            return None
        try:
            compiler = Compiler(case)
            if any(f.severity == "error" for f in check_states(compiler)):
                return None
            found: dict[Followed, Answer | None] = {}
            for counted in (True, False):
                some = [one for one, count in wanted.items() if count is counted]
                found |= sides(compiler, {one: one.inside(compiler) for one in some}, counted=counted)
            return found
        except AccordantError:  # no state is feasible, a ranking names none that is left, too large
            return None


_UNCOUNTED: Mapping[str, Any] = {
    "title": "",
    "question": None,
    "as_of": None,
    "note": None,
    "positions": FrozenDict(),
    "relations": (),
    "judgements": FrozenDict(),
    "events": FrozenDict(),
    "attitudes": FrozenDict(),
    "perceptions": FrozenDict(),
    "coalitions": (),
    "sources": Sources(),
}
"""Parts on which no status and no count depends, as they are when they are left out."""
_STANDING = ("issues", "feasible", "status_quo", "no_deal", "preferences", "proposals", "terms")
"""Parts that stand on something."""


def without_grounds(case: Case, given: Mapping[str, bool] | None = None) -> Case:
    """The case with what its grounds come to: each part sure or unsure, and no claims.

    Every status and every count is the same as before. What none of them depends on is left out, so that
    cases with the same model have the same digest.

    Parameters
    ----------
    given
        Parts, by their ids, that are to be unsure, or sure, whatever they stand on.
    """
    pairs = zip(parts(case), elements(case), strict=True)
    said = given or {}
    unsure = {id(part): said.get(e.id, e.unsure) for (*_, part), e in pairs if part is not None}
    made = {name: _bared(getattr(case, name), unsure) for name in _STANDING}
    return case.model_copy(update={**_UNCOUNTED, **made})


def _bared(part: Any, unsure: Mapping[int, bool]) -> Any:
    """A part without grounds, marked as unsure where it is."""
    if isinstance(part, Node):
        inner = ((name, value) for name, value in part if isinstance(value, (Node, dict, tuple)))
        changed = {name: _bared(value, unsure) for name, value in inner}
        if isinstance(part, Grounded):
            changed.update(because=(), assumed=None, unsure=unsure.get(id(part), part.unsure), note=None)
        return part.model_copy(update=changed)
    if isinstance(part, dict):
        return FrozenDict({key: _bared(value, unsure) for key, value in part.items()})
    return tuple(_bared(value, unsure) for value in part) if isinstance(part, tuple) else part


# Which changes need which


_WORD = re.compile(r"[^\W_][\w./+-]*")
_COMPARED = re.compile(r"([^\W_][\w./+-]*)\s*(?:!=|<=|>=|=|<|>)\s*([^\W_][\w./+-]*)")
_WORDS_ONLY = frozenset(
    {"says", "quote", "note", "name", "aliases", "assumed", "unit", "tags", "graded_because", "title"}
)
"""Fields that are read by people only: what they mention needs nothing."""

Mention = str | tuple[str, str]


def needs(some: Sequence[Change]) -> list[set[int]]:
    """For each change the others without which it cannot be made.

    A line that names a new issue, a claim or a value needs the change that brings it; an issue can go only
    when the lines that name it are gone.
    """
    bring: dict[Mention, int] = {}
    take: dict[Mention, int] = {}
    for k, change in enumerate(some):
        bring.update(dict.fromkeys(_named(change, change.after, change.before, "new"), k))
        take.update(dict.fromkeys(_named(change, change.before, change.after, "gone"), k))
    needed: list[set[int]] = [set() for _ in some]
    for k, change in enumerate(some):
        if change.kind == "moved":
            continue
        before, after = (_mentioned(change, side) for side in (change.before, change.after))
        needed[k].update(bring[m] for m in after & bring.keys())
        for m in (before - after) & take.keys():
            needed[take[m]].add(k)
    for k, others in enumerate(needed):
        others.discard(k)
    return needed


def _named(change: Change, side: Any, other: Any, kind: str) -> Iterator[Mention]:
    """What a change brings or takes away that others may name."""
    place = (change.new or change.old).split(".")
    if change.kind == kind and len(place) == 2 and change.section in _LISTED:
        yield change.subject
    if change.section == "issues":
        had = set(_field(other, "values"))
        yield from ((change.subject, v) for v in _field(side, "values") if v not in had and change.aspect)


_LISTED = ("claims", "parties", "issues", "states", "terms", "proposals")


def _mentioned(change: Change, side: Any) -> set[Mention]:
    found = set(_mentions(side))
    if side is not None and change.section in ("preferences", "moves"):
        found.add(change.subject)  # whose they are
    return found


def _field(side: Any, name: str) -> tuple[str, ...]:
    return tuple(side.get(name) or ()) if isinstance(side, dict) else ()


def _mentions(part: Any) -> Iterator[Mention]:
    """Every word in a part of a case, and every issue with a value."""
    if isinstance(part, Node):
        for name, value in part:
            if name not in _WORDS_ONLY:
                yield from _mentions(value)
    elif isinstance(part, dict):
        for key, value in part.items():
            if not isinstance(key, str) or key in _WORDS_ONLY or not key:
                continue
            yield from _mentions(key)
            yield from _mentions(value)
            if isinstance(value, str):
                yield key, value
    elif isinstance(part, (tuple, list)):
        for value in part:
            yield from _mentions(value)
    elif isinstance(part, str):
        yield part
        yield from _WORD.findall(part)
        yield from _COMPARED.findall(part)
