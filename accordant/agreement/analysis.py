"""Packages against no deal: everything that ``deals`` answers about a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.blocks import fewest_refusals, smallest_blocking_sets
from accordant.agreement.certificates import dominators
from accordant.agreement.counteroffers import counteroffers, efficiency
from accordant.agreement.fairness import checked, fairness
from accordant.agreement.lenses.weights import Number
from accordant.agreement.measured import measured
from accordant.agreement.numbers import End, NoBargain, bargain_of
from accordant.agreement.picks import units_of
from accordant.agreement.proposals import Hearing, holds_of
from accordant.agreement.reasons import Speaker
from accordant.agreement.result import Agreement, Answer, Block, Closest, DealsResult, ProposalAnswer
from accordant.agreement.shares import agreement_counts, counted
from accordant.agreement.survey import Survey, survey
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.tables import Method

Holds = Callable[[Sequence[str]], Mapping[str, Mapping[str, Answer]]]
"""Given state names, under which concepts each of them holds."""

LISTED = 100
"""Most agreements listed; their number is exact."""
SHOWN = 12
"""Most states shown that come closest when no agreement exists."""


def analyse(
    compiler: Compiler,
    holds: Holds | None = None,
    *,
    lenses: Sequence[str] | None = None,
    weights: Mapping[str, Number] | None = None,
    top: int | None = None,
    mixed: bool = False,
    epsilon: Fraction | None = None,
) -> DealsResult:
    """Who would accept what, over all admissible settings.

    Parameters
    ----------
    compiler
        The case.
    holds
        Says under which concepts states hold once reached; nothing is said without it.
    lenses
        Names of fairness lenses; all by default.
    weights
        By party, for the lenses that take weights.
    top
        How many agreements are listed at most, :data:`LISTED` by default; their number is exact.

    mixed
        Whether lenses may mix packages: lotteries, or packages carried out in parts.
    epsilon
        For cases with too many packages to list: the share of each party's range of worths that may be
        given up where the frontier has too many points.

    Raises
    ------
    InputError
        For an unknown lens, or weights that are not one positive number for each party.
    TooLargeError
        If there are too many packages to list, and worths do not add up over the issues.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> result = analyse(Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "b"}}, "status_quo": {"x": "no", "y": "no"},
    ...     "preferences": {"a": {"priorities": ["y", "not x"]}, "b": {"priorities": ["x", "not y"]}},
    ...     "proposals": {"swap": {"package": {"x": "yes", "y": "yes"}},
    ...                   "gift": {"package": {"y": "yes"}}}})))
    >>> result.proposals["swap"].agreement, [a.state for a in result.efficient]
    ('yes', ['s4'])
    >>> result.proposals["gift"].acceptable["b"].reason.partition(":")[0]
    'b prefers no deal (s1) to s2'
    >>> print(result.proposals["gift"].levers[0].sentence.replace("; ", ";\\n"))
    With x = yes (instead of no), everybody would accept it (s4);
    compared with gift, b would gain, a would lose.
    """
    asked = checked(compiler, lenses, weights)
    if not listable(compiler):
        from accordant.agreement.additive.answer import large_deals

        return large_deals(compiler, lenses=lenses, weights=weights, top=top, mixed=mixed, epsilon=epsilon)
    found = survey(compiler)
    fair, efficient = fairness(found, *asked, mixed=mixed)
    speaker = Speaker(found.base, compiler.element)
    listed = _listed(found, LISTED if top is None else top)
    landed = {p: landing.state for p, landing in found.written.landings.items()}
    place = found.written.place
    at = {p: int(place[s]) for p, s in landed.items() if s is not None}
    better = _dominators(found, [*listed, *at.values()])
    names = [found.space.name(s) for s in dict.fromkeys([*listed, *at.values()])]
    held = holds(names) if holds and names else {}
    blocking = _Blocking(found, speaker)
    return DealsResult(
        title=compiler.case.title,
        no_deal=_no_deal(found),
        proposals={p: _proposal(found, speaker, p, better, held) for p in compiler.case.proposals},
        agreements=tuple(_agreement(found, s, better, held) for s in listed),
        exists=_exists(found),
        one_serves=tuple(found.space.name(s) for s in listed if found.certain[s]),
        blocks=blocking.blocks(),
        method=_method(found),
        count=int(found.certain.sum()),
        possible=int(found.possible.sum()),
        efficient_count=int(found.efficient.sum()),
        exists_counts=None if found.share is None else counted(found, found.share),
        blocking=blocking.sets(),
        closest=blocking.closest(),
        closest_found=blocking.closest_found(),
        note=_note(found, listed),
        units=units_of(compiler.case),
        fairness=fair,
        measures=None if efficient is None else measured(found, efficient),
    )


def listable(compiler: Compiler) -> bool:
    """Whether the states of a case are few enough to be listed."""
    try:
        compiler.space()
    except TooLargeError:
        return False
    return True


def _no_deal(found: Survey) -> dict[str, Any]:
    view = found.base
    names = [view.space.name(d) for d in view.no_deal]
    values = view.space.values_of(view.no_deal[0]) if len(names) == 1 else {}
    unsure = bool(found.settings.anchors) or not found.compared
    return {
        "state": names[0] if len(names) == 1 else None,
        "states": names,
        "values": values,
        "unsure": unsure,
    }


def _exists(found: Survey) -> Answer:
    return "yes" if found.exists else "no" if found.never else "unknown"


def _listed(found: Survey, most: int) -> list[int]:
    """The agreements to list: efficient ones first, certain ones before others."""
    states = np.flatnonzero(found.possible)
    order = np.lexsort((states, ~found.certain[states], found.inefficient[states], ~found.efficient[states]))
    return [int(s) for s in states[order[:most]]]


def _dominators(found: Survey, states: Sequence[int]) -> dict[int, int]:
    return dominators(found, [s for s in dict.fromkeys(states) if found.inefficient[s] and found.possible[s]])


def _agreement(
    found: Survey, state: int, better: Mapping[int, int], held: Mapping[str, Mapping[str, Answer]]
) -> Agreement:
    name = found.space.name(state)
    return Agreement(
        name,
        found.space.values_of(state),
        tuple(p for p in found.vetoes if found.better[p][state]),
        efficiency(found, state),
        bool(found.certain[state]),
        holds_of(held, name),
        found.space.name(better[state]) if state in better else None,
        agreement_counts(found, state),
    )


def _proposal(
    found: Survey,
    speaker: Speaker,
    proposal: str,
    better: Mapping[int, int],
    held: Mapping[str, Mapping[str, Answer]],
) -> ProposalAnswer:
    hearing = Hearing(found, speaker, proposal)
    core = hearing.agreement()
    refused = core != "yes" and found.compared
    levers, number = counteroffers(found, speaker, proposal) if refused else ((), 0)
    state = hearing.state
    at = None if state is None else int(found.written.place[state])
    name = None if at is None else found.space.name(at)
    dominator = better.get(at) if at is not None else None
    return ProposalAnswer(
        proposal,
        name,
        found.written.landings[proposal].impossible,
        {party: hearing.acceptance(party) for party in found.vetoes},
        hearing.said(core),
        hearing.said(hearing.efficient()),
        holds_of(held, name),
        levers,
        None if dominator is None else found.space.name(dominator),
        hearing.made,
        number,
        hearing.agreement_counts(),
        hearing.note(),
    )


class _Blocking:
    """Who blocks what; nothing where an agreement exists in some setting."""

    def __init__(self, found: Survey, speaker: Speaker) -> None:
        self.found, self.speaker = found, speaker
        self.blocked = found.never and bool(found.vetoes)
        self.searched = smallest_blocking_sets(found.refused, found.gains) if self.blocked else ((), True)

    def sets(self) -> tuple[tuple[str, ...], ...]:
        return self.searched[0]

    def blocks(self) -> tuple[Block, ...]:
        if not self.blocked:
            return ()
        refused, gains = self.found.refused, self.found.gains
        number = np.sum([r & gains for r in refused.values()], axis=0)
        made = []
        for party, mine in refused.items():
            alone = np.flatnonzero(mine & gains & (number == 1))
            made.append(self._block(party, int((mine & gains).sum()), int(gains.sum()), alone))
        return tuple(made)

    def _block(self, party: str, refuses: int, of: int, alone: NDArray[np.intp]) -> Block:
        name = self.speaker.name(party)
        if not of:
            says = "No state brings anybody more than no deal."
        else:
            what = "the only state" if of == 1 else f"{refuses:,} of the {of:,} states"
            refused = "refuses" if refuses or of > 1 else "does not refuse"
            says = f"{name} {refused} {what} that somebody prefers to no deal"
            if len(alone):
                shown = ", ".join(self.found.space.name(int(s)) for s in alone[:4])
                more = f" and {len(alone) - 4:,} more" if len(alone) > 4 else ""
                which = (
                    f"; {len(alone):,} of them nobody else refuses" if of > 1 else ", and nobody else does"
                )
                says += f"{which} ({shown}{more})"
            says += "."
        return Block(party, refuses, of, says, len(alone))

    @cached_property
    def _closest(self) -> tuple[NDArray[np.intp], Mapping[str, NDArray[np.int64]], Mapping[str, int]]:
        """The states that fewest parties refuse, by how much they fall short, nearest first."""
        if not self.blocked:
            return np.zeros(0, np.intp), {}, {}
        states = fewest_refusals(self.found.refused, self.found.gains)
        low: dict[str, End] = dict.fromkeys(self.found.vetoes, "low")
        bargain = bargain_of(self.found.base, low)
        if isinstance(bargain, NoBargain) or self.found.base.space is not self.found.space:
            return states, {}, {}
        short, scales, worst = {}, {}, np.zeros(len(states))
        for party, u, d, scale, number in zip(
            bargain.parties,
            bargain.worths,
            bargain.reservations,
            bargain.scales,
            bargain.cardinal,
            strict=True,
        ):
            if number:
                short[party], scales[party] = np.maximum(d - u[states], 0), scale
                # shares of what is at stake for each, so that no party's unit decides the order
                worst = np.maximum(worst, short[party] / max(1, int(u.max()) - int(u.min())))
        order = np.argsort(worst, kind="stable")
        return states[order], {party: row[order] for party, row in short.items()}, scales

    def closest_found(self) -> int:
        return len(self._closest[0])

    def closest(self) -> tuple[Closest, ...]:
        space, refused = self.found.space, self.found.refused
        states, short, scales = self._closest
        return tuple(
            Closest(
                space.name(int(s)),
                space.values_of(int(s)),
                tuple(p for p, mine in refused.items() if mine[s]),
                tuple(p for p, mine in self.found.better.items() if mine[s]),
                {p: Fraction(int(row[k]), scales[p]) for p, row in short.items() if row[k]},
            )
            for k, s in enumerate(states[:SHOWN])
        )


def _method(found: Survey) -> Method:
    parameters = (
        ("no deal", ", ".join(found.base.space.name(d) for d in found.base.no_deal)),
        ("structures", str(len(found.structures))),
    )
    name = "acceptance against no deal by preference order, over all admissible settings"
    cut = "; ".join(dict.fromkeys(found.cut))
    return Method(name, not found.cut, found.count, cut, parameters)


def _note(found: Survey, listed: Sequence[int]) -> str:
    if not found.compared:
        return "The case gives neither no deal nor a status quo, so that nothing can be compared with it."
    said = _no_deal_alone(found)
    possible = int(found.possible.sum())
    if possible > len(listed):
        shown = (
            f"{len(listed):,} of {possible:,} agreements are listed, efficient ones first; numbers are exact."
        )
        said = f"{said} {shown}" if said else shown
    return said


def _no_deal_alone(found: Survey) -> str:
    """Whether what agreements there are is no deal itself, which nobody needs to sign anything for.

    By definition an agreement is a state that everybody accepts and somebody prefers to no deal; where
    reservations are below what the no-deal state is worth, that state is one.
    """
    ways = [{int(one.place[d]) for d in one.view.no_deal} for one in (*found.structures, found.written)]
    nothing = set.intersection(*ways)
    certain, possible = (set(np.flatnonzero(which).tolist()) for which in (found.certain, found.possible))
    because = "a reservation is below what that state is worth"
    if possible and possible <= nothing:
        return f"The only agreement is no deal itself: {because}. No other state is one."
    if certain and certain <= nothing:
        return f"The only agreement in every setting is no deal itself: {because}."
    return ""
