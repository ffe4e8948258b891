"""The scorer: annotations find their places, and agreement is counted by the definition."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from accordant.errors import CaseError, InputError
from accordant.evidence.reading import read_report
from accordant.evidence.scoring import agreement, annotations_in, score
from accordant.evidence.scoring.annotations import Annotated
from accordant.evidence.scoring.marks import Mark, reader_marks
from accordant.evidence.scoring.measures import MEASURES, Tally, compared
from accordant.evidence.scoring.places import occurrences
from accordant.evidence.scoring.schema import FILE, text
from accordant.evidence.spans import Span

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "corpus"
REPORT = (
    "Two people close to the talks told the Harbour Courier that a pause is near. "
    "“We will wait,” said Ida Renn, “until the road is open.” It is known that the road is closed. "
    "Asked whether she would sign, Renn did not answer.\n"
)
MARKS = """\
accordant-annotations: 1
report: note.txt
sha256: {sha}
about: {{genre: note, domain: diplomacy, published: 2031-01-02}}
claims:
  - {{id: a1, content: a pause is near, cue: told, source: Two people close to the talks,
     kind: described, attribution: described, count: 2, told: the Harbour Courier}}
  - {{id: a2, content: ["“We will wait,”", "“until the road is open.”"], cue: said, source: Ida Renn,
     kind: named, attribution: named, count: 1, act: promise}}
  - {{id: a3, content: the road is closed, cue: It is known, source: "", kind: unattributed,
     attribution: unattributed, cue_type: other}}
