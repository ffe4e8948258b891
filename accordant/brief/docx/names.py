"""Names for places: what Word permits as the name of a bookmark, made from the ids of a document."""

from __future__ import annotations

import re
from hashlib import sha256

from accordant.brief.document import Brief

LONGEST = 40
"""Letters of a name that Word keeps; of longer ones it keeps so many, and two may become one."""
_UNSAFE = re.compile(r"[^A-Za-z0-9_]")


class Places:
    """The bookmarks of a document: a name for each id.

    Examples
    --------
    >>> from accordant.brief.document import Brief, Paragraph, Ref, Said, Section, Text
    >>> there = Paragraph("a-b", (Ref("a-b", (Text("here"),)),))
    >>> places = Places(Brief(Said("t"), (), "", (), (Section("s", (), (there,)),), "1", ""))
    >>> places.name("a-b"), places.name("elsewhere")
    ('a_b', '')
    """

    def __init__(self, brief: Brief) -> None:
        self._names: dict[str, str] = {}
        taken: set[str] = set()
        for id_ in brief.ids():
            self._names[id_] = _free(id_, taken)
            taken.add(self._names[id_].lower())
        self._set: dict[str, int] = {}

    def name(self, id_: str) -> str:
        """The name of the place with an id; empty where there is none."""
        return self._names.get(id_, "")

    def number(self, id_: str) -> int | None:
        """The number of the bookmark that is set for an id, once; None where it stands already."""
        if id_ not in self._names or id_ in self._set:
            return None
        self._set[id_] = len(self._set) + 1
        return self._set[id_]


def _free(id_: str, taken: set[str]) -> str:
    name = _UNSAFE.sub("_", id_)
    name = name if name[:1].isalpha() else f"p_{name}"
    if len(name) > LONGEST or name.lower() in taken:
        name = f"{name[: LONGEST - 9]}_{sha256(id_.encode()).hexdigest()[:8]}"
    return name
