"""Claims of one report grouped by where they seem to come from."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter

from accordant.evidence.result import SuggestedOrigin, Suggestion


def with_origins(claims: tuple[Suggestion, ...]) -> tuple[tuple[Suggestion, ...], dict[str, SuggestedOrigin]]:
    """Give each claim a suggested origin: one per person, body, document or description.

    A pair that speaks together is one origin. Claims in nobody's mouth have none. Nothing is merged
    but what the report itself names alike or refers back to.
    """
    keys: dict[tuple[str, ...], str] = {}
    members: dict[str, list[Suggestion]] = {}
    made = []
    for claim in claims:
        key = _key(claim)
        if key is None:
            made.append(claim)
            continue
        id_ = keys.setdefault(key, f"o{len(keys) + 1}")
        claim = _of_origin(claim, id_)
        members.setdefault(id_, []).append(claim)
        made.append(claim)
    return tuple(made), {id_: _origin(id_, group) for id_, group in members.items()}


_NAMES = [field.name for field in fields(Suggestion)]
_VALUES = attrgetter(*_NAMES)
_ORIGIN = _NAMES.index("origin")


def _of_origin(claim: Suggestion, origin: str) -> Suggestion:
    # Every claim is copied once for this; to ask each field of a claim whether it changes takes four times
    # as long.
    values = list(_VALUES(claim))
    values[_ORIGIN] = origin
    return Suggestion(*values)


def _key(claim: Suggestion) -> tuple[str, ...] | None:
    source = claim.source
    if source.at is None:
        return None
    if source.name and source.kind in ("named", "institution"):
        return ("name", source.name.casefold().removeprefix("the "))
    if source.stands_for is not None:
        return ("place", str(source.stands_for.start))
    if source.kind == "described" and not source.definite:
        # “an official” twice may be two officials: one origin each, the words and place tell them apart.
        return ("place", str(source.at.start))
    return (source.kind, source.text.casefold().removeprefix("the "))


def _origin(id_: str, claims: list[Suggestion]) -> SuggestedOrigin:
    first = max((c.source for c in claims), key=lambda s: (s.stands_for is None, len(s.text)))
    outlets = [c.outlet for c in claims if c.outlet]
    return SuggestedOrigin(
        id_,
        first.kind,
        first.text,
        first.name,
        first.count,
        first.at_least,
        outlets[0] if outlets else None,
        tuple(c.id for c in claims),
    )
