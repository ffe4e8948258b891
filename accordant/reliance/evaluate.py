"""The truth of conclusions in many settings at once.

Settings that share their rules, controllers and anchors share states and moves; in each such
frame all orders are judged in one batch, and each distinct order only once. Where a party's order
is wholly unknown, a conclusion *must* be true (under every order) or *may* be (under some).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.agreement import acceptable, agreements, is_agreement, possible_agreements
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting
from accordant.model.view import View
from accordant.reliance.conclusions import Conclusion
from accordant.stability import engine

Bools = NDArray[np.bool_]
BATCH_CELLS = 1 << 24
"""Most ranks (settings × parties × states) judged at once."""


@dataclass(frozen=True, eq=False)
class Truths:
    """Which conclusions must and may be true: arrays (settings, conclusions).

    ``exact`` says per setting whether what may be true is true under some order for certain, or
    only not excluded.
    """

    must: Bools
    may: Bools
    exact: Bools


@dataclass(frozen=True, eq=False)
class Equilibria:
    """For each concept in which settings which states must and may be equilibria."""

    bounds: dict[str, tuple[Bools, Bools]]
    exact: bool


class Evaluator:
    """The truth of a fixed list of conclusions in any setting, each setting looked at once."""

    def __init__(self, compiler: Compiler, conclusions: Sequence[Conclusion]) -> None:
        self.compiler = compiler
        self.conclusions = tuple(conclusions)
        self._known: dict[Setting, tuple[Bools, Bools, bool]] = {}
        self._packages: dict[object, bool | None] = {}
        self._concepts = tuple(dict.fromkeys(c.detail for c in conclusions if c.kind == "holds"))

    @property
    def looked_at(self) -> int:
        """Number of settings looked at so far."""
        return len(self._known)

    def truths(self, settings: Sequence[Setting]) -> Truths:
        """Which conclusions must and may be true in each setting."""
        new = [s for s in dict.fromkeys(settings) if s not in self._known]
        for views in by_frame(self.compiler, new):
            self._evaluate(views)
        rows = [self._known[s] for s in settings]
        shape = (len(rows), len(self.conclusions))
        must = np.array([r[0] for r in rows], dtype=bool).reshape(shape)
        may = np.array([r[1] for r in rows], dtype=bool).reshape(shape)
        return Truths(must, may, np.array([r[2] for r in rows], dtype=bool))

    def _evaluate(self, views: list[View]) -> None:
        """Settings of one frame."""
        must = np.zeros((len(views), len(self.conclusions)), dtype=bool)
        may = must.copy()
        holding = equilibria(views, self._concepts)
        numbers = views[0].space.numbers
        for k, conclusion in enumerate(self.conclusions):
            if conclusion.kind == "holds":
                state = numbers.get(conclusion.subject)
                if state is not None:
                    must[:, k], may[:, k] = (x[:, state] for x in holding.bounds[conclusion.detail])
            else:
                answers = [self._package(view, conclusion) for view in views]
                must[:, k] = [a is True for a in answers]
                may[:, k] = [a is not False for a in answers]
        for view, low, high in zip(views, must, may, strict=True):
            self._known[view.setting] = (low, high, holding.exact)

    def _package(self, view: View, conclusion: Conclusion) -> bool | None:
        if conclusion.subject in self.compiler.case.proposals and not view.made(conclusion.subject):
            return False
        parties = [conclusion.detail] if conclusion.kind == "acceptable" else deciders(self.compiler)
        key = (id(view.frame), conclusion, tuple(v for p in parties for v in voices(view, p)))
        if key not in self._packages:
            self._packages[key] = self._ask(view, conclusion)
        return self._packages[key]

    def _ask(self, view: View, conclusion: Conclusion) -> bool | None:
        if conclusion.kind == "agreement-exists":
            if agreements(view).any():
                return True
            return None if possible_agreements(view).any() else False
        state = self._state(view, conclusion.subject)
        if state is None:
            return False
        if conclusion.kind == "agreement":
            return is_agreement(view, state)
        return acceptable(view, conclusion.detail, state)

    def _state(self, view: View, subject: str) -> int | None:
        if subject in self.compiler.case.proposals:
            return view.package(subject).state
        return view.space.numbers.get(subject)


def deciders(compiler: Compiler) -> list[str]:
    """The parties whose acceptance makes an agreement."""
    return [p for p, party in compiler.case.parties.items() if party.role == "party"]


def voices(view: View, party: str) -> tuple[object, ...]:
    """What the answer of a party depends on in one frame: its order, and its constituencies'."""
    vetoes = (c for c, (of, _) in view.constituencies.items() if of == party)
    return tuple(view.order_key(p) for p in (party, *vetoes))


def by_frame(compiler: Compiler, settings: Iterable[Setting]) -> list[list[View]]:
    """The views of some settings, those of one frame together, no batch too large to judge."""
    grouped: dict[int, list[View]] = {}
    for setting in settings:
        view = compiler.view(setting)
        grouped.setdefault(id(view.frame), []).append(view)
    batches = []
    for views in grouped.values():
        room = max(1, BATCH_CELLS // max(1, views[0].model.n * len(views[0].parties)))
        batches += [views[start : start + room] for start in range(0, len(views), room)]
    return batches


def equilibria(views: Sequence[View], concepts: Sequence[str]) -> Equilibria:
    """Where every party is stable, for settings of one frame; arrays (settings, states)."""
    if not concepts:
        return Equilibria({}, exact=True)
    model = views[0].model
    distinct: dict[object, int] = {}
    which = [distinct.setdefault(tuple(v.order_key(p) for p in v.parties), len(distinct)) for v in views]
    kept: dict[int, View] = {}
    for view, number in zip(views, which, strict=True):
        kept.setdefault(number, view)
    if all(bool(v.known.all()) for v in kept.values()):
        orders = np.stack([v.orders for v in kept.values()])
        verdicts = engine.judge_batch(model, orders, concepts)
        sure = {c: stable.all(axis=1)[which] for c, stable in verdicts.items()}
        return Equilibria({c: (s, s) for c, s in sure.items()}, exact=True)
    found = [engine.equilibrium_bounds(model, v.orders, v.known, concepts) for v in kept.values()]
    bounds = {}
    for c in concepts:
        must = np.stack([b.bounds[c][0] for b in found])[which]
        may = np.stack([b.bounds[c][1] for b in found])[which]
        bounds[c] = (must, may)
    return Equilibria(bounds, exact=all(b.exact for b in found))


def possible_equilibria(
    compiler: Compiler, settings: Iterable[Setting], concepts: Sequence[str]
) -> list[str]:
    """Every state that is an equilibrium under some concept in some setting, in state order."""
    names = compiler.space().names
    may = np.zeros(len(names), dtype=bool)
    for views in by_frame(compiler, settings):
        at = np.array([views[0].space.numbers.get(name, -1) for name in names])
        for _, high in equilibria(views, concepts).bounds.values():
            may |= (at >= 0) & high.any(axis=0)[at]
    return [name for name, possible in zip(names, may, strict=True) if possible]
