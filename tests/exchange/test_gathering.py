"""Which files stand for one case: folders, domains with profiles beside them, and files named one by one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import accordant
from accordant.errors import CaseError, InputError
from accordant.exchange import recognise
from tests.exchange.genius_files import linear, plain_domain

TABLES = {"Pay": {"low": "1", "high": "2"}, "Car": {"no": "0", "yes": "1"}}
PROFILE = linear(TABLES, ["0.5", "0.5"], '<reservation value="0.5"/>')


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """A domain with three profiles, and things that are none."""
    (tmp_path / "a-domain.xml").write_text(plain_domain(TABLES), encoding="utf-8")
    for name in ("side10", "side2", "side1"):
        (tmp_path / f"{name}.xml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "pareto.xml").write_text("<analysis><pareto/></analysis>", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("<utility_space>", encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    return tmp_path


def parties(*paths: Path) -> list[str]:
    return list(accordant.load(*paths).case.parties)


def test_a_folder_and_its_domain_stand_for_all_in_it_in_the_order_people_count_in(talks: Path) -> None:
    assert parties(talks) == parties(talks / "a-domain.xml") == ["side1", "side2", "side10"]


def test_files_named_one_by_one_are_these_and_no_others(talks: Path) -> None:
    assert parties(talks / "a-domain.xml", talks / "side10.xml", talks / "side1.xml") == ["side10", "side1"]
    assert parties(talks / "side2.xml", talks / "a-domain.xml") == ["side2"]


def test_of_two_domains_each_has_the_profiles_that_speak_of_it(talks: Path) -> None:
    other = {"Price": {"x": "1", "y": "2"}, "Car": {"no": "0", "yes": "1"}}
    (talks / "z-domain.xml").write_text(plain_domain(other), encoding="utf-8")
    (talks / "buyer.xml").write_text(linear(other, [1, 1]), encoding="utf-8")
    assert parties(talks / "z-domain.xml") == ["buyer"]
    assert parties(talks / "a-domain.xml") == parties(talks) == ["side1", "side2", "side10"]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["side1.xml"], "is a profile of Genius: what one party wants"),
        (["a-domain.xml", "side1.xml", "side1.xml"], "is named twice"),
        (["a-domain.xml", "side1.xml", "pareto.xml"], "is not a file of Genius"),
        (["a-domain.xml", "gone.xml"], "there is no such file"),
        (["a-domain.xml", "copy.xml"], "is a second domain; one model has one"),
    ],
)
def test_what_does_not_belong_together_is_said(talks: Path, names: list[str], words: str) -> None:
    shutil.copy(talks / "a-domain.xml", talks / "copy.xml")
    with pytest.raises(CaseError, match=words):
        accordant.load(*(talks / name for name in names))


def test_a_case_folder_is_a_case_whatever_lies_beside_it(talks: Path) -> None:
    (talks / "case.yaml").write_text("title: t\nparties: {a: {}}\n", encoding="utf-8")
    assert recognise(talks) is None
    with pytest.raises(InputError, match="is a case by itself"):
        accordant.load(talks / "case.yaml", talks / "side1.xml")


def test_a_folder_of_nothing_that_is_known_is_no_case(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text("<html/>", encoding="utf-8")
    assert recognise(tmp_path) is None
