"""From Genius XML files to a case."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from accordant.case.ranges import MOST_VALUES, shortest
from accordant.errors import Problem, did_you_mean
from accordant.exchange.formats import Given, Imported
from accordant.exchange.genius_profile import tastes_of
from accordant.exchange.numeric import integers, reals
from accordant.exchange.scenario import Convention, Scenario, Tastes, Topic
from accordant.exchange.scenario_in import imported as case_of
from accordant.exchange.source import Place, Source
from accordant.exchange.xml_text import Element, parse, written

CONVENTION = Convention("Genius", Fraction(0))
"""What Genius takes for a reservation that is not given."""
KINDS = ("discrete", "integer", "real")


def imported(given: Given) -> Imported:
    """Domain and profiles as a case, or every mistake in them."""
    roots: list[tuple[Source, Element]] = []
    problems: list[Problem] = []
    for file in given.files:
        root = parse(file.raw, file.path)
        if isinstance(root, Problem):
            problems.append(root)
        else:
            roots.append((Source(file, _place), root))
    if problems or not roots:
        return Imported(None, tuple(problems))
    source, root = roots[0]
    if root.tag != "negotiation_template":
        hint = "name the domain file first: its outermost element is negotiation_template"
        source.error(root, f"is no domain: its outermost element is {root.tag}", hint=hint)
        return Imported(None, source.problems())
    topics = domain_topics(source, root)
    parties: list[Tastes] = []
    if not source.wrong:
        parties = [tastes_of(one, tree, topics) for one, tree in roots[1:]]
    scenario = Scenario(_name(root), topics, parties, source, CONVENTION)
    if any(one.wrong for one, _ in roots):
        found = (problem for one, _ in roots for problem in one.problems())
        return Imported(None, tuple(found))
    return case_of(scenario, "genius", given.scale or "genius", ())


def _place(where: Element) -> Place:
    if where is None:
        return None, None, ""
    return where.sourceline, None, written(where)


def _name(root: Element) -> str:
    space = root.find("utility_space")
    objective = None if space is None else space.find("objective")
    name = "" if objective is None else objective.get("name") or ""
    return "" if name.strip().lower() in ("any", "root", "") else name.strip()


def domain_topics(source: Source, root: Element) -> tuple[Topic, ...]:
    """The issues of a domain, by their numbers; objectives within objectives are passed through."""
    elements = list(root.iter("issue"))
    if not elements:
        source.error(root, "holds no issue")
        return ()
    _count(source, root, len(elements))
    found: list[tuple[int, Topic]] = []
    for position, element in enumerate(elements, 1):
        topic = _topic(source, element, position)
        if topic is not None:
            found.append((topic.index or position, topic))
    _unique(source, [topic for _, topic in found])
    return tuple(topic for _, topic in sorted(found, key=lambda pair: pair[0]))


def _count(source: Source, root: Element, there: int) -> None:
    space = root.find("utility_space")
    said = None if space is None else space.get("number_of_issues")
    if said is not None and said.strip() != str(there):
        source.warning(space, f"says that there are {said.strip()} issues and holds {there}: those are read")


def _unique(source: Source, topics: Iterable[Topic]) -> None:
    names: set[str] = set()
    numbers: set[int] = set()
    for topic in topics:
        if topic.name in names:
            source.error(topic.where, f"there are two issues called {topic.name!r}", found=topic.name)
        elif topic.index is not None and topic.index in numbers:
            source.error(topic.where, f"there are two issues with the index {topic.index}")
        names.add(topic.name)
        if topic.index is not None:
            numbers.add(topic.index)


def _topic(source: Source, element: Element, position: int) -> Topic | None:
    name = source.name_of(element, element.get("name"), "an issue")
    index = index_of(source, element, position)
    if name is None:
        return None
    kind = kind_of(source, element)
    if kind == "discrete":
        return _discrete(source, element, name, index)
    bounds = bounds_of(source, element)
    if bounds is None:
        return None
    make = integers if kind == "integer" else reals
    numbers = make(source, element, *bounds)
    if numbers is None:
        return None
    first, last, step = (Fraction(number) for number in numbers)
    values = (
        tuple(shortest(first + k * step) for k in range(int((last - first) / step) + 1))
        if step
        else (shortest(first),)
    )
    assert len(values) <= MOST_VALUES
    return Topic(name, values, numbers if len(values) > 1 else None, kind == "real", index, element)


def index_of(source: Source, element: Element, position: int) -> int | None:
    """The number of an issue; its place in the file where none is given."""
    text = (element.get("index") or "").strip()
    if not text:
        return position
    if not text.lstrip("-").isdecimal() or len(text) > 9:
        source.error(element, f"{text[:20]!r} is not a number of an issue", found=text[:20])
        return None
    return int(text)


def kind_of(source: Source, element: Element) -> str:
    """Which kind of issue it is, by whichever of the three attributes is there."""
    said = [(element.get(key) or "").strip().lower() for key in ("type", "etype", "vtype")]
    given = [kind for kind in said if kind]
    unknown = [kind for kind in given if kind not in KINDS]
    if unknown:
        hint = did_you_mean(unknown[0], KINDS)
        source.error(
            element, f"there is no kind of issue {unknown[0]!r}", found=unknown[0], allowed=KINDS, hint=hint
        )
        return "discrete"
    kind = given[0] if given else "discrete"
    if element.find("item") is not None:
        return "discrete"
    return kind


def bounds_of(source: Source, element: Element) -> tuple[Decimal, Decimal] | None:
    """The ends of a numeric issue, from the element itself or from its range."""
    inside = element.find("range")
    found = []
    for key in ("lowerbound", "upperbound"):
        text = element.get(key) if inside is None or inside.get(key) is None else inside.get(key)
        if text is None:
            source.error(element, f"has no {key}: a numeric issue needs both")
            return None
        found.append(source.number(element, text, f"the {key}"))
    low, high = found
    if low is None or high is None:
        return None
    if low > high:
        source.error(element, f"is upside down: it goes from {shortest(low)} to {shortest(high)}")
        return None
    return low, high


def _discrete(source: Source, element: Element, name: str, index: int | None) -> Topic | None:
    values: list[str] = []
    for item in element.iter("item"):
        value = source.name_of(item, item.get("value"), "a value")
        if value is None:
            continue
        if value in values:
            source.warning(item, f"the value {value!r} stands twice: read once", found=value)
            continue
        values.append(value)
    if not values:
        source.error(element, "has no values")
        return None
    return Topic(name, tuple(values), None, False, index, element)
