"""A plan judged over everything that is unsure: settings of structure, of lines, and of what was meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod

from accordant.agreement.admissible import Doubt
from accordant.agreement.phases.induction import DONE, Chosen, End, Stay, Tree, Verdicts, induce
from accordant.agreement.phases.path import Path, follow
from accordant.agreement.phases.plans import Plan, meant
from accordant.agreement.phases.terms import Bar, Termed
from accordant.agreement.phases.voices import Voice, home_of, voice
from accordant.agreement.result import Answer
from accordant.agreement.stands import constituencies
from accordant.case.grounds import falls_with
from accordant.model.compiler import Compiler
from accordant.model.listed import ListedCompiler
from accordant.model.settings import Setting, unsure_elements
from accordant.model.view import View

STRUCTURAL = ("rule", "control", "moves")
STRUCTURES = 256
"""Most ways in which rules, controllers, moves and anchors may turn out that are gone through."""
TOGETHER = 4096
"""Most different views of all voices together that are gone through."""


class Questions:
    """What is unsure about a case, and its compiled forms with terms in force."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self.case = compiler.case
        self.settings = compiler.setting_space()
        gone = falls_with(compiler.case, ())
        self.opened = frozenset(e.id for e in unsure_elements(compiler.elements, gone))
        self.doubt = Doubt(frozenset(self.settings.free), frozenset(self.settings.lost))
        self.vetoes = constituencies(compiler.case)
        self._termed: dict[tuple[str, ...], Compiler] = {}

    def termed(self, terms: tuple[str, ...]) -> Compiler:
        """The case with some terms in force."""
        if terms not in self._termed:
            self._termed[terms] = Termed(self.compiler, terms) if terms else self.compiler
        return self._termed[terms]

    def structures(self) -> Iterator[Setting]:
        """Every way in which what changes states and moves may turn out, as written first."""
        elements = self.compiler.element
        free = [e for e in self.settings.free if elements[e].kind in STRUCTURAL]
        anchors = [[(which, state) for state in states] for which, states in self.settings.anchors.items()]
        lost = frozenset(self.settings.lost)
        for chosen in product(*anchors):
            at = dict(chosen)
            for bits in product((False, True), repeat=len(free)):
                off = lost | {e for e, gone in zip(free, bits, strict=True) if gone}
                yield Setting(off, (), at.get("status_quo"), at.get("no_deal"))

    @property
    def how_many(self) -> int:
        """Number of structures."""
        elements = self.compiler.element
        free = [e for e in self.settings.free if elements[e].kind in STRUCTURAL]
        return prod(len(states) for states in self.settings.anchors.values()) << len(free)

    @property
    def written(self) -> Setting:
        """The structure as the case is written."""
        return Setting(frozenset(self.settings.lost))


@dataclass(frozen=True, eq=False)
class Scene:
    """A plan in one structure: its decisions, and who may think what of them.

    ``tree`` is None where a stage is not possible, or there is no deal to compare it with.
    """

    view: View
    path: Path
    tree: Tree | None = None
    voices: Mapping[str, Voice] = field(default_factory=dict)
    column: Mapping[int, int] = field(default_factory=dict)
    vetoes: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def judged(self) -> Iterator[Verdicts]:
        """What follows, for every different view of all voices together, as written first.

        Where there are too many, once for all of them, each voice with all its views: what is certain
        then is certain.
        """
        assert self.tree is not None
        if prod(len(v.profiles) for v in self.voices.values()) > TOGETHER:
            every = {name: v.profiles for name, v in self.voices.items()}
            yield induce(self.tree, self.vetoes, self.voices, every, self.column)
            return
        names = tuple(self.voices)
        for row in product(*(self.voices[name].profiles for name in names)):
            chosen = {name: (profile,) for name, profile in zip(names, row, strict=True)}
            yield induce(self.tree, self.vetoes, self.voices, chosen, self.column)

    def written(self) -> tuple[Verdicts, Chosen]:
        """What follows as the case is written."""
        assert self.tree is not None
        chosen = {name: v.profiles[:1] for name, v in self.voices.items()}
        return induce(self.tree, self.vetoes, self.voices, chosen, self.column), chosen


def scene(questions: Questions, plan: Plan, setting: Setting) -> Scene:
    """A plan in one structure."""
    compiler = questions.termed(plan.terms)
    view = compiler.view(setting)
    path = follow(view, plan.packages)
    if path.problem or not view.no_deal:
        return Scene(view, path)
    bars = compiler.bars(view) if isinstance(compiler, Termed) else ()
    bars += tuple(_held(view, *held) for held in plan.held)
    tree = Tree(view, path, plan.days, bars)
    vetoes = questions.vetoes
    names = [name for party, held in vetoes.items() for name in (party, *held)]
    homes = list(dict.fromkeys(home_of(view, name) for name in names))
    states = tree.states(homes, list(vetoes))
    voices = {
        name: voice(view, name, questions.doubt, questions.opened, states, bonus(questions, plan, name))
        for name in names
    }
    return Scene(view, path, tree, voices, {state: k for k, state in enumerate(states)}, vetoes)


