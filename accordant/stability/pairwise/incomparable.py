"""What must and what may be stable under the classical concepts where pairs of states are of unknown order.

Each such pair may turn out either way or as a tie, each by itself. Then (i is the party that is
judged, s the state):

* Must: i leaves for all that is perhaps better, only what is surely not better deters it, and its
  opponents take surely improving steps only. The pairs that i leaves by and is deterred by all hold
  s, and none of them is an opponent's; so one resolution makes all of this so, and *must* is exact.
* May: the other way round. It is exact under Nash, GMR and SMR, for the same reason. Under SEQ and
  SSEQ opponents may need a pair both ways, x to y and later y to x, which no resolution gives. Where
  each pair is needed one way at most, all steps that are perhaps improvements can be so at once.
  Elsewhere a resolution is looked for in which states fewer steps away from what deters i are better,
  and where few pairs are in question, all are tried. What was neither found nor refuted is a bound.

A party whose order is wholly unknown has only such pairs, and may have any weak order. What is found
for it is found by weak orders: s alone at the bottom, indifference, nearer states better. What only
other choices of its pairs make possible is a bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel
from accordant.model.view import View
from accordant.stability.concept import Concept
from accordant.stability.concepts import find
from accordant.stability.further import Judgement
from accordant.stability.pairwise import relational
from accordant.stability.pairwise.relational import Goals
from accordant.stability.pairwise.relations import afford_matrices, restricted
from accordant.stability.pairwise.rules import Rules, deterring, everybody, stable
from accordant.stability.pairwise.wishes import OnDemand, Wishes, wishes
from accordant.stability.result import Explanation
from accordant.stability.telling import OPEN

Bools = NDArray[np.bool_]

_Choice = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Steps that a pair of unknown order allows if it turns out one way, and the other way."""

MOST_CHOICES = 8
"""Pairs that opponents may need both ways up to which every choice is tried."""

MOST_STEPS = 50_000_000
"""Arcs x open verdicts up to which a resolution is looked for."""

MATRICES = 8
"""Matrices of states x states that are there at a time."""


def incomparable_bounds(view: View, concept: Concept | str) -> Judgement:
    """What must and what may be stable under a classical concept, whatever the unknown order of pairs is.

    Parameters
    ----------
    view
        The case in one setting; parties may have pairs of unknown order, or no known order at all.
    concept
        One of the five, or its name.

    Returns
    -------
    Judgement
        ``exact`` where both are attained, for each party by itself and for equilibria.

    Raises
    ------
    InputError
        If the concept is unknown.
    TooLargeError
        If the relations would not fit, before they are made.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
    ...     "preferences": {"a": {"incomparable": [["s1", "s3"]]}, "b": {"priorities": ["y"]}}})
    >>> found = incomparable_bounds(Compiler(case).view(), "nash")
    >>> found.must[0].astype(int).tolist(), found.may[0].astype(int).tolist()
    ([0, 1, 0, 1], [1, 1, 1, 1])
    """
    chosen = find([concept])[0] if isinstance(concept, str) else concept
    return judge_pairs(view.model, wishes(view), chosen)


def judge_pairs(model: GraphModel, of: list[Wishes], concept: Concept) -> Judgement:
    """The same from everybody's preference."""
    afford_matrices(model.n, MATRICES)
    found = [_of_party(model, of, concept, i) for i in range(len(of))]
    must, may = np.stack([f[0] for f in found]), np.stack([f[1] for f in found])
    # two parties whose verdicts are both open may need the same pair in opposite ways
    apart = concept.sanctions != "improvements"
    together = (may & ~must).sum(axis=0)[may.all(axis=0)]
    return Judgement(must, may, all(f[2] for f in found) and (apart or bool((together <= 1).all())))


def _of_party(model: GraphModel, of: list[Wishes], concept: Concept, party: int) -> tuple[Bools, Bools, bool]:
    """What must and what may be stable for one party, and whether that is exact."""
    must = stable(model, party, _rules(concept, of, party, lenient=False))
    if all(w.known for w in of):
        return must, must, True
    may = stable(model, party, _rules(concept, of, party, lenient=True))
    if concept.sanctions != "improvements":
        return must, may, True
    return must, *_attained(model, of, concept, party, must, may)


