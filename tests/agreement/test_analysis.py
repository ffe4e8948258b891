"""All admissible settings: every answer and every count against settings listed one by one."""

from collections import defaultdict
from itertools import combinations, islice, product

import pytest
from hypothesis import assume, given, settings

from accordant.agreement import analyse, together
from accordant.model.compiler import Compiler
from tests.agreement.random_cases import cases
from tests.agreement.twin import Choice, Twin, answer

MOST = 1_500
"""Most worlds that are listed."""


class Listed:
    """The twin's worlds, with what is asked of them gathered by setting."""

    def __init__(self, case):
        self.twin = Twin(case)
        self.worlds = list(islice(self.twin.worlds(), MOST + 1))
        assume(len(self.worlds) <= MOST)
        self.widest = self.twin.states(frozenset(e.id for e in self.twin.unsure if e.kind == "rule"))
        self.names = list(self.twin.values)

    def count(self, true):
        """(settings in which something is so against every no deal, settings)."""
        by_setting = defaultdict(list)
        for world in self.worlds:
            by_setting[id(world.choice)].append(bool(true(world)))
        return sum(all(v) for v in by_setting.values()), len(by_setting)

    def state(self, values):
        """The twin's state with the given values (``*`` where a merged state leaves one open)."""
        found = [
            s
            for s in self.widest
            if all(
                {row[k] for row in s} == {values[i]} or (values[i] == "*" and len({row[k] for row in s}) > 1)
                for k, i in enumerate(self.names)
            )
        ]
        (state,) = found
        return state

    def here(self, world, state):
        """The state of a world, None where a rule forbids it there."""
        for s in world.states:
            if min(state) in s:
                return s
        return None


def check_proposals(case, result, listed):
    for name, said in result.proposals.items():
        check_proposal(case.proposals[name].package, said, listed, has_count(case))


def has_count(case):
    return Compiler(case).setting_space().of_packages is not None


def check_proposal(package, said, listed, counted):
    def made(world):
        return world.made(said.proposal)

    def agreement(world):
        return world.agreement(world.landing(package))

    def told(true):
        core = answer(true(w) for w in listed.worlds)
        return "unknown" if core == "yes" and not said.made else core

    assert said.made == all(made(w) for w in listed.worlds)
    assert said.agreement == told(agreement)
    assert said.efficient == told(lambda w: w.efficient(w.landing(package)))
    assert said.counts == (listed.count(lambda w: made(w) and agreement(w)) if counted else None)
    for party, accepts in said.acceptable.items():
        check_acceptance(package, said, listed, counted, party, accepts, told)


def check_acceptance(package, said, listed, counted, party, accepts, told):
    def both(world):
        return world.accepts(party, world.landing(package))

    def own(world, who):
        at = world.landing(package)
        return at is not None and world.own(who, at)

    held = listed.worlds[0].constituencies(party)
    possible = any(w.landing(package) is not None for w in listed.worlds)
    heard = {c: answer(own(w, c) for w in listed.worlds) for c in held if possible}
    assert accepts.answer == told(both)
    assert accepts.own == told(lambda w: own(w, party))
    assert accepts.vetoed_by == tuple(c for c, a in heard.items() if a == "no")
    assert accepts.unsure_veto == tuple(c for c, a in heard.items() if a == "unknown")
    assert accepts.counts == (listed.count(lambda w: w.made(said.proposal) and both(w)) if counted else None)
    assert accepts.element is None or accepts.answer != "unknown"
    assert accepts.reason.endswith(".")


def check_agreements(case, result, listed):
    counted = has_count(case)
    expected = {}
    for state in listed.widest:
        agreed = answer(w.agreement(listed.here(w, state)) for w in listed.worlds)
        if agreed != "no":
            expected[state] = agreed
    found = {listed.state(a.values): a for a in result.agreements}
    assert set(found) == set(expected)
    assert result.possible == len(expected)
    assert result.count == sum(a == "yes" for a in expected.values())
    assert [a.state for a in result.agreements if a.certain] == list(result.one_serves)
    for state, a in found.items():
        assert a.certain == (expected[state] == "yes")
        assert a.efficient == answer(w.efficient(listed.here(w, state)) for w in listed.worlds)
        if counted:
            assert a.counts == listed.count(lambda w, s=state: w.agreement(listed.here(w, s)))
        check_certificate(result, listed, state, a)
    assert result.exists == answer(bool(w.agreements) for w in listed.worlds)
    if counted:
        assert result.exists_counts == listed.count(lambda w: bool(w.agreements))


def check_certificate(result, listed, state, agreement):
    """What dominates it does so wherever it is an agreement itself; if anything does, it is named."""

    def dominates(t):
        mine = [(w, listed.here(w, state), listed.here(w, t)) for w in listed.worlds]
        mine = [(w, s, t) for w, s, t in mine if w.agreement(s)]
        return bool(mine) and all(w.agreement(t) and w.dominates(t, s) for w, s, t in mine)

    if agreement.dominated_by is None:
        assert agreement.efficient != "no" or not any(dominates(t) for t in listed.widest)
    else:
        (named,) = [a for a in result.agreements if a.state == agreement.dominated_by]
        assert agreement.efficient == "no"
        assert dominates(listed.state(named.values))


