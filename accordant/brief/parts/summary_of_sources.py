"""The source summary statement: strengths and weaknesses of the base as a whole, from counts and grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.document import Paragraph, Rich, Text, joined, rich
from accordant.brief.standing import falls, ground_in_words
from accordant.case.ageing import ages
from accordant.case.corroboration import Counting

if TYPE_CHECKING:
    from accordant.brief.context import Context
    from accordant.reliance.result import Rest


def statement(context: Context) -> Paragraph:
    """What the answers stand on as a whole: how much there is, what is strong in it, and what is weak."""
    counted = context.counting
    if not counted:
        return Paragraph("source-summary", rich(_nothing(context)))
    parts: list[Rich] = [rich(_base(context, counted))]
    strong, weak = _strengths(context, counted), _weaknesses(context, counted)
    for word, found in (("Strengths: ", strong), ("Weaknesses: ", weak)):
        if found:
            parts.append(rich(Text(word, "strong"), joined(found, "; "), "."))
    return Paragraph("source-summary", joined(parts, " "))


def _nothing(context: Context) -> str:
    stated = sum(made.stated for made in context.assumptions.values())
    implied = len(context.assumptions) - stated
    told = "No claim of any report stands behind these answers: they follow from assumptions alone, "
    told += f"{words.number(stated)} of them stated"
    return told + (f" and {words.number(implied)} implied by giving no ground." if implied else ".")


def _base(context: Context, counted: Sequence[str]) -> str:
    reports = context.case.reports
    origins = context.origins_behind(counted)
    retold = sum(bool(context.case.reports[r].original) for r in reports)
    many = words.counted(len(counted), "claim")
    told = f"The answers stand on {many} from {words.counted(len(reports), 'report')}"
    if retold:
        told += f" ({words.number(retold)} {'a rewrite' if retold == 1 else 'rewrites'} of another)"
    told += f", which go back to {words.counted(len(origins), 'source')}"
    implied = len(context.assumptions)
    return told + (f", and on {words.counted(implied, 'assumption')}." if implied else ".")


def _strengths(context: Context, counted: Sequence[str]) -> list[Rich]:
    case, found = context.case, list[Rich]()
    origins = [o for o in context.origins_behind(counted) if o in case.origins]
    named = sum(not case.origins[o].unnamed for o in origins)
    if named and named == len(origins):
        found.append(rich("every source can be asked by name"))
    elif named:
        found.append(
            rich(f"{words.number(named)} of {words.counted(len(origins), 'source')} can be asked by name")
        )
    counting = Counting(case)
    twice = sum((counting.of(c).at_least or 0) > 1 for c in counted)
    if twice:
        found.append(rich(f"{words.counted(twice, 'claim')} confirmed by a second, independent source"))
    reliable = sum(case.claims[c].grade[0] in "ABC" for c in counted)
    if reliable:
        found.append(
            rich(f"{words.counted(reliable, 'claim')} from sources graded fairly reliable or better")
        )
    firm = [r for r in _settled(context) if not r.falls_without]
    of = len(_settled(context))
    if firm:
        found.append(rich(f"{len(firm)} of {of} settled answers stand without any one source or assumption"))
    return found


def _weaknesses(context: Context, counted: Sequence[str]) -> list[Rich]:
    case, found = context.case, list[Rich]()
    settled, of = _settled(context), len(_settled(context))
    unnamed = sum(r.without_unnamed != r.status for r in settled)
    if unnamed:
        verb = "stands" if unnamed == 1 else "stand"
        found.append(rich(f"{unnamed} of {of} settled answers {verb} on people whom nobody can ask by name"))
    heaviest = _heaviest(context)
    if heaviest is not None and not (unnamed and heaviest[0] == unnamed):
        found.append(heaviest[1])
    unjudged = sum(case.claims[c].grade == "F6" for c in counted)
    if unjudged:
        found.append(
            rich(f"{words.counted(unjudged, 'claim')} of which neither source nor truth could be judged")
        )
    if not context.withheld:
        silent = _silent(context, counted)
        if not silent and (uneven := _uneven(context, counted)) is not None:
            found.append(uneven)
        if silent:
            found.append(
                rich(
                    "nothing comes from the side of ",
                    joined([rich(context.party(p)) for p in silent], last=" or "),
                )
            )
    stale = sum(ages(case)[c].stale for c in counted)
    if stale:
        found.append(
            rich(f"{words.counted(stale, 'claim')} older than twice the time in which such claims age")
        )
    against = sum(bool(case.claims[c].contradicts) for c in counted)
    if against:
        found.append(rich(f"{words.counted(against, 'claim')} contradicted by another"))
    return found


def _settled(context: Context) -> list[Rest]:
    return [r for r in context.rests.conclusions if r.status != "sometimes"]


def _heaviest(context: Context) -> tuple[int, Rich] | None:
    """The one source or assumption that carries most answers."""
    tally = Counter(ground for rest in _settled(context) for ground in falls(context, rest))
    if not tally:
        return None
    ground, many = max(tally.items(), key=lambda one: one[1])
    verb = "hangs" if many == 1 else "hang"
    # The claims of a source are listed with it; here its name is enough.
    who = context.origin(ground) if ground in context.case.origins else ground_in_words(context, ground)
    what = f"{many} of {len(_settled(context))} settled answers {verb} on "
    return many, rich(what, who, " alone")


def _uneven(context: Context, counted: Sequence[str]) -> Rich | None:
    """Where one party's side tells at least three times as much as another's."""
    case = context.case
    told = Counter(
        case.origins[o].side for c in counted if (o := case.claims[c].origin or "") in case.origins
    )
    parties = [p for p, party in case.parties.items() if party.role == "party"]
    if len(parties) < 2:
        return None
    most, least = max(parties, key=lambda p: told[p]), min(parties, key=lambda p: told[p])
    if told[most] < 3 * told[least]:
        return None
    many = words.counted(told[most], "claim")
    return rich(
        f"{many} come from the side of ",
        context.party(most),
        f", {words.number(told[least])} from that of ",
        context.party(least),
    )


def _silent(context: Context, counted: Sequence[str]) -> list[str]:
    """Parties from whose side no claim comes."""
    case = context.case
    sides = {case.origins[o].side for o in context.origins_behind(counted) if o in case.origins}
    return [p for p, party in case.parties.items() if party.role == "party" and p not in sides]
