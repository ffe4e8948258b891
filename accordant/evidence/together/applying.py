"""A link that a person has accepted, in the case."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from accordant.case.objects import Case
from accordant.case.sources import Sources
from accordant.evidence.decisions import Decisions, Link, LinkDecided
from accordant.evidence.together.linking import SuggestedLink, joined


def applied(case: Case, link: SuggestedLink) -> Case:
    """The case with a link made; see the table of :mod:`accordant.evidence.together.linking`.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> from accordant.evidence.together.linking import LinkSide
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> sources = Sources.model_validate({"claims": {"c1": said, "c2": said}})
    >>> case = Case(title="t", parties={}, sources=sources)
    >>> side = LinkSide("c1", "s")
    >>> applied(case, SuggestedLink("confirms", ("c2", "c1"), (side, side), "")).claims["c2"].confirms
    ('c1',)
    """
    one, other = link.of
    sources = case.sources
    if link.kind in ("original", "corrects"):
        reports = {**case.reports, one: case.reports[one].model_copy(update={"original": other})}
        made = _with(sources, reports=reports)
    elif link.kind == "one-origin":
        made = _one_origin(sources, one, other)
    elif link.kind == "superseded":
        gone = case.claims[one].model_copy(update={"status": "superseded"})
        made = _with(sources, claims={**case.claims, one: gone})
    else:
        claim = case.claims[one]
        listed = getattr(claim, link.kind)
        changed = claim.model_copy(update={link.kind: (*listed, *(() if other in listed else (other,)))})
        made = _with(sources, claims={**case.claims, one: changed})
    return case.model_copy(update={"sources": made})


def _with(sources: Sources, **parts: object) -> Sources:
    fields = {name: getattr(sources, name) for name in type(sources).model_fields}
    return Sources(**{**fields, **parts})


def _one_origin(sources: Sources, kept: str, gone: str) -> Sources:
    """The second origin's claims with the first one; what the first does not say is taken from the second."""
    one, other = sources.origins[kept], sources.origins[gone]
    gaps = {
        name: value
        for name in ("words", "name", "count", "side", "outlet", "register_", "note")
        if getattr(one, name) is None and (value := getattr(other, name)) is not None
    }
    origins = {id_: o for id_, o in sources.origins.items() if id_ != gone}
    origins[kept] = one.model_copy(update=gaps)
    claims = {
        id_: c.model_copy(update={"origin": kept}) if c.origin == gone else c
        for id_, c in sources.claims.items()
    }
    return _with(sources, origins=origins, claims=claims)


@dataclass(frozen=True)
class Linked:
    """A case on the way: what was decided so far, in steps that can be undone.

    Attributes
    ----------
    before
        How it was before the last step; None at the start.
    """

    case: Case
    decisions: Decisions
    counts: tuple[tuple[str, int], ...] = ()
    before: Linked | None = field(default=None, repr=False)

    def decide(
        self, link: SuggestedLink, decision: LinkDecided, on: str, by: str | None, because: str | None
    ) -> Linked:
        """One step: the link is made if it was accepted, and the decision is kept."""
        case = applied(self.case, link) if decision == "accepted" else self.case
        kept = Link(kind=link.kind, of=link.key, decision=decision, on=on, by=by, because=because)
        counts = dict(self.counts)
        counts[decision] = counts.get(decision, 0) + 1
        return replace(
            self,
            case=case,
            decisions=self.decisions.with_link(kept),
            counts=tuple(counts.items()),
            before=self,
        )

    def still_open(self, link: SuggestedLink) -> bool:
        """Whether a link can still be made: what it joins is there, and not joined by another way."""
        one, other = link.of
        if link.kind in ("original", "corrects"):
            reports = self.case.reports
            return reports[one].original is None and reports[other].original != one
        if link.kind == "one-origin":
            return one in self.case.origins and other in self.case.origins
        if link.kind == "superseded":
            return self.case.claims[one].status != "superseded"
        if link.kind == "confirms":
            together = joined(self.case)
            return together[one] != together[other]
        return True
