"""Nash, GMR, SMR and SEQ over any relation, word for word, and the relations of three families."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from accordant.model.graph import GraphModel, Mover
from tests.stability.twin import any_move, coalition_reachable, reachable

Holds = Callable[[int, int, int], bool]
"""Something that holds of a party, a state that it may go to, and the state that it is at."""
Shares = Callable[[int, int, int], Fraction]
"""P_i(q, s): the degree to which party i prefers q to s."""


def is_stable(model: GraphModel, kind: str, i: int, s: int, gain: Holds, tempts: Holds, wants: Holds) -> bool:
    """Whether state s is stable for party i.

    ``gain``: what it leaves for; ``tempts``: what does not deter it; ``wants``: what makes a step
    of a member of a mover credible.
    """
    leaves = [q for q in reachable(model, i, s) if gain(i, q, s)]
    if kind == "nash":
        return not leaves

    def credible(mover: Mover, s: int, t: int) -> bool:
        return all(wants(p, t, s) for p in mover.parties)

    for q in leaves:
        ends = coalition_reachable(model.opponents(i), q, credible if kind == "seq" else any_move)
        sanctions = {t for t in ends if not tempts(i, t, s)}
        if kind == "smr":
            sanctions = {t for t in sanctions if all(not tempts(i, x, s) for x in reachable(model, i, t))}
        if not sanctions:
            return False
    return True


def verdicts(model: GraphModel, kind: str, gain: Holds, tempts: Holds, wants: Holds) -> list[list[bool]]:
    """Every verdict: party, state."""
    return [
        [is_stable(model, kind, i, s, gain, tempts, wants) for s in range(model.n)]
        for i in range(len(model.parties))
    ]


def fuzzy(model: GraphModel, kind: str, p: Shares, thresholds: Sequence[Fraction]) -> list[list[bool]]:
    """Fuzzy stability: α_i(q, s) = r_i(q, s) - r_i(s, q) against each party's own threshold."""

    def r(i: int, q: int, s: int) -> Fraction:
        tie = 1 - p(i, q, s) - p(i, s, q)
        return p(i, q, s) + tie / 2

    def improvement(i: int, q: int, s: int) -> bool:
        return r(i, q, s) - r(i, s, q) >= thresholds[i]

    return verdicts(model, kind, improvement, improvement, improvement)


def probabilistic(
    model: GraphModel, kind: str, p: Shares, alpha: Fraction, beta: Fraction, gamma: Fraction
) -> list[list[bool]]:
    """Probabilistic stability."""
    return verdicts(
        model,
        kind,
        lambda i, q, s: p(i, q, s) > 1 - alpha,
        lambda i, t, s: not p(i, t, s) <= 1 - beta,
        lambda j, x, t: p(j, x, t) > gamma,
    )


def relational(
    model: GraphModel, kind: str, orders: Sequence[Sequence[int]], attitudes: Mapping[tuple[int, int], str]
) -> list[list[bool]]:
    """Relational stability: ``attitudes`` holds +, 0 or - for every pair of parties."""
    return regarding(model, kind, lambda j, q, s: orders[j][q] >= orders[j][s], attitudes)


def regarding(
    model: GraphModel, kind: str, at_least: Holds, attitudes: Mapping[tuple[int, int], str]
) -> list[list[bool]]:
    """The same from ``at_least(j, q, s)``: party j finds q at least as good as s."""

    def reply(i: int, q: int, s: int) -> bool:
        for j in range(len(model.parties)):
            if attitudes[i, j] == "+" and not at_least(j, q, s):
                return False
            if attitudes[i, j] == "-" and not at_least(j, s, q):
                return False
        return True

    def tempts(i: int, t: int, s: int) -> bool:
        return t != s and reply(i, t, s)

    return verdicts(model, kind, reply, tempts, reply)
