"""Checks of what a case says of pairs of states, and of the states that a party does not see.

Like :mod:`accordant.model.checks`, of which it is a part: nothing is raised.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from accordant.case.checks.subject import show
from accordant.case.findings import Findings
from accordant.case.objects import Case, Preference, StateRef
from accordant.case.places import Path
from accordant.case.wording import states_known
from accordant.errors import TooLargeError
from accordant.model import pairs
from accordant.model.frame import Truths, forbidden_by
from accordant.model.pairs import Pairs, states_of
from accordant.model.preferences import PartyOrder
from accordant.model.space import StateSpace

Whose: TypeAlias = tuple[Path, str]
"""Where a preference stands in the case, and whose it is."""

MOST_COMPARED = 1 << 22
"""Most pairs times states of which it is checked that no third state settles a pair."""


# References


def named_states(
    case: Case, space: StateSpace, path: Path, ref: StateRef, found: Findings
) -> tuple[int, ...]:
    """The states that a name or a pattern stands for; a mistake where there is none."""
    states = states_of(space, ref)
    if not states:
        if isinstance(ref, str):
            no_state(path, ref, space, found)
        else:
            why = forbidden_by(case, ref)
            found.error(path, f"is not a feasible state{why}", found=show(ref))
    return states


def no_state(path: Path, ref: str, space: StateSpace, found: Findings) -> None:
    """Say that a name stands for no state."""
    allowed, hint = states_known(ref, space.names)
    found.error(path, f"there is no state {ref!r}", found=ref, allowed=allowed, hint=hint)


def check_unseen(case: Case, space: StateSpace, found: Findings) -> None:
    """What a party does not see are states of the case, and not all of them."""
    for party, perception in case.perceptions.items():
        path: Path = ("perceptions", party, "unseen")
        unseen: set[int] = set()
        for k, ref in enumerate(perception.unseen):
            unseen.update(named_states(case, space, (*path, k), ref, found))
        if len(unseen) == space.n:
            hint = "leave out at least one of them"
            found.error(path, "the party would see no state at all", hint=hint, on_key=True)


# Pairs


def check_pairs(tables: Truths, whose: Whose, preference: Preference, found: Findings) -> None:
    """Pairs are of states that exist, differ, and agree with what else is said of them."""
    if not preference.incomparable and not preference.degrees:
        return
    before = sum(f.severity == "error" for f in found.all)
    for at, one, two in _written(whose[0], preference):
        _check_sides(tables, at, one, two, found)
    if preference.degrees:
        _check_agreement(tables.space, whose[0], preference, found)
    # the rest compares with an order, which has to be right
    if sum(f.severity == "error" for f in found.all) > before or _wrong(whose[0], found):
        return
    order = tables.order(whose[1], preference).whole
    try:
        if preference.incomparable:
            unknown = pairs.incomparable(tables.space, preference)
            _check_red_lines(tables.space, whose[0], order, unknown, found)
            _check_between(tables.space, whose[0], order, unknown, found)
            _check_strength(tables.space, whose[0], order, unknown, found)
        if preference.degrees and preference.stated:
            _check_direction(tables.space, whose[0], order, preference, found)
    except TooLargeError as error:
        found.warning(whose[0], f"its pairs were not checked: {error}", on_key=True)


def _written(path: Path, preference: Preference) -> Iterator[tuple[Path, StateRef, StateRef]]:
    for k, (one, two) in enumerate(preference.incomparable):
        yield (*path, "incomparable", k), one, two
    for k, (one, two, _) in enumerate(preference.degrees):
        yield (*path, "degrees", k), one, two


def _wrong(path: Path, found: Findings) -> bool:
    return any(f.severity == "error" and f.path[: len(path)] == path for f in found.all)


def _check_sides(tables: Truths, at: Path, one: StateRef, two: StateRef, found: Findings) -> None:
    """Both sides stand for states, and no state stands on both."""
    space = tables.space
    first, second = (
        named_states(tables.case, space, (*at, m), ref, found) for m, ref in enumerate((one, two))
    )
    both = sorted(set(first) & set(second))
    if both:
        names = ", ".join(space.name(s) for s in both[:6]) + (", …" if len(both) > 6 else "")
        message = f"pairs {names} with {'itself' if len(both) == 1 else 'themselves'}"
        hint = "write patterns that exclude each other"
        found.error((*at, 1), message, found=show(two), hint=hint)


def _check_agreement(space: StateSpace, path: Path, preference: Preference, found: Findings) -> None:
    """No pair has two degrees, whichever patterns it comes from."""
    first: dict[tuple[int, int], tuple[Fraction, int]] = {}
    made = 0
    for k, (one, two, number) in enumerate(preference.degrees):
        left, right = states_of(space, one), states_of(space, two)
        made += len(left) * len(right)
        if made > pairs.MOST_DEGREES:
            return  # too many to be used, and refused where they would be
        degree = Fraction(number)
        for s, t in ((s, t) for s in left for t in right if s != t):
            before = first.setdefault((s, t), (degree, k))
            first.setdefault((t, s), (1 - degree, k))
            if before[0] != degree:
                said = f"{space.name(s)} is preferred to {space.name(t)} to the degree {float(before[0]):g}"
                message = f"disagrees with entry {before[1] + 1}, by which {said}"
                hint = "degrees of one pair, given both ways, add up to 1"
                found.error((*path, "degrees", k), message, found=str(number), hint=hint)
                break


def _check_red_lines(
    space: StateSpace, path: Path, order: PartyOrder, unknown: Pairs, found: Findings
) -> None:
    """A red line goes before everything else: states that it tells apart are in a known order."""
    s, t = unknown.T
    for k, red in enumerate(order.red):
        told = np.flatnonzero(red.holds[s] != red.holds[t])
        if len(told):
            one, two = _names(space, unknown[told[0]], not red.holds[s[told[0]]])
            message = (
                f"the order of {one} and {two} is known{_more(len(told) - 1)}: "
                f"only {one} crosses the red line {k + 1}"
            )
            hint = "write narrower pairs, or leave the red line out"
            found.error((*path, "incomparable"), message, hint=hint, on_key=True)
            return


def _check_between(space: StateSpace, path: Path, order: PartyOrder, unknown: Pairs, found: Findings) -> None:
    """Say where the order of a pair would follow from that of a third state, which is known to both."""
    if len(unknown) * space.n > MOST_COMPARED:
        return
    ranks = order.ranks(space.n, frozenset(), {})
    named, row = np.unique(unknown, return_inverse=True)
    row = row.reshape(unknown.shape)
    open_to = np.zeros((len(named), space.n), dtype=bool)  # whose order to these states is unknown
    for end in (0, 1):
        open_to[row[:, end], unknown[:, 1 - end]] = True
    apart = open_to[row[:, 0]] | open_to[row[:, 1]]
    low, high = np.sort(ranks[unknown], axis=1).T
    settled = (ranks > low[:, None]) & (ranks < high[:, None]) & ~apart
    hit = np.flatnonzero(settled.any(axis=1))
    if len(hit):
        s, t = unknown[hit[0]]
        best, least = _names(space, unknown[hit[0]], bool(ranks[s] > ranks[t]))
        third = space.name(int(np.flatnonzero(settled[hit[0]])[0]))
        message = (
            f"{best} stands above {third}, and {third} above {least}; that the order of {best} and "
            f"{least} is not known{_more(len(hit) - 1)} is taken as it is written"
        )
        hint = f"pair {third} with one of them too, if its order is not known either"
        found.warning((*path, "incomparable"), message, hint=hint, on_key=True)


def _check_strength(
    space: StateSpace, path: Path, order: PartyOrder, unknown: Pairs, found: Findings
) -> None:
    """Say where a marked gap stands between the states of a pair."""
    blocks = order.blocks(space.n, frozenset(), {})
    told = np.flatnonzero(blocks[unknown[:, 0]] != blocks[unknown[:, 1]])
    if len(told):
        one, two = _names(space, unknown[told[0]], True)
        message = (
            f"{one} and {two} are told apart strongly, and their order is not known{_more(len(told) - 1)}: "
            "the strength says nothing of them"
        )
        found.warning((*path, "incomparable"), message, on_key=True)


def _check_direction(
    space: StateSpace, path: Path, order: PartyOrder, preference: Preference, found: Findings
) -> None:
    """Say where degrees lean the other way than the order does."""
    ranks = order.ranks(space.n, frozenset(), {})
    unknown = {(int(s), int(t)) for s, t in pairs.incomparable(space, preference)}
    against = [
        (s, t, degree)
        for (s, t), degree in pairs.degrees(space, preference).items()
        if degree > Fraction(1, 2) and ranks[s] < ranks[t] and (min(s, t), max(s, t)) not in unknown
    ]
    if against:
        s, t, degree = against[0]
        message = (
            f"{space.name(s)} is preferred to {space.name(t)} to the degree {float(degree):g}, while the "
            f"order puts it below{_more(len(against) - 1)}"
        )
        found.warning((*path, "degrees"), message, on_key=True)


def _names(space: StateSpace, pair: NDArray[np.int64], in_order: bool) -> tuple[str, str]:
    one, two = (space.name(int(s)) for s in pair)
    return (one, two) if in_order else (two, one)


def _more(others: int) -> str:
    if not others:
        return ""
    return f" (and {others:,} more pair{'' if others == 1 else 's'})"
