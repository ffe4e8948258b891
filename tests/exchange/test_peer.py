"""What NegMAS does with our files, we with its, and where its answers differ: runs where it is installed.

``make peers`` puts it into ``.venv-peers``; ``PEER_PYTHON`` names another Python that has it. It is never
imported here, but asked in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import accordant
from accordant.opened import OpenCase
from tests.documents import ROOT
from tests.exchange.genius_files import domain, issue, linear, plain_domain, profile
from tests.exchange.test_bargaining_export import TALKS, TERMS, numbers, opened, preferring

PEER = Path(os.environ.get("PEER_PYTHON", ROOT / ".venv-peers" / "bin" / "python"))
ASK = ROOT / "benchmarks" / "peers" / "traps.py"

pytestmark = pytest.mark.skipif(not PEER.exists(), reason="NegMAS is not installed; try: make peers")


def ask(*calls: Sequence[str], ours: bool = False) -> list[Any]:
    """What functions of traps.py give; with our package and what it needs in reach, or without."""
    path = f"import sys; sys.path += {[str(ROOT), sysconfig.get_paths()['purelib']] if ours else []!r}; "
    start = f"{path}import runpy; runpy.run_path({str(ASK)!r}, run_name='__main__')"
    ran = subprocess.run(
        [str(PEER), "-c", start], input=json.dumps(calls).encode(), capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stderr.decode()
    found = json.loads(ran.stdout)
    assert isinstance(found, list)
    return found


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Small scenarios as files."""
    room = tmp_path_factory.mktemp("scenarios")
    tables = {"Pay": {"low": "10", "high": "40"}, "Car": {"no": "5", "yes": "20"}}
    whole = domain(issue(1, "days", "", "integer", 'lowerbound="10" upperbound="12"'))
    evaluator = '<evaluator ftype="linear" offset="0" slope="0.5"/>'
    made = {
        "scale": (plain_domain(tables), linear(tables, ["0.5", "0.5"], '<reservation value="0.5"/>')),
        "discount": (
            plain_domain(tables),
            linear(tables, ["0.5", "0.5"], '<discount_factor value="0.9"/><reservation value="0.5"/>'),
        ),
        "offset": (whole, profile(issue(1, "days", evaluator, "integer"), weights={1: 1})),
    }
    for name, texts in made.items():
        (room / name).mkdir()
        for file, text in zip(("domain.xml", "a.xml"), texts, strict=True):
            (room / name / file).write_text(text, encoding="utf-8")
    return {name: room / name for name in made}


@pytest.fixture(scope="module")
def answers(folders: dict[str, Path]) -> dict[str, Any]:
    calls = [
        ("noise",), ("floor",), ("spread",), ("shifted",), ("ties",), ("weights",), ("name",), ("boxes",),
        ("scale", str(folders["scale"])), ("discount", str(folders["discount"])),
        ("offset", str(folders["offset"])),
    ]  # fmt: skip
    return {call[0]: found for call, found in zip(calls, ask(*calls), strict=True)}


def test_the_peer_gives_a_dominated_package_for_kalai_smorodinsky(answers: dict[str, Any]) -> None:
    assert "a+c" in answers["noise"]  # 0.3 and 0.6; b+d is worth 0.3 and 0.8


def test_the_peer_puts_the_least_worth_for_no_deal(answers: dict[str, Any]) -> None:
    assert answers["floor"] == ["q"]  # p by the reservations that were given


def test_the_peer_takes_the_least_spread_for_kalai_smorodinsky(answers: dict[str, Any]) -> None:
    assert answers["spread"] == ["p"]  # shares 0.4 and 0.41; q has 0.9 and 0.405


def test_the_peer_compares_reservations_with_worths_of_another_scale(
    answers: dict[str, Any], folders: dict[str, Path]
) -> None:
    ((reserved, least, most),) = answers["scale"]
    assert (reserved, least, most) == (0.5, 7.5, 30)  # so that nothing is refused
    ours = accordant.load(folders["scale"])
    worths, held = numbers(ours.case, "a")
    assert held is not None
    assert held / max(worths) == Fraction(1, 2)
    assert sum(worth < held for worth in worths) == 1  # low and no: 0.25


