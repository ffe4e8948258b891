"""Who refuses a package whatever is paid, against whom the compared packages let off."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings

from accordant.agreement.numbers import NoBargain, bargain_of
from accordant.agreement.refusals import refusals, refusers
from accordant.model.compiler import Compiler
from tests.agreement.random_cases import cases


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_somebody_is_named_just_where_a_package_is_not_allowed(case) -> None:
    view = Compiler(case).view()
    bargain = bargain_of(view)
    found = refusals(view, np.arange(view.model.n))
    nobody = ~np.logical_or.reduce(list(found.values()) or [np.zeros(view.model.n, dtype=bool)], axis=0)
    if not isinstance(bargain, NoBargain):
        assert nobody.tolist() == bargain.allowed.tolist()
    for state in range(view.model.n):
        assert refusers(view, state) == tuple(who for who, refused in found.items() if refused[state])
    for who in found:
        party = case.parties[who]
        assert party.role == "constituency" or case.preferences[who].never
