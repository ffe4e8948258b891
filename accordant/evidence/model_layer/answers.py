"""What a language model answered: strings and closed lists, or why not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from accordant.case.sources import OriginKind
from accordant.evidence.cues import Act
from accordant.evidence.model_layer.outgoing import ACTS, KINDS
from accordant.evidence.model_layer.parsing import json_in

MOST = 40
"""Suggestions taken from one answer."""
MOST_PIECES = 12
L = TypeVar("L", bound=str)
_KEYS = ("source", "cue", "content", "kind", "act", "told", "inside")


@dataclass(frozen=True, slots=True)
class Proposed:
    """One suggestion as returned; nothing is known of it yet but its shape.

    Attributes
    ----------
    number
        Its number in the answer, from 1.
    inside
        The number of the one that it is said inside of; 0 for none.
    """

    number: int
    source: str
    cue: str
    content: tuple[str, ...]
    kind: OriginKind
    act: Act
    told: str
    inside: int

    @property
    def words(self) -> str:
        """What was returned, in one line for people."""
        return f"{self.source or '(nobody)'} | {self.cue} | {' … '.join(self.content)}"


@dataclass(frozen=True, slots=True)
class Parsed:
    """One answer, taken apart.

    Attributes
    ----------
    wrong
        (reason, what was returned) of each entry that has not the right shape.
    ignored
        Keys that were not asked for.
    """

    claims: tuple[Proposed, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()
    ignored: Mapping[str, int] = field(default_factory=Counter)


class _ShapeError(Exception):
    pass


def parse(text: str) -> Parsed:
    """An answer as suggestions.

    Raises
    ------
    AnswerError
        If there is no list of claims in it.

    Examples
    --------
    >>> one = '{"source": "Renn", "cue": "said", "content": "no", "kind": "named", "act": "claim"}'
    >>> parse('{"claims": [' + one + ', 7]}').wrong
    (('wrong type: an entry is no object', '7'),)
    """
    found = json_in(text, "claims")["claims"]
    if not isinstance(found, list):
        return Parsed((), (("wrong type: claims is no list", _shown(found)),))
    claims: list[Proposed] = []
    wrong: list[tuple[str, str]] = []
    ignored: Counter[str] = Counter()
    for number, entry in enumerate(found, 1):
        if number > MOST:
            wrong.append((f"more than {MOST} in one paragraph", _shown(entry)))
            continue
        try:
            claims.append(_proposed(number, entry))
        except _ShapeError as error:
            wrong.append((str(error), _shown(entry)))
            continue
        ignored.update(key[:40] for key in list(entry)[:50] if key not in _KEYS)
    return Parsed(tuple(claims), tuple(wrong), ignored)


def _proposed(number: int, entry: Any) -> Proposed:
    if not isinstance(entry, dict):
        raise _ShapeError("wrong type: an entry is no object")
    content = entry.get("content")
    pieces = [content] if isinstance(content, str) else content
    if not isinstance(pieces, list) or not all(isinstance(p, str) for p in pieces):
        raise _ShapeError("wrong type: content is no list of strings")
    pieces = [p for p in pieces if p.strip()]
    if len(pieces) > MOST_PIECES:
        raise _ShapeError(f"more than {MOST_PIECES} pieces of content")
    inside = entry.get("inside")
    if inside is not None and (isinstance(inside, bool) or not isinstance(inside, int)):
        raise _ShapeError("wrong type: inside is no number")
    made = Proposed(
        number,
        _string(entry, "source"),
        _string(entry, "cue"),
        tuple(pieces),
        _listed(entry, "kind", KINDS),
        _listed(entry, "act", ACTS),
        _string(entry, "told"),
        inside or 0,
    )
    if not made.content:
        raise _ShapeError("no content")
    if not made.cue.strip():
        raise _ShapeError("no cue")
    return made


def _string(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _ShapeError(f"wrong type: {key} is no string")
    return value.strip()


def _listed(entry: Mapping[str, Any], key: str, allowed: tuple[L, ...]) -> L:
    value = _string(entry, key)
    found = next((one for one in allowed if one == value), None)
    if found is None:
        raise _ShapeError(f"{key} is not one of the list")
    return found


def _shown(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)[:1000]
    except (ValueError, RecursionError):
        return ""
