"""A model's suggestions with those of the rules: the same attribution once, nothing of the rules lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from accordant.evidence.credits import with_outlets
from accordant.evidence.model_layer.grounding import Grounded
from accordant.evidence.model_layer.making import Making
from accordant.evidence.result import ReadResult, Suggestion
from accordant.evidence.spans import Span, cover

TOO = "the model too"
"""How the trace of a rule's suggestion begins to tell that the model found it as well."""
ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Merged:
    """The suggestions of a report.

    Attributes
    ----------
    ids
        For each suggestion of the model the id under which it stands; None for one that is another
        of its own again.
    shared
        How many stand under an id of the rules.
    """

    claims: tuple[Suggestion, ...]
    ids: tuple[str | None, ...]
    shared: int


def merge(result: ReadResult, making: Making, found: Sequence[Grounded]) -> Merged:
    """The rules' suggestions with the model's own put in at their places.

    Parameters
    ----------
    found
        In any order; the numbers by which they refer to each other hold within one paragraph.
    """
    order = sorted(range(len(found)), key=lambda k: (found[k].place.start, -found[k].place.end, k))
    ids: list[str | None] = [None] * len(found)
    claims = list(result.claims)
    own: list[int] = []
    shared: set[str] = set()
    for k in order:
        same = next((c for c in result.claims if _same_as_rule(found[k], c)), None)
        if same is not None:
            ids[k] = same.id
            if same.id not in shared:
                shared.add(same.id)
                claims[claims.index(_by_id(claims, same.id))] = _with_trace(result.text, same, found[k])
        elif not any(_same(found[k], found[j]) for j in own):
            own.append(k)
    for number, k in enumerate(own, 1):
        ids[k] = f"m{number}"
    claims = _put_in(claims, result, making, [(found[k], ids[k] or "") for k in own])
    claims = _nested_by_model(claims, found, ids)
    return Merged(tuple(claims), tuple(ids), sum(i is not None and i in shared for i in ids))


def _by_id(claims: Sequence[Suggestion], id_: str) -> Suggestion:
    return next(c for c in claims if c.id == id_)


def _same_as_rule(found: Grounded, claim: Suggestion) -> bool:
    """Whether a suggestion of the model and one of the rules are one attribution."""
    shared = _shared(found.parts, claim.parts)
    sizes = _size(found.parts), _size(claim.parts)
    if found.cue.meets(claim.cue_at):
        return 2 * shared >= min(sizes)
    whole = sizes[0] + sizes[1] - shared
    at = claim.source.at
    together = at is None and found.source is None
    together = together or (at is not None and found.source is not None and at.meets(found.source))
    return together and shared >= ALIKE * whole


def _same(one: Grounded, other: Grounded) -> bool:
    return one.cue.meets(other.cue) and 2 * _shared(one.parts, other.parts) >= min(
        _size(one.parts), _size(other.parts)
    )


def _shared(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)


def _size(parts: Sequence[Span]) -> int:
    return sum(p.end - p.start for p in parts)


def _with_trace(text: str, claim: Suggestion, found: Grounded) -> Suggestion:
    """A suggestion of the rules that the model made too, with what it has otherwise."""
    otherwise = []
    if found.at != claim.at:
        otherwise.append(f"content “{' … '.join(p.of(text) for p in found.parts)}”")
    if found.cue != claim.cue_at:
        otherwise.append(f"cue “{found.cue.of(text)}”")
    if found.source != claim.source.at:
        otherwise.append(f"source “{found.source.of(text)}”" if found.source else "no source")
    if found.proposed.kind != claim.source.kind:
        otherwise.append(f"kind {found.proposed.kind}")
    if found.proposed.act != claim.act:
        otherwise.append(f"act {found.proposed.act}")
    says = f"{TOO}, with {', '.join(otherwise)}" if otherwise else f"{TOO}: the same"
    return replace(claim, trace=(*claim.trace, says))


def _put_in(
    claims: list[Suggestion],
    result: ReadResult,
    making: Making,
    own: Sequence[tuple[Grounded, str]],
) -> list[Suggestion]:
    """The model's own suggestions at their places, outer ones before those inside them."""
    for_pronouns = sorted(claims, key=lambda c: (c.cue_at, c.at))
    told = 0
    for found, id_ in own:
        while told < len(for_pronouns) and for_pronouns[told].cue_at.start <= found.cue.start:
            making.remember(for_pronouns[told])
            told += 1
        outer = _around(claims, found)
        (made,) = with_outlets((making.make(found, id_, outer),), result.report.credits)
        claims = _inserted(claims, made)
    return claims


def _around(claims: Sequence[Suggestion], found: Grounded) -> Suggestion | None:
    """The smallest suggestion in whose words a whole attribution stands."""
    held = [c for c in claims if any(p.holds(found.place) for p in c.parts)]
    return min(held, key=lambda c: c.at.end - c.at.start, default=None)


def _inserted(claims: list[Suggestion], made: Suggestion) -> list[Suggestion]:
    place = (made.at.start, -made.at.end)
    after = next((k for k, c in enumerate(claims) if (c.at.start, -c.at.end) > place), len(claims))
    if made.within is not None:
        outer = next(k for k, c in enumerate(claims) if c.id == made.within)
        after = max(after, outer + 1)
    return [*claims[:after], made, *claims[after:]]


def _nested_by_model(
    claims: list[Suggestion], found: Sequence[Grounded], ids: Sequence[str | None]
) -> list[Suggestion]:
    """What the model says to be inside another of its suggestions, where it does stand inside of it."""
    by_number = {(f.paragraph, f.proposed.number): id_ for f, id_ in zip(found, ids, strict=True)}
    for inner, inner_id in zip(found, ids, strict=True):
        outer_id = by_number.get((inner.paragraph, inner.proposed.inside))
        if inner_id is not None and outer_id is not None and inner_id != outer_id:
            claims = _inside(claims, inner_id, outer_id)
    return claims


def _inside(claims: list[Suggestion], inner_id: str, outer_id: str) -> list[Suggestion]:
    inner, outer = _by_id(claims, inner_id), _by_id(claims, outer_id)
    stands = any(p.holds(cover((inner.at, inner.cue_at))) for p in outer.parts)
    if inner.within is not None or not stands:
        return claims
    at: str | None = outer.id
    while at is not None:  # never inside of itself
        if at == inner.id:
            return claims
        at = _by_id(claims, at).within
    moved = replace(inner, within=outer.id)
    rest = [moved if c.id == inner.id else c for c in claims]
    if rest.index(moved) < next(k for k, c in enumerate(rest) if c.id == outer.id):
        rest.remove(outer)
        rest.insert(rest.index(moved), outer)
    return rest