def check_levers(case, result, listed):
    if case.status_quo is None:
        return
    open_start = any(e.kind == "status-quo" for e in listed.twin.unsure)
    for name, said in result.proposals.items():
        package = dict(case.proposals[name].package)
        core = answer(w.agreement(w.landing(package)) for w in listed.worlds)
        works = smallest(listed, package) if core != "yes" else {"yes": set(), "any": set()}
        certain = bool(works["yes"]) and not open_start
        wanted = works["yes"] if certain else works["any"]
        assert said.levers_found == len(wanted)
        assert len(said.levers) == min(len(wanted), 12)
        for lever in said.levers:
            assert lever.certain == certain
            check_lever(listed, package, lever, wanted)


def written(listed):
    """Everything as it is written."""
    return Choice(listed.twin.lost, listed.twin.settings[0].orders)


def target(listed, package):
    rows = listed.twin.status_quo(written(listed))
    start = [{row[k] for row in rows} for k in range(len(listed.names))]
    return {i: min(v) if len(v) == 1 else "*" for i, v in zip(listed.names, start, strict=True)} | package


def smallest(listed, package):
    """The states that the smallest changes lead to: agreements in every setting; in any."""
    before, found = target(listed, package), {"yes": set(), "any": set()}
    for size in (1, 2):
        reached = set()
        for changed in combinations(listed.names, size):
            for values in product(*(set(listed.twin.values[i]) - {before[i]} for i in changed)):
                new = dict(zip(changed, values, strict=True))
                reached.add(listed.twin.landing(written(listed), {**package, **new}))
        said = {s: answer(w.agreement(listed.here(w, s)) for w in listed.worlds) for s in reached - {None}}
        for key, states in (
            ("yes", {s for s, a in said.items() if a == "yes"}),
            ("any", {s for s, a in said.items() if a != "no"}),
        ):
            found[key] = found[key] or states
    return found


def check_lever(listed, package, lever, wanted):
    before = target(listed, package)
    assert all(old == before[i] != new for i, (old, new) in lever.changes.items())
    at = listed.twin.landing(written(listed), {**package, **{i: v for i, (_, v) in lever.changes.items()}})
    assert at in wanted
    check_cost(listed, lever, listed.twin.landing(written(listed), package), at)


def check_cost(listed, lever, original, at):
    if original is None:
        assert lever.gains == lever.losses == lever.unclear == ()
        return
    worlds = [(w, listed.here(w, original), listed.here(w, at)) for w in listed.worlds]
    for party in listed.twin.acceptors:
        gain = answer(w.likes(party, t, s) for w, s, t in worlds)
        loss = answer(w.likes(party, s, t) for w, s, t in worlds)
        assert (party in lever.gains) == (gain == "yes")
        assert (party in lever.losses) == (loss == "yes")
        assert (party in lever.unclear) == (gain == "unknown" or loss == "unknown")


def check_all(case):
    assume(Compiler(case).setting_space().listed <= 400)
    listed = Listed(case)
    result = analyse(Compiler(case))
    assert result.method.exact
    check_proposals(case, result, listed)
    check_agreements(case, result, listed)
    check_levers(case, result, listed)


@settings(max_examples=15)
@given(cases())
def test_answers_and_counts_are_those_of_all_settings_listed(case):
    check_all(case)


@settings(max_examples=8)
@given(cases(merged=True))
def test_merged_states_are_answered_alike(case):
    check_all(case)


@settings(max_examples=6)
@given(cases(silent=True, doubt=False))
def test_an_unknown_order_has_no_count_but_answers(case):
    check_all(case)


@settings(max_examples=25)
@given(cases(held=True))
def test_reservations_are_numbers_ranges_and_states_that_may_fall(case):
    check_all(case)


@settings(max_examples=10)
@given(cases(held=True, silent=True, doubt=False))
def test_reservations_beside_unknown_orders(case):
    check_all(case)


@pytest.fixture
def one_by_one(monkeypatch):
    """Every setting on its own, as for many states."""
    monkeypatch.setattr(together, "SMALL", -1)


@pytest.fixture
def small_blocks(monkeypatch):
    """Few settings at once, so that there are many blocks."""
    monkeypatch.setattr(together, "AT_ONCE", 20)


@pytest.mark.parametrize("way", ["one_by_one", "small_blocks"])
def test_many_states_and_many_settings_are_answered_alike(way, request):
    request.getfixturevalue(way)

    @settings(max_examples=8)
    @given(cases())
    def check(case):
        check_all(case)

    check()


def test_unknown_orders_are_answered_alike_for_many_states(one_by_one):
    @settings(max_examples=8)
    @given(cases(silent=True, doubt=False))
    def check(case):
        check_all(case)

    check()
