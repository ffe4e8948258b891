"""A review as a series of steps: what enters, what is kept, and that every step can be undone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.evidence.adding import Added, add
from accordant.evidence.decisions import Decision, Decisions, TextDecisions
from accordant.evidence.into import edited, with_tellings
from accordant.evidence.reviewed import decisions
from accordant.evidence.reviewing import Answer, Given, Review, report_with
from accordant.evidence.spans import Span
from tests.evidence.read_helpers import reading

TEXT = (
    "Two people close to the talks said that the Northern Council has offered a pause, and that the port "
    "would open. The Front refuses to release captives and to leave the valley. “It is late,” said Ida "
    "Renn. Nobody answered the door."
)
RESULT = reading(TEXT, published="2031-03-12")
CASE = Case.model_validate(
    {"title": "t", "parties": {"north": {"name": "Northern Council"}, "south": {"aliases": ["the Front"]}}}
)
DAY = "2031-03-13"


def review(decided: TextDecisions | None = None, case: Case = CASE, *, again: bool = False) -> Review:
    report = report_with(case, RESULT, decided or TextDecisions())
    return Review(case, RESULT, decided, report=report, again=again)


def answer(one: Review, k: int, given_: Given) -> None:
    draft = one.draft(one.items[k]) if given_ == "accepted" else None
    one.decide(k, Answer(given_, draft))


def written(one: Review) -> tuple[Added | None, TextDecisions]:
    """What a review comes to: the case with its claims, and what is kept of the decisions."""
    whole = with_tellings(one.case, RESULT, one.accepted, one.rejected, one.report)
    added = add(one.case, RESULT, TEXT.encode(), whole, DAY, report=one.report) if whole else None
    kept = Decisions().with_text("0" * 64, decisions(one, added, DAY, "Ann"))
    return added, kept.text("0" * 64)


def at_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def number(one: Review, words: str) -> int:
    return next(k for k, item in enumerate(one.items) if item.suggestion.quote.startswith(words))


def test_what_was_decided_is_not_asked_again() -> None:
    one = review()
    for k, given_ in enumerate(("accepted", "rejected", "skipped")):
        answer(one, k, given_)  # type: ignore[arg-type]
    added, kept = written(one)
    assert added is not None
    again = review(kept, added.case)
    assert again.next_open() == 3
    assert [again.earlier[item.id].decision for item in again.items[:3]] == [
        "accepted",
        "rejected",
        "skipped",
    ]
    assert review(kept, added.case, again=True).next_open() == 2


def test_a_claim_that_was_taken_out_of_the_case_is_asked_for_again() -> None:
    one = review()
    answer(one, 0, "accepted")
    _, kept = written(one)
    assert review(kept, CASE).next_open() == 0


def test_a_split_claim_enters_in_parts_with_who_says_so() -> None:
    one = review()
    k = number(one, "to release captives")
    cut = TEXT.index("and to leave")
    assert one.split(k, [cut]) == 2
    first, second = one.items[k], one.items[k + 1]
    assert (first.suggestion.quote, second.suggestion.quote) == ("to release captives", "to leave the valley")
    assert one.draft(second).says == "The Front refuses to leave the valley"
    assert one.draft(second).by == "south"
    answer(one, k, "accepted")
    answer(one, k + 1, "skipped")
    added, kept = written(one)
    assert added is not None
    (claim,) = added.case.claims.values()
    assert claim.quote == "The Front refuses to release captives"
    whole = kept.on(first.suggestion.at.__class__(first.suggestion.at.start, second.suggestion.at.end),
                    first.suggestion.cue_at)  # fmt: skip
    assert whole is not None
    assert (whole.decision, whole.claims) == ("split", ("c1",))
    assert number(review(kept, added.case), "to release") == k
    assert review(kept, added.case).next_open(k) != k
    left = review(kept, added.case, again=True)
    assert [item.suggestion.quote for item in left.items if not left.is_decided(item)].count(
        "to leave the valley"
    ) == 1


def test_two_merged_suggestions_are_one_claim_and_neither_is_asked_again() -> None:
    one = review()
    k = number(one, "“It is late")
    before = [item.id for item in one.items]
    assert "a claim has one origin" in (one.merge(k) or "")
    assert [item.id for item in one.items] == before
    one.change(k, edited(one.draft(one.items[k]), origin=None, new_origin=None))
    assert one.merge(k) is None
    assert len(one.items) == len(before) - 1
    answer(one, k - 1, "accepted")
    added, kept = written(one)
    assert added is not None
    (claim,) = (c for c in added.case.claims.values())
    assert TEXT[slice(*claim.at)] == claim.quote
    assert claim.quote.endswith("late,”")
    decided = [d for d in kept.decided if d.decision == "merged"]
    assert [d.claims for d in decided] == [("c1",), ("c1",)]
    again = review(kept, added.case)
    assert {again.earlier[name].decision for name in before[k - 1 : k + 1]} == {"merged"}


def test_a_changed_field_is_a_step_of_its_own() -> None:
    one = review()
    answer(one, 0, "rejected")
    before = one.draft(one.items[1])
    one.change(1, edited(before, by="south"))
    assert one.draft(one.items[1]).by == "south"
    assert one.unkept == [one.items[1]]
    assert one.undo() == 1
    assert one.draft(one.items[1]) == before
    assert one.answers.keys() == {one.items[0].id}
    assert one.undo() == 0
    assert not one.answers


def test_words_marked_by_hand_come_again_until_they_are_decided_on() -> None:
    one = review()
    span = at_of("Nobody answered the door")
    one.mark(span, 0)
    _, kept = written(one)
    assert [(d.decision, d.claims) for d in kept.decided] == [("by-hand", ())]
    again = review(kept)
    item = next(item for item in again.items if item.kind == "by-hand")
    assert item.suggestion.at == span
    assert again.open == len(RESULT.claims) + 1
    k = again.items.index(item)
    for given_, comes in (("skipped", 0), ("rejected", 0)):
        answer(again, k, given_)  # type: ignore[arg-type]
        decided = (
            Decisions().with_text("0" * 64, (*kept.decided, *decisions(again, None, DAY))).text("0" * 64)
        )
        assert sum(i.kind == "by-hand" for i in review(decided).items) == comes
        assert sum(i.kind == "by-hand" for i in review(decided, again=True).items) == (given_ == "skipped")
        again.undo()
    answer(again, k, "accepted")
    added, decided = written(again)
    assert added is not None
    assert all(i.kind != "by-hand" for i in review(decided, added.case).items)


def test_a_telling_that_was_skipped_and_then_taken_in_is_kept_as_accepted() -> None:
    one = review()
    inner = next(k for k, item in enumerate(one.items) if item.suggestion.within is not None)
    outer = one.items.index(next(i for i in one.items if i.id == one.items[inner].suggestion.within))
    answer(one, outer, "skipped")
    _, kept = written(one)
    again = review(kept)
    answer(again, inner, "accepted")
    added, after = written(again)
    assert added is not None
    claim = one.items[outer].suggestion
    both = Decisions().with_text("0" * 64, (*kept.decided, *after.decided)).text("0" * 64)
    found = both.on(claim.at, claim.cue_at)
    assert found is not None
    assert (found.decision, found.claims) == ("accepted", (added.of[claim.id],))
    # Even where the file still says skipped, a claim that is in the case is not asked for again.
    assert review(kept, added.case, again=True).is_decided(one.items[outer])
    answer(one, inner, "accepted")
    _, at_once = written(one)
    found = at_once.on(claim.at, claim.cue_at)
    assert found is not None
    assert found.decision == "accepted"


def test_words_marked_by_hand_enter_where_they_stand() -> None:
    one = review()
    place = at_of("Nobody answered the door")
    k = one.mark(place, 0)
    assert one.items[k].suggestion.at == place
    answer(one, k, "accepted")
    added, kept = written(one)
    assert added is not None
    (claim,) = added.case.claims.values()
    assert (claim.quote, claim.attribution, claim.kind) == (
        "Nobody answered the door",
        "unattributed",
        "assessment",
    )
    assert [d.decision for d in kept.by_hand()] == ["by-hand"]
    assert review(kept, added.case).taken(place) == "c1"


def test_words_marked_inside_an_accepted_claim_are_told_by_it() -> None:
    one = review()
    answer(one, 0, "accepted")
    k = one.mark(at_of("the port would open"), 1)
    answer(one, k, "accepted")
    added, _ = written(one)
    assert added is not None
    inner = next(c for c in added.case.claims.values() if c.quote == "the port would open")
    assert inner.within is None or TEXT[slice(*added.case.claims[inner.within].at)].find(inner.quote) >= 0


def test_the_same_text_from_another_file_goes_to_the_report_that_is_there() -> None:
    one = review()
    answer(one, 0, "accepted")
    added, kept = written(one)
    assert added is not None
    other = reading(TEXT + "", name="copy.md")
    crlf = Decisions().with_text("0" * 64, kept.decided).text("0" * 64)
    assert report_with(added.case, other, crlf) == added.report


steps = st.lists(
    st.tuples(st.sampled_from(["a", "r", "s", "split", "merge", "mark", "undo"]), st.integers(0, 9)),
    max_size=14,
)


def state(one: Review) -> tuple[object, ...]:
    return one.items, dict(one.answers), dict(one.earlier)


@given(steps)
def test_undoing_every_step_leads_back_through_every_state(done: list[tuple[str, int]]) -> None:
    one = review()
    states = [state(one)]
    for what, n in done:
        k = n % len(one.items)
        before = state(one)
        match what:
            case "a" | "r" | "s":
                answer(one, k, {"a": "accepted", "r": "rejected", "s": "skipped"}[what])  # type: ignore[arg-type]
            case "split":
                at = one.items[k].suggestion.at
                one.split(k, [(at.start + at.end) // 2])
            case "merge":
                one.merge(k)
            case "mark":
                one.mark(Span(3 * n, 3 * n + 5), k)
            case _:
                if one.undo() is not None:
                    states.pop()
                    assert state(one) == states[-1]
                continue
        if state(one) != before or what in "ars":
            states.append(state(one))
    while len(states) > 1:
        states.pop()
        assert one.undo() is not None
        assert state(one) == states[-1]
    assert one.undo() is None


@given(steps)
def test_whatever_was_done_the_words_stand_where_the_case_says_and_nothing_is_asked_twice(
    done: list[tuple[str, int]],
) -> None:
    one = review()
    for what, n in done:
        k = n % len(one.items)
        if what in ("a", "r", "s"):
            answer(one, k, {"a": "accepted", "r": "rejected", "s": "skipped"}[what])  # type: ignore[arg-type]
        elif what == "split":
            at = one.items[k].suggestion.at
            one.split(k, [(at.start + at.end) // 2])
        elif what == "merge":
            one.merge(k)
        elif what == "mark":
            one.mark(Span(3 * n, 3 * n + 5), k)
        else:
            one.undo()
    added, kept = written(one)
    case = CASE if added is None else added.case
    for claim in case.claims.values():
        assert TEXT[slice(*claim.at)] == claim.quote
        assert claim.within is None or claim.within in case.claims
    again = review(kept, case)
    decided = {name for item in one.items if item.id in one.answers for name in item.replaces}
    assert decided <= set(again.earlier)
    nothing = add(case, RESULT, TEXT.encode(), again.accepted, DAY, report=again.report) if added else None
    assert nothing is None or nothing.claims == ()
    assert all(isinstance(d, Decision) for d in kept.decided)
