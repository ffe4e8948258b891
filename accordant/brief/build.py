"""From an open case to the content of its brief."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Brief, Rich, rich
from accordant.brief.kinds import kind as kind_of
from accordant.brief.settling import settled
from accordant.case.switches import Switch, combined, parse_switches
from accordant.version import __version__

if TYPE_CHECKING:
    from accordant.opened import OpenCase

QUESTION = "Which outcomes could the parties reach and keep, and which sources does the answer rest on?"


def build(
    opened: OpenCase,
    kind: str = "brief",
    *,
    restricted: Collection[str] = (),
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
        Ids of restricted claims to show all the same. Restricted claims that are not asked for by
        name are withheld: their words, their place, their report and the name of their source.
    without
        Switches, such as ``below:B2``, of which the brief tells what is left of the answers without
        each, and without all of them together.

    Raises
    ------
    InputError
        If there is no such kind, the case has nothing that it could tell, ``restricted`` names something
        that is no restricted claim of the case, or ``without`` no switch.
    """
    kind_of(kind)
    return built(prepared(opened, restricted=restricted, without=without), kind)


def prepared(
    opened: OpenCase, *, restricted: Collection[str] = (), without: Collection[str | Switch] = ()
) -> Context:
    """What the documents of a set share: answers computed once, one numbering."""
    asked = parse_switches(opened.case, without)
    return Context(opened, restricted, (*asked, combined(asked)) if len(asked) > 1 else asked)


def built(context: Context, kind: str) -> Brief:
    """One document of a set."""
    case, of = context.case, kind_of(kind)
    return settled(
        Brief(
            title=words.said(case, case.title),
            question=rich(words.said(case, case.question) if case.question else QUESTION),
            as_of=case.as_of or "",
            notices=tuple(_notices(context)),
            sections=tuple(s for s in of.sections(context) if s is not None),
            version=__version__,
            digest=context.digest,
            kind=of.name,
            label=of.label,
            handling=context.handling.notice,
            wide=of.wide,
        )
    )


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
