"""How reports hang together: copies, excerpts, shared words, and what may be a retelling.

Copies are found by their words. A retelling in other words cannot be proved from the text: it is
*suspected* where a report credits the outlet whose own report the other may be, both speak of the
same people and places, and they share a claim, numbers or words in a row. A shared topic is none of
these. A person decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from accordant.case.groups import Groups
from accordant.evidence.spans import Span
from accordant.evidence.together.conflicts import published
from accordant.evidence.together.copies import Overlap, Overlaps
from accordant.evidence.together.correcting import corrections
from accordant.evidence.together.features import numbers_of
from accordant.evidence.together.material import Material, Matter, key_of
from accordant.evidence.together.names import basic_form
from accordant.evidence.together.numbers import Quantity
from accordant.evidence.together.passages import Ordered, chosen, maximal_runs, ordered
from accordant.evidence.together.same import Compared
from accordant.evidence.together.sharing import shared
from accordant.evidence.together.wording import SIZE

if TYPE_CHECKING:
    from accordant.evidence.together.wording import Ints

ReportLinkKind = Literal[
    "same-file", "same-text", "near-copy", "excerpt", "shared-words", "rewrite", "same-story", "correction"
]
SURE: tuple[ReportLinkKind, ...] = ("same-file", "same-text", "near-copy", "excerpt")
"""Kinds that rest on the words themselves; the others are questions."""
COPIES: tuple[ReportLinkKind, ...] = ("same-file", "same-text", "near-copy")
"""Kinds of which each has, in the main, the words of the other."""
PASSAGE = 8
"""Words in a row that are shown as shared."""
LONG = 14
"""As many words in a row, outside quotation marks, two reports do not share by chance."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in two reports, with their places; ``quoted``: in quotation marks in both."""

    one: Span
    other: Span
    words: int
    quoted: bool


@dataclass(frozen=True)
class ReportLink:
    """Two reports (by number, ``one`` < ``other``) that hang together.

    Attributes
    ----------
    original
        The number of the one that the other goes back to; None where that cannot be told.
    inside
        Of each, the share of its shingles that the other has: (shared, of one, of other).
    names, numbers
        What both speak of, for what is suspected.
    claims
        How many claims both make.
    because
        Why, in words.
    """

    kind: ReportLinkKind
    one: int
    other: int
    original: int | None
    inside: tuple[int, int, int]
    passages: tuple[Passage, ...] = ()
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    claims: int = 0
    because: str = ""

    @property
    def sure(self) -> bool:
        """Whether the words themselves prove it."""
        return self.kind in SURE


