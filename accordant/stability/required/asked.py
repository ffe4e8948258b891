"""What is asked about changes of preference: the state, the concepts, and whose orders there are."""

from __future__ import annotations

from collections.abc import Sequence

from accordant.errors import InputError, TooLargeError, did_you_mean
from accordant.model.view import View
from accordant.stability.concept import Concept
from accordant.stability.concepts import CONCEPTS, TABLE
from accordant.stability.further import covered
from accordant.stability.required.orders import Nearest, Order, Unranked
from accordant.stability.required.search import MOST_NODES

MOST_STATES = 8_000
"""States of a model that is searched."""

MOST_PAIRS = 6
"""Pairs of unknown order of a party that are named in a result's method."""


def concepts_of(view: View, name: str) -> tuple[Concept, ...]:
    """The concept of each party, from one name or one for each party.

    Raises
    ------
    InputError
        If a concept or a party is unknown, or a party has none.
    """
    if "=" not in name:
        return tuple(_concept(name) for _ in view.parties)
    chosen: dict[str, Concept] = {}
    for part in name.split(","):
        who, _, which = (word.strip() for word in part.partition("="))
        chosen[check_known("party", who, view.parties)] = _concept(which)
    missing = [p for p in view.parties if p not in chosen]
    if missing:
        raise InputError(f"no concept is given for {', '.join(missing)}: add {missing[0]}=nash or another")
    return tuple(chosen[p] for p in view.parties)


def _concept(name: str) -> Concept:
    if name not in TABLE:
        covered("the search for changes of preference", [name], CONCEPTS)
        hint = did_you_mean(name, CONCEPTS) or f"allowed: {', '.join(CONCEPTS)}, or party=concept,…"
        raise InputError(f"changes of preference are not worked out for the concept {name!r}; {hint}")
    return TABLE[name]


def check_known(what: str, name: str, names: Sequence[str]) -> str:
    """A name that is there.

    Raises
    ------
    InputError
        If it is not, with the nearest one or what is known.
    """
    if name not in names:
        hint = did_you_mean(name, names[:4000]) or f"known: {', '.join(names[:12])}"
        raise InputError(f"there is no {what} {name!r}; {hint}")
    return name


def parties_of(view: View) -> tuple[Order, ...]:
    """Every party's order as something to be changed."""
    base = [(party, view.base_ranks(party)) for party in view.parties]
    return tuple(
        Unranked(view.model.n) if ranks is None else Nearest(ranks, view.incomparable(party))
        for party, ranks in base
    )


def open_pairs(view: View) -> str:
    """The pairs of unknown order in words, by party; empty where there are none."""
    name, told = view.space.name, []
    for party in view.parties:
        pairs = view.incomparable(party).tolist()
        shown = [f"{name(s)} with {name(t)}" for s, t in pairs[:MOST_PAIRS]]
        more = [f"{len(pairs) - MOST_PAIRS:,} more"] if len(pairs) > MOST_PAIRS else []
        if pairs:
            told.append(f"{party}: {', '.join(shown + more)}")
    return "; ".join(told)


def check_size(view: View) -> None:
    """Refuse a model that is too large to be searched.

    Raises
    ------
    TooLargeError
        If it has too many states.
    """
    if view.model.n > MOST_STATES:
        raise TooLargeError(
            f"the model has {view.model.n:,} states; changes of preference are searched on up to "
            f"{MOST_STATES:,}: narrow the case to the states that matter (only: named)"
        )


def nodes_for(n: int, most: int = MOST_NODES) -> int:
    """How many sets of comparisons one search may look at, fewer in a larger model."""
    return max(50, min(most, 1_000_000 // max(n, 1)))
