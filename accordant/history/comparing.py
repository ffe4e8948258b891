"""Two models of the same talks side by side: what only one has, where their answers part, and why.

The second model is put into the words of the first (:mod:`accordant.history.comparing_align`); what
differs is found as between two versions of a case (:mod:`accordant.history.changes`), and so are the
smallest sets of differing lines and claims that make an answer differ (:mod:`accordant.history.why`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.evidence.handling import WITHHELD, strictest
from accordant.history.changes import Change, changes
from accordant.history.changes_words import quoted
from accordant.history.codings import CodingsResult, codings
from accordant.history.comparing_align import Suggestion, aligned
from accordant.history.comparing_sides import (
    OF_CASE,
    SOURCES,
    Difference,
    LineRow,
    PositionRow,
    difference,
    lines,
    positions,
)
from accordant.history.comparing_withheld import held_of, hidden_of, is_secret, matches_of, suggestions_of
from accordant.history.why import Moved, Moves, Why, moved
from accordant.history.why_answers import Answer
from accordant.tables import Method, Table

NOT_THERE = "cannot be asked"
"""The answer of a model in which a conclusion cannot be drawn."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One smallest set of differences that makes an answer differ.

    Attributes
    ----------
    differences
        Ids of the differences, of the models or of their claims.
    says
        The same in words.
    through
        What changes by them without being different itself: lines that have a ground in one model only.
    """

    differences: tuple[str, ...]
    says: tuple[str, ...]
    through: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """One entry of ``conclusions[].because``."""
        return {"differences": list(self.differences), "says": list(self.says), "through": list(self.through)}


@dataclass(frozen=True, slots=True)
class Compared:
    """One conclusion in both models.

    Attributes
    ----------
    conclusion
        Its id, as the second model writes it in the first's words; states are followed by their values.
    a_calls_it
        Its id in the first model, where that is another.
    a, b
        The answers; None where the model cannot be asked.
    because
        The smallest sets of differences that make it differ; empty where it does not.
    cut
        What was not looked at for that; empty where these are all.
    """

    conclusion: str
    a_calls_it: str
    says: str
    a: Answer | None
    b: Answer | None
    because: tuple[Reason, ...]
    cut: str

    @property
    def part(self) -> bool:
        """Whether the models part over it."""
        if self.a is None or self.b is None:
            return self.a is not self.b
        return not self.a.like(self.b)

    def to_json(self) -> dict[str, Any]:
        """One entry of ``conclusions``."""
        return {
            "conclusion": self.conclusion,
            "a_calls_it": self.a_calls_it or None,
            "says": self.says,
            "a": self.a and self.a.to_json(),
            "b": self.b and self.b.to_json(),
            "part": self.part,
            "because": [reason.to_json() for reason in self.because],
            "cut": self.cut or None,
        }


def _words(answer: Answer | None) -> str:
    return NOT_THERE if answer is None else answer.says


@dataclass(frozen=True)
class CompareResult:
    """Two models of the same talks side by side.

    Attributes
    ----------
    names, titles
        What the two are called here, and their own titles.
    matches
        What is taken for the same under two ids: (section, id in the first, id in the second).
    suggestions
        What may be the same by its name, and is not taken for it.
    differences
        Where the models differ; sources are in ``codings``.
    lines, positions
        Who has which.
    conclusions
        The answers of both, and where they part, why.
    codings
        The claims of both, where they share reports; None where they share none.
    other_claims
        How many differences of claims an answer can depend on: claims that only one has, or that count in
        one only.
    left_out
        Differences that are known from restricted claims only, and stay behind.
    """

    names: tuple[str, str]
    titles: tuple[str, str]
    matches: tuple[tuple[str, str, str], ...]
    suggestions: tuple[Suggestion, ...]
    differences: tuple[Difference, ...]
    lines: tuple[LineRow, ...]
    positions: tuple[PositionRow, ...]
    conclusions: tuple[Compared, ...]
    codings: CodingsResult | None
    other_claims: int
    left_out: int
    handling: str
    method: Method

    @property
    def parting(self) -> tuple[Compared, ...]:
        """The conclusions over which the models part."""
        return tuple(one for one in self.conclusions if one.part)

    @property
    def finding(self) -> str:
        """What was found, in a sentence."""
        a, b = self.names
        total = len(self.conclusions)
        parts, count = len(self.parting), len(self.differences)
        told = []
        if count:
            told.append(
                "one difference between the models"
                if count == 1
                else f"{count} differences between the models"
            )
        if self.other_claims:
            claims = "one claim" if self.other_claims == 1 else f"{self.other_claims} claims"
            told.append(f"{claims} not counted alike")
        if not told:
            return f"{a} and {b} are the same model"
        tail = f"with {' and '.join(told)}"
        if not parts:
            return f"{a} and {b} give the same {total} answers, {tail}"
        return f"{a} and {b} part over {parts} of {total} answers, {tail}"

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``compare --json``."""
        return {
            "schema": "accordant/compare/1",
            "finding": self.finding,
            "names": list(self.names),
            "titles": list(self.titles),
            "matches": [{"section": s, "a": a, "b": b} for s, a, b in self.matches],
            "suggestions": [one.to_json() for one in self.suggestions],
            "differences": [one.to_json() for one in self.differences],
            "lines": [one.to_json() for one in self.lines],
            "positions": [one.to_json() for one in self.positions],
            "conclusions": [one.to_json() for one in self.conclusions],
            "codings": None if self.codings is None else self.codings.to_json(),
            "other_claims": self.other_claims,
            "left_out": self.left_out,
            "handling": self.handling or "public",
            "method": self.method.to_json(),
        }

    def conclusions_table(self, *, parting: bool = False) -> Table:
        """The answers side by side; with ``parting``, only those that differ."""
        rows = tuple(
            (
                c.conclusion,
                _words(c.a),
                _words(c.b),
                "; or ".join(" + ".join(r.differences) for r in c.because),
            )
            for c in self.conclusions
            if c.part or not parting
        )
        return Table(self.finding, ("conclusion", *self.names, "because of"), rows)

    def differences_table(self) -> Table:
        """Where the models differ."""
        count = len(self.differences)
        title = "The models do not differ" if not count else f"{count} difference{'s' if count > 1 else ''}"
        rows = tuple((d.where, d.what, d.a, d.b, "yes" if d.matters else "no") for d in self.differences)
        return Table(title, ("where", "what", *self.names, "answers depend on it"), rows)

    def lines_table(self) -> Table:
        """Who has which line, with its number in each model."""
        rows = tuple(
            (
                *(row.party, row.kind, row.says, _place(row.a, row.unsure_a), _place(row.b, row.unsure_b)),
                *(", ".join(row.grounds_a), ", ".join(row.grounds_b)),
            )
            for row in self.lines
        )
        shared = sum(row.whose == "both" for row in self.lines)
        title = f"{shared} of {len(self.lines)} lines and rules are in both models"
        columns = ("party", "kind", "says", *self.names, *(f"grounds {name}" for name in self.names))
        return Table(title, columns, rows)

    def positions_table(self) -> Table:
        """Who has which position."""
        rows = tuple((p.party, p.issue, p.a or "", p.b or "") for p in self.positions)
        shared = sum(p.a == p.b for p in self.positions)
        title = f"{shared} of {len(self.positions)} positions are the same"
        return Table(title, ("party", "issue", *self.names), rows)

    def table(self) -> Table:
        """Everything in one table: answers, differences, and claims, with what each model has."""
        rows: list[tuple[Any, ...]] = [
            ("answer", c.conclusion, "", _words(c.a), _words(c.b), "no" if c.part else "yes")
            for c in self.conclusions
        ]
        rows += [("model", d.where, d.what, d.a, d.b, "no") for d in self.differences]
        if self.codings is not None:
            rows += [
                ("claim", f"{p.a.id} / {p.b.id}", field, p.a.fields[field], p.b.fields[field], same)
                for p in self.codings.pairs
                for field in p.a.fields
                for same in ["no" if field in p.differ else "yes"]
            ]
            rows += [("claim", one.id, "only here", one.says, "", "no") for one in self.codings.only_a]
            rows += [("claim", one.id, "only here", "", one.says, "no") for one in self.codings.only_b]
        return Table(self.finding, ("part", "where", "what", *self.names, "same"), tuple(rows))

    def tables(self) -> dict[str, Table]:
        """Every table, for a workbook."""
        found = {
            "answers": self.conclusions_table(),
            "differences": self.differences_table(),
            "lines": self.lines_table(),
            "positions": self.positions_table(),
        }
        if self.codings is not None:
            found |= {
                "claims of both": self.codings.pairs_table(),
                "claims of one": self.codings.alone_table(),
                "claims that differ": self.codings.differences_table(),
                "agreement": self.codings.agreement_table(),
            }
        return found

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.conclusions_table()._repr_html_()


