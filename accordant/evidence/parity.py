"""Whether a case treats its parties alike: whose word it is, what the parties are called, what leans.

Nothing here says that a case is fair. It counts what a reader who distrusts it would count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from accordant.case.grounds import claims_of_side, one_source, sources_of, standings, unnamed_claims
from accordant.case.objects import Case
from accordant.case.sources import ClaimKind
from accordant.case.wording import counted, listed
from accordant.evidence.handling import Handling
from accordant.evidence.leaning import Leaning, Words, leanings, own_words, quoted_words
from accordant.tables import Method, Table

METHOD = Method("claims that count, by the party that they are about and by the side that they come from")
KINDS: tuple[str, ...] = get_args(ClaimKind)


@dataclass(frozen=True, slots=True)
class Heard:
    """How far one party is heard, and spoken of.

    Attributes
    ----------
    party
        Its id; empty for what is about nobody in particular, or comes from no side that is known.
    about
        Claims about what it does or holds.
    own
        Those of them that come from its own side.
    others
        Those of them that come from the side of another party.
    side
        Claims that come from its side, about whomever.
    sources
        Independent sources on its side.
    unnamed
        Claims from its side that go back to somebody unnamed.
    kinds
        Of the claims about it, how many are of each kind.
    """

    party: str
    name: str
    role: str
    about: int
    own: int
    others: int
    side: int
    sources: int
    unnamed: int
    kinds: Mapping[str, int]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "party": self.party or None,
            "name": self.name or None,
            "role": self.role or None,
            "about": self.about,
            "own": self.own,
            "others": self.others,
            "side": self.side,
            "sources": self.sources,
            "unnamed": self.unnamed,
            "kinds": {kind: count for kind, count in self.kinds.items() if count},
        }


@dataclass(frozen=True, slots=True)
class Called:
    """One name of a party, and how often it is called by it.

    Attributes
    ----------
    whose
        The party's own name.
    as_
        ``name`` for its own, ``alias`` for another one that the case lists.
    analyst, quoted
        How often the analyst's own words use it, and quotations do.
    """

    party: str
    whose: str
    words: str
    as_: Literal["name", "alias"]
    analyst: int
    quoted: int

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "party": self.party,
            "words": self.words,
            "as": self.as_,
            "analyst": self.analyst,
            "quoted": self.quoted,
        }


@dataclass(frozen=True)
class ParityResult:
    """Whose word a case rests on, what it calls the parties, and which of its own words lean.

    Attributes
    ----------
    parties
        Each party with what it is heard by and spoken of; last what belongs to none.
    names
        Every name of every party, with how often it is used.
    leaning
        Where the analyst's own words lean.
    quoted
        How often quotations use words that lean, by word: nobody's fault here, and a reader sees them.
    left_out
        Restricted claims that are not counted.
    """

    title: str
    parties: tuple[Heard, ...]
    names: tuple[Called, ...]
    leaning: tuple[Leaning, ...]
    quoted: Mapping[str, int]
    handling: str = ""
    left_out: int = 0
    method: Method = METHOD

    @property
    def finding(self) -> str:
        """What stands out, in a sentence: a party that is never heard, or the least and the most heard."""
        core = [one for one in self.parties if one.role == "party"]
        silent = [one.name for one in core if not one.side]
        if not any(one.about or one.side for one in self.parties):
            return "There are no claims that count: nobody is heard"
        if silent and len(silent) == len(core):
            return "No claim is known to come from the side of a party that decides"
        if silent:
            return f"No claim comes from the side of {listed(silent, 'or')}"
        most, least = max(core, key=lambda one: one.side), min(core, key=lambda one: one.side)
        if most.side == least.side:
            return f"{counted(most.side, 'claim')} from the side of each party that decides"
        verb = "comes" if most.side == 1 else "come"
        few = f"{least.side:,} from that of {least.name}"
        return f"{counted(most.side, 'claim')} {verb} from the side of {most.name}, {few}"

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``parity --json``."""
        return {
            "schema": "accordant/parity/1",
            "title": self.title,
            "finding": self.finding,
            "parties": [one.to_json() for one in self.parties],
            "names": [one.to_json() for one in self.names],
            "leaning": [one.to_json() for one in self.leaning],
            "quoted": dict(self.quoted),
            "handling": self.handling or None,
            "left_out": self.left_out,
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row for each party: who is heard, and who is spoken of.

        Of the claims about it, how many are its own side's and other sides'; of those from its side, from how
        many independent sources they come, and how many go back to somebody unnamed.
        """
        columns = (
            *("party", "claims about it", "own side's", "other sides'"),
            *("claims from its side", "sources", "unnamed"),
        )
        rows = tuple(
            (
                one.name or "no party, or not known",
                one.about,
                one.own if one.party else "",
                one.others if one.party else "",
                one.side,
                one.sources,
                one.unnamed,
            )
            for one in self.parties
        )
        return Table(self.finding, columns, rows)

    def kinds_table(self) -> Table:
        """One row for each kind of claim, one column for each party."""
        shown = [kind for kind in KINDS if any(one.kinds.get(kind) for one in self.parties)]
        columns = ("kind", *(one.name or "none" for one in self.parties))
        rows = tuple((kind, *(one.kinds.get(kind, 0) for one in self.parties)) for kind in shown)
        return Table("Claims about each party, by kind", columns, rows)

    def names_table(self) -> Table:
        """One row for each name that is a party's own or is used."""
        columns = ("party", "called", "which is", "in the analyst's words", "in quotations")
        kinds = {"name": "its name", "alias": "another name"}
        rows = tuple(
            (one.whose, one.words, kinds[one.as_], one.analyst, one.quoted)
            for one in self.names
            if one.as_ == "name" or one.analyst or one.quoted
        )
        return Table("What the parties are called", columns, rows)

    def words_table(self) -> Table:
        """One row for each of the analyst's own words that leans."""
        columns = ("where", "word", "in", "instead", "because")
        rows = tuple(
            (one.path, one.found, one.around, " or ".join(one.instead), one.because) for one in self.leaning
        )
        count = len(self.leaning)
        said = f"{count:,} word{'' if count == 1 else 's'} that lean{'s' if count == 1 else ''}"
        return Table(f"{said}, in the analyst's own words", columns, rows)

    def tables(self) -> dict[str, Table]:
        """Every table by its name."""
        return {
            "heard": self.table(),
            "kinds": self.kinds_table(),
            "names": self.names_table(),
            "words": self.words_table(),
        }

    def to_frame(self) -> Any:
        """One row for each party, as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return "".join(table._repr_html_() for table in self.tables().values())


def parity(case: Case, handling: Handling, words: Words) -> ParityResult:
    """Whose word a case rests on, what it calls the parties, and which of its own words lean.

    Examples
    --------
    >>> from accordant.evidence.leaning import words_for
    >>> case = Case.model_validate({"title": "t", "parties": {"a": {}, "b": {}}})
    >>> parity(case, Handling(case), words_for()).finding
    'There are no claims that count: nobody is heard'
    """
    standing = standings(case)
    counted = handling.shown([c for c in case.claims if standing[c].stands])
    shown = _shown(handling)
    return ParityResult(
        case.title,
        tuple(_heard(case, counted)),
        tuple(_called(shown)),
        leanings(shown, words),
        _in_quotations(shown, words),
        handling.notice_of_sources,
        len(handling.withheld),
    )


def _shown(handling: Handling) -> Case:
    """The case without what is withheld, entries of the register too."""
    case = handling.without()
    entries = {e: one for e, one in case.sources.register_.items() if e not in handling.entries}
    return case.model_copy(update={"sources": case.sources.model_copy(update={"register_": entries})})


def _heard(case: Case, counted: Iterable[str]) -> list[Heard]:
    claims = set(counted)
    one, unnamed = one_source(case), unnamed_claims(case)
    about = {party: {c for c in claims if case.claims[c].by == party} for party in case.parties}
    sides = {party: claims & claims_of_side(case, party) for party in case.parties}
    found = []
    for party, told in case.parties.items():
        if told.role != "party" and not about[party] and not sides[party]:
            continue
        others = set().union(*(sides[p] for p in case.parties if p != party))
        sources = {
            s
            for c in sides[party]
            for s in sources_of(case, c, one)
            if any(o.side == party for i, o in case.origins.items() if one.get(i, i) == s)
        }
        found.append(
            Heard(
                party,
                case.party_name(party),
                told.role,
                len(about[party]),
                len(about[party] & sides[party]),
                len((about[party] & others) - sides[party]),
                len(sides[party]),
                len(sources),
                len(sides[party] & unnamed),
                Counter(str(case.claims[c].kind) for c in about[party]),
            )
        )
    nobody, elsewhere = claims - set().union(*about.values()), claims - set().union(*sides.values())
    neutral = {s for c in elsewhere for s in sources_of(case, c, one)}
    kinds = Counter(str(case.claims[c].kind) for c in nobody)
    if nobody or elsewhere:
        counts = len(nobody), 0, 0, len(elsewhere), len(neutral), len(elsewhere & unnamed)
        found.append(Heard("", "", "", *counts, kinds))
    return found


def _called(case: Case) -> list[Called]:
    """Every name of every party, the longest found first, so that none is counted inside another."""
    names: dict[str, tuple[str, Literal["name", "alias"]]] = {}
    for party, told in case.parties.items():
        for alias in told.aliases:
            names.setdefault(alias, (party, "alias"))
        names[told.name or party] = (party, "name")
    if not names:
        return []
    told_by = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    find = re.compile(rf"(?<!\w)(?:{told_by})(?!\w)", re.IGNORECASE)
    folded = {name.casefold(): name for name in names}
    counts = []
    for texts in (own_words(case), quoted_words(case)):
        matches = (match for _, text in texts for match in find.findall(text))
        counts.append(Counter(folded.get(match.casefold(), match) for match in matches))
    analyst, quoted = counts
    return [
        Called(party, case.party_name(party), name, as_, analyst[name], quoted[name])
        for party in case.parties
        for name, (of, as_) in sorted(names.items(), key=lambda item: item[1][1] != "name")
        if of == party
    ]


def _in_quotations(case: Case, words: Words) -> dict[str, int]:
    found = Counter(word.word for _, text in quoted_words(case) for _, word in words.found(text))
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
