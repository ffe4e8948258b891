"""How short papers put things: outcomes by what they are, never by the names that the program gives them.

The whole brief names states (``s27``) and leads from there to a table. A paper of a page or two has no such
table, so that it says each time what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.document import Ref, Rich, Text, joined, plain, rich
from accordant.brief.standing import about, certain
from accordant.case.dates import when

if TYPE_CHECKING:
    from accordant.brief.context import Context

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def dated(text: str | None) -> str:
    """A date of a case as it is read in running text.

    Examples
    --------
    >>> dated("2024-01-30"), dated("2024-01"), dated("2023-11/2024-01-05"), dated(None)
    ('30 January 2024', 'January 2024', 'November 2023 to 5 January 2024', '')
    """
    found = when(text)
    return "" if found is None else _DAY.sub(_spelt, found.words)


def _spelt(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    if month is None or not 1 <= int(month) <= 12:
        return found[0]
    return " ".join(filter(None, (str(int(day)) if day else "", _MONTHS[int(month) - 1], year)))


def proposal(context: Context, name: str) -> Rich:
    """A proposal by its name, in quotation marks, linked to where it is told.

    The name is the one that the case gives, its hyphens read as blanks.
    """
    return rich("“", Ref(context.ids("proposal", name), (words.said(context.case, _read(name)),)), "”")


def named(context: Context, name: str) -> Rich:
    """A proposal by its name, not linked: for a heading."""
    return rich("“", words.said(context.case, _read(name)), "”")


def _read(name: str) -> str:
    return re.sub(r"(?<=\w)[-_](?=\w)", " ", name)


def introduced(context: Context, name: str) -> Rich:
    """A proposal by its name, with who made it and when: ``“office paper” (Mediation Office, May 2025)``."""
    found = context.case.proposals[name]
    facts = [context.parties(found.by)] if found.by else []
    if dated(found.date):
        facts.append(rich(dated(found.date)))
    return rich(proposal(context, name), *([" (", joined(facts), ")"] if facts else ()))


def outcome(context: Context, state: str) -> Rich:
    """A state by what it is: the status quo, no deal, where a proposal leads, or what is settled in it."""
    if state == context.states.status_quo:
        return rich("the status quo")
    if context.states.no_deal == (state,) or list(context.states.no_deal) == [state]:
        return rich("no deal")
    if led := context.landings.get(state):
        return proposal(context, led[0])
    return rich("the outcome “", settled(context, state), "”")


def shortest(context: Context, state: str) -> Rich:
    """A state as :func:`outcome` has it, in a list of outcomes: what is settled in it stands by itself."""
    said = outcome(context, state)
    head = "the outcome "
    first = said[0] if said else None
    return rich(first.text.removeprefix(head), said[1:]) if isinstance(first, Text) else said


def settled(context: Context, state: str) -> Rich:
    """What is settled in a state, as far as it differs from the status quo."""
    if state == context.states.status_quo:
        return rich("nothing changes")
    return context.state_words(state) or rich(words.said(context.case, state))


def sentence(context: Context, text: str, here: str | None = None) -> Rich:
    """A sentence of another room, its states by what they are.

    ``here`` is a state that the sentence is about: it is called “it”.
    """
    # A proposal whose name is a plain word is left alone: the word may mean what it says.
    named = [p for p in context.case.proposals if re.search(r"[-_\d]", p)]
    states = "|".join(map(re.escape, sorted(context.values, key=len, reverse=True))) or "(?!)"
    known = "|".join(map(re.escape, sorted((*context.values, *named), key=len, reverse=True))) or "(?!)"
    text = re.sub(rf"\bno deal \(({states})\)", "no deal", text)
    found: list[Rich] = []
    for k, piece in enumerate(re.split(rf"(?<![\w.-])({known})(?![\w-])", text)):
        if k % 2 and piece in named:
            found.append(proposal(context, piece))
        elif k % 2:
            found.append(rich("it") if piece == here else outcome(context, piece))
        elif piece:
            found.append(_without_states(context, context.named_issues(piece)))
    return rich(*found)


def _without_states(context: Context, text: Rich) -> Rich:
    """References to states that slipped through, by what they are."""
    names = {context.ids("state", name): name for name in context.relevant.names}
    made: list[Rich] = []
    for part in text:
        state = names.get(part.target) if isinstance(part, Ref) else None
        made.append(outcome(context, state) if state is not None else rich(part))
    return rich(*made)


# What holds


CLASSICAL = ("nash", "gmr", "smr", "seq", "sseq")
"""The concepts for whose sets there are plain words."""
WHILE: Mapping[frozenset[str], str] = {
    frozenset({"gmr"}): (
        "while each party fears the others’ answer, however costly to them, and sees no way out of it"
    ),
    frozenset({"gmr", "smr"}): "while each party fears the others’ answer, however costly to them",
    frozenset({"gmr", "seq"}): (
        "while each party fears the others’ answer, even if it counts only on one that pays for them, and "
        "sees no way out of it"
    ),
    frozenset({"gmr", "smr", "seq"}): (
        "while each party fears the others’ answer and either believes that they would bear its cost or sees "
        "no way out of it"
    ),
    frozenset({"gmr", "smr", "seq", "sseq"}): (
        "while each party fears the others’ answer, even if it counts only on one that pays for them"
    ),
}
"""What it comes to that an outcome holds under some of the five concepts and not under the others.

