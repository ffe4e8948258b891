"""What ``deals`` answers where there are too many packages to list.

Whether a proposal is acceptable depends on two states, and is worked out for these as in any other
case, over all admissible settings. Efficient packages, lenses and ranges come from the frontier of
the case as it is written, with the higher end where what no deal is worth lies between two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from accordant.agreement.additive.listing import better
from accordant.agreement.additive.looking import Large, left_out, look
from accordant.agreement.additive.nearest import Near, Nearest, nearest
from accordant.agreement.additive.picking import Picked, counted, picked
from accordant.agreement.additive.problem import Additive, Codes
from accordant.agreement.additive.ranges import issue_ranges
from accordant.agreement.additive.searching import SearchedFrontier
from accordant.agreement.additive.singly import picked_singly, searched_note
from accordant.agreement.counteroffers import counteroffers
from accordant.agreement.fairness import checked, crossed_lines
from accordant.agreement.lenses.contract import Lens
from accordant.agreement.lenses.weights import Number
from accordant.agreement.measured import Measured
from accordant.agreement.measures.extremes import extremes
from accordant.agreement.measures.logrolling import trades
from accordant.agreement.measures.opposition import Opposition, of_points
from accordant.agreement.numbers import NoBargain
from accordant.agreement.picks import Fairness, units_of
from accordant.agreement.proposals import Hearing
from accordant.agreement.reasons import Speaker
from accordant.agreement.result import Agreement, Answer, Closest, DealsResult, Lever, ProposalAnswer
from accordant.agreement.survey import Survey, survey
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.tables import Method

Asked = tuple[tuple[Lens, ...], dict[str, Fraction] | None]

LISTED = 20
"""Efficient packages that are listed unless more are asked for."""


def large_deals(
    compiler: Compiler,
    *,
    lenses: Sequence[str] | None = None,
    weights: Mapping[str, Number] | None = None,
    top: int | None = None,
    mixed: bool = False,
    epsilon: Fraction | None = None,
) -> DealsResult:
    """Who would accept what, and what could be agreed, without listing the packages.

    Parameters
    ----------
    lenses, weights, mixed
        As for :func:`accordant.agreement.analysis.analyse`.
    top
        How many efficient packages are listed at most, besides those that a lens picks.
    epsilon
        The share of each party's range of worths that may be given up where the frontier has too
        many points; nothing is given up where it has not.

    Raises
    ------
    InputError
        For an unknown lens, or weights that are not one positive number for each party.
    TooLargeError
        If what no deal is cannot be said without listing the states.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> both = {"by": {"joint": ["a", "b"]}}
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}}, "issues": {f"i{k}": both for k in range(100)},
    ...     "status_quo": {f"i{k}": "no" for k in range(100)},
    ...     "preferences": {"a": {"worth": {f"i{k}": {"no": 0, "yes": k} for k in range(100)}},
    ...                     "b": {"worth": {f"i{k}": {"no": 0, "yes": 50 - k} for k in range(100)}}},
    ...     "proposals": {"offer": {"package": {"i9": "yes", "i60": "yes"}}}})
    >>> result = large_deals(Compiler(case))
    >>> result.proposals["offer"].agreement, result.proposals["offer"].efficient, result.exists
    ('yes', 'no', 'yes')
    """
    asked = checked(compiler, lenses, weights)
    _refuse_open_anchors(compiler)
    large = look(compiler, epsilon)
    chosen = _picked(large, asked, mixed)
    large.list(chosen.packages, LISTED if top is None else top)
    listed = large.listing.compiler()
    found = survey(listed)
    return _Answer(large, found, Speaker(found.base, listed.element)).result(chosen.fairness)


def _refuse_open_anchors(compiler: Compiler) -> None:
    for element in compiler.elements:
        if element.kind in ("status-quo", "no-deal") and element.unsure:
            raise TooLargeError(
                f"{element.id} is unsure, so that it may be any state, and there are too many to list; give "
                f"{element.id} a ground, or fewer issues"
            )


def _picked(large: Large, asked: Asked, mixed: bool) -> Picked:
    reached = large.lenses
    if reached.singly and isinstance(reached.problem, Additive) and not mixed:
        return picked_singly(reached.problem, reached.why, large.listing, *asked)
    chosen = picked(reached.found, reached.problem, reached.why, large.listing, *asked, mixed=mixed)
    if isinstance(reached.found, SearchedFrontier):
        fairness = replace(chosen.fairness, efficient=None, note=searched_note(reached.found))
        return replace(chosen, fairness=fairness)
    return chosen


def _measures(large: Large) -> Measured | None:
    """The measures that do not need a list of packages; None where there is no exact frontier."""
    found = large.lenses.found
    if found is None or not found.points.m:
        return None
    ranges = issue_ranges(large.case, found)
    if ranges is None:
        return None
    points = found.points
    opposition = Opposition(tuple(sorted(of_points(points), key=lambda m: m.kind != "opposition")))
    return Measured(extremes(points), ranges, opposition, trades(large.case, points.parties))


@dataclass(eq=False)
class _Answer:
    """The parts of the answer, from the packages looked at and the frontier."""

    large: Large
    found: Survey
    speaker: Speaker
    cut: list[str] = field(default_factory=list)

    def result(self, fairness: Fairness) -> DealsResult:
        """Everything together; what was left out is said last."""
        proposals = {p: self.proposal(p) for p in self.large.case.proposals}
        exists, agreements = self.exists(), self.agreements()
        none = 0 if exists == "no" else None
        nearest_ = self._nearest() if exists == "no" else Nearest()
        closest = self.closest(nearest_)
        self.cut += [*left_out(self.large), *([nearest_.cut] if nearest_.cut else [])]
        if exists == "unknown":
            self.cut.append("whether there is an agreement was not worked out")
        told = " ".join(part for part in (fairness.note, crossed_lines(self.found)) if part)
        return DealsResult(
            title=self.large.case.title,
            no_deal=self.no_deal(),
            proposals=proposals,
            agreements=agreements,
            exists=exists,
            one_serves=tuple(a.state for a in agreements if a.certain),
            blocks=(),
            method=self.method(),
            count=none,
            possible=none,
            efficient_count=none if none is not None else self.efficient_count(),
            blocking=nearest_.blocking,
            closest=closest,
            closest_found=0 if exists == "yes" or nearest_.none else None,
            note=self.note(),
            units=units_of(self.large.case),
            fairness=replace(fairness, note=told),
            measures=_measures(self.large),
        )

    def no_deal(self) -> dict[str, object]:
        view = self.found.base
        names = [view.space.name(d) for d in view.no_deal]
        values = view.space.values_of(view.no_deal[0]) if len(names) == 1 else {}
        return {
            "state": names[0] if len(names) == 1 else None,
            "states": names,
            "values": values,
            "unsure": not self.found.compared,
        }

    def proposal(self, proposal: str) -> ProposalAnswer:
        hearing = Hearing(self.found, self.speaker, proposal)
        core = hearing.agreement()
        refused = core != "yes" and self.found.compared
        levers, number = self.levers(proposal) if refused else ((), 0)
        state = hearing.state
        codes = None if state is None else self._codes(state)
        return ProposalAnswer(
            proposal,
            None if state is None else self.found.base.space.name(state),
            self.found.written.landings[proposal].impossible,
            {party: hearing.acceptance(party) for party in self.found.vetoes},
            hearing.said(core),
            hearing.said("no" if core == "no" else self._efficient(codes)),
            {},
            levers,
            self._dominator(codes) if core != "no" else None,
            hearing.made,
            number,
            hearing.agreement_counts(),
            hearing.note(),
        )

    def levers(self, proposal: str) -> tuple[tuple[Lever, ...], int | None]:
        """The smallest changes, and how many there are; None where they were not all looked at."""
        found, number = counteroffers(self.found, self.speaker, proposal)
        levers = tuple(replace(lever, efficient=self._efficient_state(lever.state)) for lever in found)
        changed = self.large.changed.get(proposal)
        if changed is not None and self.large.settled and changed.number is not None:
            return levers, changed.number
        sure = bool(levers) and all(lever.certain for lever in levers)
        if changed is not None and changed.all_named and sure:
            return levers, number
        self.cut.append(f"not every change to {proposal} was looked at")
        return levers, None

    def agreements(self) -> tuple[Agreement, ...]:
        """The efficient packages that are listed, as far as they are agreements in some setting."""
        found, made = self.found, []
        for codes in self.large.listed:
            name = self.large.listing.names[codes]
            state = found.space.numbers.get(name)
            if state is None or not found.possible[state]:
                continue
            made.append(
                Agreement(
                    name,
                    found.space.values_of(state),
                    tuple(p for p in found.vetoes if found.better[p][state]),
                    self._efficient(codes),
                    bool(found.certain[state]),
                    {},
                    self._dominator(codes),
                )
            )
        return tuple(made)

    def exists(self) -> Answer:
        if self.found.certain.any():
            return "yes"
        nothing = self.large.settled and self.large.deals.empty
        return "no" if nothing and not self.found.possible.any() else "unknown"

    def efficient_count(self) -> int | None:
        """How many efficient agreements there are; None where they were not counted."""
        deals = self.large.deals
        if not self.large.settled or deals.found is None or deals.empty:
            return None
        return counted(deals.found)

    def closest(self, nearest_: Nearest) -> tuple[Closest, ...]:
        names = self.large.listing.add(near.codes for near in nearest_.packages)
        return tuple(
            Closest(
                name,
                self.large.listing.values(near.codes),
                near.refused_by,
                near.better_for,
                self._short(near),
            )
            for name, near in zip(names, nearest_.packages, strict=True)
        )

    def _short(self, near: Near) -> dict[str, Fraction]:
        """By how much a package is worth less than no deal to those who refuse it and have numbers."""
        numbers = self.large.lenses.problem
        if isinstance(numbers, NoBargain):
            return {}
        worth = numbers.worth(near.codes)
        return {
            party: Fraction(numbers.reservations[k] - worth[k], numbers.scales[k])
            for k, party in enumerate(numbers.parties)
            if party in near.refused_by and numbers.cardinal[k] and worth[k] < numbers.reservations[k]
        }

    def method(self) -> Method:
        how = "merging issue by issue"
        if self.large.lenses.singly or isinstance(self.large.lenses.found, SearchedFrontier):
            how = "searching (integer programmes, HiGHS)"
        name = f"acceptance package by package over all admissible settings; frontier by {how}"
        parameters = [("no deal", ", ".join(self.found.base.space.name(d) for d in self.found.base.no_deal))]
        if isinstance(self.large.lenses.problem, Additive):
            parameters.append(("combinations", f"{self.large.lenses.problem.size:,}"))
        cut = "; ".join(dict.fromkeys([*self.found.cut, *self.cut]))
        return Method(name, not cut, self.found.settings.count, cut, tuple(parameters))

    def note(self) -> str:
        said = [
            "There are too many packages to list: agreements are not counted, and of the efficient ones "
            "those are listed that a lens picks and some along the frontier."
        ]
        if not self.large.settled:
            said.append("The frontier is that of the case as it is written.")
        said.append("Whether a package holds once it is reached is not worked out.")
        return " ".join(said)

    def _nearest(self) -> Nearest:
        problem = self.large.deals.problem
        return Nearest() if isinstance(problem, NoBargain) else nearest(problem)

    def _codes(self, state: int) -> Codes:
        space = self.found.base.space
        return tuple(int(c) for c in space.codes[state])

    def _dominator(self, codes: Codes | None) -> str | None:
        found = self.large.deals.found
        dominating = None if codes is None or found is None else better(found, codes)
        return None if dominating is None else self.large.listing.names[dominating]

    def _efficient_state(self, name: str) -> Answer:
        at = {n: codes for codes, n in self.large.listing.names.items()}
        return self._efficient(at[name])

    def _efficient(self, codes: Codes | None) -> Answer:
        """Whether an agreement is efficient, which is known where nothing is unsure."""
        if codes is None:
            return "no"
        found = self.large.deals.found
        if found is None or not self.large.settled:
            return "unknown"
        if found.point(codes) is not None and self.large.deals.exact:
            return "yes"
        return "no" if self.large.deals.exact or better(found, codes) is not None else "unknown"