not_claims: ["Asked whether she would sign, Renn did not answer."]
"""


def written(folder: Path, marks: str = MARKS, report: str = REPORT) -> Path:
    raw = report.encode()
    (folder / "note.txt").write_bytes(raw)
    path = folder / "note.yaml"
    path.write_text(marks.format(sha=hashlib.sha256(raw).hexdigest()), encoding="utf-8")
    return path


def marks_of(one: Annotated) -> list[Mark]:
    return reader_marks(one, read_report(one.raw, one.marks.report).sentences)


def test_a_report_that_the_rules_read_as_marked_scores_full(tmp_path: Path) -> None:
    written(tmp_path)
    found = score([tmp_path])
    assert {name: found.total(name).f1 for name in MEASURES} == dict.fromkeys(MEASURES, 1.0)
    assert found.trapped == (0, 1)
    assert found.reports[0].differences == ()


def test_what_is_missed_extra_or_different_is_said(tmp_path: Path) -> None:
    wrong = MARKS.replace("content: a pause is near", "content: pause is near").replace(
        "not_claims",
        "  - {{id: a4, content: open, cue: answer, source: Renn, kind: named, attribution: named}}\n"
        "not_claims",
    )
    written(tmp_path, wrong)
    found = score([tmp_path])
    assert found.total("content") == Tally(2, 3, 4)
    assert found.total("linked-speech") == Tally(1, 2, 3)
    assert [d.what for d in found.reports[0].differences] == ["content", "missed"]


def test_a_suggestion_in_a_trap_is_counted(tmp_path: Path) -> None:
    written(tmp_path, MARKS.replace("Asked whether she would sign, Renn did not answer.", "It is known"))
    assert score([tmp_path]).trapped == (1, 1)


def test_every_mistake_in_an_annotation_is_said_with_its_line(tmp_path: Path) -> None:
    wrong = (
        MARKS.replace("content: the road is closed", "content: the road is shut")
        .replace("id: a2", "id: a1")
        .replace("not_claims:", "flags: [{{kind: status-conflikt}}]\nnot_claims:")
    )
    path = written(tmp_path, wrong)
    with pytest.raises(CaseError) as error:
        annotations_in([path])
    said = [str(p) for p in error.value.problems]
    assert any("content does not stand in the report" in s and ":10:" in s for s in said)
    assert any("used twice" in s for s in said)
    assert any("did you mean 'status-conflict'" in s for s in said)


def test_a_report_that_has_changed_since_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "note.txt").write_text(REPORT + "More.", encoding="utf-8")
    with pytest.raises(CaseError, match="has changed since it was annotated"):
        annotations_in([path])


def test_where_there_is_no_annotation_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no annotated reports"):
        annotations_in([tmp_path])
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="no annotation"):
        annotations_in([tmp_path / "a.txt"])


def test_words_are_found_whatever_the_white_space_and_only_whole() -> None:
    assert occurrences("no nobody\nno  one", "no") == [Span(0, 2), Span(10, 12)]
    assert occurrences("no nobody\nno  one", "no one") == [Span(10, 17)]


def test_near_chooses_the_place(tmp_path: Path) -> None:
    report = "A said yes. B said yes.\n"
    marks = (
        "accordant-annotations: 1\nreport: note.txt\nsha256: {sha}\n"
        "about: {{genre: note, domain: test}}\nclaims:\n  - {{id: a1, near: B said yes, content: yes, "
        "cue: said, source: B, kind: named, attribution: named}}\n"
    )
    (one,) = annotations_in([written(tmp_path, marks, report)])
    assert (one.placed[0].source, one.placed[0].cue) == (Span(12, 13), Span(14, 18))


def test_a_mark_that_readers_may_differ_about_counts_on_neither_side(tmp_path: Path) -> None:
    written(tmp_path, MARKS.replace("id: a3,", "id: a3, unsure: true,"))
    assert score([tmp_path]).total("cue") == Tally(2, 2, 2)


def brute(text: str, found: list[Mark], marked: list[Mark]) -> Tally:
    """Cues that both have: as many as can be paired one to one."""
    left = [m.cue for m in marked]
    hits = 0
    for mark in found:
        if mark.cue in left:
            left.remove(mark.cue)
            hits += 1
    return Tally(hits, len(found), len(marked))


@given(st.data())
def test_hits_are_those_of_the_definition(data: st.DataObject) -> None:
    text = "one two three four five six seven eight nine ten"
    places = [Span(m, m + 3) for m in range(0, 40, 4)]
    made = [
        Mark((p,), p, None, "named", "named", "1", "claim", "positive", None, None, 0, True) for p in places
    ]
    found = data.draw(st.lists(st.sampled_from(made), unique=True, max_size=8))
    marked = data.draw(st.lists(st.sampled_from(made), unique=True, max_size=8))
    both = compared(text, found, marked)
    tally = MEASURES["cue"][1](both)
    assert tally == brute(text, found, marked)
    assert MEASURES["linked"][1](both) == tally
    assert MEASURES["cue"][1](compared(text, marked, found)) == Tally(tally.hits, tally.marked, tally.found)


def test_changing_one_source_costs_one_link(tmp_path: Path) -> None:
    (one,) = annotations_in([written(tmp_path)])
    marked = marks_of(one)
    other = [replace(marked[0], source=Span(0, 3)), *marked[1:]]
    both = compared(one.text, other, marked)
    assert MEASURES["linked"][1](both) == Tally(2, 3, 3)
    assert MEASURES["content"][1](both) == Tally(3, 3, 3)


@pytest.mark.parametrize("folder", ["seen", "held-out"])
def test_the_corpus_is_sound_and_agrees_with_itself(folder: str) -> None:
    reports = annotations_in([CORPUS / folder])
    names = {p.stem for p in (CORPUS / folder).glob("*.txt")}
    assert {one.path.stem for one in reports} == names
    for one in reports:
        marked = marks_of(one)
        both = compared(one.text, marked, marked)
        assert all(measure(both).f1 == 1 for _, measure in MEASURES.values())


def test_two_readers_are_compared_on_the_reports_that_both_read() -> None:
    found = agreement([CORPUS / "held-out"], [CORPUS / "second"])
    assert found.reader == "a second reader"
    assert 0.5 < found.total("linked-speech").f1 <= 1


def test_annotations_fit_the_schema() -> None:
    assert FILE.read_text(encoding="utf-8") == text()
    validator = Draft202012Validator(json.loads(text()))
    yaml = YAML(typ="safe")
    for path in CORPUS.rglob("*.yaml"):
        data = json.loads(json.dumps(yaml.load(path), default=str))
        assert [e.message for e in validator.iter_errors(data)] == [], path
