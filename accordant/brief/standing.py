"""What a conclusion rests on, in words and cross references."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Basis, Ref, Rich, Text, joined, rich
from accordant.case.grounds import one_source, sources_of

if TYPE_CHECKING:
    from accordant.reliance.result import Rest, Status

NAMED = 3
"""Most grounds that a judgement names one by one."""

_FORM = re.compile(r"([a-z-]+)(?:\((.*)\))?")


@dataclass(frozen=True, slots=True)
class About:
    """A conclusion taken apart: its kind, what it is about, for whom or under which concept."""

    kind: str
    subject: str = ""
    detail: str = ""


def about(conclusion: str) -> About:
    """The parts of a conclusion's id.

    Examples
    --------
    >>> about("acceptable(offer-1, south)")
    About(kind='acceptable', subject='offer-1', detail='south')
    """
    found = _FORM.fullmatch(conclusion.strip())
    if found is None:
        return About(conclusion)
    kind, inside = found.group(1), found.group(2) or ""
    if kind in ("acceptable", "holds") and "," in inside:
        subject, detail = inside.rsplit(",", 1)
        return About(kind, subject.strip(), detail.strip())
    return About(kind, inside.strip())


def find(context: Context, conclusion: str) -> Rest | None:
    """A conclusion's result, None where it was not asked for."""
    return next((r for r in context.rests.conclusions if r.conclusion == conclusion), None)


def holds_under(context: Context, state: str) -> list[Rest]:
    """Whether a state holds under each concept of which it was asked."""
    found = (find(context, f"holds({state}, {concept})") for concept in context.stability.concepts)
    return [rest for rest in found if rest is not None]


def sentence(context: Context, conclusion: str) -> Rich:
    """The conclusion as a sentence that is true or false, concept always named."""
    parts = about(conclusion)
    if parts.kind == "acceptable":
        return rich(package_name(context, parts.subject), " is acceptable to ", context.party(parts.detail))
    if parts.kind == "agreement":
        return rich(package_name(context, parts.subject), " is an agreement")
    if parts.kind == "agreement-exists":
        return rich("An agreement exists")
    if parts.kind == "holds":
        concept = words.concept(parts.detail)
        return rich(context.state(parts.subject), f" holds under {concept}")
    return rich(conclusion)


def package_name(context: Context, subject: str) -> Rich:
    """A proposal, or a state, by name."""
    if subject in context.case.proposals:
        name = words.said(context.case, subject)
        return rich(Ref(context.ids("proposal", subject), (name,)))
    return rich(context.state(subject))


@dataclass(frozen=True, slots=True)
class Alike:
    """Conclusions on one state under several concepts that rest on the same things."""

    rests: tuple[Rest, ...]

    @property
    def first(self) -> Rest:
        """The one that stands for all."""
        return self.rests[0]


def alike(rests: Sequence[Rest]) -> list[Alike]:
    """Conclusions in their order; those on one state that rest on the same things as one."""
    found: dict[object, list[Rest]] = {}
    for rest in rests:
        parts = about(rest.conclusion)
        key: object = rest.conclusion
        if parts.kind == "holds":
            key = (parts.subject, _resting(rest))
        found.setdefault(key, []).append(rest)
    return [Alike(tuple(same)) for same in found.values()]


def shared(rests: Sequence[Rest]) -> list[tuple[Alike, ...]]:
    """Conclusions in their order; states that hold under the same concepts on the same grounds as one."""
    found: dict[object, list[Alike]] = {}
    for same in alike(rests):
        rest = same.first
        key: object = rest.conclusion
        if about(rest.conclusion).kind == "holds":
            key = (tuple(about(r.conclusion).detail for r in same.rests), _resting(rest))
        found.setdefault(key, []).append(same)
    return [tuple(together) for together in found.values()]


def _resting(rest: Rest) -> tuple[object, ...]:
    """All that is told of a conclusion but what it says."""
    return (
        (rest.status, rest.settings, rest.counted, rest.note, rest.falls_without),
        (rest.without_unnamed, rest.without_assumptions, tuple(rest.without_side.items())),
        (rest.supports, rest.breaks, rest.origin_supports, rest.origin_breaks),
    )


