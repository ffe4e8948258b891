"""Going through one report with a person: a suggestion is shown, a key is typed, the next one comes."""

from __future__ import annotations

import re
import shutil

from rich.text import Text

from accordant.case.sources import Origin
from accordant.case.unnamed import unnamed_warning
from accordant.cli.output import PAGE, safe, say
from accordant.cli.read_fields import Answers, change, edit
from accordant.cli.reviewing import page
from accordant.cli.reviewing.commands import AT_THE_END, FIELDS, Command, parsed
from accordant.evidence.by_hand import find_words
from accordant.evidence.into import Draft, claim_of
from accordant.evidence.refusing import refused_item
from accordant.evidence.result import Flag
from accordant.evidence.reviewing import Answer, Given, Review
from accordant.evidence.spans import Span

_BREAKS = re.compile(r"[,;:–—]\s+|\s+(?=(?:and|but|or|while|whereas|although)\s)", re.I)
_MOST_BREAKS = 20
_GIVEN: dict[str, Given] = {"r": "rejected", "s": "skipped"}


class QuitError(Exception):
    """The person wants to stop; what was decided is kept."""


class Desk:
    """One report on the desk.

    Parameters
    ----------
    closing
        Whether a last question is asked after the last suggestion, so that the last step can be
        undone and words can be marked by hand.
    """

    def __init__(self, answers: Answers, review: Review, *, closing: bool) -> None:
        self.answers, self.review, self.closing = answers, review, closing
        self.told: set[Flag] = set()
        self.warned: list[str] = []

    @property
    def width(self) -> int:
        """Columns of the page."""
        return shutil.get_terminal_size((PAGE, 24)).columns if self.answers.at_a_terminal else PAGE

    def go_through(self) -> None:
        """Ask until nothing is open.

        Raises
        ------
        QuitError
            If the person stops before.
        EOFError, InterruptedAnswerError
            If there are no more answers, or at Ctrl-C.
        """
        k = self.review.next_open()
        while True:
            while k is not None:
                k = self._item(k)
            if not self.closing:
                return
            k = self._at_the_end()
            if k is None and self.review.open == 0:
                return

    def _item(self, k: int) -> int | None:
        """Ask about one item; the number of the one to go on with."""
        draft = self.review.draft(self.review.items[k])
        self._show(k, draft)
        while True:
            command = self._command(f"{k + 1}/{len(self.review.items)}>")
            item = self.review.items[k]
            match command:
                case Command("a"):
                    return self._decide(k, Answer("accepted", draft))
                case Command("r" | "s" as key, why):
                    return self._decide(k, Answer(_GIVEN[key], None, why or None))
                case Command("e", ""):
                    changed = edit(self.answers, self.review.case, draft, self._fresh(), self._refused)
                    self._warn(changed)
                    return self._decide(k, Answer("accepted", changed))
                case Command("e", field):
                    draft = self._change(k, draft, parsed(field))
                case Command("?"):
                    say(page.help_page())
                case Command("c"):
                    say(page.context(self.review, draft.at(self.review.result.text)))
                case Command("d"):
                    say(*page.details(self.review, item.suggestion))
                case Command(key) if len(key) > 1 and not key.isdecimal():
                    draft = self._change(k, draft, command)
                case _:
                    moved = self._move(k, command)
                    if moved is not None:
                        return moved

    def _move(self, k: int, command: Command) -> int | None:
        """Keys that lead to another item; None where they lead nowhere."""
        review = self.review
        match command:
            case Command("q"):
                self._quit()
            case Command("u"):
                return self._undo()
            case Command("l"):
                say(*page.listing(review, self.width))
            case Command("p", rest):
                return self._split(k, rest)
            case Command("m"):
                why = review.merge(k)
                if why is None:
                    return k - 1
                say(Text(safe(f"It cannot be merged: {why}.")))
            case Command("h", words):
                return self._mark(k, words)
            case Command(number) if number.isdecimal():
                return self._go_to(number)
        return None

    def _quit(self) -> None:
        """End, once what would be lost by it has been said to whoever sits there.

        Raises
        ------
        QuitError
            If nothing would be lost, or it was said before.
        """
        lost = [item.id for item in self.review.unkept]
        if not lost or self.warned == lost:
            raise QuitError
        self.warned = lost
        names = ", ".join(lost)
        say(Text(safe(f"What you changed in {names} is kept only with a (accept), and would be lost.")))
        if not self.answers.at_a_terminal:
            raise QuitError
        say(Text("q again ends all the same; a number goes there."))

    def _decide(self, k: int, answer: Answer) -> int | None:
        self.review.decide(k, answer)
        return self.review.next_open(k)

    def _undo(self) -> int | None:
        at = self.review.undo()
        if at is None:
            say(Text("There is nothing to undo."))
            return None
        return at if at < len(self.review.items) else self.review.next_open()

    def _go_to(self, number: str) -> int | None:
        at = int(number[:9]) - 1
        if not 0 <= at < len(self.review.items):
            say(Text(f"There are {len(self.review.items)}: type a number from 1, or l to list them."))
            return None
        why = self.review.reopen(at)
        if why is not None:
            say(Text(safe(f"{why}; change it in claims.yaml.")))
            return None
        return at

    def _at_the_end(self) -> int | None:
        """After the last suggestion: go back, mark by hand, or end."""
        review = self.review
        done = page.progress(review) or "nothing was decided now"
        say("", Text(f"No suggestion is open: {done}."), Text(AT_THE_END, style="dim"))
        while True:
            try:
                line = self.answers.line("end>")
            except EOFError:
                return None
            command = parsed(line) if line else Command("q")
            if isinstance(command, str):
                self._wrong(command)
            elif command.key == "q":
                return None
            elif command.key in ("u", "h", "l") or command.key.isdecimal():
                moved = self._move(len(review.items), command)
                if moved is not None:
                    return moved
            else:
                self._wrong(f"Nothing is open here. {AT_THE_END}")

    def _command(self, question: str) -> Command:
        while True:
            found = parsed(self.answers.line(question))
            if isinstance(found, Command):
                self.answers.wrong = 0
                return found
            self._wrong(found)

    def _wrong(self, message: str) -> None:
        say(Text(safe(message)))
        self.answers.again()

    def _show(self, k: int, draft: Draft) -> None:
        say(*page.item_page(self.review, k, draft, self.told))
        say(*page.telling(self.review, draft.suggestion), page.keys(self.width))

    def _fresh(self) -> dict[str, Origin]:
        """Origins of what was accepted, which are not in the case yet."""
        return {d.origin: d.new_origin for d in self.review.accepted if d.origin and d.new_origin}

    def _change(self, k: int, draft: Draft, command: Command | str) -> Draft:
        """The draft with one field changed."""
        if isinstance(command, str) or command.key not in (*FIELDS, "grade"):
            self._wrong(command if isinstance(command, str) else f"Fields are {', '.join(FIELDS)}.")
            return draft
        case, fresh = self.review.case, self._fresh()
        rest = command.rest or None
        changed = change(self.answers, case, draft, command.key, rest, fresh=fresh, refusing=self._refused)
        if changed != draft:
            self.review.change(k, changed)
            say(*page.altered(draft, changed))
        self._warn(changed)
        return changed

    def _refused(self, draft: Draft) -> str | None:
        """Why the claim cannot be graded so."""
        return refused_item(self.review.case, self.review.result, draft)

    def _warn(self, draft: Draft) -> None:
        """Say where a name was typed for somebody whom the report leaves unnamed."""
        review = self.review
        origin = draft.new_origin or review.case.origins.get(draft.origin or "")
        claim = claim_of(draft, review.result, review.report or "r")
        for warning in unnamed_warning(review.case, origin, claim, review.result.text):
            say(Text(safe(f"    look out: {warning}"), style="yellow"))

    def _split(self, k: int, typed: str) -> int | None:
        """Cut an item in two or more, at places that are chosen by number or by words."""
        text = self.review.result.text
        at = self.review.items[k].suggestion.at
        places = [m.end() + at.start for m in _BREAKS.finditer(at.of(text))][:_MOST_BREAKS]
        places = [place for place in places if at.start < place < at.end]
        if not typed:
            if places:
                say(Text("    Where does another claim begin? Type numbers, or its first words:"))
                say(*page.numbered(_cut(text, at, place) for place in places))
            else:
                say(Text("    Where does another claim begin? Type its first words:"))
            typed = self.answers.line("split at:")
        cuts = self._cuts(typed, at, places)
        if cuts and self.review.split(k, cuts) > 1:
            return k
        say(Text("It stays whole."))
        return None

    def _cuts(self, typed: str, at: Span, places: list[int]) -> list[int]:
        numbers = typed.replace(",", " ").split()
        if numbers and all(n.isdecimal() for n in numbers):
            return [places[int(n) - 1] for n in numbers if 0 < int(n[:6]) <= len(places)]
        if not typed or typed == "-":
            return []
        found = find_words(at.of(self.review.result.text), typed)
        inside = [Span(at.start + s.start, at.start + s.end) for s in found.places]
        chosen = self._choose(inside, found.exact) if inside else None
        if chosen is None and not inside:
            say(Text("Those words do not stand in it."))
        return [] if chosen is None else [chosen.start]

    def _mark(self, k: int, words: str) -> int | None:
        """Mark words by hand; the number of the new item."""
        if not words:
            say(Text("    The words, typed or pasted, or first … last; an empty line ends them."))
            words = self._passage()
        found = find_words(self.review.result.text, words)
        if not words or not found.places:
            say(Text("Nothing like that stands in the report." if words else "Nothing is marked."))
            return None
        span = self._choose(list(found.places), found.exact)
        if span is None:
            say(Text("Nothing is marked."))
            return None
        there = self.review.taken(span)
        if there is not None:
            say(Text(safe(f"That is in the case already ({there}).")))
            return None
        return self.review.mark(span, min(k, len(self.review.items)))

    def _passage(self) -> str:
        lines: list[str] = []
        while line := self.answers.line("words:" if not lines else "      "):
            lines.append(line)
        return "\n".join(lines)

    def _choose(self, places: list[Span], exact: bool) -> Span | None:
        """One of several places; a near match is taken only when a person says so."""
        if exact and len(places) == 1:
            return places[0]
        text = self.review.result.text
        said = "It stands there more than once:" if exact else "Not there to the letter; near it:"
        say(Text(f"    {said}"), *page.numbered(_within(text, place) for place in places))
        for _ in range(3):
            answer = self.answers.line(f"which, 1-{len(places)}, or - for none:")
            if answer.isdecimal() and 0 < int(answer[:6]) <= len(places):
                return places[int(answer) - 1]
            if answer in ("", "-", "q"):
                return None
        return None


def _cut(text: str, at: Span, place: int) -> str:
    before, after = text[max(at.start, place - 30) : place], text[place : min(at.end, place + 40)]
    return " ".join(f"… {before}│ {after} …".split())


def _within(text: str, span: Span) -> str:
    start, end = max(0, span.start - 30), min(len(text), span.end + 30)
    words = span.of(text) if len(span.of(text)) < 200 else f"{span.of(text)[:90]} […] {span.of(text)[-90:]}"
    return " ".join(f"{text[start : span.start]}[{words}]{text[span.end : end]}".split())
