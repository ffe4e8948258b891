"""What each fairness lens picks on a frontier whose packages are put together on demand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from accordant.agreement.additive.frontier import AdditiveFrontier
from accordant.agreement.additive.listing import Listing
from accordant.agreement.additive.problem import Additive, Codes
from accordant.agreement.additive.searching import SearchedFrontier
from accordant.agreement.lenses import apply
from accordant.agreement.lenses.contract import Lens
from accordant.agreement.lenses.hull import Mixture, apply_mixed
from accordant.agreement.numbers import NoBargain
from accordant.agreement.picks import Fairness, LensAnswer, Pick, Share, answered, mixture_of, text

LISTED = 40
"""Most packages listed for a lens; their number is exact where the frontier is."""


@dataclass(frozen=True, eq=False)
class Picked:
    """What the lenses pick, and the packages among it."""

    fairness: Fairness
    packages: tuple[Codes, ...]


def picked(
    found: AdditiveFrontier | None,
    problem: Additive | NoBargain,
    why: str,
    listing: Listing,
    lenses: Sequence[Lens],
    weights: Mapping[str, Fraction] | None,
    *,
    mixed: bool = False,
) -> Picked:
    """What each lens picks.

    Parameters
    ----------
    found, why
        The frontier, or why there is none.
    listing
        Takes up the packages that are picked, and names them.
    """
    if found is None or isinstance(problem, NoBargain):
        parties = () if isinstance(problem, NoBargain) else problem.parties
        answers = {lens.name: answered(lens, (), 0, refused=why) for lens in lenses}
        return Picked(Fairness(answers, parties, (), weights or {}, ways=1, mixed=mixed, note=why), ())
    taken: dict[Codes, None] = {}
    answers = {}
    for lens in lenses:
        answers[lens.name] = (_mixed if mixed else _alone)(found, listing, lens, weights, taken)
    points = found.points
    slack = {
        p: Fraction(s, scale) for p, s, scale in zip(points.parties, points.slack, points.scales, strict=True)
    }
    fairness = Fairness(
        answers,
        points.parties,
        tuple(p for p, number in zip(points.parties, points.cardinal, strict=True) if number),
        weights or {},
        efficient=counted(found),
        points=points.m if points.exact else None,
        no_deal={
            p: (Fraction(d, scale), Fraction(d, scale))
            for p, d, scale, number in zip(
                points.parties, points.reservations, points.scales, points.cardinal, strict=True
            )
            if number
        },
        mixed=mixed,
        slack=None if points.exact else slack,
        note=_near(slack) if found.made.near else "",
    )
    return Picked(fairness, tuple(taken))


def counted(found: AdditiveFrontier) -> int | None:
    """How many efficient packages there are; None where they were not counted."""
    points = found.points
    if not points.exact or points.m > LISTED or isinstance(found, SearchedFrontier):
        return None
    return sum(found.number(k) for k in range(points.m))


def _near(slack: Mapping[str, Fraction]) -> str:
    told = ", ".join(f"{p} {text(s)}" for p, s in slack.items())
    return (
        "The frontier is approximate, and what is said of other packages goes for those that give each party "
        f"at least as much more than no deal as may be given up ({told}); packages nearer to no deal may be "
        "missing."
    )


def _alone(
    found: AdditiveFrontier,
    listing: Listing,
    lens: Lens,
    weights: Mapping[str, Fraction] | None,
    taken: dict[Codes, None],
) -> LensAnswer:
    solution = apply(lens, found.points, weights)
    picks: list[Pick] = []
    for point in solution.points:
        for codes in found.members(int(point), LISTED - len(picks)):
            taken[codes] = None
            picks.append(_pick(found, listing, codes, int(point)))
    number = sum(found.number(int(point)) for point in solution.points)
    return answered(lens, picks, number, solution.compared, solution.notes, solution.refused)


def _pick(found: AdditiveFrontier, listing: Listing, codes: Codes, point: int) -> Pick:
    worths = {
        p: found.points.worth(k, point)
        for k, p in enumerate(found.points.parties)
        if found.points.cardinal[k]
    }
    return Pick(listing.add([codes])[0], found.problem.package(codes), worths)


def _mixed(
    found: AdditiveFrontier,
    listing: Listing,
    lens: Lens,
    weights: Mapping[str, Fraction] | None,
    taken: dict[Codes, None],
) -> LensAnswer:
    """Mixtures of packages; of those worth the same to everybody the first stands for all."""
    lottery = apply_mixed(lens, found.points, weights)
    picks = [_mixture(found, listing, m, taken) for m in lottery.mixtures]
    return answered(lens, picks, len(picks), lottery.compared, lottery.notes, lottery.refused)


def _mixture(found: AdditiveFrontier, listing: Listing, mixture: Mixture, taken: dict[Codes, None]) -> Pick:
    packages = [found.members(int(point), 1)[0] for point in mixture.points]
    taken.update(dict.fromkeys(packages))
    if len(packages) == 1:
        return _pick(found, listing, packages[0], int(mixture.points[0]))
    parts = [
        Share(name, share, found.problem.package(codes))
        for name, share, codes in zip(listing.add(packages), mixture.shares, packages, strict=True)
    ]
    points = found.points
    worths = {
        p: w for p, w, number in zip(points.parties, mixture.worths, points.cardinal, strict=True) if number
    }
    return mixture_of(parts, worths)
