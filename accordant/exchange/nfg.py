"""Gambit: strategic games as ``.nfg`` files; written only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.exchange.formats import Exported, Format, Role, Scale

if TYPE_CHECKING:
    from accordant.opened import OpenCase


def role(raw: bytes) -> Role | None:
    """None: these files are written, never read.

    Examples
    --------
    >>> role(b'NFG 1 R "talks" { "a" "b" } { 2 2 }') is None
    True
    """
    return None


def write(opened: OpenCase, scale: Scale | None = None) -> Exported:
    """A case as a strategic game; see :mod:`accordant.exchange.nfg_out`."""
    from accordant.exchange.nfg_out import exported

    return exported(opened)


FORMAT = Format("nfg", "Gambit", (".nfg",), role, None, write)
