"""New cases from templates: whole, right, and never over something that is there."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import accordant
from accordant.case.starting import start, template_names
from accordant.errors import FailedError, InputError


def test_the_promised_templates_are_there() -> None:
    assert set(template_names()) >= {"ceasefire", "labour", "water", "supply"}


@pytest.mark.parametrize("template", template_names())
def test_a_new_case_has_no_mistakes(template: str, tmp_path: Path) -> None:
    made = start(tmp_path / "talks", template)
    opened = accordant.load(made)
    assert opened.case.title
    assert not [p for p in opened.problems if p.severity == "error"]


def test_a_labour_case_starts_with_everything_that_bargaining_over_numbers_needs(tmp_path: Path) -> None:
    opened = accordant.load(start(tmp_path / "talks", "labour"))
    case = opened.case
    assert any(issue.unit and issue.range and issue.transfer for issue in case.issues.values())
    assert {type(p.reservation.worth) for p in case.preferences.values() if p.reservation} == {tuple, Decimal}
    assert any(preference.delay for preference in case.preferences.values())
    assert sum(bool(p.date and p.note) for p in case.proposals.values()) >= 3
    assert {term.kind for term in case.terms.values()} == {"guarantee", "inducement"}
    (staged,) = [id_ for id_, p in case.proposals.items() if p.stages and p.terms]
    answers = opened.deals().proposals
    assert {answers[staged].agreement, answers["union-demand"].agreement} == {"yes", "no"}
    kinds = [step.kind for step in opened.concessions().steps]
    assert (len(kinds), kinds[2]) == (4, "concession")


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "talks").mkdir()
    assert (start(tmp_path / "talks") / "case.yaml").is_file()


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        start(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "talks").write_text("mine")
    with pytest.raises(InputError, match="is a file"):
        start(tmp_path / "talks")
    assert (tmp_path / "talks").read_text() == "mine"


def test_an_unknown_template_names_the_nearest_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="did you mean 'labour'"):
        start(tmp_path / "talks", "labor")
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_one_message_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(FailedError) as caught:
        start(tmp_path / "talks")
    assert str(caught.value) == f"{tmp_path / 'talks'} cannot be written: No space left on device"
    assert not list(tmp_path.iterdir())
