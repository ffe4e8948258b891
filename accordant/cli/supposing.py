"""``what-if``: something is supposed, and what else must change is shown. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.options import CaseArgument, Csv, Json, Output, Restricted, Rows, naming_concepts, option
from accordant.cli.output import emit, indented, method_line, title, working
from accordant.cli.state_words import described
from accordant.cli.tables import ROWS, Page
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.evidence.handling import Handling
    from accordant.reliance.supposing.claimed import ClaimEffects
    from accordant.reliance.supposing.result import Shift, Step, Supposed, Way, Ways, WhatIfResult

WAYS = 6
"""Ways of one kind that are printed; the rest are counted."""
SHIFTS = 6
"""Other conclusions named beside a way."""


def what_if(
    case: CaseArgument,
    suppose: Annotated[
        list[str] | None,
        option(
            "--suppose",
            metavar="CONCLUSION",
            help="This is so, or with 'not' before it is not: 'agreement(offer-1)'; repeat for several.",
        ),
    ] = None,
    state: Annotated[
        list[str] | None,
        option(
            "--state",
            metavar="STATE",
            help="This state is the outcome: its name, a proposal, or values such as 'truce=lasting'.",
        ),
    ] = None,
    claim: Annotated[
        list[str] | None,
        option(
            "--claim",
            metavar="ID=STATUS",
            help="A claim is true, false, open, confirmed, contradicted, retracted or superseded.",
        ),
    ] = None,
    prefer: Annotated[
        list[str] | None,
        option(
            "--prefer",
            metavar="PREFERENCE",
            help="A party prefers one thing to another: 'south: s3 > s1', with >, >= or =.",
        ),
    ] = None,
    concept: Annotated[
        list[str] | None,
        naming_concepts("The concept under which --state holds; seq by default; repeat for several."),
    ] = None,
    without: Annotated[
        list[str] | None,
        option("--without", metavar="ID", help="Take this ground or switch away first, as rests does."),
    ] = None,
    changes: Annotated[
        int,
        typer.Option(
            "--changes", metavar="N", min=1, help="Try sets of at most N changes to what is stated."
        ),
    ] = 2,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Suppose something, and find what else must change."""
    from accordant.cli.leaving import handling

    leaves = as_json or as_csv or output is not None
    with working("Supposing") as progress:
        opened = open_for(case, [output] if output else [])
        held = handling(opened.case, restricted, leaves=leaves)
        result = opened.suppose(
            suppose or (),
            states=state or (),
            claims=claim or (),
            prefer=prefer or (),
            concepts=concept,
            without=without or (),
            changes=changes,
            progress=progress,
        )
    shown = cleared(result, held)
    states = described(opened.compiler, told_of(shown))
    emit(shown, what_if_page(shown, rows, states), as_json=as_json, as_csv=as_csv, output=output)


def cleared(result: WhatIfResult, held: Handling) -> WhatIfResult:
    """The result without the words of what is withheld; the ids of claims and the answers stay."""
    from dataclasses import replace

    from accordant.evidence.handling import WITHHELD

    if not held.withheld:
        return result

    def step(one: Step) -> Step:
        return replace(one, says=WITHHELD) if one.id in held.withheld else one

    ways = {
        kind: replace(
            found, ways=tuple(replace(way, steps=tuple(step(s) for s in way.steps)) for way in found.ways)
        )
        for kind, found in result.ways.items()
    }
    words = {
        ground: WITHHELD if ground in held.withheld else said
        for ground, said in result.words.items()
        if not held.origin_withheld(ground)
    }
    claims = result.claims
    if claims is not None:
        told = not any(one.claim in held.withheld for one in claims.claims)
        claims = replace(claims, touched=claims.touched if told else {})
    origins = {claim: origin for claim, origin in result.origins.items() if claim not in held.withheld}
    return replace(result, ways=ways, words=words, claims=claims, origins=origins)


def told_of(result: WhatIfResult) -> Iterator[str]:
    """The conclusions that the page names, as far as it names them one by one."""
    yield from (s.id for s in result.supposed)
    for shift in (*result.shifts, *(result.given or ())):
        yield shift.conclusion
    for found in result.ways.values():
        yield from (s.conclusion for way in found.ways[:WAYS] for s in way.also if s.before != s.after)


def what_if_page(
    result: WhatIfResult, rows: int, states: Iterable[RenderableType] = ()
) -> Iterator[RenderableType]:
    """The page: what is supposed, what follows, and what would make it so.

    ``states`` are lines that say what the states are.
    """
    yield title(result.title)
    if result.contradictions:
        yield from _contradicted(result)
        return
    if result.supposed:
        yield Page(_supposed(result), rows=rows)
        for one in result.supposed:
            yield from _about(one)
    if result.claims is not None:
        yield from _claims(result.claims, result)
        yield Text("")
        yield from _shifts(result.shifts, rows)
    yield from _where(result)
    for kind, found in result.ways.items():
        yield Text("")
        yield from _ways(kind, found, result)
    yield from _legend(result)
    yield from states
    yield method_line(result.method)


def _contradicted(result: WhatIfResult) -> Iterator[RenderableType]:
    """What cannot be so at once: then there is nothing that follows from it."""
    for contradiction in result.contradictions:
        yield Text(f"Contradiction: {contradiction}.", style="bold")
    yield Text("All of it at once is so in no setting; nothing follows from it or would make it so.")
    yield method_line(result.method)


