"""Worths that depend on several issues, as boxes: nonlinear Genius profiles.

Boxes know whole numbers only. Every issue is written as a whole-number issue whose numbers count its values
from 0; which number stands for which value is in the names of the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import TypeAlias
from xml.sax.saxutils import quoteattr

from accordant.exchange.cubes import Cube
from accordant.exchange.formats import Exported, Named, Scale, Told
from accordant.exchange.normal import Digits
from accordant.exchange.outgoing import Asked, Outgoing, Wants, held
from accordant.exchange.scaling import text

Bounds: TypeAlias = "dict[str, tuple[int, int]]"
"""By issue the first and the last number that count."""
MOST = 20_000
"""Most boxes of one profile."""


def boxed(made: Outgoing, scale: Scale) -> Exported:
    """A case as a domain of whole numbers and nonlinear profiles."""
    from accordant.exchange.genius_out import DOMAIN, HEAD, closing, stems

    for asked in made.issues:
        message = "worths depend on several issues: its values are written as whole numbers from 0"
        made.say.warning(("issues", asked.id), message, on_key=True)
    digits, told = Digits(), [Told("scale", scale, "boxes over numbered values", False)]
    files = {f"{DOMAIN}.xml": _domain(made)}
    for one, stem in zip(made.parties, stems(made), strict=True):
        boxes, low, most = boxes_of(one, made, scale)
        no_deal = held(one, made)
        if no_deal is not None and scale == "genius":
            no_deal = (no_deal - low) / most
        how = f"less {text(low)}, divided by {text(most)}" if scale == "genius" else "as in the case"
        told.append(Told(f"worths of {one.name}", how, "boxes", False))
        files[f"{stem}.xml"] = _profile(made, boxes, most, digits, list(closing(one, no_deal, digits)))
    digits.warn(made)
    content = {name: (HEAD + text).encode() for name, text in files.items()}
    return Exported(content, made.finish(), (*made.names(), *numbered(made)), tuple(told), scale)


def numbered(made: Outgoing) -> Iterator[Named]:
    """Which number stands for which value."""
    for asked in made.issues:
        for k, value in enumerate(asked.values):
            yield Named("value", f"{asked.id} = {value}", f"{asked.name} = {k}")


def boxes_of(
    one: Wants, made: Outgoing, scale: Scale
) -> tuple[list[tuple[Bounds, Fraction]], Fraction, Fraction]:
    """The boxes of a party, what was taken off every package, and more than any package reaches."""
    low = Fraction(0)
    boxes: list[tuple[Bounds, Fraction]] = []
    if one.table is not None:
        low = min(one.table.values()) if scale == "genius" else low
        for row, worth in one.table.items():
            if worth != low:
                at = {asked.id: (k, k) for asked, k in zip(made.issues, row, strict=True)}
                boxes.append((at, worth - low))
        most = max(one.table.values()) - low
    else:
        most = Fraction(0)
        for asked in made.issues:
            worths = one.worths[asked.id]
            least = min(worths.values()) if scale == "genius" else Fraction(0)
            low += least
            most += max(worths.values()) - least
            boxes += (
                ({asked.id: (k, k)}, worths[value] - least) for k, value in enumerate(asked.values)
                if worths[value] != least
            )  # fmt: skip
        for cubes, worth in one.terms:
            most += max(worth, Fraction(0))
            boxes += ((bounds, worth) for bounds in apart(cubes, {a.id: len(a.values) for a in made.issues}))
    if len(boxes) > MOST:
        path = ("preferences", one.id)
        made.say.error(path, f"comes to {len(boxes):,} boxes; at most {MOST:,} are written", on_key=True)
    return boxes, low, most if most > 0 else Fraction(1)


def apart(cubes: Iterable[Cube], sizes: Mapping[str, int]) -> Iterator[Bounds]:
    """Boxes that do not overlap and together cover what some cubes cover.

    Examples
    --------
    >>> cubes = [{"a": frozenset({0, 2})}, {"b": frozenset({1})}]
    >>> list(apart(cubes, {"a": 3, "b": 2}))
    [{'a': (0, 0)}, {'a': (2, 2)}, {'b': (1, 1), 'a': (1, 1)}]
    """
    done: list[Cube] = []
    for cube in cubes:
        left = [cube]
        for other in done:
            left = [rest for part in left for rest in _without(part, other, sizes)]
        done.append(cube)
        for part in left:
            yield from _intervals(part)


def _without(cube: Cube, other: Cube, sizes: Mapping[str, int]) -> Iterator[Cube]:
    """A cube less another one, in parts that do not overlap."""
    rest = dict(cube)
    for issue, values in other.items():
        mine = rest.get(issue, frozenset(range(sizes[issue])))
        outside = mine - values
        if outside:
            yield {**rest, issue: outside}
        if not mine & values:
            return
        rest[issue] = mine & values


def _intervals(cube: Cube) -> Iterator[Bounds]:
    parts = [[(issue, run) for run in _runs(sorted(values))] for issue, values in cube.items()]
    for chosen in product(*parts):
        yield dict(chosen)


def _runs(values: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for k in range(1, len(values) + 1):
        if k == len(values) or values[k] != values[k - 1] + 1:
            yield values[start], values[k - 1]
            start = k


def _domain(made: Outgoing) -> str:
    lines = "".join(f"      {_issue(asked, k)}\n" for k, asked in enumerate(made.issues, 1))
    return (
        f'<negotiation_template>\n  <utility_space number_of_issues="{len(made.issues)}">\n'
        f'    <objective index="0" etype="objective" type="objective" description="" '
        f"name={quoteattr(made.case.title)}>\n"
        f"{lines}    </objective>\n  </utility_space>\n</negotiation_template>\n"
    )


def _issue(asked: Asked, number: int) -> str:
    kind = 'type="integer" etype="integer" vtype="integer"'
    ends = f'lowerbound="0" upperbound="{len(asked.values) - 1}"'
    return f'<issue index="{number}" name={quoteattr(asked.name)} {kind} {ends}/>'


def _profile(
    made: Outgoing, boxes: list[tuple[Bounds, Fraction]], most: Fraction, digits: Digits, end: list[str]
) -> str:
    number = {asked.id: k for k, asked in enumerate(made.issues, 1)}
    lines = [
        f'<utility_space type="nonlinear" number_of_issues="{len(made.issues)}">',
        '  <objective index="0" etype="objective" type="objective" description="" name="any">',
        *(f"    {_issue(asked, number[asked.id])}" for asked in made.issues),
        f'    <utility maxutility="{digits(most)}">',
        '      <ufun type="PlainUfun" weight="1" aggregation="sum">',
    ]
    for bounds, worth in boxes:
        inside = "".join(
            f'<INCLUDES index="{number[issue]}" min="{low}" max="{high}"/>'
            for issue, (low, high) in bounds.items()
        )
        lines.append(f'        <hyperRectangle utility="{digits(worth)}">{inside}</hyperRectangle>')
    lines += ["      </ufun>", "    </utility>", "  </objective>", *end]
    return "\n".join(lines) + "\n</utility_space>\n"
