"""What must be so whatever the case: agreements, certificates, names, and doubt."""

from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.agreement import analyse
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from tests.agreement.random_cases import cases
from tests.agreement.test_cutoffs import WEAKER


def deals(case):
    return analyse(Compiler(case))


def written(case):
    """The case as plain data."""
    return case.model_dump(by_alias=True, exclude_none=True)


@settings(max_examples=35)
@given(cases(doubt=False))
def test_an_agreement_is_accepted_by_all_and_better_for_one(case):
    view, result = Compiler(case).view(), deals(case)
    parties = [view.parties.index(p) for p, party in case.parties.items() if party.role == "party"]
    for a in result.agreements:
        s = view.space.numbers[a.state]
        for d in view.no_deal if a.certain else ():
            assert (view.orders[parties, s] >= view.orders[parties, d]).all()
            assert (view.orders[parties, s] > view.orders[parties, d]).any()
        assert (a.dominated_by is not None) == (a.efficient == "no")
    efficient = {a.state for a in result.efficient}
    assert all(
        a.dominated_by in efficient for a in result.agreements if a.dominated_by and len(view.no_deal) == 1
    )
    assert not result.agreements or efficient or len(view.no_deal) > 1


@settings(max_examples=35)
@given(cases(), st.randoms())
def test_names_and_the_order_of_parties_and_issues_change_nothing(case, random):
    data = written(case)
    shuffled = {**data}
    for part in ("parties", "issues", "proposals", "preferences"):
        keys = list(data[part])
        random.shuffle(keys)
        shuffled[part] = {k: data[part][k] for k in keys}
    one, two = deals(case), deals(Case.model_validate(shuffled))
    assert (one.exists, one.count, one.possible, one.efficient_count, one.exists_counts) == (
        two.exists,
        two.count,
        two.possible,
        two.efficient_count,
        two.exists_counts,
    )
    assert set(map(frozenset, one.blocking)) == set(map(frozenset, two.blocking))

    def by_values(result):
        return {
            frozenset(a.values.items()): (a.certain, a.efficient, a.counts, frozenset(a.better_for))
            for a in result.agreements
        }

    assert by_values(one) == by_values(two)
    for name, said in one.proposals.items():
        other = two.proposals[name]
        assert (said.agreement, said.efficient, said.counts, said.levers_found) == (
            other.agreement,
            other.efficient,
            other.counts,
            other.levers_found,
        )
        for party, accepts in said.acceptable.items():
            assert (accepts.answer, accepts.counts) == (
                other.acceptable[party].answer,
                other.acceptable[party].counts,
            )


def lines(data):
    """Every line, red line, rule, term and proposal of a case that doubt can be cast on."""
    found = [*data["feasible"], *data["proposals"].values()]
    for preference in data["preferences"].values():
        found += [*preference.get("never", []), *preference.get("also", [])]
        for entry in preference.get("priorities", []):
            found += entry.get("either", [entry])
    return found


@settings(max_examples=35)
@given(cases(), st.data())
def test_doubt_turns_yes_and_no_into_unknown_and_nothing_else(case, data):
    doubted = written(case)
    doubted["feasible"] = list(doubted["feasible"])
    data.draw(st.sampled_from(lines(doubted)))["unsure"] = True
    before, after = deals(case), deals(Case.model_validate(doubted))
    assert after.exists in WEAKER[before.exists]
    for name, said in after.proposals.items():
        known = before.proposals[name]
        assert said.agreement in WEAKER[known.agreement]
        assert said.efficient in WEAKER[known.efficient]
        for party, accepts in said.acceptable.items():
            assert accepts.answer in WEAKER[known.acceptable[party].answer]
            assert accepts.own in WEAKER[known.acceptable[party].own]


@settings(max_examples=25)
@given(cases(doubt=False), st.sampled_from(["a", "b"]))
def test_a_party_that_wants_nothing_else_accepts_what_keeps_to_its_red_lines(case, party):
    data = written(case)
    never = data["preferences"].get(party, {}).get("never", [])
    data["preferences"] = {**data["preferences"], party: {"priorities": [], "never": never}}
    data["parties"] = {p: v for p, v in data["parties"].items() if v.get("role") != "constituency"}
    data["preferences"].pop("street", None)
    changed = Case.model_validate(data)
    view = Compiler(changed).view()
    for said in deals(changed).proposals.values():
        if said.state is None or len(view.no_deal) > 1:
            continue
        s, d = view.space.numbers[said.state], view.no_deal[0]
        newly = any(crossed[s] and not crossed[d] for _, crossed in view.red_lines(party))
        assert said.acceptable[party].answer == ("no" if newly else "yes")
