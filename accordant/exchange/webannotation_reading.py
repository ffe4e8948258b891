"""A file of Web Annotations, as far as claims can be made of it: untrusted, of any program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accordant.errors import InputError
from accordant.exchange.webannotation_out import hash_of
from accordant.exchange.webannotation_places import Selected, selected

LIMIT = 64 * 1024 * 1024
"""Most bytes of such a file."""
MOST = 100_000
"""Most annotations of one file."""
DEEPEST = 6
"""Most collections and pages inside one another."""
LONGEST = 20_000
"""Most signs of one body that are taken over."""


@dataclass(frozen=True)
class Told:
    """One annotation.

    Attributes
    ----------
    hashes, addresses
        What names the text that it is about: SHA-256 hashes, and other names.
    bodies
        The words of its bodies by their purpose; the empty purpose for bodies without one.
    properties
        What stands under ``schema:additionalProperty``, by name.
    """

    id: str
    hashes: frozenset[str]
    addresses: frozenset[str]
    where: Selected
    bodies: Mapping[str, str]
    properties: Mapping[str, Any] = field(default_factory=dict)
    creator: str | None = None


def read_file(path: str | Path) -> list[Told]:
    """The annotations of a file, in order.

    Raises
    ------
    InputError
        If it cannot be read, is too large, is not JSON, or holds no annotations.
    """
    place = Path(path)
    try:
        if not place.is_file():
            raise InputError(f"{place} is not a file; name a file of Web Annotations, such as claims.jsonld")
        if place.stat().st_size > LIMIT:
            raise InputError(f"{place} has more than {LIMIT // 1024**2} MB; split it")
        raw = place.read_bytes()
    except OSError as error:
        raise InputError(f"{place} cannot be read: {error.strerror or error}") from error
    return parse(raw, str(place))


def parse(raw: bytes, name: str) -> list[Told]:
    """The annotations in the bytes of a file; errors as :func:`read_file`.

    Examples
    --------
    >>> found = parse(b'{"type": "Annotation", "target": "https://example.org/a"}', "a.jsonld")
    >>> sorted(found[0].addresses)
    ['https://example.org/a']
    """
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8: byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{name}:{error.lineno}:{error.colno}: is not JSON: {error.msg}") from error
    except (RecursionError, ValueError) as error:
        raise InputError(f"{name} is not JSON that can be read: it is nested too deeply") from error
    found: list[Told] = []
    for one in _annotations(data, 0):
        if len(found) >= MOST:
            raise InputError(f"{name} holds more than {MOST:,} annotations; split it")
        found.append(_told(one))
    if not found:
        allowed = "allowed: an AnnotationCollection with its page in it, an AnnotationPage, an Annotation"
        why = "its pages are elsewhere, and nothing is fetched" if _elsewhere(data) else allowed
        raise InputError(f"{name} holds no Web Annotations; {why}")
    return found


def _annotations(data: object, deep: int) -> Iterator[Mapping[str, Any]]:
    if deep > DEEPEST:
        return
    if isinstance(data, Sequence) and not isinstance(data, str):
        for one in data:
            yield from _annotations(one, deep + 1)
    elif isinstance(data, Mapping):
        kinds = _list(data.get("type", data.get("@type")))
        if "Annotation" in kinds or "oa:Annotation" in kinds:
            yield data
            return
        for part in ("first", "items", "next", "@graph"):
            if isinstance(data.get(part), (Mapping, list)):
                yield from _annotations(data[part], deep + 1)


def _elsewhere(data: object) -> bool:
    return isinstance(data, Mapping) and isinstance(data.get("first"), str)


def _list(value: object) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _text(value: object) -> str:
    # half a pair of surrogates, which JSON can hold, cannot be written to a file
    return value[:LONGEST].encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _told(data: Mapping[str, Any]) -> Told:
    targets = _list(data.get("target"))
    target = next((t for t in targets if isinstance(t, Mapping)), targets[0] if targets else None)
    source: object = target
    where = Selected()
    if isinstance(target, Mapping):
        source = target.get("source", target)
        where = selected(target.get("selector"))
    hashes, addresses = _names(source)
    properties = {
        _text(p.get("schema:name")): p.get("schema:value")
        for p in _list(data.get("schema:additionalProperty"))
        if isinstance(p, Mapping)
    }
    creator = next(iter(_list(data.get("creator"))), None)
    named = _text(creator.get("name")) if isinstance(creator, Mapping) else _text(creator)
    return Told(
        _text(data.get("id", data.get("@id"))),
        hashes,
        addresses,
        where,
        _bodies(data),
        properties,
        named or None,
    )


def _names(source: object) -> tuple[frozenset[str], frozenset[str]]:
    """The hashes and the addresses that name a resource."""
    names = [source] if isinstance(source, str) else []
    hashes: set[str] = set()
    if isinstance(source, Mapping):
        keys = ("id", "@id", "schema:url", "schema:isBasedOn")
        names = [_text(source.get(key)) for key in keys]
        hashes.add(_text(source.get("schema:sha256")).strip().lower())
    for name in names:
        found = hash_of(name)
        if found:
            hashes.add(found)
    addresses = {name.strip() for name in names if name.strip() and not hash_of(name)}
    return frozenset(hashes - {""}), frozenset(addresses)


def _bodies(data: Mapping[str, Any]) -> dict[str, str]:
    """The words of the bodies, the first of each purpose."""
    found: dict[str, str] = {}
    if words := _text(data.get("bodyValue")):
        found[""] = words
    for body in _list(data.get("body")):
        if not isinstance(body, Mapping):
            continue
        words = _text(body.get("value"))
        for purpose in _list(body.get("purpose")) or [""]:
            if words and isinstance(purpose, str):
                found.setdefault(purpose.removeprefix("oa:"), words)
    return found
