"""Links that a person may make in a case: suggested with their reasons, applied only when accepted.

=============  ==========================================  =========================================
kind           of                                          what accepting it does
=============  ==========================================  =========================================
original       the later report, the one it goes back to   ``original`` of the later report
one-origin     two origins                                 claims of the second one get the first
confirms       two claims                                  ``confirms`` of the later claim
contradicts    two claims                                  ``contradicts`` of the later claim
corrects       a report that corrects, the one before it   ``original`` of the one that corrects
superseded     a claim of the latter, one of the former    the first claim gets ``status: superseded``
=============  ==========================================  =========================================
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from accordant.case.corroboration import Counting
from accordant.case.counting import Interval
from accordant.case.folder import CaseFolder
from accordant.case.grounds import chain
from accordant.case.groups import Groups
from accordant.case.objects import Case
from accordant.evidence.decisions import Decisions, Link
from accordant.evidence.handling import Handling
from accordant.evidence.spans import Span
from accordant.evidence.together.analysis import Progress, of_matter
from accordant.evidence.together.from_case import case_matter
from accordant.evidence.together.reports import ReportLink
from accordant.evidence.together.result import TogetherResult, words_at
from accordant.tables import Table

SCHEMA = "accordant/link/1"
LinkKind = Literal["original", "corrects", "one-origin", "confirms", "superseded", "contradicts"]
KINDS: tuple[LinkKind, ...] = ("original", "corrects", "one-origin", "confirms", "superseded", "contradicts")
TURNED: tuple[LinkKind, ...] = ("original", "corrects")
"""Kinds that may be meant the other way round."""
DIRECTED: tuple[LinkKind, ...] = (*TURNED, "superseded")
"""Kinds whose two ends are not alike; the others are known by their ids in order."""


@dataclass(frozen=True)
class LinkSide:
    """One end of a link: its id, a title, and words in a report where there are any."""

    id: str
    title: str
    report: str | None = None
    at: Span | None = None
    quote: str = ""

    def to_json(self) -> dict[str, Any]:
        """One entry of ``sides``."""
        return {
            "id": self.id,
            "title": self.title,
            "report": self.report,
            "at": None if self.at is None else list(self.at),
            "quote": self.quote or None,
        }


@dataclass(frozen=True)
class SuggestedLink:
    """A link that a person may make.

    Attributes
    ----------
    of
        The ids of what it joins; the order is that of the table above.
    because
        Why it is suggested.
    differs
        For a contradiction, the words of each side that cannot both be right.
    passages
        Words that both have in a row, with their places in both.
    """

    kind: LinkKind
    of: tuple[str, str]
    sides: tuple[LinkSide, LinkSide]
    because: str
    differs: tuple[str, str] | None = None
    passages: tuple[tuple[Span, Span, str], ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """By what a decision on it is kept."""
        return self.of if self.kind in DIRECTED else tuple(sorted(self.of))

    def turned(self) -> SuggestedLink:
        """The same link the other way round."""
        return replace(self, of=self.of[::-1], sides=self.sides[::-1])

    def question(self) -> str:
        """What is asked.

        Examples
        --------
        >>> side = LinkSide("c1", "says")
        >>> SuggestedLink("confirms", ("c2", "c1"), (side, side), "").question()
        'Does c2 assert the same as c1?'
        """
        one, other = self.of
        return {
            "original": f"Does {one} go back to {other}?",
            "corrects": f"Does {one} correct {other}?",
            "superseded": f"Is {one} superseded by {other}?",
            "one-origin": f"Are {other} and {one} one origin?",
            "confirms": f"Does {one} assert the same as {other}?",
            "contradicts": f"Do {one} and {other} contradict each other?",
        }[self.kind]


@dataclass(frozen=True)
class LinksResult:
    """The links that may be made in a case, and what was decided on such links before.

    Attributes
    ----------
    together
        Everything that was found about the reports and claims of the case.
    links
        What is open, in the order in which it is asked.
    decided
        Decisions that are kept, by kind and ids.
    left_out
        Restricted claims that stay behind, with their links and whatever only they lead to.
    """

    together: TogetherResult
    links: tuple[SuggestedLink, ...]
    decided: tuple[Link, ...]
    left_out: int = 0

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``link --json``."""
        return {
            "schema": SCHEMA,
            "left_out": self.left_out,
            "links": [self._json(link) for link in self.links],
            "decided": [
                {"kind": d.kind, "of": list(d.of), "decision": d.decision, "on": d.on, "by": d.by}
                for d in self.decided
            ],
            "origins": self._groups(),
            "told": self.together.told.to_json(),
            "method": self.together.method.to_json(),
        }

    def _groups(self) -> list[dict[str, Any]]:
        every = self.together.matter.statements
        return [
            {
                "claims": [every[m].id for m in group.members],
                "at_least": group.origins.at_least,
                "at_most": group.origins.at_most,
            }
            for group in self.together.groups
        ]

    def _json(self, link: SuggestedLink) -> dict[str, Any]:
        return {
            "kind": link.kind,
            "of": list(link.of),
            "question": link.question(),
            "because": link.because,
            "sides": [side.to_json() for side in link.sides],
            "differs": None if link.differs is None else list(link.differs),
            "passages": [{"at": [list(a), list(b)], "text": words} for a, b, words in link.passages],
        }

    def table(self) -> Table:
        """One row per open link."""
        columns = ("link", "one", "words", "other", "words there", "because")
        rows = tuple(
            (
                link.kind,
                *(x for side in link.sides for x in (side.id, side.quote or side.title)),
                link.because,
            )
            for link in self.links
        )
        n = len(rows)
        return Table(f"{n} link{'' if n == 1 else 's'} to decide on", columns, rows)

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def suggested_links(
    folder: CaseFolder,
    decisions: Decisions,
    *,
    again: bool = False,
    restricted: Collection[str] = (),
    progress: Progress = lambda _done, _total: None,
) -> LinksResult:
    """The links that may be made in a case and that nobody has decided on.

    Parameters
    ----------
    decisions
        What was decided before (:func:`accordant.evidence.decisions.read_decisions`).
    again
        Whether links that were skipped are asked again.
    restricted
        Restricted claims that are compared too; the others are left out with what only they lead to.
    """
    case = folder.case
    apart = frozenset(
        frozenset(d.of) for d in decisions.links if d.kind == "one-origin" and d.decision == "rejected"
    )
    held = Handling(case, restricted)
    known = held.without()
    counting = Counting(known, apart)

    def count(claims: Sequence[str]) -> Interval:
        return counting.interval(counting.pieces([c for c in claims if counting.standing[c].stands]))

    matter = case_matter(replace(folder, case=known))
    found = of_matter(matter, progress, by_id=True, apart=apart, count=count)
    settled = {
        (d.kind, d.of if d.kind in DIRECTED else tuple(sorted(d.of)))
        for d in decisions.links
        if not (again and d.decision == "skipped")
    }
    links = tuple(
        link
        for link in every_link(known, found)
        if (link.kind, link.key) not in settled
        and not (link.kind in TURNED and (link.kind, link.key[::-1]) in settled)
    )
    there = {*known.claims, *known.origins, *known.reports}
    kept = tuple(d for d in decisions.links if d.kind in KINDS and there.issuperset(d.of))
    if held.withheld:
        links = tuple(_without_words(case, link, held.withheld) for link in links)
    return LinksResult(found, links, kept, len(held.withheld))


