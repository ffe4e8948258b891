"""``link``: a person decides how reports, origins and claims of a case hang together."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.options import CaseArgument, Csv, Json, Output, Restricted, flag
from accordant.cli.output import complain, emit, indented, method_line, safe, say, title, working
from accordant.cli.rows import row
from accordant.cli.tables import Page
from accordant.errors import FailedError, InputError

if TYPE_CHECKING:
    from accordant.cli.read_fields import Answers
    from accordant.evidence.decisions import LinkDecided
    from accordant.evidence.together.applying import Linked
    from accordant.evidence.together.linking import LinkSide, LinksResult, SuggestedLink
    from accordant.opened import OpenCase

KEYS = {"a": "accept", "o": "other", "r": "reject", "s": "skip", "u": "undo", "q": "quit", "?": "help"}
"""Every key with its word."""
WORDS = {word: key for key, word in KEYS.items()} | {
    "yes": "a",
    "y": "a",
    "no": "r",
    "n": "r",
    "back": "u",
    "exit": "q",
    "stop": "q",
    "turn": "o",
}
LINE = "[a]ccept [o]ther way round [r]eject [s]kip [u]ndo [q]uit [?]"
HELP = (
    ("a", "accept: the link is made"),
    ("o", "the other way round: the second report goes back to, or corrects, the first"),
    ("r", "reject; a reason may follow (r two officials of that ministry)"),
    ("s", "skip: not now; --again asks for it another time"),
    ("u", "undo the last step, and the ones before it"),
    ("q", "quit, and keep what was decided; the rest comes next time"),
    ("Ctrl-C", "stop; you are asked whether to keep what was decided"),
)
_DECIDED: dict[str, LinkDecided] = {"a": "accepted", "o": "accepted", "r": "rejected", "s": "skipped"}


def link(
    case: CaseArgument,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who decides, kept with the decision.")
    ] = None,
    again: Annotated[bool, flag("--again", help="Ask again for what was skipped.")] = False,
    restricted: Restricted = None,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Ask which reports, origins and claims belong together."""
    from accordant.cli.leaving import released

    leaves = as_json or as_csv or output is not None
    with working("Comparing") as progress:
        opened = open_for(case, [output] if output else [])
        shown = released(opened.case, restricted, leaves=leaves)
        result = opened.links(again=again, restricted=shown, progress=progress)
    if leaves:
        emit(result, _page(result), as_json=as_json, as_csv=as_csv, output=output)
    else:
        _Asking(opened, result, by).go()


def _page(result: LinksResult) -> Iterator[RenderableType]:
    yield title(result.table().title)
    yield Page(result.table(), title="")
    yield method_line(result.together.method)


class _QuitError(Exception):
    """The person wants to stop; what was decided is kept."""


class _Asking:
    """Goes through the links that are open, and writes what was decided at the end, whole."""

    def __init__(self, opened: OpenCase, result: LinksResult, by: str | None) -> None:
        from accordant.cli.read_fields import Answers
        from accordant.evidence.decisions import read_decisions
        from accordant.evidence.together.applying import Linked

        self.folder, self.result, self.by = opened.folder, result, by
        self.answers: Answers = Answers()
        self.now: Linked = Linked(self.folder.case, read_decisions(self.folder))
        self.at: list[int] = []  # the numbers of the links decided on, for undoing
        self.today = date.today().isoformat()

    def go(self) -> None:
        from accordant.cli.read_fields import InterruptedAnswerError

        links = self.result.links
        if not links:
            kept = len(self.result.decided)
            say(Text("No link is open." + (f" {kept} decided before." if kept else "")))
            return
        if not os.access(self.folder.path, os.W_OK):
            raise FailedError(f"{self.folder.path}: the folder cannot be written to")
        say(Text(f"{len(links)} link{'' if len(links) == 1 else 's'} to decide on."), Text(LINE, style="dim"))
        try:
            self._through()
        except _QuitError:
            pass
        except (InterruptedAnswerError, KeyboardInterrupt):
            self._stopped()
        except EOFError:
            raise InputError(
                "the answers ended before the questions did: nothing is written; "
                "answer every question, or end with q to keep what was decided"
            ) from None
        self._write()

    def _through(self) -> None:
        number = 0
        while number < len(self.result.links):
            link = self.result.links[number]
            if not self.now.still_open(link):
                number += 1
                continue
            say("", *block(link, number + 1, len(self.result.links)))
            number = self._one(link, number)

    def _one(self, link: SuggestedLink, number: int) -> int:
        """Ask about one link; the number of the next one."""
        while True:
            key, why = self._key(number)
            if key == "q":
                raise _QuitError
            if key == "?":
                for name, words in HELP:
                    say(row(name, words, 2))
            elif key == "u" and not self.at:
                say(Text("There is nothing to undo."))
            elif key == "u":
                assert self.now.before is not None
                self.now = self.now.before
                return self.at.pop()
            elif key == "o" and link.kind not in ("original", "corrects"):
                say(Text("This link has no direction; a accepts it."))
            else:
                chosen = link.turned() if key == "o" else link
                self.now = self.now.decide(chosen, _DECIDED[key], self.today, self.by, why or None)
                self.at.append(number)
                return number + 1

    def _key(self, number: int) -> tuple[str, str]:
        """A key, and the reason after it."""
        while True:
            line = self.answers.line(f"{number + 1}/{len(self.result.links)}>")
            word, _, rest = line.partition(" ")
            key = WORDS.get(word.casefold(), word.casefold())
            if key in KEYS:
                self.answers.wrong = 0
                return key, rest.strip()
            say(Text(f"Answer with one of {', '.join(KEYS)}."))
            self.answers.again()

    def _stopped(self) -> None:
        """After Ctrl-C: keep what was decided, or not."""
        if not self.at or not self.answers.keeps(f"Keep the {len(self.at)} decided so far?"):
            complain("stopped; nothing is written", prefix="")
            raise KeyboardInterrupt

    def _write(self) -> None:
        counts = ", ".join(f"{n} {what}" for what, n in sorted(self.now.counts))
        if not self.at:
            say("", Text("Nothing was decided; nothing is written."))
            return
        self.folder.save(self.now.case, beside=self.now.decisions.beside())
        say("", Text(safe(f"{counts}. Written to {self.folder.path}.")))


def block(link: SuggestedLink, number: int, of: int) -> Iterator[RenderableType]:
    """One link: what is asked, why, and both sides with their words."""
    yield Text(safe(f"{number} of {of}  {link.question()}"), style="bold")
    yield row("why", link.because, 2)
    for k, side in enumerate(link.sides):
        yield from _side(side, None if link.differs is None else link.differs[k])
    if link.passages:
        yield indented("The same words in both:", 2)
        for one, other, words in link.passages[:3]:
            shown = words if len(words) <= 160 else words[:157] + "…"
            yield row("", f"“{shown}” [{one.start}–{one.end}] and [{other.start}–{other.end}]", 2)


def _side(side: LinkSide, differs: str | None) -> Iterator[RenderableType]:
    place = "" if side.at is None else f" [{side.report} {side.at.start}–{side.at.end}]"
    yield row(side.id, side.title + place, 2)
    if side.quote:
        yield row("", f"“{' '.join(side.quote.split())}”", 2)
    if differs:
        yield row("differs", differs, 2)
