"""One model with its verdicts as plain data: the form that other programs read.

docs/conformance.md describes it. States are numbered from 0 in the order of ``states``; everything that
a program needs to judge them (moves, ranks and what goes beyond ranks) is given by number, so that
nothing of the case format has to be understood. The case is there too, for programs that read options.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from accordant.case.objects import Case
from accordant.conformance.models import Model
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.view import View
from accordant.stability import analyse
from accordant.stability.concepts import CONCEPTS
from accordant.stability.further import Options

if TYPE_CHECKING:
    from accordant.stability.result import StabilityResult

SCHEMA = "accordant/conformance-model/1"

PAIRWISE = 400
"""Most states for the concepts that compare states pair by pair or look along trees of moves."""

HORIZONS = range(1, 9)


def compiled(model: Model) -> Compiler:
    """The model compiled."""
    return Compiler(Case.model_validate(model.case))


def described(model: Model) -> dict[str, Any]:
    """A model with its verdicts under every concept that applies to it.

    Examples
    --------
    >>> from accordant.conformance.models import degenerate
    >>> made = described(next(m for m in degenerate() if m.name == "back-to-the-start"))
    >>> made["moves"], made["verdicts"]["seq"]["equilibria"]
    ([{'by': ['a'], 'to': [[1], []]}, {'by': ['b'], 'to': [[], [0]]}], [0, 1])
    """
    compiler = compiled(model)
    view = compiler.view()
    verdicts = {name: _plain(found) for name, found in judged(compiler, asked(view))}
    return {
        "schema": SCHEMA,
        "name": model.name,
        "kind": model.kind,
        "about": model.about,
        "states": list(view.space.names),
        "parties": list(view.parties),
        "moves": [_moves(view, k) for k in range(len(view.model.movers))],
        "ranks": {p: _ranks(view, p) for p in view.parties},
        **_beyond(view),
        "verdicts": verdicts,
        "case": dict(model.case),
    }


def _moves(view: View, k: int) -> dict[str, Any]:
    mover = view.model.movers[k]
    arcs = mover.moves.arcs
    to = [arcs.from_state(s).tolist() for s in range(view.model.n)]
    return {"by": [view.parties[p] for p in mover.parties], "to": to}


def _ranks(view: View, party: str) -> list[int] | None:
    ranks = view.base_ranks(party)
    return None if ranks is None else np.unique(ranks, return_inverse=True)[1].ravel().tolist()


def _beyond(view: View) -> dict[str, Any]:
    """What a model has besides moves and ranks, each only where there is some."""
    case, found = view.case, dict[str, Any]()
    strong = {p: view.blocks(p).tolist() for p in view.parties if view.blocks(p).any()}
    pairs = {p: view.incomparable(p).tolist() for p in view.parties if len(view.incomparable(p))}
    degrees = {p: [[s, t, str(d)] for (s, t), d in view.degrees(p).items()] for p in view.parties}
    if strong:
        found["strength"] = strong
    if pairs:
        found["unknown"] = pairs
    if any(degrees.values()):
        found["degrees"] = {p: d for p, d in degrees.items() if d}
    if case.attitudes:
        found["attitudes"] = {p: dict(a) for p, a in case.attitudes.items()}
    if case.coalitions:
        found["coalitions"] = [list(c) for c in case.coalitions]
    if case.perceptions:
        found["perceived"] = {p: _seen(view, p) for p in case.perceptions}
    return found


def _seen(view: View, party: str) -> dict[str, Any]:
    from accordant.stability.perceived import perceived_view, unseen

    game = perceived_view(view, party)
    ranks = {p: _ranks(game, p) for p in game.parties}
    return {"unseen": np.flatnonzero(unseen(view, party)).tolist(), "ranks": ranks}


Question = tuple[str, dict[str, Any]]
"""The key of a verdict, and what is asked to get it."""


def asked(view: View) -> Iterator[Question]:
    """What is asked of a model: every concept that can apply to it."""
    for name in CONCEPTS:
        yield name, {"concepts": [name]}
    if view.model.n > PAIRWISE:
        yield from (_further(f"mr{h}") for h in (2, 3, 4, 5))
        return
    case = view.case
    names = ["sim", *(f"mr{h}" for h in HORIZONS)]
    if len(view.parties) == 2:
        names += [*(f"l{h}" for h in HORIZONS), "nm"]
    if any(view.blocks(p).any() for p in view.parties):
        names += [f"{c}-{how}" for how in ("general", "strong", "weak") for c in ("gmr", "smr", "seq")]
        names += ["nash-general"]
    if any(len(view.incomparable(p)) for p in view.parties):
        names += [f"{c}-{letter}" for letter in "abcd" for c in ("nash", "gmr", "smr", "seq")]
    if case.attitudes:
        names += ["rnash", "rgmr", "rsmr", "rseq"]
    yield from map(_further, names)
    if any(view.degrees(p) for p in view.parties):
        for text in ("0.4", "0.8", "1"):
            for c in ("nash", "gmr", "smr", "seq"):
                yield (
                    f"fuzzy-{c} threshold {text}",
                    {"concepts": [f"fuzzy-{c}"], "options": Options.of(None, {"": text})},
                )
    for block in case.coalitions:
        for name in CONCEPTS:
            yield f"{name} coalition {'+'.join(block)}", {"concepts": [name], "blocks": [block]}
    if case.perceptions:
        for name in CONCEPTS:
            yield f"{name} perceived", {"concepts": [name], "perceived": True}


def _further(name: str) -> Question:
    return name, {"concepts": [name]}


def judged(compiler: Compiler, questions: Iterator[Question]) -> Iterator[tuple[str, StabilityResult]]:
    """The answers to some questions; a concept that refuses the model is left out."""
    for key, arguments in questions:
        try:
            yield key, analyse(compiler, **arguments)
        except InputError:
            continue


def _plain(result: StabilityResult) -> dict[str, Any]:
    (concept,) = result.concepts.values()
    number = {name: k for k, name in enumerate(result.states)}

    def numbers(names: Sequence[str]) -> list[int]:
        return [number[name] for name in names]

    found: dict[str, Any] = {
        "stable": {p: numbers(concept.stable[p]) for p in result.parties},
        "equilibria": numbers(concept.equilibria),
    }
    possible = {p: numbers(concept.possible[p]) for p in result.parties}
    if possible != found["stable"]:
        found["possible"] = possible
    return found
