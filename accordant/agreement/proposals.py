"""What everybody would say to each proposal, over all admissible settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from accordant.agreement.reasons import Reason, Speaker
from accordant.agreement.result import Acceptance, Answer
from accordant.agreement.shares import (
    Counts,
    Level,
    acceptance_share,
    agreement_share,
    counted,
    level_at,
    with_vetoes,
)
from accordant.agreement.structures import Structure
from accordant.agreement.survey import Survey
from accordant.agreement.turning import turns_on


def answer(lows: Sequence[int], highs: Sequence[int]) -> Answer:
    """Yes if surely so everywhere, no if possible nowhere.

    Examples
    --------
    >>> answer([1, 2], [2, 2]), answer([0], [1]), answer([0, 0], [0, 0])
    ('yes', 'unknown', 'no')
    """
    return "yes" if all(lows) else "unknown" if any(highs) else "no"


@dataclass(frozen=True, eq=False)
class Hearing:
    """Answers about one proposal, from a survey of all settings."""

    found: Survey
    speaker: Speaker
    proposal: str

    @property
    def element(self) -> str:
        """The id of the element that the proposal was made."""
        return f"proposals.{self.proposal}"

    @property
    def made(self) -> bool:
        """Whether the proposal surely was made."""
        return not self.found.doubt.open(self.element)

    @property
    def state(self) -> int | None:
        """The state that it leads to, as the case is written."""
        return self.found.written.landings[self.proposal].state

    @cached_property
    def possible(self) -> bool:
        """Whether it leads to a state in some setting."""
        return any(state is not None for _, state in self._landings())

    def said(self, core: Answer) -> Answer:
        """An answer as it is given: never yes about a proposal that may not have been made."""
        return "unknown" if self.found.partial or (core == "yes" and not self.made) else core

    def acceptance(self, party: str) -> Acceptance:
        """Whether it is acceptable to a party, and why."""
        held = self.found.vetoes[party]
        own = self._levels(party)
        vetoes = {c: self._levels(c) for c in held}
        joint = [with_vetoes(level, [v[k] for v in vetoes.values()]) for k, level in enumerate(own)]
        core = self._core(joint)
        heard = {c: self._core(v) for c, v in vetoes.items()} if self.possible else {}
        refuse = tuple(c for c, a in heard.items() if a == "no")
        reason = self._reason(party, core, self._core(own), refuse)
        return Acceptance(
            party,
            self.said(core),
            self.said(self._core(own)),
            refuse,
            tuple(c for c, a in heard.items() if a == "unknown"),
            reason.sentence,
            reason.element,
            self._counts([acceptance_share(self.found, s, party, at) for s, at in self._reached()]),
            self._open_elements(party) if self.said(core) == "unknown" else (),
        )

    def agreement(self) -> Answer:
        """Whether it is an agreement, if it was made."""
        both: list[Level] = []
        own = {who: self._levels(who) for party, held in self.found.vetoes.items() for who in (party, *held)}
        for k in range(len(next(iter(own.values()), []))):
            joint = [
                with_vetoes(own[party][k], [own[c][k] for c in held])
                for party, held in self.found.vetoes.items()
            ]
            least, most = [low for low, _ in joint], [high for _, high in joint]
            both.append((int(min(least) > 0 and max(least) == 2), int(min(most) > 0 and max(most) == 2)))
        return self._core(both)

    def efficient(self) -> Answer:
        """Whether its state is an agreement that no other agreement dominates, if it was made."""
        always, never = self.found.proposed[self.proposal]
        return "no" if never or not self.possible else "yes" if always else "unknown"

    def note(self) -> str:
        """What the answers about it cannot say."""
        if self.made:
            return ""
        return f"It may not have been made ({self.element}): no answer about it is yes."

    def agreement_counts(self) -> Counts:
        """(settings in which it is an agreement, settings)."""
        return self._counts([agreement_share(self.found, s, at) for s, at in self._reached()])

    def _core(self, levels: Sequence[Level]) -> Answer:
        if not self.found.compared:
            return "unknown" if self.possible else "no"
        return answer([low for low, _ in levels], [high for _, high in levels]) if levels else "no"

    def _landings(self) -> list[tuple[Structure, int | None]]:
        return [(s, s.landings[self.proposal].state) for s in self.found.structures]

    def _levels(self, who: str) -> list[Level]:
        """Own levels of a party or constituency, for every structure and no-deal state."""
        return [
            (0, 0) if state is None else level_at(self.found, structure, who, state, k)
            for structure, state in self._landings()
            for k in range(len(structure.against))
        ]

    def _reached(self) -> list[tuple[Structure, int]]:
        if self.found.count is None or not self.found.compared:
            return []  # no count will be given
        return [(s, at) for s, at in self._landings() if at is not None]

    def _counts(self, shares: Sequence[Fraction]) -> Counts:
        reached = [s.share for s, _ in self._reached()]
        share = sum((a * b for a, b in zip(reached, shares, strict=True)), start=Fraction(0))
        return counted(self.found, share / (1 if self.made else 2))

    def _open_elements(self, party: str) -> tuple[str, ...]:
        """Every open element that can change a party's answer."""
        found: dict[str, None] = {} if self.made else {self.element: None}
        states = {state for _, state in self._landings()}
        structures = self._landings()[:1] if len(states) == 1 else self._landings()
        for structure, state in structures:
            if state is not None:
                for who in (party, *self.found.vetoes[party]):
                    found.update(dict.fromkeys(turns_on(structure.no_deal(who), self.found.doubt, state)))
        if len(states) > 1:
            free = self.found.settings
            found.update({e: None for e in free.free if self.found.compiler.element[e].kind == "rule"})
        return (*found, *(e for e in self.found.settings.anchors if e not in found))

    def _how_open(self, elements: Sequence[str]) -> str:
        groups = tuple(f"{g}." for g in self.found.settings.groups)
        ordered = [e for e in elements if e.startswith(groups) and not self.found.doubt.open(e)]
        if len(ordered) == len(elements):
            return "whose order is open"
        if ordered:
            return "unsure or in open order"
        if all(self._ranged(e) for e in elements):
            return "which is not known exactly" if len(elements) == 1 else "which are not known exactly"
        return "which is unsure" if len(elements) == 1 else "which are unsure"

    def _ranged(self, element: str) -> bool:
        """Whether it is numbers of which only the ends are known, or what no deal is worth."""
        found = self.found.compiler.element[element]
        ranges = self.found.settings.ranges
        lost = element in self.found.doubt.lost
        ranged = found.kind == "worth" and not lost and ranges is not None and found.subject in ranges.parties
        return found.kind == "reservation" or ranged

    def _reason(self, party: str, core: Answer, own: Answer, refuse: Sequence[str]) -> Reason:
        says = self._why(party, core, own, refuse)
        text = f"{says.sentence}."
        if not self.made and self.possible:
            text = f"It may not have been made ({self.element}). If it was: {text}"
        return Reason(text, None if self.said(core) == "unknown" else says.element)

    def _why(self, party: str, core: Answer, own: Answer, refuse: Sequence[str]) -> Reason:
        speaker, structure = self.speaker, self.found.written
        if self.state is None:
            return Reason(f"Not possible: {structure.landings[self.proposal].impossible}", None)
        if not self.found.compared:
            return Reason("The case gives neither no deal nor a status quo to compare it with", None)
        written = speaker.against_each(party, self.state)
        vetoes = [(c, speaker.against_each(c, self.state)) for c in refuse]
        if core == "no" and own != "no" and refuse:
            who = f"Vetoed for {speaker.name(party)} by {speaker.name(refuse[0])}"
            first = Reason(f"{who}: {vetoes[0][1].sentence}", vetoes[0][1].element)
            return self._vetoed_too(first, vetoes[1:])
        if core != "unknown":
            return self._vetoed_too(written, vetoes)
        return Reason(self._unknown(party, written), None)

    def _vetoed_too(self, says: Reason, vetoes: Sequence[tuple[str, Reason]]) -> Reason:
        """A reason with every veto that it does not name, so that none is hidden behind another."""
        more = [f"Vetoed too by {self.speaker.name(c)}: {veto.sentence}" for c, veto in vetoes]
        return Reason(". ".join((says.sentence, *more)), says.element)

    def _unknown(self, party: str, written: Reason) -> str:
        """Why nothing is certain, then how it is as the case is written."""
        open_ = [e for e in self._open_elements(party) if e != self.element]
        number = self._counts([acceptance_share(self.found, s, party, at) for s, at in self._reached()])
        parts = []
        if open_:
            often = f"{number[0]:,} of {number[1]:,}" if number and self.made else "some"
            names = _listed([self.speaker.quoted(e) for e in open_])
            parts.append(f"Acceptable in {often} settings: it turns on {names}, {self._how_open(open_)}")
        if len(self.found.written.against) > 1:
            parts.append("No deal may be several states")
        return ". ".join((*parts, f"As written: {written.sentence}" if parts else written.sentence))


def _listed(names: Sequence[str], most: int = 4) -> str:
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def holds_of(held: Mapping[str, Mapping[str, Answer]], state: str | None) -> Mapping[str, Answer]:
    """The concepts under which a state holds; empty for no state."""
    return {} if state is None else dict(held.get(state, {}))