A threat counts however costly it is (GMR), and though the party looks for a way out of it (SMR); or only
where it pays for those who make it (SEQ), and though the party looks for a way out (SSEQ). Where no party has
anything to gain by leaving (Nash) it holds under all five: no other sets can be.
"""


def _while(context: Context, names: Collection[str]) -> str:
    """Under which concepts something holds, in plain words where there are some, the names in brackets."""
    concepts = context.stability.concepts
    of = len(concepts)
    found = WHILE.get(frozenset(names)) if set(concepts) == set(CLASSICAL) else None
    if found is None:
        return f"under {words.concepts(list(names), of)}"
    return f"{found} ({', '.join(map(words.concept, names))})"


def standing_of(context: Context, state: str) -> str:
    """Whether an outcome holds, in plain words and always with the concepts, as a clause."""
    concepts = context.stability.concepts
    sure = certain(context, state)
    maybe = [name for name in concepts if state in context.maybe[name]]
    of = len(concepts)
    if len(sure) == of:
        return f"holds under {words.concepts(sure, of)}"
    if len(maybe) == of:
        counts = {(concepts[name].counts or {}).get(state) for name in maybe}
        count = counts.pop() if len(counts) == 1 else None
        tail = (
            f" in {count[0]:,} of {count[1]:,} settings" if count else " in some settings and not in others"
        )
        return f"holds under {words.concepts(maybe, of)}{tail}"
    if not sure and not maybe:
        return "holds under none of the " + words.counted(of, "concept")
    either = [name for name in concepts if name in sure or name in maybe]
    parts = [_while(context, sure)] if sure else []
    if maybe:
        parts.append(f"may hold {_while(context, either)}")
    none = [name for name in concepts if name not in either]
    says = " and ".join(parts)
    if sure:
        only = "only " if says.startswith("while") and not maybe else ""
        says = f"holds {only}{says}"
    if not none:
        return says
    plain_ = re.match(r"(holds |may hold )(only )?while", says)
    return says + ("; not otherwise" if plain_ else f", not under {words.concepts(none, of)}")


def concepts_in_short(context: Context) -> str:
    """What it means to hold, in one sentence, and what the concepts differ in."""
    names = list(context.stability.concepts)
    says = "An outcome holds if no party would leave it"
    if [n for n in CLASSICAL if n in names] != names:
        return f"{says}; the concepts ({words.concepts(names, 0)}) differ in what a party reckons with."
    return (
        f"{says}. The five concepts differ in what it reckons with before it leaves: nothing (Nash); any "
        "answer of the others (GMR, SMR), or only such as serve those who give it (SEQ, SSEQ). "
        "A setting is one way in which all that is unsure can turn out."
    )


def meaning(context: Context, state: str) -> str:
    """What that comes to, where all concepts agree; empty where they do not."""
    of = len(context.stability.concepts)
    if of > 1 and len(certain(context, state)) == of:
        return ": nobody would leave it, however far the parties look ahead"
    if of > 1 and not certain(context, state) and not any(state in found for found in context.maybe.values()):
        return ": somebody would leave it, however far the parties look ahead"
    return ""


# Conclusions


def conclusion(context: Context, id_: str, so: bool = True) -> Rich:
    """A conclusion as a clause, its outcomes by what they are; ``so`` is False for its opposite."""
    found = conclusions(context, [id_], so)
    return found[0] if found else rich(words.said(context.case, id_))


def element(context: Context, id_: str) -> Rich:
    """A part of the case in a few words: whose aim or red line it is, what it says of whom or what."""
    found, case = context.elements[id_], context.case
    who = rich(context.party(found.subject)) if found.subject in case.parties else ()
    said = context.element_words(id_)
    if found.kind == "line":
        return rich("an aim of ", who, ": ", said)
    if found.kind == "red-line":
        return rich("a red line of ", who, ": ", said[1:] if plain(said).startswith("never: ") else said)
    if found.kind == "rule":
        bare = said[1:] if plain(said).startswith("in every state, ") else said
        return rich("the rule “", bare, "”")
    if found.kind == "control":
        return rich("who settles “", words.said(case, words.issue_name(case, found.subject)), "”")
    if found.kind == "proposal":
        return rich("that ", proposal(context, found.subject), " was made")
    if found.kind == "stage":
        return rich("the stages of ", proposal(context, found.subject))
    of = {
        "reservation": "what no deal is worth to ",
        "delay": "what waiting costs ",
        "worth": "what outcomes are worth to ",
        "ranking": "the order of outcomes for ",
        "moves": "the moves of ",
    }.get(found.kind)
    return rich(of, who) if of and who else said


def package(context: Context, subject: str) -> Rich:
    """A proposal by its name, or a state by what it is."""
    return proposal(context, subject) if subject in context.case.proposals else outcome(context, subject)


def conclusions(context: Context, ids: Iterable[str], so: bool = True) -> list[Rich]:
    """Conclusions as clauses, each outcome and each proposal once with all that is said of it.

    ``so`` is False where it is told that they are not so.
    """
    grouped: dict[tuple[str, str], list[str]] = {}
    for id_ in ids:
        parts = about(id_)
        known = parts.kind in ("acceptable", "holds", "agreement", "agreement-exists")
        grouped.setdefault((parts.kind if known else "", parts.subject if known else id_), []).append(
            parts.detail
        )
    agreed = {subject for kind, subject in grouped if kind == "agreement"}
    accepted = {subject for kind, subject in grouped if kind == "acceptable"}
    alike: dict[tuple[str, ...], list[str]] = {}
    for (kind, subject), details in grouped.items():
        if kind == "holds":
            alike.setdefault(tuple(details), []).append(subject)
    found = [
        _clause(context, kind, subject, details, so, subject in agreed)
        for (kind, subject), details in grouped.items()
        if kind != "holds" and (kind != "agreement" or subject not in accepted)
    ]
    return found + [_holding(context, states, details, so) for details, states in alike.items()]


def _clause(
    context: Context, kind: str, subject: str, details: Sequence[str], so: bool, agreed: bool
) -> Rich:
    """One clause; ``agreed`` where it is told too that the package is an agreement, or is none."""
    if kind == "acceptable":
        verb = " is acceptable to " if so else " is not acceptable to "
        also = (" and so an agreement" if so else ", and so no agreement") if agreed else ""
        return rich(package(context, subject), verb, context.parties(details), also)
    if kind == "agreement":
        return rich(package(context, subject), " is an agreement" if so else " is no agreement")
    if kind == "agreement-exists":
        return rich("an agreement exists" if so else "no agreement exists")
    return rich(words.said(context.case, subject))


def _holding(context: Context, states: Sequence[str], concepts: Sequence[str], so: bool) -> Rich:
    """Outcomes that hold, or do not, under the same concepts: the first by what it is, the others counted."""
    under = words.concepts(concepts, len(context.stability.concepts))
    under = under if so else re.sub("^all ", "any of the ", under)
    one = len(states) == 1
    verb = ("holds" if one else "hold") if so else f"{'does' if one else 'do'} not hold"
    others = words.counted(len(states) - 1, "other outcome")
    return rich(outcome(context, states[0]), "" if one else f" and {others}", f" {verb} under {under}")


def some(clauses: Sequence[Rich], most: int) -> Rich:
    """The first few clauses, and how many more there are."""
    left = len(clauses) - most
    shown = [*clauses[:most], rich(f"{words.number(left)} more")] if left > 0 else list(clauses)
    last = " and " if left > 0 and most == 1 else "; and " if len(shown) > 2 else None
    return joined(shown, "; ", last)


def capital(text: Rich) -> Rich:
    """The text with a capital at its start, where its first words are Accordant's own."""
    from dataclasses import replace

    if text and isinstance(text[0], Text):
        return rich(replace(text[0], text=words.upper_first(text[0].text)), text[1:])
    return text
