"""The state graph: outcomes, who would move from where to where, and which of them hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Block,
    Bullets,
    Paragraph,
    Rich,
    Section,
    joined,
    rich,
)
from accordant.brief.figures.graph import state_graph
from accordant.brief.kinds import NothingToTellError
from accordant.brief.parts import method, outcomes
from accordant.brief.standing import certain

MOST = 6
"""Most states that hold which are told one by one; the table has all."""


def sections(context: Context) -> Sequence[Section | None]:
    """What holds in words and in a table, the picture with its moves, and what holding means.

    Raises
    ------
    NothingToTellError
        For a case with a single state.
    """
    if len(context.states.states) < 2:
        raise NothingToTellError("the case has a single state, so that nobody can move")
    graph = state_graph(context)
    said: list[Block] = [Paragraph("holding-say", _finding(context), "lead"), *_holding(context)]
    return [
        Section("outcomes", rich("Where it could end"), tuple(said)),
        Section("states-listed", rich("The states, and what holds"), (outcomes.table(context),)),
        Section("concepts", rich("When an outcome holds"), (method.concepts_in_short(context),)),
        Section("moves", rich("Who would move"), (graph,)) if graph is not None else None,
    ]


def _finding(context: Context) -> Rich:
    """How many outcomes hold whatever is unsure, and whether no deal is among them."""
    every, some = _every(context), _some(context)
    of = f"of {words.counted(len(context.states.states), 'outcome')}"
    if not every and not some:
        return rich(f"{words.upper_first(of)} none holds under any concept in every admissible setting.")
    told = f"{words.upper_first(of)} {words.number(len(every))} {_hold(every)} under every concept, however "
    text = f"{told}what is unsure turns out"
    if some:
        text += f", and {words.number(len(some))} more {_hold(some)} under some concepts only"
    no_deal = [s for s in context.states.no_deal if s in every]
    return rich(f"{text}.", " No deal is among those that hold under every concept." if no_deal else "")


def _hold(names: Sequence[str]) -> str:
    return "holds" if len(names) == 1 else "hold"


def _every(context: Context) -> list[str]:
    return [s for s in context.states.states if all(s in found for found in context.sure.values())]


def _some(context: Context) -> list[str]:
    every = set(_every(context))
    return [s for s in context.states.states if s not in every and certain(context, s)]


def _holding(context: Context) -> Iterator[Block]:
    """The first outcomes that hold, each in full."""
    every, some = _every(context), _some(context)
    named = context.relevant.names
    found = [_in_full(context, s, "") for s in every if s in named][:MOST]
    for state in [s for s in some if s in named][: MOST - len(found)]:
        concepts = words.concepts(certain(context, state), len(context.sure))
        found.append(_in_full(context, state, concepts))
    left = len(every) + len(some) - len(found)
    if left:
        found.append(rich(f"{words.upper_first(words.number(left))} more: see the table of states."))
    if found:
        yield Bullets("holding-list", tuple(found))


def _in_full(context: Context, state: str, concepts: str) -> Rich:
    at = state == context.states.status_quo
    what = joined(context.roles(state), ", ")
    said = () if at else context.state_words(state)
    told = rich(what, ": " if what and said else "", said)
    head = rich(context.state(state), ": " if told else "", told)
    return rich(head, f" (under {concepts} only)") if concepts else head
