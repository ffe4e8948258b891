"""``link``: a person decides on each link, and what was decided is kept."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import accordant as library
from tests.cli.conftest import Ran

Command = Callable[..., Ran]
JANUARY = Path(__file__).parents[2] / "cases" / "january-2024"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The January case without the links that its authors have made between its reports."""
    folder = tmp_path / "january"
    shutil.copytree(JANUARY, folder)
    (folder / "review.yaml").unlink(missing_ok=True)
    file = folder / "claims.yaml"
    kept = [
        line
        for line in file.read_text(encoding="utf-8").splitlines(keepends=True)
        if not line.strip().startswith(("original:", "contradicts:", "confirms:"))
    ]
    file.write_text("".join(kept), encoding="utf-8")
    return folder


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def given(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(line + "\n" for line in lines)))

    return given


def open_links(accordant: Command, case: Path) -> list[tuple[str, str, str]]:
    rows = csv.DictReader(accordant("link", case, "--csv").out.splitlines())
    return [(row["link"], row["one"], row["other"]) for row in rows]


def test_the_links_of_january_are_those_of_a_careful_reader(accordant: Command, case: Path) -> None:
    found = open_links(accordant, case)
    assert ("original", "rewrite", "exclusive") in found
    assert ("confirms", "s3", "c3") in found
    assert ("contradicts", "d1", "w4") in found
    assert [link for link in found if link[0] == "original"] == [("original", "rewrite", "exclusive")]


def test_what_the_case_links_already_is_not_asked(accordant: Command) -> None:
    found = open_links(accordant, JANUARY)
    assert not [link for link in found if link[0] in ("original", "contradicts")]


def test_accepted_links_enter_the_case_and_are_not_asked_again(
    accordant: Command, case: Path, typing: Callable[..., None]
) -> None:
    before = open_links(accordant, case)
    typing(*["a"] * len(before))
    ran = accordant("link", case, "--by", "ann")
    assert (ran.status, ran.err) == (0, "")
    after = library.load(case).case
    assert after.reports["rewrite"].original == "exclusive"
    assert "c3" in after.claims["s3"].confirms
    assert "w4" in after.claims["d1"].contradicts
    assert open_links(accordant, case) == []
    assert "by: ann" in (case / "review.yaml").read_text(encoding="utf-8")
    assert "No link is open." in accordant("link", case).out


def test_rejected_links_change_nothing_and_are_not_asked_again(
    accordant: Command, case: Path, typing: Callable[..., None]
) -> None:
    digest = library.load(case).folder.digest
    count = len(open_links(accordant, case))
    typing("r another story", *["r"] * (count - 1))
    assert accordant("link", case).status == 0
    assert library.load(case).folder.digest == digest
    assert open_links(accordant, case) == []
    assert "another story" in (case / "review.yaml").read_text(encoding="utf-8")


def test_skipped_links_come_again_only_when_asked_for(
    accordant: Command, case: Path, typing: Callable[..., None]
) -> None:
    before = open_links(accordant, case)
    typing(*["s"] * len(before))
    accordant("link", case)
    assert open_links(accordant, case) == []
    again = json.loads(accordant("link", case, "--again", "--json").out)
    assert len(again["links"]) == len(before)


def test_undo_takes_steps_back_and_quit_keeps_the_rest(
    accordant: Command, case: Path, typing: Callable[..., None]
) -> None:
    before = open_links(accordant, case)
    typing("u", "a", "r", "u", "u", "s", "q")
    ran = accordant("link", case)
    assert "There is nothing to undo." in ran.out
    assert "1 skipped." in ran.out
    assert library.load(case).case.reports["rewrite"].original is None
    assert open_links(accordant, case) == before[1:]


def test_the_other_way_round_turns_it(accordant: Command, case: Path, typing: Callable[..., None]) -> None:
    typing("o", "q")
    accordant("link", case)
    reports = library.load(case).case.reports
    assert (reports["exclusive"].original, reports["rewrite"].original) == ("rewrite", None)
    assert not [link for link in open_links(accordant, case) if link[0] == "original"]


def test_too_few_answers_write_nothing(accordant: Command, case: Path, typing: Callable[..., None]) -> None:
    before = (case / "claims.yaml").read_bytes()
    typing("a")
    ran = accordant("link", case)
    assert ran.status == 2
    assert "nothing is written" in ran.err
    assert (case / "claims.yaml").read_bytes() == before
    assert not (case / "review.yaml").exists()