def rest_target(context: Context, conclusion: str) -> str:
    """The id of the row in which a conclusion is told."""
    for together in shared(context.rests.conclusions):
        if any(r.conclusion == conclusion for same in together for r in same.rests):
            return context.ids("rest", together[0].first.conclusion)
    return "rests"


def standing(status: Status, settings: tuple[int, int] | None) -> str:
    """A status in words, with its counts; never a decimal.

    Examples
    --------
    >>> standing("sometimes", (41, 48))
    'true in 41 of 48 admissible settings'
    >>> standing("never", (0, 1))
    'false in the one admissible setting'
    """
    word = {"always": "true", "never": "false", "sometimes": "open"}[status]
    if settings is None:
        tail = {"always": "whatever is unknown", "never": "whatever is unknown", "sometimes": "no count"}
        return f"{word} {tail[status]}" if status != "sometimes" else "open; there is no count"
    true, of = settings
    if of == 1:
        return f"{word} in the one admissible setting"
    if status == "sometimes":
        return f"true in {true:,} of {of:,} admissible settings"
    return f"{word} in all {of:,} admissible settings"


def certain(context: Context, state: str) -> list[str]:
    """The concepts under which a state holds in every setting."""
    return [name for name, states in context.sure.items() if state in states]


def holding(context: Context, state: str) -> str:
    """Whether a state holds, with concepts and settings: ``holds under Nash, in 8 of 16 settings``."""
    concepts = context.stability.concepts
    sure = certain(context, state)
    parts = [f"holds under {words.concepts(sure, len(concepts))}"] if sure else []
    counts: dict[tuple[int, int] | None, list[str]] = {}
    for name, found in concepts.items():
        if state in context.maybe[name]:
            counts.setdefault((found.counts or {}).get(state), []).append(name)
    for count, names in counts.items():
        under = words.concepts(names, len(concepts))
        if count is None:
            parts.append(f"may hold under {under}")
        else:
            parts.append(f"holds under {under} in {count[0]:,} of {count[1]:,} settings")
    return "; ".join(parts) or f"holds under none of the {words.number(len(concepts))} concepts"


def becomes(status: Status, other: Status) -> str:
    """What a change of status means."""
    if other == status:
        return "unchanged"
    return {"sometimes": "open", "always": "true", "never": "false"}[other]


def falls(context: Context, rest: Rest) -> list[str]:
    """The single things without which the answer changes, each told once.

    An origin stands for its claims; claims are named where their origin alone is not.
    """
    found = set(rest.falls_without)
    one = one_source(context.case)
    first: dict[str, str] = {}
    for origin in (o for o in context.case.origins if o in found):
        first.setdefault(one[origin], origin)
    origins = list(first.values())
    claims = context.case.claims
    covered = {c for c in claims if sources_of(context.case, c, one) & set(first)}
    rest_of = [g for g in context.labels if g in found and g not in covered]
    return [*origins, *rest_of]


def named_claims(context: Context, id_: str, within: Collection[str] | None = None) -> list[str]:
    """The standing claims that go back to an origin (or the one claim), those ``within`` a set."""
    one = one_source(context.case)
    found = [
        c
        for c in context.labels
        if c in context.case.claims
        and context.standing[c].stands
        and one.get(id_, id_) in (c, *sources_of(context.case, c, one))
        and (within is None or c in within)
    ]
    return found or ([id_] if id_ in context.assumptions else [])


def ground_in_words(context: Context, id_: str, within: Collection[str] = ()) -> Rich:
    """A claim, an origin or an assumption in a few words, linked."""
    if id_ in context.case.origins:
        claims = context.grounds(named_claims(context, id_, within))
        return rich(context.origin(id_), " " if claims else "", claims)
    if id_ in context.case.claims:
        origin = context.case.claims[id_].origin
        who = context.origin_words(origin) if origin else "a claim without an origin"
        return rich(who, " ", context.ground(id_))
    if id_ in context.assumptions:
        return rich("the assumption ", context.ground(id_))
    return rich(words.said(context.case, id_))