@dataclass(frozen=True)
class Linking:
    """Everything that links between reports are made from."""

    matter: Matter
    compared: Compared
    shingles: Sequence[Ints]
    overlaps: Overlaps
    names: Sequence[frozenset[str]]
    twins: Mapping[tuple[int, int], ReportLinkKind]
    repeated: frozenset[int] = frozenset()
    quoting: frozenset[tuple[int, int]] = frozenset()

    def links(self) -> tuple[ReportLink, ...]:
        """Every link, in the order of the reports; one for each pair."""
        found = {pair: self._link(kind, *pair) for pair, kind in self.twins.items()}
        for overlap in self.overlaps.pairs:
            pair = (overlap.first, overlap.second)
            # Fewer shingles make no long stretch; only words that both quote are worth looking at then.
            if overlap.kind is None and overlap.shared <= LONG - SIZE and pair not in self.quoting:
                continue
            if pair not in found and (link := self._by_words(overlap)) is not None:
                found[pair] = link
        claims = self._shared_claims()
        for pair in self._possible(claims):
            if not self.repeated.isdisjoint(pair):
                continue
            held = found.get(pair)
            if held is None or held.kind == "shared-words":
                told = self._suspected(*pair, claims.get(pair, 0), held)
                if told is not None:
                    found[pair] = told
        for told_of in corrections(self.matter, self.repeated):
            pair = (min(told_of.later, told_of.earlier), max(told_of.later, told_of.earlier))
            held = found.get(pair) or ReportLink("correction", *pair, None, (0, 0, 0))
            found[pair] = replace(
                held, kind="correction", original=told_of.earlier, because=told_of.because()
            )
        kept = self._once(found)
        return tuple(found[pair] for pair in sorted(kept))

    def _once(self, found: Mapping[tuple[int, int], ReportLink]) -> list[tuple[int, int]]:
        """The pairs without a question that is asked of a copy of the same report too."""
        groups = Groups(len(self.matter.reports))
        for (one, other), link in found.items():
            if link.kind in COPIES:
                groups.join(one, other)
        first: dict[tuple[int, int], tuple[int, int]] = {}
        for pair in sorted(found, key=lambda p: sorted(repr(rank(self.matter.reports[k])) for k in p)):
            if found[pair].kind in ("rewrite", "same-story"):
                one, other = sorted(groups.root(k) for k in pair)
                first.setdefault((one, other), pair)
        asked = set(first.values())
        return [p for p in found if p in asked or found[p].kind not in ("rewrite", "same-story")]

    def _link(self, kind: ReportLinkKind, one: int, other: int) -> ReportLink:
        n = len(set(self.shingles[one].tolist()))
        return ReportLink(kind, one, other, self._earlier(one, other), (n, n, n), because=_WHY[kind])

    def _by_words(self, overlap: Overlap) -> ReportLink | None:
        one, other = overlap.first, overlap.second
        inside = (overlap.shared, overlap.of_first, overlap.of_second)
        passages = self._passages(one, other)
        kind: ReportLinkKind | None = overlap.kind
        original = self._credited(one, other)
        if kind == "excerpt":
            shorter = one if overlap.of_first < overlap.of_second else other
            original = original if original is not None else one + other - shorter
        elif kind is None and any(p.quoted or p.words >= LONG for p in passages):
            kind = "shared-words"
        if kind is None:
            return None
        original = self._earlier(one, other) if original is None else original
        return ReportLink(kind, one, other, original, inside, passages, because=_WHY[kind])

    def _passages(self, one: int, other: int) -> tuple[Passage, ...]:
        reports = self.matter.reports
        made = []
        for run in chosen(maximal_runs(self._ordered(one), self._ordered(other), PASSAGE)):
            here = reports[one].words.span(run.first, run.size)
            there = reports[other].words.span(run.second, run.size)
            quoted = _in_quotation(reports[one], here) and _in_quotation(reports[other], there)
            made.append(Passage(here, there, run.size, quoted))
        return tuple(made)

    def _shared_claims(self) -> dict[tuple[int, int], int]:
        """How many groups of same claims each pair of reports shares; large groups are no sign of a pair."""
        every = self.matter.statements
        counts: dict[tuple[int, int], int] = {}
        for group in self.compared.groups:
            held = sorted({every[m].report for m in group})
            if len(held) <= 60:
                for k, one in enumerate(held):
                    for other in held[k + 1 :]:
                        counts[one, other] = counts.get((one, other), 0) + 1
        return counts

    def _possible(self, claims: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
        """Pairs with a credit between them, or with claims in common."""
        owners: dict[str, list[int]] = {}
        tellers: dict[str, list[int]] = {}
        for k, report in enumerate(self.matter.reports):
            for outlet in report.own:
                owners.setdefault(outlet, []).append(k)
            for outlet in report.retold:
                tellers.setdefault(outlet, []).append(k)
        pairs = {pair for pair, n in claims.items() if n > 1}
        for outlet, telling in tellers.items():
            for k in telling:
                pairs |= {(min(k, o), max(k, o)) for o in owners.get(outlet, ()) if o != k}
                pairs |= {pair for o in telling if o > k and claims.get(pair := (k, o))}
        return sorted(pairs)

    def _suspected(self, one: int, other: int, claims: int, held: ReportLink | None) -> ReportLink | None:
        a, b = self.matter.reports[one], self.matter.reports[other]
        credit = {w for name in (a.retold & (b.own | b.retold)) | (b.retold & a.own) for w in name.split()}
        names = sorted((self.names[one] & self.names[other]) - credit)
        fewest = min(len(self.names[one] - credit), len(self.names[other] - credit))
        if len(names) < 3 or 2 * len(names) < fewest:
            return None
        numbers = shared_numbers(self._numbers(one), self._numbers(other))
        passages = held.passages if held is not None else ()
        original = self._credited(one, other)
        kind: ReportLinkKind = "rewrite"
        if original is not None and (claims or len(numbers) > 1 or passages):
            later = self.matter.reports[one + other - original]
            because = f"{_named(later)} credits {_spelt(later, self.matter.reports[original].own)}"
        elif a.retold & b.retold and claims:
            kind, because = "same-story", "both credit " + _spelt(a, b.retold)
        elif a.own & b.own and claims > 1 and not (a.outlet and b.outlet):
            kind, because = "same-story", "in both, sources speak to " + _spelt(a, b.own)
        elif passages and claims > 1:
            because, original = (
                "the same claims and the same words, without a credit",
                self._earlier(one, other),
            )
        else:
            return None
        inside = held.inside if held is not None else (0, 0, 0)
        shown = tuple(" ".join(q.at.of(a.text).split()) for q in numbers)
        spelt = tuple(name.title() for name in names)
        return ReportLink(kind, one, other, original, inside, passages, spelt, shown, claims, because)

    def _ordered(self, report: int) -> Ordered:
        if report not in self._known_ordered:
            self._known_ordered[report] = ordered(self.shingles[report])
        return self._known_ordered[report]

    @cached_property
    def _known_ordered(self) -> dict[int, Ordered]:
        return {}

    def _numbers(self, report: int) -> tuple[Quantity, ...]:
        if report not in self._known_numbers:
            self._known_numbers[report] = numbers_of(self.matter.reports[report])
        return self._known_numbers[report]

    @cached_property
    def _known_numbers(self) -> dict[int, tuple[Quantity, ...]]:
        return {}

    def _credited(self, one: int, other: int) -> int | None:
        """The report that the other one credits, where only one does."""
        a, b = self.matter.reports[one], self.matter.reports[other]
        forth, back = bool(b.retold & a.own), bool(a.retold & b.own)
        return (one if forth else other) if forth != back else None

    def _earlier(self, one: int, other: int) -> int | None:
        found = self._credited(one, other)
        if found is not None:
            return found
        days = [published(self.matter.reports[k].published) for k in (one, other)]
        if days[0] is None or days[1] is None or days[0] == days[1]:
            return None
        return one if days[0] < days[1] else other


_WHY: dict[ReportLinkKind, str] = {
    "same-file": "the same file, byte for byte",
    "same-text": "the same words in the same order",
    "near-copy": "each is largely in the other, word for word",
    "excerpt": "one is largely in the other, word for word",
    "shared-words": "long stretches are the same, word for word",
}


def _spelt(report: Material, outlets: frozenset[str]) -> str:
    """Some of the outlets that a report credits, as it spells them."""
    found = {key_of(c.outlet): c.outlet for c in report.credits if key_of(c.outlet) in outlets}
    return ", ".join(found[key] for key in sorted(found))


def _named(report: Material) -> str:
    return report.outlet or report.file


def _in_quotation(report: Material, span: Span) -> bool:
    return any(q.inner.start <= span.start and span.end <= q.inner.end + 1 for q in report.quotations)


def report_names(matter: Matter, known: frozenset[str]) -> list[frozenset[str]]:
    """For each report the names in it, without its own outlet's and those that it credits."""
    made = []
    for report in matter.reports:
        outlets = {w for c in report.credits for w in key_of(c.outlet).split()}
        outlets |= set(key_of(report.outlet or "").split())
        names = {
            basic
            for word, first in report.capitals
            for basic in (basic_form(word, known),)
            if not first or basic in known
        }
        made.append(frozenset(names - outlets))
    return made


def shared_numbers(one: Sequence[Quantity], other: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Numbers of the one that the other has too, of the same sort of thing; small counts aside."""
    there = [q for q in other if _tells(q)]
    found: dict[tuple[object, object, str], Quantity] = {}
    for q in one:
        if _tells(q) and any(q.alike(t) and q.meets(t) for t in there):
            found.setdefault((q.low, q.high, q.unit), q)
    return tuple(found.values())


def _tells(q: Quantity) -> bool:
    bound = q.low if q.low is not None else q.high
    return bool(q.unit) or (bound is not None and bound > 2)


def quoting(matter: Matter, shingles: Sequence[Ints], cut: int) -> frozenset[tuple[int, int]]:
    """Pairs of reports that share eight words or more inside quotation marks."""
    import numpy as np

    quoted = []
    for report, ids in zip(matter.reports, shingles, strict=True):
        starts = report.words.starts[: len(ids)]
        ends = report.words.ends[SIZE - 1 : SIZE - 1 + len(ids)]
        inside = np.zeros(len(ids), dtype=bool)
        for q in report.quotations:
            inside |= (np.array(starts) >= q.inner.start) & (np.array(ends) <= q.inner.end)
        quoted.append(ids[inside])
    found = shared(quoted, cut, least=PASSAGE - SIZE + 1)
    return frozenset(zip(found.first.tolist(), found.second.tolist(), strict=True))


def twins(matter: Matter) -> tuple[dict[tuple[int, int], ReportLinkKind], frozenset[int]]:
    """Pairs of reports with the same bytes or the same words, each with the first of its kind.

    The first is that published first, by its file where that does not tell: never by the order in which
    they are given. The others (the second answer) hang together with third reports only through it.
    """
    files: dict[str, int] = {}
    texts: dict[tuple[str, ...], int] = {}
    pairs: dict[tuple[int, int], ReportLinkKind] = {}
    repeated: set[int] = set()
    for k in sorted(range(len(matter.reports)), key=lambda k: rank(matter.reports[k])):
        report = matter.reports[k]
        same_file = files.setdefault(report.sha256, k)
        same_text = texts.setdefault(report.words.words, k) if len(report.words) else k
        first = same_file if same_file != k else same_text
        if first != k:
            pairs[min(first, k), max(first, k)] = "same-file" if same_file != k else "same-text"
            repeated.add(k)
    return pairs, frozenset(repeated)


def rank(report: Material) -> tuple[object, ...]:
    """By what the first of several copies is chosen, whatever order they are given in."""
    return report.published or "9999", report.outlet is None, report.file, report.sha256, report.id