def _without_words(case: Case, link: SuggestedLink, hidden: frozenset[str]) -> SuggestedLink:
    """The link without shared words that meet a withheld claim."""

    def shown(report: str, at: Span) -> bool:
        return not any(
            c in hidden and claim.report == report and Span(*claim.at).meets(at)
            for c, claim in case.claims.items()
        )

    one, other = link.of
    kept = tuple(p for p in link.passages if shown(one, p[0]) and shown(other, p[1]))
    return replace(link, passages=kept)


def every_link(case: Case, found: TogetherResult) -> Iterator[SuggestedLink]:
    """Every link that is not in the case yet, in the order in which it is asked."""
    yield from _originals(case, found)
    yield from _one_origin(case, found)
    yield from _confirming(case, found)
    yield from _superseded(case, found)
    yield from _contradicting(case, found)


def _originals(case: Case, found: TogetherResult) -> Iterator[SuggestedLink]:
    for link in found.links:
        if link.kind in ("shared-words", "same-story"):
            continue
        original = link.one if link.original is None else link.original
        one, other = (found.reports[k] for k in (link.one + link.other - original, original))
        if one.original is not None or other.original == one.id or _goes_back(case, other.id, one.id):
            continue
        sides = tuple(
            LinkSide(r.id, " · ".join(x for x in (r.title, r.outlet) if x) or r.file) for r in (one, other)
        )
        flipped = original == link.other
        passages = tuple(
            (p.one, p.other, words_at(found.reports[link.one], p.one))
            if flipped
            else (p.other, p.one, words_at(found.reports[link.one], p.one))
            for p in link.passages
        )
        kind: LinkKind = "corrects" if link.kind == "correction" else "original"
        yield SuggestedLink(kind, (one.id, other.id), (sides[0], sides[1]), _why(link), None, passages)


def _why(link: ReportLink) -> str:
    parts = [link.because]
    if link.names:
        parts.append("both name " + ", ".join(link.names[:6]))
    if link.numbers:
        parts.append("both have " + ", ".join(link.numbers[:4]))
    if link.claims:
        parts.append(f"{link.claims} claim{'' if link.claims == 1 else 's'} in both")
    return "; ".join(parts)


def _goes_back(case: Case, report: str, to: str) -> bool:
    """Whether a report goes back to another one, over any number of steps."""
    seen: set[str] = set()
    at: str | None = report
    while at is not None and at not in seen and at in case.reports:
        seen.add(at)
        at = case.reports[at].original
        if at == to:
            return True
    return False


