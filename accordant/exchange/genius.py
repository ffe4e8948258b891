"""Genius: domains and utility profiles as XML files, linear and nonlinear.

A model is a domain file with one profile for each party. What the parts mean is on the page
docs/exchange.md; it was taken from published descriptions and from what the programs that read these files
do with them; none of their code is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.exchange.formats import Exported, Format, Given, Imported, Role, Scale

if TYPE_CHECKING:
    from accordant.opened import OpenCase

_ROLES: dict[str, Role] = {"negotiation_template": "domain", "utility_space": "profile"}


def role(raw: bytes) -> Role | None:
    """What a file is, by its outermost element.

    Examples
    --------
    >>> role(b"<negotiation_template/>"), role(b"<utility_space/>"), role(b"<html/>")
    ('domain', 'profile', None)
    """
    from accordant.exchange.xml_text import root_tag

    return _ROLES.get(root_tag(raw))


def read(given: Given) -> Imported:
    """Domain and profiles as a case; see :mod:`accordant.exchange.genius_in`."""
    from accordant.exchange.genius_in import imported

    return imported(given)


def write(opened: OpenCase, scale: Scale | None = None) -> Exported:
    """A case as a domain file and profiles; see :mod:`accordant.exchange.genius_out`."""
    from accordant.exchange.genius_out import exported

    return exported(opened, scale or "genius")


FORMAT = Format(
    "genius", "Genius", (), role, read, write, looked_at=(".xml",), folder=True, scales=("genius", "file")
)
