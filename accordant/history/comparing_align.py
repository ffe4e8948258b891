"""What is the same in two models, by id, by name, by file and by place; the second in the words of the first.

Parties, issues and proposals are the same where their ids are. Where ids differ, names suggest which may
be the same, and a person says so (``--match``). Reports are the same where their files are (SHA-256),
claims where they stand on the same words of a report, origins where they are called the same: by name, or,
where nobody is named, in the same words about the same claims. Whatever else has an id that means
something else in the first model gets one of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from accordant.case.identity import plain
from accordant.case.objects import Case
from accordant.case.sources import Origin
from accordant.errors import InputError, did_you_mean
from accordant.history.codings_pairs import SharedReports, pairs, shared_reports
from accordant.history.comparing_names import Names, apart, renamed

Kind = Literal["party", "issue", "proposal", "origin"]
"""What a person may say is the same under two ids."""
SECTIONS: Mapping[Kind, str] = {
    "party": "parties",
    "issue": "issues",
    "proposal": "proposals",
    "origin": "origins",
}
Words = Mapping[str, Mapping[str, str]]
"""For each id the words by which it may be known, and how a match by them is told."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two ids that may stand for the same, and why; never taken for it by itself."""

    kind: Kind
    ours: str
    theirs: str
    because: str

    @property
    def asked(self) -> str:
        """How a person says that it is so."""
        return f"--match {self.ours}={self.theirs}"

    def to_json(self) -> dict[str, str]:
        """One entry of ``suggestions``."""
        return {"kind": self.kind, "a": self.ours, "b": self.theirs, "because": self.because}


@dataclass(frozen=True)
class Alignment:
    """The second model in the words of the first.

    Attributes
    ----------
    case
        The second model with the first's ids for what is the same.
    names
        What was renamed, by section: the ids of the second model with those that stand for them.
    reports
        Which reports both hold.
    claims
        The first model's claim for each of the second's that stands on the same words.
    suggestions
        What may be the same, and is not taken for it.
    """

    case: Case
    names: Names
    reports: SharedReports
    claims: Mapping[str, str]
    suggestions: tuple[Suggestion, ...]
    own: Mapping[str, Mapping[str, str]] = field(repr=False)

    def theirs(self, section: str, id_: str) -> str:
        """What the second model itself calls something that is called otherwise here."""
        return self.own.get(section, {}).get(id_, id_)


def aligned(ours: Case, theirs: Case, same: Mapping[str, str] | None = None) -> Alignment:
    """The second model in the words of the first.

    Parameters
    ----------
    same
        Ids of the second model by ids of the first that a person says are the same: parties, issues,
        proposals, origins.

    Raises
    ------
    InputError
        For ids that are not there, or that both models have already.
    """
    names: dict[str, Mapping[str, str]] = dict(matched(ours, theirs, same or {}))
    reports = shared_reports(ours, theirs)
    # whose a claim is tells between claims on the same words: the parties go by one name first
    told = renamed(theirs, {"parties": names["parties"]})
    found = pairs(ours, told, reports.same)
    claims = found | _copied(ours, theirs, reports, found)
    called = _origins(ours, theirs, found, names["origins"])
    names["reports"] = apart(ours.reports, theirs.reports, reports.same)
    names["origins"] = apart(ours.origins, theirs.origins, called)
    names["claims"] = apart(ours.claims, theirs.claims, claims)
    own = {section: {new: old for old, new in some.items()} for section, some in names.items()}
    suggested = suggestions(ours, theirs, found, {**called, **names["parties"]})
    left = tuple(
        s for s in suggested if s.theirs not in names.get(SECTIONS[s.kind], {}) or s.kind == "origin"
    )
    return Alignment(renamed(theirs, names), names, reports, found, left, own)