def _rules(concept: Concept, of: list[Wishes], party: int, *, lenient: bool) -> Rules:
    """What decides about a party if all that is unknown speaks against it, or for it."""
    mine = of[party].better() if lenient else of[party].perhaps_better()
    if concept.sanctions == "none":
        return Rules(mine)
    steps = Wishes.perhaps_better if lenient else Wishes.better
    return Rules(
        mine,
        ~mine,
        everybody(OnDemand(of, steps)) if concept.sanctions == "improvements" else None,
        ~mine if concept.answers else None,
    )


def _attained(
    model: GraphModel, of: list[Wishes], concept: Concept, party: int, must: Bools, may: Bools
) -> tuple[Bools, bool]:
    """Where a party may be stable under one and the same resolution, and whether that is exact."""
    steps = _steps(model, of, party)
    choices = steps.both_ways()
    # of a party of which nothing is known, orders are meant: not every choice of pairs makes one
    orders = any(of[p].ranks is None for p in steps.unsure)
    rules = _rules(concept, of, party, lenient=True)
    leave = restricted(model.movers[party].moves.arcs, rules.leaves)
    asked = np.flatnonzero(may & ~must & (np.diff(leave.indptr) > 0))
    if not len(asked) or not (len(choices) or orders):
        return may, True
    if len(asked) * len(steps.source) > MOST_STEPS:
        return may, False
    deters = deterring(model, party, rules)
    found, exact = may.copy(), True
    for s in asked:
        improvements = leave.from_state(int(s))
        if steps.answer(improvements, deters[s], steps.nearer(deters[s])):
            continue
        if len(choices) <= MOST_CHOICES:
            ways = product((False, True), repeat=len(choices))
            found[s] = any(steps.answer(improvements, deters[s], steps.chosen(choices, w)) for w in ways)
        exact &= not found[s] or (len(choices) <= MOST_CHOICES and not orders)
    return found, exact


def explain_pairs(view: View, state: int, party: int, concept: Concept) -> Explanation:
    """Why a state is stable or not for a party where pairs of states are of unknown order.

    ``stable`` says whether it is stable however they turn out. Where it is not, but may be, the
    sentence says so; where it is not in any way, the sentence counts everything unknown in its favour.
    """
    afford_matrices(view.model.n, MATRICES)
    of = wishes(view)
    always, sometimes, _ = _of_party(view.model, of, concept, party)
    must, may = bool(always[state]), bool(sometimes[state])
    better, perhaps = OnDemand(of, Wishes.better), OnDemand(of, Wishes.perhaps_better)
    sure, possible = Goals(better, better, better), Goals(perhaps, perhaps, perhaps)

    def told(one: Goals, other: Goals, letter: str) -> Explanation:
        words = PairWords(of, party, letter, sure_steps=letter == "a")
        deters = ("does not surely deter it", "surely deters it") if letter == "a" else relational.DETERS
        return relational.explain(view, state, party, concept.name, concept.name, one, other, words, deters)

    if not may:
        found = told(possible, sure, "d")
        if not found.stable:
            return found
    found = told(sure, possible, "a")
    if must or may:
        return found
    # it would take a pair both ways
    return replace(found, sentence=found.sentence.removesuffix(OPEN))


class PairWords:
    """How explanations speak of what is better, or may be.

    Parameters
    ----------
    letter
        The extension: a and c leave for what may be better.
    sure_steps
        Whether opponents are expected to take sure improvements only.
    """

    def __init__(self, of: list[Wishes], party: int, letter: str, *, sure_steps: bool = False) -> None:
        self.of = of
        surely, perhaps = "surely better for it", "that is better for it, or may be"
        self.nothing_better = perhaps if letter in "ac" else surely
        if of[party].known:
            self.nothing_better = "it likes better"
        sure_steps |= all(w.known for i, w in enumerate(of) if i != party)
        self.gain = ", to {} own advantage," if sure_steps else ", to what is or may be {} own advantage,"

    def left_for(self, view: View, party: int, s: int, q: int) -> str:
        """Why the party would go there."""
        if self.of[party].open_between(s, q):
            return "which may be better for it, the order of the two not being known"
        return "which it likes better"

    def deterred_by(self, view: View, party: int, s: int, t: int) -> str:
        """Why being led there deters it."""
        who, here = view.case.party_name(view.parties[party]), view.space.name(s)
        if self.of[party].open_between(s, t):
            return f"which may be no better for {who} than {here}, the order of the two not being known"
        return f"which {who} likes no better than {here}"

    def compared(self, view: View, party: int, s: int, t: int) -> list[tuple[int, int, int]]:
        """The comparison, unless nothing is known of it."""
        return [] if self.of[party].open_between(s, t) else [(party, s, t)]


