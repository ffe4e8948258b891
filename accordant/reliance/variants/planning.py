"""The plan of a sweep: what varies, how many variants that makes, and which columns each row has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from accordant.case.objects import Case
from accordant.errors import InputError, did_you_mean
from accordant.model.compiler import Compiler
from accordant.model.settings import UNCOUNTED
from accordant.reliance.variants.columns import Column, Count, columns_of, counts_of
from accordant.reliance.variants.dimensions import Dimension, Ranged, States
from accordant.reliance.variants.drafting import Draft
from accordant.reliance.variants.grammar import Over, parse
from accordant.reliance.variants.numbering import Indices, chosen, drawn, in_order
from accordant.stability.concepts import CONCEPTS, find

LIMIT = 100_000
"""Variants up to which all are gone through unless another limit is given."""
DRAWN = 10_000
"""Variants that are drawn where there are more, unless another number is given."""
EVERY = 16
"""States up to which all are asked about where the case has no status quo and no proposals."""
ROWS, FEWEST, CELLS = 4096, 64, 1 << 20
"""Most and fewest rows of a chunk, and ranks (rows × parties × states) that one may hold at most."""


@dataclass(frozen=True, eq=False)
class Plan:
    """What a sweep goes through; equal plans give equal rows, whoever works them out.

    Attributes
    ----------
    texts
        Every ``--over``, as given.
    dimensions
        What varies, the last one running fastest.
    total
        How many variants there are.
    rows
        How many of them are gone through; fewer than ``total`` where some are drawn.
    seed
        Decides which; None where all are gone through.
    blocks
        Coalitions whose members act as one in columns of their own.
    notes
        What is held as it is written although it is open, and what was left out, in words.
    """

    compiler: Compiler
    texts: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    concepts: tuple[str, ...]
    blocks: tuple[tuple[str, ...], ...]
    states: tuple[str, ...]
    total: int
    rows: int
    seed: int | None
    notes: tuple[str, ...]

    @property
    def case(self) -> Case:
        """The case whose variants these are."""
        return self.compiler.case

    @cached_property
    def players(self) -> tuple[str, ...]:
        """What the coalitions are called."""
        return tuple("+".join(block) for block in self.blocks)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """What is said of every variant."""
        parties = [p for p, party in self.case.parties.items() if party.role == "party"]
        return columns_of(self.concepts, self.players, self.states, list(self.case.proposals), parties)

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """What is counted in every variant."""
        return counts_of(self.concepts, self.players, self.may_be_unknown)

    @cached_property
    def may_be_unknown(self) -> bool:
        """Whether somebody's order may be unknown in some variant."""
        ordered = {d.party for d in self.dimensions if isinstance(d, States | Ranged)}
        open_ = set(self.compiler.parties) - ordered
        orders = self.compiler.orders()
        if any(p not in orders or orders[p].open or self.case.preferences[p].ranged for p in open_):
            return True
        kinds = {e.id: e for e in self.compiler.elements}
        varied = {e for d in self.dimensions for e in touched(self.compiler, d)}
        if any(kinds[e].kind in UNCOUNTED and kinds[e].subject in open_ for e in varied):
            return True
        if any(e in open_ for e in self.compiler.setting_space().unknown):
            return True
        return any(kinds[e].kind == "rule" for e in varied) and any(orders[p].score for p in open_)

    @property
    def chunk(self) -> int:
        """Rows worked out, and written, at once: the same whoever works them out."""
        size = max(1, self.compiler.space().n * len(self.compiler.parties))
        return max(FEWEST, min(ROWS, CELLS // size))

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return -(-self.rows // self.chunk)

    def choices(self, chunk: int) -> list[Indices]:
        """What the variants of a chunk choose in every dimension."""
        start = chunk * self.chunk
        stop = min(self.rows, start + self.chunk)
        every = self.seed is None
        numbers = in_order(start, stop) if every else drawn(start, stop, self.total, self.seed or 0)
        return chosen(numbers, [d.size for d in self.dimensions])


def touched(compiler: Compiler, dimension: Dimension) -> tuple[str, ...]:
    """The elements that may not count because of a dimension."""
    from accordant.case.grounds import falls_with
    from accordant.reliance.variants.dimensions import Counting, Ground

    if isinstance(dimension, Counting):
        return (dimension.element,)
    if isinstance(dimension, Ground):
        fallen = falls_with(compiler.case, [dimension.ground])
        return tuple(e.id for e in compiler.elements if e.standing & fallen)
    return ()


def plan(
    compiler: Compiler,
    over: Sequence[str],
    *,
    states: Iterable[str] = (),
    limit: int = LIMIT,
    draw: int | None = None,
    seed: int = 1,
) -> Plan:
    """What a sweep would go through.

    Parameters
    ----------
    over
        What to vary, in the grammar of :mod:`accordant.reliance.variants.grammar`.
    states
        States to ask about besides no deal, the status quo and those that proposals lead to.
    limit
        Up to how many variants all are gone through.
    draw
        How many are drawn; where there are no more, all are gone through.
    seed
        Decides which are drawn.

    Raises
    ------
    InputError
        If something asked for is not there, nothing varies, or two things decide one order.

    Examples
    --------
    >>> import accordant
    >>> found = plan(accordant.load("cases/games/chicken").compiler, ["status-quo"])
    >>> found.total, found.dimensions[0].classes
    (4, ('s1', 's2', 's3', 's4'))
    """
    asked = parse(over)
    for name, number in (("limit", limit), ("draw", draw)):
        if number is not None and number < 1:
            raise InputError(f"--{name} {number}: give a number of at least 1")
    concepts, blocks, named = _concepts(asked), _blocks(compiler, asked), _states(compiler, states)
    draft = Draft(compiler, asked)
    dimensions = draft.dimensions()
    if not dimensions:
        raise InputError(
            "nothing varies: " + ("; ".join(draft.notes) or "say what does, such as --over settings, "
            "--over orders or --over rules")
        )  # fmt: skip
    total = prod(d.size for d in dimensions)
    all_of_them = total <= limit if draw is None else total <= draw
    rows = total if all_of_them else min(total, DRAWN if draw is None else draw)
    return Plan(
        compiler,
        tuple(o.text for o in asked),
        dimensions,
        concepts,
        blocks,
        named,
        total,
        rows,
        None if all_of_them else seed,
        (*draft.notes, *draft.held()),
    )


def _concepts(asked: Sequence[Over]) -> tuple[str, ...]:
    names = [name for over in asked if over.what == "concepts" for name in over.names]
    return tuple(c.name for c in find(names)) if names else CONCEPTS


def _blocks(compiler: Compiler, asked: Sequence[Over]) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    for over in asked:
        if over.what != "coalitions":
            continue
        given = [tuple(n.strip() for n in name.split("+")) for name in over.names] or compiler.case.coalitions
        if not given:
            raise InputError(f"--over {over.text}: the case lists no coalitions; name one: coalitions:a+b")
        for block in given:
            for party in block:
                if party not in compiler.parties:
                    raise _unknown(over.text, "party with moves", party, compiler.parties)
            members = tuple(p for p in compiler.parties if p in block)
            if len(members) < 2:
                raise InputError(f"--over {over.text}: a coalition needs at least two parties")
            found.append(members)
    return tuple(dict.fromkeys(found))


def _states(compiler: Compiler, asked: Iterable[str]) -> tuple[str, ...]:
    """No deal, the status quo, the proposals' states and those asked for, each once.

    Every state of a small case that has none of these.
    """
    view = compiler.view()
    names = view.space.names
    found = [*view.no_deal, *(() if view.status_quo is None else (view.status_quo,))]
    landings = (view.package(p).state for p in compiler.case.proposals)
    found += [state for state in landings if state is not None]
    given = [names[s] for s in found]
    if not given and len(names) <= EVERY:
        given = list(names)
    for name in asked:
        if name not in names:
            raise _unknown(f"--state {name}", "state", name, names, before="")
        given.append(name)
    return tuple(dict.fromkeys(given))


def _unknown(text: str, what: str, name: str, known: Sequence[str], before: str = "--over ") -> InputError:
    hint = did_you_mean(name, known[:4000])
    shown = ", ".join(known[:12]) + (f" and {len(known) - 12:,} more" if len(known) > 12 else "")
    return InputError(
        f"{before}{text}: there is no {what} {name!r}; allowed: {shown or 'none'}"
        + (f"; {hint}" if hint else "")
    )
