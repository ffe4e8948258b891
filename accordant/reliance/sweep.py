"""Always, sometimes or never: the status of conclusions over a space of settings.

A conclusion depends on few elements (:func:`relevant`): whether South accepts a package has nothing
to do with North's lines. Conclusions with the same elements form a :class:`Group`, and only their
own elements are varied; counts over all parties together follow by multiplication. A space that is
too large to list is searched for a counter-example (everything off, then each element alone, then
in order), and the result says when none was found rather than that there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from accordant.model.compiler import Compiler
from accordant.model.settings import Setting, SettingSpace
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.evaluate import Evaluator, deciders

ALWAYS, SOMETIMES, NEVER = 1, 0, -1
STATUS = {ALWAYS: "always", SOMETIMES: "sometimes", NEVER: "never"}
Statuses = NDArray[np.int8]

LISTED = 1 << 14
"""Most settings listed for one space of a small model."""
CELLS = 1 << 22
"""Settings × parties × states looked at for one space of a large model."""
CHUNK = 256


@dataclass(frozen=True, eq=False)
class Sweep:
    """Statuses over one space.

    Attributes
    ----------
    status
        One of ALWAYS, SOMETIMES, NEVER per conclusion of the group.
    true
        In how many of the listed settings each must be true (meaningful when complete).
    open
        Conclusions that are *sometimes* only because an unknown order does not exclude it.
    looked_at, listed
        Settings looked at, and settings that there are.
    """

    status: Statuses
    true: NDArray[np.int64]
    open: NDArray[np.bool_]
    looked_at: int
    listed: int

    @property
    def complete(self) -> bool:
        """Whether every setting was looked at."""
        return self.looked_at >= self.listed


def relevant(compiler: Compiler, conclusion: Conclusion) -> frozenset[str]:
    """Ids of the elements that can make a difference to a conclusion."""
    case = compiler.case
    structure = {"rule", "status-quo", "no-deal"}
    if conclusion.kind == "holds":
        structure |= {"control", "moves"}
        voices = set(compiler.parties)
    else:
        parties = {conclusion.detail} if conclusion.kind == "acceptable" else set(deciders(compiler))
        vetoes = {c for c, p in case.parties.items() if p.role == "constituency" and p.of in parties}
        voices = parties | vetoes
    orders = ("line", "red-line", "ranking", "worth", "term")
    return frozenset(
        e.id
        for e in compiler.elements
        if e.kind in structure
        or (e.kind in orders and e.subject in voices)
        or (e.kind == "proposal" and e.subject == conclusion.subject)
    )


class Group:
    """Conclusions that depend on the same elements."""

    def __init__(
        self, compiler: Compiler, elements: frozenset[str], conclusions: Sequence[Conclusion]
    ) -> None:
        self.compiler = compiler
        self.elements = elements
        self.conclusions = tuple(conclusions)
        self.evaluator = Evaluator(compiler, conclusions)

    @cached_property
    def limit(self) -> int:
        """Most settings to list for one space."""
        view = self.compiler.view()
        return int(min(LISTED, max(64, CELLS // max(1, view.model.n * len(view.parties)))))

    def narrow(self, space: SettingSpace) -> SettingSpace:
        """The same space with only this group's elements in it."""
        voices = {self.compiler.element[e].subject for e in self.elements} | set(self.compiler.parties)
        return replace(
            space,
            free=tuple(e for e in space.free if e in self.elements),
            lost=tuple(e for e in space.lost if e in self.elements),
            groups={g: k for g, k in space.groups.items() if f"{g}.1" in self.elements},
            unknown=tuple(p for p in space.unknown if p in voices),
            anchors={a: s for a, s in space.anchors.items() if a in self.elements},
        )

    def sweep(self, space: SettingSpace, pending: NDArray[np.bool_] | None = None) -> Sweep:
        """Statuses over a narrowed space; stops early once nothing pending is decided any more.

        Parameters
        ----------
        pending
            The conclusions that matter; all by default, and then every setting is looked at.
        """
        size = len(self.conclusions)
        always, never = np.ones(size, dtype=bool), np.ones(size, dtype=bool)
        yes, no = ~always, ~never
        true, looked = np.zeros(size, dtype=np.int64), 0
        complete = space.listed <= self.limit
        source = space.settings() if complete and pending is None else _promising(space)
        for chunk in _chunks(islice(source, self.limit + CHUNK)):
            truths = self.evaluator.truths(chunk)
            always &= truths.must.all(axis=0)
            never &= ~truths.may.any(axis=0)
            true += truths.must.sum(axis=0)
            exact = truths.exact[:, None]
            yes |= (truths.must | (truths.may & exact)).any(axis=0)
            no |= (~truths.may | (~truths.must & exact)).any(axis=0)
            looked += len(chunk)
            if pending is not None and not ((always | never) & pending).any():
                looked = space.listed  # nothing is left to find out
                break
        return Sweep(
            (always.astype(np.int8) - never).astype(np.int8), true, min(looked, space.listed), space.listed
        )


def groups_of(compiler: Compiler, conclusions: Iterable[Conclusion]) -> list[Group]:
    """Conclusions grouped by the elements that they depend on."""
    found: dict[frozenset[str], list[Conclusion]] = {}
    for conclusion in conclusions:
        found.setdefault(relevant(compiler, conclusion), []).append(conclusion)
    return [Group(compiler, elements, members) for elements, members in found.items()]


def _promising(space: SettingSpace) -> Iterator[Setting]:
    """Every setting once, those first that most often refute something."""
    first = next(space.settings())
    anchors = [space.anchors[a][:64] for a in space.anchors]
    early = [first, replace(first, off=first.off | set(space.free))]
    early += [replace(first, off=first.off | {e}) for e in space.free]
    early += [
        replace(early[-1 - k], off=first.off | (set(space.free) - {e})) for k, e in enumerate(space.free)
    ]
    for name, states in zip(space.anchors, anchors, strict=True):
        early += [_at(s, name, state) for s in early[:2] for state in states]
    seen = set()
    for setting in early:
        if setting not in seen:
            seen.add(setting)
            yield setting
    for setting in space.settings():
        if setting not in seen:
            yield setting


def _at(setting: Setting, anchor: str, state: str) -> Setting:
    if anchor == "status_quo":
        return replace(setting, status_quo=state)
    return replace(setting, no_deal=state)


def _chunks(settings: Iterator[Setting]) -> Iterator[list[Setting]]:
    size = 16  # small at first: one of the first few often decides
    while chunk := list(islice(settings, size)):
        yield chunk
        size = min(size * 4, CHUNK)
