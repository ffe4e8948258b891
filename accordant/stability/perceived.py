"""The game as each party sees it, and what holds when everybody judges by its own: hypergames.

A party may not know that some states are possible, and may be wrong about what others want. Its own
game has the same states, so that games can be compared; but every move to or from a state that it
does not see is gone from it, and the others want what it believes they want. So in a state that it
does not see it has no move, and is stable there without any reason: :attr:`Misperceived.blind` says
so. A first-level hypergame: what a party believes that others believe is not part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from accordant.model.frame import Frame, Truths
from accordant.model.graph import ArcMoves, GraphModel, Mover
from accordant.model.moves import arcs_from_pairs
from accordant.model.pairs import states_of
from accordant.model.view import View
from accordant.stability.result import Explanation
from accordant.tables import Method, Table

if TYPE_CHECKING:
    from accordant.stability.concept import Concept
    from accordant.stability.further import Further, Judgement

Bools = NDArray[np.bool_]

_BELIEVED = "perceptions."


def unseen(view: View, party: str) -> Bools:
    """Which states a party does not see.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
    ...     "perceptions": {"a": {"unseen": [{"y": "yes"}]}}})
    >>> unseen(Compiler(case).view(), "a").tolist()
    [False, True, False, True]
    """
    hidden = np.zeros(view.model.n, dtype=bool)
    perception = view.case.perceptions.get(party)
    for ref in perception.unseen if perception else ():
        hidden[list(states_of(view.space, ref))] = True
    return hidden


def perceived_view(view: View, party: str) -> View:
    """The case as a party sees it, on the same states; the view itself where it sees it as it is.

    Parameters
    ----------
    view
        The case in one setting.
    party
        Who sees it.

    Returns
    -------
    View
        Without the moves to and from states that the party does not see, the others wanting what it
        believes they want. What a party is believed to want does not depend on the setting.

    Raises
    ------
    TooLargeError
        If moves would have to be listed that do not fit.
    """
    if party not in view.case.perceptions:
        return view
    kept = _frames.setdefault(view.frame, {})
    if party not in kept:
        kept[party] = _own_frame(view, party)
    return View(kept[party], view.setting)


_frames: WeakKeyDictionary[Frame, dict[str, Frame]] = WeakKeyDictionary()
"""The frames of parties' own games, which all settings of the preference lines share."""


def _own_frame(view: View, party: str) -> Frame:
    perception = view.case.perceptions[party]
    orders, truths = dict(view.frame.orders), Truths(view.case, view.space)
    for other, believed in perception.preferences.items():
        orders.pop(other, None)
        if believed.stated:
            label = f"{_BELIEVED}{party}.preferences.{other}"
            # where a rule does not hold there may be states that a ranking does not place
            orders[other] = truths.order(label, believed, partial=True)
    case = view.case.model_copy(
        update={"preferences": {**view.case.preferences, **perception.preferences}, "perceptions": {}}
    )
    model = without(view.model, unseen(view, party))
    return replace(view.frame, case=case, model=model, orders=orders, **_fresh(view.frame))


def _fresh(frame: Frame) -> dict[str, Any]:
    """Empty stores in place of what a frame has kept of its own orders."""
    return {name: {} for name, value in vars(frame).items() if type(value) is dict and name != "orders"}


def without(model: GraphModel, hidden: Bools) -> GraphModel:
    """The model without the moves to and from some states."""
    if not hidden.any():
        return model
    movers = tuple(Mover(m.parties, _cut(m.moves.arcs, hidden)) for m in model.movers)
    return GraphModel(model.space, model.parties, movers)


def _cut(arcs: ArcMoves, hidden: Bools) -> ArcMoves:
    n = len(arcs.indptr) - 1
    sources = np.repeat(np.arange(n), np.diff(arcs.indptr))
    keep = ~hidden[sources] & ~hidden[arcs.targets]
    # moves that compose still do when some states are left out altogether
    return arcs_from_pairs(n, sources[keep], arcs.targets[keep], transitive=arcs.transitive)


def perceived(view: View, concept: Further) -> Judgement:
    """Verdicts when each party judges by the case as it sees it: the rows of different games."""
    from accordant.stability.further import Judgement

    shape = (len(view.parties), view.model.n)
    must, may, exact = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool), True
    for i, party in enumerate(view.parties):
        found = concept.judge(perceived_view(view, party))
        must[i], may[i] = found.must[i], found.may[i]
        exact &= found.exact
    return Judgement(must, may, exact)


def explain_seen(view: View, state: int, party: int, concept: Further) -> Explanation:
    """Why a state is stable or not for a party that judges by the case as it sees it."""
    who = view.parties[party]
    name = view.case.party_name(who)
    if unseen(view, who)[state]:
        here = view.space.name(state)
        text = (
            f"As {name} sees it: {name} does not see {here} at all, so it has no move there and "
            "stays for no reason of its own."
        )
        return Explanation(here, who, concept.name, True, text)
    found = concept.explain(perceived_view(view, who), state, party)
    if who not in view.case.perceptions:
        return found
    stated = tuple(e for e in found.elements if not e.startswith(_BELIEVED))
    return replace(found, sentence=f"As {name} sees it: {found.sentence}", elements=stated)


