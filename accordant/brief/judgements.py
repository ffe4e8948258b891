"""The bottom line: three to five judgements in words, each with what it rests on.

Wording is conditional throughout ("under these assumptions"): the model shows what is consistent
with the claims and the assumptions, it recommends nothing and puts no probability on anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from accordant.brief import withheld, words
from accordant.brief.context import Context
from accordant.brief.document import Basis, Judgement, Ref, Rich, Text, joined, rich
from accordant.brief.packages import efficient_number
from accordant.brief.parts.staged import breaks_off
from accordant.brief.relevant import by_strength
from accordant.brief.standing import (
    about,
    bases,
    behind,
    certain,
    falls,
    find,
    ground_in_words,
    holding,
    holds_under,
    named_claims,
    rest_target,
    sentence,
    standing,
    support,
)
from accordant.brief.tabled import acceptances, by_answer, decisive, pressing
from accordant.model.graph import ProductMoves

if TYPE_CHECKING:
    from accordant.agreement.result import Lever, ProposalAnswer
    from accordant.reliance.result import Rest

MOST = 5
NAMED = 6
"""Most outcomes that are named one by one beside the status quo."""
LINKS = 8
"""Most sources that a judgement links to one by one."""


def bottom_line(context: Context) -> tuple[Judgement, ...]:
    """Three to five judgements, most important first."""
    made: list[Judgement] = []
    for found in _candidates(context):
        made.append(found)
        if len(made) == MOST:
            break
    return tuple(made)


def _candidates(context: Context) -> Iterator[Judgement]:
    for name in pressing(context):
        yield _on_proposal(context, name)
    # Without a proposal the first question is where things rest.
    parts = [_on_agreement, _on_holding] if context.deals.proposals else [_on_holding, _on_agreement]
    for part in (*parts, _on_sources, _on_open_questions, _on_foresight):
        yield from part(context)


def judgement(
    context: Context,
    name: str,
    says: Rich,
    rests: Sequence[Rest],
    first: Sequence[Basis] = (),
    also: Sequence[str] = (),
    told: Sequence[Rest] = (),
) -> Judgement:
    """A judgement with its bases and its links down to claims and assumptions.

    The links are those of ``also`` and of every conclusion in ``rests``; the first of these tells
    how firmly the judgement stands. Where something is withheld, it is said whether that changes it, or
    anything in ``told``, which are further conclusions that it states.
    """
    basis = [*first, *(bases(context, rests[0]) if rests else ()), *withheld.basis(context, [*rests, *told])]
    ids = list(dict.fromkeys([*also, *support(context, rests)])) or list(context.labels)
    links = [context.ground(g) for g in context.ordered(ids[:LINKS])]
    if len(ids) > LINKS and rests:
        target = rest_target(context, rests[0].conclusion)
        links.append(Ref(target, (Text(f"and {len(ids) - LINKS} more"),)))
    return Judgement(context.ids("judgement", name), says, tuple(basis), tuple(links))


# Proposals


def _on_proposal(context: Context, name: str) -> Judgement:
    answer = context.deals.proposals[name]
    telling, rests = decisive(answer), acceptances(context, name)
    elements = [
        e for p in telling for e in (answer.acceptable[p].element, *answer.acceptable[p].turns_on) if e
    ]
    also = context.ordered(g for e in elements if e in context.elements for g in context.elements[e].standing)
    return judgement(
        context,
        f"on-{name}",
        _on_proposal_says(context, name, answer),
        rests,
        _because(context, answer),
        also,
    )


def _on_proposal_says(context: Context, name: str, answer: ProposalAnswer) -> Rich:
    proposal = rich("the proposal ", Ref(context.ids("proposal", name), (words.said(context.case, name),)))
    if answer.state is None:
        why = context.sentence(answer.impossible)
        return rich("As it stands, ", proposal, " leads nowhere: ", why, ".")
    told = by_answer(answer)
    head, staged = rich("Under these assumptions, ", proposal), breaks_off(context, name)
    if answer.agreement == "yes":
        says = rich(head, " is acceptable to ", context.parties(told["yes"]), " and is an agreement")
        return rich(says, ", but " if staged else "", staged, ".")
    if not told["no"] and not told["unknown"]:
        tail = ", but nobody is better off with it than with no deal: it is no agreement"
        tail = tail if answer.made else "; whether it was made is unsure"
        return rich(head, f" would be refused by nobody{tail}", "; " if staged else "", staged, ".")
    clauses = []
    if told["yes"]:
        clauses.append(rich("is acceptable to ", context.parties(told["yes"])))
    if told["no"]:
        word = "not to " if told["yes"] else "is not acceptable to "
        clauses.append(rich(word, context.parties(told["no"])))
    if told["unknown"]:
        clauses.append(rich("for ", context.parties(told["unknown"]), " it is open"))
    if staged and not told["no"]:
        clauses.append(staged)
    return rich(head, " ", joined(clauses, "; "), ".")


def _because(context: Context, answer: ProposalAnswer) -> list[Basis]:
    telling = [a for a in answer.acceptable.values() if a.answer == "no"]
    telling = telling or [a for a in answer.acceptable.values() if a.answer == "unknown"]
    found = []
    for a in telling[:1]:
        if a.answer == "unknown" and a.turns_on:
            lines = [rich(context.element(e)) for e in a.turns_on if e in context.elements]
            found.append(
                Basis("Turns on", rich("what ", context.party(a.party), " wants: ", joined(lines, "; ")))
            )
        elif a.reason:
            found.append(Basis("Because", context.sentence(a.reason)))
    if answer.levers:
        found.append(Basis("Smallest change", _lever(context, answer.levers[0], answer)))
    return found


def _lever(context: Context, lever: Lever, answer: ProposalAnswer) -> Rich:
    changes = [
        rich(
            words.said(context.case, words.issue_name(context.case, issue)),
            ": ",
            words.said(context.case, words.value(context.case, issue, new)),
            " instead of ",
            words.said(context.case, words.value(context.case, issue, old)),
        )
        for issue, (old, new) in lever.changes.items()
    ]
    sure = "every party would accept it" if lever.certain else "every party may accept it"
    others = max(answer.levers_found or 0, len(answer.levers)) - 1
    more = f"; {words.counted(others, 'other change')} as small" if others else ""
    return rich(joined(changes, " and "), f" ({sure}, ", context.state(lever.state), f"{more})")


# Agreement


def _on_agreement(context: Context) -> Iterator[Judgement]:
    deals, rest = context.deals, find(context, "agreement-exists")
    if rest is None or not context.states.no_deal:
        return
    first: list[Basis] = []
    if deals.exists == "yes" and deals.one_serves:
        says = _serves(context)
    elif deals.exists == "yes":
        says = rich(
            "Under these assumptions an agreement exists in every admissible setting, but no one package "
            "serves "
            "in all of them."
        )
    elif deals.exists == "no":
        says = rich("Under these assumptions no agreement exists: no outcome is acceptable to every party.")
        blocks = joined([context.sentence(b.sentence.rstrip(".")) for b in deals.blocks[:2]], "; ")
        first = [Basis("Who blocks", blocks)] if blocks else []
    else:
        says = rich("Whether any agreement exists is open: it depends on what is not known.")
    yield judgement(context, "agreement", says, [rest], [*first, *_room(context)])


def _room(context: Context) -> list[Basis]:
    """How much room there is in the parties' own numbers, with a link to the part that shows it."""
    found = context.frontier
    if found is None or len(found.numbers) < 2 or found.apart:
        return []
    sure, more = efficient_number(found)
    shown = Ref("agreeable", (Text("what could be agreed"),))
    text = f"{words.counted(sure, 'efficient package')} worth at least no deal to every party with numbers"
    text += f", {words.number(more)} more if no deal is low enough: " if more else ": "
    return [Basis("Room", rich(words.upper_first(text), shown))]


