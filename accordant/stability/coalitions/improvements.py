"""What coalitions could improve together: found setting by setting, told as the case is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.model.view import View
from accordant.stability.coalitions.result import Improvement, Status
from accordant.stability.coalitions.sides import Side, coalition
from accordant.stability.coalitions.telling import way, way_told
from accordant.stability.coalitions.wishes import Wishes
from accordant.stability.telling import Telling, listed

Bools = NDArray[np.bool_]
Group = tuple[int, ...]
Key = tuple[Group, int, int]
Ways = tuple[NDArray[np.int64], NDArray[np.int64]]

ALL_STARTS = 20_000
"""States x states up to which improvements are listed from every state."""

MOST_STARTS = 20
"""Equilibria whose improvements are listed in larger models, besides the status quo."""

MOST_JUMPERS = 200
"""Equilibria up to which jumps between all of them are looked for."""

MOST_LISTED = 2000
"""Improvements listed."""


@dataclass
class _Count:
    """In how many settings something is so for certain."""

    sure: int = 0

    def add(self, sure: bool, weight: int) -> None:
        self.sure += weight if sure else 0


class Found:
    """Improvements and jumps over settings.

    Parameters
    ----------
    view
        The case as it is written.
    starts
        States (as the case is written) to list improvements from; chosen here where there are none.
    names
        The concepts that jumps are looked for under.
    """

    def __init__(self, view: View, starts: Sequence[int], names: Sequence[str]) -> None:
        self.view, self.names = view, names
        self.given = tuple(starts)
        self.improvements: dict[Key, _Count] = defaultdict(_Count)
        self.jumps: dict[tuple[Key, str], _Count] = defaultdict(_Count)
        self.total = 0
        self.open = False
        self.cut: tuple[str, ...] = ()
        self._frame: Mapping[Group, Side] = {}
        self._known: dict[tuple[Group, tuple[int, ...]], Ways] = {}

    def add(
        self,
        sides: Mapping[Group, Side],
        number: NDArray[np.int64],
        wishes: Wishes,
        equilibria: Mapping[str, tuple[Bools, Bools]],
        weight: int,
        pareto: bool,
    ) -> None:
        """Count the improvements and jumps of one combination of orders.

        Parameters
        ----------
        sides
            The coalitions, in the frame of these orders.
        number
            For each state of the frame its number as the case is written, -1 for one that is not there.
        equilibria
            For each concept the states at which every party stays on its own: surely, and possibly.
        """
        self.total += weight
        self.open |= not wishes.known.all()
        starts = self._starts(number, equilibria)
        for group, side in sides.items():
            here = {
                (group, int(number[s]), int(number[q])): sure
                for ways in self._ways(sides, group, starts)
                for s, q, sure in _better(*ways, wishes, group, pareto)
                if number[q] >= 0
            }
            for name, (must, may) in equilibria.items() if len(group) > 1 else ():
                able = self._jumpers(name, may & (number >= 0))
                to = [able[side.reach.leads(int(s), able)] for s in able]
                for s, q, sure in _better(*_end_to_end(able, to), wishes, group, pareto):
                    key = (group, int(number[s]), int(number[q]))
                    self.jumps[key, name].add(sure and bool(must[s] and must[q]), weight)
                    here[key] = sure
            for key, sure in here.items():
                self.improvements[key].add(sure, weight)

    def _ways(self, sides: Mapping[Group, Side], group: Group, starts: Sequence[int]) -> Iterable[Ways]:
        """Where a coalition can go from some states: of small models at once, and kept for all orders."""
        side = sides[group]
        if side.model.n**2 > ALL_STARTS:
            return (_end_to_end([s], [side.reach.from_state(s)]) for s in starts)
        if self._frame is not sides:
            self._frame, self._known = sides, {}
        key = (group, tuple(starts))
        if key not in self._known:
            self._known[key] = _end_to_end(starts, [side.reach.from_state(s) for s in starts])
        return [self._known[key]]

    def _jumpers(self, name: str, held: Bools) -> NDArray[np.intp]:
        able = np.flatnonzero(held)
        if len(able) > MOST_JUMPERS:
            self._say(
                f"under {name}, jumps between the first {MOST_JUMPERS:,} of {len(able):,} equilibria only"
            )
        return able[:MOST_JUMPERS]

    def _starts(self, number: NDArray[np.int64], equilibria: Mapping[str, tuple[Bools, Bools]]) -> list[int]:
        """States of a frame to list improvements from."""
        at = {int(k): s for s, k in enumerate(number) if k >= 0} if len(number) ** 2 <= ALL_STARTS else {}
        if self.given:
            chosen = [int(np.flatnonzero(number == s)[0]) for s in self.given]
        elif at:
            chosen = [at[k] for k in sorted(at)]
        else:
            held = [s for _, may in equilibria.values() for s in np.flatnonzero(may)[:MOST_STARTS]]
            first = [] if self.view.status_quo is None else [self.view.status_quo]
            chosen = [*np.flatnonzero(np.isin(number, first)), *(s for s in held if number[s] >= 0)]
            self._say(
                "improvements from the status quo and from some equilibria only; --from asks for others"
            )
        return sorted({int(s) for s in chosen})

    def _say(self, text: str) -> None:
        if text not in self.cut:
            self.cut = (*self.cut, text)

    def listed(self) -> list[Key]:
        """What is told: jumps first, then small coalitions before large ones."""
        jumps: dict[Key, int] = defaultdict(int)
        for (key, _), count in self.jumps.items():
            jumps[key] += 1 + len(self.names) * (count.sure == self.total)
        # jumps that are so in every setting and under most concepts come first
        keys = sorted(self.improvements, key=lambda k: (-jumps[k], len(k[0]), k))
        if len(keys) > MOST_LISTED:
            self._say(f"{MOST_LISTED:,} of {len(keys):,} improvements are listed")
        return keys[:MOST_LISTED]


def _end_to_end(starts: Sequence[int] | NDArray[np.intp], to: Sequence[NDArray[np.integer]]) -> Ways:
    """From each start to each of its targets."""
    sources = np.repeat(np.asarray(starts, dtype=np.int64), [len(t) for t in to])
    return sources, np.concatenate([np.zeros(0, dtype=np.int64), *to])


def _better(
    sources: NDArray[np.int64],
    targets: NDArray[np.int64],
    wishes: Wishes,
    members: Sequence[int],
    pareto: bool,
) -> Iterator[tuple[int, int, bool]]:
    """Of some ways those that may lead all members to something better, and whether they surely do."""
    able = wishes.better(members, sources, targets, pareto=pareto, sure=False)
    s, t = sources[able], targets[able]
    sure = wishes.better(members, s, t, pareto=pareto, sure=True)
    yield from zip(map(int, s), map(int, t), map(bool, sure), strict=True)


def told(view: View, found: Found, pareto: bool, uncounted: bool) -> tuple[Improvement, ...]:
    """Every improvement that was found, in words.

    Parameters
    ----------
    view
        The case as it is written.
    uncounted
        Whether settings cannot be counted.
    """
    telling = _Words(view, pareto)
    counted = not (uncounted or found.open)
    sides: dict[Group, Side] = {}
    every = []
    for key in found.listed():
        group = key[0]
        if group not in sides:
            sides[group] = coalition(view.model, group)
        jumps = {n: found.jumps[key, n] for n in found.names if (key, n) in found.jumps}
        count = found.improvements[key]
        every.append(telling.improvement(key, sides[group], count, jumps, found.total, counted))
    # what takes everybody tells more than what some members could do without the others
    return tuple(sorted(every, key=lambda i: int(_spared(i)) if i.jumps else 2))


class _Words:
    def __init__(self, view: View, pareto: bool) -> None:
        self.view, self.pareto = view, pareto

    def improvement(
        self,
        key: Key,
        side: Side,
        count: _Count,
        jumps: Mapping[str, _Count],
        total: int,
        counted: bool,
    ) -> Improvement:
        """One improvement with its moves and its sentence."""
        group, s, q = key
        telling = Telling(self.view, s, group[0], "")
        led = bool(side.reach.leads(s, np.array([q]))[0])
        steps = way(self.view.model, group, s, q) if led else ()
        status = _status(count, total)
        under: dict[str, Status] = {name: _status(c, total) for name, c in jumps.items()}
        names = [telling.name(p) for p in group]
        text = self._can(names, s, q) + (way_told(telling, steps) if len(group) > 1 and steps else "") + "."
        idle = [telling.name(p) for p in group if steps and not any(p in step.mover for step in steps)]
        if idle:
            text += f" {listed(idle)} need not move."
        text += _jump_told(under)
        if status != "always":
            how_often = f"{count.sure:,} of {total:,}" if counted else "some"
            text += f" That is so in {how_often} settings."
        return Improvement(
            by=tuple(self.view.parties[p] for p in group),
            start=self.view.space.name(s),
            end=self.view.space.name(q),
            moves=telling.moves(steps),
            status=status,
            counts=(count.sure, total) if counted else None,
            jumps=under,
            jump_counts={n: (c.sure, total) if counted else None for n, c in jumps.items()},
            says=text,
        )

    def _can(self, names: Sequence[str], s: int, q: int) -> str:
        here, there = self.view.space.name(s), self.view.space.name(q)
        if len(names) == 1:
            return f"{names[0]} can move from {here} to {there}, which it likes better"
        likes = f"{'both' if len(names) == 2 else 'all'} like better"
        if self.pareto:
            likes = "one of them likes better and none less"
        return f"{listed(names)} can together move from {here} to {there}, which {likes}"


def _spared(improvement: Improvement) -> bool:
    """Whether some member need not move."""
    return set(improvement.by) > {p for m in improvement.moves for p in m.mover}


def _jump_told(under: Mapping[str, Status]) -> str:
    """Under which concepts nobody would have left either state alone."""
    sure = [name for name, status in under.items() if status == "always"]
    maybe = [name for name, status in under.items() if status == "sometimes"]
    text = f" Each party on its own would stay at both under {listed(sure)}." if sure else ""
    return text + (
        f" In some settings each party on its own would stay at both under {listed(maybe)}." if maybe else ""
    )


def _status(count: _Count, total: int) -> Status:
    return "always" if count.sure == total else "sometimes"
