"""What leaves the terminal does so without the words of restricted claims, unless they are named.

On a person's own terminal everything is shown; JSON, CSV and files are made to be passed on.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accordant.case.objects import Case
    from accordant.case.switches import Switch
    from accordant.evidence.handling import Handling
    from accordant.reliance.footing import Footing
    from accordant.reliance.result import Rest, RestsResult


def handling(case: Case, restricted: Collection[str] | None, *, leaves: bool) -> Handling:
    """What is withheld: nothing on the terminal, otherwise every restricted claim that is not named.

    Raises
    ------
    InputError
        If ``restricted`` names something that is no restricted claim of the case.
    """
    from accordant.evidence.handling import Handling

    named = Handling(case, restricted or ())
    return named if leaves else Handling.everything(case)


def released(case: Case, restricted: Collection[str] | None, *, leaves: bool) -> frozenset[str]:
    """Which restricted claims and entries may be shown; arguments and errors as for :func:`handling`."""
    return frozenset(handling(case, restricted, leaves=leaves).released)


def cleared(result: RestsResult, held: Handling) -> RestsResult:
    """The result without the words of what is withheld, and without sources that only it leads to.

    The ids of claims and the answers stay.
    """
    from accordant.evidence.handling import WITHHELD
    from accordant.evidence.switching import switch_cleared, switch_withheld

    grounds = {
        ground: WITHHELD if ground in held.withheld else said
        for ground, said in result.grounds.items()
        if not held.origin_withheld(ground)
    }
    switches = [switch for switch in result.switches if not switch_withheld(switch, held)]
    known = {switch.id for switch in switches}
    taken = tuple(id_ if id_ in known else WITHHELD for id_ in result.taken)
    parameters = {**dict(result.method.parameters), "without": ", ".join(dict.fromkeys(taken))}
    return replace(
        result,
        grounds=grounds,
        conclusions=tuple(_rest_cleared(rest, switches, held) for rest in result.conclusions),
        method=replace(result.method, parameters=tuple(parameters.items())),
        switches=tuple(switch_cleared(switch, held) for switch in switches),
        taken=taken,
        standing={claim: _footing_cleared(claim, one, held) for claim, one in result.standing.items()},
        kinds={ground: kind for ground, kind in result.kinds.items() if ground in grounds},
    )


def _rest_cleared(rest: Rest, switches: Collection[Switch], held: Handling) -> Rest:
    """A conclusion without what would tell whose a withheld claim is."""
    from accordant.evidence.switching import switch_tells

    sets = [*rest.origin_supports, *rest.origin_breaks]
    telling = any(not _free(origin, held) for one in sets for origin in one)
    left_out = "which origins are enough is left out, since claims of theirs are withheld" if telling else ""
    return replace(
        rest,
        without={g: s for g, s in rest.without.items() if held.tells(g, rest.falls_without)},
        single_points=tuple(g for g in _points(rest, held) if held.tells(g, rest.falls_without)),
        under={
            switch.id: rest.under[switch.id]
            for switch in switches
            if switch.id in rest.under and switch_tells(switch, rest.falls_without, held)
        },
        origin_supports=() if telling else rest.origin_supports,
        origin_breaks=() if telling else rest.origin_breaks,
        cut="; ".join(remark for remark in (rest.cut, left_out) if remark),
    )


def _points(rest: Rest, held: Handling) -> list[str]:
    """The single points of failure, a source by an origin of its that shown claims lead to."""
    from accordant.case.grounds import one_source

    one = one_source(held.case)
    shown = {one[g]: g for g in reversed(rest.falls_without) if g in one and not held.origin_withheld(g)}
    return [shown.get(one[g], g) if held.origin_withheld(g) else g for g in rest.single_points]


def _free(origin: str, held: Handling) -> bool:
    """Whether no withheld claim goes back to an origin."""
    from accordant.case.grounds import one_source, sources_of

    one = one_source(held.case)
    return all(one.get(origin, origin) not in sources_of(held.case, claim, one) for claim in held.withheld)


def _footing_cleared(claim: str, found: Footing, held: Handling) -> Footing:
    """A claim's standing without how many origins it has, where withheld claims are among what counts."""
    same = (claim, *(found.origins.claims if found.origins else ()))
    return replace(found, origins=None) if held.withheld & set(same) else found
