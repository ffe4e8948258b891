"""From an open case to the content of its brief."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from accordant.brief import withheld, words
from accordant.brief.context import Context
from accordant.brief.document import Brief, rich
from accordant.brief.kinds import kind as kind_of
from accordant.brief.settling import settled
from accordant.case.switches import Switch, combined, parse_switches
from accordant.evidence.handling import Handling
from accordant.version import __version__

if TYPE_CHECKING:
    from accordant.evidence.handling import Audience
    from accordant.opened import OpenCase

QUESTION = "Which outcomes could the parties reach and keep, and which sources does the answer rest on?"


def build(
    opened: OpenCase,
    kind: str = "brief",
    *,
    restricted: Collection[str] = (),
    audience: Audience = "team",
    without: Collection[str | Switch] = (),
) -> Brief:
    """The content of a document on a case.

    Parameters
    ----------
    opened
        The case, as :func:`accordant.load` gives it.
    kind
        Which of :data:`accordant.brief.kinds.KINDS`; by default the whole brief.
    restricted
        Ids of withheld claims and sources to show all the same. What is restricted and not asked for by
        name is not in the document, and every answer is worked out without it.
    audience
        For whom it is: ``public`` leaves out what is marked ``team`` too.
    without
        Switches, such as ``below:B2``, of which the brief tells what is left of the answers without
        each, and without all of them together.

    Raises
    ------
    InputError
        If there is no such kind, the case has nothing that it could tell, ``restricted`` names something
        that is not withheld, or ``without`` no switch.
    FailedError
        If something that is withheld were in the document all the same.
    """
    kind_of(kind)
    return built(prepared(opened, restricted=restricted, audience=audience, without=without), kind)


def prepared(
    opened: OpenCase,
    *,
    restricted: Collection[str] = (),
    audience: Audience = "team",
    without: Collection[str | Switch] = (),
) -> Context:
    """What the documents of a set share: answers computed once, one numbering, nothing that is withheld."""
    asked = parse_switches(opened.case, without)
    shown = opened.redacted(restricted=restricted, audience=audience)
    if shown is not opened:
        opened, asked = shown, withheld.left_of(shown, asked)
    held = Handling(opened.case)
    released = [name for name in restricted if name in held.withheld | held.entries]
    return Context(opened, released, (*asked, combined(asked)) if len(asked) > 1 else asked)


def built(context: Context, kind: str) -> Brief:
    """One document of a set."""
    case, of = context.case, kind_of(kind)
    made = settled(
        Brief(
            title=words.said(case, case.title),
            question=rich(words.said(case, case.question) if case.question else QUESTION),
            as_of=case.as_of or "",
            notices=withheld.notices(context),
            sections=tuple(s for s in of.sections(context) if s is not None),
            version=__version__,
            digest=context.digest,
            kind=of.name,
            label=of.label,
            handling=context.handling.notice_of_sources,
            wide=of.wide,
        )
    )
    withheld.guard(made, context)
    return made