def _serves(context: Context) -> Rich:
    deals = context.deals
    efficient = [a.state for a in deals.efficient if a.state in deals.one_serves]
    example = (efficient or list(deals.one_serves))[0]
    n = len(deals.one_serves)
    if n == 1:
        return rich(
            "Under these assumptions one outcome is an agreement: ", context.state_in_full(example), "."
        )
    what = (
        "the efficient one is "
        if len(efficient) == 1
        else "one of the efficient ones is "
        if efficient
        else "one is "
    )
    count = words.counted(n, "outcome")
    return rich(
        f"Under these assumptions {count} are agreements; {what}", context.state_in_full(example), "."
    )


# What holds


def _on_holding(context: Context) -> Iterator[Judgement]:
    start = context.states.status_quo
    strongest = by_strength(context.stability, certain=True)
    if start is not None:
        says = rich("Left alone, the status quo ", context.state(start), " ", holding(context, start), ".")
        rests = _holds(context, start)
    elif strongest:
        top = [s for s in strongest if certain(context, s) == certain(context, strongest[0])]
        names = [context.state_in_full(s) for s in top[:3]]
        more = f", with {words.counted(len(top) - 3, 'other')}," if len(top) > 3 else ""
        verb = "holds" if len(top) == 1 else "hold"
        under = words.concepts(certain(context, top[0]), len(context.stability.concepts))
        says = rich(words.either(names), f"{more} {verb} under {under}.")
        rests = _holds(context, top[0])
    else:
        says = rich("No outcome is sure to hold under any concept.")
        rests = []
    first = [Basis("Looked at", rich(context.drawn))] if context.drawn else []
    first += _elsewhere(context, start, strongest)
    yield judgement(context, "holds", says, rests, first, told=_on_what_holds(context))


