"""What ``accordant coalitions`` prints and writes."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from accordant.cli import main
from tests.documents import ROOT, documented_keys, keys, matches, section

ELMIRA = str(ROOT / "cases" / "elmira")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(["coalitions", *words])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_page_tells_the_jump_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, ELMIRA, "-c", "nash")
    assert status == 0
    text = " ".join(out.split())
    assert "can together move from s5 to s8, which both like better" in text
    assert re.search(r"MoE\+UR s5 s8 MoE to s6; UR to s8 nash always", text)
    assert re.search(r"MoE\+UR s2, s5, s6", text)


def test_why_each_coalition_stays_or_not(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, ELMIRA, "--of", "MoE,UR", "--explain", "s5", "-c", "gmr", "-c", "seq")
    assert status == 0
    text = " ".join(out.split())
    assert "MoE+UR at s5, gmr: does not stay" in text
    assert "nobody else gains by a move from there, so they do not stay." in text


def test_csv_has_a_row_per_coalition_and_state(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, ELMIRA, "--csv", "--of", "MoE+UR", "--of", "LG")
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[0] == ["coalition", "state", "nash", "gmr", "smr", "seq", "sseq"]
    assert len(rows) == 1 + 2 * 9
    assert rows[5] == ["MoE+UR", "s5", "no", "no", "no", "no", "no"]


@pytest.mark.parametrize("case", ["elmira", "river", "labour"])
def test_every_key_is_documented_and_the_other_way_round(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, str(ROOT / "cases" / case), "--json", "--explain", "s1")
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    own = documented_keys(section(page, found["schema"]))
    documented = own | documented_keys(section(page, "method"))
    used = set()
    for path in set(keys(found)):
        fits = {pattern for pattern in documented if matches(pattern, path)}
        assert fits, path
        used |= fits
    if case == "elmira":
        assert not {k for k in own - used if not any(u.startswith(k + ".") for u in used)}


def test_json_goes_to_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "found.json"
    status, out, _ = run(capsys, ELMIRA, "-o", str(file), "--from", "s5", "--pareto")
    assert (status, out) == (0, "")
    found = json.loads(file.read_text(encoding="utf-8"))
    assert {i["from"] for i in found["improvements"] if not i["jumps"]} <= {"s5"}
    assert found["method"]["parameters"]["better for a coalition"] == "for some member and worse for none"


def test_the_coalitions_of_the_case(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, ELMIRA, "--of", "given", "-c", "nash", "--json")
    assert json.loads(out)["coalitions"] == [["MoE", "UR"]]
    status, _, err = run(capsys, str(ROOT / "cases" / "labour"), "--of", "given")
    assert status == 2
    assert "the case gives no coalitions" in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--of", "MoE,URR"), "did you mean 'UR'"),
        (("--concept", "l2"), "coalitions covers nash"),
        (("--concept", "zz"), "known: nash"),
        (("--from", "s10"), "there is no state 's10'"),
    ],
)
def test_mistakes_are_said_with_status_2(
    words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, ELMIRA, *words)
    assert (status, out) == (2, "")
    assert says in err
