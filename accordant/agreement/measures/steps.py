"""The kinds of steps from one offer to the next, by what the step does to both sides [1]_.

=============  =====================  =====================
kind           its own worth          the others' worth
=============  =====================  =====================
fortunate      more                   more
selfish        more                   less or the same
concession     less                   more or the same
nice           the same               more
unfortunate    less or the same       less
silent         the same               the same
=============  =====================  =====================

With more than two parties the others together gain when some of them do and none loses, and lose when
some lose and none gains; where some gain and some lose the step is *mixed*, which the source, written
for two parties, does not have.

References
----------
.. [1] K. Hindriks, C. M. Jonker, D. Tykhonov, "Negotiation dynamics: analysis, concession tactics, and
   outcomes", Proc. IEEE/WIC/ACM International Conference on Intelligent Agent Technology (2007).
   (The maintainers have read its abstract; the six kinds are as later work gives them.)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Kind = Literal["fortunate", "selfish", "concession", "nice", "unfortunate", "silent", "mixed", "unknown"]

KINDS: dict[tuple[int, int], Kind] = {
    (1, 1): "fortunate",
    (1, 0): "selfish",
    (1, -1): "selfish",
    (0, 1): "nice",
    (0, 0): "silent",
    (0, -1): "unfortunate",
    (-1, 1): "concession",
    (-1, 0): "concession",
    (-1, -1): "unfortunate",
}


def kind(own: int | None, others: Iterable[int | None]) -> Kind:
    """The kind of a step.

    Parameters
    ----------
    own
        1 where the party that makes the step gains by it, 0 where it is as well off, -1 where it
        loses; None where that is not known.
    others
        The same for everybody else.

    Examples
    --------
    >>> kind(-1, [1]), kind(-1, [0, 1]), kind(1, [1, -1]), kind(1, [None])
    ('concession', 'concession', 'mixed', 'unknown')
    """
    signs = list(others)
    if own is None or None in signs or not signs:
        return "unknown"
    if 1 in signs and -1 in signs:
        return "mixed"
    together = 1 if 1 in signs else -1 if -1 in signs else 0
    return KINDS[own, together]