@dataclass(frozen=True, slots=True)
class Misperceived:
    """What misperception makes of one state under one concept.

    Attributes
    ----------
    in_hypergame, in_truth
        Whether it is an equilibrium when each party judges by its own game, and when all see the
        case as it is; "unknown" where that hangs on an order that is not known.
    because
        Parties whose verdict is another one in their own game.
    blind
        Parties that do not see the state.
    """

    state: str
    concept: str
    in_hypergame: str
    in_truth: str
    because: tuple[str, ...]
    blind: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class HypergameResult:
    """The equilibria of a hypergame beside those of the case as it is."""

    title: str
    parties: tuple[str, ...]
    mistaken: Mapping[str, tuple[str, ...]]
    unseen: Mapping[str, tuple[str, ...]]
    equilibria: Mapping[str, tuple[str, ...]]
    true_equilibria: Mapping[str, tuple[str, ...]]
    states: tuple[Misperceived, ...]
    method: Method

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``hypergame --json``."""
        return {
            "schema": "accordant/hypergame/1",
            "parties": list(self.parties),
            "mistaken": {p: list(others) for p, others in self.mistaken.items()},
            "unseen": {p: list(states) for p, states in self.unseen.items()},
            "equilibria": {c: list(states) for c, states in self.equilibria.items()},
            "true_equilibria": {c: list(states) for c, states in self.true_equilibria.items()},
            "states": [
                {
                    "state": m.state,
                    "concept": m.concept,
                    "in_hypergame": m.in_hypergame,
                    "in_truth": m.in_truth,
                    "because": list(m.because),
                    "blind": list(m.blind),
                    "says": m.sentence,
                }
                for m in self.states
            ],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per state and concept in which misperception changes something."""
        rows = tuple((m.state, m.concept, m.in_hypergame, m.in_truth, m.sentence) for m in self.states)
        columns = ("state", "concept", "as they see it", "as it is", "because")
        return Table("What misperception changes", columns, rows)

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def hypergame(view: View, concepts: Iterable[Concept | Further]) -> HypergameResult:
    """Which equilibria there are when each party judges by its own game, and which of them are so in truth.

    Parameters
    ----------
    view
        The case in one setting.
    concepts
        Solution concepts.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> from accordant.stability.concepts import find
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
    ...     "preferences": {"a": {"priorities": ["not x"]}, "b": {"priorities": ["not y"]}},
    ...     "perceptions": {"b": {"unseen": [{"y": "no"}]}}})
    >>> found = hypergame(Compiler(case).view(), find(["nash"]))
    >>> found.true_equilibria["nash"], found.equilibria["nash"]
    (('s1',), ('s1', 's2'))
    """
    from accordant.stability.lifted import lifted

    names, case = view.space.names, view.case
    seen = {p: tuple(names[s] for s in np.flatnonzero(unseen(view, p))) for p in view.parties}
    own: dict[str, tuple[str, ...]] = {}
    true: dict[str, tuple[str, ...]] = {}
    states: list[Misperceived] = []
    for concept in map(lifted, concepts):
        in_games, in_truth = perceived(view, concept), concept.judge(view)
        own[concept.name] = _equilibria(view, in_games)
        true[concept.name] = _equilibria(view, in_truth)
        states += _changed(view, concept.name, in_games, in_truth)
    parameters = (("concepts", ", ".join(own)),)
    return HypergameResult(
        title=case.title,
        parties=view.parties,
        mistaken={
            p: tuple(perception.preferences)
            for p, perception in case.perceptions.items()
            if p in view.parties and perception.preferences
        },
        unseen={p: states_ for p, states_ in seen.items() if states_},
        equilibria=own,
        true_equilibria=true,
        states=tuple(states),
        method=Method("first-level hypergame, as the case is written", parameters=parameters),
    )


def _equilibria(view: View, found: Judgement) -> tuple[str, ...]:
    return tuple(view.space.name(int(s)) for s in np.flatnonzero(found.must.all(axis=0)))


def _changed(view: View, concept: str, own: Judgement, true: Judgement) -> Iterator[Misperceived]:
    answers = [_answers(own), _answers(true)]
    blind = np.array([unseen(view, p) for p in view.parties])
    differ = (answers[0] != answers[1]) | (blind.any(axis=0) & (answers[0] != "no"))
    for s in map(int, np.flatnonzero(differ)):
        other = (own.must[:, s] != true.must[:, s]) | (own.may[:, s] != true.may[:, s])
        because = tuple(p for p, wrong in zip(view.parties, other, strict=True) if wrong)
        not_seen = tuple(p for p, hidden in zip(view.parties, blind[:, s], strict=True) if hidden)
        found = Misperceived(
            view.space.name(s), concept, str(answers[0][s]), str(answers[1][s]), because, not_seen, ""
        )
        yield replace(found, sentence=_sentence(view, found))


def _answers(found: Judgement) -> NDArray[np.str_]:
    sure, may = found.must.all(axis=0), found.may.all(axis=0)
    return np.where(sure, "yes", np.where(may, "unknown", "no"))


def _sentence(view: View, found: Misperceived) -> str:
    from accordant.stability.telling import listed

    here = found.state
    text = f"{here} is "
    if found.in_hypergame == found.in_truth:
        text += f"an equilibrium under {found.concept} either way"
    elif found.in_hypergame == "yes" and found.in_truth == "no":
        text += f"an equilibrium under {found.concept} only because of misperception"
    elif found.in_hypergame == "no" and found.in_truth == "yes":
        text += f"no equilibrium under {found.concept} although it would be if all saw the case as it is"
    else:
        text += f"an equilibrium under {found.concept}: {found.in_hypergame} as they see it, "
        text += f"{found.in_truth} as it is"
    moved = [view.case.party_name(p) for p in found.because if p not in found.blind]
    if moved:
        judges = "judges" if len(moved) == 1 else "judge"
        text += f"; {listed(moved)} {judges} it by a game that is not the true one"
    if found.blind:
        names = [view.case.party_name(p) for p in found.blind]
        text += f"; {listed(names)} {'does' if len(names) == 1 else 'do'} not see it, and so "
        text += f"{'has' if len(names) == 1 else 'have'} no move from it"
    return f"{text}."
