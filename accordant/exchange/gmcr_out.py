"""From a case to a ``.gmcr`` file, or every reason why the format cannot say it.

The rules, and why moves and directions stay what they were, are on the page docs/exchange.md and in
:mod:`accordant.exchange.gmcr_options`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from accordant.case.findings import Findings
from accordant.case.objects import Case, Pattern, StateRef
from accordant.errors import CaseError
from accordant.exchange.cubes import Cube, TooManyCubesError, cubes_of
from accordant.exchange.formats import Exported, Named
from accordant.exchange.gmcr_left import ENDING, NUMBERED, leave, refuse
from accordant.exchange.gmcr_model import (
    Condition,
    DecisionMaker,
    GmcrModel,
    Option,
    Statement,
)
from accordant.exchange.gmcr_options import Coded, coded
from accordant.exchange.gmcr_orders import orders
from accordant.exchange.gmcr_text import document
from accordant.exchange.outgoing import placed
from accordant.model.frame import active_rules

if TYPE_CHECKING:
    from accordant.model.view import View
    from accordant.opened import OpenCase


def exported(opened: OpenCase) -> Exported:
    """A case as a ``.gmcr`` file.

    Raises
    ------
    CaseError
        With every reason why the format cannot say it, and its place in the case.
    """
    writer = Writer(opened.case, opened.compiler.view())
    model = writer.model()
    problems = [f for f in writer.say.all if f.severity == "error"]
    if problems:
        reasons = "this reason" if len(problems) == 1 else f"these {len(problems):,} reasons"
        closing = f"{opened.path} cannot be written as a {ENDING} file for {reasons}"
        raise CaseError([placed(opened, f) for f in problems], closing)
    assert model is not None
    where = tuple(placed(opened, f) for f in writer.say.all)
    return Exported({"": document(model).encode("ascii")}, where, writer.names(model))


@dataclass
class Writer:
    """Puts one case, as it is written, in the terms of the format."""

    case: Case
    view: View
    say: Findings = field(default_factory=Findings)

    @cached_property
    def coded(self) -> dict[str, Coded]:
        """Every issue as options; refused ones are missing."""
        made = {id_: coded(id_, issue) for id_, issue in self.case.issues.items()}
        return {id_: code for id_, code in made.items() if code is not None}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The issues in the order of their options.

        The last issue runs fastest among states, the first option among those of a file, so that the
        order is turned round; then the options of each decision maker stand together, as programs that
        read the format put them.
        """
        parties = self.view.parties
        owner = {i: parties.index(issue.holders[0]) for i, issue in self.case.issues.items()}
        nobody = len(parties)
        turned = tuple(self.case.issues)[::-1]
        return tuple(sorted(turned, key=lambda i: nobody if self.coded[i].fixed else owner[i]))

    @cached_property
    def first(self) -> dict[str, int]:
        """The number of the first option of each issue."""
        starts, at = {}, 0
        for issue in self.order:
            starts[issue] = at
            at += len(self.coded[issue].directions)
        return starts

    def model(self) -> GmcrModel | None:
        """The whole model; None where the format cannot say it."""
        refuse(self)
        if any(f.severity == "error" for f in self.say.all):
            return None
        leave(self)
        options = tuple(o for issue in self.order for o in self.coded[issue].options)
        infeasibles = tuple(self.infeasibles())
        manual, wants = orders(self)
        makers = tuple(
            DecisionMaker(
                self.shown(party),
                tuple(self.controlled(party)),
                () if manual else wants[k],
                tuple((c,) for c in self.unseen(party)),
                wants[k] if manual else None,
            )
            for k, party in enumerate(self.view.parties)
        )
        return GmcrModel(self.distinct(options, makers), makers, infeasibles, tuple(self.blocks()), manual)

    # -- parts -----------------------------------------------------------------------------------

    def shown(self, party: str) -> str:
        """The name of a decision maker: the one shown, with the id where two are shown under one."""
        name = self.case.party_name(party)
        alike = [p for p in self.view.parties if self.case.party_name(p) == name]
        return name if len(alike) == 1 else f"{name} ({party})"

    def distinct(self, options: Sequence[Option], makers: Sequence[DecisionMaker]) -> tuple[Option, ...]:
        """Options whose names differ among those of each decision maker."""
        ids = [i for i in self.order for _ in self.coded[i].directions]
        twice = {
            k
            for maker in makers
            for k in maker.options
            for m in maker.options
            if k != m and options[k].name == options[m].name
        }
        return tuple(
            Option(f"{o.name} ({ids[k]})", o.direction) if k in twice else o for k, o in enumerate(options)
        )

    def controlled(self, party: str) -> Iterator[int]:
        """The options that a party may take and undo."""
        for id_ in self.order:
            if party in self.case.issues[id_].holders and not self.coded[id_].fixed:
                yield from range(self.first[id_], self.first[id_] + len(self.coded[id_].directions))

    def infeasibles(self) -> Iterator[Statement]:
        """What no value stands for, then the rules, or what is not one of the named states."""
        for id_ in self.order:
            for condition in self.coded[id_].forbidden():
                yield (self._moved(id_, condition),)
        if self.case.only:
            yield from ((condition,) for condition in self._unnamed())
            return
        for k, (_, rule) in enumerate(active_rules(self.case, frozenset())):
            try:
                statement = self.statement(cubes_of(rule, negated=True))
            except TooManyCubesError as error:
                self.say.error(("feasible", k), str(error))
                continue
            if statement == ((),):
                self.say.error(("feasible", k), "forbids every combination")
            elif statement:
                yield statement
            else:
                self.say.warning(("feasible", k), "forbids nothing; left out")

    def _unnamed(self) -> Iterator[Condition]:
        """Conditions that together are true of every combination that is none of the named states."""
        rows = sorted({self.taken(codes) for codes in self.view.space.codes.tolist()})
        yield from _outside(rows, 0)

    def taken(self, codes: Sequence[int]) -> tuple[bool, ...]:
        """For every option, in the file's order, whether it is taken in a combination of values."""
        at = {issue: k for k, issue in enumerate(self.view.space.issues)}
        return tuple(t for issue in self.order for t in self.coded[issue].taken(codes[at[issue]]))

    def statement(self, cubes: Sequence[Cube]) -> Statement:
        """Conditions that are together true where a union of cubes is."""
        return tuple(dict.fromkeys(c for cube in cubes for c in self._conditions(cube)))

    def _conditions(self, cube: Cube) -> Iterator[Condition]:
        parts = [[self._moved(i, c) for c in self.coded[i].conditions(values)] for i, values in cube.items()]
        for chosen in product(*parts):
            yield tuple(sorted(pair for part in chosen for pair in part))

    def _moved(self, id_: str, condition: Condition) -> Condition:
        return tuple((self.first[id_] + option, taken) for option, taken in condition)

    def unseen(self, party: str) -> Iterator[Condition]:
        """Conditions that are together true of the states that a party does not know to be possible."""
        perception = self.case.perceptions.get(party)
        for ref in perception.unseen if perception else ():
            pattern = self._pattern(ref)
            cube = {i: frozenset({self.case.issues[i].values.index(v)}) for i, v in pattern.items()}
            yield from self._conditions(cube)

    def _pattern(self, ref: StateRef) -> Pattern:
        if not isinstance(ref, str):
            return ref
        return self.view.space.values_of(self.view.space.numbers[ref])

    def blocks(self) -> Iterator[tuple[int, ...]]:
        """A partition of the decision makers; coalitions that overlap with an earlier one are left out."""
        if not self.case.coalitions:
            return
        parties, placed = self.view.parties, set[int]()
        blocks: list[tuple[int, ...]] = []
        for k, coalition in enumerate(self.case.coalitions):
            block = tuple(parties.index(p) for p in coalition)
            if placed & set(block):
                message = "overlaps with an earlier coalition, and the format has a partition; left out"
                self.say.warning(("coalitions", k), message, found=" + ".join(coalition))
                continue
            placed |= set(block)
            blocks.append(block)
        yield from sorted([*blocks, *((k,) for k in range(len(parties)) if k not in placed)])

    # -- names -----------------------------------------------------------------------------------

    @cached_property
    def decimals(self) -> list[int]:
        """The decimal of each state, by the state's number in the case."""
        space = self.view.space
        codes = space.codes[space.first].tolist()
        return [sum(1 << k for k, taken in enumerate(self.taken(row)) if taken) for row in codes]

    @cached_property
    def position(self) -> list[int]:
        """The number in the file of each state, from 1."""
        number = {decimal: k for k, decimal in enumerate(sorted(self.decimals), 1)}
        return [number[decimal] for decimal in self.decimals]

    def numbers(self) -> Iterator[tuple[str, int]]:
        """Every state's name with its number in the file."""
        yield from zip(self.view.space.names, self.position, strict=True)

    def names(self, model: GmcrModel) -> tuple[Named, ...]:
        """What parties, options and states are called on both sides."""
        parties = [Named("party", p, m.name) for p, m in zip(self.view.parties, model.makers, strict=True)]
        said = [self.coded[i].said(j) for i in self.order for j in range(len(self.coded[i].directions))]
        options = [Named("option", what, o.name) for what, o in zip(said, model.options, strict=True)]
        listed = self.numbers() if self.view.space.n <= NUMBERED else ()
        return (*parties, *options, *(Named("state", name, str(number)) for name, number in listed))


def _outside(rows: Sequence[tuple[bool, ...]], start: int) -> Iterator[Condition]:
    """Conditions, none of them true of any of the rows, that are true of everything else.

    A row is followed option by option; where the rows that agree so far all choose one way, the other
    way leads outside.
    """
    if start == len(rows[0]):
        return
    prefix = tuple(enumerate(rows[0][:start]))
    for taken in (False, True):
        inside = [row for row in rows if row[start] == taken]
        if inside:
            yield from _outside(inside, start + 1)
        else:
            yield (*prefix, (start, taken))
