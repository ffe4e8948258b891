"""The texts of the shipped reports: ours, and not each other's."""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import combinations
from pathlib import Path

import pytest

from tests.cases.shipped import CASES, TEMPLATES

TEXTS = sorted([*CASES.rglob("reports/*.txt"), *TEMPLATES.rglob("reports/*.txt")])
FOUNDING = sorted((CASES / "january-2024").rglob("*.*"))
LONGEST = 6
"""Most words that two texts may share in a row, less one."""


def runs(text: str, n: int = LONGEST) -> set[str]:
    """Every run of n words, without case and punctuation."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    return {" ".join(words[k : k + n]) for k in range(len(words) - n + 1)}


def body(path: Path) -> str:
    """The text without its first line, which says what it is."""
    return path.read_text("utf-8").partition("\n")[2]


def digest(run: str) -> str:
    return blake2b(run.encode(), digest_size=8, salt=b"accordant").hexdigest()


@pytest.mark.parametrize("path", FOUNDING, ids=lambda p: p.name)
def test_the_founding_case_shares_no_run_of_six_words_with_the_page_it_began_with(path: Path) -> None:
    # The page itself is not ours to ship; its runs of six words are here as digests.
    theirs = set((Path(__file__).parent / "founding-page.digests").read_text("utf-8").split())
    shared = {run for run in runs(path.read_text("utf-8")) if digest(run) in theirs}
    assert shared == set()


@pytest.mark.parametrize(
    "folder",
    sorted({p.parent for p in TEXTS if len(list(p.parent.glob("*.txt"))) > 1}),
    ids=lambda f: f.parent.name,
)
def test_no_report_repeats_another(folder: Path) -> None:
    for one, other in combinations(sorted(folder.glob("*.txt")), 2):
        assert runs(body(one)) & runs(body(other)) == set(), (one.name, other.name)


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: f"{p.parts[-3]}-{p.stem}")
def test_every_report_says_what_it_is_in_its_first_line(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert re.search(r"omposed for this case|^Example report", first)


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: f"{p.parts[-3]}-{p.stem}")
def test_every_report_is_plain_text_in_utf8_with_one_paragraph_a_line(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert "\r" not in text
    assert "\t" not in text
    assert text.endswith("\n")
    assert not text.startswith("\ufeff")
