"""Every state over all admissible settings: surely, possibly or never an agreement, and efficient.

What is unsure falls apart into pieces that vary independently of each other: the rules and the
anchors (status quo, no deal), which change the states and what they are compared with, one
*structure* each; and every party's own lines. Structures are gone through one by one; the lines are
not listed where their bounds are enough (:mod:`accordant.agreement.admissible`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.admissible import Doubt, levels
from accordant.agreement.joint import Ensemble, TooManyError, ensemble
from accordant.agreement.stands import constituencies
from accordant.agreement.structures import Structure, structure_in, structures_of, widest_space
from accordant.agreement.together import blocks
from accordant.model.admitted import Points
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting, SettingSpace
from accordant.model.space import StateSpace
from accordant.model.view import View

Bools = NDArray[np.bool_]
Levels = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Span:
    """The lowest and the highest level of every state over all settings of the orders."""

    low: Levels
    high: Levels


@dataclass(eq=False)
class Survey:
    """What was found, over all settings, for every state of the widest space.

    Attributes
    ----------
    written
        The structure as the case is written; where an anchor is open it is none of ``structures``.
    certain, possible
        Agreements in every setting; in some.
    efficient, inefficient
        Efficient agreements in every setting; in none.
    exists, never
        Whether there is an agreement in every setting; in none.
    share
        Share of the settings in which there is one; None where it was not counted.
    refused
        For each party the states that it refuses in every setting.
    better
        For each party the states that it strictly prefers to no deal in every setting.
    gains
        States that some party may strictly prefer to no deal.
    proposed
        For each proposal whether the state that it leads to is efficient in every setting, in none.
    states
        For each structure the states that may be agreements.
    dominates
        For each structure which of these surely dominates which, in all settings of the orders;
        None where there are too many of them.
    cut
        What was left out, in words; empty when nothing was.
    """

    compiler: Compiler
    settings: SettingSpace
    doubt: Doubt
    vetoes: Mapping[str, tuple[str, ...]]
    space: StateSpace
    written: Structure
    structures: tuple[Structure, ...]
    certain: Bools
    possible: Bools
    efficient: Bools
    inefficient: Bools
    refused: dict[str, Bools]
    better: dict[str, Bools]
    gains: Bools
    proposed: dict[str, tuple[bool, bool]]
    states: list[NDArray[np.intp]] = field(default_factory=list)
    dominates: list[Bools | None] = field(default_factory=list)
    exists: bool = True
    never: bool = True
    share: Fraction | None = Fraction(0)
    partial: bool = False
    cut: list[str] = field(default_factory=list)

    @property
    def base(self) -> View:
        """The case as it is written."""
        return self.written.view

    @property
    def compared(self) -> bool:
        """Whether packages can be compared with no deal at all."""
        return bool(self.written.against)

    @property
    def count(self) -> int | None:
        """Number of settings; None where there is no count."""
        return self.settings.of_packages

    def ensemble(self, structure: Structure, states: NDArray[np.intp], *, counted: bool = False) -> Ensemble:
        """Everything that the parties may think of some states in a structure."""
        against = {who: structure.no_deal(who) for p, held in self.vetoes.items() for who in (p, *held)}
        return ensemble(against, self.vetoes, self.doubt, states, len(structure.against), counted=counted)


def survey(compiler: Compiler) -> Survey:
    """Look at every state over all admissible settings."""
    settings = compiler.setting_space()
    doubt = Doubt(frozenset(settings.free), frozenset(settings.lost), partial(_ranges, settings))
    space, rules, unseen = widest_space(compiler, settings)
    structures, left_out = structures_of(compiler, settings, rules, space)
    left_out = (left_out + len(structures)) * unseen - len(structures)
    vetoes = constituencies(compiler.case)
    n = space.n
    found = Survey(
        compiler,
        settings,
        doubt,
        vetoes,
        space,
        structure_in(compiler, space, Setting(doubt.lost), Fraction(1)),
        structures,
        certain=np.ones(n, dtype=bool),
        possible=np.zeros(n, dtype=bool),
        efficient=np.ones(n, dtype=bool),
        inefficient=np.ones(n, dtype=bool),
        refused={p: np.ones(n, dtype=bool) for p in vetoes},
        better={p: np.ones(n, dtype=bool) for p in vetoes},
        gains=np.zeros(n, dtype=bool),
        proposed=dict.fromkeys(compiler.case.proposals, (True, True)),
        partial=left_out > 0,
    )
    if found.compared:
        for structure in structures:
            _look_at(found, structure)
    if left_out:
        found.cut.append(f"{left_out:,} settings of rules, status quo and no deal were not gone through")
    if left_out or not found.compared:
        _only_unknown(found)
    return found


def _ranges(settings: SettingSpace, who: str) -> Sequence[tuple[frozenset[str], Points]] | None:
    """Every setting of somebody's unsure elements and ranges; None where there are too many, or none."""
    if settings.ranges is None or not settings.ranges.concern(who, deals=True):
        return None
    return settings.ranges.every(who, settings, deals=True)


def party_levels(found: Survey, structure: Structure, k: int) -> dict[str, Span]:
    """For each party and constituency, its own levels of every state against one no-deal state."""
    voices = [who for party, held in found.vetoes.items() for who in (party, *held)]
    return {who: Span(*levels(structure.no_deal(who), found.doubt, k)) for who in voices}


def with_constituencies(own: Mapping[str, Span], party: str, held: Sequence[str]) -> Span:
    """A party's levels with the vetoes of its constituencies."""
    low, high = own[party].low.copy(), own[party].high.copy()
    for c in held:
        low *= own[c].low > 0
        high *= own[c].high > 0
    return Span(low, high)


