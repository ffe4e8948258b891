"""The kinds of documents that a case can be told in: one table, one module each.

A module has ``sections(context)``, which gives the sections of the document in reading order. It raises
:class:`NothingToTellError` where the case has nothing that the document could tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from accordant.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from accordant.brief.context import Context
    from accordant.brief.document import Section


class NothingToTellError(InputError):
    """The case has nothing that a kind of document could tell; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    Attributes
    ----------
    name
        What it is asked for by, and what its file is called.
    label
        What it is called at its head.
    says
        What it tells, in a few words.
    module
        The module that makes it, imported when it is used.
    wide
        Whether it is set across the page.
    also
        Further forms that belong to it in a set, by ending: its tables, its picture, its dates.
    """

    name: str
    label: str
    says: str
    module: str
    wide: bool = False
    also: tuple[str, ...] = ()

    def sections(self, context: Context) -> Sequence[Section | None]:
        """Its sections, in reading order; None stands for one that the case does not need.

        Raises
        ------
        NothingToTellError
            If there would be none.
        """
        made: Sequence[Section | None] = import_module(self.module).sections(context)
        return made


def _kind(name: str, label: str, says: str, module: str = "", **more: Any) -> Kind:
    return Kind(name, label, says, f"{__name__}.{module or name}", **more)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        _kind("brief", "Brief", "everything, down to the quoted words", "whole"),
        _kind("assessment", "Assessment brief", "the bottom line, on one or two pages"),
        _kind("options", "Options paper", "the packages, for and against, party by party"),
        _kind("matrix", "Issue matrix", "issues down, parties across", wide=True, also=(".xlsx",)),
        _kind(
            "stakeholders",
            "Stakeholder map",
            "who there is, and how they stand",
            wide=True,
            also=(".svg", ".xlsx"),
        ),
        _kind("timeline", "Timeline", "what happened, by party", also=(".svg", ".csv", ".ics")),
        _kind("states", "State graph", "outcomes, moves and resting points", also=(".svg",)),
        _kind("talking-points", "Talking points", "what to ask whom", "talking_points"),
        _kind("changes", "Change note", "what changed since the last version"),
        _kind("method", "Method note", "model, assumptions, limits, versions"),
    )
}
"""Every kind, in the order of a set."""


def kind(name: str) -> Kind:
    """A kind by its name.

    Raises
    ------
    InputError
        If there is none; the message names those that there are.

    Examples
    --------
    >>> kind("options").label
    'Options paper'
    """
    if name not in KINDS:
        hint = did_you_mean(name, list(KINDS))
        raise InputError(
            f"{name!r} is no kind of document; allowed: {', '.join(KINDS)}{f'; {hint}' if hint else ''}"
        )
    return KINDS[name]
