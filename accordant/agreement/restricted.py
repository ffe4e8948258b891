"""A party's order on a few states, with the lines that matter there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.admissible import Doubt
from accordant.model.preferences import Choice, PartyOrder, Score, Statement

Columns = NDArray[np.intp]


def restrict(order: PartyOrder, columns: Columns) -> PartyOrder:
    """A party's order on some states only, without the lines that are the same for all of them."""
    red = tuple(line for entry in order.red for line in _varying([entry], columns))
    lines: list[Statement | Choice] = []
    for entry in order.lines:
        if not isinstance(entry, Choice):
            lines += _varying([entry], columns)
            continue
        kept = _varying(entry.lines, columns)
        lines += [Choice(entry.group, tuple(kept))] if len(kept) > 1 else kept
    score = order.score
    if score is not None:
        score = _restricted(score, columns)
    base = order.base and restrict(order.base, columns)
    return PartyOrder(red, tuple(lines), score, base, order.reservation)


def _restricted(score: Score, columns: Columns) -> Score:
    spread = None if score.spread is None else score.spread.at(columns)
    told = {} if spread is None else {e: len(set(map(tuple, rows.tolist()))) > 1 for e, rows in spread.terms}
    terms = tuple((e, w[columns]) for e, w in score.terms if len(set(w[columns].tolist())) > 1 or told.get(e))
    if spread is not None:
        kept = {e for e, _ in terms}
        spread = replace(spread, terms=tuple((e, rows) for e, rows in spread.terms if e in kept))
    missing = None if score.missing is None else score.missing[columns]
    held = None if score.held is None else score.held[columns]
    return Score(
        score.element,
        score.ranks[columns],
        terms,
        scale=score.scale,
        missing=missing,
        spread=spread,
        held=held,
    )


def _varying(lines: Sequence[Statement], columns: Columns) -> list[Statement]:
    small = [Statement(line.element, line.holds[columns]) for line in lines]
    return [line for line in small if line.holds.any() and not line.holds.all()]


def open_elements(order: PartyOrder, doubt: Doubt) -> list[str]:
    """The elements of an order that may or may not count."""
    return [e for e in _elements(order) if doubt.open(e)]


def _elements(order: PartyOrder) -> Iterator[str]:
    for entry in (*order.red, *order.lines):
        yield from (line.element for line in (entry.lines if isinstance(entry, Choice) else (entry,)))
    if order.score is not None:
        yield from (element for element, _ in order.score.terms)
