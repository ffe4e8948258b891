"""A case in the terms of bargaining programs: issues, and what each party wants in numbers.

Writers of those formats start from here. What such a program has no place for is left out with a warning,
item by item; what would make another negotiation of it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from accordant.case.expressions import parse
from accordant.case.findings import Finding, Findings
from accordant.case.objects import Case, Issue, Linear, Preference
from accordant.case.places import Path, written
from accordant.case.worths import ends_of
from accordant.errors import CaseError, Problem
from accordant.exchange.cubes import Cube, TooManyCubesError, cubes_of
from accordant.exchange.formats import Named
from accordant.exchange.losses import fields_left, files, grounds_left, no_place

if TYPE_CHECKING:
    from accordant.opened import OpenCase

CARRIED = ("accordant", "title", "parties", "issues", "preferences", "feasible", "only", "states")
TABLED = 100_000
"""Most packages whose worths are listed one by one."""


@dataclass(frozen=True)
class Asked:
    """One issue as it is written.

    Attributes
    ----------
    name
        What it is called in the file: its name in the case, with the id where two have the same.
    """

    id: str
    name: str
    issue: Issue

    @property
    def values(self) -> tuple[str, ...]:
        """Its values, in order."""
        return self.issue.values


@dataclass
class Wants:
    """What one party wants, exactly, in the numbers of the case.

    Attributes
    ----------
    worths
        By issue, what each value is worth.
    lines
        Of numeric issues the points that straight lines join, where worths are given so.
    terms
        Worths that count where one of the cubes is true.
    table
        Instead: a worth for each combination of values, as indices in the order of the issues.
    reservation
        A number, values for issues, or None.
    factor
        What a deal is multiplied by for each period of waiting; None for nothing.
    """

    id: str
    name: str
    worths: dict[str, dict[str, Fraction]]
    lines: dict[str, tuple[tuple[Fraction, Fraction], ...]] = field(default_factory=dict)
    terms: list[tuple[tuple[Cube, ...], Fraction]] = field(default_factory=list)
    table: dict[tuple[int, ...], Fraction] | None = None
    reservation: Fraction | dict[str, str] | None = None
    factor: Fraction | None = None

    @property
    def additive(self) -> bool:
        """Whether worths add up issue by issue."""
        return not self.terms and self.table is None

    def worth(self, issues: Sequence[Asked], row: Sequence[int]) -> Fraction:
        """What a package is worth, by the numbers of its values."""
        if self.table is not None:
            return self.table[tuple(row)]
        at = {asked.id: value for asked, value in zip(issues, row, strict=True)}
        total = sum((self.worths[asked.id][asked.values[at[asked.id]]] for asked in issues), Fraction(0))
        for cubes, worth in self.terms:
            if any(all(at[issue] in values for issue, values in cube.items()) for cube in cubes):
                total += worth
        return total


@dataclass
class Outgoing:
    """A case to be written for a bargaining program."""

    opened: OpenCase
    title: str
    discounts: bool = True
    issues: tuple[Asked, ...] = ()
    parties: tuple[Wants, ...] = ()
    say: Findings = field(default_factory=Findings)

    @property
    def case(self) -> Case:
        """The case as it is written down."""
        return self.opened.case

    def finish(self) -> tuple[Problem, ...]:
        """Warnings with their places.

        Raises
        ------
        CaseError
            With every reason why the format cannot say what the case says.
        """
        wrong = [finding for finding in self.say.all if finding.severity == "error"]
        if wrong:
            reasons = "this reason" if len(wrong) == 1 else f"these {len(wrong):,} reasons"
            closing = f"{self.opened.path} cannot be written for {self.title} for {reasons}"
            raise CaseError([self._placed(finding) for finding in wrong], closing)
        return tuple(self._placed(finding) for finding in self.say.all)

    def _placed(self, finding: Finding) -> Problem:
        return placed(self.opened, finding)

    def names(self) -> tuple[Named, ...]:
        """What parties and issues are called on both sides."""
        parties = tuple(Named("party", one.id, one.name) for one in self.parties)
        return (*parties, *(Named("issue", asked.id, asked.name) for asked in self.issues))

    def package(self, values: Mapping[str, str]) -> tuple[int, ...]:
        """Values for every issue as their numbers."""
        return tuple(asked.values.index(values[asked.id]) for asked in self.issues)


def placed(opened: OpenCase, finding: Finding) -> Problem:
    """A finding about a case with its place in the files of the case."""
    place = opened.folder.place(finding.path, key=True)
    return Problem(
        finding.message,
        file=str(opened.path / place.file) if place else str(opened.path),
        line=place.line if place else None,
        column=place.column if place else None,
        path=written(finding.path),
        found=finding.found,
        hint=finding.hint,
        severity=finding.severity,
    )


def outgoing(opened: OpenCase, title: str, *, discounts: bool = True) -> Outgoing:
    """A case in the terms of bargaining programs, with everything that stands in the way or is left out.

    Parameters
    ----------
    title
        What the program is called.
    discounts
        Whether its files have a place for a discount factor.
    """
    made = Outgoing(opened, title, discounts=discounts)
    case, say = made.case, made.say
    _refuse(case, say)
    made.issues = tuple(_asked(case))
    who = tuple(id_ for id_, party in case.parties.items() if party.role == "party")
    made.parties = tuple(wants for id_ in who if (wants := _wants(made, id_)) is not None)
    _leave(case, say, who, title)
    return made


def _refuse(case: Case, say: Findings) -> None:
    if not case.issues:
        hint = "give what is to be settled as issues (docs/case-format.md)"
        say.error(("states",), "there are no issues, only states", hint=hint)
    for k in range(len(case.feasible)):
        message = "forbids packages, and the program takes every combination of values for possible"
        say.error(("feasible", k), message, hint="make one issue of those that it ties together")
    if case.only:
        say.error(("only",), "leaves out combinations, and the program takes every one for possible")


def _leave(case: Case, say: Findings, who: Sequence[str], title: str) -> None:
    no_place(say, case, CARRIED, title)
    for id_, party in case.parties.items():
        if id_ in who:
            fields_left(say, ("parties", id_), party, ("name", "role"), title)
        else:
            message = f"is a {party.role}, and the program has parties only; left out"
            if party.role == "constituency" and id_ in case.preferences:
                message += ": packages that it would veto are open now"
            say.warning(("parties", id_), message, on_key=True)
    for id_, issue in case.issues.items():
        carried = ("name", "by", "values", "range", "divisible")
        fields_left(say, ("issues", id_), issue, carried, title)
    for key in ("issues", "preferences"):
        grounds_left(say, getattr(case, key), (key,), title)
    if isinstance(case.states, dict) and case.states:
        say.warning(
            ("states",), f"the names of states have no place in {files(title)}; left out", on_key=True
        )


def _asked(case: Case) -> list[Asked]:
    shown = {id_: issue.name or id_ for id_, issue in case.issues.items()}
    names = list(shown.values())
    return [
        Asked(id_, name if names.count(name) == 1 else f"{name} ({id_})", case.issues[id_])
        for id_, name in shown.items()
    ]


def _wants(made: Outgoing, id_: str) -> Wants | None:
    case, say = made.case, made.say
    path: Path = ("preferences", id_)
    preference = case.preferences.get(id_, Preference())
    here = path if id_ in case.preferences else ("parties", id_)
    if not preference.cardinal:
        what = "gives an order without numbers" if preference.stated else "says nothing of what it prefers"
        hint = "give 'worth' or 'table' (docs/case-format.md): ranks are no worths"
        say.error(here, f"{what}, and the program needs numbers", hint=hint, on_key=True)
        return None
    if preference.ranged:
        hint = "give each worth one number: which order a range means is not known (docs/case-format.md)"
        say.error(
            (*path, "worth"), "has ranges, and the program needs one number each", hint=hint, on_key=True
        )
        return None
    for k in range(len(preference.never)):
        message = (
            "is a red line, which the program does not know: what it refuses counts by its worth; left out"
        )
        say.warning((*path, "never", k), message)
    carried = ("worth", "table", "also", "never", "reservation", "delay")
    fields_left(say, path, preference, carried, made.title)
    found = Wants(id_, _shown(case, id_), {})
    _worths(made, path, preference, found)
    _reservation(made, path, preference, found)
    _delay(made, path, preference, found)
    return found


def _shown(case: Case, id_: str) -> str:
    name = case.party_name(id_)
    alike = [other for other in case.parties if case.party_name(other) == name]
    return name if len(alike) == 1 else f"{name} ({id_})"


def _worths(made: Outgoing, path: Path, preference: Preference, found: Wants) -> None:
    nothing = Fraction(0)
    for asked in made.issues:
        given = (preference.worth or {}).get(asked.id)
        if isinstance(given, Linear):
            if asked.issue.numbers is not None:
                found.lines[asked.id] = tuple((Fraction(x), Fraction(ends_of(y)[0])) for x, y in given.linear)
            found.worths[asked.id] = given.along(asked.values)
        elif isinstance(given, Mapping):
            found.worths[asked.id] = {value: Fraction(ends_of(given[value])[0]) for value in asked.values}
        else:
            found.worths[asked.id] = dict.fromkeys(asked.values, nothing)
    if preference.table is not None:
        found.table = _table(made, path, found.id)
    values = {asked.id: asked.values for asked in made.issues}
    for k, term in enumerate(preference.also):
        try:
            cubes = cubes_of(parse(term.if_, values))
        except TooManyCubesError as error:
            made.say.error((*path, "also", k), str(error))
            continue
        if cubes:
            found.terms.append((cubes, Fraction(ends_of(term.worth)[0])))


def _table(made: Outgoing, path: Path, party: str) -> dict[tuple[int, ...], Fraction] | None:
    size = prod(len(asked.values) for asked in made.issues)
    if size > TABLED:
        message = f"gives a number for each of {size:,} packages; at most {TABLED:,} are written"
        made.say.error((*path, "table"), message)
        return None
    view = made.opened.compiler.view()
    score, space = view.frame.orders[party].score, view.space
    assert score is not None
    ranks = score.ranks_in(frozenset())
    return {
        tuple(int(value) for value in row): Fraction(int(ranks[state]), score.scale)
        for state in range(space.n)
        for row in space.codes[space.members(state)].tolist()
    }


def _reservation(made: Outgoing, path: Path, preference: Preference, found: Wants) -> None:
    given, where = preference.reservation, (*path, "reservation")
    if given is None:
        _no_deal(made, path, found)
    elif given.state is not None:
        found.reservation = _state(made, given.state)
        if found.reservation is None:
            message = "is not one combination of values; no deal is left out"
            made.say.warning(where, message, on_key=True)
    elif given.low != given.high:
        message = (
            f"lies between {given.low} and {given.high}, and the program takes one: the higher is written"
        )
        made.say.warning(where, message, on_key=True)
        found.reservation = Fraction(given.high or 0)
    else:
        found.reservation = Fraction(given.low or 0)


def _no_deal(made: Outgoing, path: Path, found: Wants) -> None:
    """What the state of no deal is worth, where the party says nothing of its own."""
    anchor = made.case.no_deal or made.case.status_quo
    state = None if anchor is None else _state(made, anchor.state)
    if state is None or set(state) != {asked.id for asked in made.issues}:
        message = f"does not say what no deal is worth to {found.id}: written without a reservation"
        made.say.warning(path, message, on_key=True)
        return
    found.reservation = state


def _state(made: Outgoing, ref: str | Mapping[str, str]) -> dict[str, str] | None:
    """A state as values for all issues; None where it is not one combination."""
    if ref == "status_quo" and made.case.status_quo is not None:
        ref = made.case.status_quo.state
    if isinstance(ref, str):
        states = made.case.states
        named = states.get(ref) if isinstance(states, Mapping) else None
        if named is None:
            return None
        ref = named
    values = {asked.id: ref.get(asked.id) for asked in made.issues}
    return {id_: v for id_, v in values.items() if v} if all(values.values()) else None


def _delay(made: Outgoing, path: Path, preference: Preference, found: Wants) -> None:
    given = preference.delay
    if given is None:
        return
    if not made.discounts:
        what = "its cost of waiting" if given.factor is None else "its discount factor"
        made.say.warning(
            (*path, "delay"), f"{what} has no place in {files(made.title)}; left out", on_key=True
        )
        return
    if given.factor is None:
        message = "takes a cost for each period, and the program knows a factor only; left out"
        made.say.warning((*path, "delay"), message, on_key=True)
        return
    found.factor = Fraction(given.factor)
    message = "its period has no place in the files: the factor is written, for the whole time"
    made.say.warning((*path, "delay"), message, on_key=True)


def held(one: Wants, made: Outgoing) -> Fraction | None:
    """What no deal is worth as a number."""
    if isinstance(one.reservation, dict):
        return one.worth(made.issues, made.package(one.reservation))
    return one.reservation
