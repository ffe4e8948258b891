"""A case as it is without what must not be seen: claims gone, sources described, names covered.

Whatever stood on what is gone is as if nothing stood behind it: a line, a rule or a controller is unsure, a
ranking, worths and what no deal is worth say nothing any more. What is a thing by itself, such as a
proposal, an event or somebody's view, goes where only what is gone told of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from accordant.case.base import FrozenDict, Grounded
from accordant.case.calling import called_anew, entry_of_origin, mapped, neutral_ids, renamed_sources
from accordant.case.deals import Stage
from accordant.case.describing import Descriptors, secrets
from accordant.case.grounds import SETTLED, chain, elements, falls_with, standings
from accordant.case.objects import Anchor, Case, Either, Issue, Line, Perception, Preference, Rule, Term
from accordant.case.sources import Sources
from accordant.case.veiling import Veil, Veiled
from accordant.case.worths import Delay, Reservation

_BLANK = ("ranking", "worth", "reservation", "delay")
"""Kinds of elements that are unknown as a whole once they are unsure, so that what they say can go."""
_MASKED = ("line", "red-line", "rule", "term")
UNTOLD = "[withheld]"
"""What stands in place of an expression that is not told; no expression can be written so."""
_PART = (Anchor, Delay, Issue, Line, Preference, Reservation, Rule, Stage, Term)
"""What becomes unsure where nothing is left behind it, since an answer may depend on it."""


@dataclass(frozen=True)
class Held:
    """What of a case must not be seen, by id.

    Attributes
    ----------
    claims
        Claims.
    entries
        Entries of the register of sources.
    """

    claims: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.claims or self.entries)


@dataclass(frozen=True)
class Redacted:
    """A case without what must not be seen.

    Attributes
    ----------
    case
        What may be seen.
    inside
        Claims that are gone because they are said inside one that is.
    origins, reports
        Those that only claims lead to that are gone.
    unsure
        Elements that nothing stands behind any more.
    blank
        Those among them, and among what was unsure before, of which nothing is said any more: rankings,
        worths, what no deal is worth and what waiting costs. In ``case`` they are filled with what tells
        nothing, so that every answer leaves them open.
    masked
        Lines, red lines, rules and terms that nothing stands behind any more: answers are checked both ways
        of them, and what they say is not told.
    dropped
        What is gone with the claims: ``proposals.offer-1``, ``events.e2``.
    described
        By origin or entry of the register, the words that stand in its place.
    renamed
        Ids that would tell a name, and what they are now.
    veil
        Every word that must not be seen.
    """

    case: Case
    inside: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    unsure: tuple[str, ...] = ()
    blank: frozenset[str] = frozenset()
    masked: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    described: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    veil: Veil = field(default_factory=lambda: Veil(()))

    @property
    def told(self) -> Case:
        """The case as it is told: without what fills the place of numbers, and without lines not told."""
        preferences = {
            p: _masked(p, _emptied(p, said, self.blank), self.masked)
            for p, said in self.case.preferences.items()
        }
        rules = tuple(
            rule.model_copy(update={"rule": UNTOLD}) if f"feasible.{k}" in self.masked else rule
            for k, rule in enumerate(self.case.feasible, 1)
        )
        return self.case.model_copy(update={"preferences": FrozenDict(preferences), "feasible": rules})


def redacted(case: Case, held: Held, also: Collection[Veiled] = ()) -> Redacted:
    """The case without some claims and entries of its register.

    Parameters
    ----------
    also
        Further words that must not be seen, as another version of the case tells them.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "They will go.", "at": (0, 13), "says": "They go", "kind": "offer"}
    >>> sources = Sources.model_validate({"claims": {"c1": said}})
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a", "assumed": "it is theirs"}},
    ...     "preferences": {"a": {"priorities": [{"want": "x", "because": "c1"}]}}})
    >>> found = redacted(case.model_copy(update={"sources": sources}), Held(frozenset({"c1"})))
    >>> found.unsure, dict(found.case.claims)
    (('a.priorities.1',), {})
    """
    if not held and not also:
        return Redacted(case)
    gone = held.claims and falls_with(case, held.claims) & set(case.claims)
    left = {c: claim for c, claim in case.claims.items() if c not in gone}
    lost = {part: _only(case, gone, part) for part in ("origin", "report")}
    described = Descriptors(case, held.entries, lost["origin"]).all()
    renamed = renamed_sources(case, held.entries, lost["origin"])
    words = [*secrets(case, gone, held.entries, lost["origin"], lost["report"], described), *also]
    neutral = neutral_ids(case, Veil(words).any_case, {*gone, *lost["origin"], *lost["report"]}, renamed)
    veil = Veil([*words, *(Veiled(id_, new, common=True) for id_, new in neutral.items())])
    without, dropped = _without(case, frozenset(gone))
    settled = without.model_copy(
        update={"sources": _sources(case, left, held.entries, lost, described, renamed)}
    )
    made = _covered(called_anew(settled, neutral) if neutral else settled, veil)
    before = {e.id: e for e in elements(case)}
    fell = {e.id for e in before.values() if e.grounds & gone and not e.standing - gone}
    unsure = tuple(e.id for e in elements(made) if e.id in fell and not before[e.id].unsure)
    return Redacted(
        case=made,
        inside=frozenset(gone) - held.claims,
        origins=lost["origin"],
        reports=lost["report"],
        unsure=unsure,
        blank=frozenset(e for e in fell if before[e].kind in _BLANK),
        masked={e: _expression(before[e].says) for e in sorted(fell) if before[e].kind in _MASKED},
        dropped=dropped,
        described=described,
        renamed={**renamed, **neutral},
        veil=veil,
    )


def _only(case: Case, gone: Collection[str], part: str) -> frozenset[str]:
    """Origins or reports that only claims lead to that are gone."""
    inside: set[str] = set()
    known: set[str] = set()
    for id_, claim in case.claims.items():
        (inside if id_ in gone else known).add(getattr(claim, part) or "")
    return frozenset(inside - known - {""})


# What stands on claims


def _without(case: Case, gone: frozenset[str]) -> tuple[Case, tuple[str, ...]]:
    """The case with nothing standing on claims that are gone, and what is gone with them."""
    if not gone:
        return case, ()
    dropped: list[str] = []
    out = gone | {c for c, standing in standings(case).items() if not standing.stands}

    def keeps(place: str, one: Grounded) -> bool:
        """Whether somebody else tells of something too."""
        told = not set(one.because) & gone or bool(set(one.because) - out) or one.assumed is not None
        if not told:
            dropped.append(place)
        return told

    update: dict[str, Any] = {}
    for name in ("proposals", "terms", "events", "perceptions", "judgements"):
        parts = getattr(case, name)
        update[name] = FrozenDict({k: v for k, v in parts.items() if keeps(f"{name}.{k}", v)})
    update["perceptions"] = FrozenDict(
        {party: _seen(seen, gone, out) for party, seen in update["perceptions"].items()}
    )
    update["positions"] = FrozenDict(
        {
            party: FrozenDict({i: p for i, p in held.items() if keeps(f"positions.{party}.{i}", p)})
            for party, held in case.positions.items()
        }
    )
    numbered = enumerate(case.relations, 1)
    update["relations"] = tuple(r for k, r in numbered if keeps(f"relations.{k}", r))
    smaller = case.model_copy(update=update)
    told = _told_of(smaller, case, dropped)
    made = mapped(told, lambda node: _ungrounded(node, gone, out))
    return made, tuple(dropped)


def _seen(seen: Perception, gone: frozenset[str], out: frozenset[str]) -> Perception:
    """How a party sees the case, without what others want where only claims tell of it that are gone."""
    kept = {
        party: believed
        for party, believed in seen.preferences.items()
        if not any(
            set(one.because) & gone and one.assumed is None and not set(one.because) - out
            for one in (believed, *believed.lines)
        )
    }
    return seen.model_copy(update={"preferences": FrozenDict(kept)})


def _told_of(case: Case, before: Case, dropped: list[str]) -> Case:
    """The case without references to proposals and guarantees that are gone."""
    terms = set(before.terms) - set(case.terms)
    proposals = {
        name: p.model_copy(update={"terms": tuple(t for t in p.terms if t not in terms)})
        for name, p in case.proposals.items()
    }
    lost = set(before.proposals) - set(case.proposals)
    judgements = dict(case.judgements)
    for id_, judged in case.judgements.items():
        inside = (judged.about or "").partition("(")[2].rstrip(")").split(",")[0].strip()
        if inside in lost:
            del judgements[id_]
            dropped.append(f"judgements.{id_}")
    for id_, judged in judgements.items():
        if judged.revises is not None and judged.revises not in judgements:
            judgements[id_] = judged.model_copy(update={"revises": None})
    kept = {"proposals": FrozenDict(proposals), "judgements": FrozenDict(judgements)}
    return case.model_copy(update=kept)


def _ungrounded(node: BaseModel, gone: frozenset[str], out: frozenset[str]) -> BaseModel:
    """A part of the case without claims that are gone; unsure where nothing else stands behind it."""
    because: tuple[str, ...] = getattr(node, "because", ())
    if not gone & set(because):
        return node
    update: dict[str, Any] = {"because": tuple(c for c in because if c not in gone)}
    if isinstance(node, _PART) and getattr(node, "assumed", None) is None and not set(because) - out:
        update["unsure"] = True
        update |= _said_no_more(node)
    return node.model_copy(update=update)


def _said_no_more(node: BaseModel) -> dict[str, Any]:
    """What a ranking, worths and reservations say, taken out: once unsure, they are unknown as a whole."""
    nothing: dict[str, Any] = {}
    if isinstance(node, Preference):
        nothing = {"degrees": (), "incomparable": ()}
        if node.ranking is not None:
            nothing["ranking"] = (_all_levels(node),)
        if node.worth is not None:
            nothing["worth"] = FrozenDict({issue: _flat(worth) for issue, worth in node.worth.items()})
        if node.table is not None:
            nothing["table"] = tuple((state, Decimal(0)) for state, _ in node.table)
    elif isinstance(node, Reservation) and node.worth is not None:
        nothing = {"worth": Decimal(0)}
    elif isinstance(node, Delay):
        nothing = {"cost": Decimal(0)} if node.factor is None else {"factor": Decimal(1)}
    return nothing


def _emptied(party: str, preference: Preference, blank: Collection[str]) -> Preference:
    """A preference without what only fills a place."""
    update: dict[str, Any] = {
        part: None
        for part in ("ranking", "worth", "table", "reservation", "delay")
        if f"{party}.{part}" in blank
    }
    return preference.model_copy(update=update) if update else preference


def _masked(party: str, preference: Preference, masked: Collection[str]) -> Preference:
    """A preference without what its lines say that are not told."""
    if not any(id_.startswith(f"{party}.") for id_ in masked):
        return preference

    def line(one: Any, id_: str) -> Any:
        if isinstance(one, Either):
            inside = tuple(line(part, f"{id_}.{k}") for k, part in enumerate(one.either, 1))
            return one.model_copy(update={"either": inside})
        key = "want" if isinstance(one, Line) else "if_" if isinstance(one, Term) else "rule"
        return one.model_copy(update={key: UNTOLD}) if id_ in masked else one

    update: dict[str, Any] = {}
    for part in ("never", "priorities", "also"):
        written = getattr(preference, part)
        if written:
            update[part] = tuple(line(one, f"{party}.{part}.{k}") for k, one in enumerate(written, 1))
    return preference.model_copy(update=update)


def _expression(says: str) -> str:
    """The expression in the words of an element."""
    return says.partition(" if ")[2] if says.startswith("worth ") else says.partition(": ")[2]


def _all_levels(node: Preference) -> tuple[Any, ...]:
    """Every state of a ranking on one level, in an order that says nothing."""
    return tuple(sorted((ref for level in node.levels for ref in level), key=str))


def _flat(worth: Any) -> Any:
    if isinstance(worth, Mapping):
        return FrozenDict(dict.fromkeys(worth, Decimal(0)))
    if isinstance(worth, BaseModel):  # straight lines
        points = getattr(worth, "linear", ())
        return worth.model_copy(update={"linear": tuple((at, Decimal(0)) for at, _ in points)})
    return Decimal(0)


# Where claims come from


def _sources(
    case: Case,
    left: Mapping[str, Any],
    entries: Collection[str],
    lost: Mapping[str, frozenset[str]],
    described: Mapping[str, str],
    renamed: Mapping[str, str],
) -> Sources:
    """What ``claims.yaml`` says, without what is gone, and with sources described that must not be named."""
    struck = _still_struck(case, left)
    claims = {}
    for id_, claim in left.items():
        changed: dict[str, Any] = {
            "contradicts": tuple(c for c in claim.contradicts if c in left),
            "confirms": tuple(c for c in claim.confirms if c in left),
            "origin": renamed.get(claim.origin or "", claim.origin),
        }
        if id_ in struck:
            # what a claim that is gone says against it still counts: it is not brought back
            changed["status"] = "contradicted"
        claims[id_] = claim.model_copy(update=changed)
    origins = {}
    for id_, origin in case.origins.items():
        entry = entry_of_origin(case, id_)
        if id_ in lost["origin"]:
            continue
        if entry in entries:
            said = {"name": None, "words": described[id_], "note": None, "register_": renamed[entry]}
            origin = origin.model_copy(update=said)
        origins[renamed.get(id_, id_)] = origin
    register = {}
    for id_, entered in case.sources.register_.items():
        if id_ in entries:
            nothing: dict[str, Any] = {"aliases": (), "reliability": (), "note": None}
            entered = entered.model_copy(update={"name": described[id_], "handling": "public", **nothing})
        register[renamed.get(id_, id_)] = entered
    reports = {
        id_: report.model_copy(update={"original": None}) if report.original in lost["report"] else report
        for id_, report in case.reports.items()
        if id_ not in lost["report"]
    }
    parts = {"claims": claims, "origins": origins, "reports": reports, "register_": register}
    return case.sources.model_copy(update={name: FrozenDict(part) for name, part in parts.items()})


def _still_struck(case: Case, left: Collection[str]) -> set[str]:
    """Claims that only claims contradict that are gone: out, and so is what they contradict themselves.

    A claim whose status says that it is contradicted contradicts nothing any more, so that those that
    only it contradicted are looked at again.
    """
    against: dict[str, set[str]] = {}
    for id_, claim in case.claims.items():
        if all(case.claims[c].status not in SETTLED for c in chain(case, id_)):
            for other in claim.contradicts:
                against.setdefault(other, set()).add(id_)
    struck: set[str] = set()
    while True:
        said = {id_ for id_ in left if not struck & set(chain(case, id_))}
        more = {
            id_
            for id_, by in against.items()
            if id_ in left and id_ not in struck and case.claims[id_].status == "open" and not by & said
        }
        if not more:
            return struck
        struck |= more


# Words

_FREE: Mapping[str, tuple[str, ...]] = {
    "Assumption": ("says",),
    "Case": ("title", "question", "note"),
    "Claim": ("quote", "says", "graded_because", "note", "entered_by", "reviewed_by"),
    "Commitment": ("name", "note"),
    "Event": ("place", "what", "note"),
    "Issue": ("name", "note"),
    "Judgement": ("by", "question", "likelihood", "note"),
    "Origin": ("words", "name", "outlet", "note"),
    "Outcome": ("says",),
    "Party": ("note",),
    "Position": ("interest", "note"),
    "Proposal": ("status", "note"),
    "Registered": ("name", "aliases", "note"),
    "Relation": ("kind", "note"),
    "Reliability": ("reason",),
    "Report": ("title", "outlet", "author", "address", "note"),
    "Stage": ("name", "event", "note"),
}
"""Fields that hold what a person wrote in a sentence or by name; nothing refers to them."""


def _covered(case: Case, veil: Veil) -> Case:
    """The case with every free text covered."""

    def cover(node: BaseModel) -> BaseModel:
        names = _FREE.get(type(node).__name__, ("note",) if isinstance(node, Grounded) else ())
        update: dict[str, Any] = {}
        for name in names:
            said = getattr(node, name, None)
            new = tuple(map(veil.cover, said)) if isinstance(said, tuple) else said and veil.cover(said)
            if new != said:
                update[name] = new
        return node.model_copy(update=update) if update else node

    return mapped(case, cover) if veil else case
