"""NegMAS: scenarios as folders of YAML or JSON files, the domain and a utility function for each party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.exchange.formats import Exported, Format, Given, Imported, Role, Scale

if TYPE_CHECKING:
    from accordant.opened import OpenCase


def role(raw: bytes) -> Role | None:
    """What a file is: a domain is an outcome space with issues, a profile a utility function.

    Examples
    --------
    >>> role(b"name: d\\nissues:\\n- name: x\\n  values: [a]\\ntype: DiscreteCartesianOutcomeSpace\\n")
    'domain'
    >>> role(b"reserved_value: 0\\ntype: LinearAdditiveUtilityFunction\\n"), role(b"title: talks\\n")
    ('profile', None)
    """
    import re

    found = set(re.findall(rb"[\"']?type[\"']?\s*:\s*[\"']?(?:[\w.]*\.)?(\w+)", raw[:2_000_000]))
    if any(kind.endswith((b"UtilityFunction", b"UFun")) for kind in found):
        return "profile"
    spaces = any(kind.endswith(b"OutcomeSpace") for kind in found)
    issues = any(kind.endswith(b"Issue") for kind in found) and b"values" in raw
    return "domain" if (spaces or issues) and b"issues" in raw else None


def read(given: Given) -> Imported:
    """Domain and utility functions as a case; see :mod:`accordant.exchange.negmas_in`."""
    from accordant.exchange.negmas_in import imported

    return imported(given)


def write(opened: OpenCase, scale: Scale | None = None) -> Exported:
    """A case as a domain and utility functions; see :mod:`accordant.exchange.negmas_out`."""
    from accordant.exchange.negmas_out import exported

    return exported(opened, scale or "file")


FORMAT = Format(
    "negmas", "NegMAS", (), role, read, write, looked_at=(".yml", ".yaml", ".json"), folder=True,
    scales=("file", "genius"),
)  # fmt: skip
