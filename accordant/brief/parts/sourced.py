"""The end of a document that refers to sources by number: those sources and assumptions, in short."""

from __future__ import annotations

from collections.abc import Sequence

from accordant.brief.context import Context
from accordant.brief.document import Block, Section, rich
from accordant.brief.parts import cited

CITED = "cited-sources"
"""The id of that section."""


def with_sources(context: Context, sections: Sequence[Section | None]) -> list[Section | None]:
    """The sections, then what they refer to by number: claims with their words, and assumptions."""
    claims, assumed = cited.grounds(context, sections)
    tables = (cited.table(context, claims), cited.assumptions(context, assumed))
    blocks: tuple[Block, ...] = tuple(table for table in tables if table is not None)
    if not blocks:
        return list(sections)
    return [*sections, Section(CITED, rich("What the numbers stand for"), blocks)]
