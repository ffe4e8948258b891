"""What rests on what, as printed."""

from __future__ import annotations

from dataclasses import replace

from accordant.cli.output import as_page
from accordant.cli.resting import compared, overview, rests_page
from accordant.reliance.result import Rest, RestsResult, Status
from accordant.tables import Method


def rest(conclusion: str, status: Status, settings: tuple[int, int] | None = (4, 8)) -> Rest:
    return Rest(conclusion, "it is so", status, settings, {"c1": "sometimes"}, status, status, {}, (), ())


def result(*rests: Rest, without: str = "") -> RestsResult:
    method = Method("rests", parameters=(("without", without),))
    return RestsResult("talks", rests, {"c1": "North said so"}, method)


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
    assert table.title == "1 of 3 answers change without two-people"
    assert table.rows == (("b", "always", "4 of 8"), ("a", "always", "always"), ("c", "1 of 2", "8 of 16"))


def test_no_change_is_said() -> None:
    same = result(rest("a", "always"), without="c9")
    assert compared(same, same).title == "No answer changes without c9"


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
        "sometimes without c1 (North said so)",
        "still always without everybody unnamed",
        "sometimes without the claims from the side of north",
        "Any one of these sets is enough: c1 + c2; c3",
        "and 4 more (--json lists all)",
        "search stopped after 100 sets",
    ):
        assert words in page