def _place(place: str, unsure: bool) -> str:
    return f"{place} (unsure)" if place and unsure else place


def compare(
    ours: Case,
    theirs: Case,
    names: tuple[str, str],
    *,
    same: Mapping[str, str] | None = None,
    conclusions: Sequence[str] | None = None,
    why: bool = True,
    released: Collection[str] = (),
    everything: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> CompareResult:
    """Two models of the same talks side by side.

    Parameters
    ----------
    names
        What the two are called.
    same
        Ids of the second model by ids of the first that a person says are the same.
    conclusions
        Ids of conclusions; by default those that either model draws by default.
    why
        Whether to look for the differences that make answers differ.
    released
        Restricted claims of either that may be shown.
    everything
        Whether all of them may.

    Raises
    ------
    InputError
        For ids that are in neither model, or that both have already; for names that do not tell them apart.

    Examples
    --------
    >>> raw = {"title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}}, "status_quo": {"x": "no"}}
    >>> one = Case.model_validate({**raw, "preferences": {"a": {"priorities": ["not x"]}}})
    >>> two = Case.model_validate({**raw, "preferences": {"a": {"priorities": ["x"]}}})
    >>> compare(one, two, ("Team A", "Team B")).finding
    'Team A and Team B part over 11 of 11 answers, with one difference between the models'
    """
    _check_names(names)
    align = aligned(ours, theirs, same)
    held = held_of(ours, theirs, released, everything=everything)
    hidden = hidden_of(align, held)
    every = changes(ours, align.case)
    found = _why(ours, align.case, conclusions, every, progress) if why else None
    if found is None:
        found = moved(ours, align.case, conclusions, found=every, why=False)
    told = {change.id: difference(change) for change in every}
    model = [c for c in every if c.section not in SOURCES | OF_CASE]
    shown = [c for c in model if not is_secret(c, hidden)]
    making = _Telling(names, told, hidden, (ours, align.case))
    return CompareResult(
        names,
        (ours.title, theirs.title),
        tuple(matches_of(align, held)),
        tuple(suggestions_of(ours, theirs, align, held)),
        tuple(told[c.id] for c in shown),
        lines(ours, align.case),
        tuple(positions(ours, align.case, hidden)),
        tuple(making.compared(one) for one in found.conclusions),
        codings(ours, align, names, held),
        sum(c.section == "claims" and c.matters for c in every),
        len(model) - len(shown),
        strictest((held[0].notice, held[1].notice)),
        _method(found, why=why),
    )


def _check_names(names: tuple[str, str]) -> None:
    one, other = (name.strip() for name in names)
    if not (one and other):
        raise InputError(
            "an empty name: --names takes two names that are not empty, such as 'Team A' 'Team B'"
        )
    if one == other:
        raise InputError(f"both would be called {one!r}: --names takes two different names")


def _why(
    ours: Case,
    theirs: Case,
    conclusions: Sequence[str] | None,
    every: Sequence[Change],
    progress: Callable[[int, int], None] | None,
) -> Moves | None:
    """The answers of both with why they part; None where nothing of the models is the same.

    Where only one model can be asked, the difference is plain: it has no such proposal, party or state.
    """
    if not set(ours.parties) & set(theirs.parties) or (
        ours.issues and theirs.issues and not set(ours.issues) & set(theirs.issues)
    ):
        return None
    found = moved(ours, theirs, conclusions, found=every, why=False)
    asked = [one for one in found.changed if one.before is not None and one.after is not None]
    if not asked:
        return found
    search = moved(ours, theirs, [one.conclusion for one in asked], found=every, progress=progress)
    told = {one.conclusion: one for one in search.conclusions}
    both = tuple(told.get(one.conclusion, one) for one in found.conclusions)
    return replace(search, conclusions=both, notes=found.notes)


def names_of(ours: Path, theirs: Path) -> tuple[str, str]:
    """What two models are called by where they are: their folders, or the first and the second.

    Examples
    --------
    >>> names_of(Path("talks/team-a"), Path("talks/team-b")), names_of(Path("a/talks"), Path("b/talks"))
    (('team-a', 'team-b'), ('a/talks', 'b/talks'))
    """
    one, other = ours.resolve(), theirs.resolve()
    for depth in range(1, 4):
        named = tuple("/".join(path.parts[-depth:]) for path in (one, other))
        if named[0] != named[1]:
            return named[0], named[1]
    return "the first", "the second"


def _method(found: Moves, *, why: bool) -> Method:
    cut = "; ".join(found.notes)
    parameters = (
        ("why", "smallest sets of differences" if why else "not looked for"),
        ("sets of differences looked at", str(found.looked)),
        ("models half-way", str(found.judged)),
    )
    exact = not cut and all(one.before is None or one.before.exact for one in found.conclusions)
    exact = exact and all(one.after is None or one.after.exact for one in found.conclusions)
    name = "two models, the second in the words of the first; the answers of both over all settings"
    return Method(name, exact, 1, cut, parameters)


class _Telling:
    """Tells differences in words, those of withheld claims without theirs."""

    def __init__(
        self,
        names: tuple[str, str],
        told: Mapping[str, Difference],
        hidden: tuple[frozenset[str], frozenset[str]],
        cases: tuple[Case, Case],
    ) -> None:
        self.names, self.differences, self.cases = names, told, cases
        self.hidden = hidden[0] | hidden[1]

    def compared(self, one: Moved) -> Compared:
        """One conclusion with why the models part over it."""
        because = tuple(self.reason(why) for why in one.sets)
        was = one.was if one.was != one.conclusion else ""
        return Compared(one.conclusion, was, one.says, one.before, one.after, because, one.cut)

    def reason(self, why: Why) -> Reason:
        """One set of differences."""
        return Reason(
            tuple(change.id for change in why.changes), tuple(self.said(c) for c in why.changes), why.through
        )

    def claim(self, change: Change) -> str:
        """A claim that does not count alike in both: what it says, and how it stands in each."""
        a, b = self.names
        case = self.cases[change.kind != "gone"]
        what = f"claim {change.subject}: {quoted(case, change.subject)}"
        if change.kind != "changed":
            return f"{what} is only in {b if change.kind == 'new' else a}"
        if change.aspect == "status":
            return f"{what} is {change.before['status']} in {a}, {change.after['status']} in {b}"
        one = self.differences[change.id]
        return f"{what}: {one.what} is {one.a or 'nothing'} in {a}, {one.b or 'nothing'} in {b}"

    def said(self, change: Change) -> str:
        """A difference in words; nothing of a claim that is withheld."""
        if change.section == "claims" and change.subject in self.hidden:
            return f"claims.{change.subject} ({WITHHELD})"
        if change.section == "claims":
            return self.claim(change)
        return self.differences[change.id].says(self.names)
