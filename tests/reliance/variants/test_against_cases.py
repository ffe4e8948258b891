"""Every row of a sweep says what the library says of that variant built as a case of its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import accordant
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.settings import BINARY, Setting
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.variants.dimensions import Counting, Ranged
from accordant.reliance.variants.evaluating import Evaluator
from accordant.reliance.variants.planning import Plan, plan
from tests.documents import ROOT
from tests.reliance.twin import cases, truth
from tests.reliance.variants.twin import Variant

SLOW = settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))


def compared(made: Plan, looked_at: int = 8) -> None:
    block = Evaluator(made).chunk(0)
    rows = np.linspace(0, len(block.answers) - 1, min(looked_at, len(block.answers))).astype(int)
    for row in rows:
        expected = Variant(made, [c[row] for c in block.choices]).answers()
        found = {c.id: int(k) for c, k in zip(made.columns, block.answers[row], strict=True)}
        found |= {c.id: int(k) for c, k in zip(made.counts, block.counts[row], strict=True)}
        assert found == expected, {k: (found[k], expected[k]) for k in found if found[k] != expected[k]}


def over_of(case: Case) -> st.SearchStrategy[list[str]]:
    every = ["settings", "unsure", "either", "orders", "rules", "assumptions", "claims", "origins", "grounds"]
    every += ["status-quo", "no-deal"]
    binary = [e.id for e in Compiler(case).elements if e.kind in BINARY]
    every += [f"unsure:{e}" for e in binary[-4:]]
    for party, given_ in case.preferences.items():
        if given_.worth is not None:
            every += [f"worths:{party}:±1", f"worths:{party}:0..1/0.5", f"worths:{party}"]
            if given_.reservation is not None and given_.reservation.worth is not None:
                every.append(f"reservation:{party}:±1")
        every.append(f"orders:{party}:strict")
        every.append(f"orders:{party}:weak")
        if given_.priorities:
            every.append(f"orders:{party}:lines")
    return st.lists(st.sampled_from(every), min_size=1, max_size=3, unique=True)


@SLOW
@given(st.data(), st.booleans())
def test_a_row_is_the_answer_to_its_variant_as_a_case(data: st.DataObject, held: bool) -> None:
    case = data.draw(cases(held=held))
    over = data.draw(over_of(case))
    try:
        made = plan(Compiler(case), over, limit=40, draw=40)
    except InputError:
        return
    compared(made)


@SLOW
@given(st.data())
def test_a_row_is_right_where_nothing_is_known_of_a_party(data: st.DataObject) -> None:
    case = data.draw(cases())
    silent = data.draw(st.sampled_from(sorted(case.preferences)))
    preferences = {p: g for p, g in case.preferences.items() if p != silent}
    case = case.model_copy(update={"preferences": preferences})
    try:
        made = plan(Compiler(case), data.draw(over_of(case)), limit=12, draw=12)
    except InputError:
        return
    compared(made)


@SLOW
@given(st.data())
def test_a_row_is_right_where_parties_act_as_one(data: st.DataObject) -> None:
    case = data.draw(cases().filter(lambda c: len(Compiler(c).parties) > 1))
    parties = Compiler(case).parties
    block = "+".join(data.draw(st.permutations(parties))[:2])
    try:
        made = plan(Compiler(case), [*data.draw(over_of(case)), f"coalitions:{block}"], limit=9, draw=9)
    except InputError:
        return
    compared(made, 3)


@pytest.mark.parametrize(
    ("name", "over"),
    [
        ("january-2024", ["settings", "assumptions"]),
        ("labour", ["worths:company:±0.7", "reservation:company:±0.5", "rules", "unsure"]),
        ("labour", ["orders:company:strict", "orders:members"]),
        ("river", ["orders", "settings"]),
        ("river", ["rules", "no-deal", "claims"]),
        ("supply", ["worths:supplier:±3", "unsure"]),
        ("elmira", ["orders:UR:weak"]),
        ("cuba-1962", ["claims", "status-quo"]),
        ("games/chicken", ["orders:row:weak", "orders:column:strict"]),
    ],
)
def test_rows_of_shipped_cases(name: str, over: list[str]) -> None:
    compiler = accordant.load(ROOT / "cases" / name).compiler
    compared(plan(compiler, over, draw=50), 3)


@SLOW
@given(st.data())
def test_a_row_is_right_at_every_order_that_ranges_admit(data: st.DataObject) -> None:
    case = data.draw(cases(held=True, ranges=2))
    compiler = Compiler(case)
    ranged = [p for p in case.preferences if compiler.ranges.concern(p, deals=True)]
    if not ranged:
        return
    try:
        made = plan(compiler, [f"orders:{p}:ranges" for p in ranged] + ["unsure"], limit=60, draw=60)
    except InputError:
        return
    block = Evaluator(made).chunk(0)
    for row in range(0, len(block.answers), 7):
        chosen = [(d, int(c[row])) for d, c in zip(made.dimensions, block.choices, strict=True)]
        perms = tuple(p for d, k in chosen if isinstance(d, Ranged) for p in d.points[k])
        off = {d.element for d, k in chosen if isinstance(d, Counting) and k}
        view = compiler.view(Setting(frozenset(off) | frozenset(compiler.setting_space().lost), perms))
        for column, found in zip(made.columns, block.answers[row], strict=True):
            must, may = truth(compiler, view, Conclusion(column.kind, column.subject, column.detail))
            assert found == (1 if must else 2 if may else 0), column.id
