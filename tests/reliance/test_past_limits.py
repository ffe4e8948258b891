"""Large models and very many settings take other ways to the same answers: tried on small ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from math import comb
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.model.settings import AS_WRITTEN, Setting
from accordant.reliance import analyse, local, parse_conclusion, states, supports, sweep
from accordant.reliance.blocks import Between, Block
from accordant.reliance.dividing import Dividing
from accordant.reliance.drawing import draw, sampled
from accordant.reliance.extremes import extreme
from accordant.reliance.outlooks import OrderBook
from accordant.stability import engine
from accordant.stability.concepts import CONCEPTS
from tests.reliance import twin
from tests.reliance.test_against_brute_force import few_settings, some_conclusions

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@contextmanager
def as_if_large(frames: int = 1 << 11) -> Iterator[None]:
    """Every model is taken for a large one, and more frames than a few for very many."""
    with ExitStack() as stack:
        for module, name, value in (
            (states, "AT_SIGHT", 0),
            (local, "STATES", 0),
            (local, "PART", 0),
            (supports, "LARGE", 0),
            (sweep, "FRAMES", frames),
        ):
            stack.enter_context(patch.object(module, name, value))
        yield


@given(twin.cases(), st.data())
@settings(deadline=None, max_examples=15, suppress_health_check=SLOW)
def test_a_large_model_has_the_statuses_and_counts_of_a_small_one(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    assume(few_settings(compiler))
    asked = some_conclusions(compiler, data)
    with as_if_large():
        result = analyse(compiler, asked)
    for text in asked:
        rest, conclusion = result[text], parse_conclusion(text, compiler)
        assert (rest.status, rest.settings) == twin.status(compiler, conclusion, ())
        for ground in ("c1", "c2", "o1"):
            assert rest.without[ground] == twin.status(compiler, conclusion, [ground])[0]
        for support in rest.supports:
            assert twin.follows_from(compiler, conclusion, support)


@given(twin.cases(), st.data())
@settings(deadline=None, max_examples=15, suppress_health_check=SLOW)
def test_very_many_frames_are_counted_as_all_of_them(case: Case, data: st.DataObject) -> None:
    """Every controller and rule is made unsure; more than two frames are very many."""
    compiler = Compiler(case)
    structure = [e.id for e in compiler.elements if e.kind in ("control", "rule")]
    space = compiler.setting_space(unsure=structure)
    assume(space.count is not None and 2 < space.listed <= 600)
    concepts = data.draw(st.lists(st.sampled_from(CONCEPTS), min_size=1, max_size=3, unique=True))
    state = data.draw(st.sampled_from(compiler.space().names))
    asked = [parse_conclusion(f"holds({state}, {c})", compiler) for c in concepts]
    (group,) = sweep.groups_of(compiler, asked)
    frames = 1 << len([e for e in space.free if e in structure])
    with patch.object(sweep.Group, "limit", frames - 1 if frames > 2 else 1):
        found = group.sweep(space)
    every = [compiler.view(s) for s in space.settings()]
    for k, conclusion in enumerate(asked):
        true = sum(twin.truth(compiler, v, conclusion)[0] for v in every)
        if found.shares[k] is not None:
            assert found.shares[k] == Fraction(true, len(every))
        if not found.cut[k]:
            assert found.status[k] == (1 if true == len(every) else -1 if true == 0 else 0)


@given(twin.cases(), st.data())
@settings(deadline=None, max_examples=15, suppress_health_check=SLOW)
def test_what_is_told_of_a_block_is_so_in_each_of_its_frames(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    held = [e.id for e in compiler.elements if e.kind == "control"]
    open_ = tuple(data.draw(st.lists(st.sampled_from(held), max_size=3, unique=True)))
    off = frozenset(data.draw(st.sets(st.sampled_from(held), max_size=1))) - set(open_)
    book, space = OrderBook(compiler), compiler.setting_space()
    assume(space.listed <= 100 and not space.unknown)
    orders = [book.orders(p, space, frozenset()) for p in compiler.parties]
    numbers = np.repeat(np.arange(compiler.space().n), len(CONCEPTS))
    concepts = list(CONCEPTS) * compiler.space().n
    told = Between(book).told(Block(off, open_), orders, numbers, concepts)
    for bits in range(1 << len(open_)):
        gone = off | {e for k, e in enumerate(open_) if bits >> k & 1}
        for setting in space.settings():
            lines = {e for e in setting.off if compiler.element[e].kind in ("line", "red-line")}
            view = compiler.view(Setting(gone | lines, setting.perms))
            stable = engine.judge(view.model, view.orders, CONCEPTS)
            held_ = np.stack([stable[c].all(axis=0) for c in CONCEPTS], axis=1).ravel()
            assert (told.always <= held_).all()
            assert (held_ <= told.may).all()


@given(twin.cases(), st.data())
@settings(deadline=None, max_examples=20, suppress_health_check=SLOW)
def test_divided_orders_are_counted_as_all_joint_orders(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    lines = [e.id for e in compiler.elements if e.kind in ("line", "red-line")]
    unsure = data.draw(st.lists(st.sampled_from(lines), max_size=5, unique=True)) if lines else []
    space = compiler.setting_space(unsure=unsure)
    assume(not space.unknown and space.listed <= 300)
    held = [e.id for e in compiler.elements if e.kind == "control"]
    off = frozenset(data.draw(st.sets(st.sampled_from(held)))) if held else frozenset()
    book, view = OrderBook(compiler), compiler.view(Setting(off))
    orders = [book.orders(p, space, frozenset()) for p in compiler.parties]
    dividing, every = Dividing(view.model, orders), np.arange(view.model.n)
    views = [compiler.view(Setting(off | s.off & set(lines), s.perms)) for s in space.settings()]
    for concept in ("seq", "sseq"):
        found = dividing.find(concept, every, 4096, counted=True)
        stable = [engine.judge(v.model, v.orders, [concept])[concept].all(axis=0) for v in views]
        share = np.sum(stable, axis=0)
        assert not found.open.any()
        assert [Fraction(int(m), dividing.total) for m in found.must] == [
            Fraction(int(x), len(stable)) for x in share
        ]
        quick = dividing.find(concept, every, 4096, counted=False)
        assert (quick.yes == (share > 0)).all()
        assert (quick.no == (share < len(stable))).all()


@given(twin.cases(), st.data())
@settings(deadline=None, max_examples=20, suppress_health_check=SLOW)
def test_what_is_reached_tells_the_verdicts_of_all_states(case: Case, data: st.DataObject) -> None:
    view = Compiler(case).view(AS_WRITTEN)
    with as_if_large():
        assume(local.suits(view.model, 1))
    found, every = local.Local(view.model), np.arange(view.model.n)
    stable = engine.judge(view.model, view.orders, ["nash", "gmr", "smr"])
    for party in range(len(view.parties)):
        ranks = view.orders[[party]]
        assert (found.stays(party, ranks, every)[0] == stable["nash"][party]).all()
        for concept, answers in (("gmr", False), ("smr", True)):
            mine = found.stable(party, ranks, every, answers=answers)[0]
            assert (mine == stable[concept][party]).all()


LEVELS = st.lists(st.lists(st.integers(0, 2), min_size=3, max_size=3), min_size=1, max_size=5)


@given(st.lists(LEVELS, min_size=1, max_size=3))
@settings(deadline=None)
def test_extreme_ways_tell_what_is_so_in_all_ways(parties: list[list[list[int]]]) -> None:
    levels = [np.array(rows, dtype=np.int8) for rows in parties]
    index = np.indices([len(rows) for rows in levels]).reshape(len(levels), -1)
    joint = np.stack([rows[i] for rows, i in zip(levels, index, strict=True)])
    agreed = ((joint.min(axis=0) > 0) & (joint.max(axis=0) == 2)).any(axis=1)
    worst, best = extreme(levels, least=True), extreme(levels, least=False)
    assert worst.complete
    assert best.complete
    assert bool(worst.found.all()) == bool(agreed.all())
    assert bool(best.found.any()) == bool(agreed.any())


@pytest.mark.parametrize(("true", "drawn"), [(0, 20), (3, 20), (10, 20), (20, 20), (150, 200)])
def test_an_interval_is_the_exact_one_in_hundredths(true: int, drawn: int) -> None:
    """No share outside the interval makes what was drawn as likely as 25 in 1,000 from its side."""

    def at_least(share: int) -> Fraction:
        p = Fraction(share, 100)
        return sum(
            (comb(drawn, k) * p**k * (1 - p) ** (drawn - k) for k in range(true, drawn + 1)), Fraction(0)
        )

    found = sampled(true, drawn)
    assert found.low <= 100 * true / drawn <= found.high
    if true:
        assert at_least(found.low) <= Fraction(1, 40) < at_least(found.low + 1)
    else:
        assert found.low == 0
    mirrored = sampled(drawn - true, drawn)
    assert (mirrored.low, mirrored.high) == (100 - found.high, 100 - found.low)


@given(twin.cases(held=True), st.data())
@settings(deadline=None, max_examples=4, suppress_health_check=SLOW)
def test_what_is_drawn_is_drawn_again_and_never_against_what_is_certain(
    case: Case, data: st.DataObject
) -> None:
    compiler = Compiler(case)
    space = compiler.setting_space()
    assume(space.of_packages is not None and space.listed <= 300)
    asked = [parse_conclusion(t, compiler) for t in some_conclusions(compiler, data)]
    drawn = draw(compiler, space, asked, seed=7)
    assert drawn == draw(compiler, space, asked, seed=7)
    for sample, conclusion in zip(drawn, asked, strict=True):
        word, count = twin.status(compiler, conclusion, ())
        assert count is not None
        if word == "always":
            assert sample.true == sample.drawn
        if word == "never":
            assert sample.true == 0
