"""Every fairness lens on a case, over everything that is unsure.

A lens needs one order and one worth of no deal for every party, so that it is applied to each *way*
in which what is unsure can turn out: each structure (rules, status quo, no deal), each setting of the
parties' lines in it, each choice of ends where no deal is worth a range. A pick says in how many of
them it stands. Where there are more ways than are gone through, the case as written is looked at alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Bargain, Points
from accordant.agreement.frontier import Efficient, efficient_points
from accordant.agreement.lenses import apply, find
from accordant.agreement.lenses.contract import Lens, Solution
from accordant.agreement.lenses.hull import Lottery, Mixture, apply_mixed
from accordant.agreement.lenses.weights import Number, read_weights
from accordant.agreement.numbers import End, NoBargain, bargain_of, numbered, ranged
from accordant.agreement.picks import Fairness, LensAnswer, Pick, Share, answered, mixture_of, text
from accordant.agreement.stands import acceptors
from accordant.agreement.survey import Survey
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting, SettingSpace
from accordant.model.view import View

WAYS = 256
"""Most ways that are gone through."""
CELLS = 20_000_000
"""Most of them times states times parties."""
LISTED = 40
"""Most packages listed for a lens; their number is exact."""
MATTERS = ("line", "red-line", "term")


@dataclass(frozen=True, eq=False)
class Way:
    """One way in which everything unsure turns out.

    Attributes
    ----------
    view
        The case in it.
    ends
        Of the ranges of what no deal is worth.
    place
        For each of its states the number in the widest space.
    label
        The ends in words, where nothing else is unsure.
    """

    view: View
    ends: Mapping[str, End]
    place: NDArray[np.intp]
    label: str = ""


@dataclass(eq=False)
class Looked:
    """What was found in the way looked at first, and how often each package was picked.

    Attributes
    ----------
    efficient, first
        The frontier of the case as it is written, and what each lens picks on it; None and nothing
        where it has none.
    times
        For each lens, in how many ways each package of the widest space was picked.
    worths
        What the packages that may be listed are worth, in the first way in which they were picked.
    when
        For each lens and package that may be listed, the labels of the ways in which it is picked.
    why
        Why a way has no frontier.
    """

    found: Survey
    without: str
    efficient: Efficient | None = None
    first: Mapping[str, Solution] = field(default_factory=dict)
    times: dict[str, NDArray[np.int32]] = field(default_factory=dict)
    worths: dict[int, tuple[Fraction | None, ...]] = field(default_factory=dict)
    when: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    ways: int = 0
    why: str = ""


def checked(
    compiler: Compiler, lenses: Sequence[str] | None, weights: Mapping[str, Number] | None
) -> tuple[tuple[Lens, ...], dict[str, Fraction] | None]:
    """Lenses by name, and weights as exact numbers, before anything is worked out.

    Raises
    ------
    InputError
        For an unknown lens, or weights that are not one positive number for each party.
    """
    parties = acceptors(compiler.case)
    exact = None if weights is None else dict(zip(parties, read_weights(parties, weights), strict=True))
    return find(lenses), exact


def fairness(
    found: Survey,
    lenses: Sequence[Lens],
    weights: Mapping[str, Fraction] | None = None,
    *,
    mixed: bool = False,
) -> tuple[Fairness, Efficient | None]:
    """What each lens picks, and the frontier of the case as it is written.

    ``mixed`` allows mixtures of packages, with the lines of the case as they are written.
    """
    ways, too_many = _ways(found)
    if mixed:
        return _mixtures(Looked(found, too_many), _written_ways(found), lenses, weights)
    looked = Looked(found, too_many)
    for way in ways:
        _look(looked, way, lenses, weights)
    return _answer(looked, lenses, weights or {}), looked.efficient


def _ways(found: Survey) -> tuple[list[Way], str]:
    """The ways to go through, the one as written first, and why they are not all, if so."""
    written = _written_ways(found)
    ends = [way.ends for way in written]
    settings = _line_settings(found)
    if settings.ranges is not None and settings.ranges.parties:
        return written[:1], ""  # a lens takes one number for each worth: it is refused in any way
    number = len(found.structures) * settings.listed * len(ends)
    if found.partial or number > WAYS or number * found.space.n * len(found.vetoes) > CELLS:
        why = (
            f"Of {number:,} ways in which what is unsure can turn out only the one as written was looked at."
        )
        return written[:1], why
    if number == len(ends):
        return written, ""
    made = []
    for structure in found.structures:
        base = structure.view.setting
        for lines in settings.settings():
            setting = Setting(base.off | lines.off, lines.perms, base.status_quo, base.no_deal)
            view = found.compiler.view(setting)
            made += [Way(view, chosen, structure.place) for chosen in ends]
    return made, ""


def _written_ways(found: Survey) -> list[Way]:
    """The case as it is written, with every choice of ends, the high ones first."""
    view, orders = found.written.view, found.written.view.frame.orders
    sides: list[list[tuple[str, End]]] = [[(p, "high"), (p, "low")] for p in ranged(view)]
    made = []
    for chosen in product(*sides):
        told = []
        for party, end in chosen:
            held, score = orders[party].reservation, orders[party].score
            value = None if held is None else held.high if end == "high" else held.low
            if value is not None and score is not None:
                told.append(f"{party} {text(Fraction(value, score.scale))}")
        made.append(Way(view, dict(chosen), found.written.place, ", ".join(told)))
    return made


def _line_settings(found: Survey) -> SettingSpace:
    kinds = found.compiler.element
    free = tuple(e for e in found.settings.free if kinds[e].kind in MATTERS)
    return replace(found.settings, free=free, anchors={})


def _look(looked: Looked, way: Way, lenses: Sequence[Lens], weights: Mapping[str, Fraction] | None) -> None:
    bargain = bargain_of(way.view, way.ends)
    looked.ways += 1
    if isinstance(bargain, NoBargain):
        looked.why = looked.why or bargain.reason
        return
    efficient = efficient_points(bargain)
    solved = {lens.name: apply(lens, efficient.points, weights) for lens in lenses}
    if looked.efficient is None and looked.ways == 1:
        looked.efficient, looked.first = efficient, solved
    for name, solution in solved.items():
        packages = efficient.together(solution.points)
        places = way.place[packages]
        times = looked.times.setdefault(name, np.zeros(looked.found.space.n, dtype=np.int32))
        times[places] += 1
        for package, place in zip(packages[:LISTED], places[:LISTED], strict=True):
            if int(place) not in looked.worths:
                looked.worths[int(place)] = _worths(bargain, int(package))
            if way.label:
                looked.when.setdefault((name, int(place)), []).append(way.label)


def _worths(bargain: Bargain, package: int) -> tuple[Fraction | None, ...]:
    return tuple(
        Fraction(int(u[package]), scale) if number else None
        for u, scale, number in zip(bargain.worths, bargain.scales, bargain.cardinal, strict=True)
    )


def _answer(looked: Looked, lenses: Sequence[Lens], weights: Mapping[str, Fraction]) -> Fairness:
    found, efficient = looked.found, looked.efficient
    parties = tuple(found.vetoes)
    answers = {lens.name: _lens(looked, lens, parties) for lens in lenses}
    note = " ".join(part for part in (looked.why, looked.without, crossed_lines(found)) if part)
    if efficient is None:
        return Fairness(answers, parties, (), weights, ways=looked.ways, note=note)
    points = efficient.points
    numbers = tuple(p for p, number in zip(parties, points.cardinal, strict=True) if number)
    return Fairness(
        answers,
        parties,
        numbers,
        weights,
        rational=efficient.rational,
        efficient=len(efficient.packages),
        points=points.m,
        no_deal=_no_deal(found, points),
        ways=looked.ways,
        note=note,
    )


def crossed_lines(found: Survey) -> str:
    """What lenses leave aside: red lines that no deal crosses as well are no numbers."""
    view = found.base
    told = [
        f"No deal crosses a red line of {found.compiler.case.parties[party].name or party} too ({element}): "
        "the lenses go by its numbers alone."
        for party in numbered(view)
        for element, crossed in view.red_lines(party)
        if any(crossed[d] for d in view.no_deal)
    ]
    return " ".join(told)


def _no_deal(found: Survey, points: Points) -> dict[str, tuple[Fraction, Fraction]]:
    orders = found.base.frame.orders
    made = {}
    for p, d, scale, number in zip(
        points.parties, points.reservations, points.scales, points.cardinal, strict=True
    ):
        held = orders[p].reservation
        low, high = (d, d) if held is None or held.low is None or held.high is None else (held.low, held.high)
        if number:
            made[p] = (Fraction(low, scale), Fraction(high, scale))
    return made


def _mixtures(
    looked: Looked, ways: Sequence[Way], lenses: Sequence[Lens], weights: Mapping[str, Fraction] | None
) -> tuple[Fairness, Efficient | None]:
    """What each lens picks where packages may be mixed, with each choice of ends."""
    first: dict[str, Lottery] = {}
    picked: dict[str, dict[str, Pick]] = {lens.name: {} for lens in lenses}
    for way in ways:
        here = Looked(looked.found, looked.without)
        _look(here, way, (), weights)
        looked.ways, looked.why = looked.ways + 1, looked.why or here.why
        looked.efficient = looked.efficient or here.efficient
        for lens in lenses:
            lottery = Lottery((), refused=here.why)
            if here.efficient is not None:
                lottery = apply_mixed(lens, here.efficient.points, weights)
            first.setdefault(lens.name, lottery)
            for mixture in lottery.mixtures:
                pick = _mixture(here, way, mixture)
                before = picked[lens.name].get(pick.package)
                when = (*(before.when if before else ()), *([way.label] if way.label else ()))
                number = before.ways[0] + 1 if before else 1
                picked[lens.name][pick.package] = replace(pick, ways=(number, len(ways)), when=when)
    answers = {}
    for lens in lenses:
        picks, one = tuple(picked[lens.name].values()), first[lens.name]
        answers[lens.name] = answered(lens, picks, len(picks), one.compared, one.notes, one.refused)
    return replace(_answer(looked, (), weights or {}), lenses=answers, mixed=True), looked.efficient


def _mixture(looked: Looked, way: Way, mixture: Mixture) -> Pick:
    """A mixture as a pick; of packages worth the same to everybody the first one stands for all."""
    efficient, space = looked.efficient, looked.found.space
    assert efficient is not None
    parts = []
    for point, share in zip(mixture.points, mixture.shares, strict=True):
        place = int(way.place[int(efficient.members(point)[0])])
        parts.append(Share(space.name(place), share, space.values_of(place)))
    bargain = efficient.bargain
    worths = {
        p: w for p, w, number in zip(bargain.parties, mixture.worths, bargain.cardinal, strict=True) if number
    }
    if len(parts) == 1:
        return Pick(parts[0].package, parts[0].values, worths)
    return mixture_of(parts, worths)


def _lens(looked: Looked, lens: Lens, parties: Sequence[str]) -> LensAnswer:
    first = looked.first.get(lens.name)
    times = looked.times.get(lens.name, np.zeros(0, dtype=np.int32))
    places = np.flatnonzero(times)
    order = places[np.argsort(-times[places], kind="stable")]
    listed = [place for place in order[: LISTED * len(looked.times)].tolist() if place in looked.worths][
        :LISTED
    ]
    space = looked.found.space
    picks = tuple(
        Pick(
            space.name(place),
            space.values_of(place),
            {p: w for p, w in zip(parties, looked.worths[place], strict=True) if w is not None},
            (int(times[place]), looked.ways),
            when=tuple(looked.when.get((lens.name, place), ())),
        )
        for place in listed
    )
    if first is None:
        return answered(lens, picks, len(places), refused="" if picks else looked.why)
    return answered(lens, picks, len(places), first.compared, first.notes, "" if picks else first.refused)
