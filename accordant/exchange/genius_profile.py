"""One Genius profile: what a party wants in a domain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from accordant.case.ranges import shortest
from accordant.errors import did_you_mean
from accordant.exchange.genius_nonlinear import boxes_of
from accordant.exchange.scenario import Curve, Tastes, Topic, Worths
from accordant.exchange.source import Source
from accordant.exchange.xml_text import Element

ZERO, ONE = Fraction(0), Fraction(1)
Value = Callable[[Fraction], Fraction]


def tastes_of(source: Source, root: Element, topics: Sequence[Topic]) -> Tastes:
    """What one profile says; what is wrong with it is in its source."""
    found = Tastes(source.name, source, where=root)
    if root.tag != "utility_space":
        source.error(root, f"is no profile: its outermost element is {root.tag}")
        return found
    known = {topic.name: topic for topic in topics}
    numbered = _issues(source, root, known, found)
    utility = root.find(".//utility")
    if utility is None:
        utility = root.find(".//utility_function")
    if utility is not None:
        boxes_of(source, utility, topics, found)
        if found.worths:
            message = "values issues one by one and also by boxes: the boxes count, as Genius takes them"
            source.warning(utility, message)
            found.worths = {}
    else:
        _complete(source, root, known, found)
        found.weights = _weights(source, root, numbered, known)
    _reservation(source, root, found)
    _discount(source, root, found)
    return found


def _issues(source: Source, root: Element, known: dict[str, Topic], found: Tastes) -> dict[int, str]:
    """Worths issue by issue; gives the names of the issues by the numbers that weights use."""
    numbered: dict[int, str] = {}
    for element in root.iter("issue"):
        name = element.get("name")
        if name not in known:
            hint = did_you_mean(name or "", tuple(known))
            message = f"there is no issue {name!r} in the domain" if name else "an issue has no name"
            source.error(element, message, found=name, allowed=tuple(known), hint=hint)
            continue
        topic = known[name]
        if name in found.worths or name in numbered.values():
            source.error(element, f"the issue {name!r} stands twice", found=name)
            continue
        from accordant.exchange.genius_in import index_of

        number = index_of(source, element, topic.index or len(numbered) + 1)
        if number is not None:
            if number != topic.index:
                source.warning(
                    element, f"has the number {number} here and {topic.index} in the domain: read by name"
                )
            numbered[number] = name
        _same_bounds(source, element, topic)
        worths = _worths(source, element, topic)
        if worths is not None:
            found.worths[name] = worths
            if isinstance(worths, Curve):
                found.normal.add(name)
    return numbered


def _same_bounds(source: Source, element: Element, topic: Topic) -> None:
    """Where a profile repeats the ends of a numeric issue, they go up, and are those of the domain."""
    inside = element.find("range")
    ends = ("lowerbound", "upperbound")
    repeated = any(all(one.get(end) for end in ends) for one in (element, inside) if one is not None)
    if topic.numbers is None or not repeated:
        return
    from accordant.exchange.genius_in import bounds_of

    given = bounds_of(source, element)
    first, last, _ = topic.numbers
    if given is not None and given != (first, last):
        message = (
            f"goes from {shortest(given[0])} to {shortest(given[1])} here and from {shortest(first)} to "
            f"{shortest(last)} in the domain: read with the values of the domain"
        )
        source.warning(element, message, found=topic.name)


def _worths(source: Source, element: Element, topic: Topic) -> Worths | None:
    evaluator = element.find("evaluator")
    items = element.findall("item")
    if items:
        return _evaluations(source, element, items, topic)
    if evaluator is None:
        return None
    if topic.numbers is None and len(topic.values) > 1:
        source.error(evaluator, "an evaluator is for numeric issues; this one has named values")
        return None
    function = _function(source, element, evaluator, topic)
    if function is None:
        return None
    worths = {value: function(Fraction(value)) for value in topic.values}
    return Curve(worths, True)


def _evaluations(
    source: Source, element: Element, items: Sequence[Element], topic: Topic
) -> dict[str, Fraction] | None:
    found: dict[str, Fraction] = {}
    for item in items:
        value = item.get("value")
        if topic.numbers is not None and value is not None:
            given = source.number(item, value, "a value of this issue")
            value = None if given is None else shortest(given)
        if value not in topic.values:
            hint = did_you_mean(value or "", topic.values)
            source.error(
                item, f"{item.get('value')!r} is not a value of {topic.name} in the domain",
                found=item.get("value"), allowed=topic.values, hint=hint,
            )  # fmt: skip
            continue
        text = item.get("evaluation")
        if text is None or text.strip() in ("", "null"):
            source.error(item, "has no evaluation")
            continue
        number = source.number(item, text, "an evaluation")
        if number is None:
            continue
        if value in found and found[value] != number:
            source.error(item, f"the value {value!r} stands twice, with two evaluations", found=value)
        found[value] = Fraction(number)
    missing = [value for value in topic.values if value not in found]
    if missing and not source.wrong:
        shown = ", ".join(missing[:6]) + (" …" if len(missing) > 6 else "")
        source.error(element, f"says nothing of these values of {topic.name}: {shown}")
    return found


def _function(source: Source, element: Element, evaluator: Element, topic: Topic) -> Value | None:
    """An evaluator as a function of the number that is settled on; nothing leaves [0, 1]."""
    kind = (evaluator.get("ftype") or "").strip().lower()

    def number(*keys: str, default: str | None = None) -> Fraction | None:
        text = next((evaluator.get(key) for key in keys if evaluator.get(key) is not None), default)
        if text is None:
            source.error(evaluator, f"a {kind} evaluator needs {keys[0]}")
            return None
        made = source.number(evaluator, text, keys[0])
        return None if made is None else Fraction(made)

    if kind == "linear":
        offset, slope = number("offset", "parameter0", default="0"), number("slope", "parameter1")
        if offset is None or slope is None:
            return None
        # whole-number issues count from their lower bound, real ones from nought
        start = ZERO if topic.real else Fraction(topic.values[0])
        return lambda x: min(ONE, max(ZERO, offset + slope * (x - start)))
    if kind == "constant":
        level = number("parameter0", "offset", "value")
        return None if level is None else lambda x: level
    if kind == "triangular":
        ends = number("parameter0"), number("parameter1"), number("parameter2")
        if None in ends:
            return None
        return _triangle(source, evaluator, *(end or ZERO for end in ends))
    allowed = ("linear", "constant", "triangular")
    message = f"there is no reading of the evaluator {kind!r}" if kind else "the evaluator has no ftype"
    source.error(evaluator, message, found=kind, allowed=allowed)
    return None


def _triangle(source: Source, where: Element, low: Fraction, high: Fraction, top: Fraction) -> Value | None:
    if not low <= top <= high or low == high:
        source.error(where, f"has its top {top} not between its ends {low} and {high}")
        return None

    def value(x: Fraction) -> Fraction:
        if x < low or x > high:
            return ZERO
        if x < top:
            return (x - low) / (top - low)
        return ONE if x == top else (high - x) / (high - top)

    return value


def _complete(source: Source, root: Element, known: dict[str, Topic], found: Tastes) -> None:
    """Every issue of the domain is valued: nothing is taken for nought."""
    for name, topic in known.items():
        there = name in found.worths or any(e.get("name") == name for e in root.iter("issue"))
        if name in found.worths or len(topic.values) == 1:
            continue
        if there:
            if not source.wrong:
                source.error(root, f"gives no evaluations for the issue {name!r}", found=name)
        else:
            names = [e.get("name") or "" for e in root.iter("issue")]
            hint = did_you_mean(name, names)
            source.error(root, f"says nothing of the issue {name!r} of the domain", found=name, hint=hint)


def _weights(
    source: Source, root: Element, numbered: dict[int, str], known: dict[str, Topic]
) -> dict[str, Fraction] | None:
    elements = list(root.iter("weight"))
    if not elements:
        return None
    found: dict[str, Fraction] = {}
    for element in elements:
        text = (element.get("index") or "").strip()
        number = source.number(element, element.get("value"), "a weight")
        name = numbered.get(int(text)) if text.isdecimal() and len(text) < 10 else None
        if name is None:
            message = f"is a weight for the issue {text or '?'}, which there is not: left out"
            source.warning(element, message, found=element.get("value"))
        elif name in found:
            source.error(element, f"is a second weight for the issue {name!r}")
        elif number is not None and number < 0:
            source.error(element, f"the weight of {name!r} is below 0", found=str(number))
        elif number is not None:
            found[name] = Fraction(number)
    missing = [name for name in known if name not in found and name in numbered.values()]
    if missing and not source.wrong:
        shown = ", ".join(repr(name) for name in missing[:6])
        hint = "give every issue a weight, or none of them, which is read as 1 for each"
        source.error(elements[0].getparent(), f"gives weights, but none to {shown}", hint=hint)
    elif found and not any(found.values()) and not source.wrong:
        source.error(elements[0].getparent(), "all weights are 0: nothing matters to this party")
    return {name: found.get(name, ONE) for name in known if name in found}


def _reservation(source: Source, root: Element, found: Tastes) -> None:
    element = root.find(".//reservation")
    if element is None:
        return
    text = (element.get("value") or "").strip()
    if text.lower() in ("-infinity", "-inf"):
        found.reservation_text = text
        return
    number = source.number(element, text, "a reservation")
    if number is not None:
        found.reservation, found.reservation_text = Fraction(number), text


def _discount(source: Source, root: Element, found: Tastes) -> None:
    element = root.find(".//discount_factor")
    if element is None:
        return
    text = (element.get("value") or "").strip()
    number = source.number(element, text, "a discount factor")
    if number is None:
        return
    found.discount_text = text
    if 0 < number <= 1:
        found.discount = None if number == 1 else Decimal(number)
    elif number != 0:
        source.warning(
            element, f"a discount factor is above 0 and at most 1, and this is {text}: none is taken"
        )
