"""From what is asked for to dimensions: everything named is looked up, and nothing is varied twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from math import factorial

from accordant.case.grounds import Element, assumptions, falls_with, standings
from accordant.case.objects import Either
from accordant.case.wording import few
from accordant.errors import InputError, did_you_mean
from accordant.model.compiler import Compiler
from accordant.model.settings import BINARY, UNCOUNTED
from accordant.reliance.variants.dimensions import (
    Anchor,
    Counting,
    Dimension,
    Ground,
    Lines,
    Number,
    Ranged,
    States,
    called,
    states_of,
)
from accordant.reliance.variants.grammar import Over
from accordant.reliance.variants.numbers import numbers_in
from accordant.stability.weak_orders import how_many

FEW_WEAK = 10_000
"""Weak orders up to which a party of unknown order gets all of them, and beyond which strict ones."""
OWN = ("line", "red-line", "ranking", "worth", "term")
GROUNDS = ("assumptions", "claims", "origins", "grounds")


class Draft:
    """Dimensions as they are collected.

    Attributes
    ----------
    notes
        What was asked for and makes no dimension, in words.
    """

    def __init__(self, compiler: Compiler, asked: Sequence[Over]) -> None:
        self.compiler, self.case, self.asked = compiler, compiler.case, asked
        self.space = compiler.setting_space()
        self.notes: list[str] = []
        self._found: dict[str, Dimension] = {}

    def dimensions(self) -> tuple[Dimension, ...]:
        """Every dimension once, in the order in which they are asked for."""
        makers = {
            "settings": self._settings,
            "unsure": self._unsure,
            "either": self._either,
            "orders": self._orders,
            "worths": self._worths,
            "reservation": self._worths,
            "rules": self._rules,
            "status-quo": self._anchor,
            "no-deal": self._anchor,
            **dict.fromkeys(GROUNDS, self._grounds),
        }
        for over in self.asked:
            if over.what not in makers:
                continue
            before = len(self._found)
            for dimension in makers[over.what](over):
                self._found.setdefault(dimension.id, dimension)
            if len(self._found) == before:
                self.notes.append(f"{over.text} varies nothing in this case")
        return self._without_clashes()

    def held(self) -> Iterator[str]:
        """What the case leaves open and the sweep does not vary, in words."""
        varied = {d.element for d in self._found.values() if isinstance(d, Counting)}
        left = [e for e in self.space.free if e not in varied]
        groups = [
            g
            for g in self.space.groups
            if g not in {d.group for d in self._found.values() if isinstance(d, Lines)}
            and not self._all_lines(self.compiler.element[f"{g}.1"].subject)
        ]
        if left:
            yield f"{_few(left)} {'is' if len(left) == 1 else 'are'} unsure and count as written"
        if groups:
            yield f"lines of unknown order stand as written: {_few(groups)}"
        anchors = [a for a in self.space.anchors if a not in self._found]
        if anchors:
            yield f"{' and '.join(a.replace('_', ' ') for a in anchors)} may be any state, and is as written"
        ordered = {d.party for d in self._found.values() if isinstance(d, States)}
        unknown = [p for p in self.space.unknown if p not in ordered]
        if unknown:
            yield f"order not known of {_few(unknown)}: answers that depend on it are unknown"
        fallen = {d.ground for d in self._found.values() if isinstance(d, Ground)}
        gone = falls_with(self.case, fallen)
        kept = [e.id for e in self.compiler.elements if _is_anchor(e) and e.standing and e.standing <= gone]
        if kept:
            yield f"{' and '.join(k.replace('_', ' ') for k in kept)} stays as written whatever falls"

    def _settings(self, over: Over) -> Iterator[Dimension]:
        yield from self._unsure(over)
        yield from self._either(over)
        for party in dict.fromkeys((*self.compiler.ranges.parties, *self.compiler.ranges.reserved)):
            yield from self._ranged(party)
        for which in self.space.anchors:
            yield self._anchored("status_quo" if which == "status_quo" else "no_deal", ())

    def _unsure(self, over: Over) -> Iterator[Dimension]:
        known = [e.id for e in self.compiler.elements if e.kind in BINARY]
        for name in over.names or self.space.free:
            yield self._counting(self.compiler.element[self._one(over, "element", name, known)])

    def _rules(self, over: Over) -> Iterator[Dimension]:
        known = [e.id for e in self.compiler.elements if e.kind == "rule"]
        for name in over.names or known:
            full = f"feasible.{name}" if name.isdigit() else name
            yield self._counting(self.compiler.element[self._one(over, "rule", full, known)])

    def _counting(self, element: Element) -> Counting:
        return Counting(element.id, 2, f"whether it counts: {element.says}", element=element.id)

    def _either(self, over: Over) -> Iterator[Dimension]:
        groups = self.compiler.either_groups
        for group in over.names or self.space.groups:
            size = groups[self._one(over, "group of lines", group, list(groups))]
            names = tuple(str(k) for k in range(1, size + 1))
            party = self.compiler.element[f"{group}.1"].subject
            says = f"the order of the {size} lines in {group}"
            yield Lines(group, factorial(size), says, party=party, group=group, names=names)

    def _orders(self, over: Over) -> Iterator[Dimension]:
        everybody = [p for p in self.case.parties if p in self.compiler.parties or p in self.case.preferences]
        for name in over.names:
            self._one(over, "party", name, everybody)
        for party in over.names or everybody:
            form = over.form or self._form(party, named=bool(over.names))
            if form == "lines":
                yield from self._lines(over, party)
            elif form == "ranges":
                yield from self._ranged(party)
            elif form:
                names = tuple(self.compiler.space().names)
                yield states_of(party, names, "strict" if form == "strict" else "weak")

    def _form(self, party: str, *, named: bool) -> str:
        """What suits a party: its lines, or the states where nothing is known of its order."""
        given = self.case.preferences.get(party)
        if given is not None and given.priorities is not None:
            return "lines" if named or len(self._line_names(party)) > 1 else ""
        if self.compiler.ranges.concern(party, deals=True):
            return "ranges"
        if not named and party not in self.space.unknown:
            return ""
        return "weak" if how_many(min(20, self.compiler.space().n)) <= FEW_WEAK else "strict"

    def _ranged(self, party: str) -> Iterator[Dimension]:
        """Every order that the ranges of a party admit, the case otherwise as it is written."""
        lost = frozenset(self.space.lost)
        if not self.compiler.ranges.concern(party, deals=True):
            return
        points = self.compiler.ranges.points(party, lost, self.space, deals=True)
        if points is None:
            self.notes.append(
                f"the ranges of {party} admit too many orders to tell them apart; "
                f"worths:{party} tries their ends"
            )
        elif len(points) > 1:
            names = tuple(called(self.compiler, party, lost, points))
            says = f"every order that the ranges of {party} admit"
            yield Ranged(f"orders({party})", len(points), says, party=party, points=points, names=names)

    def _lines(self, over: Over, party: str) -> Iterator[Dimension]:
        names = self._line_names(party)
        if not names:
            raise InputError(
                f"--over {over.text}: {party} has no priorities; orders of the states: orders:{party}:strict"
            )
        if len(names) > 1:
            says = f"the order of the {len(names)} lines of {party}"
            yield Lines(f"orders({party})", factorial(len(names)), says, party=party, names=names)

    def _line_names(self, party: str) -> tuple[str, ...]:
        """What the lines of a party are called in an order: 1, 2, 3.1, 3.2, …."""
        given = self.case.preferences.get(party)
        found: list[str] = []
        for k, entry in enumerate((given and given.priorities) or (), 1):
            if isinstance(entry, Either):
                found += [f"{k}.{m}" for m in range(1, len(entry.either) + 1)]
            else:
                found.append(str(k))
        return tuple(found)

    def _worths(self, over: Over) -> Iterator[Dimension]:
        party, _, which = over.names[0].partition(".")
        held = over.what == "reservation"
        numbers = {
            p: [entry for entry in numbers_in(given) if (entry[1] == "reservation") == held]
            for p, given in self.case.preferences.items()
        }
        known = [p for p, found in numbers.items() if found]
        self._one(over, "party with a number for no deal" if held else "party with worths", party, known)
        asked = [entry for entry in numbers[party] if _is_asked(entry[1], which)]
        for place, name, (low, high) in asked:
            values = self._values(over, low, high)
            if len(values) > 1:
                id_ = f"{party}.{name}"
                what = "no deal" if held else name.removeprefix("worth.")
                says = f"what {what} is worth to {party}"
                yield Number(id_, len(values), says, party=party, place=place, values=values)
        if not asked:
            names = [name.removeprefix("worth.") for _, name, _ in numbers[party]]
            raise InputError(
                f"--over {over.text}: {party} has no such number; allowed: {', '.join(names[:12])}"
            )

    def _values(self, over: Over, low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
        """The numbers to try in place of one that lies between two ends, the smallest first."""
        if over.span is None:
            return (low, (low + high) / 2, high) if low != high else (low,)
        return tuple(sorted({*over.span.values(low), *over.span.values(high)}))

    def _anchor(self, over: Over) -> Iterator[Dimension]:
        names = self.compiler.space().names
        for name in over.names:
            self._one(over, "state", name, names)
        yield self._anchored("status_quo" if over.what == "status-quo" else "no_deal", over.names)

    def _anchored(self, which: str, names: tuple[str, ...]) -> Anchor:
        states = names or tuple(self.compiler.space().names)
        says = f"which state {which.replace('_', ' ')} is"
        return Anchor(which, len(states), says, which=which, names=states)  # type: ignore[arg-type]  # either

    def _grounds(self, over: Over) -> Iterator[Dimension]:
        standing = [c for c, s in standings(self.case).items() if s.stands]
        said = assumptions(self.case)
        known = {
            "claims": standing,
            "origins": list(self.case.origins),
            "assumptions": list(said),
            "grounds": [*standing, *said],
        }[over.what]
        asked = [self._one(over, over.what.removesuffix("s"), name, known) for name in over.names] or known
        falls = {ground: falls_with(self.case, [ground]) for ground in asked}
        every = frozenset().union(*falls.values())
        fallible = [
            e
            for e in self.compiler.elements
            if e.kind in BINARY | UNCOUNTED and e.standing and e.standing <= every
        ]
        matter = [g for g in asked if any(e.standing & falls[g] for e in fallible)]
        if len(matter) < len(asked):
            self.notes.append(
                f"{len(asked) - len(matter):,} of {len(asked):,} {over.what} make no difference here"
            )
        for ground in matter:
            words = said[ground].says if ground in said else ground
            yield Ground(ground, 2, f"whether it stands: {words}", ground=ground)

    def _without_clashes(self) -> tuple[Dimension, ...]:
        """Dimensions without those that another one decides, too.

        Raises
        ------
        InputError
            If two of them decide one order in ways that do not go together.
        """
        ordered = {d.party for d in self._found.values() if isinstance(d, States)}
        rules = [e.id for e in self.compiler.elements if e.kind == "rule"]
        fallen = {d.ground for d in self._found.values() if isinstance(d, Ground)}
        gone = falls_with(self.case, fallen)
        standing = {r: self.compiler.element[r].standing for r in rules}
        moving = [r for r in rules if r in self._found or (standing[r] and standing[r] <= gone)]
        if ordered and moving:
            raise InputError(
                f"orders of the states need the same states in every variant, and {_few(moving)} may not "
                "hold; leave out the orders of the states, or the rules"
            )
        numbers = {d.party for d in self._found.values() if isinstance(d, Number)}
        for d in list(self._found.values()):
            party = getattr(d, "party", "")
            if isinstance(d, Ranged) and party in numbers:
                del self._found[d.id]
                self.notes.append(
                    f"numbers are tried for the worths of {party}, and not the orders of its ranges"
                )
                continue
            if party in ordered and isinstance(d, Number):
                raise InputError(
                    f"the order of {party} cannot come from worths and from orders of the states at once; "
                    f"leave out one of them"
                )
            own = isinstance(d, Counting) and (e := self.compiler.element[d.element]).kind in OWN
            decided = (isinstance(d, Lines) and party in ordered) or (
                own and e.subject in ordered and e.kind != "red-line"
            )
            if decided or (isinstance(d, Lines) and d.group and self._all_lines(party)):
                del self._found[d.id]
                self.notes.append(f"{d.id} is part of the orders of {party or e.subject}")
        return tuple(self._found.values())

    def _all_lines(self, party: str) -> bool:
        """Whether all lines of a party are put in every order, or its states."""
        return isinstance(self._found.get(f"orders({party})"), Lines | States)

    def _one(self, over: Over, what: str, name: str, known: Sequence[str]) -> str:
        if name in known:
            return name
        hint = did_you_mean(name, known[:4000])
        shown = ", ".join(known[:12]) + (f" and {len(known) - 12:,} more" if len(known) > 12 else "")
        raise InputError(
            f"--over {over.text}: there is no {what} {name!r}; allowed: {shown or 'none'}"
            + (f"; {hint}" if hint else "")
        )


def _is_asked(name: str, which: str) -> bool:
    """Whether a number is among those that a name stands for: all, an issue, or one value."""
    short = name.removeprefix("worth.")
    return not which or short == which or short.startswith(f"{which}=") or name == which


def _is_anchor(element: Element) -> bool:
    return element.kind in ("status-quo", "no-deal")


def _few(names: Iterable[str]) -> str:
    return few(list(names), 4)