def _supposed(result: WhatIfResult) -> Table:
    from accordant.reliance.supposing.result import shown

    found = [(s.id, shown(s.status, s.settings)) for s in result.supposed]
    if len(found) > 1:
        found.append(("all of it at once", shown(result.status, result.settings)))
    word = {
        "always": "It is so in every setting already",
        "never": "It is so in no setting as the case stands",
        "sometimes": "It is so in some settings",
    }[result.status]
    if len(found) > 1:
        word = word.replace("It is", "All of it is")
    return Table(word, ("supposed", "so far"), tuple(found))


def _about(supposed: Supposed) -> Iterator[RenderableType]:
    if supposed.note:
        yield indented(f"{supposed.id}: {supposed.note}.")
    for line in supposed.against:
        grounds = ", ".join((*line.claims, *line.assumptions)) or "nothing that stands"
        yield indented(
            f"Against it: {line.says} ({line.element}), which decides {line.pairs:,} of {line.of:,} pairs of "
            f"states; it stands on {grounds}."
        )


def _claims(effects: ClaimEffects, result: WhatIfResult) -> Iterator[RenderableType]:
    said = [f"{claim} is {status}" for claim, status in effects.supposed.items()]
    yield title(f"Supposed: {', '.join(said)}")
    for claim, why in effects.inferred.items():
        yield indented(f"{claim} then counts as contradicted: {why}.")
    for one in effects.claims:
        how = f"counts no more ({one.reason})" if not one.stands else f"counts again (it was {one.reason})"
        yield indented(f"{one.claim} {how}: {result.said(one.claim)}")
    if not effects.claims:
        yield indented("No claim counts that did not, and none that did counts no more.")
    for part in effects.elements:
        yield indented(f"{part.element} becomes {'unsure' if part.unsure else 'sure'}: {part.says}")
    if not effects.elements:
        yield indented("Everything in the case stands on the same as before, or on something else as well.")
    for origin, claims in effects.touched.items():
        yield indented(f"Also from {origin}, and not changed: {', '.join(claims)}")


def _shifts(shifts: Sequence[Shift], rows: int) -> Iterator[RenderableType]:
    from accordant.reliance.conclusions import merged

    found = merged([(s.conclusion, *s.told) for s in shifts])
    words = f"{len(found):,} answers change" if len(found) != 1 else "1 answer changes"
    if not found:
        yield Text("No answer changes.")
        return
    yield Page(Table(words, ("conclusion", "before", "after"), tuple(found)), rows=rows)


def _where(result: WhatIfResult) -> Iterator[RenderableType]:
    if result.given:
        yield Text("")
        told = _told(result.given)
        yield Text(f"In the settings in which it is so: {told}.")
    elif result.given is None:
        yield Text("What else is so in those settings was not worked out: there are too many.", style="dim")


_TITLES = {
    "answers": "Answers to open questions that make it so",
    "grounds": "What would have to be wrong for it to be possible",
    "changes": "Changes to what the case states that make it so",
}


def _ways(kind: str, found: Ways, result: WhatIfResult) -> Iterator[RenderableType]:
    yield title(_TITLES[kind])
    if found.needless:
        yield indented(f"{found.needless[0].upper()}{found.needless[1:]}.")
    elif not found.ways:
        yield indented(f"None was found; {found.tried:,} sets were tried.")
    for number, way in enumerate(found.ways[:WAYS], 1):
        yield from _way(number, way, result)
    left = len(found.ways) - WAYS + found.more
    if left > 0:
        yield indented(f"… and {left:,} more (--json lists {'all' if not found.more else 'the first'})")
    for remark in (found.cut, found.note):
        if remark:
            yield indented(f"{remark[0].upper()}{remark[1:]}.")


def _way(number: int, way: Way, result: WhatIfResult) -> Iterator[RenderableType]:
    from accordant.reliance.supposing.result import shown

    then = {"always": "so in every setting", "never": "not so"}.get(way.status, "so in some settings")
    if way.status == "sometimes" and way.settings is not None:
        then = f"so in {shown(way.status, way.settings)} settings"
    says = "; ".join(_step(step, result) for step in way.steps)
    yield indented(f"{number}. {says} → {then}")
    if way.kind == "changes":
        wrong = dict.fromkeys(g for step in way.steps for g in step.wrong)
        given_up = dict.fromkeys(g for step in way.steps for g in step.assumptions)
        told = [f"wrong or superseded: {', '.join(wrong)}"] if wrong else []
        told += [f"given up as an assumption: {', '.join(given_up)}"] if given_up else []
        reread = dict.fromkeys(g for step in way.steps for g in step.reread)
        told += [f"to be weighed otherwise: {', '.join(reread)}"] if reread else []
        if told:
            yield indented("; ".join(told), by=5)
    moved = [shift for shift in way.also if shift.before != shift.after]
    if moved:
        yield indented(f"then too: {_told(moved)}", by=5)


def _step(step: Step, result: WhatIfResult) -> str:
    return f"{step.id} ({step.says})" if step.id in result.words else step.says


def _told(shifts: Sequence[Shift]) -> str:
    from accordant.reliance.conclusions import merged

    found = merged([(s.conclusion, *s.told) for s in shifts if s.before != s.after])
    told = "; ".join(f"{conclusion} {after} (was {before})" for conclusion, before, after in found[:SHIFTS])
    more = len(found) - SHIFTS
    return told + (f"; and {more:,} more" if more > 0 else "")


def _legend(result: WhatIfResult) -> Iterator[RenderableType]:
    """In words, the claims and assumptions that the changes speak of."""
    ids = dict.fromkeys(
        ground
        for way in (result.ways["changes"].ways[:WAYS] if "changes" in result.ways else ())
        for step in way.steps
        for ground in (*step.wrong, *step.assumptions, *step.reread)
    )
    if ids:
        yield Text("")
    for ground in ids:
        yield indented(f"{ground}: {result.said(ground)}")
