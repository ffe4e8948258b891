"""Questions and answers of ``read --into``: choices, and the fields of a claim one by one."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeAlias, get_args

from rich.padding import Padding
from rich.text import Text

from accordant.case.checks.dates import is_date
from accordant.case.objects import Case
from accordant.case.sources import ClaimKind, Handling, Origin, OriginKind
from accordant.cli.output import safe, say
from accordant.errors import InputError, did_you_mean
from accordant.evidence.by_hand import BY_HAND, attribution_by
from accordant.evidence.into import Draft, edited, free_id

NONE = "-"
"""What is typed for nothing."""
NEW = "new"
PATIENCE = 50
"""Wrong answers to one question after which nobody is thought to be there."""
LISTED = 13
"""Names that are listed in a question; of more, ``?`` lists them."""
_NOT_ANSWERED = f"{PATIENCE} answers to one question and none that fits: nothing is written"
KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
ORIGIN_KINDS: tuple[OriginKind, ...] = get_args(OriginKind)
HANDLING: tuple[Handling, ...] = get_args(Handling)
Fresh: TypeAlias = Mapping[str, Origin]
_NONE_YET: Fresh = {}
LETTERS, NUMBERS = tuple("ABCDEF"), tuple("123456")


class InterruptedAnswerError(Exception):
    """Ctrl-C at a question."""


class Answers:
    """Reads answers line by line, from a person or from a pipe."""

    def __init__(self) -> None:
        self.wrong = 0

    @property
    def at_a_terminal(self) -> bool:
        """Whether a person types, and sees what is asked."""
        return sys.stdin.isatty() and sys.stdout.isatty()

    def line(self, question: str, filled: str | None = None) -> str:
        """One answer, trimmed.

        Parameters
        ----------
        filled
            What stands in the line already at a terminal, to be changed.

        Raises
        ------
        EOFError
            If there are no more answers.
        InterruptedAnswerError
            At Ctrl-C.
        """
        sys.stdout.flush()
        try:
            with _typed_already(filled if self.at_a_terminal else None):
                return input(safe(question) + " ").strip()
        except KeyboardInterrupt:
            raise InterruptedAnswerError from None

    def key(self, question: str, allowed: str, words: Mapping[str, str] | None = None) -> str:
        """One of some letters, or a word that stands for one, asked until it is."""
        for _ in range(PATIENCE):
            answer = self.line(f"{question}:").lower()
            answer = (words or {}).get(answer, answer)
            if len(answer) == 1 and answer in allowed:
                return answer
            say(Text(safe(f"Answer with one of {', '.join(allowed)}.")))
        raise InputError(_NOT_ANSWERED)

    def keeps(self, question: str) -> bool:
        """Whether what was decided is kept after Ctrl-C; no answer is a no."""
        try:
            return self.key(f"Stopped. {question} y/n", "yn", {"yes": "y", "no": "n"}) == "y"
        except (EOFError, InterruptedAnswerError, KeyboardInterrupt):
            return False

    def again(self) -> None:
        """Count an answer that did not fit.

        Raises
        ------
        InputError
            If there were too many of them in a row.
        """
        self.wrong += 1
        if self.wrong >= PATIENCE:
            raise InputError(_NOT_ANSWERED)

    def choice(
        self, question: str, default: str | None, allowed: Sequence[str], given: str | None = None
    ) -> str | None:
        """One of some names, Enter for the default, ``-`` for none, ``?`` for all of them.

        Few names are listed before the question.
        """

        def fits(answer: str) -> str | None:
            if answer in allowed:
                return None
            listed = ", ".join(allowed) or NONE
            if answer == "?":
                return f"One of {listed}."
            hint = did_you_mean(answer, allowed)
            some = listed if len(allowed) <= LISTED else f"{', '.join(allowed[:LISTED])} …; ? lists all"
            return f"There is no {answer!r}; " + (hint or f"choose one of {some}.")

        if given is None and allowed and len(allowed) <= LISTED:
            say(Padding(Text(safe(", ".join(allowed)), style="dim"), (0, 0, 0, 6)))
        return self.field(question, default, fits, given)

    def field(
        self,
        question: str,
        default: str | None,
        wrong: Callable[[str], str | None],
        given: str | None = None,
        *,
        long: bool = False,
    ) -> str | None:
        """A value, Enter for the default, ``-`` for none; asked until nothing is wrong with it.

        Parameters
        ----------
        given
            The answer, where it was typed already; the default stays where it does not fit.
        long
            A sentence: at a terminal it stands in the line, to be changed there.
        """
        if given is not None:
            complaint = None if given == NONE else wrong(given)
            if complaint is not None:
                say(Text(safe(complaint)))
                return default
            return None if given == NONE else given
        for _ in range(PATIENCE):
            if long and default and self.at_a_terminal:
                answer = self.line(f"{question}:", default)
            else:
                answer = self.line(f"{question} [{default or NONE}]:")
            if not answer:
                return default
            if answer == NONE:
                return None
            complaint = wrong(answer)
            if complaint is None:
                return answer
            say(Text(safe(complaint)))
        raise InputError(_NOT_ANSWERED)


@contextmanager
def _typed_already(words: str | None) -> Iterator[None]:
    """Put words into the line that is about to be typed, where the system can."""
    try:
        import readline
    except ImportError:  # not on every system
        yield
        return
    readline.set_startup_hook((lambda: readline.insert_text(safe(words))) if words else None)
    try:
        yield
    finally:
        readline.set_startup_hook(None)


def filled_in(draft: Draft) -> Iterator[tuple[str, str]]:
    """A draft's fields for reading; what is seldom used only where it says something."""
    yield "says", draft.says
    yield "kind", f"{draft.kind} · by {draft.by or NONE} · event {draft.event or NONE}"
    yield "origin", _origin_words(draft)
    yield "grade", f"source {draft.grade[0]} · item {draft.grade[1]}"
    if draft.handling != "public":
        yield "handling", draft.handling
    if draft.graded_because:
        yield "why", draft.graded_because
    if draft.note:
        yield "note", draft.note


