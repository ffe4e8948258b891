"""Everybody's order in the terms of a ``.gmcr`` file: statements for all, or rankings for all.

The file says once for all decision makers which of the two count. Statements are written where every order
is made of lines; one ranking or worth among them, or a line that comes to too many conditions, makes
rankings of them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from accordant.case.expressions import Expression, Negation, parse
from accordant.case.objects import MARKED_GAP, Either, Preference
from accordant.case.places import Path
from accordant.exchange.cubes import TooManyCubesError, cubes_of
from accordant.exchange.gmcr_model import Level, Statement
from accordant.exchange.losses import fields_left
from accordant.model.frame import issue_values

if TYPE_CHECKING:
    from accordant.exchange.gmcr_out import Writer

RANKED = 4096
"""Most states that are ranked one by one."""
ALWAYS: Statement = (((0, True),), ((0, False),))
"""A statement that is true of every state: what somebody wants who is indifferent."""
CARRIED = ("priorities", "never", "ranking", "worth", "table", "also")


def orders(writer: Writer) -> tuple[bool, list[Any]]:
    """Whether rankings count, and for each decision maker its ranking or its statements."""
    case, view = writer.case, writer.view
    given = {party: case.preferences.get(party, Preference()) for party in view.parties}
    for party, preference in given.items():
        _left(writer, party, preference)
    if all(p.ranking is None and not p.cardinal for p in given.values()):
        try:
            return False, [list(_statements(writer, party, p)) for party, p in given.items()]
        except TooManyCubesError:
            pass
    if view.space.n > RANKED:
        message = (
            f"have to be ranked state by state, and there are {view.space.n:,} states; at most {RANKED:,} are"
        )
        writer.say.error(("preferences",), message)
        return True, [[] for _ in given]
    for party, preference in given.items():
        if preference.ranking is None and says_something(preference):
            message = "is written as a ranking of the states that it makes"
            writer.say.warning(("preferences", party), message, on_key=True)
    return True, [_ranking(writer, party) if says_something(p) else [] for party, p in given.items()]


def says_something(preference: Preference) -> bool:
    """Whether there is an order; pairs of unknown order alone give none."""
    return preference.known or bool(preference.never)


def _left(writer: Writer, party: str, preference: Preference) -> None:
    """What an order says that the format has no place for."""
    path: Path = ("preferences", party)
    fields_left(writer.say, path, preference, CARRIED, ".gmcr")
    if not says_something(preference):
        hint = "a program that needs an order may take it as indifferent between all states, or refuse it"
        writer.say.warning(
            path if party in writer.case.preferences else ("parties", party),
            "its order is not known; written without preferences",
            hint=hint,
            on_key=True,
        )
    for k in range(len(preference.never)):
        message = "is a red line; written as a statement before all others, which refuses nothing by itself"
        writer.say.warning((*path, "never", k), message)
    for k, entry in enumerate(preference.priorities or ()):
        for m, line in enumerate(entry.either if isinstance(entry, Either) else (entry,)):
            at = (
                (*path, "priorities", k, "either", m)
                if isinstance(entry, Either)
                else (*path, "priorities", k)
            )
            fields_left(writer.say, at, line, ("want",), ".gmcr")
    for k, red in enumerate(preference.never):
        fields_left(writer.say, (*path, "never", k), red, ("rule",), ".gmcr")
    for k, level in enumerate(preference.ranking or ()):
        if level == MARKED_GAP:
            writer.say.warning((*path, "ranking", k), "has no place in a .gmcr file; left out")


def _statements(writer: Writer, party: str, preference: Preference) -> Iterator[Statement]:
    found = [writer.statement(cubes_of(line)) for line in _lines(writer, preference)]
    useful = [statement for statement in found if statement and () not in statement]
    yield from useful
    if says_something(preference) and not useful:
        yield ALWAYS  # without any statement the order would not be known


def _lines(writer: Writer, preference: Preference) -> Iterator[Expression]:
    """Everything that the party wants to be true, most important first."""
    values = issue_values(writer.case)
    for red in preference.never:
        rule = parse(red.rule, values)
        yield Expression(f"not ({rule.text})", rule.names, Negation(rule.tree))
    for entry in preference.priorities or ():
        for line in entry.either if isinstance(entry, Either) else (entry,):
            yield parse(line.want, values)


def _ranking(writer: Writer, party: str) -> list[Level]:
    ranks = writer.view.base_ranks(party)  # pairs of unknown order are left out, with a warning
    if ranks is None:
        return []
    position = np.array(writer.position)
    return [
        tuple(sorted(int(p) for p in position[ranks == rank]))
        for rank in sorted(set(ranks.tolist()), reverse=True)
    ]
