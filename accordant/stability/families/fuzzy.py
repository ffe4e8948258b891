"""Fuzzy stability: a party moves for what is preferred surely enough.

Let P(q, s) be the degree to which a party prefers q to s. Its *relative certainty* of preferring q
to s is α(q, s) = P(q, s) - P(s, q). A move from s to q is a *fuzzy improvement* when α(q, s) is at
least the party's threshold γ, a number above 0 and up to 1. Fuzzy Nash, GMR, SMR and SEQ are the
four concepts with fuzzy improvements in place of improvements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from accordant.errors import InputError
from accordant.model.view import View
from accordant.stability.explain import unknown
from accordant.stability.families.probabilistic import LETTERS
from accordant.stability.further import Further, Options
from accordant.stability.pairwise.asked import MEANING, Asked
from accordant.stability.pairwise.degrees import Degrees
from accordant.stability.pairwise.relational import KINDS, Goals
from accordant.stability.pairwise.shares import number, share

PREFIX = "fuzzy-"

FORMS: tuple[tuple[str, str], ...] = (
    ("fuzzy-nash", "nobody has a move that is preferred surely enough (--threshold, 1 by default)"),
    ("fuzzy-gmr", "every such move is answered by any moves"),
    ("fuzzy-smr", "every such move is answered by any moves, for good"),
    ("fuzzy-seq", "every such move is answered by moves that are preferred surely enough"),
)

TITLES = {
    "nash": "fuzzy Nash stability",
    "gmr": "fuzzy general metarationality",
    "smr": "fuzzy symmetric metarationality",
    "seq": "fuzzy sequential stability",
}

EXPLANATIONS = {
    "nash": "{party} stays because it has no move to anything that it prefers surely enough.",
    "gmr": "{party} stays because, wherever it moves, the others can lead on to something that it does not "
    "prefer surely enough.",
    "smr": "{party} stays because, wherever it moves, the others can lead on to something that it does not "
    "prefer surely enough and from which it has no way out.",
    "seq": "{party} stays because, wherever it moves, the others can lead on, each by moves that it prefers "
    "surely enough, to something that {party} does not prefer surely enough.",
}

CERTAIN = Fraction(1)
"""The threshold where none is given: only what is certain makes a party move."""


def find(name: str, options: Options) -> Further | None:
    """The fuzzy concept of a name, None when the name is none.

    Thresholds are ``options.thresholds``: under a party's id for that party, under the empty name
    for all others. ``alpha``, ``beta`` and ``gamma`` are those of the probabilistic concepts.

    Raises
    ------
    InputError
        If a threshold is not above 0 and up to 1.

    Examples
    --------
    >>> find("fuzzy-smr", Options(thresholds=(("", Fraction(3, 10)),))).title
    'fuzzy symmetric metarationality'
    >>> find("smr", Options()) is None
    True
    """
    kind = name.removeprefix(PREFIX)
    if name == kind or kind not in KINDS:
        return None
    bounds = Thresholds({who: t for who, t in options.thresholds if who not in LETTERS})
    asked = Asked(
        name, kind, bounds.goals, lambda degrees: _Words(degrees, bounds), "gains surely enough by a move"
    )
    return Further(
        name=name,
        title=TITLES[kind],
        explanation=EXPLANATIONS[kind],
        source="M. A. Bashar, D. M. Kilgour, K. W. Hipel, Fuzzy preferences in the graph model for conflict "
        "resolution, IEEE Transactions on Fuzzy Systems 20 (2012) 760-770",
        read=False,
        judge=asked.judge,
        explain=asked.explain,
        unknown=True,
        parameters=(("thresholds of fuzzy concepts", bounds.told), MEANING),
        whole=asked.whole,
    )


@dataclass(frozen=True, eq=False)
class Thresholds:
    """How sure each party has to be before it moves: by party, and for all others by the empty name.

    Raises
    ------
    InputError
        If a threshold is not above 0 and up to 1.
    """

    given: Mapping[str, Fraction]

    def __post_init__(self) -> None:
        wrong = [
            f"the threshold {f'of {who} ' if who else ''}is {number(t)}, but has to be above 0 and at most 1"
            for who, t in self.given.items()
            if not 0 < t <= 1
        ]
        if wrong:
            raise InputError("; ".join(wrong))

    def of(self, party: str) -> Fraction:
        """The threshold of a party."""
        return self.given.get(party, self.given.get("", CERTAIN))

    @property
    def told(self) -> str:
        """All of them in words."""
        named = [f"{number(t)} for {who}" for who, t in self.given.items() if who]
        return ", ".join([*named, f"{number(self.of(''))} for {'all others' if named else 'every party'}"])

    def goals(self, view: View, degrees: Sequence[Degrees], unknown_counts: bool) -> Goals:
        """Fuzzy improvements, for every purpose.

        Raises
        ------
        InputError
            If a threshold is that of no party.
        """
        for who in self.given:
            if who and who not in view.parties:
                raise unknown("party", who, view.parties)
        better = [
            d.margin_at_least(self.of(p), unknown=unknown_counts)
            for p, d in zip(view.parties, degrees, strict=True)
        ]
        return Goals(better, better, better)


@dataclass(frozen=True, eq=False)
class _Words:
    degrees: Sequence[Degrees]
    bounds: Thresholds

    nothing_better = "that it prefers surely enough"
    gain = ", surely enough to {} own advantage,"

    def left_for(self, view: View, party: int, s: int, q: int) -> str:
        return f"{share(self.degrees[party], q, s, 'it')} ({self._margin(view, party, s, q)})"

    def deterred_by(self, view: View, party: int, s: int, t: int) -> str:
        who, here = view.case.party_name(view.parties[party]), view.space.name(s)
        how = share(self.degrees[party], t, s, who, here)
        return f"{how} ({self._margin(view, party, s, t)})"

    def compared(self, view: View, party: int, s: int, t: int) -> list[tuple[int, int, int]]:
        return [] if (t, s) in self.degrees[party].given else [(party, s, t)]

    def _margin(self, view: View, party: int, s: int, t: int) -> str:
        bound = f"threshold {number(self.bounds.of(view.parties[party]))}"
        degrees = self.degrees[party]
        if degrees.open[s, t] and (t, s) not in degrees.given:
            return bound
        return f"margin {number(degrees.margin(t, s))}, {bound}"