def bonus(questions: Questions, plan: Plan, name: str) -> Fraction:
    """What terms without a condition add to a party's worth while the deal stands."""
    found = [questions.case.terms[t] for t in plan.terms]
    added = [Fraction(t.worth[name]) for t in found if t.if_ is None and name in t.worth]
    return sum((*added, *(more for p, more in plan.added if p == name)), start=Fraction(0))


def _held(view: View, party: str, issue: str, value: str) -> Bar:
    """That a party cannot take an issue away from a value."""
    k = view.space.issues.index(issue)
    there = view.space.state_codes[:, k] == view.space.values[k].index(value)
    return Bar("", party, there, ~there)


@dataclass(eq=False)
class Count:
    """Whether something is so in every case looked at, and in any."""

    always: bool = True
    ever: bool = False

    def add(self, surely: bool, maybe: bool) -> None:
        """One more case."""
        self.always &= surely
        self.ever |= maybe

    @property
    def answer(self) -> Answer:
        """Yes in every case, no in none, otherwise unknown."""
        return "yes" if self.always and self.ever else "unknown" if self.ever else "no"


@dataclass(eq=False)
class Judgement:
    """A plan over everything that is unsure.

    Attributes
    ----------
    carried, ahead
        Whether it is carried out to its end and kept, looking to the end, and looking one stage ahead.
    rows
        By decision, party and sight (``ahead`` or ``end``): whether the party goes on.
    own
        The same without the vetoes of constituencies; by decision, voice and sight.
    leaving
        By sight, where and by whom it may be broken off: in how many of the cases looked at surely.
    looked
        How many cases were looked at, of the plan with all its stages.
    complete
        Whether everything unsure was gone through.
    """

    carried: Count = field(default_factory=Count)
    ahead: Count = field(default_factory=Count)
    rows: dict[tuple[int, str, str], Count] = field(default_factory=dict)
    own: dict[tuple[int, str, str], Count] = field(default_factory=dict)
    leaving: dict[str, dict[End, int]] = field(default_factory=lambda: {"ahead": {}, "end": {}})
    looked: int = 0
    complete: bool = True

    def answer(self, count: Count) -> Answer:
        """An answer as it is given: what was not gone through may be otherwise."""
        return count.answer if self.complete else "unknown"


def judge(questions: Questions, plan: Plan) -> Judgement:
    """Whether a plan is carried out, over everything that is unsure."""
    found = Judgement()
    plans, complete = meant(plan, questions.opened)
    some = isinstance(questions.compiler, ListedCompiler) and questions.settings.anchors
    if not complete or some or questions.how_many > STRUCTURES:
        found.complete = False
        _add(found, scene(questions, plan, questions.written), rows=True)
        return found
    for one in plans:
        for setting in questions.structures():
            _add(found, scene(questions, one, setting), rows=one.steps == plan.steps)
    return found


def _add(found: Judgement, looked: Scene, *, rows: bool) -> None:
    found.complete &= not any(voice.cut for voice in looked.voices.values())
    if looked.tree is None:
        possible = not looked.path.problem
        found.carried.add(False, possible)  # without anything to compare it with nothing is known
        found.ahead.add(False, possible)
        return
    for verdicts in looked.judged():
        comes = verdicts.ends[1]
        found.carried.add(comes == (DONE,), DONE in comes)
        every = verdicts.ahead.values()
        found.ahead.add(all(s.surely for s in every), all(s.maybe for s in every))
        if rows:
            _add_rows(found, verdicts)


def _add_rows(found: Judgement, verdicts: Verdicts) -> None:
    found.looked += 1
    for sight, stays in (("ahead", verdicts.ahead), ("end", verdicts.end)):
        for (decision, party), stay in stays.items():
            found.rows.setdefault((decision, party, sight), Count()).add(stay.surely, stay.maybe)
            for name, (low, high) in {party: stay.own, **stay.vetoes}.items():
                found.own.setdefault((decision, name, sight), Count()).add(low > 0, high > 0)
        for end, surely in _leaving(stays):
            found.leaving[sight][end] = found.leaving[sight].get(end, 0) + surely


def _leaving(stays: Mapping[tuple[int, str], Stay]) -> Iterator[tuple[End, bool]]:
    """Who may be the first to walk away, where, and whether surely."""
    sure = True
    for decision in sorted({decision for decision, _ in stays}):
        here = {p: stay for (d, p), stay in stays.items() if d == decision}
        yield from (((decision, p), sure and not s.maybe) for p, s in here.items() if not s.surely)
        if not all(s.maybe for s in here.values()):
            return
        sure &= all(s.surely for s in here.values())
