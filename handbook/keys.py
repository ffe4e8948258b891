"""The reference of the case format, made from its JSON schema; the prose is in ``docs/case-format.md``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from accordant.case.schema import FILES, schema

JSON = Mapping[str, Any]
PLAIN = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "",
}


def write(source: Path) -> list[str]:
    """Write a page for each file of a case, with its schema beside it, and say where they are."""
    found = []
    for file in FILES:
        name = file.removesuffix(".schema.json")
        place = f"reference/{name}-yaml"
        page = source / f"{place}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        (page.parent / file).write_text(json.dumps(schema(file), indent=1), encoding="utf-8")
        page.write_text("\n".join(_page(f"{name}.yaml", file)), encoding="utf-8")
        found.append(place)
    return found


def _page(file: str, name: str) -> Iterator[str]:
    given = schema(name)
    yield f"# Every key of {file}\n"
    yield (
        f"Made from the [JSON schema]({name}), which editors read too. [The case format](../case-format.md) "
        "says in words what each part means, with examples.\n"
    )
    yield f"{_ended(given['description'])}\n"
    yield _keys(given)
    for title, part in given["$defs"].items():
        yield f"## {title}\n"
        yield f"{_ended(part.get('description', ''))}\n"
        yield _keys(part)


def _keys(part: JSON) -> str:
    rows = ["| key | takes | what it holds |", "|---|---|---|"]
    needed = set(part.get("required", ()))
    for key, about in part.get("properties", {}).items():
        says = _text(about.get("description", ""))
        more = ["required"] if key in needed else []
        if (default := about.get("default")) not in (None, False, [], {}) and not isinstance(default, dict):
            more.append(f"default `{default}`")
        extra = f" ({', '.join(more)})" if more else ""
        rows.append(f"| `{key}` | {_cell(takes(about))} | {_cell(says + extra)} |")
    return "\n".join(rows) + "\n"


def takes(about: JSON) -> str:
    """What a key takes, in words.

    Examples
    --------
    >>> takes({"type": ["string", "number", "boolean", "null"]})
    'text'
    >>> takes({"items": {"$ref": "#/$defs/Rule"}, "type": "array"})
    'list of [Rule](#rule)'
    >>> takes({"anyOf": [{"type": "integer"}, {"const": "none", "type": "string"}, {"type": "null"}]})
    'whole number or `none`'
    """
    if "$ref" in about:
        name = about["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "const" in about:
        return f"`{about['const']}`"
    if "enum" in about:
        return _or([f"`{choice}`" for choice in about["enum"]])
    for several in ("anyOf", "oneOf"):
        if several in about:
            return _or([takes(one) for one in about[several]])
    return _typed(about)


def _typed(about: JSON) -> str:
    kinds = about.get("type", "object")
    kinds = {kinds} if isinstance(kinds, str) else set(kinds)
    if "array" in kinds:
        return f"list of {takes(about['items'])}" if "items" in about else "list"
    if "object" in kinds:
        inside = about.get("additionalProperties")
        if not isinstance(inside, Mapping) or not inside:
            return "mapping"
        held = takes(inside)
        return f"by id, then {held}" if held.startswith("by id") else f"by id: {held}"
    if kinds - {"null"} == {"number", "string"}:
        return "exact number"
    # A scalar of any type is taken as the text that stands there.
    if "string" in kinds:
        return "text"
    return _or([PLAIN[kind] for kind in sorted(kinds)])


def _or(choices: list[str]) -> str:
    kept = [c for c in dict.fromkeys(choices) if c]
    return kept[0] if len(kept) == 1 else ", ".join(kept[:-1]) + f" or {kept[-1]}" if kept else ""


def _ended(text: str) -> str:
    text = _text(text)
    return text if not text or text.endswith(".") else f"{text}."


def _text(text: str) -> str:
    return re.sub(r"([\\*_\[\]<>])", r"\\\1", " ".join(text.split()))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
