"""What each part of a case stands on, and what is left when grounds are taken away.

An *element* is a part of the case that an answer can depend on: a preference line, a red line, a
ranking, worths, what no deal is worth, what waiting costs, a rule, who controls an issue, the moves
of a graph, the status quo, no deal, a proposal and its stages, a guarantee. Its *grounds* are claims
and assumptions. While one ground stands, the element is as it is written; when none is left, it is
*unsure*. Standing is settled once on the whole case: taking a claim away never brings another one
back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from accordant.case.base import Grounded
from accordant.case.chains import chain as chain
from accordant.case.objects import Case, Either
from accordant.case.register import Lookup
from accordant.case.worths import as_written

ElementKind = Literal[
    "line",
    "red-line",
    "ranking",
    "worth",
    "term",
    "rule",
    "control",
    "moves",
    "status-quo",
    "no-deal",
    "reservation",
    "delay",
    "proposal",
    "stage",
    "commitment",
]


@dataclass(frozen=True, slots=True)
class Element:
    """One part of the case with what it stands on.

    Attributes
    ----------
    id
        Its place, such as ``south.priorities.3``, ``feasible.1``, ``issues.truce``,
        ``proposals.offer-1``; lines of an ``either`` group are ``south.priorities.5.2``.
    subject
        The party, issue or proposal it belongs to; empty for rules and anchors.
    grounds
        Every ground, standing or not: claim ids and assumption ids.
    standing
        The grounds that stand.
    unsure
        Written ``unsure: true``, or without any ground that stands.
    stated
        False where the file gives no ground at all, so that the assumption is implicit.
    says
        The element in words, such as ``wants: not departure``.
    """

    id: str
    kind: ElementKind
    subject: str
    grounds: frozenset[str]
    standing: frozenset[str]
    unsure: bool
    stated: bool
    says: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a claim counts, and why not."""

    stands: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StatedAssumption:
    """An assumption with every element that stands on it."""

    id: str
    says: str
    stated: bool
    elements: tuple[str, ...]


def parts(case: Case) -> Iterator[tuple[str, ElementKind, str, str, Grounded | None]]:
    """Every element as (id, kind, subject, words, grounded object), in the order of the file."""
    for name, issue in case.issues.items():
        how = "all of " if issue.joint else "any of " if len(issue.holders) > 1 else ""
        yield (
            f"issues.{name}",
            "control",
            name,
            f"{name} is controlled by {how}{', '.join(issue.holders)}",
            issue,
        )
    for k, rule in enumerate(case.feasible, 1):
        yield f"feasible.{k}", "rule", "", f"rule: {rule.rule}", rule
    for party in case.moves or {}:
        yield f"moves.{party}", "moves", party, f"the moves of {party}", None
    if case.status_quo is not None:
        yield "status_quo", "status-quo", "", "the status quo", case.status_quo
    if case.no_deal is not None:
        yield "no_deal", "no-deal", "", "what no deal means", case.no_deal
    for party, preference in case.preferences.items():
        for k, red in enumerate(preference.never, 1):
            yield f"{party}.never.{k}", "red-line", party, f"never: {red.rule}", red
        for k, entry in enumerate(preference.priorities or (), 1):
            if isinstance(entry, Either):
                for m, line in enumerate(entry.either, 1):
                    yield f"{party}.priorities.{k}.{m}", "line", party, f"wants: {line.want}", line
            else:
                yield f"{party}.priorities.{k}", "line", party, f"wants: {entry.want}", entry
        if preference.ranking is not None:
            yield f"{party}.ranking", "ranking", party, f"the ranking of {party}", preference
        if preference.worth is not None:
            yield f"{party}.worth", "worth", party, f"the worths of {party}", preference
        if preference.table is not None:
            yield f"{party}.table", "worth", party, f"the worths of {party}", preference
        for k, term in enumerate(preference.also, 1):
            yield f"{party}.also.{k}", "term", party, f"worth {as_written(term.worth)} if {term.if_}", term
        if preference.reservation is not None:
            says = f"what no deal is worth to {party}"
            yield f"{party}.reservation", "reservation", party, says, preference.reservation
        if preference.delay is not None:
            yield f"{party}.delay", "delay", party, f"what waiting costs {party}", preference.delay
    for name, proposal in case.proposals.items():
        yield f"proposals.{name}", "proposal", name, f"the proposal {name} was made", proposal
        for k, stage in enumerate(proposal.stages, 1):
            says = f"{name} is carried out in stages: {stage.name}"
            yield f"proposals.{name}.stages.{k}", "stage", name, says, stage
    for name, given in case.terms.items():
        yield f"terms.{name}", "commitment", name, f"the {given.kind} {given.name or name} is given", given


def assumption_id(element: str) -> str:
    """The id of the assumption that an element without a named one stands on."""
    return f"assumed:{element}"


def _grounds(element: str, grounded: Grounded | None) -> tuple[frozenset[str], bool]:
    found: set[str] = set(grounded.because) if grounded else set()
    if grounded and grounded.assumed:
        found.add(grounded.assumed.id or assumption_id(element))
    stated = bool(found)
    return frozenset(found or {assumption_id(element)}), stated


def elements(case: Case) -> tuple[Element, ...]:
    """Every element of the case, in the order of the file.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}},
    ...     "preferences": {"a": {"priorities": ["x"]}}})
    >>> [(e.id, sorted(e.grounds)) for e in elements(case)]  # doctest: +NORMALIZE_WHITESPACE
    [('issues.x', ['assumed:issues.x']),
     ('a.priorities.1', ['assumed:a.priorities.1'])]
    """
    out = {claim for claim, state in standings(case).items() if not state.stands}
    made = []
    for id_, kind, subject, says, grounded in parts(case):
        grounds, stated = _grounds(id_, grounded)
        left = grounds - out
        unsure = bool(grounded and grounded.unsure) or not left
        made.append(Element(id_, kind, subject, grounds, left, unsure, stated, says))
    return tuple(made)


