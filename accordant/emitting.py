"""Results as JSON piece by piece, so that a million states are never held as text or as objects.

What is written may be made as it is written: any mapping and any sequence will do, of any length.
Up to :data:`LONG` entries stand one on a line, indented; longer ones are set in dense lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from json.encoder import encode_basestring
from typing import Any

from accordant.tables import AT_ONCE, Rows

LONG = 20_000
"""Entries up to which each stands on a line of its own."""
STEP = "  "
# Controls but for line feed and tab, what sets or overrides direction, what has no width at all.
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def plain(data: Any) -> Any:
    """The same data in dictionaries and lists.

    Examples
    --------
    >>> plain({"states": ("s1", "s2")})
    {'states': ['s1', 's2']}
    """
    if isinstance(data, Mapping):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, Sequence) and not isinstance(data, str):
        return [plain(item) for item in data]
    return data


def described(names: Sequence[str], values: Sequence[Mapping[str, str]]) -> Rows[dict[str, Any]]:
    """States as they stand in JSON: the name and the values of each.

    Examples
    --------
    >>> described(("s1",), ({"x": "no"},))[0]
    {'name': 's1', 'values': {'x': 'no'}}
    """

    def make(start: int, stop: int) -> list[dict[str, Any]]:
        some = zip(names[start:stop], values[start:stop], strict=True)
        return [{"name": name, "values": found} for name, found in some]

    if not isinstance(values, Rows) or values.written is None:
        return Rows(len(names), make)
    texts = values.written

    def written(start: int, stop: int) -> list[str]:
        some = zip(map(encode_basestring, names[start:stop]), texts(start, stop), strict=True)
        return [f'{{"name": {name}, "values": {found}}}' for name, found in some]

    return Rows(len(names), make, written)


def json_pieces(data: Any) -> Iterator[str]:
    """JSON as people read it: indented, every script as it is, what could steer a terminal escaped.

    Examples
    --------
    >>> "".join(json_pieces({"a": [1]})) == json.dumps({"a": [1]}, indent=2) + "\\n"
    True
    """
    yield from map(_harmless, _written(data, "\n"))
    yield "\n"


def _harmless(text: str) -> str:
    if text.isascii() and "\x7f" not in text:  # JSON escapes the other controls itself
        return text
    return STEERING.sub(lambda match: json.dumps(match.group())[1:-1], text)


def _written(data: Any, line: str) -> Iterator[str]:
    """One value; ``line`` ends a line and begins the next at the value's own depth."""
    if isinstance(data, Mapping):
        yield from _listed(data.items(), len(data), "{}", line)
    elif isinstance(data, Sequence) and not isinstance(data, str):
        yield from _listed(data, len(data), "[]", line)
    else:
        yield _dense(data)


def _listed(entries: Iterable[Any], count: int, marks: str, line: str) -> Iterator[str]:
    if not count:
        yield marks
        return
    inner = line + STEP
    between = marks[0] + inner
    if count <= LONG:
        for entry in entries:
            if marks == "{}":
                key, entry = entry
                between += f"{_dense(str(key))}: "
            written = _written(entry, inner)
            yield between + next(written)
            yield from written
            between = "," + inner
    else:
        for dense in _blocks(entries):
            yield between + dense
            between = "," + inner
    yield line + marks[1]


def _blocks(entries: Iterable[Any]) -> Iterator[str]:
    """Many entries in lines of several."""
    if not isinstance(entries, Sequence):
        pairs = iter(entries)
        while block := dict(islice(pairs, AT_ONCE)):
            yield _dense(block)[1:-1]
        return
    for start in range(0, len(entries), AT_ONCE):
        stop = min(start + AT_ONCE, len(entries))
        if isinstance(entries, Rows) and entries.written:
            yield ", ".join(entries.written(start, stop))
            continue
        some = entries[start:stop]
        names = all(isinstance(entry, str) for entry in some)  # of these there are many millions
        yield ", ".join(map(encode_basestring, some)) if names else _dense(list(some))[1:-1]


def _dense(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, default=plain)