def test_the_peer_loses_the_reservation_of_a_discounted_profile(
    answers: dict[str, Any], folders: dict[str, Path]
) -> None:
    assert answers["discount"] == [True]
    ours = accordant.load(folders["discount"]).case.preferences["a"]
    assert ours.reservation is not None
    assert ours.delay is not None


def test_the_peer_shifts_numbers_drops_ties_and_fills_weights_in(answers: dict[str, Any]) -> None:
    assert answers["shifted"] == ["q"]  # r is the only efficient one
    assert answers["ties"] == 1  # of two
    assert answers["weights"] == 1.5  # 0.5 and, unsaid, 1
    assert answers["name"][0] == "TypeError"
    assert "multiply" in answers["name"][1]


def test_the_peer_reads_boxes_without_edges_and_slopes_from_nought(
    answers: dict[str, Any], folders: dict[str, Path]
) -> None:
    assert answers["boxes"] == [0, 0, 1, 0]
    assert answers["offset"] == [5, 5.5, 6]
    assert numbers(accordant.load(folders["offset"]).case, "a")[0] == [0, Fraction(1, 2), 1]


def compare(one: OpenCase, theirs: Any, *, scale: str) -> None:
    """What the peer makes of a case: exactly the worths of the case, or all moved and multiplied."""
    for party, there in zip(("north", "south"), theirs, strict=True):
        worths, held = numbers(one.case, party)
        k = next(k for k, worth in enumerate(worths) if worth != worths[0])
        factor = (there["worths"][k] - there["worths"][0]) / float(worths[k] - worths[0])
        if scale == "file":
            assert there["worths"] == pytest.approx([float(worth) for worth in worths])
        for x, y in zip([*worths, held], [*there["worths"], there["reserved"]], strict=True):
            assert x is not None
            expected = there["worths"][0] + factor * float(x - worths[0])
            assert y == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("scale", ["genius", "file"])
@pytest.mark.parametrize("format", ["genius", "negmas"])
def test_the_peer_reads_what_we_write(format: str, scale: Any, tmp_path: Path) -> None:
    opened().save_as(tmp_path / "talks", format, scale)
    (theirs,) = ask(("loads", str(tmp_path / "talks")))
    compare(opened(), theirs, scale=scale)


def test_the_peer_reads_geniusweb_files_of_named_values_and_accepts_the_same(tmp_path: Path) -> None:
    curved = {**TALKS["preferences"]["north"]["worth"], "aid": {"0": 3, "1": 3, "2": 1, "3": 1, "4": 0}}
    one = preferring(
        worth={i: {v: str(w) for v, w in t.items()} if i == "aid" else t for i, t in curved.items()}
    )
    one.save_as(tmp_path / "talks", "geniusweb")
    (theirs,) = ask(("loads", str(tmp_path / "talks")))
    for party, there in zip(("north", "south"), theirs, strict=True):
        worths, held = numbers(one.case, party)
        assert held is not None
        assert [w >= there["reserved"] - 1e-9 for w in there["worths"]] == [worth >= held for worth in worths]


def test_the_peer_reads_boxes_that_we_write_for_it(tmp_path: Path) -> None:
    one = preferring(also=TERMS)
    one.save_as(tmp_path / "boxes", "negmas", "file")
    (theirs,) = ask(("loads", str(tmp_path / "boxes")))
    compare(one, theirs, scale="file")


@pytest.mark.parametrize("kind", ["yml", "json", "genius"])
def test_we_read_what_the_peer_writes(kind: str, tmp_path: Path) -> None:
    (worths,) = ask(("written", str(tmp_path / "talks"), kind))
    found = accordant.load(tmp_path / "talks", scale="file")
    for party, there, held in zip(("north", "south"), worths, ("0.75", "1.5"), strict=True):
        ours, reserved = numbers(found.case, party)
        assert [float(worth) for worth in ours] == pytest.approx(there)
        assert reserved == Fraction(held)


@pytest.mark.parametrize("additive", [True, False])
def test_a_case_is_handed_to_the_peer_as_it_is(additive: bool, tmp_path: Path) -> None:
    one = opened() if additive else preferring(also=TERMS)
    one.save_as(tmp_path / "talks")
    (theirs,) = ask(("handed", str(tmp_path / "talks")), ours=True)
    compare(one, theirs, scale="file")
