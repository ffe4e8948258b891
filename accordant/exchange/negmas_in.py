"""From NegMAS YAML or JSON files to a case."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from accordant.case.places import Path
from accordant.case.ranges import shortest
from accordant.exchange import profiles
from accordant.exchange.formats import Given, Imported
from accordant.exchange.matching import evaluations, same_issues
from accordant.exchange.negmas_functions import function_of
from accordant.exchange.numeric import integers, reals
from accordant.exchange.profiles import Files
from accordant.exchange.scenario import Box, Convention, Curve, Scenario, Tastes, Topic, Worths
from accordant.exchange.source import Source
from accordant.exchange.structured import listing, mapping

CONVENTION = Convention("NegMAS", None)
NONE = ("-.inf", "-inf", "-infinity", "none", "null", "")
LINEAR = ("LinearAdditiveUtilityFunction", "LinearUtilityFunction", "AffineUtilityFunction")
BOXES = "HyperRectangleUtilityFunction"
DISCOUNTED = "ExpDiscountedUFun"
KNOWN = (*LINEAR, BOXES, DISCOUNTED)


def imported(given: Given) -> Imported:
    """Domain and utility functions as a case, or every mistake in them."""
    return profiles.imported(given, "negmas", _scenario)


def _scenario(files: Files) -> Scenario:
    source, data = files[0]
    topics = _topics(source, data)
    parties = [] if source.wrong else [_tastes(one, content, topics) for one, content in files[1:]]
    return Scenario(str(data.get("name") or ""), topics, parties, source, CONVENTION)


def _kind(data: dict[str, Any]) -> str:
    """The type that a part says it is of, without the modules before it."""
    said = data.get("type") or data.get("__python_class__") or ""
    return str(said).rsplit(".", 1)[-1]


def _topics(source: Source, data: dict[str, Any]) -> tuple[Topic, ...]:
    found: list[Topic] = []
    if "issues" not in data:
        hint = "name the domain file first: it holds issues"
        source.error((), "is no domain: it holds no issues", hint=hint)
        return ()
    for k, item in enumerate(listing(source, data["issues"], ("issues",), "issues")):
        path: Path = ("issues", k)
        content = mapping(source, item, path, "an issue")
        name = source.name_of((*path, "name"), content.get("name"), "an issue")
        topic = None if name is None else _topic(source, name, content, path, k)
        if topic is None:
            continue
        if any(topic.name == other.name for other in found):
            source.error(path, f"there are two issues called {topic.name!r}", found=topic.name)
        found.append(topic)
    if not found and not source.wrong:
        source.error(("issues",), "holds no issue")
    return tuple(found)


def _topic(source: Source, name: str, content: dict[str, Any], path: Path, index: int) -> Topic | None:
    where = (*path, "values")
    given = listing(source, content.get("values"), where, "values")
    kind = _kind(content)
    if kind in ("ContiguousIssue", "ContinuousIssue"):
        if len(given) != 2:
            source.error(where, "a range has a first and a last value", found=str(len(given)))
            return None
        low, high = (source.number((*where, k), given[k], "an end of a range") for k in (0, 1))
        if low is None or high is None:
            return None
        if low > high:
            source.error(where, f"is upside down: it goes from {shortest(low)} to {shortest(high)}")
            return None
        numbers = (integers if kind == "ContiguousIssue" else reals)(source, where, low, high)
        if numbers is None:
            return None
        first, last, step = (Fraction(number) for number in numbers)
        count = int((last - first) / step) + 1 if step else 1
        values = tuple(shortest(first + k * step) for k in range(count))
        return Topic(name, values, numbers if count > 1 else None, kind == "ContinuousIssue", index, path)
    values_: list[str] = []
    for k, value in enumerate(given):
        text = source.name_of((*where, k), None if isinstance(value, dict | list) else str(value), "a value")
        if text is not None and text in values_:
            source.warning((*where, k), f"the value {text!r} stands twice: read once", found=text)
        elif text is not None:
            values_.append(text)
    if not values_ and not source.wrong:
        source.error(where, "has no values")
    return Topic(name, tuple(values_), None, False, index, path) if values_ else None


def _tastes(source: Source, data: dict[str, Any], topics: Sequence[Topic]) -> Tastes:
    found = Tastes(source.name, source)
    at: Path = ()
    kind, inner = _kind(data), data
    if kind == DISCOUNTED:
        _discount(source, data, found)
        inner = mapping(source, data.get("ufun"), ("ufun",), "ufun")
        kind, at = _kind(inner), ("ufun",)
    name = str(inner.get("name") or data.get("name") or "")
    found.name = source.name if not name or "/" in name or "\\" in name else name
    if kind not in KNOWN[:-1]:
        message = f"there is no reading of {kind!r}" if kind else "does not say which function it is"
        source.error((*at, "type"), message, found=kind, allowed=KNOWN)
        return found
    if kind == BOXES:
        _boxes(source, inner, at, topics, found)
    elif kind == LINEAR[0]:
        _additive(source, inner, at, topics, found)
    else:
        _linear(source, inner, at, topics, found)
    if inner.get("bias") is not None:
        bias = source.number((*at, "bias"), inner["bias"], "a bias")
        found.constant = Fraction(bias) if bias is not None else found.constant
    _reservation(source, data, inner, at, found)
    return found


def _weights(
    source: Source, data: dict[str, Any], at: Path, topics: Sequence[Topic]
) -> dict[str, Fraction] | None:
    where, given = (*at, "weights"), data.get("weights")
    if given is None:
        return None
    if isinstance(given, dict):
        same_issues(source, where, list(given), topics)
        pairs = list(given.items())
    else:
        listed = listing(source, given, where, "weights")
        if len(listed) != len(topics):
            source.error(
                where, f"has {len(listed)} weights for {len(topics)} issues", hint="one weight for each issue"
            )
            return None
        pairs = [(topic.name, weight) for topic, weight in zip(topics, listed, strict=True)]
    found = {}
    for k, (name, weight) in enumerate(pairs):
        number = source.number((*where, name if isinstance(given, dict) else k), weight, "a weight")
        if number is not None:
            found[name] = Fraction(number)
    return found


def _additive(source: Source, data: dict[str, Any], at: Path, topics: Sequence[Topic], found: Tastes) -> None:
    found.weights = _weights(source, data, at, topics)
    where, given = (*at, "values"), data.get("values")
    if isinstance(given, dict):
        same_issues(source, where, list(given), topics)
        parts = [
            (topic, given.get(topic.name), (*where, topic.name)) for topic in topics if topic.name in given
        ]
    else:
        listed = listing(source, given, where, "values")
        if len(listed) != len(topics):
            source.error(where, f"values {len(listed)} issues, and the domain has {len(topics)}")
        parts = [
            (topic, part, (*where, k)) for k, (topic, part) in enumerate(zip(topics, listed, strict=False))
        ]
    for topic, part, path in parts:
        worths = _worths(source, mapping(source, part, path, "what an issue is worth"), path, topic)
        if worths is not None:
            found.worths[topic.name] = worths


def _worths(source: Source, data: dict[str, Any], at: Path, topic: Topic) -> Worths | None:
    kind = _kind(data)
    if kind == "TableFun" or (not kind and "mapping" not in data and data):
        table = data.get("mapping") if kind else data
        where = (*at, "mapping") if kind else at
        made = evaluations(source, where, mapping(source, table, where, "a mapping"), topic)
        return made if made is None or not topic.real else Curve(made, True)
    function = function_of(source, data, kind, at, topic)
    if function is None:
        return None
    return Curve({value: function(Fraction(value)) for value in topic.values}, True)


def _linear(source: Source, data: dict[str, Any], at: Path, topics: Sequence[Topic], found: Tastes) -> None:
    """The numbers that are settled on are themselves the worths."""
    found.weights = _weights(source, data, at, topics)
    for topic in topics:
        try:
            found.worths[topic.name] = Curve({value: Fraction(value) for value in topic.values}, True)
        except ValueError:
            source.error(
                at, f"is a function of numbers, and {topic.name!r} has named values", found=topic.name
            )


def _boxes(source: Source, data: dict[str, Any], at: Path, topics: Sequence[Topic], found: Tastes) -> None:
    ranges = listing(source, data.get("outcome_ranges"), (*at, "outcome_ranges"), "outcome_ranges")
    worths = listing(source, data.get("utilities"), (*at, "utilities"), "utilities")
    weights = data.get("weights")
    factors = (
        listing(source, weights, (*at, "weights"), "weights") if weights is not None else ["1"] * len(worths)
    )
    if not len(ranges) == len(worths) == len(factors):
        message = (
            f"has {len(ranges)} boxes, {len(worths)} utilities and {len(factors)} weights: as many of each"
        )
        source.error(at, message)
        return
    for k, (box, worth, factor) in enumerate(zip(ranges, worths, factors, strict=True)):
        path = (*at, "outcome_ranges", k)
        number = source.number((*at, "utilities", k), worth, "the worth of a box")
        times = source.number((*at, "weights", k), factor, "a weight")
        given = mapping(source, box or {}, path, "a box").items()
        bounds = [_bound(source, key, ends, (*path, key), topics) for key, ends in given]
        if any(bound == () for bound in bounds):
            source.warning(path, "counts nowhere: bounds themselves do not count in NegMAS; left out")
        elif number is not None and times is not None and None not in bounds:
            found.boxes.append(Box(tuple(b for b in bounds if b), Fraction(number) * Fraction(times)))


Bound: TypeAlias = "tuple[str, Decimal, Decimal] | tuple[()]"


def _bound(source: Source, key: str, ends: Any, where: Path, topics: Sequence[Topic]) -> Bound | None:
    """The first and the last value that count, none where nothing lies between the bounds.

    NegMAS takes what lies strictly between two bounds, or exactly one number.
    """
    topic = next((t for t in topics if t.name == key), None)
    if topic is None and key.isdecimal() and len(key) < 10 and int(key) < len(topics):
        topic = topics[int(key)]
    if topic is None:
        source.error(where, f"there is no issue {key!r}", found=key, allowed=[t.name for t in topics])
        return None
    if topic.numbers is None and len(topic.values) > 1:
        source.error(where, f"bounds need a numeric issue, and {topic.name!r} has named values")
        return None
    if not isinstance(ends, list):
        only = source.number(where, ends, "a bound")
        return None if only is None else (topic.name, only, only)
    if len(ends) != 2:
        source.error(where, "needs two bounds, or one number", found=f"{len(ends)} numbers")
        return None
    low, high = (source.number(where, end, "a bound") for end in ends)
    if low is None or high is None:
        return None
    inside = [Decimal(value) for value in topic.values if low < Decimal(value) < high]
    return (topic.name, inside[0], inside[-1]) if inside else ()


def _reservation(
    source: Source, data: dict[str, Any], inner: dict[str, Any], at: Path, found: Tastes
) -> None:
    """The reservation; where a discounted function has none, that of the function inside."""
    for content, where in ((data, ()), (inner, at)):
        given = content.get("reserved_value")
        text = "" if given is None else str(given).strip()
        if text.lower() in NONE:
            found.reservation_text = found.reservation_text or text
            continue
        number = source.number((*where, "reserved_value"), given, "a reserved value")
        if number is not None:
            found.reservation, found.reservation_text = Fraction(number), text
            if where and data is not inner:
                message = "its reservation stands inside its discount, where NegMAS drops it on loading: read"
                source.warning((*where, "reserved_value"), message, found=text)
        return


def _discount(source: Source, data: dict[str, Any], found: Tastes) -> None:
    number = source.number(("discount",), data.get("discount"), "a discount")
    if number is None:
        return
    if not 0 < number <= 1:
        source.error(("discount",), f"a discount is above 0 and at most 1, and this is {number}")
        return
    found.discount, found.discount_text = number, str(data.get("discount"))
    found.periodic = str(data.get("factor") or "step") == "step"
