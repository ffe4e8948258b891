"""Small Genius files made from plain data, and their worths worked out straight from the definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from accordant.exchange.formats import File, Given, Imported
from accordant.exchange.genius import FORMAT

Tables = Mapping[str, Mapping[str, str]]


def issue(number: int, name: str, inside: str = "", kind: str = "discrete", more: str = "") -> str:
    """One issue, in a domain or in a profile."""
    return f'<issue index="{number}" name={quoteattr(name)} type="{kind}" {more}>{inside}</issue>'


def items(values: Sequence[str] | Mapping[str, str]) -> str:
    """The values of an issue, with evaluations where there are some."""
    if isinstance(values, Mapping):
        return "".join(
            f'<item index="{k}" value={quoteattr(v)} evaluation="{e}"/>'
            for k, (v, e) in enumerate(values.items(), 1)
        )
    return "".join(f'<item index="{k}" value={quoteattr(v)}/>' for k, v in enumerate(values, 1))


def domain(*issues: str, count: int | None = None, before: str = "") -> str:
    """A domain file."""
    there = len(issues) if count is None else count
    return (
        f'<negotiation_template>{before}<utility_space number_of_issues="{there}">'
        f'<objective index="0" name="Talks" type="objective">{"".join(issues)}</objective>'
        "</utility_space></negotiation_template>"
    )


def profile(*inside: str, weights: Mapping[Any, Any] | None = None, after: str = "", before: str = "") -> str:
    """A profile file."""
    weighed = "".join(f'<weight index="{k}" value="{w}"/>' for k, w in (weights or {}).items())
    objective = f'<objective index="0" name="any" type="objective">{"".join(inside)}{weighed}</objective>'
    return f"<utility_space>{before}{objective}{after}</utility_space>"


def linear(tables: Tables, weights: Sequence[Any] | None = None, after: str = "") -> str:
    """A profile whose issues have the numbers 1, 2, …."""
    inside = [issue(k, name, items(values)) for k, (name, values) in enumerate(tables.items(), 1)]
    return profile(*inside, weights=None if weights is None else dict(enumerate(weights, 1)), after=after)


def plain_domain(tables: Tables) -> str:
    """The domain of a profile."""
    return domain(*(issue(k, n, items(list(values))) for k, (n, values) in enumerate(tables.items(), 1)))


def given(*texts: str | bytes, scale: Any = None) -> Given:
    """Files under made-up names: the domain, then ``a.xml``, ``b.xml``, …."""
    names = ["talks.xml", *(f"{chr(97 + k)}.xml" for k in range(26))]
    raws = [text if isinstance(text, bytes) else text.encode() for text in texts]
    return Given(tuple(File(Path(n), raw) for n, raw in zip(names, raws, strict=False)), scale or "genius")


def read(*texts: str | bytes, scale: Any = None) -> Imported:
    """The case that files make, or what is wrong with them."""
    assert FORMAT.read is not None
    return FORMAT.read(given(*texts, scale=scale))


def worths(found: Imported, party: str) -> dict[tuple[str, ...], Fraction]:
    """What every combination of values is worth to a party of the case, from the worths it writes."""
    from accordant.model.compiler import Compiler

    assert found.case is not None, [str(p) for p in found.problems]
    view = Compiler(found.case).view()
    score = view.frame.orders[party].score
    assert score is not None
    ranks = score.ranks_in(frozenset()).tolist()
    issues = list(found.case.issues.values())
    return {
        tuple(issue.values[k] for issue, k in zip(issues, row, strict=True)): Fraction(int(rank), score.scale)
        for row, rank in zip(view.space.codes.tolist(), ranks, strict=True)
    }


def twin(tables: Tables, weights: Sequence[Any] | None, scale: str) -> dict[tuple[str, ...], Fraction]:
    """Worths by definition: the sum of w / sum(w) * e / max(e), or of w * e."""
    numbers = [{v: Fraction(e) for v, e in values.items()} for values in tables.values()]
    weighed = [Fraction(w) for w in weights] if weights is not None else [Fraction(1)] * len(numbers)
    found = {}
    for row in product(*numbers):
        total = Fraction(0)
        for values, weight, value in zip(numbers, weighed, row, strict=True):
            if scale == "file":
                total += weight * values[value]
            elif max(values.values()) > 0:
                total += weight / sum(weighed) * values[value] / max(values.values())
        found[row] = total
    return found
