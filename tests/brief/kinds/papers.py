"""Short papers on shipped and invented cases, each built once, and what can be read off them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import accordant
from accordant.brief import Brief
from accordant.brief.build import built, prepared
from accordant.brief.context import Context
from accordant.brief.document import Rich, Table, plain
from tests.brief import sets, talks

CASES = Path(__file__).parents[3] / "cases"
SHIPPED = ("january-2024", "labour", "river", "cuba-1962")
NEGOTIATED = ("january-2024", "labour", "valley")


@lru_cache
def context(name: str) -> Context:
    """A shipped case with its answers."""
    return prepared(accordant.load(CASES / name))


@lru_cache
def paper(name: str, kind: str) -> Brief:
    """A kind of paper on a shipped case."""
    return built(context(name), kind)


def on(content: dict[str, Any], kind: str) -> Brief:
    """A kind of paper on an invented case."""
    return built(prepared(talks.opened(content)), kind)


def january(kind: str) -> Brief:
    """A kind of paper on the case of January 2024, with a version behind it."""
    return sets.january(kind)


def texts(brief: object) -> Iterator[str]:
    """Every running text of a document, as its words."""
    for value in runs(brief):
        yield plain(value)


def runs(value: Any) -> Iterator[Rich]:
    """Every running text of a document, in its pieces."""
    from dataclasses import fields, is_dataclass

    from accordant.brief.document import Ref, Said, Text

    if isinstance(value, tuple):
        if value and all(isinstance(part, Text | Said | Ref) for part in value):
            yield value
        else:
            for item in value:
                yield from runs(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from runs(getattr(value, field.name))


def sentences(brief: Brief) -> Iterator[str]:
    """Every sentence of a document."""
    for text in texts(brief):
        yield from re.split(r"(?<=[.?!])\s", text)


def words(brief: Brief) -> int:
    """How many words a document has, its tables with it."""
    return sum(len(text.split()) for text in texts(brief))


def pages(brief: Brief) -> int:
    """How many pages it takes on A4."""
    from io import BytesIO

    import pypdf

    return len(pypdf.PdfReader(BytesIO(brief.pdf())).pages)


def table(brief: Brief, id_: str) -> Table:
    """A table by its id."""
    return next(b for b in brief.blocks() if isinstance(b, Table) and b.id == id_)


def cell(text: Rich) -> str:
    """The words of a cell on one line."""
    return " ".join(plain(text).split())