def _origin_words(draft: Draft) -> str:
    if draft.origin is None:
        return NONE
    if draft.new_origin is None:
        return draft.origin
    about = draft.new_origin
    number = "" if about.count is None else f", {about.count} {'person' if about.count == 1 else 'people'}"
    words = about.name or about.words or ""
    more = "".join(f"; {m}" for m in (about.outlet, about.side and f"side {about.side}") if m)
    return f"{draft.origin} (new: {about.kind}{number}; {words}{more})"


Refusing: TypeAlias = Callable[[Draft], str | None]
"""Says why a draft cannot be graded so; None where it can."""


def _never(_draft: Draft) -> str | None:
    return None


def edit(
    answers: Answers, case: Case, draft: Draft, fresh: Fresh = _NONE_YET, refusing: Refusing = _never
) -> Draft:
    """Ask for every field, with what is filled in as the answer to Enter."""
    say(Text(f"    Enter keeps what is in brackets; {NONE} means none.", style="dim"))
    for name in ("says", "kind", "by", "origin", "source", "item", "event"):
        if name == "event" and draft.grade != "F6" and draft.graded_because is None:
            draft = change(answers, case, draft, "why")
        draft = change(answers, case, draft, name, fresh=fresh, refusing=refusing)
    return draft


def change(
    answers: Answers,
    case: Case,
    draft: Draft,
    name: str,
    given: str | None = None,
    *,
    fresh: Fresh = _NONE_YET,
    refusing: Refusing = _never,
) -> Draft:
    """A draft with one field asked for, or changed to what was typed with its name.

    Parameters
    ----------
    given
        What was typed after the name of the field; None to ask.
    fresh
        Origins of claims that were accepted but are not in the case yet.
    refusing
        Grades that the claim cannot have, with the reason.
    """
    match name:
        case "says":
            found = answers.field("says, in your words", draft.says, _anything, given, long=True)
            return edited(draft, says=found or draft.says)
        case "kind":
            kind = answers.choice("kind", draft.kind, KINDS, given)
            return edited(draft, kind=kind or draft.kind)
        case "by":
            parties = tuple(case.parties)
            return edited(draft, by=answers.choice("by", draft.by, parties, given))
        case "origin":
            origin, new = _edit_origin(answers, case, draft, given, fresh)
            return _from(draft, case, origin, new)
        case "event":
            asked = "event, YYYY-MM-DD or YYYY-MM or FIRST/LAST"
            return edited(draft, event=answers.field(asked, draft.event, _when, given))
        case "handling":
            found = answers.choice("handling", draft.handling, HANDLING, given)
            return edited(draft, handling=found or "public")
        case "why":
            asked = "why it is graded so"
            return edited(
                draft, graded_because=answers.field(asked, draft.graded_because, _anything, given, long=True)
            )
        case "note":
            return edited(draft, note=answers.field("note", draft.note, _anything, given, long=True))
    return _graded(answers, draft, name, given, refusing)


