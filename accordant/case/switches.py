"""Switches: what a person may want to leave out, by what it has in common.

``unnamed``, ``side:north``, ``after:2024-01-20``, ``below:C3``, ``outlet:Meridian``: each stands for the
claims and assumptions that it takes away from a case, and any of them go together. What a case does not
tell is left in and counted: a claim of 2024-01 is not known to be later than 2024-01-20, and a grade
that says that a source cannot be judged is below no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from accordant.case.ageing import stale_claims
from accordant.case.dates import When, when
from accordant.case.grounds import (
    assumptions,
    claims_of_side,
    falls_with,
    standings,
    unnamed_claims,
)
from accordant.case.identity import plain
from accordant.case.objects import Case
from accordant.case.outlets import back_to_report, by_outlet, by_source, name_of
from accordant.case.sources import ClaimKind
from accordant.case.wording import few
from accordant.errors import InputError, did_you_mean

SOURCE, ITEM = "ABCDEF", "123456"
"""Grades of sources and of items, best first; the last one says that it cannot be judged."""
BELOW = "C3"
"""The grade below which everything is left out by default."""
SHOWN = 12
"""Most ids that an error lists."""
_TOGETHER = " + "
"""Between the ids of switches that go together."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What is left out, and what is left in only because the case does not tell."""

    grounds: frozenset[str]
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Switch:
    """One way of leaving grounds out.

    Attributes
    ----------
    id
        As it is written: ``c3``, ``unnamed``, ``below:C3``.
    says
        What is left out, as it reads after *without*: ``everybody unnamed``.
    grounds
        Claims, origins and assumptions to take away; what falls with them is not listed.
    left_undecided
        Claims that are left in because their date or their grade does not tell.
    """

    id: str
    says: str
    grounds: frozenset[str]
    left_undecided: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids of the switches that it is made of: its own, unless it is several together."""
        return tuple(self.id.split(_TOGETHER))


@dataclass(frozen=True, slots=True)
class Word:
    """A switch of one word: what it says, and what it takes away from a case.

    Attributes
    ----------
    offered
        Whether it is tried of itself, where it takes anything.
    """

    says: str
    takes: Callable[[Case], Taken]
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """A switch with something after the colon, such as ``side:PARTY``."""

    argument: str
    read: Callable[[Case, str], Switch]


def parse_switches(case: Case, names: Iterable[str | Switch]) -> tuple[Switch, ...]:
    """The switches that are named, each once, in the order given.

    A name is the id of a claim, an origin or an assumption, a word such as ``unnamed``, or a form such
    as ``after:2024-01-20``. Ids come first, should one be spelt like a word.

    Raises
    ------
    InputError
        If names are not known, all of them at once, with what is allowed.

    Examples
    --------
    >>> case = Case.model_validate({"title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}}})
    >>> [(s.id, s.says, sorted(s.grounds)) for s in parse_switches(case, ["assumptions"])]
    [('assumptions', 'every assumption', ['assumed:issues.x'])]
    """
    words = ground_words(case)
    found: dict[str, Switch] = {}
    wrong: list[str] = []
    for name in names:
        try:
            switch = name if isinstance(name, Switch) else _parsed(case, words, name)
        except InputError as error:
            wrong.append(str(error))
        else:
            found.setdefault(switch.id, switch)
    if wrong:
        raise InputError("\n".join(dict.fromkeys(wrong)))
    return tuple(found.values())


def combined(switches: Sequence[Switch]) -> Switch:
    """Several switches as one that takes away all that they do.

    What one of them takes away is left in by none.

    Examples
    --------
    >>> both = combined([Switch("c1", "it is so", frozenset({"c1"})),
    ...                  Switch("below:C", "everything graded below C", frozenset({"c2"}), ("c1", "c3"))])
    >>> both.id, both.says, sorted(both.grounds), both.left_undecided
    ('c1 + below:C', 'it is so, and everything graded below C', ['c1', 'c2'], ('c3',))
    """
    grounds = frozenset(g for switch in switches for g in switch.grounds)
    left = dict.fromkeys(c for switch in switches for c in switch.left_undecided if c not in grounds)
    says = ", and ".join(switch.says for switch in switches)
    return Switch(_TOGETHER.join(switch.id for switch in switches), says, grounds, tuple(left))


def default_switches(case: Case) -> tuple[Switch, ...]:
    """Those that are always tried, where they take away anything that stands.

    Everybody unnamed, every assumption, each side, each entry of the register of sources that several
    origins are, each outlet, what is graded below C3 and what is
    not graded, and further words that are offered.
    """
    stands = {c for c, standing in standings(case).items() if standing.stands} | set(assumptions(case))
    words = [_of_word(case, name) for name, word in WORDS.items() if word.offered]
    sides = {o.side: None for o in case.origins.values() if o.side and o.side != "none"}
    made = [
        *(s for s in words if s.id != "ungraded"),
        *(_side(case, side) for side in sorted(sides)),
        *(_source(case, source) for source, origins in by_source(case).items() if len(origins) > 1),
        *(_outlet(case, outlet) for outlet in by_outlet(case)),
        _below(case, BELOW),
        *(s for s in words if s.id == "ungraded"),
    ]
    return tuple(s for s in made if falls_with(case, s.grounds) & stands)


def ground_words(case: Case) -> dict[str, str]:
    """Every claim, origin and assumption in words."""
    words = {id_: claim.says for id_, claim in case.claims.items()}
    words.update((id_, origin.words or origin.name or origin.kind) for id_, origin in case.origins.items())
    words.update((id_, assumption.says) for id_, assumption in assumptions(case).items())
    return words


def reported_on(case: Case, claim: str) -> When | None:
    """When a claim was reported: its own date, otherwise that of its report; None where neither tells."""
    said = case.claims[claim]
    if said.reported is not None:
        return when(said.reported)
    report = case.reports.get(said.report)
    return when(report.published) if report is not None else None


def _parsed(case: Case, words: Mapping[str, str], name: str) -> Switch:
    if name in words:
        return Switch(name, words[name], frozenset({name}))
    folded = name.strip().casefold()
    if folded in WORDS:
        return _of_word(case, folded)
    form, colon, argument = name.partition(":")
    known = FORMS.get(form.strip().casefold()) if colon else None
    if known is not None:
        return known.read(case, argument.strip())
    forms = [f"{form}:{known.argument}" for form, known in FORMS.items()]
    hint = did_you_mean(name, [*words, *WORDS, *(f"{form}:{argument}" for form in FORMS)])
    raise InputError(
        f"there is no claim, origin, assumption or switch {name!r}; allowed: {_listed(list(words))}; "
        f"or {', '.join([*WORDS, *forms])}" + (f"; {hint}" if hint else "")
    )


def _listed(names: list[str]) -> str:
    return few(names, SHOWN) or "none"


def _known(form: str, name: str, allowed: Iterable[str]) -> str:
    """The one of some names that is meant."""
    names = list(allowed)
    found = next((n for n in names if plain(n) == plain(name)), None)
    if found is None:
        hint = did_you_mean(name, names)
        raise InputError(
            f"'{form}:{name}': allowed after '{form}:' are {_listed(names)}" + (f"; {hint}" if hint else "")
        )
    return found


# Words


def _of_word(case: Case, name: str) -> Switch:
    taken = WORDS[name].takes(case)
    return Switch(name, WORDS[name].says, taken.grounds, taken.undecided)


def _ungraded(case: Case) -> Taken:
    none = SOURCE[-1] + ITEM[-1]
    return Taken(frozenset(c for c, claim in case.claims.items() if claim.grade == none))


def _undated(case: Case) -> Taken:
    return Taken(frozenset(c for c in case.claims if reported_on(case, c) is None))


def _stale(case: Case) -> Taken:
    """What is certainly stale; of what may be, the dates do not tell."""
    found = stale_claims(case)
    return Taken(found.certain, tuple(c for c in case.claims if c in found.perhaps))


WORDS: dict[str, Word] = {
    "unnamed": Word("everybody unnamed", lambda case: Taken(unnamed_claims(case))),
    "assumptions": Word("every assumption", lambda case: Taken(frozenset(assumptions(case)))),
    "ungraded": Word("everything that has not been graded", _ungraded),
    "stale": Word("everything that is stale", _stale),
    "undated": Word("everything without a date", _undated, offered=False),
}
"""Switches of one word; what a word takes away is a function of the case."""


# Forms


def _side(case: Case, name: str) -> Switch:
    sides = [p for p, party in case.parties.items() if party.role == "party"]
    sides += [o.side for o in case.origins.values() if o.side and o.side not in (*sides, "none")]
    side = _known("side", name, dict.fromkeys(sides))
    return Switch(f"side:{side}", f"the claims from the side of {side}", claims_of_side(case, side))


def _outlet(case: Case, name: str) -> Switch:
    outlets = by_outlet(case)
    outlet = _known("outlet", name_of(name), outlets)
    return Switch(f"outlet:{outlet}", f"everything that goes back to {outlet}", outlets[outlet])


def _source(case: Case, name: str) -> Switch:
    sources = by_source(case)
    source = name if name in sources else _known("source", name, sources)
    says = f"every origin that is {case.sources.register_[source].name}"
    return Switch(f"source:{source}", says, sources[source])


def _report(case: Case, name: str) -> Switch:
    report = name if name in case.reports else _known("report", name, case.reports)
    says = f"everything in the report {report} and what rewrites it"
    return Switch(f"report:{report}", says, back_to_report(case, report))


def _kind(case: Case, name: str) -> Switch:
    kind = _known("kind", name, get_args(ClaimKind))
    claims = frozenset(c for c, claim in case.claims.items() if claim.kind == kind)
    return Switch(f"kind:{kind}", f"every claim of the kind {kind}", claims)


def _day(form: str, text: str) -> When:
    found = None if "/" in text else when(text)
    if found is None:
        raise InputError(
            f"'{form}:{text}': {text!r} is no date; write {form}:YYYY, {form}:YYYY-MM or {form}:YYYY-MM-DD"
        )
    return found


def _after(case: Case, text: str) -> Switch:
    day = _day("after", text)
    last = day.last

    def side(at: When) -> bool | None:
        assert last is not None  # a date without a stroke is closed
        if at.first is not None and at.first > last:
            return True
        return False if at.last is not None and at.last <= last else None

    return _dated(case, f"after:{day.written}", f"everything reported after {day.written}", side)


def _before(case: Case, text: str) -> Switch:
    day = _day("before", text)
    first = day.first

    def side(at: When) -> bool | None:
        assert first is not None  # a date without a stroke is closed
        if at.last is not None and at.last < first:
            return True
        return False if at.first is not None and at.first >= first else None

    return _dated(case, f"before:{day.written}", f"everything reported before {day.written}", side)


def _dated(case: Case, id_: str, says: str, side: Callable[[When], bool | None]) -> Switch:
    """A switch by date: ``side`` says whether days lie on it, None where they may."""

    def told() -> Iterator[tuple[str, bool | None]]:
        for claim in case.claims:
            at = reported_on(case, claim)
            yield claim, None if at is None else side(at)

    return _three_ways(id_, says, told())


def _three_ways(id_: str, says: str, told: Iterable[tuple[str, bool | None]]) -> Switch:
    found = dict(told)
    gone = frozenset(claim for claim, out in found.items() if out)
    return Switch(id_, says, gone, tuple(claim for claim, out in found.items() if out is None))


def _below(case: Case, text: str) -> Switch:
    grade = text.upper()
    source = next((g for g in grade if g in SOURCE), "")
    item = next((g for g in grade if g in ITEM), "")
    if not grade or grade != source + item or source == SOURCE[-1] or item == ITEM[-1]:
        why = (
            "F and 6 say that it cannot be judged, and nothing is below them"
            if SOURCE[-1] in grade or ITEM[-1] in grade
            else "a grade is A to E, 1 to 5, or both"
        )
        raise InputError(f"'below:{text}': {why}; write below:C3, below:C or below:3")
    judged = ((c, _lower(claim.grade, source, item)) for c, claim in case.claims.items())
    return _three_ways(f"below:{grade}", f"everything graded below {grade}", judged)


def _lower(grade: str, source: str, item: str) -> bool | None:
    """Whether a grade is below another on either axis; None where an axis that counts cannot be judged."""
    axes = [(SOURCE, grade[0], source), (ITEM, grade[1], item)]
    told = [
        None if have == scale[-1] else scale.index(have) > scale.index(least)
        for scale, have, least in axes
        if least
    ]
    return True if any(told) else (None if None in told else False)


FORMS: dict[str, Form] = {
    "side": Form("PARTY", _side),
    "after": Form("DATE", _after),
    "before": Form("DATE", _before),
    "below": Form("GRADE", _below),
    "outlet": Form("NAME", _outlet),
    "source": Form("ID", _source),
    "report": Form("ID", _report),
    "kind": Form("KIND", _kind),
}
"""Switches with something after a colon."""
