"""Profiles in JSON and YAML: their issues and values have to be those of the domain."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from accordant.case.places import Path
from accordant.case.ranges import number, shortest
from accordant.errors import did_you_mean
from accordant.exchange.scenario import Topic
from accordant.exchange.source import Source


def same_issues(source: Source, where: Path, given: Collection[str], topics: Sequence[Topic]) -> None:
    """Every issue of the domain is named, and no other."""
    known = [topic.name for topic in topics]
    for name in given:
        if name not in known:
            message = f"there is no issue {name!r} in the domain"
            source.error((*where, name), message, found=name, allowed=known, hint=did_you_mean(name, known))
    for name in known:
        if name not in given:
            hint = did_you_mean(name, list(given))
            source.error(where, f"says nothing of the issue {name!r} of the domain", found=name, hint=hint)


def value_of(topic: Topic, text: Any) -> str | None:
    """The value of an issue that a text means; None where it has no such value."""
    if isinstance(text, str) and text in topic.values:
        return str(text)
    made = number(text) if topic.numbers is not None else None
    short = None if made is None else shortest(made)
    return short if short in topic.values else None


def evaluations(
    source: Source, where: Path, given: Mapping[str, Any], topic: Topic
) -> dict[str, Fraction] | None:
    """A number for each value of an issue; None where some are missing or wrong, which is said."""
    found: dict[str, Fraction] = {}
    for text, worth in given.items():
        value = value_of(topic, text)
        if value is None:
            hint = did_you_mean(text, topic.values)
            message = f"{text!r} is not a value of {topic.name} in the domain"
            source.error((*where, text), message, found=text, allowed=topic.values, hint=hint)
            continue
        made = source.number((*where, text), worth, f"what {text} is worth")
        if made is not None:
            found[value] = Fraction(made)
    missing = [value for value in topic.values if value not in found]
    if missing and not source.wrong:
        shown = ", ".join(missing[:6]) + (" …" if len(missing) > 6 else "")
        source.error(where, f"says nothing of these values of {topic.name}: {shown}")
    return None if missing else found


def weights_of(
    source: Source, where: Path, given: Mapping[str, Any] | None, topics: Sequence[Topic]
) -> dict[str, Fraction] | None:
    """A weight for each issue; None where none are given."""
    if given is None:
        return None
    same_issues(source, where, list(given), topics)
    found: dict[str, Fraction] = {}
    for name, weight in given.items():
        made = source.number((*where, name), weight, "a weight")
        if made is not None and made < 0:
            source.error((*where, name), f"the weight of {name!r} is below 0", found=str(made))
        elif made is not None:
            found[name] = Fraction(made)
    if found and not any(found.values()) and not source.wrong:
        source.error(where, "all weights are 0: nothing matters to this party")
    return found
