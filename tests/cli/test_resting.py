"""What rests on what, as printed."""

from __future__ import annotations

from dataclasses import replace

from accordant.case.corroboration import Corroboration
from accordant.case.switches import Switch
from accordant.cli.output import as_page
from accordant.cli.resting import compared, overview, points_page, rests_page, standing_page
from accordant.evidence.handling import WITHHELD
from accordant.reliance.footing import UNCHALLENGED, Footing
from accordant.reliance.result import GroundKind, Rest, RestsResult, Status
from accordant.tables import Method


def rest(conclusion: str, status: Status, settings: tuple[int, int] | None = (4, 8)) -> Rest:
    without: dict[str, Status] = {"c1": "sometimes"}
    return Rest(conclusion, "it is so", status, settings, without, status, status, {}, (), ())


def result(*rests: Rest, without: str = "") -> RestsResult:
    method = Method("rests", parameters=(("without", without),))
    return RestsResult("talks", rests, {"c1": "North said so"}, method, kinds={"c1": "claim"})


def test_concepts_with_the_same_answer_share_a_row() -> None:
    rests = [rest(f"holds(s1, {c})", "always") for c in ("nash", "seq")]
    table = overview(result(*rests, rest("holds(s2, nash)", "never"), rest("holds(s2, seq)", "always")))
    assert [row[0] for row in table.rows] == ["holds(s1, nash seq)", "holds(s2, nash)", "holds(s2, seq)"]


def test_sometimes_is_shown_as_a_count_where_there_is_one() -> None:
    table = overview(result(rest("a", "sometimes"), rest("b", "sometimes", None), rest("c", "never", (0, 8))))
    assert [row[1] for row in table.rows] == ["4 of 8", "sometimes", "never"]


def test_answers_that_change_come_first_and_are_counted() -> None:
    before = result(rest("a", "always"), rest("b", "always"), rest("c", "sometimes", (1, 2)))
    after = result(
        rest("a", "always"), rest("b", "sometimes"), rest("c", "sometimes", (8, 16)), without="two-people"
    )
    table = compared(before, after)
    assert table.title == "1 of 3 answers changes without two-people"
    assert table.rows == (("b", "always", "4 of 8"), ("a", "always", "always"), ("c", "1 of 2", "8 of 16"))


def test_no_change_is_said() -> None:
    same = result(rest("a", "always"), without="c9")
    assert compared(same, same).title == "No answer changes without c9"


def test_what_may_not_be_named_is_said_to_be_left_out_once() -> None:
    after = replace(result(rest("a", "always")), taken=(WITHHELD, WITHHELD))
    assert compared(after, after).title == "No answer changes without something whose name is withheld"
    page = as_page(rests_page(after, rows=0, full=False, before=after))
    assert page.count("  without something whose name is withheld") == 1


def test_an_origin_is_told_with_the_claims_that_fall_with_it() -> None:
    switch = Switch("paper", "The Paper", frozenset({"paper"}))
    after = replace(result(), taken=("paper",), switches=(switch,), kinds={"paper": "origin"})
    page = as_page(rests_page(after, rows=0, full=False, fallen={"paper": 12}))
    assert "without paper: 12 claims" in page


def test_of_what_is_open_already_only_what_would_decide_it_is_said() -> None:
    page = as_page(rests_page(result(rest("a", "sometimes")), rows=0, full=True))
    assert "still sometimes" not in page
    assert "What would decide it: rests --questions --conclusion 'a' tells." in page


def test_it_is_said_what_states_that_are_not_listed_mean() -> None:
    note = "states that are feasible only where an unsure rule does not hold are not listed"
    after = replace(result(), method=Method("rests", exact=False, cut=note))
    page = as_page(rests_page(after, rows=0, full=False))
    assert "Answers about states that are not listed are not given; all others are complete." in page