def _graded(answers: Answers, draft: Draft, name: str, given: str | None, refusing: Refusing) -> Draft:
    """The two grades, each by itself: how reliable the source is, how credible what it says."""
    if name == "grade":
        if given and re.fullmatch(r"[A-Fa-f][1-6]", given):
            graded = edited(draft, grade=given.upper())
            if (why := refusing(graded)) is not None:
                say(Text(safe(f"{why[0].upper()}{why[1:]}.")))
                return draft
            return graded
        if given:
            say(Text("A grade is a letter A to F and a number 1 to 6, such as F6."))
            return draft
        draft = _graded(answers, draft, "source", None, refusing)
        return _graded(answers, draft, "item", None, refusing)
    letter, number = draft.grade[0], draft.grade[1]
    if name == "source":
        asked = "source, how reliable, A-F; F: cannot be judged"
        found = answers.field(asked, letter, _one_of(LETTERS, "a letter A to F"), given and given.upper())
        return edited(draft, grade=(found or letter).upper() + number)
    asked = "item, how credible, 1-6; 6: cannot be judged"
    one_of = _one_of(NUMBERS, "a number 1 to 6")

    def wrong(answer: str) -> str | None:
        why = one_of(answer) or refusing(edited(draft, grade=letter + answer))
        return None if why is None else f"{why[0].upper()}{why[1:].rstrip('.')}."

    found = answers.field(asked, number, wrong, given)
    return edited(draft, grade=letter + (found or number))


def _one_of(allowed: Sequence[str], what: str) -> Callable[[str], str | None]:
    return lambda answer: None if answer.upper() in allowed else f"A grade is {what}, each by itself."


def _from(draft: Draft, case: Case, origin: str | None, new: Origin | None) -> Draft:
    """A draft that goes back to an origin; words marked by hand are attributed as the origin is."""
    draft = edited(draft, origin=origin, new_origin=new)
    if draft.suggestion.rule != BY_HAND:
        return draft
    about = new if new is not None else case.origins.get(origin or "")
    return replace(draft, attribution=attribution_by(about))


def _edit_origin(
    answers: Answers, case: Case, draft: Draft, given: str | None, fresh: Fresh
) -> tuple[str | None, Origin | None]:
    there = {**case.origins, **fresh}
    known = tuple(there)
    if given is None and len(known) < LISTED:
        for id_, origin in there.items():
            say(Text(safe(f"      {id_}: {origin.kind}, {origin.name or origin.words or ''}"), style="dim"))
    offered = tuple(dict.fromkeys((*known, *([draft.origin] if draft.origin else []), NEW)))
    chosen = answers.choice("origin", draft.origin, offered, given)
    if chosen is None:
        return None, None
    if chosen == draft.origin and draft.new_origin is not None and chosen not in fresh:
        if given is not None:
            return chosen, draft.new_origin
        return chosen, _origin_fields(answers, case, draft.new_origin)
    if chosen != NEW:
        return chosen, fresh.get(chosen)
    source = draft.suggestion.source
    start = draft.new_origin or Origin(kind=source.kind, words=source.text or None, name=source.name)
    made = _origin_fields(answers, case, start)
    return free_id(made.name or made.words or made.kind, known), made


def _origin_fields(answers: Answers, case: Case, origin: Origin) -> Origin:
    kind = answers.choice("  its kind", origin.kind, ORIGIN_KINDS)
    words = answers.field("  how the report describes it", origin.words, _anything)
    name = answers.field("  its name", origin.name, _anything)
    count = answers.field("  how many people", None if origin.count is None else str(origin.count), _number)
    outlet = answers.field("  the outlet that first had it", origin.outlet, _anything)
    sides = (*case.parties, "none")
    side = answers.choice("  its side", origin.side, sides)
    return Origin.model_validate(
        {
            "kind": kind or origin.kind,
            "words": words,
            "name": name,
            "count": None if count is None else int(count),
            "outlet": outlet,
            "side": side,
        }
    )


def _anything(_answer: str) -> str | None:
    return None


def _number(answer: str) -> str | None:
    return (
        None
        if answer.isdecimal() and 0 < int(answer) < 10_000
        else "A whole number from 1, or - if it is not said."
    )


def _when(answer: str) -> str | None:
    first, _, last = answer.partition("/")
    fits = is_date(first) and ("/" not in answer or is_date(last))
    return None if fits else "A date such as 2024, 2024-01, 2024-01-30 or 2024-01-01/2024-01-14."
