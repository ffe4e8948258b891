"""DOT: the state graph as a file that Graphviz draws; written only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.exchange.formats import Exported, Format, Role, Scale

if TYPE_CHECKING:
    from accordant.opened import OpenCase


def role(raw: bytes) -> Role | None:
    """None: these files are written, never read.

    Examples
    --------
    >>> role(b'digraph "talks" { n1 -> n2 }') is None
    True
    """
    return None


def write(opened: OpenCase, scale: Scale | None = None) -> Exported:
    """The state graph of a case; see :mod:`accordant.exchange.dot_out`."""
    from accordant.exchange.dot_out import exported

    return exported(opened)


FORMAT = Format("dot", "Graphviz", (".dot", ".gv"), role, None, write)
