"""What no deal is to each party: numbers, ranges, states, and what is left when they fall."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.agreement import analyse
from accordant.agreement.admissible import Doubt, accepted, levels, outcomes
from accordant.agreement.no_deal import NOWHERE, no_deal_to
from accordant.agreement.turning import turns_on
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.model.preferences import Held, PartyOrder, Score, Statement
from accordant.model.settings import Setting
from accordant.reliance import analyse as rests

TALKS = {
    "title": "t",
    "parties": {"union": {"name": "Union"}, "firm": {"name": "Firm"}},
    "issues": {"pay": {"by": {"joint": ["union", "firm"]}, "range": {"from": 0, "to": 10, "step": 5}}},
    "status_quo": {"pay": "0"},
    "preferences": {
        "union": {"worth": {"pay": {"0": 0, "5": 20, "10": 40}}, "reservation": 25},
        "firm": {"worth": {"pay": {"0": 9, "5": "7.5", "10": 3}}, "reservation": 3},
    },
    "proposals": {"low": {"package": {"pay": "5"}}, "high": {"package": {"pay": "10"}}},
}


def deals(union=None, **more):
    preferences = {**TALKS["preferences"]}
    if union is not None:
        preferences["union"] = {**preferences["union"], **union}
    return analyse(Compiler(Case.model_validate({**TALKS, "preferences": preferences, **more})))


def said(result, proposal, party="union"):
    return result.proposals[proposal].acceptable[party]


def test_a_number_is_compared_with_what_the_package_is_worth():
    result = deals()
    assert said(result, "low").answer == "no"
    assert said(result, "low").element == "union.reservation"
    assert said(result, "low").reason == (
        "Union prefers no deal to s2: s2 is worth 20 to it, no deal 25 (union.reservation)."
    )
    assert [a.state for a in result.agreements] == ["s3"]
    assert said(result, "high", "firm").reason == (
        "Firm likes s3 as well as no deal: both are worth 3 to it (firm.reservation), and a tie is enough."
    )
    assert result.exists_counts == (1, 1)


def test_the_status_quo_itself_is_refused_where_no_deal_is_worth_more():
    result = deals(proposals={"stay": {"package": {"pay": "0"}}})
    assert said(result, "stay").answer == "no"
    assert said(result, "stay", "firm").answer == "yes"


@pytest.mark.parametrize(
    ("ends", "answer", "counts"),
    [
        ([20, 30], "unknown", (1, 2)),  # level with low, above it
        ([15, 30], "unknown", (2, 3)),  # below it as well
        ([0, 20], "yes", (3, 3)),  # level with none, between none and low, level with low
        ([21, 30], "no", (0, 1)),
        ([10, 19], "yes", (1, 1)),
    ],
)
def test_a_range_answers_where_both_its_ends_do(ends, answer, counts):
    result = deals({"reservation": ends})
    found = said(result, "low")
    assert (found.answer, found.counts) == (answer, counts)
    assert found.turns_on == (("union.reservation",) if answer == "unknown" else ())
    assert result.method.settings == counts[1]


def test_the_words_for_a_range():
    assert said(deals({"reservation": [18, 30]}), "low").reason == (
        "Acceptable in 2 of 3 settings: it turns on 'what no deal is worth to union' (union.reservation), "
        "which is not known exactly. As written: Union may prefer either, s2 or no deal: s2 is worth 20 to "
        "it, no deal between 18 and 30 (union.reservation)."
    )


def test_a_state_stands_in_for_no_deal_and_needs_no_numbers():
    union = {"priorities": ["pay >= 5", "pay < 10"], "reservation": {"state": {"pay": "10"}}}
    preferences = {**TALKS["preferences"], "union": union}
    result = deals(preferences=preferences)
    assert said(result, "low").answer == "yes"
    assert said(result, "low").reason.startswith(
        "Union prefers s2 to no deal (s3, union.reservation): 'pay < 10'"
    )
    assert said(result, "high").reason == "s3 is what no deal is to Union."


@pytest.mark.parametrize("given_", [{"worth": 25}, {"worth": [20, 30]}, {"state": {"pay": "10"}}])
def test_a_reservation_that_nothing_stands_behind_is_unknown(given_):
    result = deals({"reservation": {**given_, "unsure": True}})
    for proposal in ("low", "high"):
        assert said(result, proposal).answer == "unknown"
        assert said(result, proposal).turns_on == ("union.reservation",)
        assert (
            "It is not known what no deal is worth to Union (union.reservation)"
            in said(result, proposal).reason
        )


def test_the_state_of_a_reservation_is_the_one_of_the_case_as_it_is_written():
    # without the rule there would be two states with x
    result = analyse(
        Compiler(
            Case.model_validate(
                {
                    "title": "t",
                    "parties": {"a": {}},
                    "issues": {"x": {"by": "a"}, "y": {"by": "a"}},
                    "feasible": [{"rule": "x -> y", "unsure": True}],
                    "status_quo": {"x": "no", "y": "no"},
                    "preferences": {"a": {"priorities": ["y"], "reservation": {"state": {"x": "yes"}}}},
                    "proposals": {"p": {"package": {"y": "yes"}}, "q": {"package": {"x": "no"}}},
                }
            )
        )
    )
    assert [said(result, p, "a").answer for p in "pq"] == ["yes", "no"]


def test_a_table_says_nothing_of_states_that_are_there_only_without_an_unsure_rule():
    data = {
        "title": "t",
        "parties": {"a": {}},
        "issues": {"x": {"by": "a"}, "y": {"by": "a"}},
        "feasible": [{"rule": "x -> y", "unsure": True}],
        "status_quo": {"x": "no", "y": "no"},
        "preferences": {"a": {"table": [["s1", 3], ["s2", 1], ["s3", 2]], "reservation": 2}},
        "proposals": {"p": {"package": {"x": "yes", "y": "yes"}}, "q": {"package": {"x": "yes"}}},
    }
    result = analyse(Compiler(Case.model_validate(data)))
    assert [said(result, p, "a").answer for p in "pq"] == ["yes", "unknown"]
    found = rests(
        Compiler(Case.model_validate(data)), ["acceptable(p, a)", "acceptable(q, a)"], supports=False
    )
    assert [rest.status for rest in found.conclusions] == ["always", "sometimes"]


def test_red_lines_come_before_a_number():
    union = {"never": [{"rule": "pay = 10"}], "reservation": 0}
    assert said(deals(union), "high").element == "union.never.1"
    assert said(deals({**union, "reservation": {"worth": 0, "unsure": True}}), "high").answer == "no"


def test_without_any_no_deal_whoever_holds_a_reservation_answers():
    result = deals(status_quo=None)
    assert (said(result, "low").answer, said(result, "high").answer) == ("no", "yes")
    assert result.exists == "yes"
    assert result.no_deal["unsure"] is False
    firm = {"worth": TALKS["preferences"]["firm"]["worth"]}
    half = deals(status_quo=None, preferences={**TALKS["preferences"], "firm": firm})
    assert (said(half, "high").answer, said(half, "high", "firm").answer) == ("yes", "unknown")
    assert said(half, "high", "firm").reason == "The case does not say what no deal is to Firm."
    assert half.exists == "unknown"


def test_an_agreement_that_another_dominates_at_every_number_is_never_efficient():
    # s2 and s3 are agreements at the lower end only, and s3 is better for the union, as good for the firm
    firm = {"worth": {"pay": {"0": 0, "5": 5, "10": 5}}, "reservation": 5}
    result = deals(
        {"reservation": [10, 50]},
        preferences={"union": {**TALKS["preferences"]["union"], "reservation": [10, 50]}, "firm": firm},
    )
    found = {a.state: a for a in result.agreements}
    assert (found["s2"].certain, found["s2"].efficient, found["s2"].dominated_by) == (False, "no", "s3")
    assert (found["s3"].certain, found["s3"].efficient) == (False, "unknown")


def test_taking_the_ground_of_a_reservation_away_opens_what_stood_on_it():
    case = Case.model_validate(
        {
            **TALKS,
            "preferences": {
                **TALKS["preferences"],
                "union": {
                    **TALKS["preferences"]["union"],
                    "reservation": {"worth": 25, "assumed": {"id": "strike", "says": "s"}},
                },
            },
        }
    )
    found = rests(Compiler(case), ["acceptable(low, union)", "holds(s1, nash)"])
    rest = found["acceptable(low, union)"]
    assert (rest.status, rest.settings, rest.without["strike"]) == ("never", (0, 1), "sometimes")
    assert ("strike",) in rest.breaks
    assert found["holds(s1, nash)"].without["strike"] == found["holds(s1, nash)"].status


def test_a_number_keeps_the_red_lines_of_each_state_that_no_deal_may_be():
    # with an open status quo no deal crosses the red line in some settings, and in others it does not
    union = {**TALKS["preferences"]["union"], "reservation": 0, "never": ["pay = 10"]}
    start = {"state": {"pay": "0"}, "unsure": True}
    data = {**TALKS, "status_quo": start, "preferences": {**TALKS["preferences"], "union": union}}
    found = rests(Compiler(Case.model_validate(data)), ["acceptable(s3, union)"], supports=False)
    assert found["acceptable(s3, union)"].status == "sometimes"


NUMBERS = st.integers(-2, 2)


@st.composite
def held(draw):
    """Worths of four states with unsure terms, a red line, and a range."""
    score = Score(
        "a.worth",
        np.array(draw(st.lists(NUMBERS, min_size=4, max_size=4))),
        tuple(
            (f"a.also.{k}", np.array(draw(st.lists(NUMBERS, min_size=4, max_size=4))))
            for k in range(draw(st.integers(0, 2)))
        ),
    )
    red = [Statement("a.never.1", np.array(draw(st.lists(st.booleans(), min_size=4, max_size=4))))]
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    order = PartyOrder(
        tuple(red[: draw(st.integers(0, 1))]), (), score, reservation=Held("a.reservation", low, high)
    )
    elements = [*(line.element for line in order.red), *(e for e, _ in score.terms)]
    return order, frozenset(
        draw(st.lists(st.sampled_from(elements), unique=True))
    ) if elements else frozenset()


def worlds(order, free):
    """Every setting with every whole and half number that no deal may be worth."""
    held = order.reservation
    for bits in range(1 << len(free)):
        off = frozenset(e for k, e in enumerate(sorted(free)) if bits >> k & 1)
        for twice in range(2 * held.low, 2 * held.high + 1):
            yield off, twice


def level(order, off, twice, s, d):
    """0 refuses, 1 a tie, 2 better."""
    red = [line for line in order.red if line.element not in off]
    keeps = [(bool(line.holds[s]), d == NOWHERE or bool(line.holds[d])) for line in red]
    if any(deal and not here for here, deal in keeps):
        return 0
    here = (*(k for k, _ in keeps), 2 * int(order.score.ranks_in(off)[s]))
    deal = (*(k for _, k in keeps), twice)
    return 0 if here < deal else 1 + (here > deal)


@given(held(), st.integers(NOWHERE, 3))
@settings(deadline=None)
def test_levels_and_what_they_turn_on_are_those_of_every_number_in_the_range(drawn, d):
    order, free = drawn
    doubt, every = Doubt(free, frozenset()), list(worlds(order, free))
    against = no_deal_to(order, (), [d], 4)
    low, high = levels(against, doubt, 0)
    for s in range(4):
        found = [level(order, off, twice, s, d) for off, twice in every]
        assert (low[s], high[s]) == (min(found), max(found))
        named = turns_on(against, doubt, s)
        for element in free:
            matters = any(
                (level(order, off - {element}, twice, s, d) > 0)
                != (level(order, off | {element}, twice, s, d) > 0)
                for off, twice in every
            )
            assert (element in named) == matters
        by_setting = {off: {level(order, o, t, s, d) > 0 for o, t in every if o == off} for off, _ in every}
        assert ("a.reservation" in named) == any(len(answers) > 1 for answers in by_setting.values())
        if order.reservation.low == order.reservation.high:
            share = accepted(outcomes(against.order, doubt, s, against.low))
            assert share * len(every) == sum(x > 0 for x in found)


def test_numbers_too_large_for_64_bits_stay_exact():
    big = 10**25
    score = Score("a.worth", np.array([big, big + 1, big + 2], dtype=object))
    order = PartyOrder((), (), score, reservation=Held("a.reservation", big + 1, big + 1))
    low, high = levels(no_deal_to(order, (), [0], 3), Doubt(frozenset(), frozenset()), 0)
    assert low.tolist() == high.tolist() == [0, 1, 2]
    small = Score("a.worth", np.array([0, 1]))
    order = PartyOrder((), (), small, reservation=Held("a.reservation", big, big))
    assert levels(no_deal_to(order, (), [0], 2), Doubt(frozenset(), frozenset()), 0)[1].tolist() == [0, 0]


def test_a_view_without_the_reservation_keeps_the_order():
    compiler = Compiler(Case.model_validate(TALKS))
    view = compiler.view(Setting(frozenset({"union.reservation"})))
    assert view.ranks("union").tolist() == compiler.view().ranks("union").tolist()