SETTLED = ("retracted", "superseded", "contradicted")
"""What a claim's status says where it counts for nothing any more."""


def standings(case: Case) -> dict[str, Standing]:
    """For each claim whether it counts, settled once on the whole case.

    A claim is out when it is retracted or superseded, or contradicted and not confirmed:
    by its own status, or by a claim that lists it under ``contradicts``. What is said inside a
    claim that is out is out too. A claim that somebody has withdrawn or found to be wrong (its
    status, or that of one around it, says so) contradicts nothing any more; of two claims that
    contradict each other and are both open, both are out.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> sources = Sources.model_validate({
    ...     "claims": {"c1": {**said, "contradicts": ["c2"]}, "c2": said, "c3": {**said, "within": "c2"}}})
    >>> case = Case(title="t", parties={}, sources=sources)
    >>> [standing.reason for standing in standings(case).values()]
    ['', 'contradicted by c1', 'said inside c2, which is contradicted by c1']
    """
    claims = case.claims
    struck: dict[str, str] = {}
    for id_, claim in claims.items():
        if not any(claims[c].status in SETTLED for c in chain(case, id_)):
            for other in claim.contradicts:
                struck.setdefault(other, id_)
    own: dict[str, Standing] = {}
    for id_, claim in claims.items():
        if claim.status in SETTLED:
            own[id_] = Standing(False, claim.status)
        elif id_ in struck and claim.status != "confirmed":
            own[id_] = Standing(False, f"contradicted by {struck[id_]}")
        else:
            own[id_] = Standing(True)
    return {id_: _with_outer(case, id_, own) for id_ in claims}


def _with_outer(case: Case, claim: str, own: dict[str, Standing]) -> Standing:
    for outer in chain(case, claim):
        if not own[outer].stands:
            return (
                own[claim]
                if outer == claim
                else Standing(False, f"said inside {outer}, which is {own[outer].reason}")
            )
    return own[claim]


def origins_of(case: Case, claim: str) -> frozenset[str]:
    """Every origin that a claim goes back to, its own and those it is said inside of."""
    return frozenset(o for c in chain(case, claim) if (o := case.claims[c].origin) is not None)


def one_source(case: Case) -> Mapping[str, str]:
    """For each origin the first in the file that is certainly the same: by its name, or by its entry.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> renn = {"kind": "named", "name": "Ida Renn"}
    >>> sources = Sources.model_validate({"origins": {"o1": renn, "o2": {"kind": "described"}, "o3": renn}})
    >>> one_source(Case(title="t", parties={}, sources=sources))
    {'o1': 'o1', 'o2': 'o2', 'o3': 'o1'}
    """
    return Lookup(case).one


def sources_of(case: Case, claim: str, one: Mapping[str, str]) -> frozenset[str]:
    """Every origin that a claim goes back to, those that are certainly one (:func:`one_source`) once."""
    return frozenset(one.get(o, o) for o in origins_of(case, claim))


def falls_with(case: Case, taken: Iterable[str]) -> frozenset[str]:
    """Every ground that falls when some are taken away.

    ``taken`` may name claims, origins and assumptions. With an origin fall its claims, and those of
    origins that are certainly the same; with a claim falls what is said inside it.
    """
    gone = set(taken)
    if named := gone & set(case.origins):
        one = one_source(case)
        whose = {one[o] for o in named}
        gone |= {o for o in case.origins if one[o] in whose}
    for id_ in case.claims if gone else ():
        if gone & set(chain(case, id_)) or gone & origins_of(case, id_):
            gone.add(id_)
    return frozenset(gone - set(case.origins))


def assumptions(case: Case) -> dict[str, StatedAssumption]:
    """Every assumption, stated or implicit, with the elements that stand on it."""
    found: dict[str, StatedAssumption] = {}
    words = {id_: (says, grounded) for id_, _, _, says, grounded in parts(case)}
    for element in elements(case):
        for ground in sorted(element.grounds - set(case.claims)):
            says, grounded = words[element.id]
            if grounded and grounded.assumed and ground == (grounded.assumed.id or assumption_id(element.id)):
                says = grounded.assumed.says
            known = found.get(ground)
            on = (*known.elements, element.id) if known else (element.id,)
            found[ground] = StatedAssumption(ground, known.says if known else says, element.stated, on)
    return found


def unnamed_claims(case: Case) -> frozenset[str]:
    """Claims that go back to somebody unnamed, through their own origin or one around it.

    A claim without an origin does where it is attributed to somebody described, and where nobody around
    it has an origin either and it is not attributed by name. What is said inside such a claim does too.
    """
    origins = case.origins
    own = frozenset(
        id_
        for id_, claim in case.claims.items()
        if any(o in origins and origins[o].unnamed for o in origins_of(case, id_))
        or (claim.origin is None and claim.attribution == "described")
        or (not origins_of(case, id_) and claim.attribution != "named")
    )
    return frozenset(id_ for id_ in case.claims if own & set(chain(case, id_)))


def claims_of_side(case: Case, side: str) -> frozenset[str]:
    """Claims that go back to an origin on one side."""
    return frozenset(
        id_
        for id_ in case.claims
        if any(o in case.origins and case.origins[o].side == side for o in origins_of(case, id_))
    )
