"""From GeniusWeb JSON files to a case."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accordant.case.places import Path
from accordant.case.ranges import MOST_VALUES, shortest
from accordant.errors import did_you_mean
from accordant.exchange import profiles
from accordant.exchange.formats import Given, Imported
from accordant.exchange.geniusweb import SPACE
from accordant.exchange.matching import evaluations, same_issues, value_of, weights_of
from accordant.exchange.profiles import Files
from accordant.exchange.scenario import Convention, Curve, Scenario, Tastes, Topic, Worths
from accordant.exchange.source import Source
from accordant.exchange.structured import listing, mapping

CONVENTION = Convention("GeniusWeb", None)
DISCRETE = ("discreteutils", "DiscreteValueSetUtilities")
NUMERIC = ("numberutils", "NumberValueSetUtilities")


def imported(given: Given) -> Imported:
    """Domain and profiles as a case, or every mistake in them."""
    return profiles.imported(given, "geniusweb", _scenario)


def _scenario(files: Files) -> Scenario:
    source, data = files[0]
    alone = SPACE in data
    inside: Path = (SPACE, "domain") if alone else ()
    domain = mapping(source, data[SPACE], (SPACE,), SPACE).get("domain") if alone else data
    topics = _topics(source, mapping(source, domain, inside, "a domain"), inside)
    wants = files if alone else files[1:]
    parties = [] if source.wrong else [_tastes(one, content, topics) for one, content in wants]
    name = str(domain.get("name") or "") if isinstance(domain, dict) else ""
    return Scenario(name, topics, parties, source, CONVENTION)


def _topics(source: Source, domain: dict[str, Any], at: Path) -> tuple[Topic, ...]:
    found = []
    where = (*at, "issuesValues")
    issues = mapping(source, domain.get("issuesValues"), where, "issuesValues")
    if not issues and not source.wrong:
        source.error(where, "holds no issue")
    for name, data in issues.items():
        path = (*where, name)
        if source.name_of(path, name, "an issue") is None:
            continue
        content = mapping(source, data, path, "an issue")
        if "range" in content:
            topic = _range(source, name, content["range"], (*path, "range"))
        else:
            topic = _listed(source, name, content.get("values"), (*path, "values"))
        if topic is not None:
            found.append(topic)
    return tuple(found)


def _listed(source: Source, name: str, data: Any, where: Path) -> Topic | None:
    values: list[str] = []
    for k, value in enumerate(listing(source, data, where, "values")):
        made = source.name_of((*where, k), None if isinstance(value, dict | list) else str(value), "a value")
        if made is not None and made in values:
            source.warning((*where, k), f"the value {made!r} stands twice: read once", found=made)
        elif made is not None:
            values.append(made)
    if not values and not source.wrong:
        source.error(where, "has no values")
    return Topic(name, tuple(values), where=where) if values else None


def _range(source: Source, name: str, data: Any, where: Path) -> Topic | None:
    keys = ("low", "high", "step")
    given = (
        data if isinstance(data, list) else [data.get(key) for key in keys] if isinstance(data, dict) else []
    )
    if len(given) != 3:
        source.error(where, "a range has a low end, a high end and a step")
        return None
    low, high, step = (source.number(where, text, what) for text, what in zip(given, keys, strict=True))
    if low is None or high is None or step is None:
        return None
    if low > high or step <= 0:
        what = "is upside down" if low > high else "has a step that leads nowhere"
        source.error(where, f"{what}: from {shortest(low)} to {shortest(high)} by {shortest(step)}")
        return None
    count = int((Fraction(high) - Fraction(low)) / Fraction(step))
    if count >= MOST_VALUES:
        source.error(
            where, f"makes {count + 1:,} values; at most {MOST_VALUES:,} are read", hint="take a larger step"
        )
        return None
    values = tuple(shortest(Fraction(low) + k * Fraction(step)) for k in range(count + 1))
    if Fraction(values[-1]) != Fraction(high):
        source.warning(
            where, f"its steps end at {values[-1]}, before {shortest(high)}: that is the last value"
        )
    numbers = (low, Decimal(values[-1]), step) if count else None
    return Topic(name, values, numbers, where=where)


def _tastes(source: Source, data: dict[str, Any], topics: Sequence[Topic]) -> Tastes:
    at: Path = (SPACE,)
    found = Tastes(source.name, source, where=at)
    if SPACE not in data:
        source.error((), f"is no profile: it holds no {SPACE}", found=", ".join(list(data)[:4]))
        return found
    content = mapping(source, data[SPACE], at, SPACE)
    found.name = str(content.get("name") or source.name)
    own = content.get("domain")
    if isinstance(own, dict) and isinstance(own.get("issuesValues"), dict):
        inside = (*at, "domain", "issuesValues")
        same_issues(source, inside, list(own["issuesValues"]), topics)
        _same_ranges(source, inside, own["issuesValues"], topics)
    _worths(source, content, at, topics, found)
    given = content.get("issueWeights")
    where = (*at, "issueWeights")
    found.weights = (
        None if given is None else weights_of(source, where, mapping(source, given, where, "weights"), topics)
    )
    _reservation(source, content, at, topics, found)
    if content.get("discount_factor") is not None:
        where = (*at, "discount_factor")
        number = source.number(where, content["discount_factor"], "a discount factor")
        if number is not None and not 0 < number <= 1:
            source.error(where, f"a discount factor is above 0 and at most 1, and this is {number}")
        found.discount, found.discount_text = number, str(content["discount_factor"])
        found.periodic = True
    return found


def _same_ranges(source: Source, at: Path, own: dict[str, Any], topics: Sequence[Topic]) -> None:
    """Where a profile repeats the range of an issue, it goes up, and is that of the domain."""
    for topic in topics:
        given = own.get(topic.name)
        if topic.numbers is None or not isinstance(given, dict) or "range" not in given:
            continue
        where = (*at, topic.name, "range")
        if where == topic.where:  # a profile without a domain file: this is the domain
            continue
        mine = _range(source, topic.name, given["range"], where)
        if mine is not None and mine.values != topic.values:
            here, there = _said(mine), _said(topic)
            message = f"is {here} here and {there} in the domain: read with the values of the domain"
            source.warning(where, message, found=topic.name)


def _said(topic: Topic) -> str:
    first, last = topic.values[0], topic.values[-1]
    return first if topic.numbers is None else f"{first} to {last} in steps of {shortest(topic.numbers[2])}"


def _worths(
    source: Source, content: dict[str, Any], at: Path, topics: Sequence[Topic], found: Tastes
) -> None:
    where = (*at, "issueUtilities")
    given = mapping(source, content.get("issueUtilities"), where, "issueUtilities")
    same_issues(source, where, list(given), topics)
    for topic in topics:
        if topic.name in given:
            path = (*where, topic.name)
            worths = _utilities(source, mapping(source, given[topic.name], path, "utilities"), path, topic)
            if worths is not None:
                found.worths[topic.name] = worths


def _utilities(source: Source, data: dict[str, Any], at: Path, topic: Topic) -> Worths | None:
    key = next((key for key in (*DISCRETE, *NUMERIC) if key in data), None)
    if key is None:
        allowed = (*DISCRETE[:1], *NUMERIC[:1])
        source.error(at, "is of no kind that can be read", found=", ".join(list(data)[:4]), allowed=allowed)
        return None
    content = mapping(source, data[key], (*at, key), key)
    if key in DISCRETE:
        where = (*at, key, "valueUtilities")
        given = mapping(source, content.get("valueUtilities"), where, "valueUtilities")
        return evaluations(source, where, given, topic)
    return _line(source, content, (*at, key), topic)


def _line(source: Source, content: dict[str, Any], at: Path, topic: Topic) -> Curve | None:
    if topic.numbers is None:
        source.error(at, f"is for numeric issues, and {topic.name} has named values")
        return None
    keys = ("lowValue", "lowUtility", "highValue", "highUtility")
    numbers = [source.number((*at, key), content.get(key), key) for key in keys]
    if None in numbers:
        return None
    low, under, high, over = (Fraction(number) for number in numbers if number is not None)
    if low >= high:
        source.error(at, f"is upside down: from {low} to {high}")
        return None
    outside = [v for v in topic.values if not low <= Fraction(v) <= high]
    if outside:
        source.error(at, f"does not say what {outside[0]} is worth: it goes from {low} to {high}")
        return None
    return Curve({v: under + (over - under) * (Fraction(v) - low) / (high - low) for v in topic.values})


def _reservation(
    source: Source, content: dict[str, Any], at: Path, topics: Sequence[Topic], found: Tastes
) -> None:
    where = (*at, "reservationBid")
    data = content.get("reservationBid")
    if data is None:
        if content.get("reserved_value") is not None:
            number = source.number((*at, "reserved_value"), content["reserved_value"], "a reserved value")
            if number is not None:
                found.reservation, found.reservation_text = Fraction(number), str(content["reserved_value"])
        return
    bid = mapping(source, mapping(source, data, where, "a bid").get("issuevalues"), where, "issuevalues")
    known = {topic.name: topic for topic in topics}
    values: dict[str, str] = {}
    for name, text in bid.items():
        path = (*where, "issuevalues", name)
        if name not in known:
            hint = did_you_mean(name, tuple(known))
            source.error(
                path, f"there is no issue {name!r} in the domain", found=name, allowed=tuple(known), hint=hint
            )
            continue
        value = value_of(known[name], text)
        if value is None:
            message = f"{text!r} is not a value of {name} in the domain"
            source.error(path, message, found=str(text), allowed=known[name].values)
        else:
            values[name] = value
    if not values or source.wrong:
        return
    found.reservation_text = ", ".join(f"{name} = {value}" for name, value in values.items())
    if len(values) == len(known):
        found.reservation = values
        return
    # a bid that names some issues only is worth what those are worth
    weights = found.weights or {}
    total = Fraction(0)
    for name, value in values.items():
        worths = found.worths[name]
        numbers = worths.worths if isinstance(worths, Curve) else worths
        total += weights.get(name, Fraction(1)) * numbers[value]
    found.reservation = total
    source.warning(where, "names some of the issues: it is worth what those are worth, the others nothing")
