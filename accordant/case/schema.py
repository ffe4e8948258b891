"""JSON Schemas of ``case.yaml`` and ``claims.yaml``, made from the domain model.

They are shipped beside this module, so that an editor completes and checks a case while it is
written: put ``# yaml-language-server: $schema=…/case.schema.json`` on its first line. Editors type
scalars by their looks; the schema therefore takes a number or a flag wherever the format takes text.
``python -m accordant.case.schema`` writes the files anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from accordant.case.objects import Case
from accordant.case.sources import Sources
from accordant.case.writer import write_whole

DIALECT = "https://json-schema.org/draft/2020-12/schema"
HERE = Path(__file__).parent
FILES: Mapping[str, tuple[type[BaseModel], str]] = {
    "case.schema.json": (Case, "Accordant case: case.yaml"),
    "claims.schema.json": (Sources, "Accordant sources: claims.yaml"),
}
_MAY_BE_EMPTY = ("Party", "Preference", "Position")


class _AsWritten(GenerateJsonSchema):
    """Schemas of text as an editor sees it, before it is known to be text."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        made = super().str_schema(schema)
        return made if "pattern" in made else {**made, "type": ["string", "number", "boolean"]}

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        return {"type": ["number", "string"]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        # An optional key is left out; a default of null is not for files.
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default", ...) in (None, [], {}):
            made.pop("default", None)
        return made


def schema(name: str) -> dict[str, Any]:
    """One of the two schemas, by its file name.

    Examples
    --------
    >>> sorted(schema("claims.schema.json")["properties"])
    ['claims', 'origins', 'register', 'reports']
    """
    return schema_of(*FILES[name])


def schema_of(model: type[BaseModel], title: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file, from the model that reads it."""
    made = model.model_json_schema(mode="validation", by_alias=True, schema_generator=_AsWritten)
    made["properties"].pop("sources", None)
    used = _used(made)
    definitions = {k: v for k, v in sorted(made.pop("$defs", {}).items()) if k in used}
    for kind, definition in definitions.items():
        _tidy(definition)
        if kind in _MAY_BE_EMPTY and not definition.get("required"):
            definition["type"] = ["object", "null"]
    _tidy(made)
    made["title"] = title
    # Sections that are left empty count as absent.
    for key, section in made["properties"].items():
        if key not in made.get("required", ()):
            made["properties"][key] = _or_empty(section)
    return {"$schema": DIALECT, **made, "$defs": definitions}


def _or_empty(section: dict[str, Any]) -> dict[str, Any]:
    """The schema of a section that may be left empty."""
    kinds = section.get("type")
    if "const" in section or "enum" in section:
        return section
    if kinds is not None:
        return {**section, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}
    about: dict[str, Any] = {k: v for k, v in section.items() if k in ("title", "description", "default")}
    inner = {k: v for k, v in section.items() if k not in about}
    return {**about, "anyOf": [*inner.get("anyOf", [inner]), {"type": "null"}]}


def _used(made: dict[str, Any]) -> set[str]:
    """The definitions that the file's own properties lead to."""
    definitions = made.get("$defs", {})
    found: set[str] = set()
    ahead: list[Any] = [{k: v for k, v in made.items() if k != "$defs"}]
    while ahead:
        part = ahead.pop()
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name in definitions and name not in found:
                found.add(name)
                ahead.append(definitions[name])
            ahead.extend(part.values())
        elif isinstance(part, list):
            ahead.extend(part)
    return found


def _tidy(node: Any) -> None:
    """First lines of docstrings only, without markup; titles that read as words."""
    if isinstance(node, list):
        for part in node:
            _tidy(part)
    if not isinstance(node, dict):
        return
    if isinstance(node.get("description"), str):
        node["description"] = node["description"].split("\n\n")[0].replace("\n", " ").replace("``", "")
    if isinstance(node.get("title"), str):
        node["title"] = node["title"].replace("_", " ").strip()
    for part in node.values():
        _tidy(part)


def text(name: str) -> str:
    """A schema as the text of its file."""
    return as_file(schema(name))


def as_file(made: dict[str, Any]) -> str:
    """A schema as it is written into a file."""
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def write(folder: Path = HERE) -> tuple[Path, ...]:
    """Write both schemas into a folder."""
    return tuple(write_whole(folder / name, text(name)) for name in FILES)


if __name__ == "__main__":
    for path in write():
        print(path)
