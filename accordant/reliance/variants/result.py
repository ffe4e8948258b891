"""The summary of a sweep: what is so in how many variants, and what it depends on most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from accordant.reliance.variants.columns import ANSWERS
from accordant.reliance.variants.evaluating import Block
from accordant.reliance.variants.planning import Plan
from accordant.reliance.variants.tallying import Tally
from accordant.tables import Method, Table


@dataclass(frozen=True, slots=True)
class InValue:
    """One value of what is varied: in how many variants it is chosen, and how often something is so then."""

    value: str
    variants: int
    yes: int
    unknown: int

    @property
    def share(self) -> Fraction:
        """The share of the variants in which it surely is so."""
        return Fraction(self.yes, self.variants) if self.variants else Fraction(0)


@dataclass(frozen=True)
class Swept:
    """One conclusion over all variants.

    Attributes
    ----------
    id
        Such as ``agreement(offer-1)``.
    yes, no, unknown
        In how many variants it is so, is not so, and is not known.
    written
        What it is in the case as it is written: yes, no or unknown.
    by
        For each dimension the counts value by value.
    """

    id: str
    yes: int
    no: int
    unknown: int
    written: str
    by: Mapping[str, tuple[InValue, ...]]

    @property
    def rows(self) -> int:
        """The variants looked at."""
        return self.yes + self.no + self.unknown

    @property
    def status(self) -> str:
        """*always*, *sometimes* or *never*, in the variants looked at; *unknown* where nothing is known."""
        if self.yes == self.rows:
            return "always"
        if self.no == self.rows:
            return "never"
        return "sometimes" if self.yes or self.no else "unknown"

    def spread(self, dimension: str) -> Fraction:
        """How far its share moves with the value of a dimension: from least to most."""
        shares = [v.share for v in self.by[dimension] if v.variants]
        return max(shares) - min(shares) if shares else Fraction(0)

    def ends(self, dimension: str) -> tuple[InValue, InValue]:
        """The values of a dimension with the least and the largest share, the first of each."""
        values = [v for v in self.by[dimension] if v.variants]
        return min(values, key=lambda v: v.share), max(values, key=lambda v: v.share)


@dataclass(frozen=True, slots=True)
class Varied:
    """A dimension: its name, what is varied, and how many choices there are."""

    id: str
    says: str
    size: int


@dataclass(frozen=True)
class SweepResult:
    """What a sweep found.

    Attributes
    ----------
    dimensions
        What was varied.
    total
        How many variants there are.
    rows
        How many of them were looked at.
    seed
        Decides which; None where all of them were.
    conclusions
        What was asked of each variant.
    equilibria
        By concept (and coalition), in how many variants how many states hold.
    output
        The file with the rows, if they were written.
    """

    title: str
    over: tuple[str, ...]
    dimensions: tuple[Varied, ...]
    total: int
    rows: int
    seed: int | None
    conclusions: tuple[Swept, ...]
    equilibria: Mapping[str, Mapping[int, int]]
    output: Path | None
    method: Method

    def conclusion(self, id_: str) -> Swept:
        """One conclusion by its id.

        Raises
        ------
        KeyError
            If it is not among those asked.
        """
        return next(c for c in self.conclusions if c.id == id_) if self._has(id_) else self._none(id_)

    def _has(self, id_: str) -> bool:
        return any(c.id == id_ for c in self.conclusions)

    def _none(self, id_: str) -> Swept:
        raise KeyError(id_)

    def ranked(self) -> tuple[tuple[Varied, int, Fraction], ...]:
        """Dimensions, those that matter most first.

        Returns
        -------
        tuple of (dimension, conclusions, spread)
            How many conclusions it moves furthest, and how far it moves all of them together.
        """
        first: dict[str, int] = dict.fromkeys((d.id for d in self.dimensions), 0)
        moved = {d.id: sum((c.spread(d.id) for c in self.conclusions), Fraction(0)) for d in self.dimensions}
        for c in self.conclusions:
            if top := self.furthest(c):
                first[top] += 1
        ordered = sorted(self.dimensions, key=lambda d: (-first[d.id], -moved[d.id]))
        return tuple((d, first[d.id], moved[d.id]) for d in ordered)

    def furthest(self, conclusion: Swept) -> str:
        """The dimension that moves a conclusion furthest; empty where none does."""
        if len({d.id for d in self.dimensions}) == 0 or conclusion.status in ("always", "never"):
            return ""
        top = max(self.dimensions, key=lambda d: conclusion.spread(d.id))
        return top.id if conclusion.spread(top.id) else ""

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``sweep --json``."""
        return {
            "schema": "accordant/sweep/1",
            "over": list(self.over),
            "dimensions": [
                {"id": d.id, "says": d.says, "choices": d.size if d.size < 1 << 53 else str(d.size)}
                for d in self.dimensions
            ],
            "variants": self.total if self.total < 1 << 53 else str(self.total),
            "rows": self.rows,
            "seed": self.seed,
            "conclusions": [self._conclusion(c) for c in self.conclusions],
            "equilibria": {
                name: [{"states": k, "variants": v} for k, v in sorted(found.items())]
                for name, found in self.equilibria.items()
            },
            "matters": [{"dimension": d.id, "moves_furthest": first} for d, first, _ in self.ranked()],
            "output": str(self.output) if self.output else None,
            "method": self.method.to_json(),
        }

    def _conclusion(self, c: Swept) -> dict[str, Any]:
        return {
            "conclusion": c.id,
            "status": c.status,
            "yes": c.yes,
            "no": c.no,
            "unknown": c.unknown,
            "written": c.written,
            "furthest": self.furthest(c) or None,
            "by": [
                {
                    "dimension": id_,
                    "value": v.value,
                    "variants": v.variants,
                    "yes": v.yes,
                    "unknown": v.unknown,
                }
                for id_, values in c.by.items()
                for v in values
                if v.variants
            ],
        }

    def table(self) -> Table:
        """One row per conclusion: in how many variants it is so, and what moves it furthest."""
        rows = tuple(
            (c.id, c.written, c.status, f"{c.yes:,} of {c.rows:,}", c.unknown, self._moved(c))
            for c in self.conclusions
        )
        sometimes = sum(c.status == "sometimes" for c in self.conclusions)
        said = f"{sometimes} of {len(rows)} answers depend on what is varied"
        columns = ("conclusion", "as written", "status", "so in", "unknown in", "moved furthest by")
        return Table(said, columns, rows)

    def _moved(self, c: Swept) -> str:
        top = self.furthest(c)
        if not top:
            return ""
        least, most = c.ends(top)
        return (
            f"{top}: {least.yes:,} of {least.variants:,} ({least.value}) "
            f"to {most.yes:,} of {most.variants:,} ({most.value})"
        )

    def values_table(self) -> Table:
        """One row per conclusion and value of what is varied."""
        rows = tuple(
            (c.id, id_, v.value, v.yes, v.variants, v.unknown)
            for c in self.conclusions
            for id_, values in c.by.items()
            for v in values
            if v.variants
        )
        columns = ("conclusion", "varied", "value", "so in", "of", "unknown in")
        return Table("How often it is so, value by value", columns, rows)

    def matters_table(self) -> Table:
        """One row per dimension, those that matter most first."""
        ranked = self.ranked()
        rows = tuple((d.id, d.says, figures(d.size), first) for d, first, _ in ranked)
        title = "Nothing that is varied moves any answer"
        if ranked and ranked[0][1]:
            many = "answer" if ranked[0][1] == 1 else "answers"
            title = f"{ranked[0][0].id} matters most: it moves {ranked[0][1]} {many} furthest"
        return Table(title, ("varied", "what", "choices", "moves furthest"), rows)

    def equilibria_table(self) -> Table:
        """One row per concept and number of states that hold."""
        rows = tuple(
            (name, k, v) for name, found in self.equilibria.items() for k, v in sorted(found.items())
        )
        return Table("How many states hold", ("count", "states", "variants"), rows)

    def tables(self) -> dict[str, Table]:
        """Every table, by the name of its sheet in a workbook."""
        return {
            "conclusions": self.table(),
            "what matters": self.matters_table(),
            "by value": self.values_table(),
            "equilibria": self.equilibria_table(),
        }

    def to_frame(self) -> Any:
        """The table of conclusions as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def figures(size: int) -> str:
    """A number in figures where they can be read, otherwise its size.

    Examples
    --------
    >>> figures(40320), figures(10**30)
    ('40,320', 'about 10^30')
    """
    if size < 10**12:
        return f"{size:,}"
    return f"about 10^{len(str(size)) - 1}"


def result_of(plan: Plan, tally: Tally, written: Block, output: Path | None = None) -> SweepResult:
    """The summary of what was counted."""
    conclusions = tuple(
        Swept(
            column.id,
            yes=int(tally.answers[k, 1]),
            no=int(tally.answers[k, 0]),
            unknown=int(tally.answers[k, 2]),
            written=ANSWERS[int(written.answers[0, k])],
            by=dict(_by_value(plan, tally, k)),
        )
        for k, column in enumerate(plan.columns)
    )
    return SweepResult(
        title=plan.case.title,
        over=plan.texts,
        dimensions=tuple(Varied(d.id, d.says, d.size) for d in plan.dimensions),
        total=plan.total,
        rows=tally.rows,
        seed=plan.seed,
        conclusions=conclusions,
        equilibria={c.id: e for c, e in zip(plan.counts, tally.equilibria, strict=True)},
        output=output,
        method=_method(plan),
    )


def _by_value(plan: Plan, tally: Tally, column: int) -> Iterator[tuple[str, tuple[InValue, ...]]]:
    at = 0
    for d in plan.dimensions:
        names: Sequence[str] = d.classes
        yield (
            d.id,
            tuple(
                InValue(name, int(tally.sizes[k]), *map(int, tally.by_class[k, column]))
                for k, name in enumerate(names, at)
            ),
        )
        at += len(names)


def _method(plan: Plan) -> Method:
    cut = ""
    if plan.rows < plan.total:
        cut = f"{plan.rows:,} of {figures(plan.total)} variants drawn without repetition, seed {plan.seed}; "
        cut += "always and never are said of those drawn"
    parameters = [("over", ", ".join(plan.texts)), ("concepts", ", ".join(plan.concepts))]
    if plan.seed is not None:
        parameters.append(("seed", str(plan.seed)))
    parameters += [(f"note {k}", note) for k, note in enumerate(plan.notes, 1)]
    return Method("each variant judged as a case of its own", not cut, 1, cut, tuple(parameters))