def _one_origin(case: Case, found: TogetherResult) -> Iterator[SuggestedLink]:
    order = {id_: k for k, id_ in enumerate(case.origins)}
    node = {n.id: n for n in found.told.nodes}
    for pair in found.perhaps:
        ids = [node[f"s{k + 1}"].ids[0] for k in (pair.one, pair.other) if f"s{k + 1}" in node]
        if len(ids) == 2:
            one, other = sorted(ids, key=lambda id_: order[id_])
            sides = (_origin_side(case, one), _origin_side(case, other))
            yield SuggestedLink("one-origin", (one, other), sides, pair.because)


def _origin_side(case: Case, id_: str) -> LinkSide:
    origin = case.origins[id_]
    about = [origin.kind, origin.name, origin.words, origin.outlet and f"told {origin.outlet}"]
    return LinkSide(id_, "; ".join(a for a in about if a))


def _confirming(case: Case, found: TogetherResult) -> Iterator[SuggestedLink]:
    """Every later claim of a group with the first one, unless the case links them already."""
    together = joined(case)
    every = found.matter.statements
    order = {id_: k for k, id_ in enumerate(case.claims)}
    for group in found.groups:
        first, *others = sorted((every[m].id for m in group.members), key=lambda id_: order[id_])
        low, high = group.origins
        count = f"{low}" if low == high else f"{low} to {high}"
        for other in others:
            if together[first] == together[other] or _at_odds(case, first, other):
                continue
            if first in chain(case, other) or other in chain(case, first):
                continue
            because = f"the same names, numbers and words; independent origins behind all of them: {count}"
            sides = (_claim_side(case, other), _claim_side(case, first))
            yield SuggestedLink("confirms", (other, first), sides, because)


def joined(case: Case) -> Mapping[str, int]:
    """For each claim the number of its group by ``confirms``, either way."""
    numbers = {id_: k for k, id_ in enumerate(case.claims)}
    groups = Groups(len(numbers))
    for id_, claim in case.claims.items():
        for other in claim.confirms:
            if other in numbers:
                groups.join(numbers[id_], numbers[other])
    roots = groups.roots()
    return {id_: roots[k] for id_, k in numbers.items()}


def _at_odds(case: Case, one: str, other: str) -> bool:
    return other in case.claims[one].contradicts or one in case.claims[other].contradicts


def _claim_side(case: Case, id_: str) -> LinkSide:
    claim = case.claims[id_]
    return LinkSide(id_, claim.says, claim.report, Span(*claim.at), claim.quote)


def _contradicting(case: Case, found: TogetherResult) -> Iterator[SuggestedLink]:
    order = {id_: k for k, id_ in enumerate(case.claims)}
    seen: set[tuple[str, ...]] = set()
    corrected = {link.of for link in _superseded(case, found)}
    for conflict in found.conflicts:
        for a in conflict.one:
            for b in conflict.other:
                if a.claim is None or b.claim is None or a.claim == b.claim:
                    continue
                swap = order[a.claim] > order[b.claim]
                first, later = (b.claim, a.claim) if swap else (a.claim, b.claim)
                differs = conflict.differs if swap else conflict.differs[::-1]
                key = (later, first)
                if key in seen or _at_odds(case, first, later) or {key, key[::-1]} & corrected:
                    continue
                if "superseded" in (case.claims[first].status, case.claims[later].status):
                    continue
                seen.add(key)
                sides = (_claim_side(case, later), _claim_side(case, first))
                because = f"they differ in {conflict.kind}"
                yield SuggestedLink("contradicts", key, sides, because, (differs[0], differs[1]))


def _superseded(case: Case, found: TogetherResult) -> Iterator[SuggestedLink]:
    """Claims that a correction is at odds with, with the claim of the correction that takes their place."""
    ids = [report.id for report in found.reports]
    corrected = {
        (ids[link.one + link.other - link.original], ids[link.original])
        for link in found.links
        if link.kind == "correction" and link.original is not None
    }
    seen: set[tuple[str, str]] = set()
    for conflict in found.conflicts:
        for a, b, words in (
            (x, y, conflict.differs if x in conflict.one else conflict.differs[::-1])
            for x, y in itertools.permutations((*conflict.one, *conflict.other), 2)
            if (x in conflict.one) != (y in conflict.one)
        ):
            if a.claim is None or b.claim is None or (ids[b.report], ids[a.report]) not in corrected:
                continue
            key = (a.claim, b.claim)
            if key in seen or case.claims[a.claim].status not in ("open", "confirmed"):
                continue
            seen.add(key)
            because = f"{ids[b.report]} may correct {ids[a.report]}, and they differ in {conflict.kind}"
            sides = (_claim_side(case, a.claim), _claim_side(case, b.claim))
            yield SuggestedLink("superseded", key, sides, because, (words[0], words[1]))
