"""The reference models by either kernel, and every verdict on them explained."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from accordant.model.compiler import Compiler
from accordant.stability import arc_form, option_form
from accordant.stability.concepts import CONCEPTS
from accordant.stability.explain import explain
from accordant.stability.ranks import compact
from accordant.stability.readings import plain
from tests.cases.shipped import reference_models
from tests.cases.test_published_verdicts import case_of

MODELS = reference_models()


def expected(model: dict[str, Any]) -> np.ndarray:
    """Shape (concepts, parties, n)."""
    n = len(model["ranks"]["p1"])
    return np.array(
        [[[s + 1 in model["stable"][c][p] for s in range(n)] for p in model["ranks"]] for c in CONCEPTS]
    )


@pytest.mark.parametrize("model", MODELS, ids=lambda m: str(m["name"]))
def test_both_kernels_give_the_verdicts(model: dict[str, Any]) -> None:
    view = Compiler(case_of(model)).view()
    ranks, levels = compact(view.orders)
    wanted = np.ones(arc_form.KINDS, dtype=bool)
    form = option_form.option_form(view.model)
    assert form is not None
    swept = option_form.verdicts(form, ranks, plain(view.model), wanted)
    arcs = arc_form.arc_form(view.model)
    followed = arc_form.verdicts(arcs, ranks[None], levels, plain(view.model), wanted)[:, 0]
    assert (swept == expected(model)).all()
    assert (followed == expected(model)).all()


@pytest.mark.parametrize("model", MODELS[::4], ids=lambda m: str(m["name"]))
def test_every_explanation_agrees(model: dict[str, Any]) -> None:
    view = Compiler(case_of(model)).view()
    found = [
        [[explain(view, s, p, c).stable for s in range(view.model.n)] for p in view.parties] for c in CONCEPTS
    ]
    assert found == expected(model).tolist()
