"""From a case to a strategic game for Gambit.

A party's strategies are the combinations of values of the issues that it alone controls; each combination of
strategies is a state. Payoffs are worths where a party has given numbers, exactly, and places in its order
otherwise, where only their order means anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from accordant.case.findings import Findings
from accordant.case.objects import Case, Preference
from accordant.errors import CaseError, Problem
from accordant.exchange.formats import Exported, Named, Told
from accordant.exchange.losses import fields_left, grounds_left, no_place
from accordant.exchange.outgoing import placed

if TYPE_CHECKING:
    from accordant.model.view import View
    from accordant.opened import OpenCase

ENDING = ".nfg"
CARRIED = ("accordant", "title", "parties", "issues", "feasible", "states", "only", "preferences")
MOST = 1_000_000
"""Most payoffs that are written."""


def exported(opened: OpenCase) -> Exported:
    """A case as a ``.nfg`` file.

    Raises
    ------
    CaseError
        With every reason why a strategic game cannot say it, and its place in the case.
    """
    say, case = Findings(), opened.case
    _refuse(case, say)
    _finish(opened, say)
    players = _players(case)
    size = prod(len(issue.values) for issue in case.issues.values())
    if size * len(players) > MOST:
        say.error(("issues",), f"come to {size:,} states; at most {MOST:,} payoffs are written", on_key=True)
        _finish(opened, say)
    view = opened.compiler.view()
    if len(view.space.codes) < size:
        missing = size - len(view.space.codes)
        message = f"rules forbid {missing:,} of {size:,} combinations, and a game has payoffs for every one"
        say.error(("feasible",) if case.feasible else ("only",), message, on_key=True)
    payoffs, told = _payoffs(case, view, players, say)
    _leave(case, say, players)
    warnings = _finish(opened, say)
    strategies = {party: _strategies(case, party) for party in players}
    text = "\n".join(_document(case, view, players, strategies, payoffs)) + "\n"
    names = [Named("party", party, case.party_name(party)) for party in players]
    names += [
        Named("strategy", f"{party}: {', '.join(f'{i} = {v}' for i, v in row.items())}", _label(case, row))
        for party in players
        for row in strategies[party]
        if row
    ]
    return Exported({"": text.encode()}, warnings, tuple(names), tuple(told))


def _finish(opened: OpenCase, say: Findings) -> tuple[Problem, ...]:
    wrong = [finding for finding in say.all if finding.severity == "error"]
    if wrong:
        reasons = "this reason" if len(wrong) == 1 else f"these {len(wrong):,} reasons"
        closing = f"{opened.path} cannot be written as a {ENDING} file for {reasons}"
        raise CaseError([placed(opened, finding) for finding in wrong], closing)
    return tuple(placed(opened, finding) for finding in say.all)


def _refuse(case: Case, say: Findings) -> None:
    if not case.issues:
        say.error(("states",), "moves are given state by state, and a strategic game has strategies")
    for id_, issue in case.issues.items():
        if len(issue.holders) > 1:
            how = "takes {} together" if issue.joint else "may be changed by each of {}"
            who = " and ".join(issue.holders)
            message = f"{how.format(who)}, and a strategy is one player's own"
            say.error(("issues", id_, "by"), message, hint="give each of them an issue of its own")


def _players(case: Case) -> tuple[str, ...]:
    """Parties, and everybody else who controls an issue."""
    holders = {issue.holders[0] for issue in case.issues.values()}
    return tuple(p for p, party in case.parties.items() if party.role == "party" or p in holders)


def _strategies(case: Case, party: str) -> list[dict[str, str]]:
    own = [id_ for id_, issue in case.issues.items() if issue.holders[0] == party]
    return [dict(zip(own, row, strict=True)) for row in product(*(case.issues[id_].values for id_ in own))]


def _payoffs(
    case: Case, view: View, players: tuple[str, ...], say: Findings
) -> tuple[dict[str, list[Fraction]], list[Told]]:
    """For each player the payoff of every state."""
    found: dict[str, list[Fraction]] = {}
    told: list[Told] = []
    for party in players:
        given, name = view.frame.orders.get(party), case.party_name(party)
        score = None if given is None else given.score
        at = ("preferences", party) if party in case.preferences else ("parties", party)
        if given is not None and given.ranged:
            message = "has worths that are ranges, and a game needs one payoff for every state"
            say.error(at, message, on_key=True)
            continue
        if score is not None and score.cardinal:
            ranks = score.ranks_in(frozenset()).tolist()
            found[party] = [Fraction(int(rank), score.scale) for rank in ranks]
            told.append(Told(f"payoffs of {name}", "worths", "as in the case", False))
            continue
        order = view.ranks(party)
        if order is None:
            message = "has an order that is not wholly known, and a game needs a payoff for every state"
            say.error(at, message, on_key=True)
            continue
        levels = {rank: k for k, rank in enumerate(sorted(set(order.tolist())))}
        found[party] = [Fraction(levels[rank]) for rank in order.tolist()]
        message = (
            "gives an order: payoffs are its places, from 0 for the worst; only their order means anything"
        )
        say.warning(at, message, on_key=True)
        told.append(Told(f"payoffs of {name}", "an order", "places from 0 for the worst", True))
    return found, told


def _leave(case: Case, say: Findings, players: tuple[str, ...]) -> None:
    no_place(say, case, CARRIED, ENDING)
    for id_, party in case.parties.items():
        if id_ in players:
            fields_left(say, ("parties", id_), party, ("name", "role"), ENDING)
        else:
            message = f"is a {party.role} without moves, and a game has players only; left out"
            say.warning(("parties", id_), message, on_key=True)
    for id_, issue in case.issues.items():
        fields_left(say, ("issues", id_), issue, ("name", "by", "values", "range"), ENDING)
    for id_ in players:
        preference = case.preferences.get(id_, Preference())
        carried = ("priorities", "never", "ranking", "worth", "table", "also")
        fields_left(say, ("preferences", id_), preference, carried, ENDING)
    for key in ("issues", "preferences"):
        grounds_left(say, getattr(case, key), (key,), ENDING)


def _document(
    case: Case,
    view: View,
    players: tuple[str, ...],
    strategies: Mapping[str, list[dict[str, str]]],
    payoffs: Mapping[str, list[Fraction]],
) -> Iterator[str]:
    yield f"NFG 1 R {_quoted(case.title)} {{ {' '.join(_quoted(case.party_name(p)) for p in players)} }}"
    yield ""
    yield (
        "{ "
        + "\n  ".join(
            "{ " + " ".join(_quoted(_label(case, row)) for row in strategies[party]) + " }"
            for party in players
        )
        + " }"
    )
    yield f"{_quoted('' if case.note is None else case.note)}"
    yield ""
    number = _numbers(view)
    order = tuple(case.issues)
    # the first player's strategies run fastest
    for turned in product(*(strategies[party] for party in reversed(players))):
        at = {issue: value for row in turned for issue, value in row.items()}
        state = number[tuple(case.issues[i].values.index(at[i]) for i in order)]
        yield " ".join(str(payoffs[party][state]) for party in players)


def _numbers(view: View) -> dict[tuple[int, ...], int]:
    """The state of each combination of values."""
    space = view.space
    return {
        tuple(row): state for state in range(space.n) for row in space.codes[space.members(state)].tolist()
    }


def _label(case: Case, row: Mapping[str, str]) -> str:
    """What a strategy is called."""
    if not row:
        return "nothing"
    if len(row) == 1:
        ((id_, value),) = row.items()
        return f"{case.issues[id_].name or id_} {case.issues[id_].shown(value)}"
    return ", ".join(f"{case.issues[i].name or i} {case.issues[i].shown(v)}" for i, v in row.items())


def _quoted(text: str) -> str:
    bare = " ".join(text.split())
    return '"' + bare.replace("\\", "/").replace('"', "'") + '"'
