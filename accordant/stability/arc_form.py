"""A model as lists of arcs, forward and backward, and its verdicts.

Any model can be listed. Small ones are, because one kernel then serves everything; large ones only
where the option form does not apply: graphs given arc by arc, merged states, directions that do not
compose.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import ArcMoves, GraphModel
from accordant.stability.machine import WORTH_THREADS, workers
from accordant.stability.readings import Reading

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]

KINDS = 5


@dataclass(frozen=True, eq=False)
class ArcForm:
    """Arcs of all movers end to end: those from state s of mover k lie at ``start[k, s]`` onwards.

    ``ahead`` lists targets for the parties alone, ``back`` sources for all movers.
    """

    ahead_start: Int64s
    ahead: Int32s
    back_start: Int64s
    back: Int32s
    opponents: tuple[tuple[int, ...], ...]
    transitive: tuple[bool, ...]
    steps: dict[Reading, _Steps] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Number of states."""
        return int(self.ahead_start.shape[1]) - 1


_forms: WeakKeyDictionary[GraphModel, ArcForm] = WeakKeyDictionary()


def arc_form(model: GraphModel) -> ArcForm:
    """The arcs of a model, made once."""
    if model not in _forms:
        arcs = [m.moves.arcs for m in model.movers]
        parties = len(model.parties)
        moving = [len(a.targets) > 0 for a in arcs]
        opponents = tuple(
            tuple(k for k, m in enumerate(model.movers) if moving[k] and i not in m.parties)
            for i in range(parties)
        )
        _forms[model] = ArcForm(
            *end_to_end(arcs[:parties], model.n),
            *end_to_end([_reverse(a) for a in arcs], model.n),
            opponents,
            tuple(a.transitive for a in arcs),
        )
    return _forms[model]


def _reverse(arcs: ArcMoves) -> ArcMoves:
    n = len(arcs.indptr) - 1
    sources = np.repeat(np.arange(n, dtype=np.int32), np.diff(arcs.indptr))
    indptr = np.concatenate([[0], np.cumsum(np.bincount(arcs.targets, minlength=n))]).astype(np.int64)
    return ArcMoves(indptr, sources[np.argsort(arcs.targets, kind="stable")], arcs.transitive)


def end_to_end(arcs: list[ArcMoves], n: int) -> tuple[Int64s, Int32s]:
    """The targets of several lists of arcs in one, and where those from each state begin, per list."""
    start = np.zeros((len(arcs), n + 1), dtype=np.int64)
    offset = 0
    for k, a in enumerate(arcs):
        start[k] = a.indptr + offset
        offset += len(a.targets)
    targets = [a.targets for a in arcs] or [np.zeros(0, dtype=np.int32)]
    return start, np.concatenate(targets).astype(np.int32)


@dataclass(frozen=True, eq=False)
class _Steps:
    """Who moves against whom, as the kernel wants it: lists end to end with (start, end) of each.

    ``track`` says whether the last mover matters: shape (any moves, improvements; parties).
    """

    member_start: Int32s
    members: Int32s
    opponent_range: Int32s
    opponents: Int32s
    credible_range: Int32s
    credible: Int32s
    track: Bools


def _steps(form: ArcForm, reading: Reading) -> _Steps:
    if reading not in form.steps:
        able = [tuple(k for k in ks if reading[k] is not None) for ks in form.opponents]
        member_range, members = _ranges([r or () for r in reading])
        member_start = np.append(member_range[:, 0], len(members)).astype(np.int32)
        track = [[not all(form.transitive[k] for k in ks) for ks in some] for some in (form.opponents, able)]
        form.steps[reading] = _Steps(
            member_start,
            members,
            *_ranges(form.opponents),
            *_ranges(able),
            np.array(track, dtype=bool).reshape(2, -1),
        )
    return form.steps[reading]


def _ranges(lists: Sequence[tuple[int, ...]]) -> tuple[Int32s, Int32s]:
    ends = np.cumsum([0, *(len(x) for x in lists)])
    flat = np.array([k for x in lists for k in x], dtype=np.int32)
    return np.stack([ends[:-1], ends[1:]], axis=1).astype(np.int32), flat


def verdicts(
    form: ArcForm, ranks: Int32s, levels: int, reading: Reading, wanted: Bools, parties: Bools | None = None
) -> Bools:
    """Verdicts of each kind for every party in every setting.

    Parameters
    ----------
    form
        The arcs.
    ranks
        Shape (settings, parties, n), from :func:`accordant.stability.ranks.compact`.
    levels
        One more than the largest rank.
    reading
        Who has to gain by a credible step.
    wanted
        Which of the five kinds to judge (:attr:`accordant.stability.concept.Concept.kind`).
    parties
        Which parties to judge; all by default.

    Returns
    -------
    array of bool, shape (kinds, settings, parties, n)
        True where the state is stable; kinds that are not wanted are left False.
    """
    from accordant.stability.kernels.arcs import judge_tasks

    settings, count, n = ranks.shape
    stable = np.zeros((KINDS, settings, count, n), dtype=bool)
    steps = _steps(form, reading)
    judged = np.ones(count, dtype=bool) if parties is None else parties
    tasks = np.flatnonzero(np.tile(judged, settings)).astype(np.int64)

    def run(some: Int64s) -> None:
        judge_tasks(
            some, ranks, levels, wanted, form.ahead_start, form.ahead, form.back_start, form.back,
            steps.member_start, steps.members, steps.opponent_range, steps.opponents,
            steps.credible_range, steps.credible, steps.track, stable,
        )  # fmt: skip

    work = len(tasks) * (len(form.back) + 4 * n)
    if work < WORTH_THREADS or workers() < 2 or len(tasks) < 2:
        run(tasks)
    else:
        # several pieces per thread, because parties differ in what they have to do
        pieces = np.array_split(tasks, min(len(tasks), 4 * workers()))
        with ThreadPoolExecutor(workers()) as pool:
            list(pool.map(run, pieces))
    return stable
