"""``read --into``: a person decides on each suggestion; what is accepted is written at the end, whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from accordant.cli.output import complain, safe, say
from accordant.cli.read_fields import Answers, InterruptedAnswerError, edit, filled_in
from accordant.cli.read_page import block, head, row
from accordant.errors import FailedError, InputError
from accordant.evidence.adding import Added, add
from accordant.evidence.into import (
    Draft,
    around,
    claim_at,
    drafted,
    report_in,
    with_teller,
    with_tellings,
)
from accordant.evidence.result import ReadResult, Suggestion

if TYPE_CHECKING:
    from accordant.case.folder import CaseFolder

WORDS = {
    "accept": "a",
    "yes": "a",
    "y": "a",
    "edit": "e",
    "skip": "s",
    "no": "s",
    "n": "s",
    "reject": "r",
} | {"undo": "u", "quit": "q", "help": "?"}
"""Words that stand for keys."""
KEYS = "a accept · e edit · s skip · r reject · u undo · q quit and keep · ? help"
HELP = """  a  accept as shown
  e  edit: own words, kind, by whom, origin, grade, when; then it is accepted
  s  skip: not now
  r  reject: this is no claim
  u  undo: go back to the one before
  q  quit, and write what was accepted
  Ctrl-C  stop; you are asked whether to keep what was accepted"""


@dataclass
class _Session:
    """One report being gone through; ``done`` holds the answers in order, for undoing."""

    result: ReadResult
    raw: bytes
    done: list[tuple[int, str, Draft | None]] = field(default_factory=list)

    @property
    def accepted(self) -> list[Draft]:
        """What was accepted so far."""
        return [draft for _, _, draft in self.done if draft is not None]

    @property
    def rejected(self) -> frozenset[str]:
        """Suggestions that were said to be no claims."""
        return frozenset(self.result.claims[n].id for n, given, _ in self.done if given == "r")

    @property
    def skipped(self) -> frozenset[str]:
        """Suggestions that were left for later."""
        return frozenset(self.result.claims[n].id for n, given, _ in self.done if given == "s")

    def counted(self, answer: str) -> int:
        """How many got one answer."""
        return sum(given == answer for _, given, _ in self.done)


class Interview:
    """Goes through reports and writes what is accepted into one case."""

    def __init__(self, case: Path) -> None:
        from accordant.case.folder import read_folder
        from accordant.evidence.text import report_text

        self.folder: CaseFolder = read_folder(case, report_text=report_text)
        self.answers = Answers()
        if not os.access(self.folder.path, os.W_OK):
            raise FailedError(f"{self.folder.path}: the folder cannot be written to")

    def report(self, path: Path, published: str | None) -> bool:
        """Go through one report; False when the person wants to stop altogether.

        Raises
        ------
        ReportError
            If it cannot be read.
        InputError
            If the answers end before the questions do: nothing is written then.
        """
        from accordant.evidence.reading import read_report
        from accordant.evidence.text import read_bytes

        raw = read_bytes(path)
        session = _Session(read_report(raw, path.name, published), raw)
        say(*head(session.result), "", Text(KEYS, style="dim"))
        try:
            going_on = self._go_through(session)
        except (InterruptedAnswerError, KeyboardInterrupt):
            return self._stopped(session)
        except EOFError:
            raise InputError(
                "the answers ended before the questions did: nothing is written; "
                "answer every question, or end with q to keep what was accepted"
            ) from None
        self._write(session)
        return going_on

    def _go_through(self, session: _Session) -> bool:
        claims = session.result.claims
        report = report_in(self.folder.case, session.result.report.sha256)
        number = 0
        while number < len(claims):
            claim = claims[number]
            there = claim_at(self.folder.case, report, session.result, claim)
            if there is not None:
                say(Text(safe(f"{claim.id} is in the case already ({there}).")))
                number += 1
                continue
            answer, draft = self._one(session, claim, number)
            if answer == "q":
                return False
            if answer == "u":
                number = session.done.pop()[0] if session.done else number
                continue
            session.done.append((number, answer, draft))
            number += 1
        return True

    def _one(self, session: _Session, claim: Suggestion, number: int) -> tuple[str, Draft | None]:
        """What is answered on one suggestion, and the draft if it is accepted."""
        case = self.folder.case
        draft = drafted(case, session.result, claim, session.accepted)
        draft = with_teller(case, session.result, draft, session.accepted, session.rejected)
        say("", Text(f"{number + 1} of {len(session.result.claims)}", style="dim"))
        say(*block(session.result, claim))
        say(*self._shown(draft), *_telling(session, claim))
        while True:
            answer = self.answers.key("a/e/s/r/u/q/?", "aesruq?", WORDS)
            if answer == "?":
                say(Text(HELP))
            elif answer == "u" and not session.done:
                say(Text("There is nothing to undo."))
            elif answer == "e":
                return "a", edit(self.answers, case, draft)
            else:
                return answer, draft if answer == "a" else None

    def _shown(self, draft: Draft) -> Iterator[RenderableType]:
        yield Text("    As it would enter the case:", style="dim")
        for label, value in filled_in(draft):
            yield row(label, value, 4)

    def _stopped(self, session: _Session) -> bool:
        """After Ctrl-C: keep what was accepted, or not."""
        n = len(session.accepted)
        if not n:
            complain("stopped; nothing is written", prefix="")
            raise KeyboardInterrupt
        try:
            keep = self.answers.key(f"Stopped. Keep the {n} accepted so far? y/n", "yn") == "y"
        except (EOFError, InterruptedAnswerError, KeyboardInterrupt):
            keep = False
        if not keep:
            complain("nothing is written", prefix="")
            raise KeyboardInterrupt
        self._write(session)
        return False

    def _write(self, session: _Session) -> None:
        accepted = with_tellings(self.folder.case, session.result, session.accepted, session.rejected)
        chosen = {draft.suggestion.id for draft in session.accepted}
        also = [d.suggestion for d in accepted if d.suggestion.id not in chosen]
        counts = f"{len(chosen)} accepted, {session.counted('r')} rejected, {session.counted('s')} skipped."
        if not accepted:
            say("", Text(f"{counts} Nothing is written."))
            return
        today = date.today().isoformat()
        added = add(self.folder.case, session.result, session.raw, accepted, today)
        try:
            self.folder = self.folder.save(added.case, reports=added.files)
        except FailedError:
            self._hand_back(added)
            raise
        say("", Text(counts), *_taken_in(session, also), *_written(added, self.folder.path))
        credits = ", ".join(dict.fromkeys(c.outlet for c in session.result.report.credits))
        if credits and added.new_report:
            hint = f"It credits {credits}: if the case has that story, name it as original of {added.report}"
            say(Text(safe(f"{hint}."), style="dim"))

    def _hand_back(self, added: Added) -> None:
        """What was accepted, as it would stand in claims.yaml, so that the work is not lost."""
        from accordant.case.emit import document
        from accordant.case.sources import Sources

        case = added.case
        part = Sources(
            reports={added.report: case.reports[added.report]},
            origins={o: case.origins[o] for o in added.origins},
            claims={c: case.claims[c] for c in added.claims},
        )
        complain("the case could not be written; this is what was accepted, for claims.yaml:", prefix="")
        sys.stdout.write(document(part))


def _written(added: Added, path: Path) -> Iterator[Text]:
    report = f"report {added.report} ({', '.join(added.files) or 'already there'})"
    origins = f"origins {', '.join(added.origins)}" if added.origins else "no new origin"
    yield Text(safe(f"Written to {path}: {report}; {origins}; claims {', '.join(added.claims) or 'none'}."))
    yield Text(safe(f"Next: accordant check {path}"), style="dim")


def _telling(session: _Session, claim: Suggestion) -> Iterator[Text]:
    """What becomes of who tells it, where the suggestion around this one was not accepted."""
    for outer in around(session.result, claim):
        who = outer.source.text or "nobody who is named"
        if outer.id in session.skipped:
            words = f"Inside {outer.id} ({who}), which you skipped: accepting this takes {outer.id} in too."
        elif outer.id in session.rejected:
            words = f"Inside {outer.id} ({who}), which you rejected: its origin stays who tells it."
        else:
            continue
        yield Text(safe(f"    {words}"))


def _taken_in(session: _Session, also: list[Suggestion]) -> Iterator[Text]:
    for outer in also:
        inside = [d.suggestion for d in session.accepted if outer in around(session.result, d.suggestion)]
        yield Text(safe(f"{outer.id} was taken in too: it tells {', '.join(c.id for c in inside)}."))
