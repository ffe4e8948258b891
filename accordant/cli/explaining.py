"""From a verdict to the words it stands on: sentence, moves, preference lines, claims, quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from accordant.case.wording import states_known
from accordant.cli.lines import Lines
from accordant.cli.naming import states_named
from accordant.cli.output import indented, safe
from accordant.errors import InputError, did_you_mean
from accordant.evidence.handling import Handling
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.opened import OpenCase
    from accordant.stability.further import Options
    from accordant.stability.result import Explanation, Move, StabilityResult


@dataclass(frozen=True)
class Explained:
    """Verdicts on one state for one party, with everything they open to, but for what is withheld."""

    opened: OpenCase
    verdicts: tuple[Explanation, ...]
    standing: tuple[str, ...]
    """For each verdict whether it is so, or may be, over everything that is unsure."""
    held: Handling

    @classmethod
    def of(
        cls, opened: OpenCase, result: StabilityResult, state: str, party: str, held: Handling
    ) -> Explained:
        """The verdicts on ``state`` for ``party``, under the concepts of a result."""
        _known("state", state, result.states)
        _known("party", party, result.parties)
        verdicts = tuple(result.explain(state, party, name) for name in result.concepts)
        return cls(opened, verdicts, tuple(_standing(v, result) for v in verdicts), held)

    @classmethod
    def alone(
        cls,
        opened: OpenCase,
        concepts: Sequence[str] | None,
        options: Options,
        state: str,
        party: str,
        held: Handling,
    ) -> Explained | None:
        """The same without the verdicts on other states; None where these, or other settings, matter."""
        from accordant.stability.analysis import explained_alone

        _known("state", state, opened.compiler.space().names)
        _known("party", party, opened.compiler.parties)
        verdicts = explained_alone(opened.compiler, concepts, state, party, options=options)
        if verdicts is None:
            return None
        return cls(opened, verdicts, tuple("stable" if v.stable else "not stable" for v in verdicts), held)

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
            "verdicts": [
                {**_verdict_json(v), "standing": standing}
                for v, standing in zip(self.verdicts, self.standing, strict=True)
            ],
            **self.lines.to_json(),
        }

    def table(self) -> Table:
        """One row per concept."""
        head = self.verdicts[0]
        told = zip(self.verdicts, self.standing, strict=True)
        rows = tuple((v.concept, standing, v.sentence) for v, standing in told)
        title = f"{head.state} for {self.opened.case.party_name(head.party)}"
        return Table(title, ("concept", "verdict", "because"), rows)

    def page(self) -> Iterator[RenderableType]:
        """The chain as a page: verdicts first, then what they use."""
        yield Text(safe(self.table().title), style="bold")
        alike: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
        for verdict, standing in zip(self.verdicts, self.standing, strict=True):
            answer = (standing, verdict.sentence, tuple(_moves(verdict)))
            alike.setdefault(answer, []).append(verdict.concept)
        for (standing, sentence, moves), concepts in alike.items():
            yield Text(f"{', '.join(concepts)}: {standing}", style="bold")
            yield indented(sentence)
            for line in moves:
                yield indented(line, 4)
        yield from self.lines.page()
        yield from states_named(self.opened, self._states())

    def _states(self) -> Iterator[str]:
        for verdict in self.verdicts:
            yield verdict.state
            for improvement, sanction in _answers(verdict):
                yield from (move.end for move in (improvement, *sanction))


def _standing(verdict: Explanation, result: StabilityResult) -> str:
    """Whether a state is stable for a party: surely, as the case is written, not, or open."""
    concept = result.concepts[verdict.concept]
    if verdict.state in concept.stable[verdict.party]:
        return "stable"
    if verdict.state not in concept.possible[verdict.party]:
        return "not stable"
    if concept.counts is None:
        return "open"
    return "stable as the case is written" if verdict.stable else "not stable as the case is written"


def _known(what: str, name: str, names: Sequence[str]) -> None:
    if name in names:
        return
    known, near = states_known(name, names) if what == "state" else (names, did_you_mean(name, names))
    listed = ", ".join(known[:12]) + (f", and {len(known) - 12:,} more" if len(known) > 12 else "")
    raise InputError(f"there is no {what} {name!r}; allowed: {listed}" + (f"; {near}" if near else ""))


def _answers(verdict: Explanation) -> tuple[tuple[Move, tuple[Move, ...]], ...]:
    """Improvements, each with the moves that answer it."""
    if verdict.improvement is None:
        return ()
    return verdict.sanctions or ((verdict.improvement, verdict.sanction),)


def _moves(verdict: Explanation) -> Iterator[str]:
    for improvement, sanction in _answers(verdict):
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