def _on_what_holds(context: Context) -> list[Rest]:
    return [r for r in context.rests.conclusions if about(r.conclusion).kind == "holds"]


def _elsewhere(context: Context, start: str | None, strongest: Sequence[str]) -> list[Basis]:
    """What becomes of the proposals' states and of the efficient agreements, and what else holds."""
    states = [a.state for a in context.deals.proposals.values() if a.state is not None]
    states += [a.state for a in context.deals.efficient]
    told = [s for s in dict.fromkeys(states) if s != start][:3]
    found = []
    if told:
        parts = [rich(_called(context, s), " ", holding(context, s)) for s in told]
        found.append(Basis("Once reached", joined(parts, "; ")))
    others = [
        s
        for s in strongest
        if certain(context, s) == certain(context, strongest[0]) and s not in (start, *told)
    ]
    if start is not None and others:
        under = words.concepts(certain(context, strongest[0]), len(context.stability.concepts))
        found.append(Basis(f"Also under {under}", _also(context, others)))
    return found


def _also(context: Context, others: Sequence[str]) -> Rich:
    """Further outcomes that hold; of many, those that hold because nobody can leave them are counted."""
    idle = _idle(context) if len(others) > NAMED else frozenset()
    told = [s for s in others if s not in idle]
    names = words.either([rich(context.state(s)) for s in told[:NAMED]])
    more = f", and {len(told) - NAMED:,} more" if len(told) > NAMED else ""
    if len(told) == len(others):
        return rich(names, more)
    n = len(others) - len(told)
    nothing = (
        f"{words.counted(n, 'outcome')} in which nobody can change anything without the others, so that "
        "nothing can move anybody"
    )
    return rich(nothing, "; besides ", names, more) if told else rich(nothing)


def _idle(context: Context) -> frozenset[str]:
    """The states in which no party has a move of its own."""
    model = context.opened.compiler.view().model
    moves = np.zeros(model.n, dtype=bool)
    for mover in model.movers:
        if len(mover.parties) > 1:
            continue
        if isinstance(mover.moves, ProductMoves):
            group, start, _ = mover.moves.groups
            moves |= np.diff(start)[group] > 1
        else:
            moves |= np.diff(mover.moves.indptr) > 0
    return frozenset(model.space.name(int(s)) for s in np.flatnonzero(~moves))


def _called(context: Context, state: str) -> Rich:
    names = [rich(words.said(context.case, p)) for p in context.landings.get(state, ())]
    if names:
        return rich(words.either(names), " (", context.state(state), ")")
    return context.state_in_full(state)


def _holds(context: Context, state: str) -> list[Rest]:
    """Whether a state holds, under the strongest concept of which that is settled first."""
    return sorted(
        holds_under(context, state), key=lambda r: ("always", "sometimes", "never").index(r.status)
    )[:1]


# Sources


