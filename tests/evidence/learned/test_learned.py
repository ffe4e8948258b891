"""What earlier decisions say: the same for the same decisions, in whole counts, and nothing goes."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import log
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.errors import InputError
from accordant.evidence.learned.bayes import Bayes, Table
from accordant.evidence.learned.examples import Example
from accordant.evidence.learned.features import NAMES, Features, features
from accordant.evidence.learned.marking import with_marks
from accordant.evidence.learned.training import PARTS, Trained, parts_of, train
from accordant.evidence.reading import read_report
from tests.documents import ROOT, documented_keys, keys, matches, section

TEXT = (
    "The union said it would wait. Two officials said that the owners had promised a rise.\n\n"
    "The offer was reportedly withdrawn. It is known that the port is closed.\n\n"
    "“We will stay,” Ida Renn said."
)


def example(k: int, rejected: bool, text: str = "", **seen: str) -> Example:
    return Example((text or f"text{k % 7}", k, k + 5, k + 6), seen, rejected)


def slowly(examples: Sequence[Example], seen: Features, every: Sequence[Example] = ()) -> float:
    """The difference of the two scores, straight from the formula; values are those of ``every`` one."""
    score = []
    for c in (False, True):
        of_class = [e for e in examples if e.rejected == c]
        found = log((len(of_class) + 1) / (len(examples) + 2))
        for name in NAMES:
            values = {e.features[name] for e in every or examples if name in e.features}
            known = Counter(e.features[name] for e in of_class if name in e.features)
            if name in seen:
                found += log((known[seen[name]] + 1) / (sum(known.values()) + len(values) + 1))
        score.append(found)
    return score[1] - score[0]


_SEEN = st.dictionaries(st.sampled_from(NAMES), st.sampled_from("abc"), max_size=5)
_EXAMPLES = st.lists(st.tuples(_SEEN, st.booleans()), min_size=1, max_size=25)


@given(_EXAMPLES, _SEEN)
def test_counting_in_arrays_is_the_formula(pairs: Any, seen: dict[str, str]) -> None:
    examples = [example(k, rejected, **known) for k, (known, rejected) in enumerate(pairs)]
    table = Table(examples)
    told = bool(Bayes(table).rejects(table.row(seen)[None, :])[0])
    assert told == (slowly(examples, seen) > 1e-9)


@given(_EXAMPLES, st.integers(0, 30))
def test_leaving_some_out_is_counting_the_rest(pairs: Any, at: int) -> None:
    examples = [example(k, rejected, **known) for k, (known, rejected) in enumerate(pairs)]
    table = Table(examples)
    rows = np.arange(len(examples)) != at % len(examples)
    kept = [e for e, keep in zip(examples, rows, strict=True) if keep]
    told = Bayes(table, rows).rejects(table.codes)
    for one, says in zip(examples, told, strict=True):
        assert bool(says) == (slowly(kept, one.features, examples) > 1e-9)


def alike_slowly(examples: Sequence[Example], seen: Features, by: Sequence[str]) -> tuple[int, int]:
    like = [e for e in examples if all(e.features.get(name) == seen[name] for name in by)]
    return sum(e.rejected for e in like), len(like)


def plenty(accepted: int = 40, rejected: int = 25, known: bool = True) -> list[Example]:
    """Decisions of somebody who takes what people say and leaves what nobody says."""
    good = {"rule": "subject-verb", "cue": "say", "source": "named", "act": "claim", "length": "short"}
    bad = {
        "rule": "impersonal",
        "cue": "reportedly",
        "source": "unattributed",
        "act": "claim",
        "length": "short",
    }
    made = [example(k, False, **good) for k in range(accepted)]
    return made + [example(1000 + k, True, **bad) for k in range(rejected)]


def test_what_was_mostly_rejected_is_marked_with_its_counts() -> None:
    examples = plenty()
    odd = [example(5000 + k, False, **examples[-1].features) for k in range(3)]
    trained = train([*examples, *odd])
    found = trained.mark(examples[-1].features)
    assert found is not None
    assert found.says == "you rejected most like this (25 of 28)"
    assert found.by == ("rule impersonal", "cue reportedly", "source unattributed", "act claim")
    assert trained.mark(examples[0].features) is None


def test_a_mark_speaks_of_the_decisions_most_like_it_that_are_enough() -> None:
    trained = train(plenty())
    seen = {**plenty()[-1].features, "act": "offer", "source": "group"}
    found = trained.mark(seen)
    assert found is not None
    assert (found.rejected, found.alike, found.by) == (25, 25, ("rule impersonal", "cue reportedly"))
    assert (found.rejected, found.alike) == alike_slowly(trained.examples, seen, ("rule", "cue"))


def test_what_was_never_seen_is_not_marked() -> None:
    assert train(plenty()).mark({"rule": "new", "cue": "new", "source": "new", "act": "new"}) is None
    assert train(plenty()).mark({}) is None


@pytest.mark.parametrize(("accepted", "rejected"), [(0, 0), (29, 10), (31, 9), (9, 31), (10, 29), (1000, 9)])
def test_too_little_is_refused_with_how_much_is_needed(accepted: int, rejected: int) -> None:
    with pytest.raises(InputError) as caught:
        train(plenty(accepted, rejected))
    says = str(caught.value)
    assert f"({accepted} accepted, {rejected} rejected)" in says
    assert "needed are 40 or more, 10 or more of each" in says


def test_just_enough_is_enough() -> None:
    assert train(plenty(30, 10)).agreement.decisions == 40


def test_the_order_of_decisions_and_taking_them_twice_change_nothing() -> None:
    examples = plenty()
    mixed = [*examples, *examples[:20]]
    random.Random(5).shuffle(mixed)
    first, second = train(examples), train(mixed)
    assert first.agreement == second.agreement
    assert first.examples == second.examples
    assert all(first.mark(e.features) == second.mark(e.features) for e in examples)


def test_decisions_that_follow_no_rule_mark_nothing_and_it_says_so() -> None:
    mixed = [example(k, k % 3 == 0, rule="subject-verb", cue="say") for k in range(90)]
    trained = train(mixed)
    assert not trained.agreement.helps
    assert trained.agreement.says().endswith("That is no better: nothing is marked.")
    assert all(trained.mark(e.features) is None for e in mixed)


def test_no_part_is_told_from_its_own_decisions() -> None:
    examples = list(train(plenty()).examples)
    parts = parts_of(examples)
    assert set(parts) == set(range(PARTS))
    by_text: dict[str, set[int]] = {}
    for e, part in zip(examples, parts, strict=True):
        by_text.setdefault(e.key[0], set()).add(part)
    assert all(len(found) == 1 for found in by_text.values())


def test_agreement_is_told_in_whole_numbers() -> None:
    says = train(plenty()).agreement.says()
    assert says == (
        "Learned from 65 decisions (40 accepted, 25 rejected). Each told from the others, 65 of 65 would be "
        "told as you decided; always saying accepted, 40 of 65."
    )


@pytest.fixture
def trained() -> Trained:
    """Somebody who rejects what nobody says."""
    found = read_report(TEXT.encode(), "a.txt")
    examples = []
    for k in range(10):
        for claim in found.claims:
            seen = features(found, claim)
            rejected = claim.source.kind == "unattributed"
            examples.append(Example((f"text{k}", *claim.at, claim.cue_at.start), seen, rejected))
    return train(examples)


def test_marked_suggestions_come_last_and_nothing_goes(trained: Trained) -> None:
    before = read_report(TEXT.encode(), "a.txt")
    after = with_marks(before, trained)
    assert after.learned is not None
    marked = set(after.learned.marks)
    assert {c.cue for c in before.claims if c.id in marked} == {"reportedly", "It is known"}
    assert [c.id in marked for c in after.claims] == sorted(c.id in marked for c in after.claims)
    assert sorted(after.claims, key=lambda c: c.id) == sorted(before.claims, key=lambda c: c.id)
    again = replace(after, claims=before.claims, learned=None, method=before.method)
    assert again == before
    assert after.method.to_json()["parameters"]["marked"] == "2"


def test_outer_suggestions_stay_before_those_inside(trained: Trained) -> None:
    after = with_marks(read_report(TEXT.encode(), "a.txt"), trained)
    order = {c.id: k for k, c in enumerate(after.claims)}
    assert all(order[c.within] < order[c.id] for c in after.claims if c.within is not None)
    assert any(c.within is not None for c in after.claims)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.booleans(), min_size=60, max_size=60))
def test_whatever_was_decided_every_suggestion_is_still_there(decided: list[bool]) -> None:
    found = read_report(TEXT.encode(), "a.txt")
    seen = [features(found, claim) for claim in found.claims]
    examples = [example(k, no, **seen[k % len(seen)]) for k, no in enumerate(decided)]
    try:
        learned = train(examples)
    except InputError:
        return
    after = with_marks(found, learned)
    assert sorted(c.id for c in after.claims) == sorted(c.id for c in found.claims)
    json.dumps(after.to_json())


def test_every_key_is_documented_and_the_other_way_round(trained: Trained) -> None:
    part = with_marks(read_report(TEXT.encode(), "a.txt"), trained).to_json()["learned"]
    documented = documented_keys(section((ROOT / "docs" / "json.md").read_text("utf-8"), "read --learned"))
    for key in set(keys(part)):
        assert any(matches(pattern, key) for pattern in documented), key
    assert {k for k in documented if not any(matches(k, key) for key in keys(part))} == set()
