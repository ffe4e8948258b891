"""What ``deals`` answers where there are too many packages to list.

Whether a proposal is acceptable depends on two states, and is worked out for these as in any other
case, over all admissible settings. Efficient packages, lenses and ranges come from the frontier of
the case as it is written, with the higher end where what no deal is worth lies between two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from accordant.agreement.additive.building import additive_of
from accordant.agreement.additive.frontier import AdditiveFrontier, frontier
from accordant.agreement.additive.listing import Listing, along, better, changes
from accordant.agreement.additive.merging import TooCoupledError
from accordant.agreement.additive.nearest import Nearest, nearest
from accordant.agreement.additive.picking import Picked, picked
from accordant.agreement.additive.problem import Additive, Codes
from accordant.agreement.additive.ranges import issue_ranges
from accordant.agreement.additive.searching import SearchedFrontier, searched
from accordant.agreement.additive.singly import picked_singly, searched_note
from accordant.agreement.counteroffers import counteroffers
from accordant.agreement.fairness import checked
from accordant.agreement.lenses.contract import Lens
from accordant.agreement.lenses.weights import Number
from accordant.agreement.measured import Measured
from accordant.agreement.measures.extremes import extremes
from accordant.agreement.measures.logrolling import trades
from accordant.agreement.measures.opposition import Opposition, of_points
from accordant.agreement.numbers import NoBargain
from accordant.agreement.picks import units_of
from accordant.agreement.proposals import Hearing
from accordant.agreement.reasons import Speaker
from accordant.agreement.result import Agreement, Answer, Closest, DealsResult, ProposalAnswer
from accordant.agreement.survey import Survey, survey
from accordant.case.objects import Case
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.tables import Method

Asked = tuple[tuple[Lens, ...], dict[str, Fraction] | None]

LISTED = 20
"""Efficient packages that are listed unless more are asked for."""


@dataclass(eq=False)
class _Large:
    """What is known of a case before its packages are looked at one by one."""

    case: Case
    problem: Additive | NoBargain
    found: AdditiveFrontier | None
    why: str
    listing: Listing
    listed: list[Codes] = field(default_factory=list)
    singly: bool = False
    """Whether there is no frontier, but single packages can be searched for."""
    cut: list[str] = field(default_factory=list)


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
    large = _look(compiler, epsilon)
    chosen = _picked(large, asked, mixed)
    _list(large, chosen, LISTED if top is None else top)
    listed = large.listing.compiler()
    found = survey(listed)
    settled = found.settings.count == 1 and not large.cut
    answer = _Answer(large, found, Speaker(found.base, listed.element), settled)
    return DealsResult(
        title=large.case.title,
        no_deal=answer.no_deal(),
        proposals={p: answer.proposal(p) for p in large.case.proposals},
        agreements=answer.agreements(),
        exists=answer.exists(),
        one_serves=answer.serves(),
        blocks=(),
        method=answer.method(),
        efficient_count=chosen.fairness.efficient,
        blocking=answer.blocking(),
        closest=answer.closest(),
        closest_found=len(answer.closest()),
        note=answer.note(),
        units=units_of(large.case),
        fairness=chosen.fairness,
        measures=_measures(large),
    )


def _refuse_open_anchors(compiler: Compiler) -> None:
    for element in compiler.elements:
        if element.kind in ("status-quo", "no-deal") and element.unsure:
            raise TooLargeError(
                f"{element.id} is unsure, so that it may be any state, and there are too many to list; give "
                f"{element.id} a ground, or fewer issues"
            )


def _look(compiler: Compiler, epsilon: Fraction | None) -> _Large:
    problem = additive_of(compiler)
    listing = Listing.of(compiler.case)
    if isinstance(problem, NoBargain):
        return _Large(compiler.case, problem, None, problem.reason, listing)
    try:
        return _Large(compiler.case, problem, frontier(problem, epsilon), "", listing)
    except TooCoupledError as error:
        return _search(compiler.case, problem, str(error), listing)
    except TooLargeError as error:
        return _Large(compiler.case, problem, None, str(error), listing)


def _search(case: Case, problem: Additive, why: str, listing: Listing) -> _Large:
    """What a search finds where issues cannot be merged: the frontier of two parties, or single packages."""
    if len(problem.parties) <= 2:
        try:
            return _Large(case, problem, searched(problem), "", listing)
        except TooLargeError as error:
            why = f"{why}; {error}"
    return _Large(case, problem, None, why, listing, singly=True)


def _picked(large: _Large, asked: Asked, mixed: bool) -> Picked:
    if large.singly and isinstance(large.problem, Additive) and not mixed:
        return picked_singly(large.problem, large.why, large.listing, *asked)
    chosen = picked(large.found, large.problem, large.why, large.listing, *asked, mixed=mixed)
    if isinstance(large.found, SearchedFrontier):
        fairness = replace(chosen.fairness, efficient=None, note=searched_note(large.found))
        return replace(chosen, fairness=fairness)
    return chosen


def _measures(large: _Large) -> Measured | None:
    """The measures that do not need a list of packages; None where there is no exact frontier."""
    if large.found is None or not large.found.points.m:
        return None
    ranges = issue_ranges(large.case, large.found)
    if ranges is None:
        return None
    points = large.found.points
    opposition = Opposition(tuple(sorted(of_points(points), key=lambda m: m.kind != "opposition")))
    return Measured(extremes(points), ranges, opposition, trades(large.case, points.parties))


def _list(large: _Large, chosen: Picked, most: int) -> None:
    """Name everything that is looked at one by one."""
    if isinstance(large.problem, NoBargain):
        return
    large.listing.add(chosen.packages)
    if large.found is not None:
        large.listed = list(dict.fromkeys([*chosen.packages, *along(large.found, max(most, 2))]))[
            : max(most, len(chosen.packages))
        ]
        large.listing.add(large.listed)
    for proposal, codes in _proposed(large).items():
        if large.found is not None:
            dominating = better(large.found, codes)
            large.listing.add([] if dominating is None else [dominating])
        if not large.problem.rational(codes):
            _list_changes(large, large.problem, proposal, codes)


def _list_changes(large: _Large, problem: Additive, proposal: str, codes: Codes) -> None:
    found, complete = changes(problem, codes)
    for k, changed in enumerate(found, 1):
        large.listing.call(changed, f"{proposal} changed {k}")
    if not complete:
        large.cut.append(
            f"of the changes to {proposal} that everybody would accept, the {len(found):,} of fewest steps "
            "were looked at"
        )


def _proposed(large: _Large) -> dict[str, Codes]:
    """Where each proposal leads, rules and moves aside."""
    at = {name: codes for codes, name in large.listing.names.items()}
    found = {}
    for proposal, stated in large.case.proposals.items():
        name = stated.package if isinstance(stated.package, str) else proposal
        if name in at:
            found[proposal] = at[name]
        elif not isinstance(stated.package, str):
            found.update(_same_as(large, proposal))
    return found


def _same_as(large: _Large, proposal: str) -> dict[str, Codes]:
    """The package of a proposal that leads where something with another name leads."""
    case = large.case
    package, start = case.proposals[proposal].package, case.status_quo
    if start is None or isinstance(start.state, str) or isinstance(package, str):
        return {}
    whole = {**start.state, **package}
    if set(whole) != set(case.issues):
        return {}
    return {proposal: tuple(issue.values.index(whole[i]) for i, issue in case.issues.items())}


@dataclass(frozen=True, eq=False)
class _Answer:
    """The parts of the answer, from the packages looked at and the frontier."""

    large: _Large
    found: Survey
    speaker: Speaker
    settled: bool

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
        levers, number = counteroffers(self.found, self.speaker, proposal) if refused else ((), 0)
        state = hearing.state
        codes = None if state is None else self._codes(state)
        dominating = None
        if codes is not None and core != "no" and self.large.found is not None:
            dominating = better(self.large.found, codes)
        return ProposalAnswer(
            proposal,
            None if state is None else self.found.base.space.name(state),
            self.found.written.landings[proposal].impossible,
            {party: hearing.acceptance(party) for party in self.found.vetoes},
            hearing.said(core),
            hearing.said("no" if core == "no" else self._efficient(codes)),
            {},
            tuple(replace(lever, efficient=self._efficient_state(lever.state)) for lever in levers),
            None if dominating is None else self.large.listing.names[dominating],
            hearing.made,
            number,
            hearing.agreement_counts(),
            hearing.note(),
        )

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
                )
            )
        return tuple(made)

    def serves(self) -> tuple[str, ...]:
        return tuple(a.state for a in self.agreements() if a.certain)

    def exists(self) -> Answer:
        if self.found.certain.any():
            return "yes"
        empty = self.large.found is not None and not self.agreements()
        return "no" if empty and self.settled and not self.found.possible.any() else "unknown"

    def blocking(self) -> tuple[tuple[str, ...], ...]:
        return self._nearest().blocking if self._nothing() else ()

    def closest(self) -> tuple[Closest, ...]:
        if not self._nothing():
            return ()
        space = self.large.problem
        assert isinstance(space, Additive)
        return tuple(
            Closest(", ".join(near.says), space.package(near.codes), near.refused_by, near.better_for)
            for near in self._nearest().packages
        )

    def method(self) -> Method:
        how = "merging issue by issue"
        if self.large.singly or isinstance(self.large.found, SearchedFrontier):
            how = "searching (integer programmes, HiGHS)"
        name = f"acceptance package by package over all admissible settings; frontier by {how}"
        parameters = [("no deal", ", ".join(self.found.base.space.name(d) for d in self.found.base.no_deal))]
        if isinstance(self.large.problem, Additive):
            parameters.append(("combinations", f"{self.large.problem.size:,}"))
        cut = "; ".join(dict.fromkeys([*self.found.cut, *self.large.cut]))
        exact = not cut and (self.large.found is None or self.large.found.points.exact)
        return Method(name, exact, self.found.settings.count, cut, tuple(parameters))

    def note(self) -> str:
        said = [
            "There are too many packages to list: agreements are not counted, and of the efficient ones "
            "those are listed that a lens picks and some along the frontier."
        ]
        if self.found.settings.count != 1:
            said.append("The frontier is that of the case as it is written.")
        said.append("Whether a package holds once it is reached is not worked out.")
        return " ".join(said)

    def _nothing(self) -> bool:
        return self.large.found is not None and not self.large.found.points.m

    def _nearest(self) -> Nearest:
        problem = self.large.problem
        return Nearest((), ()) if isinstance(problem, NoBargain) else nearest(problem)

    def _codes(self, state: int) -> Codes:
        space = self.found.base.space
        return tuple(int(c) for c in space.codes[state])

    def _efficient_state(self, name: str) -> Answer:
        at = {n: codes for codes, n in self.large.listing.names.items()}
        return self._efficient(at[name])

    def _efficient(self, codes: Codes | None) -> Answer:
        """Whether an agreement is efficient, which is known where nothing is unsure."""
        if codes is None:
            return "no"
        found = self.large.found
        if found is None or not self.settled or not found.points.exact:
            return "unknown"
        return "yes" if found.point(codes) is not None else "no"
