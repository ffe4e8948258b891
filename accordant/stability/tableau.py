"""The tableau of papers and courses: preference vectors with improvements and stability marks.

For each party its states from most to least preferred, above each state a mark, below it the
unilateral improvements from there, and above all whether the state is an equilibrium.

Where orders are not known, a mark says what is so however they turn out; where several marks are
possible it shows them, or ``?`` when one of them is the mark for unstable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from accordant.errors import InputError, TooLargeError
from accordant.model.view import View
from accordant.stability.concepts import CONCEPTS
from accordant.stability.outlook import Unsure
from accordant.stability.telling import listed
from accordant.tables import Method, Table

if TYPE_CHECKING:
    from accordant.model.compiler import Compiler
    from accordant.stability.further import Further, Judgement

Bools = NDArray[np.bool_]

MOST = 256
"""States that are set out."""

PAIRS = 12
"""Pairs of unknown order that are named below a vector before the rest are counted."""

MARKS = {
    "r": "rational: no improvement",
    "s": "stable: every improvement is sanctioned",
    "x": "stable by simultaneous sanctions only",
    "u": "unstable: some improvement is not sanctioned",
    "?": "open: it hangs on an order that is not known",
}
"""What each mark says. ``x`` is printed as a struck u, as is the custom."""

SEVERAL = "stable in any case; which of these it is hangs on an order that is not known"
"""What several marks say, such as ``r/s``."""

BEYOND = {"s": "stable, although there are improvements", "u": "unstable"}
"""What marks say under concepts in which not only improvements and sanctions count."""

SIGNS = {
    "~": "tied with the state before it",
    "? before a state": "says that its order against the state before it is not known",
    "? after an improvement": "says that it may be one, the order of the two states not being known",
}
"""What the signs between states and after improvements say."""

SANCTIONED = frozenset([*CONCEPTS, "sim"])
"""Concepts under which a party leaves a state by improvements that are not sanctioned, and only so."""

EQUILIBRIUM = {"E": "equilibrium: stable for every party", "×": "no equilibrium", "?": MARKS["?"]}
"""What each sign above a column says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One state in the vector of one party.

    Attributes
    ----------
    place
        1 for the most preferred; states that tie share a place.
    tied
        Whether it ties with the state before it.
    improvements
        The states that the party can move to and surely likes better, the best first.
    perhaps
        The states that it can move to of which the case does not say whether it likes them better;
        none are listed for a party of which nothing is known.
    open
        Whether its order against the state before it is not known.
    """

    state: str
    place: int
    tied: bool
    mark: str
    sign: str
    improvements: tuple[str, ...]
    perhaps: tuple[str, ...] = ()
    open: bool = False

    @property
    def link(self) -> str:
        """The sign before the state."""
        return "~" if self.tied else "?" if self.open else ""

    @property
    def below(self) -> tuple[str, ...]:
        """What stands below the state: improvements, and those that may be."""
        return (*self.improvements, *(f"{state} ?" for state in self.perhaps))


@dataclass(frozen=True, slots=True)
class Vector:
    """The states in a party's order; in the order of the case where nothing is known of it.

    ``pairs`` are the pairs of states of unknown order; the vector is in the rest of the order.
    """

    party: str
    name: str
    known: bool
    entries: tuple[Entry, ...]
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def told(self) -> str:
        """How the states are ordered, in words."""
        return "most preferred first" if self.known else "order not known; states as in the case"

    @property
    def footnote(self) -> str:
        """The pairs of unknown order, in words; empty without any."""
        if not self.pairs:
            return ""
        shown = [f"{s} and {t}" for s, t in self.pairs[:PAIRS]]
        more = len(self.pairs) - PAIRS
        return f"Order not known: {'; '.join(shown)}{f'; and {more:,} more pairs' if more > 0 else ''}."


@dataclass(frozen=True)
class Tableau:
    """The tableau of a case under one concept, or under several of which one must hold.

    ``written`` says that it is of one setting of several, and which; empty where there is only one.
    ``values`` says what the states stand for, in the order of the case; empty in a case without issues.
    """

    title: str
    concepts: tuple[str, ...]
    titles: tuple[str, ...]
    vectors: tuple[Vector, ...]
    equilibria: tuple[str, ...]
    method: Method
    written: str = ""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def meanings(self) -> dict[str, str]:
        """What each state stands for, in words.

        Examples
        --------
        >>> from types import SimpleNamespace
        >>> Tableau.meanings.fget(SimpleNamespace(values={"s1": {"x": "no", "y": "*"}}))
        {'s1': 'x no, y any'}
        """
        return {
            state: ", ".join(f"{i} {'any' if v == '*' else v}" for i, v in values.items())
            for state, values in self.values.items()
        }

    @property
    def heading(self) -> str:
        """What it shows, in words.

        Examples
        --------
        >>> Tableau("t", ("seq",), ("sequential stability",), (), (), Method("m")).heading
        'Tableau: sequential stability'
        """
        return f"Tableau: {' or '.join(self.titles)}"

    @property
    def result(self) -> str:
        """The equilibria, and what they are the equilibria of, in words."""
        held = ", ".join(self.equilibria) or "none"
        return f"Equilibria: {held}.{f' {self.written}' if self.written else ''}"

    @property
    def marks(self) -> dict[str, str]:
        """The marks and signs that occur, with what they say."""
        entries = [e for v in self.vectors for e in v.entries]
        used = {e.sign for e in entries} | {one for e in entries for one in e.mark.split("/")}
        says = {**EQUILIBRIUM, **MARKS, **({} if set(self.concepts) <= SANCTIONED else BEYOND)}
        several = {e.mark: SEVERAL for e in entries if "/" in e.mark}
        return {**{k: text for k, text in says.items() if k in used}, **dict(sorted(several.items()))}

    @property
    def signs(self) -> dict[str, str]:
        """The signs between states and after improvements that occur, with what they say."""
        entries = [e for v in self.vectors for e in v.entries]
        used = (any(e.tied for e in entries), any(e.open for e in entries), any(e.perhaps for e in entries))
        return {k: text for (k, text), occurs in zip(SIGNS.items(), used, strict=True) if occurs}

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``tableau --json``."""
        return {
            "schema": "accordant/tableau/1",
            "concepts": list(self.concepts),
            "vectors": [
                {
                    "party": v.party,
                    "name": v.name,
                    "known": v.known,
                    "states": [
                        {
                            "state": e.state,
                            "place": e.place if v.known else None,
                            "mark": e.mark,
                            "equilibrium": _SAYS[e.sign],
                            "improvements": list(e.improvements),
                            "perhaps": list(e.perhaps),
                        }
                        for e in v.entries
                    ],
                    "pairs": [list(pair) for pair in v.pairs],
                }
                for v in self.vectors
            ],
            "states": [{"name": s, "values": dict(v)} for s, v in self.values.items()],
            "equilibria": list(self.equilibria),
            "as_written": self.written or None,
            "marks": self.marks,
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per party and state, in the party's order."""
        rows = tuple(
            (
                v.party,
                e.place if v.known else "–",
                e.state,
                e.mark,
                ", ".join(e.below) or "–",
                _SAYS[e.sign],
            )
            for v in self.vectors
            for e in v.entries
        )
        return Table(self.heading, ("party", "place", "state", "mark", "improvements", "equilibrium"), rows)

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


_SAYS = {"E": "yes", "×": "no", "?": "unknown"}


def as_written(compiler: Compiler) -> str:
    """That a tableau is of the case as it is written, in words; empty where it can be no other.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}},
    ...     "preferences": {"a": {"priorities": [{"either": ["x", "not x"]}]}}})
    >>> print(as_written(Compiler(case)))
    This is the case as it is written, one of 2 settings: the lines of an either group stand from \
top to bottom. What holds in all of them is told by 'stability'.
    """
    space = compiler.setting_space()
    unsure = Unsure(compiler, space, Random(1))
    how = []
    if any(unsure.groups.values()):
        how.append("the lines of an either group stand from top to bottom")
    if unsure.structural or any(unsure.own.values()):
        how.append("what is unsure counts")
    if not how:
        return ""
    several = "several" if space.count is None else f"{space.count:,}"
    return (
        f"This is the case as it is written, one of {several} settings: {listed(how)}. "
        "What holds in all of them is told by 'stability'."
    )


def tableau(view: View, concepts: Sequence[Further], written: str = "") -> Tableau:
    """The tableau of a case in one setting.

    Parameters
    ----------
    view
        The case in one setting.
    concepts
        Solution concepts; a party stays where one of them lets it. The classical form with
        simultaneous sanctions is ``seq`` with ``sim``.
    written
        What :func:`as_written` says of the case.

    Raises
    ------
    InputError
        If a concept needs the order of every party, and one is not known.
    TooLargeError
        If there are more states than can be set out.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> from accordant.stability.concepts import find
    >>> from accordant.stability.lifted import lifted
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
    ...     "preferences": {"a": {"priorities": ["x"]}, "b": {"priorities": ["y"]}}})
    >>> made = tableau(Compiler(case).view(), [lifted(c) for c in find(["seq"])])
    >>> [(e.state, e.tied, e.mark, e.sign, e.improvements) for e in made.vectors[0].entries]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('s3', False, 'r', '×', ()), ('s4', True, 'r', 'E', ()),
     ('s1', False, 'u', '×', ('s3',)), ('s2', True, 'u', '×', ('s4',))]
    """
    n = view.model.n
    if n > MOST:
        raise TooLargeError(
            f"a tableau has a column for each of the {n:,} states, for each party; up to {MOST} are set out. "
            "Verdicts on models of any size are given by 'stability', and the paths to what holds by 'path'"
        )
    found = _judged(view, concepts)
    vectors = tuple(_vector(view, i, found) for i in range(len(view.parties)))
    parameters = (("concepts", ", ".join(c.name for c in concepts)),)
    return Tableau(
        title=view.case.title,
        concepts=tuple(c.name for c in concepts),
        titles=tuple(c.title for c in concepts),
        vectors=vectors,
        equilibria=tuple(view.space.name(int(s)) for s in np.flatnonzero(found.must.all(axis=0))),
        method=Method("tableau, as the case is written", parameters=parameters),
        written=written,
        values={name: view.space.values_of(s) for s, name in enumerate(view.space.names)}
        if view.space.issues
        else {},
    )


@dataclass(frozen=True, eq=False)
class _Verdicts:
    """What must and what may be stable under some concept, shape (parties, n), and for what reasons.

    ``by_one`` says where a concept other than ``sim`` holds in any case, ``by_one_may`` where it may.
    """

    must: Bools
    may: Bools
    by_one: Bools
    by_one_may: Bools

    def reasons(self, i: int, s: int) -> tuple[str, ...]:
        """Why a party stays that stays in any case: by sanctions, or by simultaneous ones only."""
        if self.by_one[i, s]:
            return ("s",)
        return ("s", "x") if self.by_one_may[i, s] else ("x",)


def _judged(view: View, concepts: Sequence[Further]) -> _Verdicts:
    """What must and what may be stable under one of the concepts."""
    silent = [p for p, known in zip(view.parties, view.known, strict=True) if not known]
    for concept in concepts:
        if silent and not concept.unknown:
            raise InputError(
                f"{concept.name} needs the order of every party, and that of {' and '.join(silent)} is not "
                "known, or not of every pair of states"
            )
    found = [(concept.name == "sim", concept.judge(view)) for concept in concepts]
    others = [judgement for simultaneous, judgement in found if not simultaneous]
    return _Verdicts(*_either(view, [j for _, j in found]), *_either(view, others))


def _either(view: View, found: Iterable[Judgement]) -> tuple[Bools, Bools]:
    shape = (len(view.parties), view.model.n)
    must, may = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for judgement in found:
        must, may = must | judgement.must, may | judgement.may
    return must, may


class _Order:
    """A party's order, as far as it is known."""

    def __init__(self, view: View, party: str) -> None:
        ranks = view.base_ranks(party)
        self.known = ranks is not None
        self.ranks = np.zeros(view.model.n, dtype=np.int64) if ranks is None else ranks
        pairs = view.incomparable(party).tolist() if self.known else []
        self.pairs = [(int(s), int(t)) for s, t in pairs]
        self._open = set(self.pairs)

    def open_between(self, s: int, t: int) -> bool:
        """Whether the order of two states is not known."""
        return not self.known or (min(s, t), max(s, t)) in self._open

    def first(self, states: Iterable[int]) -> list[int]:
        """States from the most to the least preferred."""
        return sorted(states, key=lambda t: (-int(self.ranks[t]), t))


def _vector(view: View, i: int, found: _Verdicts) -> Vector:
    party, name = view.parties[i], view.space.name
    order = _Order(view, party)
    holds, may_hold = np.asarray(found.must.all(axis=0)), np.asarray(found.may.all(axis=0))
    entries: list[Entry] = []
    before: int | None = None
    for k, s in enumerate(order.first(range(view.model.n))):
        level = order.known and before is not None and bool(order.ranks[before] == order.ranks[s])
        open_ = order.known and before is not None and order.open_between(before, s)
        targets = [int(t) for t in view.model.movers[i].moves.from_state(s)]
        perhaps = [t for t in order.first(targets) if order.open_between(s, t)]
        better = [t for t in order.first(targets) if t not in perhaps and order.ranks[t] > order.ranks[s]]
        entries.append(
            Entry(
                state=name(s),
                place=entries[-1].place if level else k + 1,
                tied=level and not open_,
                mark=_mark(found, i, s, bool(better), bool(perhaps)),
                sign="E" if holds[s] else "?" if may_hold[s] else "×",
                improvements=tuple(map(name, better)),
                perhaps=tuple(map(name, perhaps)) if order.known else (),
                open=open_,
            )
        )
        before = s
    pairs = tuple((name(s), name(t)) for s, t in order.pairs)
    return Vector(party, view.case.party_name(party), order.known, tuple(entries), pairs)


def _mark(found: _Verdicts, i: int, s: int, better: bool, perhaps: bool) -> str:
    """The marks that are possible, ``?`` where one of them is the mark for unstable."""
    if not found.must[i, s]:
        return "?" if found.may[i, s] else "u"
    if better:
        return "/".join(found.reasons(i, s))
    return "/".join(["r", *found.reasons(i, s)]) if perhaps else "r"
