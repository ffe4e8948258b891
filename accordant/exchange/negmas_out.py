"""From a case to NegMAS YAML files."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from accordant.case.emit import scalar
from accordant.exchange.formats import Exported, Scale, Told
from accordant.exchange.genius_boxes import Bounds, boxes_of, numbered
from accordant.exchange.genius_out import DOMAIN, stems
from accordant.exchange.normal import Digits, Normal, normal
from accordant.exchange.outgoing import Asked, Outgoing, Wants, held, outgoing
from accordant.exchange.scaling import text

if TYPE_CHECKING:
    from accordant.opened import OpenCase


def exported(opened: OpenCase, scale: Scale) -> Exported:
    """A case as a folder that NegMAS loads.

    Raises
    ------
    CaseError
        With every reason why the format cannot say it, and its place in the case.
    """
    made = outgoing(opened, "NegMAS")
    if any(finding.severity == "error" for finding in made.say.all):
        made.finish()
    digits = Digits()
    boxed = not all(one.additive for one in made.parties)
    told = [Told("scale", scale, "worths as written" if scale == "file" else "0 to 1", False)]
    files = {f"{DOMAIN}.yml": "\n".join(_domain(made, boxed)) + "\n"}
    for one, stem in zip(made.parties, stems(made), strict=True):
        if boxed:
            lines = list(_boxes(made, one, scale, digits, told))
        else:
            numbers, said = normal(one, made, scale)
            told.append(said)
            lines = list(_additive(made, one, numbers, digits))
        files[f"{stem}.yml"] = "\n".join(_discounted(one, lines, digits)) + "\n"
    if boxed:
        for asked in made.issues:
            message = "worths depend on several issues: its values are written as whole numbers from 0"
            made.say.warning(("issues", asked.id), message, on_key=True)
    digits.warn(made)
    names = (*made.names(), *(numbered(made) if boxed else ()))
    content = {name: body.encode() for name, body in files.items()}
    return Exported(content, made.finish(), names, tuple(told), scale)


def contiguous(asked: Asked) -> bool:
    """Whether an issue is a run of whole numbers."""
    given = asked.issue.range
    return given is not None and given.step == 1 and given.from_ == int(given.from_)


def _domain(made: Outgoing, boxed: bool) -> Iterator[str]:
    yield f"name: {scalar(made.case.title)}"
    yield "path: null"
    yield "type: DiscreteCartesianOutcomeSpace"
    yield "issues:"
    for asked in made.issues:
        yield f"- name: {_text(asked.name)}"
        if boxed or contiguous(asked):
            ends = (0, len(asked.values) - 1) if boxed else (asked.values[0], asked.values[-1])
            yield "  type: ContiguousIssue"
            yield f"  values: [{ends[0]}, {ends[1]}]"
        else:
            yield "  type: CategoricalIssue"
            yield "  values:"
            yield from (f"  - {_text(value)}" for value in asked.values)


def _text(word: str) -> str:
    """A word in quotation marks, so that no reader takes it for a number or a truth value."""
    plain = scalar(word, "'")
    return plain if plain[:1] in "'\"" else f"'{plain}'"


def _additive(made: Outgoing, one: Wants, numbers: Normal, digits: Digits) -> Iterator[str]:
    yield "type: LinearAdditiveUtilityFunction"
    yield f"name: {_text(one.name)}"
    yield f"reserved_value: {_floor(numbers.reservation, digits)}"
    yield "weights:"
    yield from (f"- {_number(numbers.weights[asked.id], digits)}" for asked in made.issues)
    yield "values:"
    for asked in made.issues:
        yield "- type: TableFun"
        yield "  mapping:"
        for value, worth in numbers.evaluations[asked.id].items():
            yield f"    {value if contiguous(asked) else _text(value)}: {_number(worth, digits)}"


def _boxes(made: Outgoing, one: Wants, scale: Scale, digits: Digits, told: list[Told]) -> Iterator[str]:
    boxes, low, most = boxes_of(one, made, scale)
    factor = most if scale == "genius" else Fraction(1)
    no_deal = held(one, made)
    if no_deal is not None:
        no_deal = (no_deal - low) / factor
    how = f"less {text(low)}, divided by {text(most)}" if scale == "genius" else "as in the case"
    told.append(Told(f"worths of {one.name}", how, "boxes over numbered values", False))
    at = {asked.id: k for k, asked in enumerate(made.issues)}
    yield "type: HyperRectangleUtilityFunction"
    yield f"name: {_text(one.name)}"
    yield f"reserved_value: {_floor(no_deal, digits)}"
    yield "outcome_ranges:"
    yield from (f"- {_box(bounds, at)}" for bounds, _ in boxes)
    yield "utilities:"
    yield from (f"- {_number(worth / factor, digits)}" for _, worth in boxes)


def _box(bounds: Bounds, at: dict[str, int]) -> str:
    # what lies strictly between its bounds counts: half a step further they are the same for everybody
    inside = ", ".join(f"{at[issue]}: [{low - 0.5}, {high + 0.5}]" for issue, (low, high) in bounds.items())
    return f"{{{inside}}}"


def _discounted(one: Wants, lines: list[str], digits: Digits) -> list[str]:
    """With a discount, the function that discounts goes around the others, with the same reservation."""
    if one.factor is None:
        return lines
    floor = next(line for line in lines if line.startswith("reserved_value"))
    return [
        "type: ExpDiscountedUFun",
        f"name: {_text(one.name)}",
        f"discount: {_number(one.factor, digits)}",
        "factor: relative_time",
        floor,
        "ufun:",
        *(f"  {line}" for line in lines),
    ]


def _floor(number: Fraction | None, digits: Digits) -> str:
    return "-.inf" if number is None else _number(number, digits)


def _number(number: Fraction, digits: Digits) -> str:
    """A number that YAML readers take for one of floating point."""
    made = digits(number)
    return made if "." in made else f"{made}.0"
