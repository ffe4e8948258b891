"""From NegoLog JSON files to a case."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from accordant.exchange import profiles
from accordant.exchange.formats import Given, Imported
from accordant.exchange.matching import evaluations, same_issues, weights_of
from accordant.exchange.profiles import Files
from accordant.exchange.scenario import Convention, Scenario, Tastes, Topic
from accordant.exchange.source import Source
from accordant.exchange.structured import mapping

CONVENTION = Convention("NegoLog", Fraction(0))


def imported(given: Given) -> Imported:
    """Profiles as a case, or every mistake in them; the first one says what is to be settled."""
    return profiles.imported(given, "negolog", _scenario)


def _scenario(files: Files) -> Scenario:
    source, data = files[0]
    topics = _topics(source, data)
    parties = [] if source.wrong else [_tastes(one, content, topics) for one, content in files]
    name = source.file.path.resolve().parent.name if len(files) > 1 else source.name
    return Scenario(name, topics, parties, source, CONVENTION)


def _topics(source: Source, data: dict[str, Any]) -> tuple[Topic, ...]:
    found = []
    issues = mapping(source, data.get("issues"), ("issues",), "issues")
    if not issues and not source.wrong:
        source.error(("issues",), "holds no issue")
    for name, values in issues.items():
        path = ("issues", name)
        content = mapping(source, values, path, "an issue")
        named = [value for value in content if source.name_of((*path, value), value, "a value")]
        if not named and not source.wrong:
            source.error(path, "has no values")
        if source.name_of(path, name, "an issue") is not None and named:
            found.append(Topic(name, tuple(named), where=path))
    return tuple(found)


def _tastes(source: Source, data: dict[str, Any], topics: Sequence[Topic]) -> Tastes:
    found = Tastes(source.name, source)
    issues = mapping(source, data.get("issues"), ("issues",), "issues")
    same_issues(source, ("issues",), list(issues), topics)
    for topic in topics:
        if topic.name in issues:
            path = ("issues", topic.name)
            worths = evaluations(source, path, mapping(source, issues[topic.name], path, "an issue"), topic)
            if worths is not None:
                found.worths[topic.name] = worths
    where = ("issueWeights",)
    found.weights = weights_of(
        source, where, mapping(source, data.get("issueWeights"), where, "weights"), topics
    )
    if data.get("reservationValue") is not None:
        number = source.number(("reservationValue",), data["reservationValue"], "a reservation")
        if number is not None:
            found.reservation, found.reservation_text = Fraction(number), str(data["reservationValue"])
    return found
