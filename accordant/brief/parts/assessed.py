"""The judgements of an assessment brief: each with how likely others call it, and how firm its basis is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accordant.brief import withheld, words
from accordant.brief.document import Basis, Judgement, Ref, Rich, joined, rich
from accordant.brief.parts import firmness
from accordant.brief.parts.for_and_against import why
from accordant.brief.parts.resting import closest, resting, stands_now
from accordant.brief.parts.staged import breaks_off
from accordant.brief.plainly import (
    capital,
    introduced,
    meaning,
    outcome,
    sentence,
    settled,
    shortest,
    standing_of,
)
from accordant.brief.relevant import by_strength
from accordant.brief.standing import about, bases, certain, find, holds_under, support
from accordant.brief.tabled import acceptances, by_answer, decisive, pressing

if TYPE_CHECKING:
    from accordant.agreement.result import Lever, ProposalAnswer
    from accordant.brief.context import Context
    from accordant.reliance.result import Rest

MOST, LEAST = 5, 3
"""Most judgements, and how many there are at least where the case has so much to say."""
TURNS = 2
"""Most parties of whom it is told what their open answer turns on."""
LINKS = 3
"""Most sources that a judgement is linked to."""
RESTING = 4
"""Most outcomes that hold under every concept that are named."""
STANDS = 8
"""Most issues of which it is told how they stand now."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """One judgement, with the conclusions that it states, most telling first."""

    block: Judgement
    rests: tuple[Rest, ...]


def assessed(context: Context) -> tuple[Assessed, ...]:
    """The judgements, most important first."""
    found = [_on_proposal(context, name) for name in pressing(context)]
    first = [_on_agreement, _on_holding] if found else [_on_resting, _on_holding, _on_agreement]
    for part in (*first, _on_foresight, _on_open):
        if len(found) < (LEAST if part in (_on_foresight, _on_open) else MOST):
            found += part(context)
    return tuple(found)


def by_weight(context: Context, conclusions: Iterable[str]) -> list[str]:
    """Conclusions, those on pressing proposals first, and what holds last."""
    now = pressing(context)

    def place(id_: str) -> int:
        found = about(id_)
        if found.subject in now:
            return 0
        return {"agreement-exists": 1, "holds": 3}.get(found.kind, 2)

    return sorted(conclusions, key=place)


def _made(context: Context, name: str, says: Rich, rests: Sequence[Rest], first: Sequence[Basis]) -> Assessed:
    """A judgement with its lines: why, how likely others call it, and, apart from that, its basis."""
    told = [r.conclusion for r in rests]
    lines = [*first, *firmness.likelihoods(context, told)]
    lines += firmness.basis(context, rests) or [b for r in rests[:1] for b in _open_settings(context, r)]
    lines += [*firmness.stated(context, told), *withheld.basis(context, rests)]
    given = {ref.target for line in lines for ref in line.text if isinstance(ref, Ref)}
    telling = context.ordered(_telling(context, rests[:2])[:LINKS])
    links = tuple(ref for g in telling if (ref := context.ground(g)).target not in given)
    block = Judgement(context.ids("judgement", name), says, tuple(lines), links)
    return Assessed(block, tuple(rests))


def _telling(context: Context, rests: Sequence[Rest]) -> list[str]:
    """Claims and assumptions that a judgement stands on, those without which it opens first."""
    sets = [g for r in rests for g in (*r.falls_without, *(g for s in (*r.breaks, *r.supports) for g in s))]
    first = [g for g in dict.fromkeys(sets) if g in context.labels]
    return list(dict.fromkeys((*first, *support(context, rests))))


def _open_settings(context: Context, rest: Rest) -> tuple[Basis, ...]:
    """How open an answer is, in counts."""
    if rest.settings is None:
        said = [b.text for b in bases(context, rest) if b.label == "Settings"]
        return tuple(Basis("How open", rich("there is no count", text[1:])) for text in said)
    true, of = rest.settings
    return (Basis("How open", rich(f"so in {true:,} of {of:,} settings")),)


# Proposals


def _on_proposal(context: Context, name: str) -> Assessed:
    answer = context.deals.proposals[name]
    told, telling, rests = by_answer(answer), decisive(answer), acceptances(context, name)
    says = rich("The proposal ", introduced(context, name), *_verdict(context, name, answer, told), ".")
    return _made(context, f"on-{name}", says, rests, _because(context, answer, telling))


def _verdict(context: Context, name: str, answer: ProposalAnswer, told: dict[str, list[str]]) -> list[Rich]:
    if answer.state is None:
        return [rich(" leads nowhere as it stands: ", sentence(context, answer.impossible.rstrip(". ")))]
    staged = breaks_off(context, name)
    later = [rich(", but ", staged)] if staged and not told["no"] else []
    if answer.agreement == "yes":
        all_ = "both " if len(told["yes"]) == 2 else ""
        return [
            rich(
                f" is acceptable to {all_}",
                context.parties(told["yes"]),
                ", and at least one is better off with it than with no deal",
            ),
            *later,
        ]
    if not told["no"] and not told["unknown"]:
        tail = ", but nobody is better off with it than with no deal"
        return [
            rich(" would be refused by nobody", tail if answer.made else "; whether it was made is unsure"),
            *later,
        ]
    clauses = [
        rich(word, context.parties(told[kind]))
        for kind, word in (
            ("yes", "is acceptable to "),
            ("no", "not to " if told["yes"] else "is not acceptable to "),
        )
        if told[kind]
    ]
    if told["unknown"]:
        clauses.append(rich("and open for " if clauses else "is open for ", context.parties(told["unknown"])))
    return [rich(" ", joined(clauses, ", ")), *later]


def _because(context: Context, answer: ProposalAnswer, telling: Sequence[str]) -> list[Basis]:
    if answer.state is None:
        return []
    found = []
    if what := settled(context, answer.state):
        found.append(Basis("What it is", what))
    if answer.agreement != "yes":
        asked = answer.acceptable[telling[0]]
        label = "Turns on" if asked.answer == "unknown" else "Because"
        asked_too = [answer.acceptable[p] for p in telling[: TURNS if asked.answer == "unknown" else 1]]
        reasons = [why(context, one, answer.state, None) for one in asked_too]
        found.append(Basis(label, joined(reasons, "; ")))
    if answer.levers and answer.agreement != "yes":
        best = min(answer.levers, key=lambda lever: not lever.certain)
        found.append(Basis("Smallest change", mended(context, best)))
    return found


def mended(context: Context, lever: Lever) -> Rich:
    """A change to a proposal, and who would accept it then."""
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
    return rich(
        joined(changes, "; "), " – all would accept that" if lever.certain else " – all may accept that"
    )


# Agreement, what holds


def _on_agreement(context: Context) -> Iterator[Assessed]:
    deals, rest = context.deals, find(context, "agreement-exists")
    if rest is None or not context.states.no_deal:
        return
    first: list[Basis] = []
    if deals.exists == "yes":
        says, first = _exists(context)
    elif deals.exists == "no":
        says = rich("No outcome is acceptable to every party and better than no deal for one of them.")
        first = [Basis("Fewest refuse", text) for text in _closest(context)]
    else:
        says = rich("Whether any agreement exists is open.")
    yield _made(context, "agreement", says, [rest], first)


def _exists(context: Context) -> tuple[Rich, list[Basis]]:
    deals = context.deals
    if not deals.one_serves:
        return rich(
            "An agreement exists however open questions turn out, but no one package serves in all cases."
        ), []
    best = [a.state for a in deals.efficient if a.state in deals.one_serves] or list(deals.one_serves)
    # An agreement that is also a proposal has been told already.
    fresh = [s for s in best if s not in context.landings and s != context.states.status_quo] or best
    n = len(deals.one_serves)
    many = f"{words.upper_first(words.counted(n, 'outcome'))} {'is' if n == 1 else 'are'}"
    says = rich(f"{many} acceptable to every party and better than no deal for at least one.")
    label = "It settles" if n == 1 else "One of them"
    return says, [Basis(label, settled(context, fresh[0]))]


def _closest(context: Context) -> list[Rich]:
    found = closest(context)[:1]
    return [rich(settled(context, c.state), ", refused by ", context.parties(c.refused_by)) for c in found]


def _on_resting(context: Context) -> Iterator[Assessed]:
    """Where it could come to rest: the outcomes that hold under every concept."""
    found = [s for s in resting(context) if context.states.status_quo is not None]
    if not found or found == [context.states.status_quo]:
        return
    of = len(context.stability.concepts)
    named = [shortest(context, s) for s in found[:RESTING]]
    if len(found) > RESTING:
        named.append(rich(words.counted(len(found) - RESTING, "more")))
    verb, it = ("holds", "it") if len(found) == 1 else ("hold", "them")
    says = rich(
        f"It could come to rest in {words.counted(len(found), 'outcome')}, which {verb} under "
        f"{words.concepts(list(context.stability.concepts), of)} (nobody would leave {it}, however far the "
        "parties look ahead): ",
        joined(named, "; "),
        ".",
    )
    rests = [r for s in found[:RESTING] for r in _holds(context, s)]
    yield _made(context, "resting", says, rests, [])


def _on_holding(context: Context) -> Iterator[Assessed]:
    start, strongest = context.states.status_quo, by_strength(context.stability, certain=True)
    rests: list[Rest] = []
    if start is not None:
        says = rich(f"Left alone, the status quo {standing_of(context, start)}{meaning(context, start)}.")
        rests = _holds(context, start)
    elif strongest:
        top = strongest[0]
        says = capital(rich(outcome(context, top), f" {standing_of(context, top)}{meaning(context, top)}."))
        rests = _holds(context, top)
    else:
        says = rich("No outcome is sure to hold under any concept.")
    first = [Basis("Looked at", rich(context.drawn))] if context.drawn else []
    if start is not None and (now := stands_now(context, STANDS)):
        first.append(Basis("Status quo", now))
    yield _made(context, "holds", says, rests, [*first, *_reached(context, start)])


def _reached(context: Context, start: str | None) -> list[Basis]:
    """What becomes of the pressing proposals once they are reached."""
    states = [
        s for n in pressing(context) if (s := context.deals.proposals[n].state) is not None and s != start
    ]
    states += [a.state for a in context.deals.efficient[:1] if a.state != start]
    parts = [rich(outcome(context, s), f" {standing_of(context, s)}") for s in dict.fromkeys(states)]
    return [Basis("Once reached", capital(joined(parts[:3], "; ")))] if parts else []


def _holds(context: Context, state: str) -> list[Rest]:
    return sorted(
        holds_under(context, state), key=lambda r: ("always", "never", "sometimes").index(r.status)
    )[:1]


# Where there is little else to say


def _on_foresight(context: Context) -> Iterator[Assessed]:
    """Whether it matters how far parties look ahead."""
    of = len(context.stability.concepts)
    strongest = by_strength(context.stability, certain=True)
    some = [s for s in strongest if len(certain(context, s)) < of]
    if not strongest:
        return
    start = context.states.status_quo
    told = start if start is not None else strongest[0]
    some = [s for s in some if s != told]
    shown = (some or strongest)[0]
    if some:
        says = rich(
            "How far parties look ahead matters: ",
            outcome(context, shown),
            f" {standing_of(context, shown)}.",
        )
    elif any(len(certain(context, s)) < of for s in strongest):
        return
    else:
        says = rich("How far parties look ahead changes nothing: what holds, holds under every concept.")
    yield _made(context, "foresight", says, _holds(context, shown), [])


def _on_open(context: Context) -> Iterator[Assessed]:
    """The first conclusion that is open."""
    open_ = [r for r in context.rests.conclusions if r.status == "sometimes"]
    if open_:
        count = words.upper_first(words.counted(len(open_), "answer"))
        says = rich(
            f"{count} {'is' if len(open_) == 1 else 'are'} open and would be decided by more evidence."
        )
        yield _made(context, "open", says, open_[:1], [])
