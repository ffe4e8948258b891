"""What misperception makes of a case: the equilibria of the hypergame beside those of the case as it is.

Both sides are judged over all admissible settings, as ``stability --perceived`` and ``stability`` do.
What holds only because of misperception hangs on both sides in the same setting, so that it is
judged setting by setting and not from the two answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting
from accordant.model.view import View
from accordant.stability.analysis import analyse, over_settings
from accordant.stability.concept import Concept
from accordant.stability.further import Further, Judgement, Options, find_any, renamed
from accordant.stability.lifted import lifted
from accordant.stability.perceived import perceived, unseen
from accordant.stability.result import ConceptResult, StabilityResult
from accordant.stability.telling import listed
from accordant.tables import Method, Table

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Over:
    """An answer over all admissible settings.

    Attributes
    ----------
    answer
        ``yes`` (in every setting), ``sometimes``, ``no`` (in none), or ``unknown`` where settings
        cannot be counted, because it hangs on an order that is not known.
    settings
        Settings in which it is so, and all settings; None where they cannot be counted.
    """

    answer: str
    settings: tuple[int, int] | None = None

    def __str__(self) -> str:
        return "{} of {}".format(*self.settings or ()) if self.answer == "sometimes" else self.answer

    @classmethod
    def of(cls, found: ConceptResult, state: str) -> Over:
        """Whether a state is an equilibrium."""
        count = None if found.counts is None else found.counts[state]
        if state in found.equilibria:
            return cls("yes", count)
        if state not in found.possible_equilibria:
            return cls("no", count)
        return cls("unknown" if count is None else "sometimes", count)


@dataclass(frozen=True, slots=True)
class Misperceived:
    """What misperception makes of one state under one concept.

    Attributes
    ----------
    in_hypergame, in_truth
        Whether it is an equilibrium when each party judges by its own game, and when all see the
        case as it is.
    created
        Whether it is one in the hypergame and not in truth.
    prevented
        Whether it is one in truth and not in the hypergame.
    because
        Parties whose verdict is another one in their own game, in some setting.
    blind
        Parties that do not see the state.
    """

    state: str
    concept: str
    in_hypergame: Over
    in_truth: Over
    created: Over
    prevented: Over
    because: tuple[str, ...]
    blind: tuple[str, ...]
    sentence: str = ""


@dataclass(frozen=True)
class HypergameResult:
    """The equilibria of a hypergame beside those of the case as it is, over all admissible settings.

    ``own`` and ``true`` hold the verdicts of both sides by concept.
    """

    title: str
    parties: tuple[str, ...]
    mistaken: Mapping[str, tuple[str, ...]]
    unseen: Mapping[str, tuple[str, ...]]
    own: Mapping[str, ConceptResult]
    true: Mapping[str, ConceptResult]
    states: tuple[Misperceived, ...]
    method: Method

    @property
    def equilibria(self) -> dict[str, tuple[str, ...]]:
        """By concept the states that hold in every setting when each party judges by its own game."""
        return {name: tuple(found.equilibria) for name, found in self.own.items()}

    @property
    def true_equilibria(self) -> dict[str, tuple[str, ...]]:
        """By concept the states that hold in every setting when all see the case as it is."""
        return {name: tuple(found.equilibria) for name, found in self.true.items()}

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``hypergame --json``."""
        return {
            "schema": "accordant/hypergame/1",
            "parties": list(self.parties),
            "mistaken": {p: list(others) for p, others in self.mistaken.items()},
            "unseen": {p: list(states) for p, states in self.unseen.items()},
            "equilibria": {c: list(states) for c, states in self.equilibria.items()},
            "true_equilibria": {c: list(states) for c, states in self.true_equilibria.items()},
            "sometimes": _open_json(self.own),
            "true_sometimes": _open_json(self.true),
            "states": [_state_json(m) for m in self.states],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per state and concept in which misperception changes something."""
        rows = tuple(
            (m.state, m.concept, str(m.in_hypergame), str(m.in_truth), m.sentence) for m in self.states
        )
        columns = ("state", "concept", "as they see it", "as it is", "because")
        return Table("What misperception changes", columns, rows)

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def not_always(found: ConceptResult) -> dict[str, Over]:
    """The states that hold in some settings only, or of which it is not known whether they hold."""
    return {s: Over.of(found, s) for s in found.possible_equilibria if s not in found.equilibria}


def _open_json(side: Mapping[str, ConceptResult]) -> dict[str, dict[str, list[int] | None]]:
    return {
        name: {s: list(over.settings) if over.settings else None for s, over in not_always(found).items()}
        for name, found in side.items()
    }


def _state_json(found: Misperceived) -> dict[str, Any]:
    sides = ("in_hypergame", "in_truth", "created", "prevented")
    overs: dict[str, Over] = {side: getattr(found, side) for side in sides}
    return {
        "state": found.state,
        "concept": found.concept,
        **{side: over.answer for side, over in overs.items()},
        "settings": {side: list(over.settings) if over.settings else None for side, over in overs.items()},
        "because": list(found.because),
        "blind": list(found.blind),
        "says": found.sentence,
    }


def hypergame(
    compiler: Compiler,
    concepts: Iterable[str] | None = None,
    *,
    options: Options | None = None,
    seed: int = 1,
) -> HypergameResult:
    """Which equilibria there are when each party judges by its own game, and which of them are so in truth.

    Parameters
    ----------
    compiler
        The compiled case.
    concepts
        Names of solution concepts; the five classical ones by default.
    options
        What the concepts are told besides their names.
    seed
        For the random choice of settings where there are too many to look at all.

    Raises
    ------
    InputError
        If a concept is unknown, cannot answer for this case, or looks at all settings at once.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
    ...     "preferences": {"a": {"priorities": ["not x"]}, "b": {"priorities": ["not y"]}},
    ...     "perceptions": {"b": {"unseen": [{"y": "no"}]}}})
    >>> found = hypergame(Compiler(case), ["nash"])
    >>> found.true_equilibria["nash"], found.equilibria["nash"]
    (('s1',), ('s1', 's2'))
    """
    chosen = find_any(concepts, options)
    names = [c.name for c in chosen]
    own = analyse(compiler, names, options=options, perceived=True, seed=seed)
    true = analyse(compiler, names, options=options, seed=seed)
    view = compiler.view(Setting(frozenset(compiler.setting_space().lost)))
    states: list[Misperceived] = []
    if compiler.case.perceptions:
        both = [Both(concept, view) for concept in chosen]
        joint = over_settings(compiler, [further for b in both for further in b.concepts], seed=seed)
        for b in both:
            states += _changed(view, b, own, true, joint)
    seen = {p: tuple(view.space.names[s] for s in np.flatnonzero(unseen(view, p))) for p in view.parties}
    return HypergameResult(
        title=compiler.case.title,
        parties=view.parties,
        mistaken={
            p: tuple(perception.preferences)
            for p, perception in compiler.case.perceptions.items()
            if p in view.parties and perception.preferences
        },
        unseen={p: hidden for p, hidden in seen.items() if hidden},
        own=own.concepts,
        true=true.concepts,
        states=tuple(states),
        method=_method(own, true),
    )


class Both:
    """Verdicts of both sides in the same setting, as concepts that can be judged over all settings.

    Parameters
    ----------
    concept
        The concept that both sides are judged by.
    view
        The case in one setting.
    """

    def __init__(self, concept: Concept | Further, view: View) -> None:
        self.base, self.name = lifted(concept), concept.name
        self.wrong = np.array([may_misjudge(view, p, concept) for p in view.parties], dtype=bool)
        self._frame: object = None
        self._kept: dict[Setting, tuple[Judgement, Judgement]] = {}

    @property
    def concepts(self) -> list[Further]:
        """What holds only as they see it, what only as it is, and whose verdict is another one."""
        each: dict[str, Callable[[View], Judgement]] = {
            self.created: lambda view: self._only(*self._judged(view)),
            self.prevented: lambda view: self._only(*reversed(self._judged(view))),
            self.differs: self._differing,
        }
        return [renamed(replace(self.base, judge=judge), name) for name, judge in each.items()]

    @property
    def created(self) -> str:
        """The name of the concept under which holds what holds only as they see it."""
        return f"{self.name} only as they see it"

    @property
    def prevented(self) -> str:
        """The name of the concept under which holds what holds only as it is."""
        return f"{self.name} only as it is"

    @property
    def differs(self) -> str:
        """The name of the concept that is fulfilled for a party where its verdict is another one."""
        return f"{self.name} by another game"

    def _judged(self, view: View) -> tuple[Judgement, Judgement]:
        if view.frame is not self._frame:  # settings of one frame come together
            self._frame, self._kept = view.frame, {}
        if view.setting not in self._kept:
            self._kept[view.setting] = perceived(view, self.base), self.base.judge(view)
        return self._kept[view.setting]

    def _only(self, one: Judgement, other: Judgement) -> Judgement:
        """An equilibrium on one side and not on the other, for everybody alike.

        Whatever the unknown orders are, parties that cannot misjudge are of one mind on both sides.
        """
        must = one.must.all(axis=0) & ~other.may.all(axis=0)
        may = one.may.all(axis=0) & ~other.must[self.wrong].all(axis=0)
        rows = (len(self.wrong), 1)
        return Judgement(np.tile(must, rows), np.tile(may, rows), one.exact and other.exact)

    def _differing(self, view: View) -> Judgement:
        own, true = self._judged(view)
        other = (own.must != true.must) | (own.may != true.may)
        return Judgement(other, other)


def may_misjudge(view: View, party: str, concept: Concept | Further) -> bool:
    """Whether a party's verdict may be another one in its own game, whatever is not known.

    What a party believes that others want does not enter where only its own order does.
    """
    if party not in view.case.perceptions:
        return False
    others_enter = isinstance(concept, Further) or concept.sanctions == "improvements"
    return others_enter or bool(unseen(view, party).any())


def _changed(
    view: View, both: Both, own: StabilityResult, true: StabilityResult, joint: StabilityResult
) -> Iterator[Misperceived]:
    mine, truly = own.concepts[both.name], true.concepts[both.name]
    created, prevented = joint.concepts[both.created], joint.concepts[both.prevented]
    differs = joint.concepts[both.differs].possible
    blind = np.array([unseen(view, p) for p in view.parties])
    names, numbers = view.space.names, view.space.numbers
    told = {numbers[s] for s in (*created.possible_equilibria, *prevented.possible_equilibria)}
    told |= {s for s in np.flatnonzero(blind.any(axis=0)).tolist() if names[s] in mine.possible_equilibria}
    for number in sorted(told):
        state = names[number]
        found = Misperceived(
            state,
            both.name,
            in_hypergame=Over.of(mine, state),
            in_truth=Over.of(truly, state),
            created=Over.of(created, state),
            prevented=Over.of(prevented, state),
            because=tuple(p for p in view.parties if state in differs[p]),
            blind=tuple(p for p, hidden in zip(view.parties, blind[:, number], strict=True) if hidden),
        )
        yield replace(found, sentence=_sentence(view.case, found))


NOT_SURE = "which is not known, or not so in every setting"


def _sentence(case: Case, found: Misperceived) -> str:
    held = f"an equilibrium under {found.concept}"
    created = f"{held} only because of misperception"
    prevented = f"no equilibrium under {found.concept} although it would be if all saw the case as it is"
    told = [*_said(created, found.created), *_said(prevented, found.prevented)]
    if told:
        text = f"{found.state} is {'; and '.join(told)}"
    elif found.in_hypergame.answer == "yes":
        text = f"{found.state} is {held} either way"
    else:
        text = f"{found.state} is {held} as they see it exactly where it is one as it is"
    moved = [case.party_name(p) for p in found.because if p not in found.blind]
    if moved:
        judges = "judges" if len(moved) == 1 else "judge"
        text += f"; {listed(moved)} {judges} it by a game that is not the true one"
    if found.blind:
        names = [case.party_name(p) for p in found.blind]
        text += f"; {listed(names)} {'does' if len(names) == 1 else 'do'} not see it, and so "
        text += f"{'has' if len(names) == 1 else 'have'} no move from it"
    return f"{text}."


def _said(text: str, over: Over) -> Iterator[str]:
    if over.answer == "yes":
        yield text
    elif over.answer == "sometimes":
        yield f"in {over} settings {text}"
    elif over.answer == "unknown":
        yield f"perhaps {text}, {NOT_SURE}"


def _method(own: StabilityResult, true: StabilityResult) -> Method:
    sides: Sequence[tuple[str, Method]] = (("as they see it", own.method), ("as it is", true.method))
    cut = {side: method.cut for side, method in sides if method.cut}
    told = "; ".join(f"{side}: {text}" for side, text in cut.items())
    if len(cut) == 2 and own.method.cut == true.method.cut:
        told = own.method.cut
    parameters = dict.fromkeys([*own.method.parameters, *true.method.parameters])
    name = "first-level hypergame over all admissible settings"
    return Method(name, not told, own.method.settings, told, tuple(parameters))
