"""What the domain model refuses, in plain words: what was found, what is allowed, what to try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from accordant.case.base import MARK
from accordant.case.findings import Finding
from accordant.case.wording import instead_of
from accordant.errors import did_you_mean

_SHAPES = {
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping",
    "model_attributes_type": "must be a mapping",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "is too large a number",
    "decimal_type": "must be a number",
    "decimal_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
}
_TUPLES = {
    "incomparable": ("two states", "[state, state]"),
    "degrees": ("two states and a number", "[state, state, number]"),
    "linear": ("a value and its worth", "[value, worth]"),
    "table": ("a state and its worth", "[state, worth]"),
    "worth": ("two numbers", "[low, high]"),
}
_ELSEWHERE = {
    "decisive": "strength is marked on priority lines and red lines, and in a ranking by the entry '>>'; "
    "worths have no marks",
}
_NOT_MEANT = {
    "~pairs": "forward, backward, any, or a list of [from, to] pairs",
    "~word": "forward, backward, any, or a list of [from, to] pairs",
}

_FORMS = {
    "range": "{from: 0, to: 10, step: 0.5}",
    "transfer": "{from: party, to: party}",
    "linear": "[[value, worth], …]",
    "table": "[[state, worth], …]",
    "delay": "{cost: 2, days: 30} or {factor: 0.95, days: 30}",
    "stages": "[{name: …, day: 0, package: {issue: value}}, …]",
    "half_life": "{offer: 14, interest: none}, one number of days for every kind, or none",
}


def mistakes(error: ValidationError, model: type[BaseModel]) -> Iterator[Finding]:
    """Everything that the domain model refuses, in plain words.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> try:
    ...     _ = Case.model_validate({"title": "t", "parties": {"a": {"rol": "party"}}})
    ... except ValidationError as error:
    ...     print([(m.path, m.message, m.hint) for m in mistakes(error, Case)])
    [(('parties', 'a', 'rol'), "unknown key 'rol'", "did you mean 'role'?")]
    """
    for entry in error.errors(include_url=False):
        yield _mistake(entry, model)


_GRADE = "must be a source from A to F and an item from 1 to 6, such as B2"
_PATTERNS = {"^[A-F]$": "must be a letter from A to F, such as B; F: cannot be judged"}


def _mistake(entry: Mapping[str, Any], model: type[BaseModel]) -> Finding:
    loc: tuple[str | int, ...] = entry["loc"]
    path = tuple(part for part in loc if not str(part).startswith(MARK))
    kind, context, given = entry["type"], entry.get("ctx") or {}, entry.get("input")
    match kind:
        case "extra_forbidden":
            return _unknown_key(loc, path, model)
        case "missing":
            return _missing(path)
        case "literal_error":
            return _not_one_of(path, given, _choices(loc, model))
        case "string_pattern_mismatch":
            return Finding(path, _PATTERNS.get(str(context.get("pattern")), _GRADE), found=_shown(given))
        case "greater_than_equal":
            return Finding(path, f"must be at least {context.get('ge')}", found=_shown(given))
        case "too_long" | "too_short":
            if _parts(path) is not None:
                return _missing((*path, 0))
            count = context.get("max_length" if kind == "too_long" else "min_length")
            return Finding(path, f"must have {count} entries", found=_shown(given))
        case "value_error":
            return Finding(path, str(context.get("error")), found=_shown(given))
    if given is None:
        return Finding(path, "is empty", hint="write a value, in quotation marks if it is a word like null")
    message = _SHAPES.get(kind, entry["msg"])
    numeric = kind.startswith(("decimal", "int_parsing", "int_from"))
    hint = (instead_of(given) if numeric and isinstance(given, str) else None) or _shape_hint(loc)
    return Finding(path, message, found=_shown(given), hint=hint)


def _unknown_key(loc: tuple[str | int, ...], path: tuple[str | int, ...], model: type[BaseModel]) -> Finding:
    key = str(path[-1])
    allowed = keys_at(loc[:-1], model)
    hint = did_you_mean(key, allowed) or _ELSEWHERE.get(key)
    return Finding(path, f"unknown key {key!r}", allowed=allowed, hint=hint, on_key=True)


def _missing(path: tuple[str | int, ...]) -> Finding:
    last = path[-1]
    if isinstance(last, int):
        what, hint = _parts(path[:-1]) or ("a pair", "[from, to]")
        return Finding(path[:-1], f"must be {what}", hint=f"write {hint}")
    return Finding(path[:-1], f"needs the key {last!r}", on_key=True, missing=last)


def _parts(path: tuple[str | int, ...]) -> tuple[str, str] | None:
    """What a list of a fixed length at a place has to hold; None where nothing is known of it."""
    named = path[-2:-1] if path and isinstance(path[-1], int) else path[-1:]
    found = _TUPLES.get(str(named[0])) if named else None
    # below worths and tables, where nothing else is a list of its own, it is a range
    return found or (_TUPLES["worth"] if {"worth", "table"} & set(path) else None)


def _not_one_of(path: tuple[str | int, ...], given: object, allowed: tuple[str, ...]) -> Finding:
    if path == ("accordant",):
        hint = "a newer version of the program may read it"
        return Finding(path, "this version of the format is not known", _shown(given), allowed, hint)
    if not isinstance(given, str):
        return Finding(path, "must be one word", _shown(given), allowed)
    return Finding(path, f"{given!r} is not allowed here", given, allowed, did_you_mean(given, allowed))


def _shape_hint(loc: tuple[str | int, ...]) -> str | None:
    for part in reversed(loc):
        if part in _NOT_MEANT:
            return f"write {_NOT_MEANT[str(part)]}"
    return f"write {_FORMS[str(loc[-1])]}" if loc and loc[-1] in _FORMS else None


def _shown(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case list() | tuple():
            return "a list"
        case dict() | BaseModel():
            return "a mapping"
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def keys_at(loc: tuple[str | int, ...], model: type[BaseModel]) -> tuple[str, ...]:
    """The keys that the domain model knows at a place."""
    found = [t for t in _types_at(loc, model) if isinstance(t, type) and issubclass(t, BaseModel)]
    return tuple(
        field.alias or name for t in found[:1] for name, field in t.model_fields.items() if not field.exclude
    )


def _choices(loc: tuple[str | int, ...], model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(str(c) for t in _types_at(loc, model) if get_origin(t) is Literal for c in get_args(t))


def _types_at(loc: tuple[str | int, ...], model: type[BaseModel]) -> list[Any]:
    types: list[Any] = [model]
    for part in loc:
        if isinstance(part, str) and part.startswith(MARK):
            named = [t for t in types if getattr(t, "__name__", "") == part[len(MARK) :]]
            types = named or types
        else:
            types = [leaf for t in types for inner in _inside(t, part) for leaf in _leaves(inner)]
    return types


def _inside(kind: Any, part: str | int) -> Iterator[Any]:
    origin, args = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if part in (name, field.alias):
                yield field.annotation
    elif origin is dict:
        yield args[1]
    elif origin in (tuple, list) and isinstance(part, int):
        yield args[0] if args[-1] is Ellipsis else args[min(part, len(args) - 1)]


def _leaves(kind: Any) -> Iterator[Any]:
    """The types that an annotation stands for, its unions and decorations taken apart."""
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _leaves(get_args(kind)[0])
    elif origin in (Union, UnionType):
        for arg in get_args(kind):
            yield from _leaves(arg)
    else:
        yield kind
