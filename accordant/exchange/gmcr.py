"""GMCR+: option-form models of the graph model for conflict resolution, as ``.gmcr`` files.

The format is JSON. Its terms, and what they become, are on the page docs/exchange.md; it was taken from
the schema and the sample files that are published with it; none of its code is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from accordant.exchange.formats import Exported, Format, Imported

if TYPE_CHECKING:
    from accordant.opened import OpenCase


def looks(raw: bytes) -> bool:
    """Whether bytes look like a model of GMCR+: a JSON object that speaks of decision makers.

    Examples
    --------
    >>> looks(b'{"decisionMakers": [], "options": []}'), looks(b"title: talks")
    (True, False)
    """
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return start == b"{" and b'"decisionMakers"' in raw and b'"options"' in raw


def read(raw: bytes, path: Path) -> Imported:
    """A ``.gmcr`` file as a case, or every mistake in it; see :mod:`accordant.exchange.gmcr_in`."""
    from accordant.exchange.gmcr_in import imported

    return imported(raw, path)


def write(opened: OpenCase) -> Exported:
    """A case as a ``.gmcr`` file; see :mod:`accordant.exchange.gmcr_out`."""
    from accordant.exchange.gmcr_out import exported

    return exported(opened)


FORMAT = Format("gmcr", "GMCR+", (".gmcr",), looks, read, write)
