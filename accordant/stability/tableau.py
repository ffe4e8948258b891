"""The tableau of papers and courses: preference vectors with improvements and stability marks.

For each party its states from most to least preferred, above each state a mark, below it the
unilateral improvements from there, and above all whether the state is an equilibrium.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from accordant.errors import TooLargeError
from accordant.model.view import View
from accordant.tables import Method, Table

if TYPE_CHECKING:
    from accordant.stability.further import Further

Bools = NDArray[np.bool_]

MOST = 256
"""States that are set out."""

MARKS = {
    "r": "rational: no improvement",
    "s": "stable: every improvement is sanctioned",
    "x": "stable by simultaneous sanctions only",
    "u": "unstable: some improvement is not sanctioned",
    "?": "open: it hangs on an order that is not known",
}
"""What each mark says. ``x`` is printed as a struck u, as is the custom."""

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
        The states that the party can move to and likes better, the best first.
    """

    state: str
    place: int
    tied: bool
    mark: str
    sign: str
    improvements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vector:
    """The states in a party's order; in the order of the case where its order is not known."""

    party: str
    name: str
    known: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Tableau:
    """The tableau of a case under one concept, or under several of which one must hold."""

    title: str
    concepts: tuple[str, ...]
    titles: tuple[str, ...]
    vectors: tuple[Vector, ...]
    equilibria: tuple[str, ...]
    method: Method

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
    def marks(self) -> dict[str, str]:
        """The marks and signs that occur, with what they say."""
        entries = [e for v in self.vectors for e in v.entries]
        used = {e.mark for e in entries} | {e.sign for e in entries}
        return {k: says for k, says in {**EQUILIBRIUM, **MARKS}.items() if k in used}

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
                        }
                        for e in v.entries
                    ],
                }
                for v in self.vectors
            ],
            "equilibria": list(self.equilibria),
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
                ", ".join(e.improvements) or "–",
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


def tableau(view: View, concepts: Sequence[Further]) -> Tableau:
    """The tableau of a case in one setting.

    Parameters
    ----------
    view
        The case in one setting.
    concepts
        Solution concepts; a party stays where one of them lets it. The classical form with
        simultaneous sanctions is ``seq`` with ``sim``.

    Raises
    ------
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
    must, may, letters = _judged(view, concepts)
    holds = np.asarray(must.all(axis=0)), np.asarray(may.all(axis=0))
    vectors = tuple(_vector(view, i, must[i], may[i], letters[i], holds) for i in range(len(view.parties)))
    parameters = (("concepts", ", ".join(c.name for c in concepts)),)
    return Tableau(
        title=view.case.title,
        concepts=tuple(c.name for c in concepts),
        titles=tuple(c.title for c in concepts),
        vectors=vectors,
        equilibria=tuple(view.space.name(int(s)) for s in np.flatnonzero(holds[0])),
        method=Method("tableau, as the case is written", parameters=parameters),
    )


def _judged(view: View, concepts: Iterable[Further]) -> tuple[Bools, Bools, NDArray[np.str_]]:
    """What must and what may be stable under one of the concepts; the mark of the first that must."""
    shape = (len(view.parties), view.model.n)
    must, may = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    letters = np.full(shape, "u")
    for concept in concepts:
        found = concept.judge(view)
        letters[found.must & ~must] = "x" if concept.name == "sim" else "s"
        must, may = must | found.must, may | found.may
    letters[may & ~must] = "?"
    return must, may, letters


def _vector(
    view: View, i: int, must: Bools, may: Bools, letters: NDArray[np.str_], holds: tuple[Bools, Bools]
) -> Vector:
    party, known = view.parties[i], bool(view.known[i])
    u = view.orders[i]
    ordered = [int(s) for s in np.lexsort((np.arange(len(u)), -u))]
    entries: list[Entry] = []
    for k, s in enumerate(ordered):
        tied = known and k > 0 and bool(u[ordered[k - 1]] == u[s])
        targets = [int(t) for t in view.model.movers[i].moves.from_state(s)]
        better = sorted((t for t in targets if u[t] > u[s]), key=lambda t: (-u[t], t)) if known else []
        mark = str(letters[s])
        if must[s] and not better and (known or not targets):
            mark = "r"
        sign = "E" if holds[0][s] else "?" if holds[1][s] else "×"
        names = tuple(view.space.name(t) for t in better)
        place = entries[-1].place if tied else k + 1
        entries.append(Entry(view.space.name(s), place, tied, mark, sign, names))
    return Vector(party, view.case.party_name(party), known, tuple(entries))
