"""``read --into``: a person decides on each suggestion; what was decided is written at the end, whole."""

from __future__ import annotations

import os
import shlex
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from accordant.cli.output import complain, safe, say
from accordant.cli.read_fields import Answers, InterruptedAnswerError
from accordant.cli.read_page import head
from accordant.cli.reviewing.desk import Desk, QuitError
from accordant.errors import FailedError, InputError
from accordant.evidence.adding import Added, add
from accordant.evidence.decisions import Decisions, read_decisions, text_sha256
from accordant.evidence.into import around, with_tellings
from accordant.evidence.result import ReadResult, Suggestion
from accordant.evidence.reviewed import decisions
from accordant.evidence.reviewing import GIVEN, Review, report_with

if TYPE_CHECKING:
    from accordant.case.folder import CaseFolder

_TOO_SOON = (
    "the answers ended before the questions did: nothing is written; "
    "answer every question, or end with q to keep what was decided"
)


class HangUpError(Exception):
    """The terminal was closed, or the program was told to end."""


class Interview:
    """Goes through reports and writes what is decided into one case.

    Parameters
    ----------
    by
        Who decides.
    again
        Whether what was skipped before is asked again.
    alone
        Whether there is only one report, so that answers from a pipe can be meant for no other.
    """

    def __init__(self, case: Path, by: str | None = None, *, again: bool = False, alone: bool = True) -> None:
        from accordant.case.folder import read_folder
        from accordant.evidence.text import report_text

        self.folder: CaseFolder = read_folder(case, report_text=report_text)
        self.decisions: Decisions = read_decisions(self.folder)
        self.answers = Answers()
        self.by, self.again, self.alone = by, again, alone
        self.name = ""
        if not os.access(self.folder.path, os.W_OK):
            raise FailedError(f"{self.folder.path}: the folder cannot be written to")

    def report(self, raw: bytes, result: ReadResult, name: str | None = None) -> bool:
        """Go through one report; False when the person wants to stop altogether.

        Parameters
        ----------
        name
            The report as it is typed, to say how to go on with it.

        Raises
        ------
        InputError
            If the answers end before the questions do: nothing is written then.
        """
        text = self.decisions.text(text_sha256(result.text))
        report = report_with(self.folder.case, result, text)
        review = Review(self.folder.case, result, text, report=report, again=self.again)
        say(*head(result), *_before(review))
        self.name = name or result.report.file
        try:
            with _kept_when_closed():
                self._desk(review).go_through()
        except QuitError:
            self._write(review, raw)
            return False
        except HangUpError:
            self._write(review, raw, silent=True)
            raise KeyboardInterrupt from None
        except (InterruptedAnswerError, KeyboardInterrupt):
            return self._stopped(review, raw)
        except EOFError:
            if self.answers.at_a_terminal:
                return self._stopped(review, raw)
            raise InputError(_TOO_SOON) from None
        self._write(review, raw)
        return True

    def _desk(self, review: Review) -> Desk:
        """A last question is asked, but where the next answer in a pipe is for another report."""
        return Desk(self.answers, review, closing=self.answers.at_a_terminal or self.alone)

    def _stopped(self, review: Review, raw: bytes) -> bool:
        """After Ctrl-C: keep what was decided, or not."""
        n, accepted = len(review.answers), review.counted("accepted")
        if not n:
            complain("stopped; nothing is written", prefix="")
            raise KeyboardInterrupt
        if not self.answers.keeps(f"Keep the {n} decided so far ({accepted} accepted)?"):
            complain("nothing is written", prefix="")
            raise KeyboardInterrupt
        self._write(review, raw)
        return False

    def _write(self, review: Review, raw: bytes, *, silent: bool = False) -> None:
        """Write the claims and the decisions, all of them or nothing."""
        result, accepted = review.result, review.accepted
        whole = with_tellings(self.folder.case, result, accepted, review.rejected, review.report)
        counts = _counts(review)
        today = date.today().isoformat()
        added = None
        if whole:
            case = self.folder.case
            added = add(case, result, raw, whole, today, by=self.by, report=review.report)
        made = decisions(review, added, today, self.by)
        name = result.report.file
        kept = self.decisions.with_text(text_sha256(result.text), made, name) if made else self.decisions
        if added is None and not kept.beside():
            if not silent:
                say("", Text(f"{counts} Nothing is written."), *self._to_go_on(review))
            return
        self._save(added, kept)
        if not silent:
            say("", Text(counts), *_taken_in(review, added), *_written(added, self.folder.path))
            say(*_next(result, added, self.folder.path), *self._to_go_on(review))

    def _to_go_on(self, review: Review) -> Iterator[Text]:
        """What is typed to go on with what is left."""
        if review.open:
            typed = f"accordant read {shlex.quote(self.name)} --into {shlex.quote(str(self.folder.path))}"
            yield Text(safe(f"To go on: {typed}"), style="dim")

    def _save(self, added: Added | None, kept: Decisions) -> None:
        case = self.folder.case if added is None else added.case
        files = {} if added is None else added.files
        try:
            self.folder = self.folder.save(case, reports=files, beside=kept.beside())
        except FailedError:
            if added is not None:
                _hand_back(added)
            raise
        self.decisions = kept.saved()


