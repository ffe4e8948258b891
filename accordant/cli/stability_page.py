"""The page of ``stability``: what holds surely, what may, and what the words in the table mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from accordant.cli.output import method_line, safe, title
from accordant.cli.tables import Page

if TYPE_CHECKING:
    from accordant.stability.result import ConceptResult, StabilityResult

FEW = 12
"""Most states that are named in a line."""


def stability_page(result: StabilityResult, rows: int) -> Iterator[RenderableType]:
    """The table, a line for all concepts with the same equilibria, and the legend."""
    yield title(result.title)
    yield Page(result.table(), rows=rows)
    alike: list[tuple[ConceptResult, list[str]]] = []
    for name, concept in result.concepts.items():
        same = next((names for other, names in alike if _same(concept, other)), None)
        if same is None:
            alike.append((concept, [name]))
        else:
            same.append(name)
    many = result.method.settings != 1
    for concept, names in alike:
        yield Text(safe(f"{', '.join(names)}: {_told(concept, many)}"))
    yield Text(_legend(list(result.concepts.values()), many), style="dim")
    for name, value in result.method.parameters:
        if name != "concepts":
            yield Text(safe(f"{name}: {value}."), style="dim")
    yield method_line(result.method)


def _same(one: ConceptResult, other: ConceptResult) -> bool:
    return one.equilibria == other.equilibria and one.possible_equilibria == other.possible_equilibria


def _told(concept: ConceptResult, many: bool) -> str:
    """What holds under a concept, in words.

    Examples
    --------
    >>> from accordant.stability.result import ConceptResult
    >>> _told(ConceptResult("seq", {}, {}, ("s1",), ("s1", "s2"), {"s1": (2, 2), "s2": (1, 2)}), True)
    's1 holds in every setting; s2 in some'
    >>> _told(ConceptResult("seq", {}, {}, (), ("s1", "s2"), None), True)
    'no state surely holds; s1, s2 may hold'
    """
    sure, count = concept.equilibria, len(concept.possible_equilibria) - len(concept.equilibria)
    open_ = concept.counts is None
    surely = " surely" if open_ and count else ""
    when = " in every setting" if many and not open_ else ""
    if not sure:
        first = f"no state{surely} holds{when}"
    else:
        first = f"{_listed(sure, len(sure))}{surely} hold{'s' if len(sure) == 1 else ''}{when}"
    if not count:
        return first
    maybe = (state for state in concept.possible_equilibria if state not in sure)
    return f"{first}; {_listed(list(islice(maybe, FEW)), count)}{' may hold' if open_ else ' in some'}"


def _listed(states: Sequence[str], count: int) -> str:
    more = count - FEW
    return ", ".join(states[:FEW]) + (f" and {more:,} more" if more > 0 else "")


def _legend(concepts: Sequence[ConceptResult], many: bool) -> str:
    words = [f"yes: stable for every party{' in every setting' if many else ''}"]
    partly = [c for c in concepts if len(c.possible_equilibria) > len(c.equilibria)]
    if any(c.counts is not None for c in partly):
        words.append("n of m: in n of m admissible settings")
    if any(c.counts is None for c in partly):
        words.append("unknown: what the case says does not decide it")
    return "; ".join(words) + "."