def _on_sources(context: Context) -> Iterator[Judgement]:
    """Whose loss changes most conclusions, unnamed sources first."""
    settled = [r for r in context.rests.conclusions if r.status != "sometimes"]
    if not settled:
        return
    tally: dict[str, list[Rest]] = {}
    for rest in settled:
        for ground in falls(context, rest):
            tally.setdefault(ground, []).append(rest)
    unnamed = [r for r in settled if r.without_unnamed != r.status]
    ranked = sorted(tally, key=lambda g: -len(tally[g]))
    if unnamed:
        verb = "follows" if len(unnamed) == 1 else "follow"
        says = rich(
            f"Without unnamed sources, {len(unnamed)} of {len(settled)} settled conclusions no longer {verb}."
        )
        alone = [g for g in ranked if _is_unnamed(context, g)]
    elif ranked:
        who = ground_in_words(context, ranked[0])
        n = len(tally[ranked[0]])
        count = f"{n} of {len(settled)} settled conclusions no longer {'follows' if n == 1 else 'follow'}"
        says = rich("The answers stand most on ", who, f": without that, {count}.")
        alone = ranked[:1]
    else:
        kinds = words.counted(len(settled), "settled conclusion")
        says = rich(f"No single source or assumption carries any of the {kinds}.")
        alone = []
    yield _sources(context, says, settled, alone, [g for g in ranked if g not in alone], tally)


def _sources(
    context: Context,
    says: Rich,
    settled: Sequence[Rest],
    alone: Sequence[str],
    others: Sequence[str],
    tally: dict[str, list[Rest]],
) -> Judgement:
    found = []
    if alone:
        carried = [
            rich(ground_in_words(context, g), f": {len(tally[g])} of {len(settled)}") for g in alone[:2]
        ]
        found.append(Basis("Carried by", joined(carried, "; ")))
        changed = sorted(tally[alone[0]], key=lambda r: ("holds" in r.conclusion, r.status == "never"))
        parts = [rich("“", sentence(context, r.conclusion), "”", _if_false(r)) for r in changed[:3]]
        found.append(Basis("Among them", rich(joined(parts, "; "), ": open without it")))
    if others:
        parts = [rich(ground_in_words(context, g), f": {len(tally[g])}") for g in others[:3]]
        found.append(Basis("Next", joined(parts, "; ")))
    assumed = sum(r.without_assumptions != r.status for r in settled)
    found.append(
        Basis("All assumptions", rich(f"without them together, {assumed} of {len(settled)} no longer follow"))
    )
    found += withheld.basis(context, context.rests.conclusions)
    claims = [c for g in alone for c in named_claims(context, g)]
    claims = claims or support(context, settled[:1]) or list(context.labels)
    links = tuple(context.ground(c) for c in claims[:LINKS])
    return Judgement(context.ids("judgement", "sources"), says, tuple(found), links)


def _if_false(rest: Rest) -> str:
    return " (false)" if rest.status == "never" else ""


def _is_unnamed(context: Context, id_: str) -> bool:
    if id_ in context.case.claims:
        return id_ in context.unnamed
    origin = context.case.origins.get(id_)
    return origin is not None and origin.unnamed


# What is open


def _on_open_questions(context: Context) -> Iterator[Judgement]:
    open_ = [r for r in context.rests.conclusions if r.status == "sometimes"]
    if not open_:
        return
    first = open_[0]
    count = (
        f"{words.upper_first(words.counted(len(open_), 'conclusion'))} {'is' if len(open_) == 1 else 'are'}"
    )
    says = rich(
        f"{count} open and would be decided by more evidence, first that ",
        sentence(context, first.conclusion),
        f" ({standing(first.status, first.settings)}).",
    )
    grounds = context.ordered(g for c in behind(context, first) for g in context.elements[c].grounds)
    yield judgement(context, "open", says, open_[:1], also=grounds, told=context.rests.conclusions)


# What holds only for those who look ahead


def _on_foresight(context: Context) -> Iterator[Judgement]:
    """Outcomes that hold under some concepts and not under all: they hold for parties that look ahead."""
    of = len(context.stability.concepts)
    some = [s for s in by_strength(context.stability, certain=True) if len(certain(context, s)) < of]
    if some:
        under = words.concepts(certain(context, some[0]), of)
        same = [s for s in some if certain(context, s) == certain(context, some[0])]
        names = words.either([context.state_in_full(s) for s in same[:3]])
        more = f" and {words.counted(len(same) - 3, 'other')}" if len(same) > 3 else ""
        verb = "holds" if len(same) == 1 else "hold"
        says = rich(
            names, f"{more} {verb} only if parties reckon with answers to their moves: under {under}."
        )
        rests = _holds(context, same[0])
    else:
        says = rich("How far parties look ahead changes nothing: what holds, holds under every concept.")
        rests = [r for s in by_strength(context.stability, certain=True)[:1] for r in _holds(context, s)]
    rests = rests or list(context.rests.conclusions[:1])
    yield judgement(context, "foresight", says, rests, told=_on_what_holds(context))
