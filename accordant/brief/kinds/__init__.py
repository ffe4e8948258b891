"""The kinds of documents that a case can be told in: one table, one module each.

A module has ``sections(context)``, which gives the sections of the document in reading order. It raises
:class:`NothingToTellError` where the case has nothing that the document could tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

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
    """

    name: str
    label: str
    says: str
    module: str
    wide: bool = False

    def sections(self, context: Context) -> Sequence[Section | None]:
        """Its sections, in reading order; None stands for one that the case does not need.

        Raises
        ------
        NothingToTellError
            If there would be none.
        """
        made: Sequence[Section | None] = import_module(self.module).sections(context)
        return made


_HERE = "accordant.brief.kinds."
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("brief", "Brief", "everything, down to the quoted words", _HERE + "whole"),
        Kind("assessment", "Assessment brief", "the bottom line, on one or two pages", _HERE + "assessment"),
        Kind("options", "Options paper", "the packages, for and against, party by party", _HERE + "options"),
        Kind("matrix", "Issue matrix", "issues down, parties across", _HERE + "matrix", wide=True),
        Kind(
            "stakeholders",
            "Stakeholder map",
            "who there is, and how they stand",
            _HERE + "stakeholders",
            True,
        ),
        Kind("timeline", "Timeline", "what happened, by party", _HERE + "timeline"),
        Kind("states", "State graph", "outcomes, moves and resting points", _HERE + "states"),
        Kind("talking-points", "Talking points", "what to ask whom", _HERE + "talking_points"),
        Kind("changes", "Change note", "what changed since the last version", _HERE + "changes"),
        Kind("method", "Method note", "model, assumptions, limits, versions", _HERE + "method"),
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
