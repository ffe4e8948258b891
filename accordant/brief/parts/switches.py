"""What falls first, and what is left without several grounds at once: tables of the brief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Cell, Rich, Row, Table, Text, joined, rich
from accordant.brief.figures.layers import CONCLUSIONS, main_conclusions
from accordant.brief.standing import alike, falls, ground_in_words, sentence

if TYPE_CHECKING:
    from accordant.case.switches import Switch
    from accordant.reliance.result import Rest

UNCHANGED = Text("unchanged", "muted")
WHICH = 3
"""Most conclusions that a single point of failure is told with."""


def points_table(context: Context) -> Table | None:
    """Every single thing without which answers are open; those that most answers need first."""
    settled = [r for r in context.rests.conclusions if r.status != "sometimes"]
    found: dict[str, list[Rest]] = {}
    for rest in settled:
        for ground in falls(context, rest):
            found.setdefault(ground, []).append(rest)
    if not found:
        return None
    origins = context.case.origins
    order = sorted(found, key=lambda g: (g not in origins, g in context.assumptions, -len(found[g])))
    rows = [
        Row(
            "",
            (
                Cell(_point(context, ground, found[ground])),
                Cell(rich(f"{len(found[ground])} of {len(settled)}"), mark="open"),
                Cell(_which(context, found[ground])),
            ),
        )
        for ground in order
    ]
    return Table(
        "rests-points",
        rich("Single points of failure: what each answer alone falls without"),
        tuple(rich(c) for c in ("Without", "Settled answers that open", "Which")),
        tuple(rows),
        key=rich("Origins come first. A claim is named only where its origin alone is not."),
        fold=len(rows) > 12,
    )


def _point(context: Context, ground: str, rests: Sequence[Rest]) -> Rich:
    """A single point of failure in words; an assumption with what it says."""
    told = ground_in_words(context, ground, _within(context, rests))
    assumed = context.assumptions.get(ground)
    return told if assumed is None else rich(told, ": ", words.said(context.case, assumed.says))


def _within(context: Context, rests: Sequence[Rest]) -> frozenset[str]:
    """The claims that some conclusions stand on."""
    grounds = {g for r in rests for s in (*r.supports, *r.breaks, r.falls_without) for g in s}
    return frozenset(grounds & set(context.case.claims))


def _which(context: Context, rests: Sequence[Rest]) -> Rich:
    same = alike(rests)
    told = [sentence(context, one.first.conclusion) for one in same[:WHICH]]
    for k, one in enumerate(same[:WHICH]):
        if len(one.rests) > 1:
            told[k] = rich(told[k], f" and under {words.counted(len(one.rests) - 1, 'more concept')}")
    more = rich(f"{words.number(len(same) - WHICH)} more") if len(same) > WHICH else ()
    return joined([*told, *([more] if more else [])], "; ")


def switches_table(context: Context) -> Table | None:
    """What is left of the main conclusions without what several grounds have in common."""
    main = [r for r in main_conclusions(context) if r.status != "sometimes"][:CONCLUSIONS]
    settled = [r for r in context.rests.conclusions if r.status != "sometimes"]
    rows = [_row(context, s, main, settled) for s in context.rests.switches]
    if not main or not rows:
        return None
    columns = [sentence(context, r.conclusion) for r in main]
    return Table(
        "rests-switches",
        rich("What is left without several sources or assumptions at once"),
        (rich("Without"), *columns, rich("All settled answers")),
        tuple(rows),
        key=rich(
            "Each row leaves out everything of its kind. What is graded F or 6 cannot be judged and is below "
            "no grade. A row opens to what it leaves out, and to what it leaves in because the case does not "
            "tell."
        ),
        wide=True,
        opener="what it leaves out",
    )


def _row(context: Context, switch: Switch, main: Sequence[Rest], settled: Sequence[Rest]) -> Row:
    opened = [r for r in settled if _opens(switch, r)]
    total = f"{len(opened)} of {len(settled)} open" if opened else UNCHANGED
    cells = [Cell(rich("open"), mark="open") if _opens(switch, r) else Cell(rich(UNCHANGED)) for r in main]
    first = Cell(switch_in_words(context, switch), opens=_left_out(context, switch))
    return Row("", (first, *cells, Cell(rich(total), mark="open" if opened else "")))


def _opens(switch: Switch, rest: Rest) -> bool:
    """Whether a conclusion is open without a switch."""
    return rest.under.get(switch.id, rest.status) != rest.status


def switch_in_words(context: Context, switch: Switch) -> Rich:
    """What a switch leaves out, names set apart."""
    if len(switch.parts) > 1:
        parts = [s for s in context.rests.switches if s.id in switch.parts]
        return joined([switch_in_words(context, one) for one in parts], ", ", " and ")
    if switch.grounds == {switch.id}:
        return ground_in_words(context, switch.id)
    form, _, name = switch.id.partition(":")
    if form == "side" and name in context.case.parties:
        return rich("claims from the side of ", context.party(name))
    if form == "outlet":
        return rich("everything that goes back to ", words.said(context.case, name))
    return rich(switch.says)


def _left_out(context: Context, switch: Switch) -> tuple[Rich, ...]:
    out = {c for c, standing in context.standing.items() if not standing.stands}
    shown = context.grounds(switch.grounds - out)
    left = context.grounds(switch.left_undecided)
    told = [rich("Leaves out ", shown, ".")] if shown else []
    if left:
        told.append(rich("Leaves in, because the case does not tell: ", left, "."))
    return tuple(told) or (rich(Text("Nothing that is shown here.", "muted")),)
