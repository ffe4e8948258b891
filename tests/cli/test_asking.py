"""What is asked for wrongly: said in the words of the command line, with what to try."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.cases.shipped import CASES

Run = Callable[..., Any]
ELMIRA = str(CASES / "elmira")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("stability", ELMIRA, "--explain"), "try: accordant stability --help"),
        (("path", ELMIRA, "--to"), "try: accordant path --help"),
        (("conformance", "check", "--rows"), "try: accordant conformance check --help"),
        (("--nosuch",), "try: accordant --help"),
        (("tableau", ELMIRA, "--format", "foo"), "--format is 'foo', but has to be one of 'text', 'html'"),
        (("tableau", ELMIRA, "--format", "latex", "-o", "x.html"), "or write -o x.tex"),
        (("tableau", ELMIRA, "--format", "text", "-o", "x.csv"), "contradict each other, as .csv is for csv"),
        (("stability", ELMIRA, "-c", "nash,seq"), "name several one by one: -c nash -c seq"),
        (("stability", ELMIRA, "-c", "fuzzy-seq", "--threshold", "UR="), "--threshold UR= has no number"),
        (("stability", ELMIRA, "-c", "fuzzy-seq", "--threshold", "1", "--threshold", "1/2"), "given twice"),
        (("stability", ELMIRA, "--coalition", "UR"), "a coalition needs two parties or more"),
        (("stability", ELMIRA, "--coalition", "UR+UR"), "names UR twice"),
        (("stability", ELMIRA, "--coalition", "+"), "names nobody"),
        (("coalitions", ELMIRA, "--of", "UR,MoE,UR"), "names UR twice"),
        (("coalitions", ELMIRA, "-c", "sim"), "coalitions covers nash, gmr, smr, seq, sseq, seq-class"),
        (("rests", ELMIRA, "--conclusion", "holds(s5, sim)"), "rests covers nash, gmr, smr, seq, sseq; for"),
        (("rests", ELMIRA, "--conclusion", "holds(s5, sek)"), "did you mean 'seq'?"),
        (("deals", ELMIRA, "--explain", "s99999"), "a state (s1 to s9)"),
        (("new", "nowhere", "--template", "wages"), "allowed: ceasefire, labour, supply, water\n"),
    ],
)
def test_what_cannot_be_answered_is_said_with_what_to_try(
    accordant: Run, words: tuple[str, ...], said: str
) -> None:
    ran = accordant(*words)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert "Value error" not in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("stability", ELMIRA, "--explain", "s5", "Uniroyal Chemical"),
        ("stability", ELMIRA, "--explain", "s5", "the company"),
        ("stability", ELMIRA, "--coalition", "uniroyal+MoE"),
        ("stability", ELMIRA, "-c", "fuzzy-seq", "--threshold", "Uniroyal=0.4"),
        ("coalitions", ELMIRA, "--of", "Uniroyal,MoE"),
        ("require", ELMIRA, "s5", "--party", "ur"),
        ("path", ELMIRA, "--free", "Uniroyal"),
    ],
)
def test_a_party_by_another_name_is_answered_with_its_id(accordant: Run, words: tuple[str, ...]) -> None:
    ran = accordant(*words)
    assert ran.status == 2
    assert ran.err.startswith("error: a party is named by its id: for ")
    assert ran.err.endswith(" write UR\n")


def test_a_case_that_everybody_sees_alike_says_so(accordant: Run) -> None:
    note = "the case gives none, so that each party sees it as it is"
    asked = ("stability", ELMIRA, "--perceived", "-c", "seq")
    assert f"perceptions: {note}." in accordant(*asked).out
    assert json.loads(accordant(*asked, "--json").out)["method"]["parameters"]["perceptions"] == note
    misled = ("stability", str(CASES / "games" / "chicken-misperceived"), "--perceived", "-c", "seq")
    assert note not in accordant(*misled).out


def test_the_tableau_as_csv_leaves_cells_without_improvements_empty(accordant: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(accordant("tableau", ELMIRA, "--csv").out)))
    assert "–" not in {cell for row in rows for cell in row.values()}
    assert all(bool(row["improvements"]) == (row["mark"] != "r") for row in rows)
    assert any(not row["improvements"] for row in rows)
