"""From a verdict to the words it stands on: sentence, moves, preference lines, claims, quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from accordant.brief.handling import Handling
from accordant.cli.leaving import WITHHELD
from accordant.cli.output import indented, safe
from accordant.errors import InputError, did_you_mean
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.case.grounds import Element
    from accordant.case.sources import Claim
    from accordant.opened import OpenCase
    from accordant.stability.result import Explanation, Move, StabilityResult


@dataclass(frozen=True)
class Explained:
    """Verdicts on one state for one party, with everything they open to, but for what is withheld."""

    opened: OpenCase
    verdicts: tuple[Explanation, ...]
    held: Handling

    @classmethod
    def of(
        cls, opened: OpenCase, result: StabilityResult, state: str, party: str, held: Handling
    ) -> Explained:
        """The verdicts on ``state`` for ``party``, under the concepts of a result."""
        _known("state", state, result.states)
        _known("party", party, result.parties)
        return cls(opened, tuple(result.explain(state, party, name) for name in result.concepts), held)

    @property
    def elements(self) -> tuple[Element, ...]:
        """The preference lines that the verdicts use, each once."""
        ids = dict.fromkeys(e for verdict in self.verdicts for e in verdict.elements)
        return tuple(self.opened.compiler.element[e] for e in ids)

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``stability --explain --json``."""
        claims = {g for e in self.elements for g in e.grounds} & set(self.opened.case.claims)
        return {
            "schema": "accordant/explanation/1",
            "state": self.verdicts[0].state,
            "party": self.verdicts[0].party,
            "verdicts": [_verdict_json(v) for v in self.verdicts],
            "elements": {e.id: self._element_json(e) for e in self.elements},
            "claims": {c: self._claim_json(c) for c in sorted(claims)},
        }

    def table(self) -> Table:
        """One row per concept."""
        head = self.verdicts[0]
        rows = tuple((v.concept, "yes" if v.stable else "no", v.sentence) for v in self.verdicts)
        title = f"{head.state} for {self.opened.case.party_name(head.party)}"
        return Table(title, ("concept", "stable", "because"), rows)

    def page(self) -> Iterator[RenderableType]:
        """The chain as a page: verdicts first, then what they use."""
        yield Text(safe(self.table().title), style="bold")
        alike: dict[tuple[bool, str, tuple[str, ...]], list[str]] = {}
        for verdict in self.verdicts:
            answer = (verdict.stable, verdict.sentence, tuple(_moves(verdict)))
            alike.setdefault(answer, []).append(verdict.concept)
        for (stable, sentence, moves), concepts in alike.items():
            yield Text(f"{', '.join(concepts)}: {'stable' if stable else 'not stable'}", style="bold")
            yield indented(sentence)
            for line in moves:
                yield indented(line, 4)
        if self.elements:
            yield Text("The lines of the case that this uses", style="bold")
        for element in self.elements:
            yield from self._element(element)

    def _element(self, element: Element) -> Iterator[RenderableType]:
        unsure = " (unsure: checked both ways)" if element.unsure else ""
        yield indented(f"{element.id}: {element.says}{unsure}")
        for ground in sorted(element.grounds):
            claim = self.opened.case.claims.get(ground)
            if claim is None:
                yield indented(f"assumption {ground}: {self._assumption(ground)}", 4)
            else:
                out = "" if ground in element.standing else ", which does not count"
                yield from self._claim(ground, f"claim {ground}{out}")

    def _claim(self, id_: str, head: str) -> Iterator[RenderableType]:
        claim = self.opened.case.claims[id_]
        if id_ in self.held.withheld:
            yield indented(f"{head}: {WITHHELD}", 4)
            return
        yield indented(f"{head}: {claim.says}", 4)
        yield indented(f"“{claim.quote}”", 6)
        yield indented(self._source(claim), 6)

    def _assumption(self, ground: str) -> str:
        from accordant.case.grounds import assumptions

        found = assumptions(self.opened.case)[ground]
        return found.says if found.stated else "nothing is given for this"

    def _source(self, claim: Claim) -> str:
        case = self.opened.case
        report = case.reports[claim.report]
        origin = case.origins.get(claim.origin or "")
        whose = (origin.name or origin.words or claim.origin) if origin else None
        said_by = f"{whose} ({claim.attribution})" if whose else claim.attribution
        place = f"{report.file} at {claim.at[0]}–{claim.at[1]}"
        return "; ".join(
            p for p in (said_by, report.outlet, place, f"grade {claim.grade}", claim.status) if p
        )

    def _element_json(self, element: Element) -> dict[str, Any]:
        claims = self.opened.case.claims
        return {
            "says": element.says,
            "unsure": element.unsure,
            "because": sorted(element.grounds & set(claims)),
            "assumed": {g: self._assumption(g) for g in sorted(element.grounds - set(claims))},
        }

    def _claim_json(self, id_: str) -> dict[str, Any]:
        claim, held = self.opened.case.claims[id_], id_ in self.held.withheld
        return {
            "says": None if held else claim.says,
            "quote": None if held else claim.quote,
            "report": None if held else claim.report,
            "at": None if held else list(claim.at),
            "origin": None if held else claim.origin,
            "attribution": claim.attribution,
            "grade": claim.grade,
            "status": claim.status,
            "withheld": held,
        }


def _known(what: str, name: str, names: Sequence[str]) -> None:
    if name in names:
        return
    near = did_you_mean(name, names)
    listed = ", ".join(names[:12]) + (f", and {len(names) - 12:,} more" if len(names) > 12 else "")
    raise InputError(f"there is no {what} {name!r}; allowed: {listed}" + (f"; {near}" if near else ""))


def _moves(verdict: Explanation) -> Iterator[str]:
    if verdict.improvement is None:
        return
    answers = verdict.sanctions or ((verdict.improvement, verdict.sanction),)
    for improvement, sanction in answers:
        yield f"{_step(improvement)}" + ("" if sanction else ", which nobody answers")
        if sanction:
            yield "  answered by " + ", then ".join(_step(move) for move in sanction)


def _step(move: Move) -> str:
    return f"{' + '.join(move.mover)}: {move.start} → {move.end}"


def _verdict_json(verdict: Explanation) -> dict[str, Any]:
    return {
        "concept": verdict.concept,
        "stable": verdict.stable,
        "sentence": verdict.sentence,
        "improvement": None if verdict.improvement is None else _move_json(verdict.improvement),
        "sanction": [_move_json(m) for m in verdict.sanction],
        "sanctions": [
            {"improvement": _move_json(improvement), "sanction": [_move_json(m) for m in sanction]}
            for improvement, sanction in verdict.sanctions
        ],
        "elements": list(verdict.elements),
    }


def _move_json(move: Move) -> dict[str, Any]:
    return {"by": list(move.mover), "from": move.start, "to": move.end}
