"""Claims as Web Annotations: what the recommendation asks of them, and what comes back."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.case.objects import Case
from accordant.cli import main
from accordant.errors import InputError
from accordant.evidence.handling import Handling
from accordant.evidence.spans import Span
from accordant.exchange.webannotation_in import import_annotations
from accordant.exchange.webannotation_out import (
    AROUND,
    as_bytes,
    collection,
    hash_of,
    named_by_hash,
    selectors,
)
from accordant.exchange.webannotation_places import Selected, locate, selected
from accordant.exchange.webannotation_reading import parse

ROOT = Path(__file__).parents[2] / "cases"
SOURCED = [ROOT / name for name in ("january-2024", "labour", "river", "supply")]

MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
    *("identifying", "linking", "moderating", "questioning", "replying", "tagging"),
}
"""Section 3.3.5 of the model; the vocabulary names no others."""
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def is_iri(value: object) -> bool:
    return isinstance(value, str) and IRI.fullmatch(value) is not None


def check_collection(made: dict[str, Any]) -> list[dict[str, Any]]:
    """Sections 5.1 and 5.2: what a collection and its page must have. Gives the annotations."""
    context = made["@context"]
    assert context == "http://www.w3.org/ns/anno.jsonld" or "http://www.w3.org/ns/anno.jsonld" in context
    assert is_iri(made["id"])
    assert made["type"] == "AnnotationCollection"
    assert isinstance(made["label"], str)
    assert isinstance(made["total"], int)
    assert made["total"] >= 0
    if not made["total"]:
        return []
    page = made["first"]
    assert "@context" not in page  # an embedded page has that of its collection
    assert is_iri(page["id"])
    assert page["type"] == "AnnotationPage"
    assert page["partOf"] == made["id"]
    assert page["startIndex"] == 0
    assert made["last"] == page["id"]
    assert isinstance(page["items"], list)
    assert len(page["items"]) == made["total"]
    assert len({item["id"] for item in page["items"]}) == made["total"]
    return list(page["items"])


def check_annotation(made: dict[str, Any]) -> None:
    """Sections 3.1 to 3.3: one annotation."""
    assert is_iri(made["id"])
    assert made["type"] == "Annotation"
    assert made["motivation"] in MOTIVATIONS
    if "created" in made:
        assert INSTANT.fullmatch(made["created"])
    if "creator" in made:
        assert made["creator"]["type"] in ("Person", "Organization", "Software")
        assert isinstance(made["creator"]["name"], str)
    assert not ({"body", "bodyValue"} <= set(made))
    for body in made["body"]:
        check_body(body)
    check_target(made["target"])


def check_body(body: dict[str, Any]) -> None:
    """Sections 3.2.4 and 3.3.5: a textual body has one value and at most one of each of the others."""
    assert body["type"] == "TextualBody"
    assert isinstance(body["value"], str)
    assert body["purpose"] in MOTIVATIONS
    assert body["format"] == "text/plain"
    if "language" in body:
        assert TAG.fullmatch(body["language"])


def check_target(target: dict[str, Any]) -> None:
    """Section 4: a specific resource has exactly one source; 4.2.4 and 4.2.5: the two selectors."""
    assert target["type"] == "SpecificResource"
    assert is_iri(target["source"]["id"])
    assert target["source"]["type"] in ("Text", "Dataset", "Image", "Video", "Sound")
    kinds = [s["type"] for s in target["selector"]]
    assert kinds == ["TextQuoteSelector", "TextPositionSelector"]
    quote, place = target["selector"]
    assert quote["exact"]
    assert set(quote) <= {"type", "exact", "prefix", "suffix"}
    assert all(isinstance(v, str) for v in quote.values())
    assert set(place) == {"type", "start", "end"}
    assert 0 <= place["start"] < place["end"]
    # nothing is invented beside the model: what is more has a prefix that its context declares
    extra = [k for k in target["source"] if k not in ("id", "type", "format", "language")]
    assert all(k.startswith(("schema:", "dcterms:")) for k in extra)


@pytest.mark.parametrize("path", SOURCED, ids=lambda p: p.name)
def test_the_claims_of_a_case_are_valid_annotations(path: Path) -> None:
    opened = accordant.load(path)
    made = json.loads(as_bytes(collection(opened.folder, Handling.everything(opened.case))))
    items = check_collection(made)
    assert len(items) == len(opened.case.claims)
    for item in items:
        check_annotation(item)


@pytest.mark.parametrize("path", SOURCED, ids=lambda p: p.name)
def test_the_selectors_of_every_claim_select_its_words(path: Path) -> None:
    opened = accordant.load(path)
    texts = {id_: (path / r.file).read_text(encoding="utf-8") for id_, r in opened.case.reports.items()}
    items = check_collection(collection(opened.folder, Handling.everything(opened.case)))
    for item, claim in zip(items, opened.case.claims.values(), strict=True):
        quote, place = item["target"]["selector"]
        text = texts[claim.report]
        assert quote["exact"] == claim.quote == text[place["start"] : place["end"]]
        before = quote.get("prefix", "")
        assert text[: place["start"]].endswith(before)
        assert text[place["end"] :].startswith(quote.get("suffix", ""))
        assert hash_of(item["target"]["source"]["id"]) == opened.case.reports[claim.report].sha256
        bodies = {b["purpose"]: b["value"] for b in item["body"]}
        assert (bodies["describing"], bodies["classifying"], bodies["assessing"]) == (
            claim.says,
            claim.kind,
            claim.grade,
        )


@settings(max_examples=200)
@given(st.text(min_size=1, max_size=80), st.data())
def test_a_place_comes_back_from_its_selectors_in_any_script(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = list(selectors(text, Span(start, end)))
    assert len(made[0].get("prefix", "")) <= AROUND
    found = locate(text, selected(made))
    if text[start:end].strip():
        assert (found.at, found.how) == (Span(start, end), "there")
    # without the place, words that stand once are found all the same
    if text.count(text[start:end]) == 1 and text[start:end].strip():
        assert locate(text, selected(made[:1])).at == Span(start, end)


@given(st.binary(min_size=32, max_size=32))
def test_a_name_by_hash_gives_the_hash_back(raw: bytes) -> None:
    assert hash_of(named_by_hash(raw.hex())) == raw.hex()


def test_ids_stay_the_same_when_anything_but_the_place_is_changed() -> None:
    opened = accordant.load(ROOT / "labour")
    first = [i["id"] for i in check_collection(collection(opened.folder, Handling.everything(opened.case)))]
    ids = list(opened.case.claims)
    some = check_collection(collection(opened.folder, Handling.everything(opened.case), ids[2:4]))
    assert [i["id"] for i in some] == first[2:4]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "labour", tmp_path / "labour")
    return tmp_path / "labour"


def restrict(case: Path, id_: str) -> None:
    text = (case / "claims.yaml").read_text(encoding="utf-8")
    head, mark, rest = text.partition(f"\n  {id_}:\n")
    assert mark
    (case / "claims.yaml").write_text(f"{head}{mark}    handling: restricted\n{rest}", encoding="utf-8")


def test_restricted_claims_stay_behind_and_are_named(case: Path, tmp_path: Path) -> None:
    opened = accordant.load(case)
    id_, claim = next(iter(opened.case.claims.items()))
    restrict(case, id_)
    again = accordant.load(case)
    made = again.save_as(tmp_path / "out.jsonld")
    text = (tmp_path / "out.jsonld").read_text(encoding="utf-8")
    assert claim.quote not in text
    assert claim.says not in text
    assert any(id_ in p.path for p in made.warnings)
    assert main(["claims", str(case), "--restricted", id_, "-o", str(tmp_path / "all.jsonld")]) == 0
    assert claim.quote in (tmp_path / "all.jsonld").read_text(encoding="utf-8")


def test_own_annotations_are_all_there_already(case: Path, tmp_path: Path) -> None:
    opened = accordant.load(case)
    opened.save_as(tmp_path / "out.jsonld")
    found = opened.import_annotations(tmp_path / "out.jsonld")
    assert {p.outcome for p in found.placed} == {"there"}
    assert [p.claim for p in found.placed] == list(opened.case.claims)
    before = (case / "claims.yaml").read_bytes()
    assert not found.apply().written
    assert (case / "claims.yaml").read_bytes() == before


def test_claims_come_back_into_a_case_that_lost_them(case: Path, tmp_path: Path) -> None:
    opened = accordant.load(case)
    opened.save_as(tmp_path / "out.jsonld")
    carried = ("quote", "at", "says", "kind", "report", "origin", "by", "event", "attribution", "note")
    empty = opened.case.sources.model_copy(update={"claims": {}})
    issues = {"x": {"by": next(iter(opened.case.parties))}}
    said = {"title": "t", "parties": opened.case.parties, "issues": issues, "sources": empty}
    parties = Case.model_validate(said)
    case = tmp_path / "lost"
    opened.folder.save(parties, case)
    found = accordant.load(case).import_annotations(tmp_path / "out.jsonld").apply()
    assert found.written
    after = accordant.load(case).case.claims
    assert set(after) == set(opened.case.claims)
    for id_, claim in opened.case.claims.items():
        for name in carried:
            assert getattr(after[id_], name) == getattr(claim, name), (id_, name)
        assert after[id_].grade == "F6"
    again = accordant.load(case).import_annotations(tmp_path / "out.jsonld")
    assert {p.outcome for p in again.placed} == {"there"}


def annotation(case: Path, exact: str, **more: Any) -> dict[str, Any]:
    opened = accordant.load(case)
    report = next(iter(opened.case.reports.values()))
    selector = {"type": "TextQuoteSelector", "exact": exact, **more.pop("selector", {})}
    source = more.pop("source", named_by_hash(report.sha256))
    return {"type": "Annotation", "target": {"source": source, "selector": selector}, **more}


def outcomes(case: Path, tmp_path: Path, *given: object) -> list[Any]:
    place = tmp_path / "some.jsonld"
    place.write_text(json.dumps(list(given)), encoding="utf-8")
    return list(import_annotations(accordant.load(case).folder, place).placed)


def test_words_of_other_programs_are_placed_or_it_is_said_why_not(case: Path, tmp_path: Path) -> None:
    opened = accordant.load(case)
    report = next(iter(opened.case.reports.values()))
    text = (case / report.file).read_text(encoding="utf-8")
    words = text.split("\n\n")[0].split()
    exact = " ".join(words[1:7])
    assert text.count(exact) == 1
    many = next(w for w in ("the", "a", "of") if text.count(w) > 2)
    found = outcomes(
        case,
        tmp_path,
        annotation(case, exact, bodyValue="A remark of somebody's"),
        annotation(case, exact, bodyValue="Another remark"),
        annotation(case, exact.upper()),
        annotation(case, many),
        annotation(case, "words that stand in no report whatever 12345"),
        annotation(case, exact, source="https://example.org/elsewhere"),
    )
    assert [p.outcome for p in found] == ["new", "taken", "near", "several", "nowhere", "elsewhere"]
    assert found[0].made is not None
    assert found[0].made.quote == exact
    assert found[0].says == "A remark of somebody's"
    assert found[0].left == ("it names no kind; assessment was taken",)
    assert found[2].found == exact  # what stands there, beside what was named


def test_an_imported_file_adds_nothing_twice(case: Path, tmp_path: Path) -> None:
    text = (case / next(iter(accordant.load(case).case.reports.values())).file).read_text(encoding="utf-8")
    exact = " ".join(text.split()[2:9])
    one = annotation(case, exact, bodyValue="Said twice")
    found = outcomes(case, tmp_path, one, one)
    assert [p.outcome for p in found] == ["new", "there"]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "is not JSON"),
        (b"\xff\xfe{", "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b"{}", "holds no Web Annotations"),
        (b'{"type": "AnnotationCollection", "first": "https://example.org/p1"}', "nothing is fetched"),
        (b'[1, "a", null, [[[[[[[[{"type": "Annotation"}]]]]]]]]]', "holds no Web Annotations"),
    ],
)
def test_a_file_that_holds_none_is_refused_with_the_reason(raw: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse(raw, "a.jsonld")


def test_hostile_annotations_are_read_as_far_as_they_make_sense(case: Path, tmp_path: Path) -> None:
    odd = [
        {"type": "Annotation"},
        {"type": "Annotation", "target": 5, "body": "x", "creator": []},
        {"type": ["Annotation"], "target": {"source": {"id": 7}, "selector": {"refinedBy": {}}}},
        {"type": "Annotation", "target": [], "body": [{"value": {"a": 1}, "purpose": 3}]},
        {"type": "Annotation", "target": {"source": "ni:///sha-256;????", "selector": "x"}},
    ]
    assert {p.outcome for p in outcomes(case, tmp_path, *odd)} == {"elsewhere"}
    negative = annotation(case, "", selector={"type": "TextPositionSelector", "start": -1, "end": True})
    assert outcomes(case, tmp_path, negative)[0].outcome == "nowhere"


def test_half_a_character_in_a_body_does_not_break_the_case(case: Path, tmp_path: Path) -> None:
    text = (case / next(iter(accordant.load(case).case.reports.values())).file).read_text(encoding="utf-8")
    exact = " ".join(text.split()[2:9])
    place = tmp_path / "half.jsonld"
    one = annotation(case, exact, bodyValue="half \ud800 of it", creator={"name": "A\ud800"})
    place.write_text(json.dumps(one), encoding="utf-8")
    assert accordant.load(case).import_annotations(place).apply().written
    assert accordant.check(case) is not None


def test_selectors_that_are_not_understood_are_passed_over() -> None:
    deep: dict[str, Any] = {"type": "TextQuoteSelector", "exact": "deep"}
    for _ in range(50):
        deep = {"type": "FragmentSelector", "refinedBy": deep}
    assert selected(deep) == Selected()
    inside = {"type": "FragmentSelector", "refinedBy": {"type": "TextQuoteSelector", "exact": "in"}}
    assert selected(inside) == Selected("in")


def test_a_case_without_claims_has_nothing_to_annotate(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no claims"):
        accordant.load(ROOT / "elmira").save_as(tmp_path / "e.jsonld")
