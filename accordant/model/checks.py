"""Checks of a case that need its states: what no reader of the file alone could see.

The same shape as the checks in :mod:`accordant.case.checks`: each adds what it finds, and nothing
is raised, so that the user sees it together with everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations

import numpy as np

from accordant.case.checks.subject import preferences
from accordant.case.findings import Finding, Findings
from accordant.case.objects import Case, Either, Pattern, Preference
from accordant.case.places import Path, steps
from accordant.errors import CaseError, TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.frame import Truths, active_rules, forbidden_by
from accordant.model.growth import Product, feasible
from accordant.model.listed import ListedCompiler, rows_of
from accordant.model.pair_checks import Whose, check_pairs, check_unseen, named_states, no_state
from accordant.model.preferences import Bools, PartyOrder, Ranks
from accordant.model.space import StateSpace
from accordant.model.view import View
from accordant.model.worth_checks import check_reserved, check_spread, check_spreads_without_states


def check_states(compiler: Compiler) -> list[Finding]:
    """What is wrong with a case that can be seen only in its states.

    Parameters
    ----------
    compiler
        Of a case whose references and expressions are right; what it makes is kept for later use.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}},
    ...     "feasible": ["x"], "status_quo": {"x": "no"}})
    >>> [f.message for f in check_states(Compiler(case))]
    ["is not a feasible state: the rule 'x' (feasible.1) forbids it"]
    """
    found = Findings()
    try:
        space = compiler.space()
    except CaseError as error:
        _check_space(compiler, error, found)
        return found.all
    except TooLargeError as error:
        message = f"what depends on all states was not checked: {error}"
        found.warning(("issues",), message, on_key=True)
        check_spreads_without_states(compiler.case, found)
        _check_without_listing(compiler.case, found)
        return found.all
    _check_anchors(compiler.case, space, found)
    _check_state_names(compiler.case, space, found)
    tables = Truths(compiler.case, space)
    for whose, party, preference in preferences(compiler.case):
        _check_order(tables, (whose, party), preference, found)
        check_pairs(tables, (whose, party), preference, found)
        check_spread(tables, (whose, party), preference, found)
    check_unseen(compiler.case, space, found)
    if not any(f.severity == "error" for f in found.all):
        _check_in_view(compiler, found)
    return found.all


def _check_without_listing(case: Case, found: Findings) -> None:
    """What can be said of a case with too many states: the status quo, no deal, and the proposals."""
    no_deal = case.no_deal
    if no_deal is not None:
        try:
            rows_of(case, no_deal.state)
        except TooLargeError as error:
            found.error(("no_deal",), str(error), on_key=True)
            case = case.model_copy(update={"no_deal": None})
    listed = ListedCompiler(case)
    if not listed.space().n:
        if not _possible(case, range(len(case.feasible)), {}):
            _check_rules(case, found)
        elif case.status_quo is not None:
            _check_anchors(case, listed.space(), found)
        return
    before = len(found.all)
    _check_anchors(case, listed.space(), found)
    if len(found.all) == before:
        _check_in_view(listed, found)


# Feasibility


def _check_space(compiler: Compiler, error: CaseError, found: Findings) -> None:
    """Say why there are no states: rules that exclude each other, named states that do."""
    case = compiler.case
    if not case.issues:
        _pass_on(error, found)
        return
    if not _possible(case, range(len(case.feasible)), {}):
        _check_rules(case, found)
        return
    named = case.states if isinstance(case.states, Mapping) else {}
    for name, pattern in named.items():
        if not _possible(case, range(len(case.feasible)), pattern):
            message = f"is not feasible{forbidden_by(case, pattern)}"
            found.error(("states", name), message, on_key=True)
    for (one, first), (two, second) in combinations(named.items(), 2):
        both = {**first, **second}
        clash = any(first[i] != second[i] for i in first.keys() & second.keys())
        if not clash and _possible(case, range(len(case.feasible)), both):
            shared = ", ".join(f"{i}: {v}" for i, v in both.items())
            message = f"overlaps with {one}: {shared} is in both"
            hint = "add values so that the two exclude each other"
            found.error(("states", two), message, hint=hint, on_key=True)
    if not found.all:
        _pass_on(error, found)


def _check_rules(case: Case, found: Findings) -> None:
    """Name a smallest set of rules that leave no state between them."""
    core = list(range(len(case.feasible)))
    for k in tuple(core):
        fewer = [r for r in core if r != k]
        if not _possible(case, fewer, {}):
            core = fewer
    shown = "; ".join(repr(case.feasible[k].rule) for k in core)
    if len(core) == 1:
        found.error(("feasible", core[0]), "no state is feasible: this rule is never true", found=shown)
        return
    message = "no state is feasible: these rules cannot all be true"
    numbers = ", ".join(str(k + 1) for k in core)
    found.error(("feasible", core[-1]), message, found=shown, hint=f"change one of the rules {numbers}")


def _possible(case: Case, rules: Iterable[int], pattern: Pattern) -> bool:
    """Whether some combination has the given values and makes the given rules true."""
    all_rules = [rule for _, rule in active_rules(case, frozenset())]
    shape = tuple(len(i.values) for i in case.issues.values())
    product = Product(tuple(case.issues), shape, tuple(all_rules[k] for k in rules))
    fixed = {
        k: issue.values.index(pattern[name])
        for k, (name, issue) in enumerate(case.issues.items())
        if name in pattern
    }
    try:
        return len(feasible(replace(product, fixed=fixed))) > 0
    except TooLargeError:
        return True  # so many that they would not fit


# References


def _check_anchors(case: Case, space: StateSpace, found: Findings) -> None:
    """The status quo is one feasible state; no deal is at least one."""
    if case.status_quo is not None:
        states = named_states(case, space, ("status_quo", "state"), case.status_quo.state, found)
        if len(states) > 1:
            names = ", ".join(space.name(s) for s in states[:6]) + (", …" if len(states) > 6 else "")
            message = f"matches {len(states)} states ({names}); it has to be one"
            open_ = [i for i in case.issues if i not in case.status_quo.state]
            hint = f"give a value for {', '.join(open_)}" if open_ else None
            found.error(("status_quo",), message, hint=hint, on_key=True)
    if case.no_deal is not None and case.no_deal.state != "status_quo":
        named_states(case, space, ("no_deal", "state"), case.no_deal.state, found)


def _check_state_names(case: Case, space: StateSpace, found: Findings) -> None:
    """States that packages and judgements name exist, and no proposal is called like one."""
    for id_, proposal in case.proposals.items():
        given = "package" not in proposal.derived()
        if given and isinstance(proposal.package, str) and not _is_state(proposal.package, case, space):
            no_state(("proposals", id_, "package"), proposal.package, space, found)
        for k, stage in enumerate(proposal.stages):
            if isinstance(stage.package, str) and not _is_state(stage.package, case, space):
                no_state(("proposals", id_, "stages", k, "package"), stage.package, space, found)
        if id_ not in (case.states or ()) and _is_state(id_, case, space):
            hint = "acceptable(x, party) may name either: rename the proposal"
            found.error(("proposals", id_), f"{id_!r} is also a state", found=id_, hint=hint, on_key=True)
    for id_, judgement in case.judgements.items():
        kind, _, rest = (judgement.about or "").partition("(")
        name = rest.rstrip(")").partition(",")[0].strip()
        if name and (kind == "holds" or name not in case.proposals) and not _is_state(name, case, space):
            no_state(("judgements", id_, "about"), name, space, found)


def _is_state(name: str, case: Case, space: StateSpace) -> bool:
    # The names of a million states are made only where one of them may be meant.
    may_be_numbered = re.fullmatch(r"s[1-9][0-9]*'*", name) is not None
    return name in (case.states or ()) or (may_be_numbered and name in space.numbers)


# Preferences


def _check_order(tables: Truths, whose: Whose, preference: Preference, found: Findings) -> None:
    """Somebody's order can be made, and its ranking keeps within its red lines."""
    before = len(found.all)
    for path, text in _expressions(whose[0], preference) if not tables.space.direct else ():
        _check_members(tables, path, text, found)
    if preference.ranking is not None or preference.cardinal or preference.reservation is not None:
        _check_score(tables, whose, preference, found)
    if preference.ranking is not None and preference.never and len(found.all) == before:
        _check_red_lines(whose[0], tables.order(whose[1], preference).whole, tables.space, found)


