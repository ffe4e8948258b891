"""From a verdict to the words it stands on: sentence, moves, preference lines, claims, quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from accordant.brief.handling import Handling
from accordant.cli.lines import Lines
from accordant.cli.output import indented, safe
from accordant.errors import InputError, did_you_mean
from accordant.tables import Table

if TYPE_CHECKING:
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
    def lines(self) -> Lines:
        """The preference lines that the verdicts use, each once."""
        return Lines(self.opened, [e for verdict in self.verdicts for e in verdict.elements], self.held)

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``stability --explain --json``."""
        return {
            "schema": "accordant/explanation/1",
            "state": self.verdicts[0].state,
            "party": self.verdicts[0].party,
            "verdicts": [_verdict_json(v) for v in self.verdicts],
            **self.lines.to_json(),
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
        yield from self.lines.page()


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
