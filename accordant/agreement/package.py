"""All about one package: who would accept it, what it is worth, who picks it, whether it would last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from accordant.agreement.additive.listing import Listing
from accordant.agreement.analysis import Holds, analyse, listable
from accordant.agreement.holding import Holding, holding
from accordant.agreement.lenses.telling import readable
from accordant.agreement.numbers import NoBargain, bargain_of
from accordant.agreement.picks import text
from accordant.agreement.result import DealsResult, ProposalAnswer, proposal_json
from accordant.case.deals import Proposal
from accordant.case.objects import Case, Issue, StateRef
from accordant.case.ranges import unit_of
from accordant.case.wording import choices, states_known, value_instead
from accordant.case.worths import Linear, ends_of
from accordant.errors import InputError, did_you_mean
from accordant.model.compiler import Compiler
from accordant.model.view import View
from accordant.tables import Method, Table


@dataclass(frozen=True, slots=True)
class Worth:
    """What a package is worth to a party that has given numbers.

    Attributes
    ----------
    total
        With every term that counts, in the case as it is written.
    no_deal
        What no deal is worth: one number, or the two ends of a range.
    parts
        What each issue and each term adds, by its words; in all ``total``.
    """

    total: Fraction
    no_deal: tuple[Fraction, Fraction]
    parts: Mapping[str, Fraction]


@dataclass(frozen=True)
class PackageAnswer:
    """All about one package.

    Attributes
    ----------
    asked
        As it was asked for.
    values, shown
        The values of the state that it leads to, and these with their units.
    answer
        What everybody would say to it, as for a proposal.
    worths
        By party, for those that have given numbers.
    lenses
        The fairness lenses that pick it, with the number of ways looked at in which they do.
    holding
        Whether it would last as a state, who would leave it and who could answer; None where it
        leads nowhere, or there are too many states to list.
    """

    title: str
    asked: str
    values: Mapping[str, str]
    shown: Mapping[str, str]
    answer: ProposalAnswer
    worths: Mapping[str, Worth]
    lenses: Mapping[str, tuple[int, int]]
    holding: Holding | None
    method: Method

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``deals --explain --json``."""
        return {
            "schema": "accordant/package/1",
            "asked": self.asked,
            "values": dict(self.values),
            "answer": proposal_json(self.answer),
            "worths": {
                party: {
                    "total": text(worth.total),
                    "no_deal": [text(end) for end in worth.no_deal],
                    "parts": {name: text(part) for name, part in worth.parts.items()},
                }
                for party, worth in self.worths.items()
            },
            "lenses": {name: list(ways) for name, ways in self.lenses.items()},
            "holding": None if self.holding is None else self.holding.to_json(),
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per party: whether it accepts the package, what it is worth to it, and why."""
        rows = []
        for party, said in self.answer.acceptable.items():
            worth = self.worths.get(party)
            least, most = worth.no_deal if worth else (None, None)
            against = "" if worth is None else readable(worth.no_deal[0])
            if worth is not None and least != most:
                against += f" to {readable(worth.no_deal[1])}"
            rows.append(
                (party, said.answer, "" if worth is None else readable(worth.total), against, said.reason)
            )
        columns = ("party", "acceptable", "worth", "no deal", "because")
        return Table(f"{self.asked} against no deal", columns, tuple(rows))

    def parts_table(self) -> Table:
        """One row per party with numbers: what each issue and term adds to the worth of the package."""
        names = tuple(dict.fromkeys(name for worth in self.worths.values() for name in worth.parts))
        rows = [
            (party, *(readable(w.parts[n]) if n in w.parts else "" for n in names), readable(w.total))
            for party, w in self.worths.items()
        ]
        return Table("What it is made up of", ("party", *names, "in all"), tuple(rows))

    def tables(self) -> dict[str, Table]:
        """Every table, by the name of its sheet in a workbook."""
        return {"package": self.table(), "worths": self.parts_table()}

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def package(
    compiler: Compiler,
    asked: str,
    holds: Holds | None = None,
    *,
    lenses: Sequence[str] | None = None,
    weights: Mapping[str, Any] | None = None,
) -> PackageAnswer:
    """All about one package.

    Parameters
    ----------
    asked
        The id of a proposal, the name of a state, or values such as ``pay=5, shifts=day``; issues that
        are not named stay as in the status quo.

    Raises
    ------
    InputError
        If it is none of these.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> answer = package(Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": {"joint": ["a", "b"]}}}, "status_quo": {"x": "no"},
    ...     "preferences": {"a": {"worth": {"x": {"no": 0, "yes": 2}}, "reservation": 1},
    ...                     "b": {"priorities": ["x"]}}})), "x=yes")
    >>> answer.answer.agreement, answer.worths["a"].total, answer.worths["a"].no_deal[0], list(answer.lenses)
    ('yes', Fraction(2, 1), Fraction(1, 1), ['fallback'])
    """
    asked = asked.strip()
    if asked not in compiler.case.proposals:
        compiler = Compiler(_with(compiler.case, asked, package_of(compiler, asked)))
    result = analyse(compiler, holds, lenses=lenses, weights=weights)
    answer = result.proposals[asked]
    view = _seen(compiler).view()
    state = None if answer.state is None else view.package(asked).state
    values = {} if state is None else dict(view.space.values_of(state))
    return PackageAnswer(
        result.title,
        asked,
        values,
        {i: compiler.case.issues[i].shown(v) for i, v in values.items()},
        answer,
        {} if state is None else _worths(view, state, result),
        _lenses(result, answer.state),
        holding(compiler, state) if state is not None and listable(compiler) else None,
        result.method,
    )


def _seen(compiler: Compiler) -> Compiler:
    """The case itself, or over the states that it names where there are too many to list."""
    return compiler if listable(compiler) else Listing.of(compiler.case).compiler()


def package_of(compiler: Compiler, asked: str) -> StateRef:
    """What the words for a package mean: a state by name, or values by issue, with their unit or without.

    Raises
    ------
    InputError
        With every part that is not understood.
    """
    case = compiler.case
    if "=" not in asked:
        space = _seen(compiler).space()
        if asked in space.numbers:
            return asked
        states, near = states_known(asked, space.names)
        near = did_you_mean(asked, list(case.proposals)) or near
        state = f"a state ({states[0]})" if len(states) == 1 < space.n else "a state"
        allowed = f"a proposal, {state}, or values such as 'issue=value, issue=value'"
        raise InputError(f"there is no package {asked!r}; {near or f'name {allowed}'}")
    values, wrong = {}, []
    for part in asked.split(","):
        issue, _, value = (piece.strip() for piece in part.partition("="))
        if issue not in case.issues:
            near = did_you_mean(issue, tuple(case.issues))
            wrong.append(f"there is no issue {issue!r}; {near or 'known: ' + ', '.join(case.issues)}")
        elif (meant := value_meant(case.issues[issue], value)) is None:
            known = case.issues[issue].values
            listed = choices(known)
            shown = ", ".join(listed[:12]) + (f" and {len(listed) - 12} more" if len(listed) > 12 else "")
            hint = value_instead(value, known)
            wrong.append(f"{issue} has no value {value!r}; {hint or f'allowed: {shown}'}")
        else:
            values[issue] = meant
    if wrong:
        raise InputError(f"{asked!r}: " + "; ".join(wrong))
    return values


def value_meant(issue: Issue, text: str) -> str | None:
    """The value that a text means, as it is written or as readers are shown it; None for no value.

    Examples
    --------
    >>> pay = Issue.model_validate({"by": "a", "range": {"from": 0, "to": 5, "step": "0.5"}, "unit": "days"})
    >>> [value_meant(pay, text) for text in ("2.50", "2.5 days", "1 day", "3days", "3 weeks")]
    ['2.5', '2.5', '1', '3', None]
    """
    found = issue.value(text)
    if found is not None or not issue.unit:
        return found
    for unit in (issue.unit, unit_of(1, issue.unit)):
        if text.casefold().endswith(unit.casefold()):
            return issue.value(text[: -len(unit)].strip())
    return None


def _with(case: Case, name: str, ref: StateRef) -> Case:
    proposals = {**case.proposals, name: Proposal(package=ref)}
    return case.model_copy(update={"proposals": proposals})


def _lenses(result: DealsResult, state: str | None) -> dict[str, tuple[int, int]]:
    if result.fairness is None or state is None:
        return {}
    return {
        name: pick.ways
        for name, answer in result.fairness.lenses.items()
        for pick in answer.picks
        if pick.package == state
    }


def _worths(view: View, state: int, result: DealsResult) -> dict[str, Worth]:
    bargain = bargain_of(view)
    fairness = result.fairness
    if isinstance(bargain, NoBargain) or fairness is None or fairness.no_deal is None:
        return {}
    return {
        party: Worth(Fraction(int(u[state]), scale), fairness.no_deal[party], _parts(view, party, state))
        for party, u, scale, number in zip(
            bargain.parties, bargain.worths, bargain.scales, bargain.cardinal, strict=True
        )
        if number
    }


def _parts(view: View, party: str, state: int) -> dict[str, Fraction]:
    """What each issue and each term adds to a party's worth of a state."""
    preference, score = view.case.preferences[party], view.frame.orders[party].score
    values = view.space.values_of(state)
    found: dict[str, Fraction] = {}
    for issue, worth in (preference.worth or {}).items():
        if isinstance(worth, Linear):
            found[issue] = worth.along(view.case.issues[issue].values)[values[issue]]
        elif isinstance(worth, Mapping):
            found[issue] = Fraction(ends_of(worth[values[issue]])[0])
    terms = {f"{party}.also.{k}": term.if_ for k, term in enumerate(preference.also, 1)}
    if score is not None:
        for element, added in score.terms:
            if added[state]:
                found[terms.get(element, element)] = Fraction(int(added[state]), score.scale)
    return found
