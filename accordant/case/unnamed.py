"""Names typed where somebody unnamed must stay unnamed.

A name is looked for in two ways: the known names of persons (of named origins, and of the register),
in any script; and two or more words in a row that are written like a person's name and stand nowhere
in what has been published. Neither is proof, so that what follows is a warning, never a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from accordant.case.objects import Case
from accordant.case.sources import Claim, Origin


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:['’.-][^\W\d_]+)*\.?")
_STARTERS = _set(
    "a an the this that these those he she it they we i you one two three four five some several many both "
    "all no not nobody his her its their my our your by in on at to of for from with without as after "
    "before during under over between among against if when while where who what which why how and but or "
    "nor so yet there here according may might could would should will can must is are was were has have "
    "had did does do be been said says told see only also even more most same other another each every any "
    "north south east west new"
)
_KNOWN = _set(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday mr mrs ms dr prof sir lady lord general gen colonel col "
    "major captain president minister prime foreign defence defense secretary deputy state ambassador "
    "chief director union council front government ministry parliament court agency office"
)
_BODIES = _set(
    "agency army assembly association authority bank board brigade bureau cabinet commission committee "
    "company conference congress corporation council court cross department embassy federation force "
    "forces front government group house institute league ministry mission movement nations network "
    "news office organisation organization parliament party police post press school senate society "
    "times union university airport bay bridge canal city coast county crossing dam desert district "
    "east gulf hill hills island islands lake mountains north ocean peninsula port province region "
    "republic river road sea south square states strait street strip territory valley west agreement "
    "accord act treaty war"
)
"""Words in the names of bodies, places and papers: a name that has one is no person's."""
_STEM = 4
"""Words that begin alike over this many letters may be forms of one."""
_ANONYMOUS = ("unnamed", "anonymous", "unknown", "not named", "name withheld", "none", "n/a", "-", "?")


def names_like(text: str, public: Iterable[str] = ()) -> tuple[str, ...]:
    """Words in a text that are written like a person's name and stand nowhere in what is public.

    Parameters
    ----------
    public
        Texts whose words give nobody away: the report, what it quotes, the parties' names.

    Examples
    --------
    >>> names_like("Ida Renn told us, she says")
    ('Ida Renn',)
    >>> names_like("The Northern Council gives way", ["the Council in the North"])
    ()
    """
    return _names(text, _Public.of(public))


@dataclass(frozen=True, slots=True)
class _Public:
    """Words that give nobody away, and how they begin."""

    words: frozenset[str]
    begun: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> _Public:
        words = frozenset(word.rstrip(".").casefold() for text in texts for word in _WORD.findall(text))
        return cls(words, frozenset(w[:k] for w in words for k in range(_STEM, len(w) + 1)))

    def holds(self, bare: str) -> bool:
        """Whether a word is among them, or another form of one (Israel, Israeli)."""
        if bare in self.words or bare in self.begun:
            return True
        return any(bare[:k] in self.words for k in range(_STEM, len(bare)))


def _names(text: str, *public: _Public) -> tuple[str, ...]:
    found = []
    for run in _runs(text):
        run = run[1:] if run[0].casefold() in _STARTERS else run
        if len(run) < 2 or any(word.casefold().rstrip(".") in _BODIES for word in run):
            continue
        if not all(_is_public(word, public) for word in run):
            found.append(" ".join(run).rstrip("."))
    return tuple(dict.fromkeys(found))


def _runs(text: str) -> Iterator[list[str]]:
    """Words in a row that begin with a capital letter, nothing but spaces between them."""
    run: list[str] = []
    end = -1
    for match in _WORD.finditer(text):
        word = match.group()
        apart = text[end : match.start()].strip(" ") != "" if end >= 0 else True
        if run and (apart or not word[:1].isupper() or (run[-1].endswith(".") and len(run[-1]) > 4)):
            yield run
            run = []
        if word[:1].isupper():
            run = [*run, word]
        end = match.end()
    if run:
        yield run


def _may_name(name: str) -> bool:
    """Whether a text may be somebody's name, and not *an aide* or *anonymous*; without capitals it may."""
    words = [w for w in _WORD.findall(name) if w.casefold() not in _STARTERS]
    return name.casefold().strip() not in _ANONYMOUS and any(not word[:1].islower() for word in words)


def _is_public(word: str, public: Iterable[_Public]) -> bool:
    whole = word.rstrip(".").casefold()
    bare = re.sub(r"['’]s?$", "", whole)
    if bare in _KNOWN or bare in _STARTERS or (len(word) <= 5 and word.isupper()):
        return True
    return any(some.holds(bare) or some.holds(whole) for some in public)


