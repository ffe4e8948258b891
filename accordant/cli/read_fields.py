"""Questions and answers of ``read --into``: keys, choices, and the fields of a claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import get_args

from rich.text import Text

from accordant.case.checks.dates import is_date
from accordant.case.objects import Case
from accordant.case.sources import ClaimKind, Origin, OriginKind
from accordant.cli.output import safe, say
from accordant.errors import InputError, did_you_mean
from accordant.evidence.into import Draft, edited, free_id

NONE = "-"
"""What is typed for nothing."""
NEW = "new"
PATIENCE = 50
"""Wrong answers to one question after which nobody is thought to be there."""
_NOT_ANSWERED = f"{PATIENCE} answers to one question and none that fits: nothing is written"
KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
ORIGIN_KINDS: tuple[OriginKind, ...] = get_args(OriginKind)


class InterruptedAnswerError(Exception):
    """Ctrl-C at a question."""


class Answers:
    """Reads answers line by line, from a person or from a pipe."""

    def line(self, question: str) -> str:
        """One answer, trimmed.

        Raises
        ------
        EOFError
            If there are no more answers.
        InterruptedAnswerError
            At Ctrl-C.
        """
        try:
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

    def choice(self, question: str, default: str | None, allowed: Sequence[str]) -> str | None:
        """One of some names, Enter for the default, ``-`` for none."""

        def fits(answer: str) -> str | None:
            if answer in allowed:
                return None
            hint = did_you_mean(answer, allowed)
            return f"There is no {answer!r}; " + (hint or f"choose one of {', '.join(allowed) or NONE}") + "."

        return self.field(question, default, fits)

    def field(self, question: str, default: str | None, wrong: Callable[[str], str | None]) -> str | None:
        """A value, Enter for the default, ``-`` for none; asked until nothing is wrong with it."""
        for _ in range(PATIENCE):
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


def filled_in(draft: Draft) -> Iterator[tuple[str, str]]:
    """A draft's fields for reading."""
    yield "says", draft.says
    yield "kind", draft.kind
    yield "by", draft.by or NONE
    yield "origin", _origin_words(draft)
    yield "grade", draft.grade
    yield "event", draft.event or NONE


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


def edit(answers: Answers, case: Case, draft: Draft) -> Draft:
    """Ask for every field, with what is filled in as the answer to Enter."""
    say(Text(f"    Enter keeps what is in brackets; {NONE} means none.", style="dim"))
    says = answers.field("says, in your words", draft.says, _anything) or draft.says
    kind = answers.choice(f"kind ({', '.join(KINDS)})", draft.kind, KINDS) or draft.kind
    parties = tuple(case.parties)
    by = answers.choice(f"by ({', '.join(parties)})", draft.by, parties)
    origin, new = _edit_origin(answers, case, draft)
    grade = answers.field("grade, source A-F and item 1-6", draft.grade, _grade) or draft.grade
    event = answers.field("event, YYYY-MM-DD or YYYY-MM or FIRST/LAST", draft.event, _when)
    return edited(draft, says=says, kind=kind, by=by, origin=origin, new_origin=new, grade=grade, event=event)


def _edit_origin(answers: Answers, case: Case, draft: Draft) -> tuple[str | None, Origin | None]:
    known = tuple(case.origins)
    for id_, origin in case.origins.items():
        say(Text(safe(f"      {id_}: {origin.kind}, {origin.name or origin.words or ''}"), style="dim"))
    offered = tuple(dict.fromkeys((*known, *([draft.origin] if draft.origin else []), NEW)))
    chosen = answers.choice(f"origin ({', '.join(offered)})", draft.origin, offered)
    if chosen is None:
        return None, None
    if chosen == draft.origin and draft.new_origin is not None:
        return chosen, _origin_fields(answers, case, draft.new_origin)
    if chosen != NEW:
        return chosen, None
    source = draft.suggestion.source
    start = draft.new_origin or Origin(kind=source.kind, words=source.text or None, name=source.name)
    made = _origin_fields(answers, case, start)
    return free_id(made.name or made.words or made.kind, known), made


def _origin_fields(answers: Answers, case: Case, origin: Origin) -> Origin:
    kind = answers.choice(f"  its kind ({', '.join(ORIGIN_KINDS)})", origin.kind, ORIGIN_KINDS)
    words = answers.field("  how the report describes it", origin.words, _anything)
    name = answers.field("  its name", origin.name, _anything)
    count = answers.field("  how many people", None if origin.count is None else str(origin.count), _number)
    outlet = answers.field("  the outlet that first had it", origin.outlet, _anything)
    sides = (*case.parties, "none")
    side = answers.choice(f"  its side ({', '.join(sides)})", origin.side, sides)
    return Origin(
        kind=kind or origin.kind,
        words=words,
        name=name,
        count=None if count is None else int(count),
        outlet=outlet,
        side=side,
    )


def _anything(_answer: str) -> str | None:
    return None


def _grade(answer: str) -> str | None:
    return (
        None
        if re.fullmatch(r"[A-F][1-6]", answer)
        else "A grade is a letter A to F and a number 1 to 6, such as F6."
    )


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
