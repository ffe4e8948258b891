"""``what-if`` as a person runs it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import accordant as library
from accordant.cli import main
from tests.documents import ROOT, documented_keys, keys, matches, section

CASE = ROOT / "cases" / "january-2024"
OFFER = ("what-if", str(CASE), "--suppose", "agreement(leaders-leave)")


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    status = main(list(words))
    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    return out


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_page_says_how_far_it_is_so_and_what_would_make_it_so(capsys: pytest.CaptureFixture[str]) -> None:
    page = printed(capsys, *OFFER)
    assert max(map(len, page.splitlines())) <= 80
    told = squeezed(page)
    assert "It is so in no setting as the case stands" in told
    assert (
        "What would have to be wrong for it to be possible 1. c10 (Acceptance by Hamas is unlikely); c5"
        in told
    )
    assert "the line 'not departure' is dropped → so in every setting wrong or superseded: c10, c5" in told
    assert "then too: acceptable(leaders-leave, hamas) always (was never)" in told
    assert "Larger sets were not looked for." in told


def test_claims_show_what_falls_and_what_changes(capsys: pytest.CaptureFixture[str]) -> None:
    told = squeezed(printed(capsys, "what-if", str(CASE), "--claim", "c10=false", "--claim", "c5=false"))
    assert "Supposed: c10 is retracted, c5 is retracted" in told
    assert "c10 counts no more (retracted): Acceptance by Hamas is unlikely" in told
    assert "hamas.priorities.1 becomes unsure: wants: not departure" in told
    assert re.search(r"acceptable\(leaders-leave, hamas\) never \d+ of \d+", told)


def test_a_preference_shows_what_stands_against_it(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("what-if", str(CASE), "--prefer", "hamas: truce = lasting > not departure", "--changes", "1")
    told = squeezed(printed(capsys, *words))
    assert "among states that are alike in everything else" in told
    assert "Against it: wants: not departure (hamas.priorities.1)" in told
    assert "a new line, before all others, wants truce = lasting" in told


def test_every_key_of_the_json_is_documented_and_the_other_way_round(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = section((ROOT / "docs" / "json.md").read_text(encoding="utf-8"), "accordant/what-if/1")
    method = section((ROOT / "docs" / "json.md").read_text(encoding="utf-8"), "method")
    documented = documented_keys(page) | documented_keys(method)
    used: set[str] = set()
    for words in (
        OFFER,
        ("what-if", str(CASE), "--suppose", "acceptable(halt-for-captives, israel)"),
        ("what-if", str(CASE), "--claim", "c10=false", "--claim", "c5=false"),
        ("what-if", str(CASE), "--prefer", "hamas: truce = lasting > not departure"),
    ):
        found: dict[str, Any] = json.loads(printed(capsys, *words, "--json"))
        assert found["schema"] == "accordant/what-if/1"
        for path in set(keys(found)):
            fits = {pattern for pattern in documented if matches(pattern, path)}
            assert fits, path
            used |= fits
    never = documented_keys(page) - used
    assert never <= {"claims.inferred.<claim>", "contradictions[]"}


def test_the_command_prints_what_the_library_gives(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(capsys, *OFFER, "--json"))
    result = library.load(CASE).suppose(["agreement(leaders-leave)"])
    assert found == json.loads(json.dumps(result.to_json()))
    assert "What would make it so" in result._repr_html_()


def test_csv_has_a_row_for_each_way(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(capsys, *OFFER, "--csv"))))
    assert {row["kind"] for row in rows} == {"grounds", "changes"}
    assert any(row["against"] == "c10, c5" and row["whose"] == "hamas" for row in rows)


def test_files_are_written_by_their_ending(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("out.json", "out.csv", "out.xlsx", "out.txt"):
        assert main([*OFFER, "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).stat().st_size > 200
    capsys.readouterr()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "nothing is supposed; give --suppose"),
        (("--suppose", "agrement(leaders-leave)"), "is no conclusion; allowed:"),
        (("--state", "s99"), "there is no package 's99'"),
        (("--claim", "c10"), "a claim cannot be ''; allowed: open, confirmed"),
        (("--claim", "c99=true"), "there is no claim or origin 'c99'"),
        (("--prefer", "hamas: departure > peace"), "'peace' is neither a state nor an expression"),
        (("--prefer", "hammas: s1 > s2"), "did you mean 'hamas'"),
        (("--state", "s1", "-c", "nahs"), "did you mean 'nash'"),
        (("--suppose", "agreement-exists", "--changes", "0"), "--changes"),
        (("--suppose", "agreement-exists", "--without", "c99"), "c99"),
    ],
)
def test_bad_input_is_said_and_nothing_else(
    words: tuple[str, ...], told: str, accordant: Callable[..., Any]
) -> None:
    ran = accordant("what-if", CASE, *words)
    assert ran.status == 2
    assert ran.out == ""
    assert told in squeezed(ran.err)
    assert "Traceback" not in ran.err


def test_contradictions_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--suppose", "holds(s1, nash)", "--suppose", "not holds(s1, gmr)")
    told = squeezed(printed(capsys, "what-if", str(CASE), *words))
    assert "Contradiction: holds(s1, nash) cannot be so where holds(s1, gmr) is not" in told
    assert told.index("Contradiction") < told.index("All of it at once is so in no setting")
    assert "so far" not in told
    assert "In the settings in which it is so" not in told


def test_what_contradicts_itself_is_never_so_all_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--suppose", "agreement(fund-plan)", "--suppose", "not agreement-exists")
    found = json.loads(printed(capsys, "what-if", str(ROOT / "cases" / "river"), *words, "--json"))
    assert found["contradictions"]
    assert found["together"]["status"] == "never"
    assert found["where_it_is_so"] == []


def test_claims_are_told_with_their_origin(capsys: pytest.CaptureFixture[str]) -> None:
    told = squeezed(printed(capsys, "what-if", str(CASE), "--claim", "c2=false"))
    case = library.load(CASE).case
    origin = case.origins[case.claims["c2"].origin or ""]
    assert f"{case.claims['c2'].says} (from {origin.words or origin.name or origin.kind})" in told
