"""Ids for blocks, rows and entries: plain ASCII, unique in the whole brief, the same every time."""

from __future__ import annotations

import re
from hashlib import sha256

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


class Ids:
    """Hands out one id for each kind and name, and never the same one twice.

    Examples
    --------
    >>> ids = Ids()
    >>> ids("claim", "c1"), ids("claim", "c 1"), ids("claim", "c1")
    ('claim-c1', 'claim-c-1', 'claim-c1')
    """

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def __call__(self, kind: str, name: str) -> str:
        """The id of something of a kind with a name."""
        key = (kind, name)
        if key not in self._made:
            self._made[key] = self._free(kind, name)
        return self._made[key]

    def _free(self, kind: str, name: str) -> str:
        slug = _UNSAFE.sub("-", name).strip("-")[:60]
        found = f"{kind}-{slug}" if slug else kind
        if not slug or found in self._taken:
            # The names alone do not tell them apart in ASCII (two Arabic ids, say): a digest does.
            found = f"{found}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        while found in self._taken:
            found += "-x"
        self._taken.add(found)
        return found
