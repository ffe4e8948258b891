"""Feasible combinations, grown issue by issue.

A rule is applied as soon as the values chosen so far decide it, so that sixty issues with a few
thousand feasible combinations never pass through 2^60 of anything. Issues that no rule links are
grown apart and multiplied at the end. Before growing, the combinations are counted by merging
partial rows that agree on every issue an unfinished rule still reads; a model that would not fit
is refused with that count.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np
from numpy.typing import NDArray

from accordant.case.expressions import Expression
from accordant.errors import TooLargeError

Codes = NDArray[np.integer]

FRONTIER = 1 << 18
"""Most partial rows that counting keeps; beyond it the count is only an upper bound."""


@dataclass(frozen=True)
class Product:
    """Issues with their sizes, and the rules over them that must be true.

    ``fixed`` holds issues to one value (their number), as a pattern does.
    """

    issues: tuple[str, ...]
    shape: tuple[int, ...]
    rules: tuple[Expression, ...]
    fixed: Mapping[int, int] = field(default_factory=dict)

    def domain(self, k: int) -> tuple[int, ...]:
        """The values that issue k may take, ascending."""
        return (self.fixed[k],) if k in self.fixed else tuple(range(self.shape[k]))

    def size(self, issues: Iterable[int]) -> int:
        """Number of combinations of some issues, rules aside."""
        return prod(len(self.domain(k)) for k in issues)

    @property
    def dtype(self) -> type[np.integer]:
        """The smallest type that holds every value number."""
        return np.uint8 if max(self.shape, default=1) <= 256 else np.uint16


def memory_limit() -> int:
    """Bytes that one model may take: half of the machine's memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2


def memory_text(amount: float) -> str:
    """Bytes as people say them.

    Examples
    --------
    >>> memory_text(300e6), memory_text(3 * 2**30), memory_text(2.5 * 2**50)
    ('286 MiB', '3.0 GiB', '2,560.0 TiB')
    """
    if amount < 2**30:
        return f"{max(amount / 2**20, 1):,.0f} MiB"
    return f"{amount / 2**30:,.1f} GiB" if amount < 2**40 else f"{amount / 2**40:,.1f} TiB"


