"""What stands in place of a source that must not be named, and which words would name it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from accordant.case.identity import plain
from accordant.case.objects import Case
from accordant.case.register import entry_of
from accordant.case.sources import Claim, Origin, OriginKind, Report
from accordant.case.veiling import COVERED, Veil, Veiled, folded, pieces, unspaced

LONG = 12
"""Characters from which words of a claim that is withheld are looked for wherever they stand."""
UNSPACED_LONG = 4
"""The same for a quotation in a script that sets no words apart: so much is a sentence."""
SHORT = 4
"""Letters from which on a name of an outlet can be told from a word."""
PLAIN_LONG = 30
"""The same for the analyst's own words in what the program says: they are those of many a sentence."""
_WHAT: Mapping[OriginKind, tuple[str, str]] = {
    "named": ("a person", "who is not named here"),
    "role": ("an official", "who is not named here"),
    "institution": ("an institution", "that is not named here"),
    "document": ("a document", "that is not named here"),
    "described": ("a person", "who is not described here"),
    "group": ("a group of people", "who are not named here"),
    "outlet": ("an outlet", "that is not named here"),
    "unattributed": ("a source", "that is not named here"),
}
_REPORT = "a report that is not named here"
_BEHIND = ("jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "qc", "kc", "mp")
"""What stands behind a surname and is none."""


@dataclass(frozen=True)
class Descriptors:
    """The words that stand in place of sources.

    Attributes
    ----------
    entries
        Entries of the register that are withheld, with every origin that is one of them.
    origins
        Origins that only withheld claims lead to.
    """

    case: Case
    entries: Collection[str]
    origins: Collection[str]

    def all(self) -> dict[str, str]:
        """By origin and by entry; those that would be called the same are told apart by a letter.

        Examples
        --------
        >>> from accordant.case.sources import Sources
        >>> sources = Sources.model_validate({
        ...     "origins": {"o1": {"kind": "role", "name": "Ida Renn", "side": "a", "register": "renn"}},
        ...     "register": {"renn": {"name": "Ida Renn", "kind": "role"}}})
        >>> case = Case.model_validate({"title": "t", "parties": {"a": {"name": "Aland"}}})
        >>> Descriptors(case.model_copy(update={"sources": sources}), {"renn"}, ()).all()
        {'renn': 'an official on the side of Aland', 'o1': 'an official on the side of Aland'}
        """
        belongs = {o: e.id for o in self.case.origins if (e := entry_of(self.case, o)) is not None}
        sides = {e: self._side([o for o, entry in belongs.items() if entry == e]) for e in self.entries}
        bare: dict[str, str] = {}
        for id_, entry in self.case.sources.register_.items():
            if id_ in self.entries:
                bare[id_] = self._words(entry.kind, sides[id_])
        for origin in self.case.origins:
            if origin in self.origins and belongs.get(origin) not in self.entries:
                about = self.case.origins[origin]
                bare.setdefault(origin, self._words(about.kind, about.side or ""))
        shown = Counter(bare[e] for e in bare if e in self.entries)
        letters: Counter[str] = Counter()
        for id_ in bare:
            if id_ in self.entries and shown[bare[id_]] > 1:
                words = bare[id_]
                bare[id_] = f"{words} ({chr(ord('A') + letters[words] % 26)})"
                letters[words] += 1
        return {**bare, **{o: bare[e] for o, e in belongs.items() if e in bare}}

    def _side(self, origins: Collection[str]) -> str:
        sides = {self.case.origins[o].side or "" for o in origins} - {"", "none"}
        return sides.pop() if len(sides) == 1 else ""

    def _words(self, kind: OriginKind, side: str) -> str:
        what, unnamed = _WHAT[kind]
        if side and side != "none":
            return f"{what} on the side of {self.case.party_name(side)}"
        return f"{what} {unnamed}"


def secrets(
    case: Case,
    claims: Collection[str],
    entries: Collection[str],
    origins: Collection[str],
    reports: Collection[str],
    described: Mapping[str, str],
) -> list[Veiled]:
    """Every word that would tell of claims, entries, origins and reports that are withheld.

    What the case says openly elsewhere is no secret: the names of its parties and issues, and the words
    and sources of claims that are shown.
    """
    found = [
        *_names(case, entries, origins, described),
        *(word for r in reports if r in case.reports for word in _of_report(case.reports[r])),
        *(word for c in claims for word in _of_claim(case.claims[c])),
        *(_id(id_) for id_ in (*claims, *origins, *reports, *entries) if _telling(id_)),
    ]
    return _unsaid(case, found, claims, entries, origins, reports)


def _names(
    case: Case, entries: Collection[str], origins: Collection[str], described: Mapping[str, str]
) -> Iterator[Veiled]:
    for id_, entry in case.sources.register_.items():
        if id_ in entries:
            for name in (entry.name, *entry.aliases):
                yield from _called(name, entry.kind, described[id_])
            yield from (Veiled(r.reason) for r in entry.reliability if len(r.reason) >= LONG)
            yield from _long(entry.note)
    for id_, origin in case.origins.items():
        if id_ in described:
            for said in (origin.name, origin.words):
                if said:
                    yield from _called(said, origin.kind, described[id_])
            if id_ in origins and origin.outlet and len(origin.outlet) >= SHORT:
                yield Veiled(origin.outlet, "an outlet that is not named here", name=True)
            yield from _long(origin.note)


def _called(name: str, kind: OriginKind, by: str) -> Iterator[Veiled]:
    """A name, and of a person the last word of it: people are called so."""
    if kind in ("described", "unattributed", "group") and len(name) < LONG:
        return  # "an aide": words for anybody
    yield Veiled(name, by)
    if kind not in ("named", "role") or len(name.split()) < 2:
        return
    words = _of_a_person(name)
    if len(words) > 1:
        yield Veiled(" ".join(words), by)
    if words and len(words[-1]) > 1 and not words[-1].islower():
        yield Veiled(words[-1], by, name=True)
        bare = re.sub("['’ʼ`]", "", words[-1])
        if bare != words[-1]:
            yield Veiled(bare, by, name=True)


def _of_a_person(name: str) -> list[str]:
    """The words of a name up to the surname: without brackets, and what is put behind it.

    Examples
    --------
    >>> _of_a_person("Vera Holt (Ministry)"), _of_a_person("Bo Li Jr."), _of_a_person("Holt, Vera")
    (['Vera', 'Holt'], ['Bo', 'Li'], ['Holt'])
    """
    words = re.sub(r"\(.*?\)", " ", name).partition(",")[0].split()
    while len(words) > 1 and words[-1].rstrip(".").casefold() in _BEHIND:
        words.pop()
    return words


def _of_report(report: Report) -> Iterator[Veiled]:
    yield from (Veiled(text, _REPORT) for text in (report.sha256, report.file, report.text_sha256) if text)
    yield from (Veiled(text, _REPORT) for text in (report.address, report.text) if text)
    if report.title and len(report.title) >= LONG:
        yield Veiled(report.title, _REPORT)
    for text, by in ((report.author, "somebody"), (report.outlet, "an outlet")):
        if text and len(text) >= SHORT:
            yield Veiled(text, f"{by} {'who' if by == 'somebody' else 'that'} is not named here", name=True)
    yield from _long(report.note)


def _of_claim(claim: Claim) -> Iterator[Veiled]:
    said = (claim.quote, claim.graded_because, claim.note)
    yield from (Veiled(text) for text in said if text and len(text) >= LONG)
    if unspaced(claim.quote) and UNSPACED_LONG <= len(claim.quote) < LONG:
        yield Veiled(claim.quote)
    # others may come to a few of its words too
    yield from (Veiled(part, common=True, part=True) for part in pieces(claim.quote))
    if len(claim.says) >= LONG:
        yield Veiled(claim.says, common=len(claim.says) < PLAIN_LONG)


def _long(text: str | None) -> Iterator[Veiled]:
    if text and len(text) >= LONG:
        yield Veiled(text)


def _telling(id_: str) -> bool:
    """Whether an id can be looked for in a text: it is no word of a language."""
    return len(id_) > 1 and any(c.isdigit() or c in "-_" for c in id_)


def _id(id_: str) -> Veiled:
    """An id; one as short as *c8* may be that of a state or of a row too."""
    return Veiled(id_, "withheld", common=len(id_) <= 2)


# What is no secret


@dataclass(frozen=True)
class _Open:
    """What the case says openly: names that are known, and texts in which they may stand."""

    names: frozenset[str]
    last: frozenset[str]
    model: tuple[str, ...]
    said: str

    def tells(self, one: Veiled) -> bool:
        """Whether some words are no secret."""
        bare = plain(one.words)
        if not bare or bare in self.names or (one.name and bare in self.last):
            return True
        if one.part:
            return folded(one.words) in self.said
        alone = Veil([one])
        if any(alone.shown(text) is not None for text in self.model):
            return True
        return one.by in (COVERED, _REPORT) and folded(one.words) in self.said


def _unsaid(
    case: Case,
    found: list[Veiled],
    claims: Collection[str],
    entries: Collection[str],
    origins: Collection[str],
    reports: Collection[str],
) -> list[Veiled]:
    """Those words that the case does not say openly elsewhere."""
    belongs = {o: entry_of(case, o) for o in case.origins}
    hidden = {o for o, e in belongs.items() if o in origins or (e is not None and e.id in entries)}
    names = [n for o, origin in case.origins.items() if o not in hidden for n in _names_of(origin)]
    register = case.sources.register_.items()
    names += [n for e, entry in register if e not in entries for n in (entry.name, *entry.aliases)]
    shown = [r for id_, r in case.reports.items() if id_ not in reports]
    titles = [t for r in shown for t in (r.title, r.outlet, r.address, r.sha256) if t]
    # whoever must not be named is not named as an author either
    marked = Veil([Veiled(n) for e, entry in register if e in entries for n in (entry.name, *entry.aliases)])
    names += [r.author for r in shown if r.author and marked.shown(r.author) is None]
    texts = [t for c, claim in case.claims.items() if c not in claims for t in (claim.quote, claim.says)]
    known = frozenset(plain(n) for n in names)
    open_ = _Open(
        known | {plain(t) for t in titles},
        frozenset(name.split()[-1] for name in known if name.split()),
        tuple(_model(case)),
        "\n".join(folded(t) for t in (*texts, case.title, case.question or "", *_model(case))),
    )
    return [one for one in dict.fromkeys(found) if not open_.tells(one)]


def _names_of(origin: Origin) -> Iterator[str]:
    yield from (text for text in (origin.name, origin.words, origin.outlet) if text)


def _model(case: Case) -> Iterator[str]:
    """What the model of the talks is made of: its names and ids, which every answer tells."""
    for id_, party in case.parties.items():
        yield from (id_, party.name or "", *party.aliases)
    for id_, issue in case.issues.items():
        yield from (id_, issue.name or "", issue.unit or "", *issue.values)
    yield from case.states or ()
    yield from (*case.proposals, *case.terms)
