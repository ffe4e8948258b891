"""Words that lean: a list that people can edit, and where the analyst's own words use one of it.

The list is ``leaning.yaml`` beside this file. A case has its own in ``leaning.yaml`` in its folder, and an
organisation may name another: each adds words, or takes some out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field

from accordant.case.base import Names, Node
from accordant.case.emit import to_plain
from accordant.case.files import read_source
from accordant.case.objects import Case
from accordant.case.places import Path as Place
from accordant.case.places import find, written
from accordant.case.repair import validate
from accordant.case.tidy import tidy
from accordant.case.tree import grow, plain
from accordant.errors import CaseError, InputError, Problem, did_you_mean

FILE = "leaning.yaml"
OWN = frozenset(
    {"title", "question", "note", "says", "name", "interest", "reason", "graded_because", "what", "event"}
)
"""Keys whose text is the analyst's own."""
_OTHERS = (("reports", "title"), ("origins", "name"), ("register", "name"), ("parties", "name"))
"""Sections in which such a key holds somebody's name, or a headline."""
_QUOTED = (("claims", "quote"), ("origins", "words"), ("reports", "title"), ("judgements", "likelihood"))
_MARKED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]")


class LeaningWord(Node):
    """One word that leans."""

    word: str = Field(min_length=1, description="the word, or several in a row")
    also: Names = Field(default=(), description="other forms of it")
    instead: Names = Field(default=(), description="what can be said instead")
    because: str = Field(description="why it leans, in a sentence")


class LeaningFile(Node):
    """What a file of such words holds."""

    words: tuple[LeaningWord, ...] = Field(default=(), description="words that are looked for")
    without: Names = Field(default=(), description="words of the lists before this one that are not")


@dataclass(frozen=True, slots=True)
class Leaning:
    """One place where the analyst's own words lean.

    Attributes
    ----------
    path
        Where it stands in the case, such as ``claims.c5.says``.
    found
        The word as it stands there.
    around
        The words around it.
    by
        Of a claim the party that is said to act or hold it.
    """

    path: str
    word: str
    found: str
    around: str
    instead: tuple[str, ...]
    because: str
    by: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "path": self.path,
            "word": self.word,
            "found": self.found,
            "around": self.around,
            "instead": list(self.instead),
            "because": self.because,
            "by": self.by or None,
        }


class Words:
    """A list of words that lean, ready to be looked for.

    Examples
    --------
    >>> words = Words([LeaningWord(word="regime", because="it judges")])
    >>> [m.group() for m, _ in words.found("The regime's offer; the regimen; regimes")]
    ["regime's", 'regimes']
    """

    def __init__(self, words: Iterable[LeaningWord]) -> None:
        self.words = {word.word: word for word in words}
        forms = {form.lower(): one for one in self.words.values() for form in (one.word, *one.also)}
        self._forms = forms
        told = "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in sorted(forms, key=len, reverse=True))
        self._find = re.compile(rf"(?<![\w-])({told})(?:e?s|['’]s?)?(?![\w-])", re.IGNORECASE)

    def found(self, text: str) -> Iterator[tuple[re.Match[str], LeaningWord]]:
        """Every such word in a text, but for what stands between quotation marks."""
        if not self._forms:
            return
        for match in self._find.finditer(_MARKED.sub(lambda m: " " * len(m[0]), text)):
            yield match, self._forms[" ".join(match[1].lower().split())]


def words_for(folder: Path | None = None, lists: Iterable[Path] = ()) -> Words:
    """The words that are looked for in a case: the list that comes along, others, and the case's own.

    Raises
    ------
    CaseError
        With every mistake in one of the files.
    """
    files = [*lists]
    if folder is not None and (folder / FILE).is_file():
        files.append(folder / FILE)
    made = {word.word: word for word in _shipped().words}
    for file in files:
        one = _read(file)
        for name in one.without:
            if name not in made:
                raise InputError(
                    f"{file}: without: {name!r} is none of the words before it"
                    + (f"; {hint}" if (hint := did_you_mean(name, list(made))) else "")
                )
            del made[name]
        made |= {word.word: word for word in one.words}
    return Words(made.values())


