"""The method note: model, assumptions, concepts, parity, limits, and how to check it, on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Bullets,
    Definition,
    Definitions,
    Paragraph,
    Rich,
    Section,
    Text,
    joined,
    rich,
)
from accordant.brief.parts import method, parity
from accordant.version import __version__

MOST = 5
"""Most assumptions that are told one by one, those that carry most first."""


def sections(context: Context) -> Sequence[Section | None]:
    """What was modelled, what is assumed, when an outcome holds, parity, limits, and how to check it."""
    given = Paragraph("modelled", joined([rich(line) for line in _modelled(context)], " "), "lead")
    told = Section("parity-note", rich("Whose word it is"), parity.blocks(context))
    limits = Bullets("limit-list", tuple(method.limits(context)))
    repeat = Definitions("repeat-list", _repeat(context))
    return [
        Section("method", rich("What was modelled"), (given,)),
        _assumed(context),
        Section("concepts", rich("When an outcome holds"), (method.concepts_in_short(context),)),
        told if context.case.claims else None,
        Section("limits", rich("Limits, and how to check it"), (limits, repeat)),
    ]


# The model


def _modelled(context: Context) -> Iterator[Rich]:
    case, roles = context.case, Counter(p.role for p in context.case.parties.values())
    who = words.upper_first(words.counted(roles["party"], "party", "parties"))
    settle = f"{who} {'decides' if roles['party'] == 1 else 'decide'}"
    each = ""
    if case.issues:
        settle += f" over {words.counted(len(case.issues), 'issue')}"
        each = ", each with one value for every issue"
    states = words.counted(len(context.states.states), "state")
    rules = words.counted(len(case.feasible), "rule")
    permitted = f"{rules} permit{'s' if len(case.feasible) == 1 else ''} {states}"
    yield rich(f"{settle}; {permitted if case.feasible else f'there are {states}'}{each}.")
    yield from _roles(context)
    yield from _wants(context)
    yield rich(_settings(context))


def _roles(context: Context) -> Iterator[Rich]:
    """What mediators and constituencies do in the model."""
    case = context.case
    veto = [
        p
        for p, party in case.parties.items()
        if party.role == "constituency" and p in case.preferences and case.preferences[p].stated
    ]
    holders = {p for issue in case.issues.values() for p in issue.holders}
    mediators = [p for p, party in case.parties.items() if party.role == "mediator"]
    only = [p for p in mediators if p not in holders]
    also = [p for p in mediators if p in holders]
    told = [
        *_did(context, veto, "may veto for its party", "may veto for theirs"),
        *_did(context, only, "mediates and decides nothing", "mediate and decide nothing"),
        *_did(context, also, "mediates and has an issue to decide", "mediate and have issues to decide"),
    ]
    if told:
        yield rich(joined(told, "; "), ".")


def _did(context: Context, who: Sequence[str], one: str, many: str) -> Iterator[Rich]:
    if who:
        yield rich(context.parties(who), f" {one if len(who) == 1 else many}")


def _wants(context: Context) -> Iterator[Rich]:
    """In what form it is known what each of them wants."""
    forms: dict[str, list[str]] = {}
    for party, found in context.case.parties.items():
        form = _form(context, party)
        if form or found.role == "party":
            forms.setdefault(form, []).append(party)
    unknown = forms.pop("", [])
    told = [
        rich(context.parties(who), f" {'wants' if len(who) == 1 else 'want'} is given {form}")
        for form, who in forms.items()
    ]
    if unknown:
        verb = "wants" if len(unknown) == 1 else "want"
        known = f" {verb} is not known, so that every order of the states is admitted"
        told.append(rich(context.parties(unknown), known))
    if told:
        yield rich("What ", joined(told, "; what "), ".")


def _form(context: Context, party: str) -> str:
    found = context.case.preferences.get(party)
    if found is None or not found.stated:
        return ""
    if found.cardinal:
        return "in numbers"
    if found.ranking is not None:
        return "as a ranking of states"
    if found.priorities is not None:
        return "as statements, most important first"
    return "by red lines alone"


def _settings(context: Context) -> str:
    made = context.stability.method
    if made.settings is None:
        return "Nothing was counted for what is not known: answers say what must be and what may be."
    if made.settings == 1:
        return "Nothing in it is unsure, so that each question has one answer."
    looked = "every one of them was judged" if made.exact else "not all of them were judged"
    return (
        f"What is unsure makes {words.number(made.settings)} admissible settings, each one way in which all "
        f"of it turns out; {looked}. Counts of settings are not probabilities."
    )


# Assumptions


def _assumed(context: Context) -> Section | None:
    made = context.assumptions
    stated = sorted((a for a, found in made.items() if found.stated), key=lambda a: -len(made[a].elements))
    implied = len(made) - len(stated)
    if not made:
        return None
    items = [
        rich(
            Text(f"[{context.labels[a]}] ", "strong"),
            words.said(context.case, made[a].says),
            _often(len(made[a].elements)),
        )
        for a in stated[:MOST]
    ]
    more = []
    if len(stated) > MOST:
        left = len(stated) - MOST
        more.append(f"{words.number(left)} more {'is' if left == 1 else 'are'} stated")
    if implied:
        parts = words.counted(implied, "part")
        more.append(f"{parts} of the case {'has' if implied == 1 else 'have'} no ground and count as assumed")
    if more:
        items.append(rich(words.upper_first("; ".join(more)), "."))
    return Section("assumptions", rich("What is assumed"), (Bullets("assumed-list", tuple(items)),))


def _often(parts: int) -> Rich:
    return rich(Text(f" (carries {words.number(parts)} parts of the case)", "muted")) if parts > 1 else ()


# How to check it


def _repeat(context: Context) -> tuple[Definition, ...]:
    cut = any(m.cut or not m.exact for _, m in method.methods(context))
    facts: list[tuple[str, Rich]] = [
        ("Case digest", rich(Text(context.digest, "code"), *_version(context))),
        ("Software", rich(f"Accordant {__version__}; the same digest in it gives the same answers")),
        *([] if cut else [("Cut off or drawn", rich("nothing: every answer is exact"))]),
    ]
    return tuple(Definition("", rich(term), rich(says, ".")) for term, says in facts)


def _version(context: Context) -> Iterator[str]:
    """The version that the case was last frozen as; nothing where it never was."""
    from accordant.errors import InputError
    from accordant.history.versions import versions_of

    try:
        found = [one.about for one in versions_of(context.opened.folder.path).found if one.about is not None]
    except InputError:  # a file stands where versions would be: there are none
        return
    if found:
        same = found[-1].case == context.digest
        yield f"; frozen as version {found[-1].id}" if same else f"; last frozen as version {found[-1].id}"
