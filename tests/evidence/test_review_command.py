"""``read --into`` with answers from a pipe: every key, what is kept, and what comes again."""

from __future__ import annotations

from pathlib import Path

import pytest

import accordant as library
from accordant.case.sources import Claim
from accordant.cli import main
from accordant.evidence.decisions import Decision, read_decisions
from tests.evidence.read_helpers import Run

THREE = (
    "The harbour union said that the port would stay shut and that no medicine would be loaded. Ida Renn "
    "told the Harbour Courier that the board was wrong. The board said that the works would go on."
)
FOREIGN = "Союз объявил перерыв. Порт закрыт до мая."


@pytest.fixture
def three(tmp_path: Path) -> Path:
    path = tmp_path / "three.txt"
    path.write_text(THREE, encoding="utf-8")
    return path


def typed(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def flat(out: str) -> str:
    return " ".join(out.split())


def added(case: Path) -> list[Claim]:
    return [c for c in library.load(case).case.claims.values() if c.report == "r1"]


def kept(case: Path) -> list[Decision]:
    return [d for text in read_decisions(case).texts.values() for d in text.decided]


def test_keys_and_progress_are_shown_with_every_suggestion(run: Run, case: Path, three: Path) -> None:
    _, out, _ = run(three, "--into", case, answers=typed("a", "r", "s"))
    assert out.count("[a]ccept [e]dit s[p]lit [m]erge [r]eject [s]kip [h]and [u]ndo [q]uit [?]") == 3
    assert "3 of 3 · k3" in out
    assert "1 accepted, 1 rejected" in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_decisions_are_kept_with_who_and_why(run: Run, case: Path, three: Path) -> None:
    run(three, "--into", case, "--by", "Ann Lee", answers=typed("a", "r only a view", "s"))
    found = kept(case)
    assert [d.decision for d in found] == ["accepted", "rejected", "skipped"]
    assert [d.because for d in found] == [None, "only a view", None]
    assert {d.by for d in found} == {"Ann Lee"}
    (claim,) = added(case)
    assert claim.entered_by == "Ann Lee"


def test_a_second_reading_asks_nothing_and_again_asks_what_was_skipped(
    run: Run, case: Path, three: Path
) -> None:
    run(three, "--into", case, answers=typed("a", "r", "s"))
    before = {p: p.read_bytes() for p in case.rglob("*") if p.is_file()}
    status, out, _ = run(three, "--into", case)
    assert status == 0
    assert (
        "Decided on before: 1 in the case, 1 rejected, 1 skipped (--again asks for them); 0 to go."
        in flat(out)
    )
    assert {p: p.read_bytes() for p in case.rglob("*") if p.is_file()} == before
    run(three, "--into", case, "--again", answers=typed("a"))
    assert [d.decision for d in kept(case)] == ["accepted", "rejected", "accepted"]


def test_the_same_text_in_another_file_is_not_asked_again(run: Run, case: Path, three: Path) -> None:
    run(three, "--into", case, answers=typed("a", "r", "q"))
    copy = three.with_name("copy.txt")
    copy.write_bytes(THREE.replace("\n", "\r\n").encode("utf-8-sig"))
    _, out, _ = run(copy, "--into", case, answers=typed("a"))
    assert "1 in the case, 1 rejected; 1 to go." in out
    reports = library.load(case).case.reports
    assert [r.file for r in reports.values()].count("reports/copy.txt") == 0
    assert len(added(case)) == 2


def test_quitting_keeps_and_the_next_time_goes_on_there(run: Run, case: Path, three: Path) -> None:
    _, out, _ = run(three, "--into", case, answers=typed("a", "q"))
    assert "1 accepted, 0 rejected, 0 skipped. 2 left for the next time." in out
    _, out, _ = run(three, "--into", case, answers=typed("r", "s"))
    assert "2 of 3 · k2" in out
    assert "1 of 3 · k1" not in out


def test_one_field_is_changed_without_asking_for_the_others(run: Run, case: Path, three: Path) -> None:
    answers = typed("kind position", "source b", "item 2", "why an old hand", "note see map", "handling team",
                    "event 2031-03", "says The port stays shut", "a", "q")  # fmt: skip
    run(three, "--into", case, answers=answers)
    (claim,) = added(case)
    assert (claim.kind, claim.grade, claim.graded_because) == ("position", "B2", "an old hand")
    assert (claim.note, claim.handling, claim.event) == ("see map", "team", "2031-03")
    assert claim.says == "The port stays shut"


def test_a_value_that_does_not_fit_is_said_and_nothing_is_changed(run: Run, case: Path, three: Path) -> None:
    _, out, _ = run(three, "--into", case, answers=typed("by nroth", "grade Z9", "9", "kidn offer", "a", "q"))
    assert "did you mean 'north'?" in out
    assert "There are 3: type a number from 1" in out
    assert "did you mean 'kind'?" in out
    (claim,) = added(case)
    assert (claim.by, claim.grade) == (None, "F6")


def test_a_suggestion_is_split_by_number_or_by_words(run: Run, case: Path, three: Path) -> None:
    _, out, _ = run(three, "--into", case, answers=typed("p", "1", "a", "note second", "a", "q"))
    assert "Where does another claim begin?" in out
    one, two = added(case)
    assert THREE[slice(*one.at)] == one.quote
    assert THREE[slice(*two.at)] == two.quote
    assert two.quote.endswith("no medicine would be loaded")
    assert two.note == "second"
    assert "split" in [d.decision for d in kept(case)]
    _, out, _ = run(three, "--into", case, answers=typed("q"))
    assert "1 of 3" not in out


def test_what_was_changed_before_a_split_stays_in_its_parts(run: Run, case: Path, three: Path) -> None:
    run(three, "--into", case, answers=typed("by north", "note mine", "p 1", "a", "a", "q"))
    assert [(c.by, c.note) for c in added(case)] == [("north", "mine"), ("north", "mine")]


def test_a_split_by_words_can_be_undone(run: Run, case: Path, three: Path) -> None:
    answers = typed("p that no medicine", "a", "u", "u", "p nowhere at all", "a", "q")
    _, out, _ = run(three, "--into", case, answers=answers)
    assert "1 of 4 · k1.1" in out
    assert "Those words do not stand in it." in out
    (claim,) = added(case)
    assert claim.quote.startswith("the port would stay shut")
    assert [d.decision for d in kept(case)] == ["accepted"]


def test_a_changed_field_is_undone_before_the_answer_that_came_before_it(
    run: Run, case: Path, three: Path
) -> None:
    answers = typed("a", "note look here", "u", "a", "q")
    _, out, _ = run(three, "--into", case, answers=answers)
    assert [claim.note for claim in added(case)] == [None, None]
    assert out.count("2 of 3 · k2") == 2


def test_item_1_is_refused_where_it_is_typed(run: Run, case: Path, three: Path) -> None:
    answers = typed("item 1", "grade B1", "item 2", "a", "q")
    _, out, _ = run(three, "--into", case, answers=answers)
    reason = "Item 1 (confirmed) needs two independent origins; this goes back to one origin."
    assert flat(out).count(reason) == 2
    assert [claim.grade for claim in added(case)] == ["F2"]


def test_a_wrong_name_is_answered_with_one_mark_at_its_end(run: Run, case: Path, three: Path) -> None:
    _, out, _ = run(three, "--into", case, answers=typed("kind ofer", "handling team", "q"))
    assert "did you mean 'offer'?\n" in out
    assert "handling team" in out


def test_after_quitting_it_says_how_to_go_on_and_what_is_lost(run: Run, case: Path, three: Path) -> None:
    _, out, _ = run(three, "--into", case, answers=typed("note look here", "q"))
    assert "What you changed in k1 is kept only with a (accept), and would be lost." in flat(out)
    # A long path is folded over lines.
    assert f"To go on: accordant read {three} --into {case}".replace(" ", "") in flat(out).replace(" ", "")


def test_the_last_answer_in_a_pipe_can_be_undone(run: Run, case: Path, three: Path) -> None:
    _, out, _ = run(three, "--into", case, answers=typed("r", "r", "r", "u", "a"))
    assert [d.decision for d in kept(case)] == ["rejected", "rejected", "accepted"]
    assert out.count("No suggestion is open") == 2


def test_two_suggestions_are_merged_and_the_claim_covers_both(run: Run, case: Path, three: Path) -> None:
    _, out, _ = run(three, "--into", case, answers=typed("m", "a", "m", "origin -", "m", "a", "q"))
    assert "It cannot be merged: there is none before it." in out
    assert "k1 goes back to harbour-union, k2 goes back to ida-renn, and a claim has one origin" in flat(out)
    assert "1 of 2 · k1+k2" in out
    (claim,) = added(case)
    assert THREE[slice(*claim.at)] == claim.quote
    assert claim.quote.startswith("the port would stay shut")
    assert claim.quote.endswith("the board was wrong")
    assert [d.decision for d in kept(case)] == ["merged", "merged"]


def test_words_are_marked_by_hand_where_no_rule_suggests_anything(
    run: Run, case: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FOREIGN, encoding="utf-8")
    answers = typed(
        "h Порт закрыт", "origin new", "institution", "-", "Союз", "-", "-", "-", "says Shut", "a"
    )
    status, out, _ = run(path, "--into", case, answers=answers)
    assert status == 0
    assert "No rule suggests anything here; h marks words by hand." in out
    (claim,) = added(case)
    assert (claim.quote, claim.says, claim.attribution) == ("Порт закрыт", "Shut", "named")
    assert FOREIGN[slice(*claim.at)] == claim.quote
    (decision,) = kept(case)
    assert (decision.decision, decision.cue, decision.at) == ("by-hand", None, claim.at)
    assert library.load(case).problems is not None


def test_near_words_are_offered_and_taken_only_on_a_word(run: Run, case: Path, three: Path) -> None:
    answers = typed(
        "h", "No medicine would be", "loadd.", "", "-", "h no medcine would be loaded", "1", "a", "q"
    )
    _, out, _ = run(three, "--into", case, answers=answers)
    assert out.count("Not there to the letter; near it:") == 2
    assert "Nothing is marked." in out
    (claim,) = added(case)
    assert claim.quote == "no medicine would be loaded"


def test_words_that_stand_twice_are_chosen_by_number(run: Run, case: Path, three: Path) -> None:
    _, out, _ = run(three, "--into", case, answers=typed("h board", "2", "r", "q"))
    assert "It stands there more than once:" in out
    assert "no claim was added" in out or "Nothing is written." in out


def test_the_list_shows_everything_and_a_number_goes_there(run: Run, case: Path, three: Path) -> None:
    _, out, _ = run(three, "--into", case, answers=typed("r", "l", "3", "a", "1", "a", "q"))
    assert "   1 r k1 " in out
    assert [d.decision for d in kept(case)] == ["accepted", "accepted"]


def test_context_and_details_are_shown_on_request(run: Run, case: Path, three: Path) -> None:
    _, out, _ = run(three, "--into", case, answers=typed("c", "d", "q"))
    assert "[the port would stay shut" in out
    assert "rule    subject-verb" in " ".join(out.split("\n"))


def test_a_name_typed_for_somebody_unnamed_is_warned_of(run: Run, case: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Two people close to the talks said that a pause was near.", encoding="utf-8")
    _, out, _ = run(path, "--into", case, answers=typed("note Wanda Orlo says so", "a", "q"))
    assert "look out: " in out
    assert "leave unnamed sources unnamed" in out


def test_options_that_do_not_go_together_are_refused(run: Run, case: Path, three: Path) -> None:
    for words in (
        (three, "--by", "Ann"),
        (three, "--into", case, "--yes"),
        (three, "--into", case, "--out", case.parent / "a.xlsx", "--marked", case.parent / "b.xlsx"),
        ("--into", case),
        ("-", "--into", case),
        (three, "--into", case, "--out", case / "review.yaml"),
        (three, "--into", case, "--out", case.parent / "a.pdf"),
    ):
        status, _, err = run(*words)
        assert status == 2
        assert "Traceback" not in err


def test_check_finds_mistakes_in_the_decisions_too(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(case)]) == 0
    (case / "review.yaml").write_text("accordant-review: 1\nlinks: [{kind: original}]\n", encoding="utf-8")
    assert main(["check", str(case)]) == 2
    assert "review.yaml:2" in capsys.readouterr().err


def test_a_review_file_with_mistakes_is_said_before_any_question(run: Run, case: Path, three: Path) -> None:
    (case / "review.yaml").write_text("accordant-review: 1\ntext: {}\n", encoding="utf-8")
    status, out, err = run(three, "--into", case, answers=typed("a", "q"))
    assert (status, out) == (2, "")
    assert "review.yaml:2" in err
    assert "did you mean 'texts'?" in err