@contextmanager
def _kept_when_closed() -> Iterator[None]:
    """Raise when the terminal is closed or the program is told to end, so that nothing is lost."""

    def closed(_number: int, _frame: Any) -> None:
        raise HangUpError

    names = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
    try:
        before = {name: signal.signal(name, closed) for name in names}
    except ValueError:  # not in the main thread, where signals do not arrive
        yield
        return
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _hand_back(added: Added) -> None:
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


def _before(review: Review) -> Iterator[Text]:
    """What was decided on an earlier reading of the same text."""
    if not review.items:
        yield Text("No rule suggests anything here; h marks words by hand.")
    if not review.earlier:
        return
    found = [before.decision for before in review.earlier.values()]
    rejected, skipped = found.count("rejected"), found.count("skipped")
    taken = len(found) - rejected - skipped
    parts = [f"{taken} in the case"] if taken else []
    parts += [f"{rejected} rejected"] if rejected else []
    parts += [f"{skipped} skipped (--again asks for them)"] if skipped else []
    yield Text(f"Decided on before: {', '.join(parts)}; {review.open} to go.")


def _counts(review: Review) -> str:
    counts = ", ".join(f"{review.counted(kind)} {kind}" for kind in GIVEN)
    left = f" {review.open} left for the next time." if review.open else ""
    return f"{counts}.{left}"


def _taken_in(review: Review, added: Added | None) -> Iterator[Text]:
    """Suggestions that entered because they tell of one that was accepted."""
    chosen = {name for draft in review.accepted for name in draft.stands_for}
    for outer in review.result.claims:
        if added is None or outer.id not in added.of or outer.id in chosen:
            continue
        inside = [d.suggestion for d in review.accepted if _tells(review.result, outer, d.suggestion)]
        if inside:
            yield Text(safe(f"{outer.id} was taken in too: it tells {', '.join(c.id for c in inside)}."))


def _tells(result: ReadResult, outer: Suggestion, claim: Suggestion) -> bool:
    return any(outer.id == one.id for one in around(result, claim))


def _written(added: Added | None, path: Path) -> Iterator[Text]:
    if added is None:
        yield Text(safe(f"The decisions are kept in {path / 'review.yaml'}; no claim was added."))
        return
    report = f"report {added.report} ({', '.join(added.files) or 'already there'})"
    origins = f"origins {', '.join(added.origins)}" if added.origins else "no new origin"
    claims = ", ".join(added.claims) or "none"
    yield Text(safe(f"Written to {path}: {report}; {origins}; claims {claims}."))


def _next(result: ReadResult, added: Added | None, path: Path) -> Iterator[Text]:
    if added is None:
        return
    yield Text(safe(f"Next: accordant check {path}"), style="dim")
    credits = ", ".join(dict.fromkeys(c.outlet for c in result.report.credits))
    if credits and added.new_report:
        hint = f"It credits {credits}: if the case has that story, name it as original of {added.report}"
        yield Text(safe(f"{hint}."), style="dim")