def _look_at(found: Survey, structure: Structure) -> None:
    view, place = structure.view, structure.place
    n = view.model.n
    here = np.zeros(found.space.n, dtype=bool)
    here[place] = True
    found.certain &= here
    maybe = np.zeros(n, dtype=bool)
    serves = True
    for k in range(len(structure.against)):
        own = party_levels(found, structure, k)
        joint = {p: with_constituencies(own, p, held) for p, held in found.vetoes.items()}
        sure, may = _agreement(list(joint.values()), n)
        found.certain[place] &= sure
        maybe |= may
        serves &= bool(sure.any())
        for party, span in joint.items():
            found.refused[party][place] &= span.high == 0
            # red lines as priorities only: what a party would gain if it did not refuse
            least, most = levels(structure.no_deal(party), found.doubt, k, refusals=False)
            found.better[party][place] &= least == 2
            found.gains[place] |= most == 2
    found.possible[place] |= maybe
    states = np.flatnonzero(maybe)
    found.states.append(states)
    found.dominates.append(None)
    try:
        _together(found, structure, states)
    except TooManyError as error:
        found.cut.append(
            f"{error} were not gone through together: what is efficient, and whether there is always an "
            "agreement, is said only where the bounds decide it"
        )
        _apart(found, structure, states, serves)


def _agreement(spans: Sequence[Span], n: int) -> tuple[Bools, Bools]:
    """Agreements in every setting and in some: parties vary independently of each other."""
    if not spans:
        return np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    lows, highs = [x.low for x in spans], [x.high for x in spans]
    sure, may = (np.minimum.reduce(x) > 0 for x in (lows, highs))
    # accepted by all in every setting, it is only a tie in some setting if each party may tie there
    return sure & (np.maximum.reduce(lows) == 2), may & (np.maximum.reduce(highs) == 2)


def _together(found: Survey, structure: Structure, states: NDArray[np.intp]) -> None:
    """Efficiency and existence, in every setting of all parties."""
    at = structure.place[states]
    outside = np.ones(found.space.n, dtype=bool)
    outside[at] = False
    found.efficient &= ~outside
    if not len(states):
        found.exists = False
        _note_proposals(found, structure, states, outside[:0], outside[:0])
        return
    dominates: list[Bools | None] = []
    by_ends = any(structure.no_deal(who).ranged for p, held in found.vetoes.items() for who in (p, *held))
    for block in blocks(found.ensemble(structure, states)):
        everywhere = np.ones(len(block.shares), dtype=bool)
        for verdicts in block.against:
            surely = np.asarray(verdicts.best.all(axis=0))
            possibly = np.asarray(verdicts.may_be_best.any(axis=0))
            found.efficient[at] &= surely
            found.inefficient[at] &= ~possibly
            _note_proposals(found, structure, states, surely, possibly)
            everywhere &= verdicts.sure.any(axis=1)
            found.never &= not verdicts.maybe.any()
        found.exists &= bool(everywhere.all())
        dominates.append(block.dominates)
        if found.share is not None and not by_ends:
            here = (share for share, exists in zip(block.shares, everywhere, strict=True) if exists)
            found.share += structure.share * sum(here, start=Fraction(0))
        dominates = [_joined(dominates)]
    found.dominates[-1] = dominates[0]
    if by_ends and found.share is not None:
        found.share = _count(found, structure, states, found.share)


def _count(found: Survey, structure: Structure, states: NDArray[np.intp], share: Fraction) -> Fraction | None:
    """The share with that of the settings of a structure in which there is an agreement.

    Where no deal is worth a range, its ends settle everything else, but not in how many settings.
    """
    if found.count is None:
        return None
    try:
        every = blocks(found.ensemble(structure, states, counted=True))
    except TooManyError:
        return None
    for block in every:
        exists = np.logical_and.reduce([v.sure.any(axis=1) for v in block.against])
        here = (part for part, holds in zip(block.shares, exists, strict=True) if holds)
        share += structure.share * sum(here, start=Fraction(0))
    return share


def _joined(matrices: Sequence[Bools | None]) -> Bools | None:
    """What holds in all of some blocks, None where it was not worked out."""
    known = [m for m in matrices if m is not None]
    return np.logical_and.reduce(known) if len(known) == len(matrices) else None


def _note_proposals(
    found: Survey, structure: Structure, states: NDArray[np.intp], surely: Bools, possibly: Bools
) -> None:
    for proposal, landing in structure.landings.items():
        always, never = found.proposed[proposal]
        column = -1 if landing.state is None else int(np.searchsorted(states, landing.state))
        listed = 0 <= column < len(states) and states[column] == landing.state
        sure, may = (bool(surely[column]), bool(possibly[column])) if listed else (False, False)
        found.proposed[proposal] = (always and sure, never and not may)


def _apart(found: Survey, structure: Structure, states: NDArray[np.intp], serves: bool) -> None:
    """What is still known when the settings are too many to go through."""
    outside = np.ones(found.space.n, dtype=bool)
    outside[structure.place[states]] = False
    found.efficient[:] = False
    found.inefficient &= outside
    nothing = np.zeros(len(states), dtype=bool)
    _note_proposals(found, structure, states, nothing, ~nothing)
    found.exists &= serves
    found.never &= not len(states)
    found.share = None


def _only_unknown(found: Survey) -> None:
    """Settings that were not looked at may differ: nothing is so in all of them."""
    found.certain[:] = found.efficient[:] = found.inefficient[:] = False
    found.exists = found.never = False
    found.proposed = dict.fromkeys(found.proposed, (False, False))
    found.share = None
