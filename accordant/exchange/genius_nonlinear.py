"""The boxes of a nonlinear Genius profile: worths that count where several issues lie between bounds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from accordant.exchange.scenario import Box, Tastes, Topic
from accordant.exchange.source import Source
from accordant.exchange.xml_text import Element

MOST_BOXES = 20_000
"""Most boxes of one profile."""


def boxes_of(source: Source, utility: Element, topics: Sequence[Topic], found: Tastes) -> None:
    """Read the boxes of a profile into what its party wants."""
    numbered = {topic.index: topic for topic in topics}
    text = utility.get("maxutility")
    most = source.number(utility, text, "maxutility") if text is not None else None
    if most is not None and most <= 0:
        source.warning(utility, f"says that at most {text} can be reached: nothing is divided by that")
    elif most is not None:
        found.most = Fraction(most)
    functions = utility.findall("ufun")
    if not functions:
        source.error(utility, "holds no ufun")
    for function in functions:
        _function(source, function, numbered, Fraction(1), found)
    reach = sum((box.worth for box in found.boxes if box.worth > 0), Fraction(0))
    if most is None and not source.wrong:
        source.warning(utility, "does not say the most that can be reached: nothing is divided by it")
    elif found.most is not None and reach > found.most and not source.wrong:
        message = f"boxes come to {reach} together, and Genius cuts at {found.most}: not done here"
        source.warning(utility, message)


def _function(
    source: Source, function: Element, numbered: dict[int | None, Topic], weight: Fraction, found: Tastes
) -> None:
    kind = (function.get("type") or "PlainUfun").strip()
    how = (function.get("aggregation") or "sum").strip().lower()
    if kind != "PlainUfun":
        source.error(function, f"there is no reading of a ufun of type {kind!r}", allowed=("PlainUfun",))
        return
    if how != "sum":
        source.error(
            function, f"its boxes are aggregated by {how!r}: only a sum can be said", allowed=("sum",)
        )
        return
    own = source.number(function, function.get("weight", "1"), "a weight")
    weight *= Fraction(own) if own is not None else 1
    for child in function:
        if child.tag == "ufun":
            _function(source, child, numbered, weight, found)
        elif child.tag == "hyperRectangle":
            box = _box(source, child, numbered, weight)
            if box is not None:
                found.boxes.append(box)
            if len(found.boxes) > MOST_BOXES:
                source.error(child, f"there are more than {MOST_BOXES:,} boxes")
                return
        else:
            source.error(
                child, f"there is no reading of {child.tag!r} here", allowed=("hyperRectangle", "ufun")
            )


def _box(source: Source, element: Element, numbered: dict[int | None, Topic], weight: Fraction) -> Box | None:
    text = element.get("utility", element.get("utility_function"))
    worth = source.number(element, text, "the worth of a box")
    own = source.number(element, element.get("weight", "1"), "a weight")
    tags = {bound.tag for bound in element}
    if not tags <= {"INCLUDES", "EXCLUDES"} or len(tags) > 1:
        source.error(
            element, "holds INCLUDES or EXCLUDES, not both and nothing else", found=", ".join(sorted(tags))
        )
        return None
    bounds = [_bound(source, bound, numbered) for bound in element]
    if worth is None or own is None or None in bounds:
        return None
    made = tuple(bound for bound in bounds if bound is not None)
    return Box(made, Fraction(worth) * Fraction(own) * weight, "EXCLUDES" not in tags)


def _bound(
    source: Source, element: Element, numbered: dict[int | None, Topic]
) -> tuple[str, Decimal, Decimal] | None:
    text = (element.get("index") or "").strip()
    topic = numbered.get(int(text)) if text.isdecimal() and len(text) < 10 else None
    if topic is None:
        allowed = [str(number) for number in numbered]
        source.error(element, f"there is no issue with the number {text or '?'}", found=text, allowed=allowed)
        return None
    if topic.numbers is None and len(topic.values) > 1:
        source.error(element, f"bounds need a numeric issue, and {topic.name!r} has named values")
        return None
    low = source.number(element, element.get("min"), "a bound")
    high = source.number(element, element.get("max"), "a bound")
    if low is None or high is None:
        return None
    if low > high:
        source.error(element, f"its bounds are upside down: from {low} to {high}")
        return None
    return topic.name, low, high
