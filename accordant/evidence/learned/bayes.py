"""Naive Bayes over named things, in whole counts.

For a class *c* (0 accepted, 1 rejected) and a thing *f* with value *v* (McCallum and Nigam, "A comparison
of event models for naive Bayes text classification", 1998, with Laplace's rule of succession)::

    score(c) = log((n_c + 1) / (n + 2)) + sum over known f of log((n_cfv + 1) / (n_cf + V_f))

``n_c`` decisions of the class, ``n_cf`` those of them of which *f* is known, ``n_cfv`` those with the
value, ``V_f`` values of *f* seen at all, and one more for those never seen. What is not known of a
suggestion adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from accordant.evidence.learned.examples import Example
from accordant.evidence.learned.features import NAMES, Features

Codes = npt.NDArray[np.int64]


class Table:
    """Examples as numbers.

    Attributes
    ----------
    codes
        One row per example, one column per thing: the number of its value, or -1 where not known.
    rejected
        One entry per example.
    """

    def __init__(self, examples: Sequence[Example]) -> None:
        self.values: list[dict[str, int]] = []
        columns = []
        for name in NAMES:
            found = sorted({e.features[name] for e in examples if name in e.features})
            number = {value: k for k, value in enumerate(found)}
            self.values.append(number)
            columns.append([number.get(e.features.get(name, ""), -1) for e in examples])
        self.codes: Codes = np.array(columns, dtype=np.int64).T.reshape(len(examples), len(NAMES))
        self.rejected: npt.NDArray[np.bool_] = np.array([e.rejected for e in examples], dtype=bool)

    def row(self, seen: Features) -> Codes:
        """A suggestion as numbers; a value that was never seen is one beyond the last."""
        return np.array(
            [
                self.values[k].get(seen[name], len(self.values[k])) if name in seen else -1
                for k, name in enumerate(NAMES)
            ],
            dtype=np.int64,
        )


class Bayes:
    """Counts of a table, and what they say.

    Parameters
    ----------
    rows
        Which examples are counted; all of them where left out.
    """

    def __init__(self, table: Table, rows: npt.NDArray[np.bool_] | None = None) -> None:
        rows = np.ones(len(table.rejected), dtype=bool) if rows is None else rows
        codes, rejected = table.codes[rows], table.rejected[rows]
        sizes = np.array([int((~rejected).sum()), int(rejected.sum())])
        self.prior = np.log(sizes + 1) - np.log(sizes.sum() + 2)
        self.logs: list[npt.NDArray[np.float64]] = []
        for k, values in enumerate(table.values):
            counts = np.zeros((2, len(values) + 1))
            for c in (0, 1):
                known = codes[rejected == bool(c), k]
                counts[c] = np.bincount(known[known >= 0], minlength=len(values) + 1)
            total = counts.sum(axis=1, keepdims=True)
            self.logs.append(np.log(counts + 1) - np.log(total + len(values) + 1))

    def rejects(self, codes: Codes) -> npt.NDArray[np.bool_]:
        """For each row whether rejecting is the likelier; a tie is none."""
        score = np.tile(self.prior, (len(codes), 1))
        for k, logs in enumerate(self.logs):
            known = codes[:, k] >= 0
            score[known] += logs[:, codes[known, k]].T
        # Ties are exact but for the order of summing; what is nearer than this is one.
        return np.asarray(score[:, 1] - score[:, 0] > 1e-9)
