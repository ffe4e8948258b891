"""What a person decided: kept by the text, read back as it was meant, written with the case or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.case.folder import read_folder
from accordant.errors import CaseError, FailedError
from accordant.evidence.decisions import (
    Decision,
    Decisions,
    Link,
    TextDecisions,
    read_decisions,
    text_sha256,
)
from accordant.evidence.decisions_file import _in_full
from accordant.evidence.spans import Span

SHA = text_sha256("We will wait, the union said.")
DAY = "2031-05-04"

words = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from(" '\",:#[]{}\n-~"), min_size=1, max_size=12
)
places = st.tuples(st.integers(0, 400), st.integers(1, 60)).map(lambda p: (p[0], p[0] + p[1]))
decided = st.builds(
    Decision,
    at=places,
    cue=st.none() | places,
    rule=st.none() | st.sampled_from(["final", "subject-verb", "null"]),
    decision=st.sampled_from(["accepted", "rejected", "skipped", "split", "merged", "by-hand"]),
    claims=st.lists(st.sampled_from(["c1", "c22", "ida-renn", "null", "a b"]), max_size=3).map(tuple),
    on=st.just(DAY),
    by=st.none() | words,
    because=st.none() | words,
)
texts = st.dictionaries(
    st.sampled_from([text_sha256(t) for t in "abc"]),
    st.tuples(st.none() | words, st.lists(decided, max_size=4)),
    max_size=3,
)
links = st.lists(
    st.builds(
        Link,
        kind=st.sampled_from(["original", "contradicts", "one origin"]),
        of=st.lists(words, min_size=1, max_size=3).map(tuple),
        decision=st.sampled_from(["accepted", "rejected", "skipped"]),
        on=st.just(DAY),
        because=st.none() | words,
    ),
    max_size=3,
)


def decisions_of(drawn: dict[str, tuple[str | None, list[Decision]]], joined: list[Link]) -> Decisions:
    found = Decisions()
    for sha256, (file, made) in drawn.items():
        found = found.with_text(sha256, made, file)
    for link in joined:
        found = found.with_link(link)
    return found


@given(texts, links)
def test_what_is_written_reads_back_quickly_and_in_full(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: dict[str, tuple[str | None, list[Decision]]],
    joined: list[Link],
) -> None:
    meant = decisions_of(drawn, joined)
    folder = tmp_path_factory.mktemp("case")
    (folder / "review.yaml").write_bytes(meant.to_bytes())
    read = read_decisions(folder)
    assert (read.texts, read.links) == (meant.texts, meant.links)
    in_full = _in_full(meant.to_bytes().decode(), folder / "review.yaml", 0)
    assert (in_full.texts, in_full.links) == (meant.texts, meant.links)
    assert read.beside() == {}


def test_a_file_is_a_line_for_each_decision(tmp_path: Path) -> None:
    made = [
        Decision(at=(20, 30), cue=(31, 35), rule="final", decision="accepted", claims=("c1",), on=DAY),
        Decision(at=(0, 12), decision="by-hand", claims=("c2",), on=DAY, by="Ann", because="it says: so"),
    ]
    found = Decisions(comments="# ours").with_text(SHA, made, "note.txt")
    found = found.with_link(Link(kind="original", of=("r2", "r1"), decision="rejected", on=DAY))
    assert found.to_bytes().decode() == (
        "# ours\n"
        "accordant-review: 1\n"
        "texts:\n"
        f"  {SHA}:\n"
        "    file: note.txt\n"
        "    decided:\n"
        "      - {at: [0, 12], decision: by-hand, claims: [c2], on: 2031-05-04, by: Ann, "
        "because: 'it says: so'}\n"
        "      - {at: [20, 30], cue: [31, 35], rule: final, decision: accepted, claims: [c1], "
        "on: 2031-05-04}\n"
        "links:\n"
        "  - {kind: original, of: [r2, r1], decision: rejected, on: 2031-05-04}\n"
    )


def test_a_file_in_another_layout_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text(
        "# by hand\n"
        "texts:\n"
        f'  "{SHA}":\n'
        "    decided:\n"
        "    - at: [0, 12]   # the first\n"
        "      decision: rejected\n"
        "      on: 2031-05-04\n"
        "links:\n"
        "accordant-review: 1\n"
    )
    read = read_decisions(tmp_path)
    found = read.text(SHA).on((0, 12))
    assert found is not None
    assert found.decision == "rejected"
    assert read.to_bytes().startswith(b"# by hand\naccordant-review: 1\n")


def test_every_mistake_is_said_at_once_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text(
        "accordant-review: 1\n"
        "texts:\n"
        f"  {SHA}:\n"
        "    decided:\n"
        "      - {at: [0, 12], decision: acepted, on: 2031-05-04}\n"
        "      - {at: [9, 3], decision: rejected, on: 2031-05-04}\n"
        "      - {att: [0, 3], decision: rejected, on: yesterday}\n"
        "link: []\n"
    )
    with pytest.raises(CaseError) as caught:
        read_decisions(tmp_path)
    said = str(caught.value)
    assert "review.yaml:5" in said
    assert "accepted" in said
    assert "review.yaml:6" in said
    assert "did you mean 'at'?" in said
    assert "did you mean 'links'?" in said


@pytest.mark.parametrize(
    "content", [b"", b"# nothing yet\n", b"accordant-review: 1\n", b"accordant-review: 1\ntexts:\n"]
)
def test_a_file_that_holds_nothing_holds_no_decisions(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "review.yaml").write_bytes(content)
    assert read_decisions(tmp_path).texts == {}
    assert read_decisions(tmp_path / "elsewhere").texts == {}


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"accordant-review: 2\n", b"- a\n", b"a: &b c\n", b"a: {\n"]
)
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "review.yaml").write_bytes(content)
    with pytest.raises(CaseError, match=r"review\.yaml"):
        read_decisions(tmp_path)


def test_a_later_decision_on_the_same_place_takes_the_place_of_the_earlier() -> None:
    skipped = Decision(at=(0, 12), cue=(14, 18), decision="skipped", on=DAY)
    taken = Decision(at=(0, 12), cue=(14, 18), decision="accepted", claims=("c1",), on=DAY)
    other = Decision(at=(20, 25), decision="by-hand", claims=("c2",), on=DAY)
    found = Decisions().with_text(SHA, [other, skipped]).with_text(SHA, [taken])
    assert found.text(SHA).decided == (taken, other)
    assert found.text(SHA).by_hand() == (other,)
    assert found.without(SHA, [taken.place]).text(SHA).decided == (other,)
    assert found.without(SHA, [taken.place, other.place]).texts == {}
    assert found.without(SHA, [(Span(3, 4), None)]) is found


def test_a_decision_holds_where_rules_end_the_same_words_elsewhere() -> None:
    made = Decision(at=(10, 40), cue=(42, 46), decision="rejected", on=DAY)
    text = TextDecisions(decided=(made,))
    assert text.on((10, 44), (42, 46)) is made
    assert text.on((50, 60), (42, 46)) is None
    assert text.on((10, 40)) is None


def test_links_are_known_by_kind_and_by_what_they_join() -> None:
    link = Link(kind="original", of=("r2", "r1"), decision="accepted", on=DAY)
    found = Decisions().with_link(link)
    assert found.link("original", ["r2", "r1"]) is link
    assert found.link("original", ["r1", "r2"]) is None
    again = found.with_link(link.model_copy(update={"decision": "rejected"}))
    assert len(again.links) == 1
    assert again.without_link("original", ("r2", "r1")).links == ()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "case.yaml").write_text("title: Talks\nparties: {north: {}}\nissues: {x: {by: north}}\n")
    return folder


def test_decisions_are_written_with_the_case_or_not_at_all(case: Path) -> None:
    folder = read_folder(case)
    made = read_decisions(case).with_text(SHA, [Decision(at=(0, 5), decision="rejected", on=DAY)])
    renamed = folder.case.model_copy(update={"title": "Other"})
    (case / "review.yaml").write_text("# somebody else was quicker\n")
    with pytest.raises(FailedError, match=r"review\.yaml is new"):
        folder.save(renamed, beside=made.beside())
    assert read_folder(case).case.title == "Talks"
    (case / "review.yaml").unlink()
    after = folder.save(renamed, beside=made.beside())
    assert read_folder(case).case.title == "Other"
    assert read_decisions(case).text(SHA).on((0, 5)) is not None
    assert made.saved().beside() == {}
    assert after.digest == read_folder(case).digest


def test_decisions_change_no_digest_and_go_along_to_another_folder(case: Path, tmp_path: Path) -> None:
    before = read_folder(case).digest
    made = Decisions().with_text(SHA, [Decision(at=(0, 5), decision="rejected", on=DAY)])
    folder = read_folder(case).save(beside=made.beside())
    assert read_folder(case).digest == before
    folder.save(path=tmp_path / "copy")
    assert (tmp_path / "copy" / "review.yaml").read_bytes() == made.to_bytes()
