"""Smallest sets of grounds with which a conclusion follows, and smallest sets whose loss breaks it.

Taking away grounds only makes elements unsure. For a conclusion that is *always* or *never*, call a
set of elements *fatal* when making them unsure turns it to *sometimes*. Breaks are the smallest sets
of grounds that take every ground from some fatal set; supports are the smallest sets that leave a
ground to each fatal set. Fatal sets are found by taking away everything but a candidate support:
when the conclusion breaks, what is gone is shrunk to a smallest fatal set and the candidates are
made anew. When every candidate withstands that, no fatal set is missing (supports and breaks are
each other's minimal hitting sets), and both lists are complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from accordant.case.grounds import chain, falls_with, one_source, origins_of, sources_of
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.model.settings import NO_ANSWERS, Answers, SettingSpace
from accordant.reliance.between import TOGETHER
from accordant.reliance.families import Found, Ways, breaking, keeping
from accordant.reliance.sweep import SOMETIMES, Group, Statuses, relevant

Elements = frozenset[str]
Grounds = frozenset[str]
Needs = Callable[[str], frozenset[str]]
"""What a ground needs to stand."""

KEPT = 64
"""Most sets of one kind listed for one conclusion."""
TRIED = 2048
"""Most candidates tried for one conclusion."""
FRAMES = 256
"""Most frames looked at to refute one candidate."""

BUDGET = 6000
"""Most frames looked at for the supports of all conclusions of a group together."""
BUDGET_WORK = 1 << 27
"""Orders × states that stability is worked out for, for the same."""
BUDGET_PAIRS = 1 << 26
"""Frames that were not looked at before × moves, for the same."""

LARGE = 512
"""States from which on each concept is looked at apart from the others."""

_PUT_BACK_FIRST = ("status-quo", "no-deal", "control", "moves", "rule", "proposal")


@dataclass(frozen=True, slots=True)
class Stands:
    """Supports and breaks of one conclusion.

    Attributes
    ----------
    supports, breaks
        Smallest sets of claims and assumptions with which it still follows when all others are gone,
        and smallest sets whose loss breaks it.
    origin_supports, origin_breaks
        The same of origins, every assumption standing; a claim that goes back to no origin stands
        for itself.
    cut
        What was not searched or is not listed, with how much was.
    """

    supports: tuple[tuple[str, ...], ...] = ()
    breaks: tuple[tuple[str, ...], ...] = ()
    origin_supports: tuple[tuple[str, ...], ...] = ()
    origin_breaks: tuple[tuple[str, ...], ...] = ()
    cut: str = ""


def backing_of(case: Case, claim: str, one: Mapping[str, str] | None = None) -> frozenset[str]:
    """The origins that a claim goes back to; claims without any, on its way there, stand for themselves.

    Of origins that are certainly one the first stands for all of them.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> sources = Sources.model_validate({
    ...     "origins": {"o": {"kind": "named"}},
    ...     "claims": {"c1": said, "c2": {**said, "within": "c1", "origin": "o"}}})
    >>> case = Case(title="t", parties={}, sources=sources)
    >>> sorted(backing_of(case, "c1")), sorted(backing_of(case, "c2"))
    (['c1'], ['c1', 'o'])
    """
    alone = (c for c in chain(case, claim) if not origins_of(case, c))
    one = one_source(case) if one is None else one
    return sources_of(case, claim, one) | frozenset(alone)


class Supports:
    """Supports and breaks for the conclusions of one group."""

    def __init__(
        self,
        compiler: Compiler,
        group: Group,
        status: Statuses,
        taken: Grounds,
        answers: Answers = NO_ANSWERS,
    ) -> None:
        self.compiler, self.group, self.taken, self.answers = compiler, group, taken, answers
        self.decided = status != SOMETIMES
        self._one_source = one_source(compiler.case)
        gone = falls_with(compiler.case, taken)
        standing = {e.id: e.standing - gone for e in compiler.elements}
        base = compiler.setting_space(taken, answers=answers)
        open_ = {*base.free, *base.lost, *base.anchors, *answers.counts, *answers.out}
        self.standing = {e: grounds for e, grounds in standing.items() if e not in open_}
        self._of_use = [relevant(compiler, c) for c in group.conclusions]
        self._fatal: list[list[Elements]] = [[] for _ in group.conclusions]
        self._concepts = np.array([c.detail for c in group.conclusions], dtype=object)
        self._jointly = np.array([c.detail in TOGETHER for c in group.conclusions], dtype=bool)
        self._families: dict[object, Found] = {}
        self._broken: dict[Elements, tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]] = {}

    def find(self, told: Callable[[int], None] | None = None) -> list[Stands]:
        """Supports and breaks of every conclusion of the group, in order; ``told`` takes how many are."""
        self._began = self.group.frames_looked_at
        made = max(48, BUDGET_PAIRS // self.group.moves)
        self._ends = [a + b for a, b in zip(self._used, (BUDGET, made, BUDGET_WORK), strict=True)]
        found = [Stands()] * len(self.decided)
        # what costs least first: the fatal sets of one conclusion are often those of others
        for done, k in enumerate(sorted(range(len(found)), key=lambda k: self._jointly[k]), 1):
            if self.decided[k]:
                self._limits = self._share_of_what_is_left(len(found) - done + 1)
                found[k] = self._one(k)
            if told is not None:
                told(done)
        return found

    @property
    def _used(self) -> tuple[int, int, int]:
        """Frames looked at, frames made, and what stability was worked out for, so far."""
        return self.group.frames_looked_at, self.group.frames_made, self.group.book.worked

    def _share_of_what_is_left(self, conclusions: int) -> list[int]:
        """How far one of so many conclusions may go: a quarter of the rest, or its part."""
        left = [end - used for end, used in zip(self._ends, self._used, strict=True)]
        return [
            used + max(rest // 4, rest // conclusions) for used, rest in zip(self._used, left, strict=True)
        ]

    @property
    def _spent(self) -> bool:
        return any(used >= limit for used, limit in zip(self._used, self._limits, strict=True))

    def _one(self, k: int) -> Stands:
        sure = frozenset(e for e in self.standing if e in self._of_use[k])
        shown, stopped, cut = self._search(k, sure)
        fatal = self._fatal[k]
        supports, origin_supports = (self._kept_by(fatal, n) for n in (self._around, self._behind))
        breaks, origin_breaks = (self._broken_by(fatal, n) for n in (self._around, self._behind))
        cuts = [cut]
        if stopped:  # what was shown stands: of what is not known to be whole, only that is listed
            supports = replace(supports, sets=tuple(s for s in supports.sets if s in shown))
            origin_supports = replace(origin_supports, sets=())
        else:
            cuts += [
                found.left_out(KEPT, what)
                for found, what in (
                    (supports, "supports"),
                    (breaks, "breaks"),
                    (origin_supports, "supports by origin"),
                    (origin_breaks, "breaks by origin"),
                )
            ]
        return Stands(
            supports.listed(KEPT),
            breaks.listed(KEPT),
            origin_supports.listed(KEPT),
            origin_breaks.listed(KEPT),
            "; ".join(c for c in cuts if c),
        )

    def _search(self, k: int, sure: Elements) -> tuple[set[Grounds], bool, str]:
        """Find every fatal set: the supports shown to do, whether the search stopped early, what is cut."""
        good: set[Grounds] = set()
        unproved: set[Grounds] = set()
        while True:
            candidates = self._kept_by(self._fatal[k], self._around).sets
            known = len(self._fatal[k])
            for new in (c for c in candidates if c not in good and c not in unproved):
                if self._spent or len(good) + len(unproved) >= TRIED:
                    return good, True, self._stopped(good)
                lost = frozenset(e for e in sure if not self.standing[e] & new)
                broken, proved = self._breaks_without(k, lost)
                if broken:
                    fatal = self._shrink(k, lost)
                    if self._spent:  # then it may not be a smallest one
                        return good, True, self._stopped(good)
                    self._share(fatal)
                    break
                (good if proved else unproved).add(new)
            if len(self._fatal[k]) == known:
                cut = "supports: no counter-example among the settings looked at" if unproved else ""
                return good, False, cut

    def _stopped(self, good: set[Grounds]) -> str:
        looked = self.group.frames_looked_at - self._began
        return (
            f"the search for supports stopped after {looked:,} frames for all conclusions together: those "
            f"listed ({len(good):,}) are shown to do, there may be others, and other or smaller breaks"
        )

    def _kept_by(self, fatal: Sequence[Elements], needs: Needs) -> Found:
        """Smallest sets that leave a way to each of some fatal sets; conclusions have many in common."""
        key = needs.__name__, frozenset(fatal)
        if key not in self._families:
            self._families[key] = keeping([self._ways(f, needs) for f in fatal])
        return self._families[key]

    def _broken_by(self, fatal: Sequence[Elements], needs: Needs) -> Found:
        """Smallest sets whose loss takes every way of one of some fatal sets."""
        key = "loss", needs.__name__, frozenset(fatal)
        if key not in self._families:
            self._families[key] = breaking([self._ways(f, needs) for f in fatal])
        return self._families[key]

    def _ways(self, fatal: Elements, needs: Needs) -> Ways:
        """The ways in which a fatal set stays alive: its grounds, each with what it needs to stand."""
        return tuple({needs(g) for e in fatal for g in self.standing[e]})

    def _around(self, ground: str) -> frozenset[str]:
        """A ground with what it is said inside of."""
        case = self.compiler.case
        return frozenset(chain(case, ground)) if ground in case.claims else frozenset([ground])

    def _behind(self, ground: str) -> frozenset[str]:
        """The origins that a ground goes back to; an assumption to none."""
        case = self.compiler.case
        return backing_of(case, ground, self._one_source) if ground in case.claims else frozenset()

    def _breaks_without(self, k: int, lost: Elements) -> tuple[bool, bool]:
        """Whether the loss of some elements breaks a conclusion; whether that is certain."""
        if any(fatal <= lost for fatal in self._fatal[k]):
            return True, True
        if lost not in self._broken:
            none = np.zeros(len(self.decided), dtype=bool)
            self._broken[lost] = (none, none.copy(), none.copy())
        asked, broken, proved = self._broken[lost]
        if not asked[k]:
            fresh = [not any(f <= lost for f in fatal) for fatal in self._fatal]
            pending = self.decided & ~asked & np.array(fresh, dtype=bool)
            if self.compiler.space().n >= LARGE:
                pending &= self._concepts == self._concepts[k]
            sweep = self.group.sweep(self._space(lost), pending, min(FRAMES, self.group.limit))
            broken[pending] = (sweep.status == SOMETIMES)[pending]
            proved[pending] = ~sweep.cut[pending]
            asked[pending] = True
        return bool(broken[k]), bool(proved[k])

    def _share(self, fatal: Elements) -> None:
        """Note a fatal set for every conclusion for which it is one, none smaller being known."""
        for k in (int(k) for k in np.flatnonzero(self.decided)):
            if not fatal <= self._of_use[k] or any(f <= fatal for f in self._fatal[k]):
                continue
            smaller = (fatal - {e} for e in fatal)
            if self._breaks_without(k, fatal)[0] and not any(self._breaks_without(k, s)[0] for s in smaller):
                self._fatal[k].append(fatal)

    def _shrink(self, k: int, lost: Elements) -> Elements:
        """A smallest fatal subset; what is no preference is put back first."""
        kinds = {e: self.compiler.element[e].kind for e in lost}
        ordered = sorted(lost, key=lambda e: (kinds[e] in _PUT_BACK_FIRST, e))
        return frozenset(self._needed(k, frozenset(), False, ordered))

    def _needed(self, k: int, given: Elements, grown: bool, among: Sequence[str]) -> list[str]:
        """Which of some elements it takes besides those given, halving what is tried.

        Source: Junker, QuickXplain (2004): m elements of n are found with about m log(n / m) questions.
        """
        if self._spent or (grown and self._breaks_without(k, given)[0]):
            return []
        if len(among) == 1:
            return list(among)
        half = len(among) // 2
        first, second = among[:half], among[half:]
        later = self._needed(k, given | frozenset(first), True, second)
        return [*self._needed(k, given | frozenset(later), bool(later), first), *later]

    def _space(self, unsure: Iterable[str]) -> SettingSpace:
        return self.compiler.setting_space(self.taken, unsure=unsure, answers=self.answers)