def _expressions(path: Path, preference: Preference) -> Iterable[tuple[Path, str]]:
    for k, red in enumerate(preference.never):
        yield (*path, "never", k, "rule"), red.rule
    for k, entry in enumerate(preference.priorities or ()):
        lines = entry.either if isinstance(entry, Either) else (entry,)
        for m, line in enumerate(lines):
            inner: Path = ("either", m) if isinstance(entry, Either) else ()
            yield (*path, "priorities", k, *inner, "want"), line.want
    for k, term in enumerate(preference.also):
        yield (*path, "also", k, "if"), term.if_


def _check_members(tables: Truths, path: Path, text: str, found: Findings) -> None:
    try:
        tables.holds(text, ".".join(map(str, path)))
    except CaseError as error:
        problem = error.problems[0]
        found.error(path, problem.message, found=problem.found, hint=problem.hint)


def _check_score(tables: Truths, whose: Whose, preference: Preference, found: Findings) -> None:
    alone = preference.model_copy(update={"never": (), "priorities": None, "also": ()})
    path, party = whose
    try:
        tables.order(party, alone)
    except CaseError as error:
        for p in error.problems:  # which are those of the party's own preferences: the place may differ
            at = (*path, *steps(p.path)[2:])
            found.all.append(Finding(at, p.message, p.found, p.allowed, p.hint, p.severity))


