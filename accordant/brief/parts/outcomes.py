"""Outcomes that hold: which states, under which concepts, and the graph of who would move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Block,
    Cell,
    Mark,
    Paragraph,
    Rich,
    Row,
    Section,
    Table,
    Text,
    joined,
    muted,
    rich,
)
from accordant.brief.figures.graph import state_graph
from accordant.brief.paper import left_to
from accordant.brief.parts.proposals import counts
from accordant.brief.standing import certain

if TYPE_CHECKING:
    from accordant.stability.result import ConceptResult, Explanation


def section(context: Context) -> Section:
    """The table of states with what holds, and the state graph."""
    graph = left_to(state_graph(context), "accordant states --moves", "lists every move there is")
    blocks: list[Block] = [Paragraph("holding-say", _finding(context)), table(context)]
    if graph is not None:
        blocks.append(graph)
    return Section("outcomes", rich("Outcomes that hold"), tuple(blocks))


def _finding(context: Context) -> Rich:
    stability = context.stability
    told = []
    for name, found in stability.concepts.items():
        sure, maybe = len(found.equilibria), len(found.possible_equilibria) - len(found.equilibria)
        more = f" ({maybe:,} more may)" if maybe else ""
        told.append(f"{words.concept(name)} {sure:,}{more}")
    return rich(
        "A state holds under a concept when every party with moves is stable there, each concept being "
        "one account of how far parties look ahead. States that hold in every admissible setting, of "
        f"{len(stability.states):,}: ",
        "; ".join(told),
        ".",
    )


def table(context: Context) -> Table:
    """Every state that is named, with what is settled in it and where it holds."""
    names = context.relevant.names
    stability = context.stability
    whole = context.relevant.whole
    title = (
        rich("The states, and under which concepts each holds")
        if whole
        else rich(
            f"The {len(names):,} states of {len(stability.states):,} that matter here, and under which "
            "concepts each holds"
        )
    )
    columns = ("State", "What is settled", "Is", *(words.concept(c) for c in stability.concepts))
    rows = tuple(_row(context, name) for name in names)
    start = context.states.status_quo
    key = rich(
        context.drawn + " " if context.drawn else "",
        "What is settled is told as what differs from the status quo. " if start else "",
        "“n of m”: holds in n of m admissible settings.",
    )
    return Table(
        "states", title, tuple(rich(c) for c in columns), rows, key=key, fold=len(rows) > 30, wide=True
    )


def _row(context: Context, name: str) -> Row:
    cells = [Cell(rich(words.said(context.case, name)))]
    cells.append(Cell(context.state_words(name)))
    cells.append(Cell(joined(context.roles(name), "; ")))
    for found in context.stability.concepts.values():
        text, mark = holds(context, found, name)
        cells.append(Cell(rich(text), mark=mark))
    return Row(context.ids("state", name), tuple(cells))


def holds(context: Context, found: ConceptResult, state: str) -> tuple[str, Mark]:
    """Whether a state holds under a concept, in a word or a count."""
    if state in context.sure[found.concept]:
        return "yes", "yes"
    if state not in context.maybe[found.concept]:
        return "no", "no"
    if found.counts is None or state not in found.counts:
        return "may", "open"
    return counts(found.counts[state]), "open"


def verdicts(context: Context) -> Section:
    """The stability table: each cell opens to the sentence behind it."""
    stability = context.stability
    names = [s for s in context.relevant.argued if s in set(stability.states)]
    rows = tuple(_argued(context, name) for name in names)
    columns = (rich("State"), *(rich(context.party(p)) for p in stability.parties), rich("Holds"))
    table = Table(
        "verdicts",
        rich("Who would stay and who would leave, state by state"),
        columns,
        rows,
        wide=True,
        key=rich(
            context.drawn + " " if context.drawn else "",
            "Each cell opens to its reasons: the improvement, the counter-move that answers it, and the "
            "preference lines that were compared. Reasons are given for the case as it is written.",
        ),
    )
    left = len(stability.states) - len(names)
    blocks: list[Block] = [table]
    if left > 0:
        blocks.append(
            Paragraph(
                "verdicts-left",
                rich(
                    f"Shown are the status quo, no deal, where proposals lead and what holds; {left:,} "
                    f"other states are "
                    "left out here. The command “accordant stability” lists them all."
                ),
                "note",
            )
        )
    return Section("stability", rich("Why each outcome holds or not"), tuple(blocks))


def _argued(context: Context, state: str) -> Row:
    stability = context.stability
    cells = [Cell(rich(context.state(state), "\n", muted(context.state_words(state))))]
    cells += [_verdict(context, state, party) for party in stability.parties]
    sure = certain(context, state)
    maybe = [name for name, states in context.maybe.items() if state in states]
    of = len(stability.concepts)
    told = [f"under {words.concepts(sure, of)}"] if sure else []
    told += [f"may under {words.concepts(maybe, of)}"] if maybe else []
    mark: Mark = "yes" if len(sure) == of else "open" if sure or maybe else "no"
    cells.append(Cell(rich("; ".join(told) or "no"), mark=mark))
    return Row("", tuple(cells))


def _verdict(context: Context, state: str, party: str) -> Cell:
    kinds: dict[str, list[str]] = {"stays": [], "may stay": [], "leaves": []}
    for name, found in context.stability.concepts.items():
        sure = state in found.stable.get(party, ())
        maybe = state in found.possible.get(party, ())
        kinds["stays" if sure else "may stay" if maybe else "leaves"].append(name)
    of = len(context.stability.concepts)
    told = [f"{verb} under {words.concepts(names, of)}" for verb, names in kinds.items() if names]
    mark: Mark = "yes" if not (kinds["may stay"] or kinds["leaves"]) else "open" if kinds["stays"] else "no"
    if kinds["may stay"]:
        mark = "open"
    return Cell(rich("; ".join(told)), opens=_reasons(context, state, party), mark=mark)


def _reasons(context: Context, state: str, party: str) -> tuple[Rich, ...]:
    """One paragraph for each distinct sentence, headed by the concepts that it answers for."""
    by_sentence: dict[str, list[Explanation]] = {}
    for concept in context.stability.concepts:
        found = context.stability.explain(state, party, concept)
        by_sentence.setdefault(found.sentence, []).append(found)
    return tuple(_reason(context, sentence, same) for sentence, same in by_sentence.items())


def _reason(context: Context, sentence: str, same: Sequence[Explanation]) -> Rich:
    head = words.upper_first(words.concepts([e.concept for e in same], len(context.stability.concepts)))
    lines = [e for e in dict.fromkeys(x for s in same for x in s.elements) if e in context.elements]
    used: Rich = ()
    if lines:
        told = [rich(context.place(e), " ", context.grounds(context.elements[e].grounds)) for e in lines]
        used = rich(" Compared on ", joined(told, ", "), ".")
    return rich(Text(f"{head}: ", "strong"), context.sentence(sentence), used)