@dataclass(frozen=True, eq=False)
class _Steps:
    """Steps of a party's opponents that are perhaps improvements, end to end.

    ``sure`` says where a step is surely one, ``unsure[p]`` lists the steps that party p is unsure
    of. Movers are numbered among the opponents.
    """

    mover: NDArray[np.int64]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    sure: Bools
    unsure: dict[int, NDArray[np.int64]]
    movers: int
    n: int

    def both_ways(self) -> list[_Choice]:
        """The pairs that one party would have to prefer both ways."""
        found = []
        for steps in self.unsure.values():
            s, t = self.source[steps], self.target[steps]
            pair = np.minimum(s, t) * self.n + np.maximum(s, t)
            for one in np.intersect1d(pair[s < t], pair[s > t]):
                found.append((steps[(pair == one) & (s < t)], steps[(pair == one) & (s > t)]))
        return found

    def nearer(self, deters: Bools) -> Bools:
        """The steps there are when states fewer steps away from what deters are better."""
        far = self.distance(deters, np.ones(len(self.source), dtype=bool))
        return np.asarray(self.sure | (far[self.target] < far[self.source]))

    def chosen(self, choices: list[_Choice], ways: tuple[bool, ...]) -> Bools:
        """The steps there are when each of some pairs turns out one way or the other."""
        keep = np.ones(len(self.source), dtype=bool)
        for (up, down), way in zip(choices, ways, strict=True):
            keep[down if way else up] = False
        return keep

    def answer(self, improvements: NDArray[np.int32], deters: Bools, keep: Bools) -> bool:
        """Whether legal sequences of the steps to keep lead from every improvement to what deters."""
        return bool((self.distance(deters, keep)[improvements] < self._never).all())

    def distance(self, deters: Bools, keep: Bools) -> NDArray[np.int64]:
        """Least number of legal steps from each state to one that deters."""
        first = np.full((self.movers, self.n), self._never)  # by who makes the first step
        mover, source, target = self.mover[keep], self.source[keep], self.target[keep]
        while True:
            least = np.sort(np.vstack([first, np.full(self.n, self._never)]), axis=0)[:2]
            # after a step of k somebody else has to move on: the least of the others
            others = np.where(first == least[0], least[1], least[0])
            onwards = np.where(deters[target], 0, others[mover, target]) + 1
            before = first.copy()
            np.minimum.at(first, (mover, source), np.minimum(onwards, self._never))
            if (first == before).all():
                return np.where(deters, 0, first.min(axis=0, initial=self._never))

    @property
    def _never(self) -> int:
        return self.n * self.movers + 1


def _steps(model: GraphModel, of: list[Wishes], party: int) -> _Steps:
    movers = model.opponents(party)
    perhaps = everybody(OnDemand(of, Wishes.perhaps_better))
    arcs = [restricted(m.moves.arcs, perhaps(m)) for m in movers]
    sizes = [len(a.targets) for a in arcs]
    mover = np.repeat(np.arange(len(movers)), sizes)
    states = [np.repeat(np.arange(model.n), np.diff(a.indptr)) for a in arcs]
    source = np.concatenate([np.zeros(0, dtype=np.int64), *states])
    target = np.concatenate([np.zeros(0, dtype=np.int64), *(a.targets for a in arcs)])
    sure, unsure = np.ones(len(source), dtype=bool), {}
    for p in range(len(of)):
        able = np.array([p in m.parties for m in movers], dtype=bool)
        steps = np.flatnonzero(able[mover])
        open_ = steps[~of[p].better()[source[steps], target[steps]]]
        if len(open_):
            sure[open_], unsure[p] = False, open_
    return _Steps(mover, source, target, sure, unsure, len(movers), model.n)
