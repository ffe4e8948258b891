"""From a domain with its profiles to a case; the rules are on the page docs/exchange.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import Any

from accordant.case.expressions import quote
from accordant.case.findings import Finding
from accordant.case.ranges import shortest
from accordant.errors import Problem
from accordant.exchange.formats import Imported, Named, Scale, Told
from accordant.exchange.ids import ids
from accordant.exchange.scaling import Fitted, Scaled, fitted, scaled, text
from accordant.exchange.scenario import Box, Curve, Scenario, Tastes, Topic

CHECKED = 1_000_000
"""Most combinations of values for which the case is checked state by state."""
ROUNDED = Fraction(1, 10**12)
"""How far weights may be from 1 together because each is written with seventeen digits."""
HOW = {
    "genius": "weights divided by their sum, evaluations by the largest of their issue",
    "file": "weights and evaluations as they are written",
}


def imported(scenario: Scenario, format: str, scale: Scale, found: tuple[Problem, ...]) -> Imported:
    """A scenario as a case, or every mistake in it.

    Parameters
    ----------
    format
        The name of the format.
    scale
        How numbers are taken.
    found
        What reading the files has found already.
    """
    maker = _Maker(scenario, scale)
    made = maker.case() if not any(p.severity == "error" for p in found) else None
    problems = (*found, *maker.problems)
    if made is None or any(p.severity == "error" for p in problems):
        return Imported(None, problems)
    return _checked(made, problems, maker, format)


def _checked(made: dict[str, Any], problems: tuple[Problem, ...], maker: _Maker, format: str) -> Imported:
    """The case, once the checks of every case have been made."""
    from accordant.case.checks import check_case
    from accordant.case.repair import validate
    from accordant.model.checks import check_states
    from accordant.model.compiler import Compiler

    outcome = validate(_case(), made)
    findings: list[Finding] = list(outcome.findings)
    case = outcome.value
    if case is not None and not findings:
        findings = list(check_case(case, sources_known=True))
    if case is not None and not any(f.severity == "error" for f in findings) and maker.size <= CHECKED:
        findings += check_states(Compiler(case))
    # what is said already of a reservation, in the words of the file, is not said again
    findings = [f for f in findings if not (f.severity == "warning" and f.path in maker.outside)]
    problems += tuple(maker.placed(finding) for finding in findings)
    if case is None or any(p.severity == "error" for p in problems):
        return Imported(None, problems)
    return Imported(case, problems, tuple(maker.names()), format, tuple(maker.told), maker.scale)


def _case() -> Any:
    from accordant.case.objects import Case

    return Case


@dataclass
class _Maker:
    """Makes one case.

    Attributes
    ----------
    told
        What the files said, and what was taken where they said nothing.
    outside
        Reservations that lie outside the worths.
    """

    scenario: Scenario
    scale: Scale
    told: list[Told] = field(default_factory=list)
    outside: set[tuple[str | int, ...]] = field(default_factory=set)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What making the case has found, file by file."""
        seen: list[Problem] = []
        for source in {id(s): s for s in self._sources()}.values():
            seen.extend(source.problems())
        return tuple(seen)

    def _sources(self) -> Iterator[Any]:
        yield self.scenario.source
        yield from (tastes.source for tastes in self.scenario.parties)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """What is really to be settled: issues with one value are left out."""
        return tuple(topic for topic in self.scenario.topics if len(topic.values) > 1)

    @property
    def size(self) -> int:
        """How many combinations of values there are."""
        return prod(len(topic.values) for topic in self.topics)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        from accordant.case.checks.names import RESERVED

        return ids((tastes.name for tastes in self.scenario.parties), "party", RESERVED["parties"])

    @cached_property
    def issues(self) -> dict[str, str]:
        """The id of each issue by its name in the file."""
        from accordant.case.checks.names import RESERVED

        reserved = (*RESERVED["issues"], *self.parties)
        found = ids((topic.name for topic in self.topics), "issue", reserved)
        return {topic.name: id_ for topic, id_ in zip(self.topics, found, strict=True)}

    # -- the case --------------------------------------------------------------------------------

    def case(self) -> dict[str, Any] | None:
        """The case as plain data; None where there is nothing to make one of."""
        scenario = self.scenario
        if not scenario.parties:
            hint = "name the profiles after the domain, or put them beside it"
            scenario.source.error(None, "has no profiles: nothing is said of what anybody wants", hint=hint)
        if not self.topics:
            scenario.source.error(None, "leaves nothing to settle: no issue has two values")
        if not scenario.parties or not self.topics:
            return None
        numbers = self.numbers()
        path = scenario.source.file.path
        return {
            "title": scenario.name or path.stem,
            "note": f"Made from {path.name} and what belongs to it, of {scenario.convention.program}.",
            "parties": dict(zip(self.parties, map(self.party, scenario.parties, self.parties), strict=True)),
            "issues": {self.issues[topic.name]: self.issue(topic) for topic in self.topics},
            "preferences": {
                id_: self.preference(id_, tastes, numbers.parties[k], numbers.factor)
                for k, (id_, tastes) in enumerate(zip(self.parties, scenario.parties, strict=True))
            },
        }

    def party(self, tastes: Tastes, id_: str) -> dict[str, Any]:
        return {} if tastes.name == id_ else {"name": tastes.name}

    def issue(self, topic: Topic) -> dict[str, Any]:
        id_ = self.issues[topic.name]
        made: dict[str, Any] = {} if topic.name == id_ else {"name": topic.name}
        made["by"] = {"joint": list(self.parties)} if len(self.parties) > 1 else self.parties[0]
        if topic.numbers is None:
            made["values"] = list(topic.values)
        else:
            first, last, step = (shortest(number) for number in topic.numbers)
            made["range"] = {"from": first, "to": last, "step": step}
            if topic.real:
                made["divisible"] = "true"
        return {**made, "assumed": self.as_in(self.scenario.source)}

    def as_in(self, source: Any) -> dict[str, str]:
        name = source.file.path.name
        files = list(dict.fromkeys(s.file.path.name for s in self._sources()))
        known = self.scenario.convention.program.split()[0].lower().replace("+", "")
        return {"id": f"{known}-{files.index(name) + 1}", "says": f"as in {name}"}

    # -- numbers ---------------------------------------------------------------------------------

    def numbers(self) -> Fitted:
        """Everybody's worths on one scale, as decimals, with what was settled on the way."""
        self._settled()
        every = self.scenario.topics
        made = [scaled(tastes, every, self.scale) for tastes in self.scenario.parties]
        for one in made:
            _fold(one, self.scenario.topics, self.topics)
        for topic in every:
            if topic not in self.topics:
                first = self.topics[0].name
                message = f"has one value: left out; what it is worth is part of every value of {first}"
                self.scenario.source.warning(topic.where, message, found=topic.name)
        found = fitted(made)
        if found.factor > 1:
            self._tell(
                "size of numbers", "", f"times {found.factor:,} for every party: all are decimals", False
            )
        if found.places is not None:
            message = (
                f"numbers are too long to be compared exactly: rounded to {found.places} places, "
                f"which changes none by more than {float(found.error):.1g}; ties may be made or lost"
            )
            self.scenario.source.warning(None, message)
            self._tell("size of numbers", "", f"rounded to {found.places} places", False)
        return found

    def _settled(self) -> None:
        self._tell("scale", "", f"{self.scale}: {HOW[self.scale]}", False)
        for tastes in self.scenario.parties:
            self._weights(tastes)

    def _weights(self, tastes: Tastes) -> None:
        if not tastes.worths:
            return
        about = f"weights of {tastes.name}"
        if tastes.weights is None:
            message = "gives no weights: each issue is taken to weigh 1"
            tastes.source.warning(tastes.where, message)
            self._tell(about, "", "1 for each issue", True)
            return
        total = sum(tastes.weights.values(), Fraction(0))
        if self.scale == "file" and set(tastes.weights.values()) == {1}:
            self._tell(about, "1 for each issue", "as they are", False)
            return
        listed = " + ".join(text(weight) for weight in tastes.weights.values())
        said = f"{listed} = {text(total)}" if len(tastes.weights) <= 8 else f"sum {text(total)}"
        if abs(total - 1) < ROUNDED:
            self._tell(about, said, "as they are", False)
        elif self.scale == "genius":
            tastes.source.warning(
                tastes.where, f"its weights come to {text(total)}, not to 1: each is divided by that"
            )
            self._tell(about, said, f"each divided by {text(total)}", False)
        else:
            tastes.source.warning(
                tastes.where, f"its weights come to {text(total)}, not to 1: taken as they are"
            )
            self._tell(about, said, "as they are", False)

    def _tell(self, about: str, file: str, case: str, assumed: bool) -> None:
        self.told.append(Told(about, file, case, assumed))

    # -- what a party wants ----------------------------------------------------------------------

    def preference(self, id_: str, tastes: Tastes, made: Scaled, factor: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if made.table is not None:
            found["table"] = [[self.pattern(key), shortest(worth)] for key, worth in made.table.items()]
        else:
            found["worth"] = {
                self.issues[t.name]: self.worth(t, made) for t in self.topics if t.name in made.worths
            }
            if not found["worth"]:  # boxes alone: every issue by itself is worth nothing
                found["worth"] = {self.issues[t.name]: _nothing(t) for t in self.topics}
        terms = list(self.terms(tastes, made))
        if terms:
            found["also"] = terms
        found["assumed"] = self.as_in(tastes.source)
        found |= self.reservation(id_, tastes, made, factor)
        found |= self.delay(tastes)
        return found

    def pattern(self, values: tuple[str, ...]) -> dict[str, str]:
        kept = ((t, v) for t, v in zip(self.scenario.topics, values, strict=True) if t in self.topics)
        return {self.issues[topic.name]: value for topic, value in kept}

    def worth(self, topic: Topic, made: Scaled) -> dict[str, Any]:
        worths = made.worths[topic.name]
        if topic.numbers is not None and (topic.name in made.straight or not topic.real):
            points = _kinks([(Fraction(v), w) for v, w in worths.items()])
            if len(points) <= max(3, len(worths) // 2) and len(points) < len(worths):
                return {"linear": [[shortest(x), shortest(y)] for x, y in points]}
        return {value: shortest(worths[value]) for value in topic.values}

    def terms(self, tastes: Tastes, made: Scaled) -> Iterator[dict[str, Any]]:
        for box, worth in zip(tastes.boxes, made.boxes, strict=True):
            condition = self.condition(box)
            if condition is not None and worth:
                yield {"if": condition, "worth": shortest(worth), "assumed": self.as_in(tastes.source)}

    def condition(self, box: Box) -> str | None:
        """Where a box counts, as an expression; None where it counts nowhere."""
        topics = {topic.name: topic for topic in self.scenario.topics}
        parts: list[str] = []
        for name, low, high in box.bounds:
            inside = [v for v in topics[name].values if low <= Fraction(v) <= high]
            if not inside:
                return None if box.inside else self._always()
            if len(inside) < len(topics[name].values):
                word, (first, *_, last) = quote(self.issues[name]), (*inside, inside[-1])
                ends = (topics[name].values[0] != first, topics[name].values[-1] != last)
                bounds = [f"{word} >= {quote(first)}"] * ends[0] + [f"{word} <= {quote(last)}"] * ends[1]
                parts.append(f"{word} = {quote(first)}" if first == last else " and ".join(bounds))
        if not parts:
            return self._always() if box.inside else None
        whole = " and ".join(parts)
        return whole if box.inside else f"not ({whole})"

    def _always(self) -> str:
        word = quote(self.issues[self.topics[0].name])
        return f"{word} or not {word}"

    def reservation(self, id_: str, tastes: Tastes, made: Scaled, factor: int) -> dict[str, Any]:
        about, convention = f"reservation of {tastes.name}", self.scenario.convention
        held = made.reservation
        if isinstance(held, dict):
            self._tell(about, tastes.reservation_text, "the state that it names", False)
            state = {self.issues[name]: value for name, value in held.items() if name in self.issues}
            return {"reservation": {"state": state, "assumed": self.as_in(tastes.source)}}
        if held is not None:
            self._range(id_, tastes, made, held, factor)
            shown = shortest(held)
            self._tell(
                about, tastes.reservation_text, shown + (f" (times {factor:,})" if factor > 1 else ""), False
            )
            return {"reservation": {"worth": shown, "assumed": self.as_in(tastes.source)}}
        said = tastes.reservation_text
        if convention.reservation is None or said:
            what = f"says that any deal is better than none ({said})" if said else "gives no reservation"
            message = f"{what}: what no deal is worth to {tastes.name} is left open"
            hint = "add 'reservation: ...' to its preferences; packages are compared with it"
            tastes.source.warning(tastes.where, message, hint=hint)
            self._tell(about, said, "left open", False)
            return {}
        taken = text(convention.reservation)
        message = f"gives no reservation: {convention.program} takes {taken}"
        tastes.source.warning(tastes.where, message)
        self._tell(about, "", taken, True)
        says = f"{tastes.source.file.path.name} gives no reservation; {convention.program} takes {taken}"
        assumed = {"id": f"no-reservation-{self.parties.index(id_) + 1}", "says": says}
        return {"reservation": {"worth": taken, "assumed": assumed}}

    def _range(self, id_: str, tastes: Tastes, made: Scaled, held: Fraction, factor: int) -> None:
        ends = made.ends()
        if ends is None or ends[0] <= held <= ends[1]:
            return
        self.outside |= {("preferences", id_, "reservation"), ("preferences", id_, "reservation", "worth")}
        both = self.scale == "file" and self.scenario.convention.program == "Genius"
        other = "; with --scale genius both lie between 0 and 1" if both else ""
        message = (
            f"its reservation {text(held / factor)} lies outside its worths, which go from "
            f"{text(ends[0] / factor)} to {text(ends[1] / factor)}{other}"
        )
        tastes.source.warning(tastes.where, message, found=tastes.reservation_text)

    def delay(self, tastes: Tastes) -> dict[str, Any]:
        about = f"discount of {tastes.name}"
        if tastes.discount is None or tastes.discount == 1:
            if tastes.discount_text:
                self._tell(about, tastes.discount_text, "none", False)
            return {}
        span = "each step of the negotiation" if tastes.periodic else "the whole time of the negotiation"
        message = (
            f"the discount factor of {tastes.name} is for {span}: taken as a period of 1 day, "
            "for deals and not for no deal; set 'days' to its length"
        )
        tastes.source.warning(tastes.where, message, found=tastes.discount_text)
        self._tell(about, tastes.discount_text, f"{shortest(tastes.discount)} for a period of 1 day", True)
        says = f"{span} is taken as a period of 1 day"
        assumed = {"id": "one-day", "says": says}
        return {"delay": {"factor": shortest(tastes.discount), "days": "1", "assumed": assumed}}

    # -- names and places ------------------------------------------------------------------------

    def names(self) -> Iterator[Named]:
        """What parties and issues are called on both sides; values have the same names."""
        for id_, tastes in zip(self.parties, self.scenario.parties, strict=True):
            yield Named("party", id_, tastes.name)
        for name, id_ in self.issues.items():
            yield Named("issue", id_, name)

    def placed(self, finding: Finding) -> Problem:
        """A finding about the case as a problem of the file that the part was made from."""
        from accordant.case.places import written

        source = self.scenario.source
        if finding.path[:1] == ("preferences",) and finding.path[1:2] and finding.path[1] in self.parties:
            source = self.scenario.parties[self.parties.index(str(finding.path[1]))].source
        return Problem(
            finding.message,
            file=str(source.file.path),
            path=written(finding.path),
            found=finding.found,
            allowed=finding.allowed,
            hint=finding.hint,
            severity=finding.severity,
        )


def _nothing(topic: Topic) -> dict[str, Any]:
    if topic.numbers is None:
        return dict.fromkeys(topic.values, "0")
    return {"linear": [[topic.values[0], "0"], [topic.values[-1], "0"]]}


def _fold(made: Scaled, every: tuple[Topic, ...], kept: tuple[Topic, ...]) -> None:
    """What issues with one value are worth becomes part of the first of the others."""
    alone = [topic.name for topic in every if topic not in kept]
    constant = sum((next(iter(made.worths.pop(n).values())) for n in alone if n in made.worths), Fraction(0))
    if constant:
        first = kept[0]
        here = made.worths.setdefault(first.name, dict.fromkeys(first.values, Fraction(0)))
        made.worths[first.name] = {value: worth + constant for value, worth in here.items()}


def _kinks(points: list[tuple[Fraction, Fraction]]) -> list[tuple[Fraction, Fraction]]:
    """Of points on straight lines the ends and those where the direction changes."""
    kept = points[:1]
    for k in range(1, len(points) - 1):
        (a, u), (b, v), (c, w) = kept[-1], points[k], points[k + 1]
        if (v - u) * (c - b) != (w - v) * (b - a):
            kept.append(points[k])
    return kept + points[-1:]


def curve(topic: Topic, worths: dict[str, Fraction]) -> Curve:
    """Worths of a numeric issue whose values straight lines join."""
    return Curve({value: worths[value] for value in topic.values}, True)