@lru_cache(1)
def _shipped() -> LeaningFile:
    return _read(Path(__file__).parent / FILE)


def _read(file: Path) -> LeaningFile:
    source = read_source(file, str(file))
    if isinstance(source, Problem):
        raise CaseError([source], "the list of words could not be read")
    tree, problems = grow(source.text, str(file))
    data = plain(tree) if tree is not None else None
    if problems or not isinstance(data, dict):
        hint = "begin with 'words:' or 'without:'"
        wrong = problems or [Problem("must be a mapping: lines of 'key: value'", file=str(file), hint=hint)]
        raise CaseError(wrong, "the list of words could not be read")
    outcome = validate(LeaningFile, tidy(data))
    if outcome.findings or outcome.value is None:
        found = []
        for f in outcome.findings:
            place = find(tree, f.path, str(file)) if tree is not None else None
            found.append(
                Problem(
                    f.message,
                    file=str(file),
                    line=place.line if place else None,
                    path=written(f.path),
                    found=f.found,
                    allowed=f.allowed,
                    hint=f.hint,
                )
            )
        raise CaseError(found, "the list of words could not be read")
    return outcome.value


def leanings(case: Case, words: Words) -> tuple[Leaning, ...]:
    """Every place where the analyst's own words lean.

    What a party is called by its name is its own, and left out.

    Examples
    --------
    >>> case = Case.model_validate({"title": "The regime and the Front", "parties": {"a": {}}})
    >>> [(one.path, one.found, one.instead[0]) for one in leanings(case, words_for())]
    [('title', 'regime', 'government')]
    """
    names = [party.name for party in case.parties.values() if party.name]
    found = []
    for place, text in own_words(case):
        masked = text
        for name in names:
            masked = masked.replace(name, " " * len(name))
        claim = case.claims.get(str(place[1])) if place[0] == "claims" else None
        for match, word in words.found(masked):
            start, end = match.span()
            found.append(
                Leaning(
                    written(place),
                    word.word,
                    match[0],
                    _around(text, start, end),
                    word.instead,
                    word.because,
                    (claim.by or "") if claim else "",
                )
            )
    return tuple(found)


def problems(case: Case, words: Words) -> list[tuple[Place, Problem]]:
    """The same as warnings, each with its place in the case."""
    made = []
    for one in leanings(case, words):
        hint = f"say {' or '.join(repr(i) for i in one.instead)}" if one.instead else "say it otherwise"
        message = f"{one.found!r} leans: {one.because}"
        problem = Problem(message, path=one.path, found=one.around, hint=hint, severity="warning")
        made.append((_steps(case, one.path), problem))
    return made


def _steps(case: Case, path: str) -> Place:
    return next((place for place, _ in own_words(case) if written(place) == path), ())


def own_words(case: Case) -> Iterator[tuple[Place, str]]:
    """Every text of a case that is in the analyst's own words, with its place."""
    for place, text in _texts(case):
        if place[-1] in OWN and (place[0], place[-1]) not in _OTHERS:
            yield place, text


def quoted_words(case: Case) -> Iterator[tuple[Place, str]]:
    """Every text of a case that is somebody else's, with its place."""
    for place, text in _texts(case):
        if (place[0], place[-1]) in _QUOTED:
            yield place, text


def _texts(case: Case) -> Iterator[tuple[Place, str]]:
    for node in (case, case.sources):
        yield from _walk(to_plain(node), ())


def _walk(part: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(part, Mapping):
        for key, inner in part.items():
            if key == "assumed" and isinstance(inner, str):
                yield (*place, key, "says"), inner
            else:
                yield from _walk(inner, (*place, key))
    elif isinstance(part, list):
        for k, inner in enumerate(part):
            yield from _walk(inner, (*place, k))
    elif isinstance(part, str) and place:
        yield place, part


def _around(text: str, start: int, end: int) -> str:
    first = text.rfind(" ", 0, max(0, start - 25)) + 1 if start > 30 else 0
    last = text.find(" ", min(len(text), end + 25))
    last = len(text) if last < 0 else last
    return f"{'… ' if first else ''}{' '.join(text[first:last].split())}{' …' if last < len(text) else ''}"
