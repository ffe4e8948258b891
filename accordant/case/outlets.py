"""Which outlet a claim goes back to: whoever first had it, not the page that it was read on."""

from __future__ import annotations

import re

from accordant.case.chains import chain, linked
from accordant.case.grounds import origins_of, standings
from accordant.case.identity import plain
from accordant.case.objects import Case
from accordant.case.register import Lookup

_VOICES = ("outlet", "unattributed")
"""Kinds of origins that speak in nobody's voice but that of the report."""


def by_outlet(case: Case) -> dict[str, frozenset[str]]:
    """For each outlet the claims that go back to it, outlets in the order in which they first appear.

    A claim goes back to the outlet that its origin told, or that is its origin; where neither is said,
    to the outlet of its report, or of the report that this one rewrites. What a rewrite says in its
    own voice goes back to both. What is said inside a claim goes where that one goes, too. A claim that is
    credited to an outlet alone goes where everything goes that this outlet's own reports have of the same.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> first = {"file": "reports/r1.txt", "sha256": "0" * 64, "outlet": "Meridian"}
    >>> web = {"file": "reports/r2.txt", "sha256": "1" * 64, "outlet": "Web", "original": "r1"}
    >>> claims = {"c1": {**said, "report": "r1"}, "c2": {**said, "report": "r2"}}
    >>> sources = Sources.model_validate({"reports": {"r1": first, "r2": web}, "claims": claims})
    >>> found = by_outlet(Case(title="t", parties={}, sources=sources))
    >>> {outlet: sorted(claims) for outlet, claims in found.items()}
    {'Meridian': ['c1', 'c2'], 'Web': ['c2']}
    """
    names: dict[str, str] = {}
    back: dict[str, set[str]] = {id_: set() for id_ in case.claims}
    for id_ in case.claims:
        for part in chain(case, id_):
            for written in _outlets(case, part):
                name = name_of(written)
                names.setdefault(plain(name), name)
                back[id_].add(plain(name))
    _follow(case, back)
    return {name: frozenset(c for c in back if key in back[c]) for key, name in names.items()}


def credited(lookup: Lookup, claim: str) -> frozenset[str]:
    """The outlets that are all that is told of who stands behind a claim, by each name of theirs (plain).

    None where anybody else stands behind it, or where it goes back to no origin.
    """
    case = lookup.case
    origins = [o for o in origins_of(case, claim) if o in case.origins]
    if not origins or any(case.origins[o].kind != "outlet" for o in origins):
        return frozenset()
    names: list[str | None] = []
    for id_ in origins:
        origin, entry = case.origins[id_], lookup.entry(id_)
        names += [origin.name or origin.words, origin.outlet]
        if entry is not None:
            known = case.sources.register_[entry.id]
            names += [known.name, *known.aliases]
    return frozenset(plain(name_of(name)) for name in names if name)


def printed(case: Case, claim: str) -> frozenset[str]:
    """The outlet of a claim's report, and those of the reports that this one rewrites (plain names)."""
    report = case.claims[claim].report
    outlets = (_outlet(case, r) for r in (report, *rewritten(case, report)))
    return frozenset(plain(name_of(outlet)) for outlet in outlets if outlet)


def _follow(case: Case, back: dict[str, set[str]]) -> None:
    """Add to each claim credited to an outlet alone where all goes that this outlet has of the same."""
    standing = standings(case)
    same = linked(case, [c for c in case.claims if standing[c].stands])
    lookup = Lookup(case)
    own: dict[str, list[str]] = {}
    for claim, others in same.items():
        if len(others) > 1 and (outlets := credited(lookup, claim)):
            own[claim] = [c for c in others if outlets & printed(case, c)]
    changed = True
    while changed:
        changed = False
        for claim in case.claims:
            more = [back[outer] for outer in chain(case, claim)]
            if own.get(claim):
                more.append(set.intersection(*(back[c] for c in own[claim])))
            new = set().union(*more) - back[claim]
            back[claim] |= new
            changed |= bool(new)


def name_of(written: str) -> str:
    """The name of an outlet, without what a case says of it after the name.

    Examples
    --------
    >>> name_of("Meridian, in our own summary"), name_of("The Quay Ledger (fictional)")
    ('Meridian', 'The Quay Ledger')
    """
    return re.split(r"[,(;]", written)[0].strip() or written.strip()


def by_source(case: Case) -> dict[str, frozenset[str]]:
    """For each entry of the register the origins that are it, linked to it by hand or of its name."""
    lookup = Lookup(case)
    found: dict[str, set[str]] = {}
    for origin in case.origins:
        entry = lookup.entry(origin)
        if entry is not None:
            found.setdefault(entry.id, set()).add(origin)
    return {entry: frozenset(found[entry]) for entry in case.sources.register_ if entry in found}


def back_to_report(case: Case, report: str) -> frozenset[str]:
    """The claims of a report, and those of its rewrites that came to them from nowhere else.

    A claim of a rewrite whose origin told another outlet than that of the report does not go back to it.
    """
    outlet = case.reports[report].outlet
    name = plain(name_of(outlet)) if outlet else ""
    found = set()
    for id_, claim in case.claims.items():
        told = case.origins[claim.origin].outlet if claim.origin in case.origins else None
        own = not told or plain(name_of(told)) == name
        if claim.report == report or (own and report in rewritten(case, claim.report)):
            found.add(id_)
    return frozenset(found)


def rewritten(case: Case, report: str) -> tuple[str, ...]:
    """The reports that one goes back to as a rewrite, the nearest first; safe on circles."""
    found: list[str] = []
    at = case.reports[report].original if report in case.reports else None
    while at is not None and at in case.reports and at not in (report, *found):
        found.append(at)
        at = case.reports[at].original
    return tuple(found)


def _outlets(case: Case, claim: str) -> list[str]:
    said = case.claims[claim]
    origin = case.origins.get(said.origin or "")
    if origin is not None and origin.outlet:
        return [origin.outlet]
    first = _first(case, said.report)
    through = [outlet for r in first if (outlet := _outlet(case, r))]
    own = [origin.name or origin.words or ""] if origin is not None and origin.kind == "outlet" else []
    if not any(own) and (origin is None or origin.kind in _VOICES):
        own = [_outlet(case, said.report)]
    if any(own) and first == (said.report,):
        through = []  # the outlet that the claim is credited to, in a page that rewrites nothing
    return [name for name in (*through, *own) if name]


def _outlet(case: Case, report: str) -> str:
    return (case.reports[report].outlet or "") if report in case.reports else ""


def _first(case: Case, report: str) -> tuple[str, ...]:
    """The report that one goes back to; of reports that give each other as their original, all of them."""
    path = (report, *rewritten(case, report))
    before = case.reports[path[-1]].original if path[-1] in case.reports else None
    return path[path.index(before) :] if before in path else path[-1:]
