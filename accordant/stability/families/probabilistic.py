"""Probabilistic stability: a party moves for what is likely enough to be better.

Let P(q, s) be the degree to which a party strictly prefers q to s, read as how likely it is that it
does. With numbers α, β from 0 to 1 and γ from 0 up to but not 1:

* a move from s to q counts as an improvement when P(q, s) > 1 - α;
* a state t deters from leaving s when P(t, s) ≤ 1 - β;
* a step of others from t to x is credible when for each of them P(x, t) > γ.

The larger α, the surer a stable party is to have nothing better; the larger β, the surer a sanction
is to work; the larger γ, the surer the others are to want it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from accordant.errors import InputError
from accordant.model.view import View
from accordant.stability.further import Further, Options
from accordant.stability.pairwise.asked import MEANING, Asked
from accordant.stability.pairwise.degrees import Degrees
from accordant.stability.pairwise.relational import KINDS, Goals
from accordant.stability.pairwise.shares import number, share

PREFIX = "p-"

DEFAULTS: Mapping[str, Fraction] = {"alpha": Fraction(1), "beta": Fraction(1), "gamma": Fraction(1, 2)}
"""Where nothing else is asked for: a party stays when nothing can possibly be better, is deterred by
what cannot possibly be better, and expects of others what they are more likely than not to want."""

LETTERS = frozenset(DEFAULTS)
"""The names of thresholds of this family."""

USED = {
    "nash": ("alpha",),
    "gmr": ("alpha", "beta"),
    "smr": ("alpha", "beta"),
    "seq": ("alpha", "beta", "gamma"),
}

FORMS: tuple[tuple[str, str], ...] = (
    ("p-nash", "nobody has a move that is likely enough to be better (--threshold alpha=…)"),
    ("p-gmr", "every such move is answered by any moves (alpha, beta)"),
    ("p-smr", "every such move is answered by any moves, for good (alpha, beta)"),
    ("p-seq", "every such move is answered by moves that are likely enough (alpha, beta, gamma)"),
)

TITLES = {
    "nash": "α-Nash stability",
    "gmr": "(α, β)-metarationality",
    "smr": "(α, β)-symmetric metarationality",
    "seq": "(α, β, γ)-sequential stability",
}

EXPLANATIONS = {
    "nash": "{party} stays because it has no move to anything that is likely enough to be better for it.",
    "gmr": "{party} stays because, wherever it moves, the others can lead on to something that is not likely "
    "to be better for it than where it started.",
    "smr": "{party} stays because, wherever it moves, the others can lead on to something that is not likely "
    "to be better for it than where it started, and from which it has no way out.",
    "seq": "{party} stays because, wherever it moves, the others can lead on, each by moves that are likely "
    "enough to be better for it, to something that is not likely to be better for {party} than where it "
    "started.",
}


def find(name: str, options: Options) -> Further | None:
    """The probabilistic concept of a name, None when the name is none.

    Thresholds are ``alpha``, ``beta`` and ``gamma`` of ``options.thresholds``.

    Raises
    ------
    InputError
        If gamma is 1, so that nothing would be credible, or thresholds are given but none by a
        name that this concept knows.

    Examples
    --------
    >>> find("p-seq", Options(thresholds=(("alpha", Fraction(3, 4)),))).title
    '(α, β, γ)-sequential stability'
    >>> find("seq", Options()) is None
    True
    """
    kind = name.removeprefix(PREFIX)
    if name == kind or kind not in KINDS:
        return None
    bounds = _bounds(name, kind, options)
    asked = Asked(
        name,
        kind,
        bounds.goals,
        lambda degrees: _Words(degrees, bounds),
        "is likely enough to gain by a move",
    )
    return Further(
        name=name,
        title=TITLES[kind],
        explanation=EXPLANATIONS[kind],
        source="L. C. Rêgo, A. M. dos Santos, Probabilistic preferences in the graph model for conflict "
        "resolution, IEEE Transactions on Systems, Man, and Cybernetics: Systems 45 (2015) 595-608",
        read=False,
        judge=asked.judge,
        explain=asked.explain,
        unknown=True,
        parameters=((f"thresholds of {name}", bounds.told(USED[kind])), MEANING),
        whole=asked.whole,
    )


def _bounds(name: str, kind: str, options: Options) -> Bounds:
    given = dict(options.thresholds)
    if given and not LETTERS & set(given):
        found = " and ".join(
            f"{who}={number(t)}" if who else f"{number(t)} without a name" for who, t in given.items()
        )
        raise InputError(f"the threshold of {name} is {found}; {wanted(name)}")
    wrong = [
        f"{letter} is {number(given[letter])}, but has to be from 0 to 1"
        for letter in DEFAULTS
        if not 0 <= given.get(letter, DEFAULTS[letter]) <= 1
    ]
    if given.get("gamma") == 1:
        wrong.append("gamma is 1, but has to be less: no step would be credible")
    if wrong:
        raise InputError("; ".join(wrong))
    return Bounds(*(given.get(letter, DEFAULTS[letter]) for letter in ("alpha", "beta", "gamma")))


def wanted(name: str) -> str:
    """Which thresholds a concept of this family has, and how to give one.

    Examples
    --------
    >>> wanted("p-nash")
    'p-nash has its thresholds by name: alpha=1 where nothing else is given; try --threshold alpha=0.9'
    """
    letters = USED[name.removeprefix(PREFIX)]
    known = ", ".join(f"{letter}={number(DEFAULTS[letter])}" for letter in letters)
    return (
        f"{name} has its thresholds by name: {known} where nothing else is given; try --threshold alpha=0.9"
    )


@dataclass(frozen=True, slots=True)
class Bounds:
    """How likely is likely enough."""

    alpha: Fraction
    beta: Fraction
    gamma: Fraction

    def told(self, letters: Sequence[str]) -> str:
        """Some of them in words."""
        return ", ".join(f"{letter} {number(getattr(self, letter))}" for letter in letters)

    def goals(self, view: View, degrees: Sequence[Degrees], unknown_counts: bool) -> Goals:
        """What parties leave for, what does not deter them, and what can be expected of them."""
        leaves, tempts, credible = (
            [d.more_than(bound, unknown=unknown_counts) for d in degrees]
            for bound in (1 - self.alpha, 1 - self.beta, self.gamma)
        )
        return Goals(leaves, tempts, credible)


@dataclass(frozen=True, eq=False)
class _Words:
    degrees: Sequence[Degrees]
    bounds: Bounds

    nothing_better = "that is likely enough to be better for it"
    gain = ", likely enough to {} own advantage,"

    def left_for(self, view: View, party: int, s: int, q: int) -> str:
        why = share(self.degrees[party], q, s, "it")
        return f"{why} (more than 1 - alpha, which is {number(1 - self.bounds.alpha)})"

    def deterred_by(self, view: View, party: int, s: int, t: int) -> str:
        who, here = view.case.party_name(view.parties[party]), view.space.name(s)
        why = share(self.degrees[party], t, s, who, here)
        return f"{why} (no more than 1 - beta, which is {number(1 - self.bounds.beta)})"

    def compared(self, view: View, party: int, s: int, t: int) -> list[tuple[int, int, int]]:
        return [] if (t, s) in self.degrees[party].given else [(party, s, t)]
