"""How many conclusions are counted: a state once, under however many concepts it is asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterable

HOLDS = "holds("
AGREEMENTS = ("agreement(", "agreement-exists")


def stem(conclusion: str) -> str:
    """What a conclusion counts as: of a state the state, whatever the concept.

    Examples
    --------
    >>> stem("holds(s1, nash)"), stem("agreement(offer)")
    ('holds(s1)', 'agreement(offer)')
    """
    return f"{conclusion.rpartition(', ')[0]})" if conclusion.startswith(HOLDS) else conclusion


def counted(open_: Iterable[str]) -> int:
    """How many conclusions some are, a state counted once.

    Examples
    --------
    >>> counted(["holds(s1, nash)", "holds(s1, seq)", "agreement(offer)"])
    2
    """
    return len({stem(c) for c in open_})


def decided(found: Collection[str], open_: Collection[str]) -> tuple[str, ...]:
    """What is decided of all that is open: of a state, every concept under which it is open.

    Examples
    --------
    >>> open_ = ["holds(s1, nash)", "holds(s1, seq)", "holds(s2, nash)", "agreement-exists"]
    >>> decided(["holds(s1, nash)", "holds(s2, nash)", "agreement-exists"], open_)
    ('holds(s2)', 'agreement-exists')
    """
    whole = dict.fromkeys(stem(c) for c in open_)
    short = {stem(c) for c in open_ if c not in found}
    return tuple(c for c in whole if c not in short)


def of_proposals(conclusions: Iterable[str]) -> int:
    """How many of some conclusions are about packages and agreement, not about which states hold."""
    return sum(not c.startswith(HOLDS) for c in conclusions)


def settles_agreement(conclusions: Iterable[str], dead: Collection[str] = ()) -> bool:
    """Whether among some conclusions is one about an agreement, but on what is ``dead``.

    Examples
    --------
    >>> settles_agreement(["agreement(offer)"]), settles_agreement(["agreement(offer)"], ["offer"])
    (True, False)
    """
    named = {f"agreement({name})" for name in dead}
    return any(c.startswith(AGREEMENTS) and c not in named for c in conclusions)