def _copied(ours: Case, theirs: Case, reports: SharedReports, found: Mapping[str, str]) -> dict[str, str]:
    """Claims of one id with the same words, in reports that are not the same file."""
    there = set(found.values())
    return {
        id_: id_
        for id_, claim in theirs.claims.items()
        if id_ in ours.claims
        and id_ not in found
        and id_ not in there
        and claim.report not in reports.same
        and ours.claims[id_].quote == claim.quote
    }


def _origins(ours: Case, theirs: Case, claims: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """The first model's origin for each of the second's that is surely the same."""
    shared = {(theirs.claims[b].origin, ours.claims[a].origin) for b, a in claims.items()}
    same: dict[str, str] = dict(said)
    for id_, origin in theirs.origins.items():
        if id_ in same:
            continue
        fits = [
            other
            for other, its in ours.origins.items()
            if other not in same.values()
            and _one(its, origin, together=(id_, other) in shared, alike=id_ == other)
        ]
        fits.sort(key=lambda other: ((id_, other) not in shared, other != id_))
        if fits:
            same[id_] = fits[0]
    return same


def _one(ours: Origin, theirs: Origin, *, together: bool, alike: bool) -> bool:
    """Whether two origins are one: called the same, and if nobody is named, about the same claims."""
    if ours.register_ and ours.register_ == theirs.register_ and not ours.unnamed and not theirs.unnamed:
        return True
    names = (ours.name, theirs.name) if ours.name or theirs.name else (ours.words, theirs.words)
    called = plain(names[0] or "") == plain(names[1] or "")
    if ours.unnamed or theirs.unnamed or not (names[0] or names[1]):
        return called and ours.kind == theirs.kind and (together or alike)
    return called


def suggestions(
    ours: Case, theirs: Case, claims: Mapping[str, str] | None = None, known: Mapping[str, str] | None = None
) -> tuple[Suggestion, ...]:
    """What only one model has by id, and what may be the same.

    Parties are compared by name and alias, issues by name and by their values, proposals by what they
    hold, origins by the claims that they stand behind in both.

    Parameters
    ----------
    claims
        Claims of the first model for those of the second on the same words.
    known
        Origins of the second model that are taken for one of the first already.

    Examples
    --------
    >>> one = Case.model_validate({"title": "t", "parties": {"north": {"name": "The Council"}}})
    >>> two = Case.model_validate({"title": "t", "parties": {"n": {"aliases": ["council"]}}})
    >>> [(s.ours, s.theirs, s.because) for s in suggestions(one, two)]
    [('north', 'n', 'both are called council')]
    """
    return (
        *_by_words("party", _party_words(ours), _party_words(theirs)),
        *_by_words("issue", _issue_words(ours), _issue_words(theirs)),
        *_by_words("proposal", _package_words(ours), _package_words(theirs)),
        *_by_claims(ours, theirs, claims or {}, known or {}),
    )


def _by_words(kind: Kind, ours: Words, theirs: Words) -> Iterator[Suggestion]:
    for one in ours:
        if one in theirs:
            continue
        for other in theirs:
            shared = [word for word in ours[one] if word in theirs[other]]
            if other not in ours and shared:
                yield Suggestion(kind, one, other, ours[one][shared[0]])


def _by_claims(
    ours: Case, theirs: Case, claims: Mapping[str, str], known: Mapping[str, str]
) -> Iterator[Suggestion]:
    behind = Counter(
        (a, b)
        for its, mine in claims.items()
        if (a := ours.claims[mine].origin) and (b := theirs.claims[its].origin)
    )
    for (a, b), times in behind.most_common():
        if b not in known and a not in known.values() and a in ours.origins and b in theirs.origins:
            yield Suggestion("origin", a, b, stand_behind(times))


def stand_behind(times: int) -> str:
    """Why two origins may be one: so many claims on the same words."""
    return f"both stand behind {'one claim' if times == 1 else f'{times} claims'} on the same words"


def _party_words(case: Case) -> dict[str, dict[str, str]]:
    found = {}
    for id_, party in case.parties.items():
        names = dict.fromkeys(plain(name) for name in (party.name or "", *party.aliases, id_) if plain(name))
        found[id_] = {name: f"both are called {name}" for name in names}
    return found


def _issue_words(case: Case) -> dict[str, dict[str, str]]:
    found = {}
    for id_, issue in case.issues.items():
        names = [plain(name) for name in (issue.name or "", id_) if plain(name)]
        words = {f"name {name}": f"both are called {name}" for name in names}
        if issue.values != ("no", "yes"):
            values = ", ".join(issue.values[:4]) + (", …" if len(issue.values) > 4 else "")
            words[f"values {issue.values}"] = f"both have the values {values}"
        found[id_] = words
    return found


def _package_words(case: Case) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for id_, proposal in case.proposals.items():
        package: Any = proposal.package
        if isinstance(package, Mapping):
            found[id_] = {str(sorted(package.items())): "both hold the same package"}
        else:
            found[id_] = {f"state {package}": f"both lead to {package}"}
    return found


def matched(ours: Case, theirs: Case, same: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What a person says is the same under two ids, by section: ids of the second model for the first's.

    Parameters
    ----------
    same
        Ids of the second model by ids of the first.

    Raises
    ------
    InputError
        For an id that no part of its model has, or that both have already; all mistakes at once.
    """
    found: dict[str, dict[str, str]] = {section: {} for section in SECTIONS.values()}
    wrong: list[str] = []
    for one, other in same.items():
        sections = [s for s in SECTIONS.values() if one in getattr(ours, s) and other in getattr(theirs, s)]
        if not sections:
            wrong.append(_neither(ours, theirs, one, other))
        for section in sections:
            if problem := _taken(ours, theirs, section, one, other, found[section]):
                wrong.append(f"{one}={other}: {problem}")
            elif one != other:
                found[section][other] = one
    if wrong:
        raise InputError("\n".join(wrong))
    return found


def _taken(
    ours: Case, theirs: Case, section: str, one: str, other: str, found: Mapping[str, str]
) -> str | None:
    """Why two ids cannot be matched; origins are told apart by more than their ids."""
    if other in found:
        return f"{other!r} is matched with {found[other]!r} already"
    if section != "origins" and one != other:
        for id_, case, which in ((one, theirs, "second"), (other, ours, "first")):
            if id_ in getattr(case, section):
                return f"the {which} model has a {id_!r} of its own"
    return None


def _neither(ours: Case, theirs: Case, one: str, other: str) -> str:
    for case, id_, which in ((ours, one, "first"), (theirs, other, "second")):
        known = [i for section in SECTIONS.values() for i in getattr(case, section)]
        if id_ not in known:
            hint = did_you_mean(id_, known)
            allowed = f"allowed: {', '.join(known) or 'none'}"
            text = (
                f"{one}={other}: the {which} model has no party, issue, proposal or origin {id_!r}; {allowed}"
            )
            return text + (f"; {hint}" if hint else "")
    return f"{one}={other}: {one!r} and {other!r} are not of one kind (party, issue, proposal, origin)"


def read_matches(pairs: Iterable[str]) -> dict[str, str]:
    """``A=B`` as it is typed, by the id of the first model.

    Raises
    ------
    InputError
        For what is not written so, or an id that is matched twice; all mistakes at once.

    Examples
    --------
    >>> read_matches(["north=n", "truce = halt"])
    {'north': 'n', 'truce': 'halt'}
    """
    found: dict[str, str] = {}
    wrong = []
    for text in pairs:
        one, sign, other = (part.strip() for part in text.partition("="))
        if not (one and sign and other):
            wrong.append(f"--match {text}: write the id in the first model, =, and the id in the second")
        elif found.get(one, other) != other:
            wrong.append(f"--match {text}: {one!r} is matched with {found[one]!r} already")
        else:
            found[one] = other
    if wrong:
        raise InputError("\n".join(wrong))
    return found
