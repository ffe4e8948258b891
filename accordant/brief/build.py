"""From an open case to the content of its brief."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Brief, Rich, Section, rich
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
from accordant.case.switches import Switch, combined, parse_switches
from accordant.version import __version__

if TYPE_CHECKING:
    from accordant.opened import OpenCase

QUESTION = "Which outcomes could the parties reach and keep, and which sources does the answer rest on?"


def build(
    opened: OpenCase, *, restricted: Collection[str] = (), without: Collection[str | Switch] = ()
) -> Brief:
    """The content of a case's brief.

    Parameters
    ----------
    opened
        The case, as :func:`accordant.load` gives it.
    restricted
        Ids of restricted claims to show all the same. Restricted claims that are not asked for by
        name are withheld: their words, their place, their report and the name of their source.
    without
        Switches, such as ``below:B2``, of which the brief tells what is left of the answers without
        each, and without all of them together.

    Raises
    ------
    InputError
        If ``restricted`` names something that is no restricted claim of the case, or ``without`` no
        switch.
    """
    asked = parse_switches(opened.case, without)
    context = Context(opened, restricted, (*asked, combined(asked)) if len(asked) > 1 else asked)
    case = context.case
    return Brief(
        title=words.said(case, case.title),
        question=rich(words.said(case, case.question) if case.question else QUESTION),
        as_of=case.as_of or "",
        notices=tuple(_notices(context)),
        sections=tuple(s for s in _sections(context) if s is not None),
        version=__version__,
        digest=context.digest,
    )


def _sections(context: Context) -> list[Section | None]:
    # The order is the reader's: what follows, who would accept, what holds, why, on whose word.
    what = parties.section(context)
    between = others.relations(context)
    if between is not None:
        what = Section(what.id, what.title, (*what.blocks, between), what.sections)
    return [
        changed.section(context),
        Section("bottom-line", rich("Bottom line"), bottom_line(context)),
        proposals.section(context),
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


def _notices(context: Context) -> list[Rich]:
    found: list[Rich] = []
    if context.handling.notice:
        found.append(rich(f"Handling: {context.handling.notice}"))
    if context.handling.withheld:
        found.append(
            rich(
                f"{words.upper_first(words.counted(len(context.handling.withheld), 'restricted claim'))} "
                f"withheld"
            )
        )
    return found