def feasible(product: Product, *, parties: int = 1, limit: int | None = None) -> Codes:
    """Every combination of values that makes all rules true, ascending.

    Parameters
    ----------
    product
        Issues, sizes and rules.
    parties
        Number of parties, for the estimate of what the whole model takes.
    limit
        Bytes that it may take; half of the machine's memory by default.

    Returns
    -------
    array of shape (combinations, issues)
        Value numbers, rows in ascending lexicographic order.

    Raises
    ------
    TooLargeError
        If the model would not fit, before anything large is allocated.

    Examples
    --------
    >>> feasible(Product(("a", "b"), (2, 3), ())).tolist()
    [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]
    """
    allowed = memory_limit() if limit is None else limit
    # as measured on models of a million states and more, from growing to the verdicts of five concepts
    per_row = len(product.shape) * np.dtype(product.dtype).itemsize * 2 + parties * 50 + 40
    blocks = components(product)
    counts = [_count(product, block) for block in blocks]
    total = prod(count for count, _ in counts)
    exact = all(known for _, known in counts)
    if total * per_row > allowed and exact:
        raise TooLargeError(_refusal(total, per_row, allowed, exact))
    rows_allowed = max(allowed // per_row, 1)
    return _multiply(product, [(b, _grow(product, b, rows_allowed, per_row)) for b in blocks], rows_allowed)


def count_feasible(product: Product) -> tuple[int, bool]:
    """How many combinations are feasible, and whether the count is exact or an upper bound.

    Examples
    --------
    >>> count_feasible(Product(tuple("abc"), (2, 2, 2), ()))
    (8, True)
    """
    counts = [_count(product, block) for block in components(product)]
    return prod(count for count, _ in counts), all(known for _, known in counts)


def _refusal(total: int, per_row: int, allowed: int, exact: bool) -> str:
    number = f"{total:,}" if total < 10**21 else f"about 10^{len(str(total)) - 1}"
    count = number if exact else f"more than {number}"
    takes = f", which would take about {memory_text(total * per_row)}" if total < 10**21 else ""
    return (
        f"the case has {count} feasible combinations of values{takes}; {memory_text(allowed)} are allowed "
        "here, and this needs a list of all states. Add rules under 'feasible', name the states that matter "
        "('only: named'), or split the case; 'accordant check' and 'accordant deals' answer without a list "
        "where worths add up over the issues"
    )


def components(product: Product) -> list[list[int]]:
    """Issues linked by rules, each component in the order in which it is grown."""
    links: dict[int, set[int]] = {k: set() for k in range(len(product.shape))}
    for rule in product.rules:
        used = [product.issues.index(name) for name in rule.names]
        for k in used:
            links[k].update(used)
    left = set(links)
    blocks = []
    while left:
        seed = min(left)
        found, queue = {seed}, [seed]
        while queue:
            for k in links[queue.pop()] - found:
                found.add(k)
                queue.append(k)
        left -= found
        blocks.append(_growth_order(product, sorted(found)))
    return blocks


def _growth_order(product: Product, block: list[int]) -> list[int]:
    """Issues in an order that finishes rules early: next the one that leaves fewest rules open."""
    scopes = [frozenset(product.issues.index(n) for n in r.names) for r in product.rules]
    scopes = [s for s in scopes if s and s <= set(block)]
    placed: list[int] = []
    left = set(block)
    while left:
        done = set(placed)

        def cost(k: int, done: set[int] = done) -> tuple[int, int, int]:
            touched = [s for s in scopes if k in s]
            finished = sum(s <= done | {k} for s in touched)
            opened = sum(not (s & done) and not s <= {k} for s in touched)
            near = -max((len(s & done) for s in touched), default=0)
            return (opened - finished, near, k)

        best = min(left, key=cost)
        placed.append(best)
        left.remove(best)
    return placed


def _steps(product: Product, block: list[int]) -> Iterator[tuple[int, list[Expression], list[int]]]:
    """For each issue in turn: it, the rules that it touches, the issues still read later."""
    index = {name: k for k, name in enumerate(product.issues)}
    for position, k in enumerate(block):
        placed = set(block[: position + 1])
        touched = [r for r in product.rules if product.issues[k] in r.names]
        open_rules = [r for r in product.rules if not {index[n] for n in r.names} <= placed]
        live = sorted({index[n] for r in open_rules for n in r.names} & placed)
        yield k, touched, live


def _extend(
    product: Product, rows: Codes, placed: Sequence[int], k: int, rules: list[Expression]
) -> tuple[Codes, NDArray[np.intp]]:
    """Every row with every value of issue k, less those that a rule already forbids."""
    domain = np.array(product.domain(k), dtype=product.dtype)
    origin = np.repeat(np.arange(len(rows)), len(domain))
    column = np.tile(domain, len(rows))
    grown = np.column_stack([rows[origin], column]) if rows.shape[1] else column[:, None]
    names = [product.issues[p] for p in (*placed, k)]
    for rule in rules:
        columns = {name: grown[:, c] for c, name in enumerate(names) if name in rule.names}
        keep = rule.bounds(columns)[0]
        if not keep.all():
            grown, origin = grown[keep], origin[keep]
    return grown, origin


def _count(product: Product, block: list[int]) -> tuple[int, bool]:
    if not any(product.issues[k] in r.names for r in product.rules for k in block):
        return product.size(block), True
    rows = np.zeros((1, 0), dtype=product.dtype)
    counts = np.ones(1, dtype=object)  # Python integers: counts pass 2^63
    placed: list[int] = []
    for done, (k, rules, live) in enumerate(_steps(product, block)):
        if len(rows) * product.size([k]) > FRONTIER:
            return int(counts.sum()) * product.size(block[done:]), False
        rows, origin = _extend(product, rows, placed, k, rules)
        counts, placed = counts[origin], [*placed, k]
        keep = [placed.index(j) for j in live]
        merged, inverse = np.unique(rows[:, keep], axis=0, return_inverse=True)
        total = np.zeros(len(merged), dtype=object)
        np.add.at(total, inverse.ravel(), counts)
        rows, counts, placed = merged, total, [placed[j] for j in keep]
    return int(counts.sum()), True


def _grow(product: Product, block: list[int], rows_allowed: int, per_row: int) -> Codes:
    rows = np.zeros((1, 0), dtype=product.dtype)
    placed: list[int] = []
    for k, rules, _ in _steps(product, block):
        if len(rows) * product.size([k]) > rows_allowed:
            grown = len(rows) * product.size([k])
            raise TooLargeError(_refusal(grown, per_row, rows_allowed * per_row, exact=False))
        rows, _ = _extend(product, rows, placed, k, rules)
        placed.append(k)
    return rows


def _multiply(product: Product, grown: list[tuple[list[int], Codes]], rows_allowed: int) -> Codes:
    """The product of the components, columns back in the case's order, rows ascending."""
    total = prod(len(rows) for _, rows in grown)
    if total > rows_allowed:
        per_row = len(product.shape) * 2
        raise TooLargeError(_refusal(total, per_row, rows_allowed * per_row, exact=True))
    codes = np.empty((total, len(product.shape)), dtype=product.dtype)
    before = 1
    for block, rows in grown:
        after = total // (before * len(rows)) if total else 0
        # one column at a time, written straight into place: no second copy of the whole
        for c, k in enumerate(block):
            codes[:, k] = np.tile(np.repeat(rows[:, c], after), before) if total else 0
        before *= max(len(rows), 1)
    in_order = [k for block, _ in grown for k in block] == list(range(len(product.shape)))
    return codes if in_order else codes[ascending(codes, product.shape)]


def ascending(codes: Codes, shape: Sequence[int]) -> NDArray[np.intp]:
    """The row order that sorts codes lexicographically."""
    if prod(shape) < 2**63:
        return np.argsort(pack(codes, shape), kind="stable")
    return np.lexsort(codes.T[::-1])


def row_numbers(codes: Codes, shape: Sequence[int], rows: Codes) -> NDArray[np.intp]:
    """Where each of ``rows`` stands in ``codes`` (ascending, containing them all)."""
    if prod(shape) < 2**63:
        return np.searchsorted(pack(codes, shape), pack(rows, shape))
    table = {row.tobytes(): k for k, row in enumerate(codes)}
    return np.array([table[row.tobytes()] for row in rows], dtype=np.intp)


def pack(codes: Codes, shape: Sequence[int]) -> NDArray[np.int64]:
    """Each row as one number in the mixed radix of ``shape``; the product must be below 2^63."""
    number = np.zeros(len(codes), dtype=np.int64)
    for k, size in enumerate(shape):
        number *= size
        number += codes[:, k]
    return number
