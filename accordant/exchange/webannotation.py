"""Web Annotations (W3C): the claims of a case as JSON-LD that annotation programs read.

Written by ``convert`` and ``claims``; read back by ``claims --import``, into a case that holds the
reports: annotations carry places and words, but no text of a report, so that no case is made of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.exchange.formats import Exported, Format, Role, Scale

if TYPE_CHECKING:
    from accordant.opened import OpenCase


def role(raw: bytes) -> Role | None:
    """None: no case is made of annotations alone.

    Examples
    --------
    >>> role(b'{"type": "Annotation"}') is None
    True
    """
    return None


def write(opened: OpenCase, scale: Scale | None = None) -> Exported:
    """The claims of a case; see :mod:`accordant.exchange.webannotation_out`."""
    from accordant.exchange.webannotation_out import exported

    return exported(opened)


FORMAT = Format("webannotation", "Web Annotation", (".jsonld",), role, None, write)