def _check_red_lines(path: Path, order: PartyOrder, space: StateSpace, found: Findings) -> None:
    """A ranking puts no state that crosses a red line level with one that does not, or above.

    Worths are another matter: they add up, and a red line goes before any sum.
    """
    if order.score is None:
        return
    scores = order.score.ranks_in(frozenset())
    crossed = np.zeros(space.n, dtype=np.int64)
    for k, red in enumerate(order.red):
        _check_against((path, k), scores, crossed, ~red.holds, space, found)
        crossed = crossed * 2 + ~red.holds


def _check_against(
    red_line: tuple[Path, int],
    scores: Ranks,
    crossed: Ranks,
    crosses: Bools,
    space: StateSpace,
    found: Findings,
) -> None:
    path, k = red_line
    # Only states that the red lines before this one do not tell apart are told apart by it.
    for level in np.unique(crossed):
        refused = np.flatnonzero((crossed == level) & crosses)
        open_ = np.flatnonzero((crossed == level) & ~crosses)
        if not len(refused) or not len(open_):
            continue
        best = refused[np.argmax(scores[refused])]
        least = open_[np.argmin(scores[open_])]
        if scores[best] >= scores[least]:
            how = "above" if scores[best] > scores[least] else "level with"
            message = (
                f"contradicts the red line {k + 1}: it puts {space.name(int(best))}, which crosses it, "
                f"{how} {space.name(int(least))}, which does not"
            )
            hint = "change the order, or leave the red line out"
            found.error((*path, "ranking"), message, hint=hint, on_key=True)
            return


# The whole model


def _check_in_view(compiler: Compiler, found: Findings) -> None:
    try:
        view = compiler.view()
    except CaseError as error:
        _pass_on(error, found)
        return
    for id_ in compiler.case.proposals:
        landing = view.package(id_)
        if landing.state is None:
            message = f"the package is not possible: {landing.impossible}"
            found.warning(("proposals", id_, "package"), message)
    _check_reached(view, ("no_deal",), view.no_deal, found)
    for party in compiler.case.preferences:
        _check_no_deal(view, party, found)
        check_reserved(view, party, found)
        order = view.frame.orders.get(party)
        held = order.reservation if order else None
        if held is not None and held.state is not None:
            _check_reached(view, ("preferences", party, "reservation", "state"), (held.state,), found)


def _check_reached(view: View, path: Path, states: Iterable[int], found: Findings) -> None:
    """What happens without a deal can come about from where things stand."""
    why = [view.package(view.space.name(s)).impossible for s in states]
    if why and all(why):
        found.warning(path, f"cannot come about: {why[0]}", on_key=True)
    elif why and not view.case.issues and view.status_quo is not None:
        reached = _reached(view, view.status_quo)
        if not reached.intersection(states):
            start = view.space.name(view.status_quo)
            found.warning(path, f"cannot come about: no moves lead there from {start}", on_key=True)


def _reached(view: View, start: int) -> set[int]:
    """The states that moves of anybody lead to, the first one included."""
    seen, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        for mover in view.model.movers:
            fresh = set(mover.moves.from_state(here).tolist()) - seen
            seen |= fresh
            ahead.extend(fresh)
    return seen


def _check_no_deal(view: View, party: str, found: Findings) -> None:
    """A red line that no deal crosses refuses no package."""
    for element, crossed in view.red_lines(party):
        names = [view.space.name(s) for s in view.no_deal if crossed[s]]
        if names:
            message = f"no deal ({', '.join(names)}) crosses this red line too, so that it refuses nothing"
            found.warning(("preferences", *steps(element)), message)


def _pass_on(error: CaseError, found: Findings) -> None:
    """What the compiler refuses, as it says it."""
    for p in error.problems:
        found.all.append(Finding(steps(p.path), p.message, p.found, p.allowed, p.hint, p.severity))
