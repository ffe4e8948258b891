"""What changed since the last version, on top of the brief."""

from __future__ import annotations

from pathlib import Path

import pytest

import accordant
from accordant.brief.document import Brief, Paragraph, Table, plain
from tests.case.casefiles import CLAIMS, folder

SECRET = """\
  c2: {report: r1, quote: if the Front let its leaders go, at: [57, 88], says: the secret words,
       kind: offer, by: south, origin: the-envoy, handling: restricted}
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return folder(tmp_path / "talks")


def edit(path: Path, old: str, new: str, name: str = "case.yaml") -> None:
    text = (path / name).read_text(encoding="utf-8")
    assert old in text
    (path / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def brief(path: Path) -> Brief:
    return accordant.load(path).brief()


def said(made: Brief) -> dict[str, str]:
    return {b.id: plain(b.text) for b in made.blocks() if isinstance(b, Paragraph)}


def rows(made: Brief, table: str) -> list[list[str]]:
    found = next(b for b in made.blocks() if isinstance(b, Table) and b.id == table)
    return [[plain(cell.text) for cell in row.cells] for row in found.rows]


def test_a_brief_without_an_earlier_version_says_nothing_of_change(case: Path) -> None:
    assert "changed" not in [s.id for s in brief(case).sections]
    accordant.load(case).freeze()
    assert "changed" not in [s.id for s in brief(case).sections]


def test_what_changed_comes_first_with_what_moved_each_answer(case: Path) -> None:
    accordant.load(case).freeze()
    edit(case, "attribution: named}", "attribution: named, status: retracted}", "claims.yaml")
    made = brief(case)
    assert made.sections[0].id == "changed"
    assert said(made)["changed-say"].startswith("One change since the version 2024-01-30.")
    assert rows(made, "changed-list") == [
        ["1", "claims", "[1, out]: “North would stop fighting” is retracted now, was open · moves an answer"]
    ]
    offer = next(
        row for row in rows(made, "changed-answers") if row[0] == "offer-1 is acceptable to Southern Front"
    )
    assert offer[1] == "never"
    assert offer[3].split("\n")[0] == "1"
    assert "Southern Front: the line 'not departure' has no ground left" in offer[3]


def test_the_mark_for_direction_goes_with_the_version_that_has_it(case: Path) -> None:
    accordant.load(case).freeze()
    edit(case, "as_of: 2024-01-30", "as_of: 2024-02-06")
    opened = accordant.load(case)
    opened.freeze(direction="none", because="They only met.")
    found = said(brief(case))
    assert found["changed-direction"] == "No clear change, in the view of whoever froze it: They only met."
    assert "None of" in found["changed-say"]
    edit(case, "as_of: 2024-02-06", "as_of: 2024-02-07")
    found = said(brief(case))
    assert found["changed-say"].startswith("One change since the version 2024-02-06.")
    assert found["changed-direction"].startswith("2024-02-06 itself was marked no clear change")


def test_restricted_claims_stay_behind(case: Path) -> None:
    accordant.load(case).freeze()
    (case / "claims.yaml").write_text(CLAIMS + SECRET, encoding="utf-8")
    made = brief(case)
    assert "changed" not in [s.id for s in made.sections]
    assert "secret" not in made.markdown()
    opened = accordant.load(case)
    shown = opened.brief(restricted=["c2"])
    assert "the secret words" in rows(shown, "changed-list")[0][2]


def test_what_was_restricted_then_and_is_gone_now_is_not_told(case: Path) -> None:
    (case / "claims.yaml").write_text(CLAIMS + SECRET, encoding="utf-8")
    accordant.load(case).freeze(direction="none", because="We know the secret words.")
    (case / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    edit(case, "as_of: 2024-01-30", "as_of: 2024-02-06")
    assert "secret" not in brief(case).markdown()
