"""GraphML: the state graph as a file for programs that analyse and draw graphs; written only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.exchange.formats import Exported, Format, Role, Scale

if TYPE_CHECKING:
    from accordant.opened import OpenCase


def role(raw: bytes) -> Role | None:
    """None: these files are written, never read.

    Examples
    --------
    >>> role(b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"/>') is None
    True
    """
    return None


def write(opened: OpenCase, scale: Scale | None = None) -> Exported:
    """The state graph of a case; see :mod:`accordant.exchange.graphml_out`."""
    from accordant.exchange.graphml_out import exported

    return exported(opened)


FORMAT = Format("graphml", "GraphML", (".graphml",), role, None, write)
