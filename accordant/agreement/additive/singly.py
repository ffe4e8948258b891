"""What single lenses pick where there is no frontier to look at: one package each, searched for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from accordant.agreement.additive import searching
from accordant.agreement.additive.listing import Listing
from accordant.agreement.additive.picking import Picked
from accordant.agreement.additive.problem import Additive, Codes
from accordant.agreement.lenses.contract import Lens
from accordant.agreement.picks import Fairness, LensAnswer, Pick
from accordant.errors import TooLargeError

EMPTY = "no package is worth at least no deal to everyone"


def picked_singly(
    problem: Additive,
    why: str,
    listing: Listing,
    lenses: Sequence[Lens],
    weights: Mapping[str, Fraction] | None,
) -> Picked:
    """What a search finds for each lens that picks a package without looking at the whole frontier.

    Parameters
    ----------
    why
        Why there is no frontier.
    listing
        Takes up the packages that are found, and names them.
    """
    shares = None if weights is None else [weights[p] for p in problem.parties]
    taken: dict[Codes, None] = {}
    answers = {}
    for lens in lenses:
        try:
            found, refused = _single(lens, problem, shares)
        except TooLargeError as error:
            found, refused = None, str(error)
        if found is not None:
            taken[found.codes] = None
        answers[lens.name] = _answer(lens, problem, listing, found, refused)
    numbers = tuple(p for p, number in zip(problem.parties, problem.cardinal, strict=True) if number)
    fairness = Fairness(answers, problem.parties, numbers, weights or {}, note=f"No frontier: {why}.")
    return Picked(fairness, tuple(taken))


def _single(
    lens: Lens, problem: Additive, weights: Sequence[Fraction] | None
) -> tuple[searching.Single | None, str]:
    """What a search finds, or why there is nothing to find."""
    without = [p for p, number in zip(problem.parties, problem.cardinal, strict=True) if not number]
    if without:
        return None, f"it needs worths, and {', '.join(without)} gave an order only"
    match lens.name:
        case "utilitarian":
            return searching.utilitarian(problem, weights), EMPTY
        case "egalitarian":
            return searching.egalitarian(problem, weights), EMPTY
        case "kalai-smorodinsky":
            return searching.kalai_smorodinsky(problem), EMPTY
    return None, "it needs the whole frontier, and single packages were searched for"


def _answer(
    lens: Lens, problem: Additive, listing: Listing, found: searching.Single | None, refused: str
) -> LensAnswer:
    about = (lens.name, lens.title, lens.says, lens.assumes, lens.fails)
    if found is None:
        return LensAnswer(*about, refused=refused)
    worths = {
        p: Fraction(w, scale)
        for p, w, scale in zip(problem.parties, problem.worth(found.codes), problem.scales, strict=False)
    }
    pick = Pick(listing.add([found.codes])[0], problem.package(found.codes), worths)
    return LensAnswer(*about, (pick,), 1, found.compared, (found.proof,))


def searched_note(found: searching.SearchedFrontier) -> str:
    """What was proved of a frontier that was searched for."""
    nodes = sum(c.nodes for c in found.certificates)
    return (
        f"The frontier was searched for: {len(found.certificates):,} searches over {nodes:,} branches. "
        "Worths are whole numbers, and the bound of each search is less than 1 above what it found. For each "
        "point one package is known; others may be worth the same."
    )
