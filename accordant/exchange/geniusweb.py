"""GeniusWeb: domains and profiles as JSON files.

A domain file says what is to be settled; each profile holds the domain once more. A reservation is a
bid, that is a combination of values, not a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.exchange.formats import Exported, Format, Given, Imported, Role, Scale

if TYPE_CHECKING:
    from accordant.opened import OpenCase

SPACE = "LinearAdditiveUtilitySpace"


def role(raw: bytes) -> Role | None:
    """What a file is, by the keys that it holds.

    Examples
    --------
    >>> role(b'{"name": "x", "issuesValues": {}}'), role(b'{"LinearAdditiveUtilitySpace": {}}'), role(b"{}")
    ('domain', 'profile', None)
    """
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return None
    if f'"{SPACE}"'.encode() in raw:
        return "profile"
    return "domain" if b'"issuesValues"' in raw else None


def read(given: Given) -> Imported:
    """Domain and profiles as a case; see :mod:`accordant.exchange.geniusweb_in`."""
    from accordant.exchange.geniusweb_in import imported

    return imported(given)


def write(opened: OpenCase, scale: Scale | None = None) -> Exported:
    """A case as a domain file and profiles; see :mod:`accordant.exchange.json_out`."""
    from accordant.exchange.json_out import geniusweb

    return geniusweb(opened)


FORMAT = Format(
    "geniusweb",
    "GeniusWeb",
    (),
    role,
    read,
    write,
    looked_at=(".json",),
    folder=True,
    scales=("file", "genius"),
)
