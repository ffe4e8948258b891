"""From a case to arrays: states, moves, orders, in any setting.

One :class:`Compiler` serves all questions about a case. What it makes is kept: state spaces by the
rules that hold, frames by rules, controllers and status quo, orders by the lines that count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import count

import numpy as np
from numpy.typing import NDArray

from accordant.case.grounds import Element, elements, falls_with
from accordant.case.objects import Case, Either
from accordant.errors import CaseError, Problem, TooLargeError
from accordant.model.admitted import Ranges
from accordant.model.frame import Frame, Truths, active_rules, anchor_names, build_frame, forbidden_by
from accordant.model.growth import Codes, Product, ascending, feasible, row_numbers
from accordant.model.movers import participants
from accordant.model.preferences import PartyOrder
from accordant.model.settings import (
    AS_WRITTEN,
    BINARY,
    NO_ANSWERS,
    UNCOUNTED,
    Answers,
    Setting,
    SettingSpace,
    unsure_elements,
)
from accordant.model.space import StateSpace
from accordant.model.view import View


class Compiler:
    """Everything that can be compiled from one case, made on demand and kept.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "b"}}, "feasible": ["y -> x"],
    ...     "status_quo": {"x": "no", "y": "no"},
    ...     "preferences": {"a": {"priorities": ["y"]}, "b": {"priorities": ["not y"]}}})
    >>> view = Compiler(case).view()
    >>> view.model.space.names
    ('s1', 's2', 's3')
    >>> view.orders.tolist()
    [[0, 0, 1], [1, 1, 0]]
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self._spaces: dict[frozenset[str], StateSpace] = {}
        self._too_large: dict[frozenset[str], TooLargeError] = {}
        self._orders: dict[frozenset[str], Mapping[str, PartyOrder]] = {}
        self._frames: dict[tuple[frozenset[str], str | None, str | None], Frame] = {}

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every element of the case, in the order of the file."""
        return elements(self.case)

    @cached_property
    def element(self) -> dict[str, Element]:
        """Every element by its id."""
        return {e.id: e for e in self.elements}

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The participants: every party of role ``party``, and anyone else who can move."""
        return participants(self.case)

    @cached_property
    def either_groups(self) -> dict[str, int]:
        """Number of lines of each ``either`` group."""
        return {
            f"{party}.priorities.{k}": len(entry.either)
            for party, preference in self.case.preferences.items()
            for k, entry in enumerate(preference.priorities or (), 1)
            if isinstance(entry, Either)
        }

    def setting_space(
        self,
        taken: Iterable[str] = (),
        *,
        unsure: Iterable[str] = (),
        answers: Answers = NO_ANSWERS,
    ) -> SettingSpace:
        """The admissible settings once some grounds are gone and some questions are answered.

        Parameters
        ----------
        taken
            Claims, origins and assumptions that are taken away.
        unsure
            Element ids to treat as unsure besides.
        answers
            What is taken as settled: an element that counts, or does not, is no longer unsure, whatever
            it stands on; only elements that count or do not (:data:`accordant.model.settings.BINARY`) can
            be settled not to.
        """
        gone = falls_with(self.case, taken)
        open_ = {e.id: e for e in unsure_elements(self.elements, gone)}
        open_.update((id_, self.element[id_]) for id_ in unsure)
        settled = answers.counts | answers.out
        ordered = [e for e in self.elements if e.id in open_ and e.id not in settled]
        lost = tuple(e.id for e in ordered if e.kind in UNCOUNTED)
        orders = self.orders()
        silent = [p for p in self.parties if p not in orders]
        open_pairs = [p for p, order in orders.items() if order.open and self.has_a_say(p)]
        gone_orders = (self.element[e] for e in lost if self.element[e].kind != "reservation")
        unknown = dict.fromkeys([*silent, *open_pairs, *(e.subject for e in gone_orders)])
        anchors = {e.id: self.space().names for e in ordered if e.kind in ("status-quo", "no-deal")}
        free = tuple(e.id for e in ordered if e.kind in BINARY)
        known = dict(answers.orders)
        groups = {g: size for g, size in self.either_groups.items() if g not in known}
        ranges = self.ranges if self.ranges.parties or self.ranges.reserved else None
        return SettingSpace(
            free, lost, groups, tuple(unknown), anchors, self._vague(lost), answers.out, known, ranges
        )

    @cached_property
    def ranges(self) -> Ranges:
        """The orders that ranges of worths, and of what no deal is worth, admit."""
        return Ranges(self)

    def _vague(self, lost: Collection[str]) -> tuple[str, ...]:
        """Those with a say on packages of whom it is not known what no deal is worth, or not exactly."""
        say = [p for p, party in self.case.parties.items() if party.role in ("party", "constituency")]
        orders = self.orders()
        held = {p: h for p in say if p in orders and (h := orders[p].reservation) is not None}
        nowhere = bool(held) and not self.view().no_deal
        return tuple(
            p
            for p in say
            if (p in held and (held[p].ranged or held[p].element in lost))
            or (nowhere and p in orders and p not in held)
        )

    def has_a_say(self, party: str) -> bool:
        """Whether anything follows from what somebody wants: it takes part, or may veto."""
        found = self.case.parties.get(party)
        return party in self.parties or (found is not None and found.role == "constituency")

    def view(self, setting: Setting = AS_WRITTEN) -> View:
        """States, moves and orders in one setting."""
        structural = frozenset(e for e in setting.off if e.startswith(("feasible.", "issues.", "moves.")))
        key = (structural, setting.status_quo, setting.no_deal)
        if key not in self._frames:
            rules = frozenset(e for e in structural if e.startswith("feasible."))
            space = self.space(rules)
            start, against = self._anchors
            self._frames[key] = build_frame(
                self.case,
                space,
                self.orders(rules),
                structural,
                start if setting.status_quo is None else setting.status_quo,
                against if setting.no_deal is None else (setting.no_deal,),
            )
        return View(self._frames[key], setting)

    def forget(self, view: View) -> None:
        """Do not keep the frame of a view any longer, unless it is that of the case as written."""
        written = self.view().frame
        for key in [k for k, frame in self._frames.items() if frame is view.frame is not written]:
            del self._frames[key]

    @cached_property
    def _anchors(self) -> tuple[str | None, tuple[str, ...] | None]:
        """The status quo and, unless it is the status quo, no deal: names of states as written."""
        return anchor_names(self.case, self.space())

    def orders(self, off: frozenset[str] = frozenset()) -> Mapping[str, PartyOrder]:
        """What is known of everybody's order over the states that there are without some rules."""
        if off not in self._orders:
            tables = Truths(self.case, self.space(off), self.space())
            # an entry that says nothing is no preference: the order is unknown, as without it
            self._orders[off] = {
                party: tables.order(party, preference, partial=bool(off))
                for party, preference in self.case.preferences.items()
                if preference.stated
            }
        return self._orders[off]

    def space(self, off: frozenset[str] = frozenset()) -> StateSpace:
        """The states when the rules in ``off`` do not hold.

        Raises
        ------
        CaseError
            If no state is feasible, or named states clash.
        TooLargeError
            If there are too many.
        """
        if off not in self._spaces:
            if off in self._too_large:
                raise self._too_large[off]
            try:
                self._spaces[off] = self._space(off)
            except TooLargeError as error:
                self._too_large[off] = error
                raise
        return self._spaces[off]

    def _space(self, off: frozenset[str]) -> StateSpace:
        if not self.case.issues:
            return self._graph_space()
        return self._wider_space(off) if off else self._option_space()

    def _wider_space(self, off: frozenset[str]) -> StateSpace:
        """Fewer rules make more states: the old ones keep their names and members, new ones are x1, x2, …."""
        base = self.space()
        if self.case.only == "named":  # whatever the rules say, nothing else is a state
            return base
        product = self._product(off)
        codes = feasible(product, parties=len(self.parties))
        label = base.n + np.arange(len(codes))
        label[row_numbers(codes, product.shape, base.codes)] = base.state_of
        state_of, first = _numbered(label)
        free = (name for k in count(1) if (name := f"x{k}") not in base.numbers)
        names = [base.name(int(k)) if k < base.n else next(free) for k in label[first]]
        return StateSpace(base.issues, base.values, codes, state_of, len(first), dict(enumerate(names)))

    def _graph_space(self) -> StateSpace:
        names = tuple(self.case.states or ())
        if not names:
            raise CaseError([Problem("the case has neither issues nor states", path="states")])
        n = len(names)
        codes = np.zeros((n, 0), dtype=np.uint8)
        return StateSpace((), (), codes, np.arange(n, dtype=np.int32), n, dict(enumerate(names)))

    def _product(self, off: frozenset[str]) -> Product:
        shape = tuple(len(i.values) for i in self.case.issues.values())
        return Product(
            tuple(self.case.issues), shape, tuple(rule for _, rule in active_rules(self.case, off))
        )

    def _option_space(self) -> StateSpace:
        case = self.case
        product = self._product(frozenset())
        named = case.states if isinstance(case.states, Mapping) else {}
        if case.only == "named":
            codes, owner = self._named_only(product, named)
        else:
            codes = feasible(product, parties=len(self.parties))
            owner = self._owners(codes, named)
        if not len(codes):
            raise CaseError(
                [
                    Problem(
                        "no state is feasible: the rules together forbid every combination", path="feasible"
                    )
                ]
            )
        return self._assemble(codes, owner, tuple(named))

    def _named_only(
        self, product: Product, named: Mapping[str, Mapping[str, str]]
    ) -> tuple[Codes, NDArray[np.int64]]:
        """Grow each pattern apart: nothing outside the named states is ever listed."""
        blocks = [self._pattern(product, name, pattern) for name, pattern in named.items()]
        codes = np.concatenate(blocks) if blocks else np.zeros((0, len(product.shape)), dtype=product.dtype)
        owner = np.repeat(np.arange(len(blocks)), [len(b) for b in blocks])
        order = ascending(codes, product.shape)
        codes, owner = codes[order], owner[order]
        same = np.flatnonzero((codes[1:] == codes[:-1]).all(axis=1)) if len(codes) > 1 else ()
        names = tuple(named)
        for k in same:
            raise self._overlap(names[int(owner[k])], names[int(owner[k + 1])])
        return codes, owner

    def _pattern(self, product: Product, name: str, pattern: Mapping[str, str]) -> Codes:
        fixed = {
            k: self.case.issues[issue].values.index(pattern[issue])
            for k, issue in enumerate(product.issues)
            if issue in pattern
        }
        codes = feasible(replace(product, fixed=fixed), parties=len(self.parties))
        if not len(codes):
            raise self._infeasible(name, pattern)
        return codes

    def _infeasible(self, name: str, pattern: Mapping[str, str]) -> CaseError:
        why = forbidden_by(self.case, dict(pattern))
        return CaseError([Problem(f"the state {name} is not feasible{why}", path=f"states.{name}")])

    def _overlap(self, one: str, two: str) -> CaseError:
        return CaseError(
            [
                Problem(
                    f"the states {one} and {two} overlap",
                    path=f"states.{two}",
                    hint="make the patterns exclude each other",
                )
            ]
        )

    def _owners(self, codes: Codes, named: Mapping[str, Mapping[str, str]]) -> NDArray[np.int64]:
        """For each combination the named pattern that it belongs to, -1 for none."""
        owner = np.full(len(codes), -1, dtype=np.int64)
        issues = tuple(self.case.issues)
        for number, (name, pattern) in enumerate(named.items()):
            keep = np.ones(len(codes), dtype=bool)
            for issue, value in pattern.items():
                keep &= codes[:, issues.index(issue)] == self.case.issues[issue].values.index(value)
            if not keep.any():
                raise self._infeasible(name, pattern)
            for other in owner[keep & (owner >= 0)][:1]:
                raise self._overlap(tuple(named)[int(other)], name)
            owner[keep] = number
        return owner

    def _assemble(self, codes: Codes, owner: NDArray[np.int64], names: tuple[str, ...]) -> StateSpace:
        case = self.case
        issues = tuple(case.issues)
        values = tuple(i.values for i in case.issues.values())
        if not names:
            state_of = np.arange(len(codes), dtype=np.int32)
            return StateSpace(issues, values, codes, state_of, len(codes), {})
        if case.only == "named":
            return StateSpace(
                issues, values, codes, owner.astype(np.int32), len(names), dict(enumerate(names))
            )
        label = np.where(owner >= 0, owner, len(names) + np.arange(len(codes)))
        state_of, first = _numbered(label)
        given = {int(state_of[np.flatnonzero(owner == k)[0]]): name for k, name in enumerate(names)}
        return StateSpace(issues, values, codes, state_of, len(first), given)


def _numbered(label: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """States by label, numbered by their first combination; where each state first stands."""
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    position = np.empty(len(first), dtype=np.int32)
    position[order] = np.arange(len(first), dtype=np.int32)
    return position[inverse.ravel()], first[order]
