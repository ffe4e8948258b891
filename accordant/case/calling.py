"""New ids for what is called by a word that must not be seen: an id is often a name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from pydantic import BaseModel

from accordant.case.base import Assumption, FrozenDict
from accordant.case.objects import Case
from accordant.case.register import entry_of
from accordant.case.veiling import Veil


def renamed_sources(case: Case, entries: Collection[str], lost: Collection[str]) -> dict[str, str]:
    """New ids for entries that are withheld and for their origins: an id is often a name."""
    taken = {*case.origins, *case.sources.register_}
    found: dict[str, str] = {}
    shown = [o for o in case.origins if o not in lost and entry_of_origin(case, o) in entries]
    for id_ in (*(e for e in case.sources.register_ if e in entries), *shown):
        number = len(found) + 1
        while f"source-{number}" in taken:
            number += 1
        if id_ not in found:
            found[id_] = f"source-{number}"
            taken.add(f"source-{number}")
    return found


_CALLED = {
    "claims": "claim",
    "origins": "source",
    "reports": "report",
    "judgements": "judgement",
    "events": "event",
}
"""Sections whose ids may be anything, and how what must be called otherwise is called."""


def neutral_ids(case: Case, veil: Veil, lost: Collection[str], renamed: Mapping[str, str]) -> dict[str, str]:
    """New ids for what is called by a word that must not be seen, however it is written there."""
    named = {section: getattr(case, section) for section in _CALLED}
    ids = [(id_, _CALLED[section]) for section, part in named.items() for id_ in part]
    ids += [(id_, "assumption") for id_ in _assumptions(case)]
    taken = {id_ for id_, _ in ids} | {
        *renamed.values(),
        *case.sources.register_,
        *case.parties,
        *case.issues,
        *case.proposals,
        *case.terms,
    }
    found: dict[str, str] = {}
    for id_, what in ids:
        own = what in ("judgement", "event")  # may be called as a claim or a source is
        if id_ in found or (id_ in lost and not own) or (id_ in renamed and not own):
            continue
        if id_ in renamed:
            found[id_] = renamed[id_]
            continue
        if veil.shown(id_) is None:
            continue
        number = 1
        while f"{what}-x{number}" in taken:
            number += 1
        found[id_] = f"{what}-x{number}"
        taken.add(found[id_])
    return found


def _assumptions(case: Case) -> list[str]:
    """The ids of the assumptions that have one."""
    found: list[str] = []

    def look(node: BaseModel) -> BaseModel:
        if isinstance(node, Assumption) and node.id is not None:
            found.append(node.id)
        return node

    mapped(case, look)
    return list(dict.fromkeys(found))


_REFERS = ("because", "confirms", "contradicts", "origin", "original", "report", "revises", "within")
"""Fields that name a claim, an origin, a report or a judgement by its id."""


def called_anew(case: Case, neutral: Mapping[str, str]) -> Case:
    """The case with some ids replaced, where they stand and where they are referred to."""

    def new(said: Any) -> Any:
        if isinstance(said, tuple):
            return tuple(neutral.get(one, one) if isinstance(one, str) else one for one in said)
        return neutral.get(said, said) if isinstance(said, str) else said

    def call(node: BaseModel) -> BaseModel:
        names = ("id",) if isinstance(node, Assumption) else _REFERS
        update = {n: new(getattr(node, n)) for n in names if n in type(node).model_fields}
        update = {n: said for n, said in update.items() if said != getattr(node, n)}
        return node.model_copy(update=update) if update else node

    made = mapped(case, call)
    parts = {section: _by_new(getattr(made.sources, section), neutral) for section in _SOURCES}
    sources = made.sources.model_copy(update=parts)
    own = {
        section: _by_new(getattr(made, section), neutral) for section in _CALLED if section not in _SOURCES
    }
    renewed: Case = made.model_copy(update={**own, "sources": sources})
    return renewed


_SOURCES = ("claims", "origins", "reports")


def _by_new(part: Mapping[str, Any], neutral: Mapping[str, str]) -> FrozenDict[str, Any]:
    return FrozenDict({neutral.get(id_, id_): one for id_, one in part.items()})


def entry_of_origin(case: Case, origin: str) -> str:
    """The entry of the register that an origin is; empty where it is none."""
    entry = entry_of(case, origin)
    return entry.id if entry else ""


def mapped(value: Any, each: Callable[[BaseModel], BaseModel]) -> Any:
    """A part of a case with every object in it put through a function, innermost first."""
    if isinstance(value, BaseModel):
        parts = {name: getattr(value, name) for name in type(value).model_fields}
        made = {name: mapped(part, each) for name, part in parts.items()}
        changed = {name: part for name, part in made.items() if part is not parts[name]}
        return each(value.model_copy(update=changed) if changed else value)
    if isinstance(value, dict):
        inside = {k: mapped(part, each) for k, part in value.items()}
        same = all(inside[k] is part for k, part in value.items())
        return value if same else FrozenDict(inside)
    if isinstance(value, tuple):
        items = tuple(mapped(part, each) for part in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    return value