def test_the_full_page_names_supports_breaks_sides_and_what_was_cut_off() -> None:
    full = replace(
        rest("a", "always", (8, 8)),
        without_side={"north": "sometimes"},
        supports=(("c1", "c2"), ("c3",)),
        breaks=tuple((f"c{k}",) for k in range(12)),
        cut="search stopped after 100 sets",
    )
    page = " ".join(as_page(rests_page(result(full), rows=0, full=True)).split())
    for words in (
        "a: always, in 8 of 8 settings",
        "That is: it is so.",
        "sometimes without the claim “North said so” [c1]",
        "still always without everybody unnamed",
        "sometimes without the claims from the side of north",
        "Any one of these sets is enough: c1 + c2; c3",
        "and 4 more (--json lists all)",
        "search stopped after 100 sets",
    ):
        assert words in page


PAIR: dict[str, str] = {"pair": "two people", "c1": "South stays", "a1": "it is so", "minister": "A Minister"}


def test_single_points_of_failure_come_first_in_words_origins_before_claims() -> None:
    one = replace(rest("agreement-exists", "always"), single_points=("a1", "c1", "pair"))
    two = replace(rest("agreement(offer)", "never"), single_points=("minister",))
    three = replace(rest("agreement(other)", "never"), single_points=("minister",))
    open_ = rest("agreement(third)", "sometimes")
    kinds: dict[str, GroundKind] = {
        "pair": "unnamed origin",
        "c1": "claim",
        "a1": "assumption",
        "minister": "origin",
    }
    told = replace(result(one, two, three, open_), grounds=PAIR, kinds=kinds)
    assert points_page(told).rows == (
        ("A Minister [minister]", "2 of 3", "agreement(offer); agreement(other)"),
        ("two people (unnamed) [pair]", "1 of 3", "agreement-exists"),
        ("the claim “South stays” [c1]", "1 of 3", "agreement-exists"),
        ("the assumption “it is so” [a1]", "1 of 3", "agreement-exists"),
    )
    page = as_page(rests_page(told, rows=0, full=False))
    assert page.index("two people (unnamed)") < page.index("What each conclusion rests on")


def test_switches_that_change_an_answer_are_named_beside_it() -> None:
    under: dict[str, Status] = {"unnamed": "sometimes", "below:C3": "always", "side:north": "sometimes"}
    table = overview(result(replace(rest("agreement-exists", "always"), under=under)))
    assert table.rows[0][-1] == "unnamed, side:north"


def test_what_was_taken_away_is_told_with_what_was_left_in() -> None:
    gone = Switch("after:2024-01", "everything reported after 2024-01", frozenset({"c1"}), ("c2", "c3"))
    after = replace(result(rest("a", "always"), without=gone.id), switches=(gone,), taken=(gone.id,))
    page = " ".join(as_page(rests_page(after, rows=0, full=False, before=after)).split())
    assert "without everything reported after 2024-01: 1 claim" in page
    assert "2 claims left in, whose date does not tell: c2, c3" in page
    nothing = replace(after, switches=(replace(gone, grounds=frozenset(), left_undecided=()),))
    page = " ".join(as_page(rests_page(nothing, rows=0, full=False, before=nothing)).split())
    assert "nothing in this case" in page
    assert "left in" not in page


def test_the_standing_of_claims_is_shown_with_its_reason_and_their_origins() -> None:
    found = {
        "c1": Footing(True, UNCHALLENGED, "F3", Corroboration(1, 2, ("c1", "c2"), 2)),
        "c2": Footing(True, "confirmed, although c3 contradicts it", "B1", Corroboration(2, 2, ("c2",))),
        "c3": Footing(False, "contradicted by c2", "D4"),
        "c4": Footing(True, UNCHALLENGED, "F6"),
    }
    told = replace(result(rest("a", "always")), standing=found)
    assert [row[1:] for row in standing_page(told).rows] == [
        ("F3", "1 to 2, unnamed", "stands"),
        ("B1", "2", "stands: confirmed, although c3 contradicts it"),
        ("D4", "", "out: contradicted by c2"),
    ]
