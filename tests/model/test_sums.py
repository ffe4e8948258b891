"""Sums over every combination, against going through the combinations."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.model import sums
from accordant.model.sums import sums_over_product

TABLES = st.lists(st.lists(st.integers(-(2**40), 2**40), max_size=4), max_size=5)


@given(TABLES, st.sampled_from([1, 3, 4096]))
def test_every_combination_is_worth_the_sum_of_its_values_the_last_issue_first(tables, inner):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sums, "INNER", inner)
        assert sums_over_product(tables).tolist() == [sum(values) for values in product(*tables)]


def test_sums_are_written_into_a_row_that_is_given():
    rows = np.zeros((2, 6), dtype=np.int64)
    assert sums_over_product([[0, 10], [1, 2, 3]], rows[1]) is not None
    assert rows.tolist() == [[0] * 6, [1, 2, 3, 11, 12, 13]]


def test_sums_that_may_not_fit_are_refused_rather_than_wrong():
    with pytest.raises(OverflowError, match="64 bits"):
        sums_over_product([[2**62], [2**62]])
    assert sums_over_product([[2**62], [2**62 - 1]]).tolist() == [2**63 - 1]
