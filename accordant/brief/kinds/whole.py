"""The whole brief: what follows, who would accept, what holds, why, and on whose word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from accordant.brief.context import Context
from accordant.brief.document import Section, rich
from accordant.brief.judgements import bottom_line
from accordant.brief.parts import (
    agreeable,
    changed,
    method,
    others,
    outcomes,
    parties,
    proposals,
    questions,
    reliance,
    sources,
)


def sections(context: Context) -> Sequence[Section | None]:
    """Every part, in the reader's order; what comes first, and the bottom line, have a page of their own."""
    what = parties.section(context)
    between = others.relations(context)
    if between is not None:
        what = Section(what.id, what.title, (*what.blocks, between), what.sections)
    changes = changed.section(context)
    bottom = Section("bottom-line", rich("Bottom line"), bottom_line(context))
    return [
        changes,
        bottom if changes is None else replace(bottom, page="new"),
        replace(proposals.section(context), page="new"),
        agreeable.section(context),
        outcomes.section(context),
        what,
        outcomes.verdicts(context),
        reliance.section(context),
        questions.section(context),
        others.judgements(context),
        others.events(context),
        sources.section(context),
        sources.assumptions(context),
        method.section(context),
    ]
