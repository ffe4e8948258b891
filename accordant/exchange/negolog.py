"""NegoLog: one JSON file for each party, with its weights, evaluations and reservation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.exchange.formats import Exported, Format, Given, Imported, Role, Scale

if TYPE_CHECKING:
    from accordant.opened import OpenCase


def role(raw: bytes) -> Role | None:
    """Whether bytes look like a profile: JSON with weights and issues.

    Examples
    --------
    >>> role(b'{"reservationValue": 0, "issueWeights": {}, "issues": {}}'), role(b'{"issues": {}}')
    ('profile', None)
    """
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{" or b'"LinearAdditiveUtilitySpace"' in raw:
        return None
    return "profile" if b'"issueWeights"' in raw and b'"issues"' in raw else None


def read(given: Given) -> Imported:
    """Profiles as a case; see :mod:`accordant.exchange.negolog_in`."""
    from accordant.exchange.negolog_in import imported

    return imported(given)


def write(opened: OpenCase, scale: Scale | None = None) -> Exported:
    """A case as profiles; see :mod:`accordant.exchange.json_out`."""
    from accordant.exchange.json_out import negolog

    return negolog(opened, scale or "genius")


FORMAT = Format(
    "negolog", "NegoLog", (), role, read, write, looked_at=(".json",), folder=True, scales=("file", "genius")
)
