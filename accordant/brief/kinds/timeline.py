"""The timeline: what happened when, by party, each date as exact as it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from accordant.brief.context import Context
from accordant.brief.document import Section, rich
from accordant.brief.figures.timeline import timeline_figure
from accordant.brief.kinds import NothingToTellError
from accordant.brief.parts.sourced import with_sources
from accordant.evidence.timeline import timeline


def sections(context: Context) -> Sequence[Section | None]:
    """The figure, and the table of everything in it with what it is known from.

    Raises
    ------
    NothingToTellError
        If nothing in the case has a date.
    """
    figure = timeline_figure(timeline(context.case, context.handling), context)
    if figure is None:
        raise NothingToTellError("no contact, event or proposal of the case has a date")
    title = rich("Contacts, events and proposals by date")
    shown = replace(figure, table=replace(figure.table, fold=False, title=title))
    return with_sources(context, [Section("events", rich("What has happened"), (shown,))])
