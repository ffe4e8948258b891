"""``accordant read`` as a person uses it: pages, JSON, CSV, the text, and questions answered line by line."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from pathlib import Path

import pytest

import accordant as library
from accordant.case.grounds import unnamed_claims
from accordant.case.sources import Claim
from accordant.cli import main
from accordant.errors import FailedError
from tests.documents import ROOT, documented_keys, keys, matches, section
from tests.evidence.read_helpers import REPORTS, Run

REWRITE = REPORTS / "rewrite-web.txt"
SHORT = "Two people close to the talks said that the Northern Council has offered a pause."


@pytest.fixture
def short(tmp_path: Path) -> Path:
    path = tmp_path / "short.txt"
    path.write_text(SHORT, encoding="utf-8")
    return path


def test_a_page_shows_the_exact_words_in_their_sentence(run: Run) -> None:
    status, out, err = run(REWRITE)
    assert (status, err) == (0, "")
    flat = " ".join(out.split())
    assert (
        "[The Northern Council has proposed that the leaders of the Southern Front leave the Sarn valley for "
        "a third country], two people with direct knowledge of the discussions told the Harbour Courier."
        in flat
    )
    assert "two people with direct knowledge of the discussions: described, 2 people" in flat
    assert "k2 offer, inside k1" in flat
    assert "Credits Harbour Courier." in flat
    assert "Not read for claims." in flat
    assert all(len(line) <= 80 for line in out.splitlines())


@pytest.mark.parametrize("report", sorted(REPORTS.iterdir()), ids=lambda p: p.name)
def test_every_page_fits_80_columns(run: Run, report: Path) -> None:
    status, out, _ = run(report)
    assert status == 0
    assert max(len(line) for line in out.splitlines()) <= 80


def test_json_is_the_result_of_the_library(run: Run) -> None:
    status, out, _ = run(REWRITE, "--json")
    assert status == 0
    assert json.loads(out) == library.read(REWRITE).to_json()


def test_json_of_several_reports_is_a_list(run: Run) -> None:
    _, out, _ = run(REWRITE, REPORTS / "dock-strike.txt", "--json")
    assert [r["report"]["file"] for r in json.loads(out)] == ["rewrite-web.txt", "dock-strike.txt"]


def test_every_key_of_the_json_is_documented_and_the_other_way_round() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    documented = documented_keys(section(page, "accordant/read/1"))
    method = documented_keys(section(page, "method"))
    used: set[str] = set()
    for report in sorted(REPORTS.iterdir()):
        found = library.read(report, "2031-03-12").to_json()
        for path in set(keys(found)):
            fits = {pattern for pattern in documented | method if matches(pattern, path)}
            assert fits, f"{path} is not in docs/json.md"
            used |= fits
    assert not {k for k in documented - used if not k.startswith("claims[].source.anonymity")}


def test_the_text_is_what_offsets_refer_to(run: Run) -> None:
    _, text, _ = run(REPORTS / "page.html", "--text")
    _, out, _ = run(REPORTS / "page.html", "--json")
    for claim in json.loads(out)["claims"]:
        assert text[slice(*claim["at"])] == claim["quote"]


def test_csv_has_a_row_for_each_suggestion(run: Run) -> None:
    _, out, _ = run(REWRITE, REPORTS / "dock-strike.txt", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["report"] for row in rows} == {"rewrite-web.txt", "dock-strike.txt"}
    assert rows[0]["count"] == "2"


def test_a_date_given_by_hand_closes_what_was_open(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The union said that it had left this month.", encoding="utf-8")
    _, out, _ = run(path, "--published", "2031-03-12")
    assert "this month (2031-03-01 to 2031-03-31)" in out
    status, _, err = run(path, "--published", "March")
    assert status == 2
    assert "YYYY-MM-DD" in err


def test_a_report_that_cannot_be_read_is_said_and_the_others_go_on(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_bytes("Zürich".encode("latin-1"))
    status, out, err = run(broken, REWRITE, tmp_path / "gone.txt")
    assert status == 2
    assert "Credits Harbour Courier." in out
    assert "not UTF-8: byte 1" in err
    assert "gone.txt: there is no such file" in err
    status, out, err = run(broken, "--json")
    assert (status, out) == (2, "")
    assert "Traceback" not in err


def test_flags_that_exclude_each_other_are_refused(run: Run, case: Path) -> None:
    for flags in (("--json", "--csv"), ("--text", "--json"), ("--into", case, "--json")):
        status, out, err = run(REWRITE, *flags)
        assert (status, out) == (2, "")
        assert "choose one of" in err
    assert run(REWRITE, REWRITE, "--text")[0] == 2


def test_what_is_accepted_is_written_whole_and_checks(run: Run, case: Path, short: Path) -> None:
    status, out, _ = run(short, "--into", case, answers="a\nq\n")
    assert status == 0
    assert "1 accepted, 0 rejected, 0 skipped." in out
    opened = library.load(case)
    (claim,) = [c for c in opened.case.claims.values() if c.report == "r1"]
    assert claim.quote == "the Northern Council has offered a pause"
    assert (claim.kind, claim.by, claim.attribution, claim.grade) == ("offer", "north", "described", "F6")
    assert (case / "reports" / "short.txt").read_bytes() == SHORT.encode()
    assert "# Where the words come from" in (case / "claims.yaml").read_text(
        encoding="utf-8"
    )  # comments stay


def test_fields_are_asked_for_and_wrong_answers_are_answered(run: Run, case: Path, short: Path) -> None:
    answers = [
        "e",
        "North offers a pause",
        "offr", "offer",
        "nroth", "north",
        "new",
        "described", "two insiders", "-", "0", "2", "Courier", "none",
        "G", "C",
        "9", "3", "two desks know them",
        "soon", "2031-03",
        "q",
    ]  # fmt: skip
    status, out, _ = run(short, "--into", case, answers="\n".join(answers) + "\n")
    assert status == 0
    assert "did you mean 'offer'?" in out
    assert "did you mean 'north'?" in out
    assert "A whole number from 1" in out
    assert "A grade is a letter A to F, each by itself." in out
    assert "A grade is a number 1 to 6, each by itself." in out
    assert "A date such as" in out
    opened = library.load(case).case
    claim = next(c for c in opened.claims.values() if c.report == "r1")
    assert (claim.says, claim.grade, claim.event) == ("North offers a pause", "C3", "2031-03")
    assert claim.origin is not None
    origin = opened.origins[claim.origin]
    assert (origin.words, origin.count, origin.outlet, origin.side) == ("two insiders", 2, "Courier", "none")


def test_undo_skip_reject_and_help(run: Run, case: Path, short: Path) -> None:
    status, out, _ = run(short, "--into", case, answers="u\n?\nxx\na\nu\nr\ns\n")
    assert status == 0
    assert "There is nothing to undo." in out
    assert "Answer with one of" in out
    assert "quit, and keep what was decided" in out
    assert "0 accepted, 1 rejected, 1 skipped." in out
    assert "The decisions are kept in" in out
    assert not (case / "reports" / "short.txt").exists()


def test_a_second_reading_adds_only_what_is_new(run: Run, case: Path, short: Path) -> None:
    run(short, "--into", case, answers="a\nq\n")
    before = (case / "claims.yaml").read_bytes()
    _, out, _ = run(short, "--into", case, answers="q\n")
    assert "Decided on before: 1 in the case; 1 to go." in out
    assert (case / "claims.yaml").read_bytes() == before
    run(short, "--into", case, answers="a\n")
    opened = library.load(case).case
    assert len([r for r in opened.reports.values() if r.file == "reports/short.txt"]) == 1
    assert opened.claims["c4"].within == "c3"


def test_when_the_answers_end_too_soon_nothing_is_written(run: Run, case: Path) -> None:
    before = {p: p.read_bytes() for p in case.rglob("*") if p.is_file()}
    status, _, err = run(REWRITE, "--into", case, answers="a\na\n")
    assert status == 2
    assert "the answers ended before the questions did: nothing is written" in err
    assert {p: p.read_bytes() for p in case.rglob("*") if p.is_file()} == before


def test_answers_that_never_fit_come_to_an_end(run: Run, case: Path) -> None:
    status, _, err = run(REWRITE, "--into", case, answers="maybe\n" * 1000)
    assert status == 2
    assert "none that fits" in err


@pytest.mark.parametrize(("keep", "kept", "status"), [("y", 1, 0), ("n", 0, 130)])
def test_ctrl_c_asks_whether_to_keep_what_was_accepted(
    case: Path, monkeypatch: pytest.MonkeyPatch, keep: str, kept: int, status: int
) -> None:
    typed = iter(["a", KeyboardInterrupt(), keep])

    def line(_prompt: str = "") -> str:
        answer = next(typed)
        if isinstance(answer, KeyboardInterrupt):
            raise answer
        return answer

    monkeypatch.setattr("builtins.input", line)
    assert main(["read", str(REWRITE), "--into", str(case)]) == status
    claims = library.load(case).case.claims
    assert len([c for c in claims.values() if c.report == "r1"]) == kept


def test_ctrl_c_before_anything_was_accepted_just_stops(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def line(_prompt: str = "") -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", line)
    assert main(["read", str(REWRITE), "--into", str(case)]) == 130
    assert "nothing is written" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_said_before_any_question(run: Run, case: Path) -> None:
    case.chmod(0o500)
    try:
        status, out, err = run(REWRITE, "--into", case, answers="a\n")
    finally:
        case.chmod(0o700)
    assert (status, out) == (1, "")
    assert "cannot be written to" in err


def test_when_writing_fails_the_work_is_handed_back(
    run: Run, case: Path, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise FailedError("the disk is full")

    monkeypatch.setattr("accordant.case.folder.CaseFolder.save", fail)
    status, out, err = run(short, "--into", case, answers="a\nq\n")
    assert status == 1
    assert "the disk is full" in err
    assert "quote: the Northern Council has offered a pause" in out


def test_several_reports_are_gone_through_in_turn(run: Run, case: Path, short: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    shutil.copy(short, other)
    other.write_text(SHORT + " It rained.", encoding="utf-8")
    status, out, _ = run(short, other, "--into", case, answers="a\ns\na\ns\n")
    assert status == 0
    assert {"r1", "r2"} <= set(library.load(case).case.reports)
    _, out, _ = run(REWRITE, short, "--into", case, answers="q\n")
    assert "short.txt" not in out  # q stops altogether


def test_a_case_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    status, _, err = run(REWRITE, "--into", tmp_path / "nowhere")
    assert status == 2
    assert "accordant new" in err


def test_a_report_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"The union said that \x1b[31mthe port\x1b]0;x\x07 is open.")
    for flags in ((), ("--text",), ("--csv",), ("--json",)):
        _, out, _ = run(path, *flags)
        assert "\x1b" not in out
        assert "\x07" not in out


def added_to(case: Path) -> dict[str, Claim]:
    return {i: c for i, c in library.load(case).case.claims.items() if c.report == "r1"}


@pytest.mark.parametrize(
    ("text", "quote", "says"),
    [
        (
            "The Southern Front refuses to release captives.",
            "The Southern Front refuses to release captives",
            "The Southern Front refuses to release captives",
        ),
        (
            "The Southern Front said that it was ready. It denied that it had agreed to a truce.",
            "It denied that it had agreed to a truce",
            "The Southern Front denied that it had agreed to a truce",
        ),
        (
            "The Southern Front rejected a lasting truce.",
            "The Southern Front rejected a lasting truce",
            "The Southern Front rejected a lasting truce",
        ),
    ],
)
def test_a_refusal_enters_the_case_as_a_refusal(
    run: Run, case: Path, tmp_path: Path, text: str, quote: str, says: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    status, out, _ = run(path, "--into", case, answers="a\nq\n" if text.count(".") == 1 else "s\na\nq\n")
    assert status == 0
    (claim,) = added_to(case).values()
    assert (claim.quote, claim.says) == (quote, says)
    assert text[slice(*claim.at)] == quote
    assert f"claim   {quote}" in out
    (case / "review.yaml").unlink()  # what is in the case is known by its place too
    assert "Decided on before: 1 in the case" in run(path, "--into", case, answers="s\nq\n")[1]


def test_a_claim_inside_one_that_was_skipped_brings_who_tells_it(run: Run, case: Path, short: Path) -> None:
    status, out, _ = run(short, "--into", case, answers="s\na\n")
    assert status == 0
    assert "Inside k1 (Two people close to the talks), which you skipped" in out
    assert "k1 was taken in too: it tells k2." in out
    claims = added_to(case)
    outer, inner = claims["c3"], claims["c4"]
    assert (outer.attribution, inner.within, inner.attribution) == ("described", "c3", "named")
    assert {"c3", "c4"} <= unnamed_claims(library.load(case).case)


def test_a_claim_inside_one_that_was_rejected_keeps_who_tells_it(run: Run, case: Path, short: Path) -> None:
    status, out, _ = run(short, "--into", case, answers="r\na\n")
    assert status == 0
    assert "Inside k1 (Two people close to the talks), which you rejected" in out
    opened = library.load(case).case
    ((id_, claim),) = added_to(case).items()
    assert (claim.by, claim.within, claim.attribution) == ("north", None, "described")
    assert claim.origin is not None
    assert (opened.origins[claim.origin].kind, opened.origins[claim.origin].count) == ("described", 2)
    assert id_ in unnamed_claims(opened)


def test_undoing_a_skip_leaves_nothing_behind(run: Run, case: Path, short: Path) -> None:
    run(short, "--into", case, answers="s\nu\na\ns\n")
    (claim,) = added_to(case).values()
    assert claim.quote == "the Northern Council has offered a pause"


def test_headlines_and_what_was_not_read_are_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Union says port is open\n\nThe union said that the port is open. It rained. Although it is late.\n",
        encoding="utf-8",
    )
    _, out, _ = run(path)
    assert ", headline  [" in out
    assert "2 of 4 sentences were not read as claims." in out
    assert "fragment: Not a full sentence" in out


def test_a_case_with_mistakes_says_what_to_do_before_claims_are_read_in(
    run: Run, case: Path, short: Path
) -> None:
    path = case / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("issues:", "isues:", 1), encoding="utf-8")
    status, out, err = run(short, "--into", case, answers="a\nq\n")
    assert (status, out) == (2, "")
    assert "isues" in err
    flat = " ".join(err.split())
    assert "claims can be read in once the mistakes above are mended" in flat
    assert "a because can be added" not in flat