class Unnamed:
    """Looks for names in what one case says about its unnamed origins.

    Attributes
    ----------
    report
        Further text that is public: the report that is being read, where it is at hand.
    """

    def __init__(self, case: Case, report: str = "") -> None:
        self.case, self.report = case, report

    def origin(self, origin: Origin) -> Iterator[tuple[str, str]]:
        """What in an origin names somebody unnamed: the key, and why in words.

        Examples
        --------
        >>> about = Origin(kind="described", words="two people", name="Ida Renn")
        >>> [key for key, _ in Unnamed(Case(title="t", parties={})).origin(about)]
        ['name']
        """
        if not origin.unnamed:
            return
        if origin.name is not None and _may_name(origin.name):
            yield "name", f"gives a name to a source that is {_kind(origin)}"
        entry = self.case.sources.register_.get(origin.register_ or "")
        if entry is not None and entry.kind not in ("described", "unattributed", "group"):
            yield "register", f"ties a source that is {_kind(origin)} to {origin.register_}, who has a name"
        own = _Public.of([origin.words or "", origin.outlet or ""])
        # what a report describes it by was published; who is guessed at in a remark was not
        for key, public in (("words", (self._stage, self._published)), ("note", (self._stage, own))):
            text = getattr(origin, key)
            if text:
                known = self._known_in(text) if key == "note" else ()
                for name in dict.fromkeys((*known, *_names(text, *public))):
                    yield key, f"names {name!r}, in an origin that is {_kind(origin)}"

    def claim(self, claim: Claim, origin: Origin | None) -> Iterator[tuple[str, str]]:
        """What in the analyst's words on a claim of somebody unnamed is a name that was not published.

        Examples
        --------
        >>> from accordant.case.sources import Claim
        >>> said = Claim(report="r", quote="it will yield", at=(0, 13), kind="offer", says="It yields",
        ...              note="Ida Renn says so")
        >>> [key for key, _ in Unnamed(Case(title="t", parties={})).claim(said, Origin(kind="described"))]
        ['note']
        """
        if origin is None or not origin.unnamed:
            return
        own = _Public.of([claim.quote, origin.words or "", origin.outlet or ""])
        for key in ("says", "note", "graded_because"):
            for name in _names(getattr(claim, key) or "", self._stage, self._published, own):
                yield (
                    key,
                    f"names {name!r}, whom the case quotes nowhere, for a source that is {_kind(origin)}",
                )

    @cached_property
    def _stage(self) -> _Public:
        """Words that stand on the case's face: parties, issues, institutions, outlets."""
        case = self.case
        texts = [case.title]
        for id_, party in case.parties.items():
            texts += [id_, party.name or "", *party.aliases]
        for issue, about in case.issues.items():
            texts += [issue, about.name or "", *about.values]
        texts += [
            o.name or "" for o in case.origins.values() if o.kind in ("institution", "document", "outlet")
        ]
        texts += [o.outlet or "" for o in case.origins.values()]
        return _Public.of(texts)

    @cached_property
    def _published(self) -> _Public:
        """Words that reports have published."""
        case = self.case
        texts = [self.report, *(c.quote for c in case.claims.values())]
        for report in case.reports.values():
            texts += [report.title or "", report.outlet or "", report.author or ""]
        for origin in case.origins.values():
            texts += [] if origin.unnamed else [origin.name or "", origin.words or ""]
        return _Public.of(texts)

    @cached_property
    def _persons(self) -> tuple[str, ...]:
        """Names of persons that the case knows, the surnames too."""
        case = self.case
        names = [o.name for o in case.origins.values() if o.kind == "named" and o.name]
        for entry in case.sources.register_.values():
            if entry.kind == "named":
                names += [entry.name, *entry.aliases]
        last = [name.split()[-1] for name in names if len(name.split()) > 1]
        return tuple(dict.fromkeys(n for n in (*names, *last) if len(n) > 2))

    def _known_in(self, text: str) -> tuple[str, ...]:
        found = [n for n in self._persons if re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text, re.IGNORECASE)]
        return tuple(n for n in found if not any(n != other and n in other for other in found))


def _kind(origin: Origin) -> str:
    return "only described" if origin.kind == "described" else origin.kind


def unnamed_warning(
    case: Case, origin: Origin | None, claim: Claim | None = None, report: str = ""
) -> list[str]:
    """What to tell a person who has typed a name into an unnamed source, or into a claim of one.

    Parameters
    ----------
    report
        The text of the report, whose names give nobody away.

    Examples
    --------
    >>> case = Case(title="t", parties={})
    >>> unnamed_warning(case, Origin(kind="described", words="an aide", name="Ida Renn"))
    ['name gives a name to a source that is only described: leave unnamed sources unnamed']
    """
    if origin is None:
        return []
    looking = Unnamed(case, report)
    found = [*looking.origin(origin), *(looking.claim(claim, origin) if claim is not None else ())]
    return [f"{key} {says}: leave unnamed sources unnamed" for key, says in found]


_PRONOUNS = frozenset(
    (
        "i",
        "we",
        "you",
        "he",
        "she",
        "it",
        "they",
        "one",
        "me",
        "us",
        "him",
        "her",
        "them",
        "who",
        "this",
        "that",
        "these",
        "those",
        "theirs",
        "himself",
        "herself",
        "themselves",
        "somebody",
        "someone",
        "nobody",
        "anybody",
        "everyone",
        "others",
    )
)


def is_pronoun(origin: Origin) -> bool:
    """Whether an origin is told by a pronoun only, so that who is meant is not known.

    Examples
    --------
    >>> is_pronoun(Origin(kind="role", words="They")), is_pronoun(Origin(kind="named", name="They Ong"))
    (True, False)
    """
    return (origin.name or origin.words or "").strip().casefold() in _PRONOUNS