def test_restricted_words_stay_behind_unless_they_are_named(accordant: Command, case: Path) -> None:
    file = case / "claims.yaml"
    text = file.read_text(encoding="utf-8")
    place = text.index("  c3:\n") + len("  c3:\n")
    file.write_text(text[:place] + "    handling: restricted\n" + text[place:], encoding="utf-8")
    words = "still there after almost four months"
    assert words not in accordant("link", case, "--json").out
    assert words not in accordant("link", case, "--csv").out
    assert words in accordant("link", case, "--json", "--restricted", "c3").out


def test_the_json_has_every_link_with_its_places(accordant: Command, case: Path) -> None:
    data = json.loads(accordant("link", case, "--json").out)
    assert data["schema"] == "accordant/link/1"
    opened = library.load(case)
    for link in data["links"]:
        for side in link["sides"]:
            if side["at"] is not None:
                claim = opened.case.claims[side["id"]]
                assert (list(claim.at), claim.quote) == (side["at"], side["quote"])
    assert {edge["kind"] for edge in data["told"]["edges"]} >= {"told", "published"}


def test_a_file_of_another_program_is_refused(accordant: Command, tmp_path: Path) -> None:
    assert accordant("link", tmp_path / "nothing").status == 2


def test_names_of_one_party_are_asked_about(accordant: Command, case: Path) -> None:
    file = case / "claims.yaml"
    text = file.read_text(encoding="utf-8")
    place = text.index("\n  s3:")
    text = text[:place] + text[place:].replace("origin: israel-government", "origin: jerusalem", 1)
    text = text.replace("origins:\n", "origins:\n  jerusalem: {kind: institution, name: Jerusalem}\n", 1)
    file.write_text(text, encoding="utf-8")
    main = case / "case.yaml"
    named = main.read_text(encoding="utf-8")
    main.write_text(named.replace("aliases: [Israel,", "aliases: [Jerusalem, Israel,", 1), encoding="utf-8")
    links = json.loads(accordant("link", case, "--json").out)["links"]
    (link,) = [k for k in links if k["kind"] == "one-origin" and "jerusalem" in k["of"]]
    assert sorted(link["of"]) == ["israel-government", "jerusalem"]
    assert link["because"] == "both are names of israel"


def test_a_correction_is_asked_about_and_what_it_supersedes(
    accordant: Command, tmp_path: Path, typing: Callable[..., None]
) -> None:
    folder = corrected(tmp_path)
    links = json.loads(accordant("link", folder, "--json").out)["links"]
    found = {(k["kind"], *k["of"]): k for k in links}
    assert found["corrects", "r2", "r1"]["because"].startswith("it says that it corrects an earlier report")
    assert found["superseded", "c1", "c2"]["differs"] == ["84", "48"]
    assert not [k for k in found if k[0] in ("original", "contradicts")]
    typing(*["a"] * len(links))
    assert accordant("link", folder).status == 0
    case = library.load(folder).folder.case
    assert (case.reports["r2"].original, case.claims["c1"].status) == ("r1", "superseded")
    assert json.loads(accordant("link", folder, "--json").out)["links"] == []


def corrected(at: Path) -> Path:
    """A case with a report and its correction, one claim in each."""
    folder = at / "talks"
    (folder / "reports").mkdir(parents=True)
    shared = {"outlet": "Almar Wire", "title": "Movement holds captives in Sill"}
    origin = {"kind": "described", "words": "three officials", "count": 3, "outlet": "Almar Wire"}
    reports, claims = {}, {}
    note = "An earlier version of this report said 84 captives. Almar Wire withdraws the number of 84.\n\n"
    for k, (number, before) in enumerate(((84, ""), (48, note.replace("said 84", "in error said 84"))), 1):
        quote = f"The Movement holds {number} captives in the valley of Sill"
        text = f"{before}{quote}, three officials told Almar Wire.\n"
        (folder / "reports" / f"r{k}.txt").write_text(text, encoding="utf-8")
        sha = hashlib.sha256(text.encode()).hexdigest()
        reports[f"r{k}"] = {
            "file": f"reports/r{k}.txt",
            "sha256": sha,
            "published": f"2031-03-{8 + k:02}",
            **shared,
        }
        place = [text.index(quote), text.index(quote) + len(quote)]
        said = {"quote": quote, "at": place, "says": quote, "kind": "capability", "origin": "officials"}
        claims[f"c{k}"] = {"report": f"r{k}", "attribution": "described", **said}
    sources = {"reports": reports, "origins": {"officials": origin}, "claims": claims}
    (folder / "claims.yaml").write_text(json.dumps(sources, indent=1), encoding="utf-8")
    (folder / "case.yaml").write_text(
        "accordant: 1\ntitle: Talks\nparties:\n  sill: {name: Sill}\n  dolm: {name: Dolm}\n"
        "issues:\n  truce: {by: sill, assumed: Its own.}\n",
        encoding="utf-8",
    )
    return folder
