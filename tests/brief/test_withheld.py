"""Nothing that is withheld is in a document, whatever its kind and its form."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import accordant
from accordant.brief.build import built, prepared
from accordant.brief.context import Context
from accordant.brief.document import Brief, Judgement, Said, plain
from accordant.brief.forms import FORMS
from accordant.brief.kinds import KINDS
from accordant.brief.withheld import clause, guard
from accordant.errors import FailedError, InputError
from accordant.opened import OpenCase
from tests.brief import planted

ALIKE = {".htm": ".html", ".markdown": ".md"}
"""Endings of the same form."""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> OpenCase:
    """The case, changed since a version that was frozen with reasons that tell what is withheld."""
    path = planted.folder(tmp_path_factory.mktemp("planted") / "mill")
    accordant.load(path).freeze(
        direction="away",
        because="Quarrington told us that quexvault holds the zyfferledger.",
        note="Kwiznote",
    )
    text = (path / "case.yaml").read_text(encoding="utf-8")
    for old, new in (("2031-03-12", "2031-03-14"), ('"because": ["k4"]', '"because": ["k4", "k-okapi"]')):
        assert old in text
        text = text.replace(old, new, 1)
    (path / "case.yaml").write_text(text, encoding="utf-8")
    return accordant.load(path)


@pytest.fixture(scope="module")
def context(case: OpenCase) -> Context:
    return prepared(case)


@pytest.fixture(scope="module")
def brief(context: Context) -> Brief:
    return built(context, "brief")


MACHINE = ("pytest-of-", f"{Path.home()}/".casefold())
"""What would tell where a document was made."""


def leaks(made: Brief, endings: Iterator[str]) -> list[tuple[str, str]]:
    found = []
    for ending in endings:
        try:
            raw = made.form(ending)
        except InputError:  # this kind of document has no such form
            continue
        for place, text in planted.texts(made.kind + ending, raw):
            low = text.casefold()
            found += [(place, word) for word in (*planted.WORDS, *MACHINE) if word in low]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_no_form_of_any_kind_holds_what_is_withheld(kind: str, context: Context) -> None:
    assert not leaks(built(context, kind), (e for e in FORMS if e not in ALIKE))


def test_for_the_public_what_is_for_the_team_stays_behind_too(brief: Brief, case: OpenCase) -> None:
    made = case.brief(audience="public")
    assert not leaks(made, iter((".md", ".html")))
    assert "rather leave than pay" not in made.markdown()
    assert "never leave: *yes* and pay: *2*" in brief.markdown()
    assert not re.search(r"leave:? (= )?\W*yes\W* and pay:? (= )?\W*2", made.markdown())
    assert "never *withheld*" in made.markdown()
    assert made.handling == ""


@pytest.fixture(scope="module")
def released(case: OpenCase) -> Context:
    return prepared(case, restricted=["k-okapi", "quarrington-z"])


def test_the_words_are_found_where_they_are_not_withheld(released: Context) -> None:
    made = built(released, "brief")
    # remarks of the register and who entered a claim stand in no document
    never = {"kwizentered", "kwizreviewed", "kwizentry"}
    found = {word for _, word in leaks(made, iter((".html",)))}
    assert set(planted.WORDS) - found <= never
    # ids are anchors in a web page only
    found = {word for _, word in leaks(made, iter((".docx",)))}
    assert set(planted.WORDS) - found <= {*never, "quarrington-z", "per-okapi"}
    short = {word for _, word in leaks(built(released, "assessment"), iter((".pdf",)))}
    assert {"quarrington", "zyfferledger", "kwizlikely"} <= short


def test_the_mark_of_what_is_shown_stands_on_the_document(brief: Brief, released: Context) -> None:
    assert brief.handling == "team"
    assert built(released, "method").handling == "restricted"


def test_the_head_says_how_much_is_withheld_and_each_judgement_whether_it_matters(
    brief: Brief, context: Context
) -> None:
    told = [plain(notice) for notice in brief.notices]
    assert told[1].startswith("One claim and one name are withheld")
    assert "answers would differ" in told[2]
    lines = [
        plain(basis.text)
        for block in brief.blocks()
        if isinstance(block, Judgement)
        for basis in block.rests
        if basis.label == "Withheld"
    ]
    assert any("would differ" in line for line in lines)
    assert {clause(context, [rest]) for rest in context.rests.conclusions} == {
        "what is withheld changes nothing here",
        "with what is withheld, this answer would differ",
    }


def test_a_settled_answer_is_the_same_with_everything(context: Context) -> None:
    assert context.left_out is not None
    settled = {r.conclusion for r in context.rests.conclusions if r.status != "sometimes"}
    assert settled
    assert not [c for c in settled if context.left_out.differs[c]]


def test_what_nobody_else_tells_becomes_unknown_and_its_numbers_go(context: Context) -> None:
    owner, union = context.case.preferences["owner"], context.case.preferences["union"]
    assert [getattr(line, "want", "") for line in union.priorities or ()] == ["truce", "[withheld]"]
    assert (owner.worth, owner.reservation, owner.delay) == (None, None, None)
    assert [r.rule for r in owner.never] == ["leave and pay = 2"]
    assert context.elements["union.priorities.2"].unsure
    assert list(context.case.proposals) == ["pause", "steps"]
    assert not context.case.terms


def test_a_source_that_must_not_be_named_is_described_everywhere(brief: Brief) -> None:
    text = brief.markdown()
    assert "an official on the side of Mill Owner" in text
    assert "The mill, as \\[an official on the side of Mill Owner\\] sees it" in text


def test_the_version_that_was_compared_with_tells_nothing_either(brief: Brief) -> None:
    assert "told us of" not in brief.markdown()
    assert "One change since the version" in brief.markdown()


def test_a_document_in_which_something_would_stand_is_not_made(brief: Brief, context: Context) -> None:
    guard(brief, context)
    for words in ("as Per Okapi said", "of quexvault holds the  ZYFFERLEDGER", "per-okapi"):
        with pytest.raises(FailedError, match="in brief: nothing is written"):
            guard(replace(brief, title=Said(words)), context)


def test_what_would_leave_is_listed_before(case: OpenCase) -> None:
    found = case.leaving()
    assert {i.id for i in found.leaves if i.kind == "claim"} == {"k1", "k2", "k3", "k4"}
    stays = {(i.kind, i.id): i.by for i in found.stays}
    assert stays["entry", "quarrington-z"] == "an official on the side of Mill Owner"
    assert ("claim", "k-okapi") in stays
    assert ("report", "kwizfile") in stays
    assert found.mark == "team"
    assert any(a.differs for a in found.answers)
    assert "Quexvault" not in str(found.to_json())
    assert not [w for w in planted.WORDS if w in str(found.to_json()["leaves"]).casefold()]
    assert case.leaving(audience="public").mark == ""


def test_a_claim_inside_one_that_is_withheld_goes_with_it(tmp_path: Path) -> None:
    path = planted.folder(tmp_path / "mill")
    said = planted.sources()
    for id_, more in (("k3", {"handling": "restricted"}), ("k4", {})):
        said["claims"][id_] |= {"within": "k-okapi", **more}
    (path / "claims.yaml").write_text(json.dumps(said), encoding="utf-8")
    opened = accordant.load(path)
    assert list(opened.redacted().case.claims) == ["k1", "k2"]
    with pytest.raises(InputError, match="'k3' is said inside 'k-okapi', which is withheld"):
        opened.redacted(restricted=["k3"])


def small(path: Path, **parts: Any) -> OpenCase:
    """A small case of which one claim of two is withheld."""
    text = "They would go. They would stay."
    claims = {
        "c1": {"at": [0, 14], "quote": "They would go.", "says": "They go", "handling": "restricted"},
        "c2": {"at": [15, 31], "quote": "They would stay.", "says": "They stay"},
    }
    said = {
        "reports": {"r": {"file": "reports/r.txt", "sha256": hashlib.sha256(text.encode()).hexdigest()}},
        "claims": {c: {"report": "r", "kind": "position", **claim} for c, claim in claims.items()},
    }
    content = {
        "accordant": 1,
        "title": "t",
        "parties": {"a": {}, "b": {}},
        "issues": {i: {"by": {"joint": ["a", "b"]}, "assumed": "it is"} for i in ("x", "y")},
        "status_quo": {"state": {"x": "no", "y": "no"}, "assumed": "so"},
        "no_deal": {"state": {"x": "yes", "y": "yes"}, "assumed": "so"},
        "proposals": {"p": {"by": "a", "package": {"x": "no", "y": "yes"}, "because": ["c2"]}},
        **parts,
    }
    (path / "reports").mkdir()
    (path / "reports" / "r.txt").write_text(text, encoding="utf-8")
    (path / "case.yaml").write_text(json.dumps(content), encoding="utf-8")
    (path / "claims.yaml").write_text(json.dumps(said), encoding="utf-8")
    return accordant.load(path)


def test_a_judgement_on_a_proposal_asks_of_every_conclusion_that_it_tells(tmp_path: Path) -> None:
    """All accept it with everything and without; whether it makes anybody better off is another answer."""
    later = {"want": "not x", "because": ["c1"]}
    first = {"want": "y", "because": ["c2"]}
    preferences = {"a": {"priorities": [first]}, "b": {"priorities": [first, later]}}
    opened = small(tmp_path, preferences=preferences)
    out = prepared(opened).left_out
    assert out is not None
    told = ("agreement(p)", "acceptable(p, a)", "acceptable(p, b)")
    assert [out.differs[c] for c in told] == [True, False, False]
    for kind in ("brief", "assessment"):
        (found,) = (
            block
            for block in opened.brief(kind).blocks()
            if isinstance(block, Judgement) and block.id == "judgement-on-p"
        )
        lines = [plain(basis.text) for basis in found.rests if basis.label == "Withheld"]
        assert lines == ["With what is withheld, this answer would differ"]


def test_no_question_quotes_a_line_beside_it_that_is_not_told(tmp_path: Path) -> None:
    either = [{"want": "not x and not y", "because": ["c1"]}, {"want": "y", "because": ["c2"]}]
    later = {"want": "x", "because": ["c2"], "unsure": True}
    opened = small(tmp_path, preferences={"a": {"priorities": [{"either": either}, later]}})
    asked = {q.id: f"{q.asks} {q.detail}" for q in opened.redacted().questions().questions}
    assert "“withheld” or “y: yes”" in asked["a.priorities.1"]
    assert "it comes after “withheld” and “y: yes”" in asked["a.priorities.2"]
    opened.brief("brief")


def test_issues_named_one_after_the_other_are_no_line_that_is_withheld(tmp_path: Path) -> None:
    line = {"want": "x and y", "because": ["c1"]}
    made = small(tmp_path, preferences={"a": {"priorities": [line]}}).brief("brief")
    assert "x and y" in made.markdown()