def falls_in_words(context: Context, rest: Rest, most: int | None = None) -> list[Rich]:
    """What the answer falls without, each told once; of many the first few, and how many more."""
    found = falls(context, rest)
    sets = (*rest.supports, *rest.breaks)
    within = {g for s in sets for g in s if g in context.case.claims} | set(rest.falls_without)
    told = [ground_in_words(context, g, within) for g in found[:most]]
    if most is not None and len(found) > most:
        more = Text(f"{words.number(len(found) - most)} more")
        told.append(rich(Ref(rest_target(context, rest.conclusion), (more,))))
    return told


def bases(context: Context, rest: Rest) -> tuple[Basis, ...]:
    """What a judgement rests on: settings, what it falls without, what it stands without."""
    if rest.status == "sometimes":
        said = rich(words.upper_first(standing(rest.status, rest.settings)))
        return (Basis("Settings", said if rest.settings else rich(said, _no_count(context))),)
    found = falls(context, rest)
    without = falls_in_words(context, rest, NAMED)
    still = [] if found else [rich("any single source or assumption")]
    origins = context.case.origins
    names_unnamed = any((g in origins and origins[g].unnamed) or g in context.unnamed for g in found)
    names_assumed = any(g in context.assumptions for g in found)
    for changed, named, what in (
        (rest.without_unnamed != rest.status, names_unnamed, "all unnamed sources"),
        (rest.without_assumptions != rest.status, names_assumed, "all assumptions together"),
    ):
        if not changed:
            still.append(rich(what))
        elif not named:
            without.append(rich(what))
    lines = [Basis("Settings", rich(f"Follows {_in_settings(rest.settings)}"))]
    if without:
        lines.append(Basis("Falls without", joined(without, "; ")))
    if still:
        lines.append(Basis("Stands without", joined(still, "; ")))
    return tuple(lines)


def _no_count(context: Context) -> Rich:
    """Why there is no count."""
    silent = [p for p in context.states.parties if p not in context.states.ranks]
    if not silent:
        return rich(", since something is wholly unknown")
    verb = " wants" if len(silent) == 1 else " want"
    return rich(", since nothing is known of what ", context.parties(silent), verb)


def _in_settings(settings: tuple[int, int] | None) -> str:
    if settings is None:
        return "whatever is not known"
    of = settings[1]
    return "in the one admissible setting" if of == 1 else f"in all {of:,} admissible settings"


def behind(context: Context, rest: Rest) -> list[str]:
    """The elements that a conclusion turns on, as far as the answers about proposals name them."""
    parts = about(rest.conclusion)
    answer = context.deals.proposals.get(parts.subject)
    found = answer.acceptable.get(parts.detail) if answer else None
    if found is None:
        return [e.id for e in context.elements.values() if e.unsure]
    return [e for e in (found.element, *found.turns_on) if e in context.elements]


def support(context: Context, rests: Sequence[Rest]) -> list[str]:
    """The claims and assumptions that conclusions stand on, for links down to the words.

    Smallest supports come first; a conclusion that is open has none, so that the grounds count of
    what it turns on.
    """
    found: list[str] = []
    for rest in rests:
        found += [g for s in rest.supports for g in s]
        found += [g for g in rest.falls_without if g in context.labels]
        if rest.status == "sometimes":
            found += [g for e in behind(context, rest) for g in context.elements[e].grounds]
    if not found:
        found += [g for rest in rests for s in rest.breaks for g in s]
    if not any(g in context.labels for g in _claims(context, found)):
        found += [g for rest in rests for g in rest.without]
    return context.ordered(_claims(context, found))


def _claims(context: Context, ids: Iterable[str]) -> list[str]:
    """Origins replaced by their claims."""
    found: list[str] = []
    for id_ in ids:
        found += named_claims(context, id_) if id_ in context.case.origins else [id_]
    return found
