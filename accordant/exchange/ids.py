"""Ids from the names that other programs use.

The id of a name is the name with everything but letters, marks and digits of any script, ``_`` and ``-``
made a single ``-``; none at either end. Where that leaves nothing, the id is the kind and the position
(``option-3``); where the id is taken, or is a word with a meaning of its own, ``-2``, ``-3``, … is added.
The name itself is kept under ``name`` wherever it differs from the id, so that nothing is lost.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from itertools import count

_JOINERS = "\u200c\u200d"
"""Signs without width that are part of how words of several scripts are written."""


def ids(names: Iterable[str], kind: str, reserved: Collection[str] = ()) -> tuple[str, ...]:
    """One id for each name, all different.

    Parameters
    ----------
    kind
        What an id is made of where the name leaves nothing.
    reserved
        Ids that may not be used.

    Examples
    --------
    >>> ids(["Local government", "Министерство", "¿?", "Local government!", "none"], "party", ("none",))
    ('Local-government', 'Министерство', 'party-3', 'Local-government-2', 'none-2')
    """
    taken = set(reserved)
    found = []
    for position, name in enumerate(names, 1):
        stem = "-".join(_words(name)) or f"{kind}-{position}"
        numbered = (f"{stem}-{k}" for k in count(2))
        id_ = stem if stem not in taken else next(n for n in numbered if n not in taken)
        taken.add(id_)
        found.append(id_)
    return tuple(found)


def _words(name: str) -> Iterator[str]:
    word = ""
    for sign in unicodedata.normalize("NFC", name) + " ":
        if unicodedata.category(sign)[0] in "LMN" or sign == "_" or (sign in _JOINERS and word):
            word += sign
        elif word := word.strip(_JOINERS):
            yield word
            word = ""
