"""The concession record of a history of offers.

Each party's offers are compared with its own offer before, in its own worth and in everybody else's:
that is all a party controls. What is left on the table by an offer are the packages that are better
for someone and worse for nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from accordant.agreement.additive.building import additive_of
from accordant.agreement.additive.problem import Additive
from accordant.agreement.bargain import Bargain
from accordant.agreement.measures.concession_result import ConcessionsResult, Overlooked, Record, Step
from accordant.agreement.measures.improvements import Improvements, improvements, signed
from accordant.agreement.measures.large import large_improvements, listable
from accordant.agreement.measures.offers import History, Offer, history
from accordant.agreement.measures.own import Own, owned
from accordant.agreement.measures.steps import kind
from accordant.agreement.numbers import NoBargain, bargain_of
from accordant.agreement.stands import acceptors
from accordant.errors import InputError, TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.listed import ListedCompiler
from accordant.model.settings import Setting
from accordant.model.view import View
from accordant.tables import Method


def concessions(compiler: Compiler) -> ConcessionsResult:
    """Who moved from offer to offer, how far, and what was left on the table.

    Offers are the dated proposals of the case. Worths and orders are those of the case as written.

    Raises
    ------
    InputError
        If the case has no dated proposal.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> worth = {"a": {"pay": {"1": 1, "2": 2, "3": 3}}, "b": {"pay": {"1": 6, "2": 4, "3": 1}}}
    >>> offers = {"hard": {"by": "a", "date": "2024-01-01", "package": {"pay": "3"}},
    ...           "soft": {"by": "a", "date": "2024-01-08", "package": {"pay": "2"}},
    ...           "low": {"by": "b", "date": "2024-01-03", "package": {"pay": "1"}}}
    >>> found = concessions(Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"pay": {"by": {"joint": ["a", "b"]}, "values": ["1", "2", "3"]}},
    ...     "status_quo": {"pay": "1"}, "proposals": offers,
    ...     "preferences": {p: {"worth": w} for p, w in worth.items()}})))
    >>> [(s.offer.proposal, s.kind) for s in found.steps]
    [('hard', None), ('low', None), ('soft', 'concession')]
    >>> found.records["a"].own, found.records["a"].given["b"], found.records["a"].gap["b"]
    (Fraction(1, 1), Fraction(3, 1), Fraction(1, 1))
    """
    large = not listable(compiler)
    # an offer is one state: it is worked out the same where the others are too many to list
    seen = ListedCompiler(compiler.case) if large else compiler
    setting = Setting(frozenset(seen.setting_space().lost))
    view = seen.view(setting)
    found = history(view)
    if not found.offers:
        raise InputError(_no_offers(found))
    bargain = additive_of(compiler, setting) if large else bargain_of(view)
    table = _Table(view, found, owned(view), bargain)
    steps = table.steps()
    return ConcessionsResult(
        compiler.case.title,
        steps,
        {p: table.record(p, steps) for p in table.parties},
        table.overlooked(),
        table.signed(),
        Method(
            "offers compared with the party's own offer before", True, 1, "", (("setting", "as written"),)
        ),
        (*_notes(found, seen), *table.notes),
        compiler.case.issues,
    )


def _no_offers(found: History) -> str:
    if found.undated:
        names = ", ".join(found.undated)
        return f"no proposal has a date that can be sorted: {names}; give date: YYYY-MM-DD (or YYYY-MM)"
    return "the case has no proposals; write the offers under proposals, each with by, date and package"


def _notes(found: History, compiler: Compiler) -> tuple[str, ...]:
    notes = []
    if found.undated:
        notes.append(f"Left out, for want of a date that can be sorted: {', '.join(found.undated)}.")
    notes += [
        f"The dates of {a} and {b} do not tell which came first; they stand as far as dates say, then as in "
        "the case."
        for a, b in found.unclear
    ]
    if len(acceptors(compiler.case)) == 1:
        notes.append("There is one party only: steps have no kind, since nobody else gains or loses by them.")
    free = compiler.setting_space().free
    open_ = [e for e in (f"proposals.{o.proposal}" for o in found.offers) if e in free]
    notes += [f"{element} may not have been made." for element in open_]
    return tuple(notes)


@dataclass(frozen=True, eq=False)
class _Table:
    """The offers with everything that they are compared in."""

    view: View
    found: History
    rows: Mapping[str, Own]
    bargain: Bargain | Additive | NoBargain
    notes: list[str] = field(default_factory=list)

    @property
    def parties(self) -> tuple[str, ...]:
        return acceptors(self.view.case)

    def steps(self) -> tuple[Step, ...]:
        last: dict[str, Offer] = {}
        made = []
        for offer in self.found.offers:
            before = last.get(offer.mover) if offer.mover else None
            made.append(self._step(offer, before))
            if offer.mover:
                last[offer.mover] = offer
        return tuple(made)

    def _step(self, offer: Offer, before: Offer | None) -> Step:
        both = None
        if before is not None and before.state is not None and offer.state is not None:
            both = (offer.state, before.state)
        rows = {p: self.rows.get(p) for p in self.parties}
        signs = {p: own.sign(*both) if own and both else None for p, own in rows.items()}
        at = offer.state
        step = None
        if before is not None and offer.mover is not None:
            step = kind(signs.get(offer.mover), [s for p, s in signs.items() if p != offer.mover])
        return Step(
            offer,
            None if at is None else self.view.space.name(at),
            None if before is None else before.proposal,
            {} if before is None else self._moved(before, offer),
            {p: own.worth(at) if own and at is not None else None for p, own in rows.items()},
            {p: own.more(*both) if own and both else None for p, own in rows.items()},
            signs,
            {p: own.accepts(at) if own and at is not None else None for p, own in rows.items()},
            step,
            self._left(at),
        )

    def _moved(self, before: Offer, offer: Offer) -> dict[str, tuple[str, str]]:
        return {
            i: (before.values[i], value)
            for i, value in offer.values.items()
            if before.values.get(i, value) != value
        }

    def _left(self, state: int | None) -> Improvements | None:
        if state is None:
            return None
        if isinstance(self.bargain, Bargain):
            return improvements(self.bargain, state, self.view.space.name)
        why = self.bargain.reason if isinstance(self.bargain, NoBargain) else None
        if isinstance(self.bargain, Additive):
            space = self.view.space
            try:
                return large_improvements(self.bargain, space.codes[state].tolist(), space.name(state))
            except TooLargeError as error:
                why = str(error)
        note = f"What is left on the table cannot be said: {why}"
        if note not in self.notes:
            self.notes.append(note)
        return None

    def own_offers(self, party: str) -> list[Offer]:
        """A party's own possible offers, the earliest first."""
        return [o for o in self.found.offers if o.mover == party and o.state is not None]

    def record(self, party: str, steps: Sequence[Step]) -> Record:
        mine = self.own_offers(party)
        own: Fraction | None = None
        given: dict[str, Fraction | None] = {}
        if len(mine) > 1:
            changes = {p: self._more(p, mine[-1], mine[0]) for p in self.parties}
            own = None if changes[party] is None else -(changes.pop(party) or Fraction(0))
            given = {p: v for p, v in changes.items() if p != party}
        theirs = {p: self.own_offers(p) for p in self.parties if p != party}
        gap = {p: self._more(party, mine[-1], offers[-1]) for p, offers in theirs.items() if mine and offers}
        number = sum(1 for s in steps if s.offer.mover == party)
        kinds = Counter(s.kind for s in steps if s.offer.mover == party and s.kind is not None)
        return Record(party, number, dict(sorted(kinds.items())), own, given, gap)

    def _more(self, party: str, new: Offer, old: Offer) -> Fraction | None:
        own = self.rows.get(party)
        if own is None or new.state is None or old.state is None:
            return None
        return own.more(new.state, old.state)

    def overlooked(self) -> tuple[Overlooked, ...]:
        """Offers of others that a party likes better than what it asked for last."""
        found = []
        for party, own in self.rows.items():
            mine = self.own_offers(party)
            if not mine or mine[-1].state is None:
                continue
            for offer in self.found.offers:
                better = offer.state is not None and own.sign(offer.state, mine[-1].state) > 0
                if offer.mover != party and party not in offer.by and better:
                    found.append(Overlooked(party, offer.proposal, mine[-1].proposal))
        return tuple(found)

    def signed(self) -> dict[str, Improvements]:
        found = {}
        for proposal in signed(self.view.case):
            left = self._left(self.view.package(proposal).state)
            if left is not None:
                found[proposal] = left
        return found
