"""GMCR+: option-form models of the graph model for conflict resolution, as ``.gmcr`` files.

The format is JSON. Its terms, and what they become, are on the page docs/exchange.md; it was taken from
the schema and the sample files that are published with it; none of its code is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.exchange.formats import Exported, Format, Given, Imported, Role, Scale

if TYPE_CHECKING:
    from accordant.opened import OpenCase


def role(raw: bytes) -> Role | None:
    """Whether bytes look like a model of GMCR+: a JSON object that speaks of decision makers.

    Examples
    --------
    >>> role(b'{"decisionMakers": [], "options": []}'), role(b"title: talks")
    ('whole', None)
    """
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return "whole" if start == b"{" and b'"decisionMakers"' in raw and b'"options"' in raw else None


def read(given: Given) -> Imported:
    """A ``.gmcr`` file as a case, or every mistake in it; see :mod:`accordant.exchange.gmcr_in`."""
    from accordant.exchange.gmcr_in import imported

    return imported(given.files[0].raw, given.path)


def write(opened: OpenCase, scale: Scale | None = None) -> Exported:
    """A case as a ``.gmcr`` file; see :mod:`accordant.exchange.gmcr_out`."""
    from accordant.exchange.gmcr_out import exported

    return exported(opened)


FORMAT = Format("gmcr", "GMCR+", (".gmcr",), role, read, write, looked_at=(".json",))
