"""Checks of case.yaml: each mistake has a message, a line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from accordant.case.checks import UNGROUNDED
from accordant.case.checks.dates import is_date
from accordant.case.checks.subject import circles
from accordant.errors import Problem
from tests.case.casefiles import CASE, CLAIMS, folder, only, problems, swapped

NORTH = "    priorities: [{want: departure, because: [c1]}]"
GRAPH = """\
title: A graph
parties: {a: {}, b: {}}
states: [s1, s2, s3]
moves: {a: {s1: [s2]}, b: {s2: [s3]}}
preferences: {a: {ranking: [s2, s1, s3], assumed: x}, b: {ranking: [s3, [s1, s2]], assumed: y}}
"""


def found_in(room: Path, *pairs: tuple[str, str], base: str = CASE) -> list[tuple[int | None, str, str]]:
    return [(p.line, p.path, p.message) for p in problems(folder(room, swapped(base, *pairs)))]


def one(room: Path, *pairs: tuple[str, str], base: str = CASE, severity: str = "error") -> Problem:
    return only(folder(room, swapped(base, *pairs)), severity)


# Ids


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("passage: {by", "and: {by", "issues.and"),
        ("passage: {by", "state: {by", "issues.state"),
        ("passage: {by", "because: {by", "issues.because"),
        ("envoy: {name", "none: {name", "parties.none"),
        ("envoy: {name", "issues: {name", "parties.issues"),
        ("envoy: {name", "the envoy: {name", "parties.the envoy"),
        ("envoy: {name", "'': {name", "parties."),
        ("offer-1:", "status_quo:", "proposals.status_quo"),
        ("offer-1:", "offer(1):", "proposals.offer(1)"),
        ("offer-1:", "assumed:x:", "proposals.assumed:x"),
    ],
)
def test_ids_that_would_mean_something_else_are_refused(
    tmp_path: Path, old: str, new: str, path: str
) -> None:
    found = problems(folder(tmp_path, swapped(CASE, (old, new))))
    assert path in [p.path for p in found if "cannot be an id" in p.message]


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\u200b", "\u00ad", "\U000e0041"])
def test_names_with_invisible_characters_are_refused(tmp_path: Path, sign: str) -> None:
    swaps = [
        ("offer-1:", f'"offer{sign}1":'),
        ("[none, pause, lasting]", f'[none, pause, lasting, "last{sign}ing"]'),
    ]
    found = problems(folder(tmp_path, swapped(CASE, *swaps), swapped(CLAIMS, ("r1:", f'"r{sign}1":'))))
    paths = {p.path for p in found if f"U+{ord(sign):04X}" in (p.hint or "")}
    assert paths >= {f"proposals.offer{sign}1", "issues.truce.values.4", f"reports.r{sign}1"}


def test_joiners_that_words_of_some_scripts_need_are_not(tmp_path: Path) -> None:
    assert problems(folder(tmp_path, swapped(CASE, ("offer-1:", "می\u200cخواهم:")))) == []


@pytest.mark.parametrize("name", ["v1.0", "القطاع", "offer_2", "2024-01"])
def test_any_other_word_can_be_an_id(tmp_path: Path, name: str) -> None:
    assert problems(folder(tmp_path, swapped(CASE, ("offer-1:", f"{name}:")))) == []


def test_a_proposal_called_like_a_state_is_refused(tmp_path: Path) -> None:
    states = "states: {peace: {truce: lasting}}\nproposals:\n  peace:"
    assert one(tmp_path, ("proposals:\n  offer-1:", states)).message == "'peace' is also a state"


@pytest.mark.parametrize(("id_", "what"), [("c1", "claim"), ("the-envoy", "origin")])
def test_an_assumption_called_like_another_ground_is_refused(tmp_path: Path, id_: str, what: str) -> None:
    shared = f"assumed: {{id: {id_}, says: it wants the fighting to end}}"
    found = one(tmp_path, ("assumed: it wants the fighting to end", shared))
    assert (found.line, found.message) == (21, f"'{id_}' is also the id of a {what}")


# Parties


def test_roles(tmp_path: Path) -> None:
    def street(text: str) -> list[tuple[int | None, str, str]]:
        return found_in(tmp_path, ("role: constituency, of: north", text))

    assert "needs 'of'" in street("role: constituency")[0][2]
    assert street("role: constituency, of: nroth")[0][1:] == (
        "parties.street.of",
        "there is no party 'nroth'",
    )
    assert "is a mediator" in street("role: constituency, of: envoy")[0][2]
    assert "leads back to itself" in street("role: constituency, of: street")[0][2]
    assert "not for role observer" in street("role: observer, of: north")[0][2]


def test_constituencies_of_each_other_are_a_circle(tmp_path: Path) -> None:
    two = "role: constituency, of: square}\n  square: {role: constituency, of: street"
    messages = [m for _, _, m in found_in(tmp_path, ("role: constituency, of: north", two))]
    assert "goes round in a circle: street, square, street" in messages


def test_somebody_has_to_decide(tmp_path: Path) -> None:
    base = swapped(
        CASE, ("{name: Northern Council}", "{role: mediator}"), ("{name: Southern Front}", "{role: mediator}")
    )
    assert (4, "parties", "nobody here decides: there is no party of role party") in found_in(
        tmp_path, base=base
    )


def test_observers_control_nothing(tmp_path: Path) -> None:
    found = one(
        tmp_path, ("role: mediator", "role: observer"), ("passage: {by: north", "passage: {by: envoy")
    )
    assert (found.path, found.message) == ("parties.envoy", "an observer cannot control anything")


def test_wishes_of_those_who_do_not_act_are_not_used(tmp_path: Path) -> None:
    found = one(tmp_path, ("  north:\n    prio", "  envoy:\n    prio"), severity="warning")
    assert (found.path, "what it wants is not used" in found.message) == ("preferences.envoy", True)


def test_a_party_without_issues_is_mentioned(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        ("  street: {name: Families of captives, role: constituency, of: north}", "  east:"),
        severity="warning",
    )
    assert (found.line, found.message) == (8, "controls no issue, so that it has no moves")


def test_two_parties_shown_under_one_name_are_mentioned(tmp_path: Path) -> None:
    found = one(tmp_path, ("{name: Southern Front}", "{aliases: [NORTHERN Council]}"), severity="warning")
    assert (found.path, "belongs to north" in found.message) == ("parties.south", True)


# Issues


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ("values: [no, yes]", "values: [no]", "issues.departure.values", "at least two values"),
        ("values: [no, yes]", "values: []", "issues.departure.values", "at least two values"),
        ("values: [no, yes]", "values: [no, yes, no]", "issues.departure.values.3", "'no' stands twice"),
        ("by: south", "by: suoth", "issues.departure.by.1", "there is no party 'suoth'"),
        ("by: south", "by: []", "issues.departure.by", "controlled by nobody"),
        ("by: south", "by: [south, south]", "issues.departure.by.2", "names 'south' twice"),
        ("by: south", "by: truce", "issues.departure.by.1", "'truce' is an issue, not a party"),
        ("{joint: [north, south]}", "{joint: [north]}", "issues.truce.by.joint", "at least two parties"),
        ("{joint: [north, south]}", "{joint: []}", "issues.truce.by.joint", "controlled by nobody"),
        ("{by: south", "{binding: true, by: south", "issues.departure.binding", "joint control only"),
        ("moves: forward", "moves: [[no, yse]]", "issues.departure.moves.1.2", "'yse' is not a value"),
        ("moves: forward", "moves: [[no, no]]", "issues.departure.moves.1", "to itself"),
        ("moves: forward", "moves: [[no, yes], [no, yes]]", "issues.departure.moves.2", "stands twice"),
    ],
)
def test_issues(tmp_path: Path, old: str, new: str, path: str, message: str) -> None:
    found = found_in(tmp_path, (old, new))
    assert any(p == path and message in m for _, p, m in found), found


def test_control_that_goes_round_in_a_circle(tmp_path: Path) -> None:
    found = found_in(
        tmp_path, ("by: south", "by: passage"), ("passage: {by: north", "passage: {by: departure")
    )
    assert (
        11,
        "issues.departure.by",
        "control goes round in a circle: departure, passage, departure",
    ) in found


# States and packages


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        (
            "truce: none, departure: no",
            "truce: nnone, departure: no",
            "status_quo.state.truce",
            "'nnone' is not a value",
        ),
        (
            "truce: none, departure: no",
            "trce: none, departure: no",
            "status_quo.state.trce",
            "there is no issue 'trce'",
        ),
        ("{state: status_quo, because: [c1]}", "somewhere", "no_deal.state", "there is no state 'somewhere'"),
        (
            "package: {departure: yes, ",
            "package: {depature: yes, ",
            "proposals.offer-1.package.depature",
            "no issue",
        ),
        (
            "package: {departure: yes, passage: yes, truce: lasting}",
            "package: {}",
            "proposals.offer-1.package",
            "no issue a value",
        ),
        ("via: [envoy]", "via: [envoy, envoy]", "proposals.offer-1.via.2", "twice"),
        ("proposals:", "only: named\nproposals:", "only", "needs states that are named"),
        ("proposals:", "states: [s1]\nproposals:", "states", "for a case without issues"),
        ("proposals:", "moves: {south: {s1: s2}}\nproposals:", "moves", "for a case without issues"),
        ("proposals:", "states: {a: {}}\nproposals:", "states.a", "matches every state"),
        (
            "proposals:",
            "states: {a: {truce: pause}, b: {truce: pause}}\nproposals:",
            "states.b",
            "same state as a",
        ),
        ("proposals:", "states: {a: {truce: puase}}\nproposals:", "states.a.truce", "'puase' is not a value"),
    ],
)
def test_states(tmp_path: Path, old: str, new: str, path: str, message: str) -> None:
    found = found_in(tmp_path, (old, new))
    assert any(p == path and message in m for _, p, m in found), found


def test_parties_without_anything_to_settle_are_no_case(tmp_path: Path) -> None:
    found = only(folder(tmp_path, "title: t\nparties: {a: {}, b: {}}\n", None))
    assert found.message == "the case has neither issues nor states"


def test_packages_need_a_status_quo(tmp_path: Path) -> None:
    bare = swapped(
        CASE, ("status_quo: {state: {truce: none, departure: no, passage: no}, because: [c1]}\n", "")
    )
    bare = swapped(bare, ("no_deal: {state: status_quo, because: [c1]}\n", ""))
    assert problems(folder(tmp_path, bare), "warning") == []  # this one names every issue
    part = swapped(bare, ("departure: yes, passage: yes, truce: lasting", "departure: yes"))
    found = only(folder(tmp_path, part), "warning")
    assert found.path == "proposals.offer-1.package"
    assert "says nothing about truce, passage; without a status quo" in found.message
    again = swapped(bare, ("proposals:", "no_deal: status_quo\nproposals:"))
    assert "gives no status quo" in problems(folder(tmp_path, again))[0].message


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ("[s1, s2, s3]", "[s1, s2, s3, s2]", "states.4", "'s2' stands twice"),
        ("a: {s1: [s2]}", "c: {s1: [s2]}", "moves.c", "there is no party 'c'"),
        ("a: {s1: [s2]}", "a: {s9: [s2]}", "moves.a.s9", "there is no state 's9'"),
        ("a: {s1: [s2]}", "a: {s1: [s9]}", "moves.a.s1.1", "there is no state 's9'"),
        ("a: {s1: [s2]}", "a: {s1: s1}", "moves.a.s1.1", "to itself"),
        ("a: {s1: [s2]}", "a: {s1: [s2, s2]}", "moves.a.s1.2", "twice"),
        (
            "ranking: [s2, s1, s3]",
            "ranking: [s2, s1, s4]",
            "preferences.a.ranking.3",
            "there is no state 's4'",
        ),
        ("ranking: [s2, s1, s3]", "priorities: [s2]", "preferences.a.priorities.1.want", "no issues"),
        ("ranking: [s2, s1, s3]", "worth: {s1: 1, s2: 2}", "preferences.a.worth", "no number for s3"),
        (
            "ranking: [s2, s1, s3]",
            "worth: {s1: 1, s2: 2, s3: {x: 1}}",
            "preferences.a.worth.s3",
            "one number",
        ),
        ("ranking: [s2, s1, s3]", "ranking: [{x: no}, s1, s3]", "preferences.a.ranking.1", "no issues"),
        ("[s1, s2, s3]\n", "{s1: {x: no}}\n", "states", "no values to give"),
        ("moves:", "feasible: [x]\nmoves:", "feasible", "for a case with issues"),
        ("moves:", "proposals: {p: {package: {x: no}}}\nmoves:", "proposals.p.package", "no issues"),
    ],
)
def test_graphs(tmp_path: Path, old: str, new: str, path: str, message: str) -> None:
    found = found_in(tmp_path, (old, new), base=GRAPH)
    assert any(p == path and message in m for _, p, m in found), found


# Preferences


@pytest.mark.parametrize(
    ("new", "path", "message"),
    [
        ("priorities: [{want: departur}]", "priorities.1.want", "'departur' is not an issue"),
        ("priorities: [{want: truce = lastng}]", "priorities.1.want", "'lastng' is not a value of 'truce'"),
        ("priorities: [{want: truce and}]", "priorities.1.want", "breaks off"),
        ("priorities: [{either: [truce]}]", "priorities.1.either", "at least two lines"),
        ("never: [truce = pause or]", "never.1.rule", "breaks off"),
        ("priorities: [truce]\n    ranking: [s1]", "ranking", "a party has one order"),
        ("priorities: [truce]\n    because: [c1]", "because", "belongs to a ranking"),
        ("also: [{if: truce, worth: 1}]", "also", "'worth', which is missing"),
        ("ranking: [s1, [s2, s1]]", "ranking.2.2", "names s1 twice"),
        ("ranking: [{truce: none}, {truce: none}]", "ranking.2", "names truce: none twice"),
        ("ranking: [peace]", "ranking.1", "there is no state 'peace'"),
        ("worth: {truce: {none: 0, pause: 1}}", "worth.truce", "no number for lasting"),
        ("worth: {truce: {none: 0, pause: 1, lasting: 2, ever: 3}}", "worth.truce.ever", "not a value"),
        ("worth: {truce: 3}", "worth.truce", "a number for each value"),
        ("worth: {truec: {none: 0}}", "worth.truec", "no issue 'truec'"),
        ("worth: {truce: {none: x, pause: 1, lasting: 2}}", "worth.truce.none", "must be a number"),
        ("worth: {truce: {none: nan, pause: 1, lasting: 2}}", "worth.truce.none", "finite"),
        ("worth: {truce: {none: 1e999999999, pause: 1, lasting: 2}}", "worth.truce.none", "100 digits"),
        ("worth: {passage: {no: 0, yes: 1}}\n    also: [{if: truec, worth: 1}]", "also.1.if", "not an issue"),
    ],
)
def test_preferences(tmp_path: Path, new: str, path: str, message: str) -> None:
    found = found_in(tmp_path, (NORTH, f"    {new}"))
    assert any(p == f"preferences.north.{path}" and message in m for _, p, m in found), found


def test_preferences_of_somebody_who_is_not_there(tmp_path: Path) -> None:
    found = one(tmp_path, ("  north:\n    prio", "  norht:\n    prio"))
    assert (found.message, found.hint) == ("there is no party 'norht'", "did you mean 'north'?")


def test_the_place_in_an_expression_is_the_place_in_the_file(tmp_path: Path) -> None:
    plain = one(tmp_path, ("want: not departure", "want: not departur"))
    assert (plain.line, plain.column) == (20, 20)
    quoted = one(tmp_path, ("want: not departure", 'want:  "not departur"'))
    assert (quoted.line, quoted.column) == (20, 22)
    folded = one(tmp_path, ("want: not departure", "want: not\n         departur"))
    assert (folded.line, folded.column) == (20, 16)


# Grounds


def test_references_to_claims(tmp_path: Path) -> None:
    found = one(tmp_path, ("{want: not departure, because: [c1]}", "{want: not departure, because: [c2]}"))
    assert (found.path, found.allowed) == ("preferences.south.priorities.1.because.1", ("c1",))
    twice = one(
        tmp_path, ("{want: not departure, because: [c1]}", "{want: not departure, because: [c1, c1]}")
    )
    assert "twice" in twice.message


def test_every_element_without_grounds_is_one_short_warning(tmp_path: Path) -> None:
    bare = (
        CASE.replace(", because: [c1]", "")
        .replace("because: [c1]", "note: x")
        .replace(", assumed: it", ", note: it")
    )
    found = problems(folder(tmp_path, bare), "warning")
    assert {p.message for p in found} == {UNGROUNDED}
    assert [p.path for p in found] == [
        "issues.truce",
        "issues.departure",
        "issues.passage",
        "feasible.1",
        "status_quo",
        "no_deal",
        "preferences.south.priorities.1",
        "preferences.south.priorities.2",
        "preferences.north.priorities.1",
        "proposals.offer-1",
    ]
    assert [p.line for p in found] == [10, 11, 12, 14, 15, 16, 20, 21, 23, 25]


def test_a_ground_that_does_not_count_is_mentioned(tmp_path: Path) -> None:
    path = folder(tmp_path, claims=swapped(CLAIMS, ("kind: offer", "kind: offer, status: retracted")))
    messages = [p.message for p in problems(path, "warning")]
    assert messages.count("c1 does not count: it is retracted") == 9
    assert messages.count("none of its claims counts any more: it is unsure") == 9


def test_one_assumption_says_one_thing(tmp_path: Path) -> None:
    shared = "{want: not departure, assumed: {id: a1, says: one thing}}"
    other = "assumed: {id: a1, says: another thing}"
    found = one(
        tmp_path,
        ("{want: not departure, because: [c1]}", shared),
        ("assumed: it wants the fighting to end", other),
    )
    assert (found.line, "says something else elsewhere: 'one thing'" in found.message) == (21, True)


# What is kept beside the model


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("positions: {nrth: {truce: {wants: none}}}", "positions.nrth", "no party"),
        ("positions: {north: {trce: {wants: none}}}", "positions.north.trce", "no issue"),
        ("relations: [{from: north, to: soth, kind: x}]", "relations.1.to", "no party"),
        ("relations: [{from: north, to: north, kind: x}]", "relations.1.to", "to itself"),
        ("judgements: {j: {by: x, about: peace}}", "judgements.j.about", "not a conclusion"),
        ("judgements: {j: {by: x, about: acceptable(offer-1)}}", "judgements.j.about", "not a conclusion"),
        (
            "judgements: {j: {by: x, about: 'agreement(offer-1, north)'}}",
            "judgements.j.about",
            "not a conclusion",
        ),
        (
            "judgements: {j: {by: x, about: 'acceptable(offer-2, north)'}}",
            "judgements.j.about",
            "no proposal",
        ),
        ("judgements: {j: {by: x, about: 'acceptable(offer-1, nrth)'}}", "judgements.j.about", "no party"),
        (
            "judgements: {j: {by: x, about: 'acceptable(offer-1, envoy)'}}",
            "judgements.j.about",
            "'envoy' is a mediator: only a party accepts",
        ),
        (
            "judgements: {j: {by: x, about: 'acceptable(offer-1, street)'}}",
            "judgements.j.about",
            "'street' is a constituency: only a party accepts",
        ),
        ("judgements: {j: {by: x, about: 'holds(s1, sqe)'}}", "judgements.j.about", "no concept"),
        ("judgements: {j: {by: x, about: 'holds(peace, seq)'}}", "judgements.j.about", "no state"),
        ("events: {e: {what: meeting, who: [nrth]}}", "events.e.who.1", "no party"),
    ],
)
def test_records(tmp_path: Path, text: str, path: str, message: str) -> None:
    found = found_in(tmp_path, ("proposals:", f"{text}\nproposals:"))
    assert [(p, True) for _, p, m in found if message in m] == [(path, True)], found


@pytest.mark.parametrize(
    "about", ["agreement-exists", "agreement(offer-1)", "'acceptable(offer-1, south)'", "'holds(s2, nash)'"]
)
def test_conclusions_that_are_well_formed(tmp_path: Path, about: str) -> None:
    judgements = f"judgements: {{j: {{by: x, about: {about}}}}}\nproposals:"
    assert found_in(tmp_path, ("proposals:", judgements)) == []


def test_a_position_beyond_the_values_is_kept_and_mentioned(tmp_path: Path) -> None:
    position = "positions: {south: {truce: {wants: a guarantee}}}\nproposals:"
    found = one(tmp_path, ("proposals:", position), severity="warning")
    assert "'a guarantee' is not a value of truce; it is shown as written" in found.message


@pytest.mark.parametrize("date", ["2024", "2024-01", "2024-02-29", "2024-01/2024-03", "2024-01-30/2024-02"])
def test_dates_are_as_exact_as_they_are_known(tmp_path: Path, date: str) -> None:
    assert problems(folder(tmp_path, swapped(CASE, ("2024-01-30", date))), "warning") == []


@pytest.mark.parametrize(
    "date", ["last week", "2024-13", "2023-02-29", "30.1.2024", "2024/", "0000", "2024-1"]
)
def test_other_dates_are_mentioned_and_kept(tmp_path: Path, date: str) -> None:
    found = only(folder(tmp_path, swapped(CASE, ("2024-01-30", date))), "warning")
    assert (found.path, found.found) == ("as_of", date)


def test_a_span_ends_after_it_begins(tmp_path: Path) -> None:
    found = only(folder(tmp_path, swapped(CASE, ("2024-01-30", "2024-03/2024-01"))), "warning")
    assert found.message == "ends before it begins"
    assert is_date("2024-03")


@pytest.mark.parametrize(
    ("arrows", "found"),
    [
        ({"a": ["a"]}, [("a",)]),
        ({"a": ["b"], "b": ["a"], "c": ["a"]}, [("a", "b")]),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
        ({"a": ["x"]}, []),
        ({f"n{k}": [f"n{k + 1}"] for k in range(5000)}, []),
    ],
)
def test_circles_are_found_once_at_any_depth(
    arrows: dict[str, list[str]], found: list[tuple[str, ...]]
) -> None:
    assert list(circles(arrows)) == found
